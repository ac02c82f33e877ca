"""The late board (bảng theo dõi): what a part of the tree owes, what has come, on whose desk the rest lies.

One statement per question; what a standing is, and what counts as received or on time, says `states.reading.owed`.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from states import driver
from states.calendar import Calendar
from states.lifecycle import Kind
from states.periods import Window
from states.reading.owed import CHILD, GROUP, LINES, OWED, count, keys_of, reader, scope
from states.reading.piles import Pile, piles
from states.reading.standings import Board, Counts, Line, Summary, worst_first


def board(
    session: Session, plan_id: int | None, place: str | int, now: datetime, calendar: Calendar, *,
    level: str | None = None, requirement: int | None = None, period: Window | None = None,
    kind: Kind = Kind.REPORT, compare: bool = True,
) -> Board:  # fmt: skip
    """The board of a plan (None: of all plans) for a unit, by path or number, with all beneath it.

    `period`: only windows inside it. `kind`: plan for the plans that lower units must issue themselves.
    `compare`: also count the last period's plan of the same subject, in a second statement.
    """
    keys = keys_of(session, place, now, plan=plan_id, level=level, requirement=requirement, period=period, kind=kind)
    rows = driver.rows(session, LINES.format(scope(keys)) + " ORDER BY o.path, o.id", keys)
    lines = tuple(map(reader(now, calendar), rows))
    told = count((line.standing, line.expected, line.received, line.on_time, 1) for line in lines)
    earlier = _earlier(session, keys) if compare and plan_id is not None else None
    return Board(now, keys["path"], lines, told, earlier)


def counted(session: Session, keys: dict[str, Any], calendar: Calendar) -> tuple[Board, list[Pile]]:
    """A board of very many: everything counted in piles, and only the unit's own and the overdue lines read.

    `keys` as `states.reading.owed.keys_of` gives them, of one plan.
    """
    heap = piles(session, keys, calendar)
    sql = LINES.format(scope(keys) + _OPEN_OR_OWN) + _OVERDUE_OR_OWN + " ORDER BY o.path, o.id"
    lines = tuple(map(reader(keys["now"], calendar), driver.rows(session, sql, keys)))
    told = count((it.standing, it.expected, it.received, it.on_time, it.size) for it in heap)
    return Board(keys["now"], keys["path"], lines, told, _earlier(session, keys)), heap


def late(
    session: Session, plan_id: int | None, place: str | int, now: datetime, calendar: Calendar, *,
    level: str | None = None, requirement: int | None = None, period: Window | None = None,
    kind: Kind = Kind.REPORT,
) -> list[Line]:  # fmt: skip
    """Only what is overdue (quá hạn, chưa gửi), the worst first; reads open documents only."""
    keys = keys_of(session, place, now, plan=plan_id, level=level, requirement=requirement, period=period, kind=kind)
    sql = LINES.format(scope(keys) + _OPEN) + " AND o.standing = 'overdue'"
    return sorted(map(reader(now, calendar), session.connection().exec_driver_sql(sql, keys)), key=worst_first)


def summary_by(
    session: Session, plan_id: int | None, place: str | int, now: datetime, *, level: str | None = None,
    requirement: int | None = None, period: Window | None = None, kind: Kind = Kind.REPORT,
) -> list[Summary]:  # fmt: skip
    """For a unit itself and for each unit just below it: the counts of what is owed in its subtree.

    The unit itself comes first, with what it owes itself. `level`: count only what units of that level owe. Ask
    again with a child's path to go down the tree (nation, province, ward).
    """
    keys = keys_of(session, place, now, plan=plan_id, level=level, requirement=requirement, period=period, kind=kind)
    return _summaries(session, _BY_CHILD.format(scope(keys)), keys)


def all_plans(
    session: Session, place: str | int, now: datetime, *, level: str | None = None, kind: Kind = Kind.REPORT
) -> list[Summary]:
    """A row for each plan that asks something of this part of the tree, the newest first."""
    keys = keys_of(session, place, now, level=level, kind=kind)
    return _summaries(session, _BY_PLAN.format(scope(keys)), keys)


def _summaries(session: Session, sql: str, keys: dict[str, Any]) -> list[Summary]:
    parts: dict[tuple[int, str, str, str], list[Any]] = {}
    for identity, name, level, path, *counted in session.connection().exec_driver_sql(sql, keys):
        parts.setdefault((identity, name, level, path), []).append(counted)
    return [Summary(*part, counts=count(rows)) for part, rows in parts.items()]


def _earlier(session: Session, keys: dict[str, Any]) -> Counts | None:
    """How the same part stands under the plan before: of the same unit and subject, for an earlier window."""
    earlier = keys | {"requirement": None, "first": None, "last": None}
    sql = _BEFORE.format(scope(earlier | {"plan": None}) + _PLAN_BEFORE)
    rows = driver.rows(session, sql, earlier)
    return count(rows) if rows else None


_OPEN = " AND d.state IN ('draft','signed','returned')"
_OPEN_OR_OWN = " AND (d.state IN ('draft','signed','returned') OR d.path = %(path)s)"
_OVERDUE_OR_OWN = " AND (o.standing = 'overdue' OR o.path = %(path)s)"
_PLAN_BEFORE = """
 AND d.plan_id = (
    SELECT b.id FROM document p
      JOIN document b ON b.unit_id = p.unit_id AND b.kind = 'plan' AND b.subject = p.subject
     WHERE p.id = %(plan)s AND p.subject <> '' AND b.period_last < p.period_first
       AND b.state IN ('submitted','consolidated') ORDER BY b.period_last DESC, b.id DESC LIMIT 1)
"""
_BY_CHILD = f"""
SELECT u.id, u.name, u.level, u.path, {GROUP}, count(*)
  FROM ({OWED}) o
  JOIN unit u ON u.id = {CHILD}
 GROUP BY u.id, {GROUP} ORDER BY u.path = %(path)s DESC, u.code, u.id
"""
_BY_PLAN = f"""
SELECT p.id, p.title, p.level, p.path, {GROUP}, count(*) FROM ({OWED}) o JOIN document p ON p.id = o.plan_id
 GROUP BY p.id, {GROUP} ORDER BY p.opened_at DESC, p.id DESC
"""
_BEFORE = f"SELECT {GROUP}, count(*) FROM ({OWED}) o GROUP BY {GROUP}"
