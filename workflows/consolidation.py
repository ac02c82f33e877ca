"""Consolidation (tổng hợp số liệu): one level a run, named gaps, previews that change nothing.

A child becomes consolidated in the transaction that takes its figures into the draft above, which a leader there
signs; the level above waits until that is signed and sent. What comes late goes into a numbered supplement.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from states.acting import tell_clock
from states.errors import Conflict
from states.opening import open_supplement
from states.policy import CLOCK, Actor
from states.taking_up import COUNTED_ALREADY, take_up


class Telling(Protocol):
    """What is told while it goes on, see `workflows.progress`."""

    def __call__(self, done: int, words: str | None = None, *, total: int | None = None) -> None:
        """So many of the totals are cut."""


_AT_ONCE = 100


class NoTotal(Conflict):
    """Không có báo cáo tổng hợp nào ở cấp {level} cho kế hoạch này (no total there): look at the plan's levels."""


@dataclass
class Consolidated:
    """What a run did at one level: totals cut, reports taken up, supplements opened, gaps by the total's unit."""

    plan_id: int
    level: str
    totals: int = 0
    reports: int = 0
    supplements: int = 0
    plans: int = 0
    gaps: dict[str, list[str]] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """All units whose figures are missing."""
        return sum(len(names) for names in self.gaps.values())


def consolidate(session: Session, plan_id: int, level: str, now: datetime, *, unit_path: str = "/",
                actor: Actor = CLOCK, tell: Telling | None = None) -> Consolidated:  # fmt: skip
    """Take up what was sent into the totals of one level, below `unit_path`; safe to run again.

    A total that is signed or sent already is not touched: a supplement is opened for what came after it, but not for
    what was corrected after it, which its reopening takes up.
    """
    keys = {"plan": plan_id, "level": level, "path": unit_path}
    totals = session.connection().exec_driver_sql(_TOTALS, keys).all()
    if not totals:
        raise NoTotal(level=level)
    done = Consolidated(plan_id, level)
    parents = [row.id for row in totals if row.open_id is None and row.state in ("draft", "returned")]
    for row in totals:
        if row.id in parents or not row.waiting:
            continue
        done.supplements += row.open_id is None
        parents.append(row.open_id or open_supplement(session, row.id, now))
    _take_up(session, sorted(parents), now, actor, done, tell)
    done.plans = close_plans(session, now)
    done.gaps = gaps(session, plan_id, level, unit_path)
    return done


def _take_up(session: Session, parents: list[int], now: datetime, actor: Actor, done: Consolidated,
             tell: Telling | None) -> None:  # fmt: skip
    """All totals, some hundred at a time and always in the same order, so that a watcher sees them come."""
    for first in range(0, len(parents), _AT_ONCE):
        if tell is not None:
            tell(first, total=len(parents))
        taken = take_up(session, parents[first : first + _AT_ONCE], now, actor)
        done.totals += taken.totals
        done.reports += taken.reports


def ready(session: Session, now: datetime) -> list[tuple[int, str]]:
    """(plan, level) whose totals wait for a run: a level is complete, or its children's deadline has passed."""
    return [(row[0], row[1]) for row in session.connection().exec_driver_sql(_READY, {"now": now})]


def gaps(session: Session, plan_id: int, level: str, unit_path: str = "/") -> dict[str, list[str]]:
    """Per total of the level: the units whose figures do not stand in it, by name with the reason why."""
    found: dict[str, list[str]] = {}
    keys = {"plan": plan_id, "level": level, "path": unit_path}
    for total, unit, why in session.connection().exec_driver_sql(_GAPS, keys):
        found.setdefault(total, []).append(f"{unit} ({why})")
    return found


def close_plans(session: Session, now: datetime) -> int:
    """A plan is consolidated when its unit's last required report is (at the top: submitted); returns how many."""
    tell_clock(session)
    keys = {"now": now, "person": CLOCK.person_id, "office": CLOCK.office_id}
    return session.connection().exec_driver_sql(_CLOSE_PLANS, keys).rowcount


# Sent and not in any total yet; what was corrected after its total was sent waits for that total to be reopened.
_WAITS = f"""EXISTS (SELECT FROM document c WHERE c.parent_id = d.id AND c.state = 'submitted'
                        AND NOT {COUNTED_ALREADY.format(unit="d.unit_id", into="0")})"""
_TOTALS = f"""
SELECT d.id, d.state, u.name,
       (SELECT s.id FROM document s WHERE s.requirement_id = d.requirement_id AND s.unit_id = d.unit_id
           AND s.supplement > 0 AND s.state IN ('draft','returned') ORDER BY s.supplement DESC LIMIT 1) AS open_id,
       {_WAITS} AS waiting
  FROM document d JOIN unit u ON u.id = d.unit_id
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = %(level)s AND d.supplement = 0
   AND d.path LIKE %(path)s || '%%' AND EXISTS (SELECT FROM document c WHERE c.parent_id = d.id)
 ORDER BY d.id
"""
_WAIVED = """EXISTS (SELECT FROM dispensation x WHERE x.document_id = c.id AND x.in_time
                        AND x.kind IN ('waiver','cancellation'))"""
_DUE = """coalesce((SELECT x.until FROM dispensation x WHERE x.document_id = c.id AND x.in_time
                       AND x.kind IN ('extension','amendment') ORDER BY x.at DESC, x.id DESC LIMIT 1), c.due_at)"""
_READY = f"""
SELECT DISTINCT d.plan_id, d.level FROM document d
 WHERE d.kind = 'report' AND d.supplement = 0
   AND {_WAITS}
   AND NOT EXISTS (SELECT FROM document c WHERE c.parent_id = d.id AND c.supplement = 0 AND NOT {_WAIVED}
                      AND c.state IN ('draft','signed','returned') AND {_DUE} > %(now)s)
 ORDER BY 1, 2
"""
_GAPS = f"""
SELECT t.name, u.name, CASE c.state WHEN 'returned' THEN CASE WHEN EXISTS (SELECT FROM step s WHERE s.document_id = c.id
              AND s.action = 'reopen') THEN 'đang sửa' ELSE 'bị trả lại' END
           WHEN 'signed' THEN 'đã ký, chưa gửi' WHEN 'submitted' THEN 'đã gửi, chưa tổng hợp' ELSE 'chưa gửi' END
  FROM document d JOIN unit t ON t.id = d.unit_id JOIN document c ON c.parent_id = d.id AND c.supplement = 0
  JOIN unit u ON u.id = c.unit_id
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = %(level)s AND d.supplement = 0
   AND d.path LIKE %(path)s || '%%' AND c.state <> 'consolidated' AND NOT {_WAIVED}
 ORDER BY t.name, u.name
"""
# A child plan ends with its unit's reports under the same root plan; the root with its own unit's, or with all below.
_CLOSE_PLANS = """
WITH done AS (
    SELECT p.id, p.seq, p.kind, p.state, p.head FROM document p
     WHERE p.kind = 'plan' AND p.state = 'submitted'
       AND EXISTS (SELECT FROM document r WHERE r.plan_id = coalesce(p.plan_id, p.id) AND r.kind = 'report'
                      AND r.unit_id = p.unit_id AND r.supplement = 0)
       AND NOT EXISTS (SELECT FROM document r WHERE r.plan_id = coalesce(p.plan_id, p.id) AND r.kind = 'report'
                      AND r.unit_id = p.unit_id
                      AND r.state NOT IN ('consolidated','withdrawn')
                      AND NOT (r.parent_id IS NULL AND r.state = 'submitted'))
     ORDER BY p.id FOR NO KEY UPDATE)
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, desk, previous)
SELECT id, seq + 1, kind, state, 'consolidate', 'consolidated', %(person)s, %(office)s, %(now)s, 'archive', head
  FROM done
"""
