"""A total as it stands now, put together for the page that shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from api.schemas.totals import (
    CauseOut,
    CellOut,
    ChangedOut,
    CoverageOut,
    DifferenceOut,
    FigureOut,
    GapOut,
    RatioOut,
    SignatureOut,
    TotalOut,
)
from documents.drafting import form_of
from documents.filled import ratios_of
from documents.forms import Form, form
from states.figures import Cell, Figure
from states.reading import coverage
from states.reading.signing import CURRENT, SIGNED, signature, signed_sql
from states.reading.staleness import Difference, NoTotalYet, stale_totals


def total(session: Session, document_id: int) -> TotalOut:
    """Figures, percentages, coverage, gaps and what has moved since. Raises `NoTotalYet`."""
    run = session.connection().exec_driver_sql
    row = run(_CURRENT, {"id": document_id}).one_or_none()
    if row is None:
        raise NoTotalYet()
    revision, digest, *signed = row
    figures = {Cell(cell): Figure.of(amount, bound) for cell, amount, bound in run(_FIGURES, {"revision": revision})}
    shape, covered = form_of(session, document_id), coverage.of_total(session, document_id)
    causes = [cause for one in stale_totals(session, document_id=document_id) for cause in one.causes]
    by_whom = signature(iter(signed))
    return TotalOut(
        document_id=document_id, revision_id=revision, digest=digest, cells=cells(figures, shape),
        signed=SignatureOut.of(by_whom) if by_whom else None, ratios=_ratios(figures, shape),
        children=CoverageOut.of(covered.children), wards=CoverageOut.of(covered.wards), gaps=GapOut.all(covered.gaps),
        waived=GapOut.all(covered.waived), stale=bool(causes), causes=CauseOut.all(causes),
    )  # fmt: skip


def cells(figures: Mapping[Cell, Figure], shape: Form) -> list[CellOut]:
    """Figures with their place in words, in the form's order."""
    return [CellOut(cell=int(c), label=shape.cell_label(c), figure=FigureOut.of(f)) for c, f in sorted(figures.items())]


def shapes(session: Session, documents: Sequence[int]) -> dict[int, Form]:
    """The form of each document, in one query."""
    rows = session.connection().exec_driver_sql(_SHAPES, {"ids": list(documents)})
    return {number: form(code, version) for number, code, version in rows}


def difference(session: Session, document_id: int, found: Difference) -> DifferenceOut:
    """What differs, cell by cell, in words."""
    shape = form_of(session, document_id)
    changed = [
        ChangedOut(cell=int(one.cell), label=shape.cell_label(one.cell), old=_or_none(one.old), new=_or_none(one.new))
        for one in found.cells
    ]
    return DifferenceOut(
        old_revision=found.old_revision, new_revision=found.new_revision, cells=changed,
        accepted=SignatureOut.of(found.accepted) if found.accepted else None,
    )  # fmt: skip


def _or_none(figure: Figure | None) -> FigureOut | None:
    return FigureOut.of(figure) if figure is not None else None


def _ratios(figures: Mapping[Cell, Figure], shape: Form) -> list[RatioOut]:
    found: list[tuple[Cell, Any]] = sorted(ratios_of(figures, shape).items())
    told = [(cell, ratio.percent()) for cell, ratio in found]
    return [RatioOut(cell=int(c), label=shape.cell_label(c), percent=None if p is None else str(p)) for c, p in told]


_CURRENT = f"""
SELECT r.id, encode(r.digest, 'hex'), {SIGNED}
  FROM document d JOIN revision r ON r.id = {CURRENT.format("d")} {signed_sql("d.id", "r.id")}
 WHERE d.id = %(id)s AND d.kind = 'report'
"""
_SHAPES = "SELECT id, form, form_version FROM document WHERE id = ANY (%(ids)s)"
_FIGURES = """
SELECT cell, sum(amount), bit_or(bound) FROM figure WHERE revision_id = %(revision)s GROUP BY cell ORDER BY cell
"""
