"""Sums of figures over what a draft holds: the same sum that `states.taking_up` writes for a whole level."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from states.adding import summed
from states.figures import Cell, Figure


def of_sources(session: Session, document_id: int, sources: Iterable[int], at: datetime) -> dict[Cell, Figure]:
    """The sum per cell over these revisions, free rows counted where the document's unit has mapped them."""
    keys = {"id": document_id, "sources": sorted(set(sources)), "at": at}
    rows = session.connection().exec_driver_sql(_SUM, keys)
    return {Cell(cell): Figure(amount, bound) for cell, amount, bound in rows}


_SUM = f"""
WITH pairs AS (SELECT %(id)s::bigint AS document_id, unnest(%(sources)s::bigint[]) AS source_id)
SELECT cell, amount, bound FROM ({summed("pairs", "%(at)s")}) total ORDER BY cell
"""
