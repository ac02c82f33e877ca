"""What a consolidated report was made from, unit by unit, as of a moment: figures, gaps by name, words gathered.

The same for a draft (what stands in its intake now) and for a revision (its frozen derivation).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from documents.filled import Line, read
from documents.gathering import Gathered, gather
from documents.writing.material import Material
from states.adding import parts
from states.figures import Cell, Figure
from states.reading.coverage import WHY

Figures = dict[Cell, Figure]


@dataclass(frozen=True)
class Child:
    """A unit just below: its figures, or in `why` what stands in their way (a key of `coverage.WHY`)."""

    unit: str
    figures: Mapping[Cell, Figure] = field(default_factory=dict)
    why: str | None = None

    @property
    def gap_words(self) -> str:
        """What stands in the place of its figures."""
        return "chưa gửi báo cáo" if self.why == "not-sent" else WHY[self.why or "not-sent"]

    @property
    def let_off(self) -> bool:
        """Whether nothing is expected of it any more."""
        return self.why in ("waived", "cancelled")


@dataclass(frozen=True)
class Below:
    """All that went into a total. `own`: the unit's own figures and its contributions. `deeper`: gaps further down."""

    children: tuple[Child, ...]
    own: Mapping[Cell, Figure]
    total: Mapping[Cell, Figure]
    deeper: tuple[str, ...]
    gathered: Gathered
    covered: int
    expected: int

    @property
    def gaps(self) -> tuple[Child, ...]:
        """The units that are expected and not there."""
        return tuple(child for child in self.children if child.why and not child.let_off)


def read_below(session: Session, material: Material) -> Below | None:
    """What a report was made from; None where nothing stands below it."""
    rows = session.connection().exec_driver_sql(_CHILDREN, {"id": material.facts.id, "at": material.cut_at}).all()
    if material.facts.kind != "report" or not (rows or material.sources):
        return None
    by_unit = _figures(session, material)
    own = by_unit.pop(None, {})
    children = [_child(row[0], row[1], by_unit, tuple(row[2:])) for row in rows]
    total = material.content.get("figures") if material.revision_id else None
    summed = _stated(material) if total is not None else _sum([own, *by_unit.values()])
    return Below(tuple(children), own, summed, _deeper(session, material), _gathered(session, material),
                 *_counts(material, children))  # fmt: skip


def _child(unit_id: int, unit: str, by_unit: Mapping[int | None, Figures], stood: tuple[str | None, ...]) -> Child:
    return Child(unit, by_unit[unit_id]) if unit_id in by_unit else Child(unit, {}, _why(*stood))


def _why(state: str | None, last: str | None, let_off: str | None) -> str:
    """A key of `coverage.WHY`: what kept a report out of the total."""
    if let_off:
        return "waived" if let_off == "waiver" else "cancelled"
    by_state = {"signed": "signed", "submitted": "waiting", "consolidated": "below"}
    by_action = {"reopen": "reopened", "return": "returned", "recall": "recalled"}
    return by_state.get(state or "") or by_action.get(last or "", "not-sent")


def _figures(session: Session, material: Material) -> dict[int | None, Figures]:
    """Figures by unit, and under None the unit's own; a draft's own figures stand in its working copy."""
    keys = {"id": material.facts.id, "sources": list(material.sources), "at": material.cut_at}
    found: dict[int | None, Figures] = {}
    for unit, cell, amount, bound in session.connection().exec_driver_sql(_BY_UNIT, keys):
        found.setdefault(unit, {})[Cell(cell)] = Figure.of(amount, bound)
    if material.revision_id is None and (own := _of_draft(session, material)):
        found[None] = _sum([found.get(None, {}), own])
    return found


def _of_draft(session: Session, material: Material) -> Figures:
    form = material.facts.form
    if form is None:
        return {}
    found = read(material.content, form)
    known = {cell: figure for cell, figure in found.figures.items() if form.specs[cell].adds}
    free = [line for line in found.lines if line.row == 0 and line.values]
    return _sum([known, *_placed(session, material, free)])


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


def _stated(material: Material) -> Figures:
    return {Cell(cell): Figure.from_canonical(said) for cell, said in material.content.get("figures", {}).items()}


def _sum(parts_of: list[Figures]) -> Figures:
    total: Figures = {}
    for part in parts_of:
        for cell, figure in part.items():
            total[cell] = total[cell] + figure if cell in total else figure
    return total


def _deeper(session: Session, material: Material) -> tuple[str, ...]:
    """Units that are missing in the reports that were taken up, each with the unit whose report it is missing in."""
    rows = session.connection().exec_driver_sql(_DEEPER, {"sources": list(material.sources)})
    return tuple(f"{name} ({above})" for above, missing in rows for name in missing)


def _gathered(session: Session, material: Material) -> Gathered:
    if material.revision_id is not None:
        found: Gathered = material.content.get("gathered") or {}
        return found
    return gather(session, material.sources, material.facts.form) if material.facts.form else {}


def _counts(material: Material, children: list[Child]) -> tuple[int, int]:
    """How many of the units at the bottom stand in it, of how many that should."""
    if material.expected:
        return material.covered, material.expected
    owed = [child for child in children if not child.let_off]
    return sum(not child.why for child in owed), len(owed)


# As of the moment: the state that the last step gave, and the last one that sent the report back.
_CHILDREN = """
SELECT c.unit_id, u.name, s.to_state, b.action, x.kind
  FROM document c JOIN unit u ON u.id = c.unit_id
  JOIN LATERAL (SELECT s.to_state FROM step s WHERE s.document_id = c.id AND s.at <= %(at)s
                 ORDER BY s.seq DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT s.action FROM step s WHERE s.document_id = c.id AND s.at <= %(at)s
                        AND s.action IN ('reopen','return','recall') ORDER BY s.seq DESC LIMIT 1) b ON true
  LEFT JOIN LATERAL (SELECT x.kind FROM dispensation x WHERE x.document_id = c.id AND x.in_time AND x.at <= %(at)s
                        AND x.kind IN ('waiver','cancellation') ORDER BY x.at DESC, x.id DESC LIMIT 1) x ON true
 WHERE c.parent_id = %(id)s AND c.supplement = 0 AND c.kind = 'report' ORDER BY c.path
"""
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
_DEEPER = """
WITH RECURSIVE inside AS (
    SELECT unnest(%(sources)s::bigint[]) AS id
    UNION SELECT v.source_id FROM inside i JOIN derivation v ON v.revision_id = i.id)
SELECT u.name, ARRAY(SELECT jsonb_array_elements_text(r.content #> '{coverage,missing}'))
  FROM inside i JOIN revision r ON r.id = i.id JOIN document d ON d.id = r.document_id JOIN unit u ON u.id = d.unit_id
 WHERE r.part = 'whole' AND jsonb_array_length(r.content #> '{coverage,missing}') > 0 ORDER BY d.path
"""
