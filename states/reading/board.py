"""The late board (bảng theo dõi): what a part of the tree owes, what has come, on whose desk the rest lies.

One statement per question, every standing computed from facts at the moment that is asked about. Expected is what
the fan-out opened, less what was cancelled or waived in time; received is what stands with the receiver now; on
time is a first sending before the deadline in force, with each return answered by its own date.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Session

from states import units
from states.calendar import Calendar
from states.duties import IN_FORCE
from states.lifecycle import Kind
from states.periods import Window, local_day
from states.reading.standings import Board, Counts, Line, Standing, Summary, worst_first


def board(
    session: Session, plan_id: int | None, place: str | int, now: datetime, calendar: Calendar, *,
    level: str | None = None, requirement: int | None = None, period: Window | None = None,
    kind: Kind = Kind.REPORT, compare: bool = True,
) -> Board:  # fmt: skip
    """The board of a plan (None: of all plans) for a unit, by path or number, with all beneath it.

    `period`: only windows inside it. `kind`: plan for the plans that lower units must issue themselves.
    `compare`: also count the last period's plan of the same subject, in a second statement.
    """
    keys = _keys(session, plan_id, place, now, level, requirement, period, kind)
    rows = session.connection().exec_driver_sql(_LINES.format(_scope(keys)) + " ORDER BY o.path, o.id", keys)
    lines = tuple(map(_reader(now, calendar), rows))
    told = _count((line.standing, line.expected, line.received, line.on_time, 1) for line in lines)
    earlier = _earlier(session, keys) if compare and plan_id is not None else None
    return Board(now, keys["path"], lines, told, earlier)


def late(
    session: Session, plan_id: int | None, place: str | int, now: datetime, calendar: Calendar, *,
    level: str | None = None, requirement: int | None = None, period: Window | None = None,
    kind: Kind = Kind.REPORT,
) -> list[Line]:  # fmt: skip
    """Only what is overdue (quá hạn, chưa gửi), the worst first; reads open documents only."""
    keys = _keys(session, plan_id, place, now, level, requirement, period, kind)
    sql = _LINES.format(_scope(keys) + _OPEN) + " AND o.standing = 'overdue'"
    return sorted(map(_reader(now, calendar), session.connection().exec_driver_sql(sql, keys)), key=worst_first)


def summary_by(
    session: Session, plan_id: int | None, place: str | int, now: datetime, *, level: str | None = None,
    requirement: int | None = None, period: Window | None = None, kind: Kind = Kind.REPORT,
) -> list[Summary]:  # fmt: skip
    """For a unit itself and for each unit just below it: the counts of what is owed in its subtree.

    The unit itself comes first, with what it owes itself. `level`: count only what units of that level owe. Ask
    again with a child's path to go down the tree (nation, province, ward).
    """
    keys = _keys(session, plan_id, place, now, level, requirement, period, kind)
    return _summaries(session, _BY_CHILD.format(_scope(keys)), keys)


def all_plans(
    session: Session, place: str | int, now: datetime, *, level: str | None = None, kind: Kind = Kind.REPORT
) -> list[Summary]:
    """A row for each plan that asks something of this part of the tree, the newest first."""
    keys = _keys(session, None, place, now, level, None, None, kind)
    return _summaries(session, _BY_PLAN.format(_scope(keys)), keys)


def _keys(
    session: Session, plan_id: int | None, place: str | int, now: datetime, level: str | None,
    requirement: int | None, period: Window | None, kind: Kind,
) -> dict[str, Any]:  # fmt: skip
    path = place if isinstance(place, str) else units.get(session, place).path
    return {
        "plan": plan_id, "path": path, "end": path[:-1] + "0", "now": now, "day": local_day(now), "level": level,
        "requirement": requirement, "kind": kind.value, "first": period and period.first,
        "last": period and period.last,
    }  # fmt: skip


def _scope(keys: dict[str, Any]) -> str:
    """Only the conditions that were asked for, so that the planner always sees an index it can use."""
    return "".join(sql for name, sql in _CONDITIONS.items() if keys[name] is not None)


def _reader(now: datetime, calendar: Calendar) -> Callable[[Any], Line]:
    """Reads rows into lines; what the calendar says of a moment is asked once for all rows."""
    today = local_day(now)
    hours = cache(lambda since: calendar.working_hours_between(since, now))
    days_late = cache(calendar.days_late)
    days_left = cache(lambda due: calendar.working_days_between(today, calendar.due_day(due)))

    def read(row: Any) -> Line:
        *told, late_due, late_sent = row
        line: dict[str, Any] = dict(zip(_COLUMNS, told, strict=True))
        line["standing"], line["stage"] = Standing(line["standing"]), Standing(line["stage"])
        must_by = line["correction_due"] or line["deadline"]
        if line["received"]:
            kept = [(line["deadline"], line["first_sent_at"]), *zip(late_due or (), late_sent or (), strict=True)]
            line["days_late"] = max(days_late(*pair) for pair in kept)
        elif line["standing"] is Standing.OVERDUE:
            line["days_late"] = days_late(must_by, now)
        elif line["standing"] not in (Standing.WAIVED, Standing.CANCELLED):
            line["days_left"] = days_left(must_by)
        return Line(**line, hours=hours(line["since"]) if line["state"] in ("draft", "signed", "returned") else 0.0)

    return read


def _count(rows: Iterable[Any]) -> Counts:
    """Adds up rows of (standing, expected, received, on time, how many)."""
    expected = received = on_time = 0
    standings: dict[Standing, int] = {}
    for standing, is_expected, is_received, is_on_time, number in rows:
        standings[Standing(standing)] = standings.get(Standing(standing), 0) + number
        expected += number * is_expected
        received += number * is_received
        on_time += number * is_on_time
    return Counts(expected, received, on_time, standings)


def _summaries(session: Session, sql: str, keys: dict[str, Any]) -> list[Summary]:
    parts: dict[tuple[int, str, str, str], list[Any]] = {}
    for identity, name, level, path, *counted in session.connection().exec_driver_sql(sql, keys):
        parts.setdefault((identity, name, level, path), []).append(counted)
    return [Summary(*part, counts=_count(rows)) for part, rows in parts.items()]


def _earlier(session: Session, keys: dict[str, Any]) -> Counts | None:
    """How the same part stands under the plan before: of the same unit and subject, for an earlier window."""
    earlier = keys | {"requirement": None, "first": None, "last": None}
    sql = _BEFORE.format(_scope(earlier | {"plan": None}) + _PLAN_BEFORE)
    rows = session.connection().exec_driver_sql(sql, earlier).all()
    return _count(rows) if rows else None


# ── what is owed, and how it stands ─────────────────────────────────────────────────────────────────────────

_CONDITIONS = {
    "plan": " AND d.plan_id = %(plan)s",
    "level": " AND d.level = %(level)s",
    "requirement": " AND d.requirement_id = %(requirement)s",
    "first": " AND d.period_first >= %(first)s AND d.period_last <= %(last)s",
}
_OPEN = " AND d.state IN ('draft','signed','returned')"
_PLAN_BEFORE = """
 AND d.plan_id = (
    SELECT b.id FROM document p
      JOIN document b ON b.unit_id = p.unit_id AND b.kind = 'plan' AND b.subject = p.subject
     WHERE p.id = %(plan)s AND p.subject <> '' AND b.period_last < p.period_first
       AND b.state IN ('submitted','consolidated') ORDER BY b.period_last DESC, b.id DESC LIMIT 1)
"""
_SENT = "d.state IN ('submitted','consolidated')"
_KEPT = "f.sent_at < w.deadline AND NOT coalesce(r.broken, false)"
_RETURNED = "CASE WHEN r.action = 'reopen' THEN 'reopened' ELSE 'returned' END"
_WRITTEN = """(EXISTS (SELECT FROM working_copy c WHERE c.document_id = d.id)
    OR EXISTS (SELECT FROM revision v WHERE v.document_id = d.id AND v.part <> 'total'))"""
_STAGE = f"""
    CASE WHEN d.state = 'consolidated' THEN 'consolidated'
         WHEN d.state = 'submitted' THEN CASE WHEN {_KEPT} THEN 'sent_on_time' ELSE 'sent_late' END
         WHEN d.state = 'signed' THEN 'signed_not_sent'
         WHEN d.desk = 'leader' THEN 'presented'
         WHEN d.state = 'returned' THEN {_RETURNED}
         WHEN {_WRITTEN} THEN 'drafting' ELSE 'not_started' END
"""
# A subtree is a range of paths ('0' comes after '/'): any plan of the statement can read it from an index.
# OFFSET 0 keeps the planner from working a value out again for each place that names it.
_OWED = f"""
SELECT d.id, d.plan_id, d.requirement_id, d.title, d.unit_id, d.level, d.path, d.state, d.seq, d.desk,
       d.desk_office_id, d.desk_since, d.issuer_id, d.drafter_id, d.receiver_id, d.due_at, d.correction_due,
       w.deadline, w.waived, f.sent_at AS first_sent_at, l.sent_at, l.number, l.symbol, l.paper,
       r.late_due, r.late_sent, r.reason_code, s.stage,
       w.expected, w.expected AND {_SENT} AS received, w.expected AND {_SENT} AND {_KEPT} AS on_time,
       CASE WHEN w.cancelled THEN 'cancelled'
            WHEN NOT w.expected OR w.waived AND NOT {_SENT} THEN 'waived'
            WHEN {_SENT} THEN s.stage
            WHEN coalesce(d.correction_due, w.deadline) <= %(now)s THEN 'overdue'
            WHEN d.state = 'returned' THEN {_RETURNED}
            ELSE s.stage END AS standing
  FROM document d
  CROSS JOIN LATERAL (
    SELECT CASE WHEN count(*) = 0 THEN d.due_at ELSE {IN_FORCE} END AS deadline,
           coalesce(bool_or(x.kind = 'cancellation'), false) AS cancelled,
           coalesce(bool_or(x.kind = 'waiver'), false) AS waived,
           NOT coalesce(bool_or(x.kind = 'cancellation' OR x.kind = 'waiver' AND x.in_time), false) AS expected
      FROM dispensation x WHERE x.document_id = d.id OFFSET 0) w
  LEFT JOIN LATERAL (
    SELECT n.no, n.sent_at, n.number, n.symbol, n.paper FROM sending n WHERE n.document_id = d.id
     ORDER BY n.no DESC LIMIT 1) l ON true
  CROSS JOIN LATERAL (
    SELECT CASE WHEN l.no > 1 THEN (SELECT n.sent_at FROM sending n WHERE n.document_id = d.id AND n.no = 1)
                ELSE l.sent_at END AS sent_at OFFSET 0) f
  CROSS JOIN LATERAL (
    SELECT bool_or(coalesce(a.sent_at, %(now)s) >= b.due_at) AS broken,
           array_agg(b.due_at ORDER BY b.seq) FILTER (WHERE a.sent_at >= b.due_at) AS late_due,
           array_agg(a.sent_at ORDER BY b.seq) FILTER (WHERE a.sent_at >= b.due_at) AS late_sent,
           (array_agg(b.action ORDER BY b.seq DESC))[1] AS action,
           (array_agg(b.reason_code ORDER BY b.seq DESC))[1] AS reason_code
      FROM step b LEFT JOIN LATERAL (
        SELECT n.sent_at FROM sending n WHERE n.document_id = b.document_id AND n.seq > b.seq
         ORDER BY n.no LIMIT 1) a ON true
     WHERE b.document_id = d.id AND b.action IN ('return','reopen')
       AND (l.no > 1 OR d.correction_due IS NOT NULL)) r
  CROSS JOIN LATERAL (SELECT {_STAGE} AS stage OFFSET 0) s
 WHERE d.kind = %(kind)s AND d.requirement_id IS NOT NULL AND d.supplement = 0 AND d.due_at IS NOT NULL
   AND d.path >= %(path)s AND d.path < %(end)s {{0}}
"""
_COLUMNS = (
    "document_id", "plan_id", "requirement_id", "title", "unit_id", "unit", "level", "path", "state", "seq",
    "standing", "stage", "expected", "received", "on_time", "due_at", "deadline", "correction_due",
    "first_sent_at", "sent_at", "number", "paper", "waived", "reason_code", "unopened", "desk", "desk_office_id",
    "person", "since", "reminded_at",
)  # fmt: skip
_LINES = f"""
SELECT o.id, o.plan_id, o.requirement_id, o.title, o.unit_id, u.name, o.level, o.path, o.state, o.seq,
       o.standing, o.stage, o.expected, o.received, o.on_time, o.due_at, o.deadline, o.correction_due,
       o.first_sent_at, o.sent_at, to_char(o.number, 'FM9900') || '/' || o.symbol, coalesce(o.paper, false),
       o.waived, o.reason_code,
       o.stage = 'not_started' AND NOT EXISTS (
           SELECT FROM seen v JOIN office h ON h.person_id = v.person_id
            WHERE v.document_id = o.id AND h.unit_id IN (o.unit_id, o.issuer_id, o.drafter_id)),
       o.desk, o.desk_office_id, coalesce(named.full_name, only_one.full_name), o.desk_since,
       CASE WHEN NOT o.received THEN (SELECT max(m.at) FROM reminder m WHERE m.document_id = o.id) END,
       o.late_due, o.late_sent
  FROM ({_OWED}) o JOIN unit u ON u.id = o.unit_id
  LEFT JOIN office n ON n.id = o.desk_office_id LEFT JOIN person named ON named.id = n.person_id
  LEFT JOIN LATERAL (
    SELECT min(p.full_name) AS full_name FROM office h JOIN person p ON p.id = h.person_id
     WHERE h.unit_id = CASE o.desk WHEN 'drafter' THEN o.drafter_id WHEN 'receiver' THEN o.receiver_id
                                   ELSE o.issuer_id END
       AND h.seat = CASE o.desk WHEN 'receiver' THEN 'supervisor' ELSE o.desk END
       AND h.valid_from <= %(day)s AND (h.valid_to IS NULL OR h.valid_to >= %(day)s)
       AND o.desk_office_id IS NULL AND o.desk <> 'archive'
    HAVING min(p.id) = max(p.id)) only_one ON true
 WHERE true
"""
_GROUP = "o.standing, o.expected, o.received, o.on_time"
_CHILD = "string_to_array(trim('/' FROM {0}), '/')"
_DEPTH = f"cardinality({_CHILD})"
_BY_CHILD = f"""
SELECT u.id, u.name, u.level, u.path, {_GROUP}, count(*)
  FROM ({_OWED}) o
  JOIN unit u ON u.id = ({_CHILD.format("o.path")})[
       least({_DEPTH.format("o.path")}, {_DEPTH.format("%(path)s")} + 1)]::integer
 GROUP BY u.id, {_GROUP} ORDER BY u.path = %(path)s DESC, u.code, u.id
"""
_BY_PLAN = f"""
SELECT p.id, p.title, p.level, p.path, {_GROUP}, count(*) FROM ({_OWED}) o JOIN document p ON p.id = o.plan_id
 GROUP BY p.id, {_GROUP} ORDER BY p.opened_at DESC, p.id DESC
"""
_BEFORE = f"SELECT {_GROUP}, count(*) FROM ({_OWED}) o GROUP BY {_GROUP}"
