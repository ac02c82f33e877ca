"""The figures that went into a total, by unit (số liệu theo đơn vị): what each report carries, and what is its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from documents.filled import Line, read
from documents.writing.material import Material
from states.adding import parts
from states.figures import Cell, Figure

Figures = dict[Cell, Figure]


def figures_of(session: Session, material: Material) -> dict[int | None, Figures]:
    """Figures by unit, and under None the unit's own; a draft's own figures stand in its working copy."""
    found = by_unit(session, material.facts.id, material.sources, material.cut_at)
    if material.revision_id is None and (own := _of_draft(session, material)):
        found[None] = summed([found.get(None, {}), own])
    return found


def by_unit(
    session: Session, document_id: int, sources: Sequence[int], at: datetime
) -> dict[int | None, Figures]:  # fmt: skip
    """The figures that these revisions carry into a document, by unit; under None those that are its own."""
    keys = {"id": document_id, "sources": list(sources), "at": at}
    found: dict[int | None, Figures] = {}
    for unit, cell, amount, bound in session.connection().exec_driver_sql(_BY_UNIT, keys):
        found.setdefault(unit, {})[Cell(cell)] = Figure.of(amount, bound)
    return found


def _of_draft(session: Session, material: Material) -> Figures:
    form = material.facts.form
    if form is None:
        return {}
    found = read(material.content, form)
    known = {cell: figure for cell, figure in found.figures.items() if form.specs[cell].adds}
    free = [line for line in found.lines if line.row == 0 and line.values]
    return summed([known, *_placed(session, material, free)])


def _placed(session: Session, material: Material, free: list[Line]) -> list[Figures]:
    """Rows in the unit's own words, counted where the unit has put such words before."""
    if not free:
        return []
    keys = {"id": material.facts.id, "at": material.cut_at}
    rows = {(table, key): row for table, key, row in session.connection().exec_driver_sql(_MAPPED, keys)}
    return [
        {Cell.of(line.table, rows.get((line.table, line.key), 0), column): figure
         for column, figure in line.values.items()}
        for line in free
    ]  # fmt: skip


def stated(material: Material) -> Figures:
    """The figures as the content states them."""
    return {Cell(cell): Figure.from_canonical(said) for cell, said in material.content.get("figures", {}).items()}


def summed(parts_of: Iterable[Mapping[Cell, Figure]]) -> Figures:
    """Figures added cell by cell; a cell that nobody has stands nowhere."""
    total: Figures = {}
    for part in parts_of:
        for cell, figure in part.items():
            total[cell] = total[cell] + figure if cell in total else figure
    return total


_BY_UNIT = f"""
WITH pairs AS (SELECT %(id)s::bigint AS document_id, unnest(%(sources)s::bigint[]) AS source_id)
SELECT CASE WHEN r.part = 'whole' THEN c.unit_id END, p.cell, sum(p.amount), bit_or(p.bound)
  FROM ({parts("pairs", "%(at)s")}) p JOIN revision r ON r.id = p.source_id JOIN document c ON c.id = r.document_id
 GROUP BY 1, 2 ORDER BY 1, 2
"""
_MAPPED = """
SELECT DISTINCT ON (m.table_no, m.label_key) m.table_no, m.label_key, m.row_no
  FROM document d JOIN mapping m ON m.unit_id = d.unit_id AND m.form = d.form
 WHERE d.id = %(id)s AND m.at <= %(at)s ORDER BY m.table_no, m.label_key, m.at DESC, m.id DESC
"""
