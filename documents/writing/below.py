"""What a consolidated report was made from, unit by unit, as of a moment: figures, gaps by name, words gathered.

The same for a draft (what stands in its intake now) and for a revision (its frozen derivation).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from documents.forms import Form
from documents.gathering import Gathered, gather
from documents.writing.material import Material
from documents.writing.taken_figures import Figures, figures_of, stated, summed
from documents.writing.voices import Voice, voices
from states.driver import one_or_none
from states.figures import Cell, Figure
from states.reading.coverage import WHY


@dataclass(frozen=True)
class Child:
    """A unit just below: its figures, or in `why` what stands in their way (a key of `coverage.WHY`).

    `sent`: its report stood with the receiver at the moment; `on_time`: before its deadline, and so was each return.
    """

    unit: str
    figures: Mapping[Cell, Figure] = field(default_factory=dict)
    why: str | None = None
    unit_id: int = 0
    level: str = "commune"
    sent: bool = False
    on_time: bool = False

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
    """All that went into a total. `own`: the unit's own figures and its contributions.

    `deeper`: gaps further down, by the unit whose report they are missing in. `lowest`: the level at the bottom, which
    `covered` and `expected` count. `places`: by document the unit above a gathered word's unit, where it is not ours.
    """

    children: tuple[Child, ...]
    own: Mapping[Cell, Figure]
    total: Mapping[Cell, Figure]
    deeper: tuple[tuple[str, tuple[str, ...]], ...]
    gathered: Gathered
    covered: int
    expected: int
    lowest: str = "commune"
    places: Mapping[int, str] = field(default_factory=dict)

    @property
    def gaps(self) -> tuple[Child, ...]:
        """The units that are expected and not there."""
        return tuple(child for child in self.children if child.why and not child.let_off)

    @property
    def owing(self) -> tuple[Child, ...]:
        """The units just below that are expected to report, or did."""
        return tuple(child for child in self.children if not child.let_off)


def read_below(session: Session, material: Material) -> Below | None:
    """What a report was made from; None where nothing stands below it."""
    rows = session.connection().exec_driver_sql(_CHILDREN, {"id": material.facts.id, "at": material.cut_at}).all()
    if material.facts.kind != "report" or not (rows or material.sources):
        return None
    figures = figures_of(session, material)
    own = figures.pop(None, {})
    children = [_child(figures, *row) for row in rows]
    total = material.content.get("figures") if material.revision_id else None
    whole = stated(material) if total is not None else summed([own, *figures.values()])
    said = _gathered(session, material)
    lowest = _lowest(session, material) or next((child.level for child in children), "")
    return Below(tuple(children), own, whole, _deeper(session, material), said, *_counts(material, children),
                 lowest, _places(session, material.facts.id, said))  # fmt: skip


def heard_in(session: Session, document_id: int, sources: Iterable[int], form: Form) -> dict[str, list[Voice]]:
    """What the units say (ý kiến) in these revisions that a total was made from, by section of the form."""
    said = gather(session, sources, form)
    places = _places(session, document_id, said)
    return {code: voices(words, places) for code, words in said.items()}


def _child(
    figures: Mapping[int | None, Figures], unit_id: int, unit: str, level: str, sent: bool, on_time: bool,
    *stood: str | None,
) -> Child:  # fmt: skip
    why = None if unit_id in figures else _why(*stood)
    return Child(unit, figures.get(unit_id, {}), why, unit_id, level, sent, sent and on_time)


def _why(state: str | None, last: str | None, let_off: str | None) -> str:
    """A key of `coverage.WHY`: what kept a report out of the total."""
    if let_off:
        return "waived" if let_off == "waiver" else "cancelled"
    by_state = {"signed": "signed", "submitted": "waiting", "consolidated": "below"}
    by_action = {"reopen": "reopened", "return": "returned", "recall": "recalled"}
    return by_state.get(state or "") or by_action.get(last or "", "not-sent")


def _deeper(session: Session, material: Material) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Units that are missing in the reports that were taken up, by the unit whose report they are missing in.

    A unit that came in by a supplement since is missing no more.
    """
    rows = session.connection().exec_driver_sql(_DEEPER, {"sources": list(material.sources)})
    return tuple((above, tuple(missing)) for above, missing in rows)


def _lowest(session: Session, material: Material) -> str:
    """The level that its counts are of; nothing where no total was cut yet."""
    row = one_or_none(session, _LOWEST, {"id": material.facts.id}) if material.expected else None
    return row[0] if row else ""


def _places(session: Session, document_id: int, said: Gathered) -> dict[int, str]:
    documents = sorted({int(one["document"]) for words in said.values() for one in words})
    if not documents:
        return {}
    keys = {"id": document_id, "documents": documents}
    return {row[0]: row[1] for row in session.connection().exec_driver_sql(_PLACES, keys)}


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


# As of the moment: the state that the last step gave, the last one that sent the report back, and whether it came in
# time (first before the deadline in force then, and after each return before the day that it named).
_CHILDREN = """
SELECT c.unit_id, u.name, c.level, s.to_state IN ('submitted','consolidated'),
       coalesce(f.sent_at < w.deadline AND NOT coalesce(r.broken, false), false), s.to_state, b.action, x.kind
  FROM document c JOIN unit u ON u.id = c.unit_id
  JOIN LATERAL (SELECT s.to_state FROM step s WHERE s.document_id = c.id AND s.at <= %(at)s
                 ORDER BY s.seq DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT s.action FROM step s WHERE s.document_id = c.id AND s.at <= %(at)s
                        AND s.action IN ('reopen','return','recall') ORDER BY s.seq DESC LIMIT 1) b ON true
  LEFT JOIN LATERAL (SELECT x.kind FROM dispensation x WHERE x.document_id = c.id AND x.in_time AND x.at <= %(at)s
                        AND x.kind IN ('waiver','cancellation') ORDER BY x.at DESC, x.id DESC LIMIT 1) x ON true
  LEFT JOIN LATERAL (SELECT n.sent_at FROM sending n WHERE n.document_id = c.id AND n.sent_at <= %(at)s
                      ORDER BY n.no LIMIT 1) f ON true
  CROSS JOIN LATERAL (SELECT coalesce((SELECT e.until FROM dispensation e WHERE e.document_id = c.id AND e.in_time
      AND e.at <= %(at)s AND e.kind IN ('extension','amendment') ORDER BY e.at DESC, e.id DESC LIMIT 1),
      c.due_at) AS deadline) w
  LEFT JOIN LATERAL (SELECT bool_or(coalesce(n.sent_at, %(at)s) >= t.due_at) AS broken
      FROM step t LEFT JOIN LATERAL (SELECT n.sent_at FROM sending n WHERE n.document_id = c.id AND n.seq > t.seq
          AND n.sent_at <= %(at)s ORDER BY n.no LIMIT 1) n ON true
     WHERE t.document_id = c.id AND t.action IN ('return','reopen') AND t.at <= %(at)s) r ON true
 WHERE c.parent_id = %(id)s AND c.supplement = 0 AND c.kind = 'report' ORDER BY c.path
"""
_LOWEST = """
SELECT l.level FROM document d JOIN requirement_level l ON l.requirement_id = d.requirement_id WHERE d.id = %(id)s
 ORDER BY array_position(ARRAY['nation','province','district','commune','village','body'], l.level::text) DESC LIMIT 1
"""
_PLACES = """
SELECT c.id, a.name FROM document d JOIN document c ON c.id = ANY (%(documents)s::bigint[])
  JOIN unit u ON u.id = c.unit_id JOIN unit a ON a.id = u.parent_id WHERE d.id = %(id)s AND a.id <> d.unit_id
"""
_DEEPER = """
WITH RECURSIVE inside AS (
    SELECT unnest(%(sources)s::bigint[]) AS id
    UNION SELECT v.source_id FROM inside i JOIN derivation v ON v.revision_id = i.id),
whole AS (SELECT r.content, r.document_id FROM inside i JOIN revision r ON r.id = i.id WHERE r.part = 'whole'),
held AS (
    SELECT c.parent_id, u.name FROM whole w JOIN document c ON c.id = w.document_id JOIN unit u ON u.id = c.unit_id)
SELECT u.name, array_agg(m.name ORDER BY m.place)
  FROM whole w JOIN document d ON d.id = w.document_id JOIN unit u ON u.id = d.unit_id
  CROSS JOIN LATERAL jsonb_array_elements_text(w.content #> '{coverage,missing}') WITH ORDINALITY AS m(name, place)
 WHERE (d.id, m.name) NOT IN (SELECT h.parent_id, h.name FROM held h WHERE h.parent_id IS NOT NULL)
 GROUP BY d.id, u.name, d.path ORDER BY d.path, d.id
"""
