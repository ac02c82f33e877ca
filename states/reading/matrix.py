"""All plans × the units just below (bảng kế hoạch × đơn vị): how each part of the tree stands under each plan."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from sqlmodel import Session

from states.lifecycle import Kind
from states.periods import Window
from states.reading.links import NUMBER
from states.reading.owed import CHILD, GROUP, OWED, count, keys_of, scope
from states.reading.standings import Counts


@dataclass(frozen=True)
class PlanRow:
    """A plan in force (kế hoạch đang thực hiện), with its number and date of issue."""

    id: int
    title: str
    subject: str
    issuer: str
    number: str | None
    dated: date | None
    period_first: date | None
    period_last: date | None


@dataclass(frozen=True)
class UnitColumn:
    """The unit itself, or one just below it with all beneath."""

    id: int
    name: str
    level: str
    path: str


@dataclass(frozen=True)
class Matrix:
    """Plans, the newest first, and units, the unit itself first. A pair that owes nothing has no cell."""

    at: datetime
    path: str
    plans: tuple[PlanRow, ...]
    units: tuple[UnitColumn, ...]
    cells: dict[tuple[int, int], Counts]  # by plan and unit

    def cell(self, plan_id: int, unit_id: int) -> Counts | None:
        """How the unit's part stands under the plan; None where it owes nothing."""
        return self.cells.get((plan_id, unit_id))

    def of_plan(self, plan_id: int) -> Counts:
        """A row together."""
        return reduce(add, (counts for (plan, _), counts in self.cells.items() if plan == plan_id), Counts())

    def of_unit(self, unit_id: int) -> Counts:
        """A column together."""
        return reduce(add, (counts for (_, unit), counts in self.cells.items() if unit == unit_id), Counts())


def matrix(
    session: Session, place: str | int, now: datetime, *, level: str | None = None, period: Window | None = None,
    kind: Kind = Kind.REPORT, closed: bool = False,
) -> Matrix:  # fmt: skip
    """The plans in force × the units just below a unit (its path or number), each with all beneath it.

    `period`: only what is asked for windows inside it; `closed`: also plans that are done (đã tổng hợp). Ask again
    with a child's path to go down.
    """
    keys = keys_of(session, place, now, level=level, period=period, kind=kind)
    keys |= {"states": ["submitted", "consolidated"] if closed else ["submitted"]}
    run = session.connection().exec_driver_sql
    plans = {row[0]: PlanRow(*row) for row in run(_PLANS, keys)}
    parts: dict[tuple[int, int], list[Any]] = {}
    for plan, unit, *counted in run(_CELLS.format(scope(keys) + _ASKED), keys | {"plans": list(plans)}):
        parts.setdefault((plan, unit), []).append(counted)
    cells = {pair: count(counted) for pair, counted in parts.items()}
    units = run(_UNITS, keys | {"units": list({unit for _, unit in cells})})
    asking = {plan for plan, _ in cells}
    return Matrix(now, keys["path"], tuple(plan for key, plan in plans.items() if key in asking),
                  tuple(UnitColumn(*unit) for unit in units), cells)  # fmt: skip


_PLANS = f"""
SELECT p.id, p.title, p.subject, issuer.name, sent.number, sent.date, p.period_first, p.period_last
  FROM document p JOIN unit issuer ON issuer.id = p.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = p.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE p.id IN (SELECT r.plan_id FROM requirement r) AND p.state = ANY (%(states)s)
 ORDER BY p.opened_at DESC, p.id DESC
"""
_ASKED = " AND d.plan_id = ANY (%(plans)s::bigint[])"
_CELLS = f"SELECT o.plan_id, {CHILD}, {GROUP}, count(*) FROM ({OWED}) o GROUP BY 1, 2, {GROUP}"
_UNITS = """
SELECT u.id, u.name, u.level, u.path FROM unit u WHERE u.id = ANY (%(units)s::integer[])
 ORDER BY u.path = %(path)s DESC, u.code, u.id
"""
