"""The list of totals: by plan and level, how complete each is, whether it is old, when it was last taken up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from api.auth import Caller
from api.seeing import VISIBLE, visible
from states.periods import local_day
from states.reading import runs
from states.reading.alphabet import order_key
from states.reading.links import NUMBER
from states.reading.runs import Run
from states.reading.signing import CURRENT
from states.reading.staleness import stale_totals


@dataclass(frozen=True)
class Listed:
    """One total. `covered` of `expected` leaf units stand in it (both None where nothing was taken up yet);
    `received` of `owed` reports just below have come. `stale`: how many reports made it old.
    """

    id: int
    plan_id: int
    unit_id: int
    unit: str
    level: str
    state: str
    due_at: datetime | None
    covered: int | None
    expected: int | None
    cut_at: datetime | None
    owed: int
    received: int
    waiting: int
    supplements: int
    below: str
    depth: int
    stale: int = 0

    @property
    def due_on(self) -> date | None:
        """The last day on which it is in time: a deadline at midnight is the day before."""
        return local_day(self.due_at - timedelta(microseconds=1)) if self.due_at else None


@dataclass(frozen=True)
class Level:
    """The totals of one level of a plan."""

    level: str
    totals: tuple[Listed, ...]

    @property
    def sent(self) -> int:
        """How many have been sent."""
        return sum(one.state in ("submitted", "consolidated") for one in self.totals)

    @property
    def stale(self) -> int:
        """How many are old."""
        return sum(one.stale > 0 for one in self.totals)


@dataclass(frozen=True)
class Asking:
    """A plan with its totals by level, the highest first, and its runs."""

    id: int
    title: str
    number: str | None
    dated: date | None
    issuer: str
    state: str
    levels: tuple[Level, ...]
    running: tuple[Run, ...]
    last_run: datetime | None

    def only(self, shown: Callable[[Listed], bool]) -> "Asking":
        """The same with those totals alone; levels without any are left out."""
        kept = [replace(level, totals=tuple(filter(shown, level.totals))) for level in self.levels]
        return replace(self, levels=tuple(level for level in kept if level.totals))


def plans(session: Session, by: Caller, before: int | None, most: int) -> list[Asking]:
    """The newest plans with totals that one may see, one more than `most` where there are older ones."""
    keys = {**visible(by), "before": before, "most": most + 1}
    rows = session.connection().exec_driver_sql(_PLANS, keys).all()
    return [_plan(session, by, tuple(row)) for row in rows]


def _plan(session: Session, by: Caller, row: tuple[int, str, str | None, date | None, str, str]) -> Asking:
    plan = row[0]
    keys = {**visible(by), "plan": plan}
    stale = {one.document_id: len(one.causes) for one in stale_totals(session, plan_id=plan)}
    rows = session.connection().exec_driver_sql(_TOTALS, keys)
    found = [Listed(*[*one, stale.get(one[0], 0)]) for one in rows]
    last = session.connection().exec_driver_sql(_LAST, {"plan": str(plan)}).scalar()
    return Asking(*row, tuple(_levels(found)), tuple(runs.running_now(session, plan, by.at)), last)


def _levels(found: Iterable[Listed]) -> Iterable[Level]:
    for level, totals in groupby(found, key=lambda one: one.level):
        yield Level(level, tuple(sorted(totals, key=lambda one: order_key(one.unit))))


_IS_TOTAL = """d.kind = 'report' AND d.supplement = 0 AND d.form IS NOT NULL
    AND EXISTS (SELECT FROM document c WHERE c.parent_id = d.id AND c.kind = 'report')"""
_PLANS = f"""
SELECT p.id, p.title, sent.number, sent.date, u.name, p.state
  FROM document p JOIN unit u ON u.id = p.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("n")} AS number, n.date FROM sending n WHERE n.document_id = p.id
                      ORDER BY n.no DESC LIMIT 1) sent ON true
 WHERE p.kind = 'plan' AND (%(before)s::bigint IS NULL OR p.id < %(before)s)
   AND EXISTS (SELECT FROM document d WHERE d.plan_id = p.id AND {_IS_TOTAL} AND {VISIBLE})
 ORDER BY p.id DESC LIMIT %(most)s
"""
_TOTALS = f"""
SELECT d.id, d.plan_id, d.unit_id, u.name, d.level, d.state, d.due_at, r.covered, r.expected, r.cut_at,
       c.owed, c.received, c.waiting,
       (SELECT count(*) FROM document s WHERE s.requirement_id = d.requirement_id AND s.unit_id = d.unit_id
           AND s.supplement > 0),
       c.level, u.depth
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN revision r ON r.id = {CURRENT.format("d")} AND EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE o.state IN ('submitted','consolidated') OR NOT EXISTS (
             SELECT FROM dispensation x WHERE x.document_id = o.id AND x.in_time
                AND x.kind IN ('waiver','cancellation'))) AS owed,
           count(*) FILTER (WHERE o.state IN ('submitted','consolidated')) AS received,
           count(*) FILTER (WHERE o.state = 'submitted') AS waiting, min(o.level) AS level
      FROM document o WHERE o.parent_id = d.id AND o.supplement = 0 AND o.kind = 'report') c
 WHERE d.plan_id = %(plan)s AND {_IS_TOTAL} AND {VISIBLE}
 ORDER BY u.depth, d.level
"""
_LAST = "SELECT max(at) FROM flow_note WHERE flow = 'consolidate' AND subject = %(plan)s"
