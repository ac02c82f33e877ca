"""How complete a total is (độ phủ): what is expected comes from the obligations, what is there from the derivation."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from states import figures
from states.reading.signing import CURRENT

WHY = {
    "not-sent": "chưa gửi",
    "signed": "đã ký, chưa gửi",
    "recalled": "đã rút về, đang sửa",
    "returned": "bị trả lại, đang sửa",
    "reopened": "mở lại, đang sửa",
    "waiting": "đã gửi, chờ tổng hợp",
    "below": "đã tổng hợp ở cấp dưới, chưa lên đến đây",
    "waived": "được miễn báo cáo",
    "cancelled": "không còn phải gửi",
}


@dataclass(frozen=True)
class Gap:
    """A report that does not stand in a total, and why (a key of `WHY`). `above`: the unit whose report it waits in."""

    document_id: int
    unit_id: int
    unit: str
    level: str
    why: str
    above: str | None

    @property
    def words(self) -> str:
        """As it stands on the total's face."""
        return f"{self.unit}: {WHY[self.why]}" + (f" ({self.above})" if self.why == "below" and self.above else "")


@dataclass(frozen=True)
class TotalCoverage:
    """A total's coverage by the reports just below it and by the wards at the bottom.

    `gaps`: what is expected and not there, children first. `waived`: units let off before their deadline; they stand
    apart from what is expected.
    """

    children: figures.Coverage
    wards: figures.Coverage
    gaps: tuple[Gap, ...]
    waived: tuple[Gap, ...]


def of_total(session: Session, document_id: int) -> TotalCoverage:
    """The coverage of what stands in a report now: its signed content, in a draft the newest sum."""
    rows = [tuple(row) for row in session.connection().exec_driver_sql(_COVERAGE, {"id": document_id})]
    gaps = [(Gap(*row[:6]), row[6], row[7]) for row in rows if not row[8]]
    let_off = ("waived", "cancelled")
    return TotalCoverage(
        _counted([row for row in rows if row[6]]),
        _counted([row for row in rows if row[7]]),
        tuple(gap for gap, _, _ in gaps if gap.why not in let_off),
        tuple(gap for gap, _, _ in gaps if gap.why in let_off),
    )


def _counted(rows: list[tuple[Any, ...]]) -> figures.Coverage:
    """A unit that was let off and sent all the same counts as expected and received."""
    received = sum(row[8] for row in rows)
    let_off = sum(not row[8] and row[4] in ("waived", "cancelled") for row in rows)
    missing = [row[2] for row in rows if not row[8] and row[4] not in ("waived", "cancelled")]
    return figures.Coverage(len(rows) - let_off, received, let_off, tuple(missing))


# OFFSET 0: each revision is looked up by its key; how many a recursion finds the planner cannot know, and would read
# all there are. A subtree is a range of paths, which an index can read.
_COVERAGE = f"""
WITH RECURSIVE total AS (
    SELECT main.id, main.plan_id, main.requirement_id, main.path, d.supplement, {CURRENT.format("d")} AS revision_id
      FROM document d JOIN document main ON main.requirement_id = d.requirement_id AND main.unit_id = d.unit_id
       AND main.supplement = 0 WHERE d.id = %(id)s),
inside AS (
    SELECT revision_id FROM total UNION
    SELECT v.source_id FROM inside i JOIN derivation v ON v.revision_id = i.revision_id),
held AS (
    SELECT DISTINCT c.requirement_id, c.unit_id FROM inside i CROSS JOIN LATERAL (
        SELECT c.requirement_id, c.unit_id FROM revision r JOIN document c ON c.id = r.document_id
         WHERE r.id = i.revision_id AND r.part = 'whole' OFFSET 0) c),
owed AS (
    SELECT o.*, o.parent_id = t.id AS child,
           NOT EXISTS (SELECT FROM document c WHERE c.parent_id = o.id AND c.supplement = 0) AS leaf
      FROM total t JOIN document o ON o.plan_id = t.plan_id AND o.requirement_id = t.requirement_id
       AND o.path >= t.path AND o.path < left(t.path, -1) || '0' AND o.id <> t.id AND o.supplement = 0
       AND o.kind = 'report'
     WHERE t.supplement = 0)
SELECT o.id, u.id, u.name, o.level,
       CASE WHEN x.kind = 'waiver' THEN 'waived' WHEN x.kind = 'cancellation' THEN 'cancelled'
            WHEN o.state = 'signed' THEN 'signed' WHEN o.state = 'submitted' THEN 'waiting'
            WHEN o.state = 'consolidated' THEN 'below'
            ELSE coalesce(s.words, 'not-sent') END AS why,
       above.name, o.child, o.leaf,
       (o.requirement_id, o.unit_id) IN (SELECT h.requirement_id, h.unit_id FROM held h)
  FROM owed o JOIN unit u ON u.id = o.unit_id
  LEFT JOIN document p ON p.id = o.parent_id LEFT JOIN unit above ON above.id = p.unit_id
  LEFT JOIN LATERAL (
      SELECT x.kind FROM dispensation x WHERE x.document_id = o.id AND x.in_time AND x.kind IN ('waiver','cancellation')
       ORDER BY x.at DESC, x.id DESC LIMIT 1) x ON true
  LEFT JOIN LATERAL (
      SELECT CASE s.action WHEN 'reopen' THEN 'reopened' WHEN 'return' THEN 'returned' ELSE 'recalled' END AS words
        FROM step s WHERE s.document_id = o.id AND s.action IN ('reopen','return','recall')
         AND o.state IN ('draft','returned')
       ORDER BY s.seq DESC LIMIT 1) s ON true
 WHERE o.child OR o.leaf
 ORDER BY o.child DESC, o.path, o.id
"""
