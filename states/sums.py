"""Sums of figures over what a draft holds: the same sum that `states.taking_up` writes for a whole level."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from states.figures import Cell, Figure
from states.taking_up import GOES_UP, IT_GOES_UP, MAPPED_CELL, MAPPED_ROW


def of_sources(session: Session, document_id: int, sources: Iterable[int], at: datetime) -> dict[Cell, Figure]:
    """The sum per cell over these revisions, free rows counted where the document's unit has mapped them."""
    keys = {"id": document_id, "sources": sorted(set(sources)), "at": at}
    rows = session.connection().exec_driver_sql(_SUM, keys)
    return {Cell(cell): Figure(amount, bound) for cell, amount, bound in rows}


_SUM = f"""
SELECT {MAPPED_CELL} AS cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound
  FROM document d JOIN figure f ON f.revision_id = ANY (%(sources)s)
  {GOES_UP} {MAPPED_ROW.format(unit="d.unit_id", form="d.form", moment="%(at)s")}
 WHERE d.id = %(id)s AND {IT_GOES_UP} GROUP BY 1 ORDER BY 1
"""
