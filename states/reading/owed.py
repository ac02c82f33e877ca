"""What is owed and how it stands (phải gửi, tình trạng): the one statement that boards, trees and calendars read.

Every standing is computed from facts at the moment that is asked about. Expected is what the fan-out opened, less
what was cancelled or waived in time; received is what stands with the receiver now; on time is a first sending
before the deadline in force, with each return answered by its own date.
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
from states.reading.standings import Call, Counts, Line, Standing


def keys_of(
    session: Session, place: str | int | None, now: datetime, *, plan: int | None = None, level: str | None = None,
    requirement: int | None = None, period: Window | None = None, kind: Kind | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What `LINES` and `OWED` are asked with; whatever is None asks nothing. `place`: a unit's path or number."""
    path = units.get(session, place).path if isinstance(place, int) else place
    here = path.strip("/").rpartition("/")[2] if path else ""
    return {
        "plan": plan, "path": path, "end": path and path[:-1] + "0", "now": now, "day": local_day(now), "level": level,
        "requirement": requirement, "kind": kind and kind.value, "first": period and period.first,
        "last": period and period.last, "here": int(here) if here else None, "rest": len(path or "") + 1,
    }  # fmt: skip


def scope(keys: dict[str, Any]) -> str:
    """Only the conditions that were asked for, so that the planner always sees an index it can use."""
    return "".join(sql for name, sql in _CONDITIONS.items() if keys[name] is not None)


def reader(now: datetime, calendar: Calendar) -> Callable[[Any], Line]:
    """Reads rows of `LINES`; what the calendar says of a moment is asked once for all rows."""
    today = local_day(now)
    hours = cache(lambda since: calendar.working_hours_between(since, now))
    days_late = cache(calendar.days_late)
    days_left = cache(lambda due: calendar.working_days_between(today, calendar.due_day(due)))

    def read(row: Any) -> Line:
        late_due, late_sent, called_at, called_by, words, promised = row[_TOLD:]
        told, late, left = list(row[:_TOLD]), 0, None
        told[_AT_STANDING] = standing = standing_of(row[_AT_STANDING])
        told[_AT_STAGE] = standing_of(row[_AT_STAGE])
        state, received, deadline, correction_due, first_sent_at, since = (row[place] for place in _JUDGED)
        if received:
            kept = [(deadline, first_sent_at), *zip(late_due or (), late_sent or (), strict=True)]
            late = max((days_late(due, sent) for due, sent in kept if sent >= due), default=0)
        elif standing is Standing.OVERDUE:
            late = days_late(correction_due or deadline, now)
        elif standing not in (Standing.WAIVED, Standing.CANCELLED):
            left = days_left(correction_due or deadline)
        call = Call(called_at, called_by, words, promised) if called_at else None
        return Line(*[*told, call, hours(since) if state in _OPEN else 0.0, late, left])

    return read


def standing_of(said: str) -> Standing:
    """The standing that `LINES` or `OWED` says; a look into a dict, where the enum would search."""
    return _STANDINGS[said]


def count(rows: Iterable[Any]) -> Counts:
    """Adds up rows of (standing, expected, received, on time, how many)."""
    expected = received = on_time = 0
    standings: dict[Standing, int] = {}
    for said, is_expected, is_received, is_on_time, number in rows:
        standing = standing_of(said)
        standings[standing] = standings.get(standing, 0) + number
        expected += number * is_expected
        received += number * is_received
        on_time += number * is_on_time
    return Counts(expected, received, on_time, standings)


# ── the statement ───────────────────────────────────────────────────────────────────────────────────────────────

# A subtree is a range of paths ('0' comes after '/'): any plan of the statement can read it from an index.
_CONDITIONS = {
    "kind": " AND d.kind = %(kind)s",
    "path": " AND d.path >= %(path)s AND d.path < %(end)s",
    "plan": " AND d.plan_id = %(plan)s",
    "level": " AND d.level = %(level)s",
    "requirement": " AND d.requirement_id = %(requirement)s",
    "first": " AND d.period_first >= %(first)s AND d.period_last <= %(last)s",
}
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
HELD = "d.requirement_id IS NOT NULL AND d.supplement = 0 AND d.due_at IS NOT NULL"
"""What makes a document an owed one: a requirement with a deadline, and no supplement to it."""
# OFFSET 0 keeps the planner from working a value out again for each place that names it.
OWED = f"""
SELECT d.id, d.kind, d.plan_id, d.requirement_id, d.title, d.unit_id, d.level, d.path, d.state, d.seq, d.desk,
       d.desk_office_id, d.desk_since, d.issuer_id, d.drafter_id, d.receiver_id, d.due_at, d.correction_due,
       w.deadline, w.waived, f.sent_at AS first_sent_at, l.sent_at, l.number, l.symbol, l.date,
       l.paper, r.late_due, r.late_sent, r.reason_code, s.stage,
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
    SELECT n.no, n.sent_at, n.number, n.symbol, n.date, n.paper FROM sending n WHERE n.document_id = d.id
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
 WHERE {HELD} {{0}}
"""
# Rungs that were missed are noted at the moment of the one that speaks, which is the latest of them.
_RUNG_DAY = """
    CASE split_part(m.rung, '-', 1) WHEN 'before' THEN -1 WHEN 'after' THEN 1 ELSE 0 END
    * coalesce(substring(m.rung FROM '[0-9]+$')::integer, 0)
"""
COLUMNS = (
    "document_id", "kind", "plan_id", "requirement_id", "title", "unit_id", "unit", "level", "path",
    "state", "seq", "standing", "stage", "expected", "received", "on_time", "due_at", "deadline", "correction_due",
    "first_sent_at", "sent_at", "number", "dated", "paper", "waived", "reason_code", "unopened", "desk",
    "desk_office_id", "person", "person_title", "person_phone", "unit_phone", "since", "reminded_at", "reminded_rung",
)  # fmt: skip
"""What `LINES` gives first, in the order of `Line`."""
_TOLD, _AT_STANDING, _AT_STAGE = len(COLUMNS), COLUMNS.index("standing"), COLUMNS.index("stage")
_JUDGED = tuple(map(COLUMNS.index, ("state", "received", "deadline", "correction_due", "first_sent_at", "since")))
_OPEN = ("draft", "signed", "returned")
_STANDINGS = {standing.value: standing for standing in Standing}
UNOPENED = """
    o.stage = 'not_started' AND NOT EXISTS (SELECT FROM seen v JOIN office h ON h.person_id = v.person_id
     WHERE v.document_id = o.id AND h.unit_id IN (o.unit_id, o.issuer_id, o.drafter_id))
"""
LINES = f"""
SELECT o.id, o.kind, o.plan_id, o.requirement_id, o.title, o.unit_id, u.name, o.level, o.path, o.state, o.seq,
       o.standing, o.stage, o.expected, o.received, o.on_time, o.due_at, o.deadline, o.correction_due,
       o.first_sent_at, o.sent_at, to_char(o.number, 'FM9900') || '/' || o.symbol, o.date, coalesce(o.paper, false),
       o.waived, o.reason_code,
       {UNOPENED},
       o.desk, o.desk_office_id, coalesce(named.full_name, only_one.full_name), coalesce(n.title, only_one.title),
       coalesce(named.phone, only_one.phone), u.phone, o.desk_since, last.at, last.rung, o.late_due, o.late_sent,
       call.at, call.full_name, call.words, call.promised
  FROM ({OWED}) o JOIN unit u ON u.id = o.unit_id
  LEFT JOIN office n ON n.id = o.desk_office_id LEFT JOIN person named ON named.id = n.person_id
  LEFT JOIN LATERAL (
    SELECT min(p.full_name) AS full_name, min(h.title) AS title, min(p.phone) AS phone
      FROM office h JOIN person p ON p.id = h.person_id
     WHERE h.unit_id = CASE o.desk WHEN 'drafter' THEN o.drafter_id WHEN 'receiver' THEN o.receiver_id
                                   ELSE o.issuer_id END
       AND h.seat = CASE o.desk WHEN 'receiver' THEN 'supervisor' ELSE o.desk END
       AND h.valid_from <= %(day)s AND (h.valid_to IS NULL OR h.valid_to >= %(day)s)
       AND o.desk_office_id IS NULL AND o.desk <> 'archive'
    HAVING min(p.id) = max(p.id)) only_one ON true
  LEFT JOIN LATERAL (
    SELECT m.at, m.rung FROM reminder m WHERE m.document_id = o.id AND NOT o.received
       AND m.at = (SELECT max(x.at) FROM reminder x WHERE x.document_id = o.id)
     ORDER BY {_RUNG_DAY} DESC LIMIT 1) last ON true
  LEFT JOIN LATERAL (
    SELECT x.at, p.full_name, x.words, x.promised FROM note x
      JOIN office h ON h.id = x.office_id JOIN person p ON p.id = h.person_id
     WHERE x.document_id = o.id AND x.kind = 'call' AND NOT o.received ORDER BY x.at DESC, x.id DESC LIMIT 1) call
    ON true
 WHERE true
"""
GROUP = "o.standing, o.expected, o.received, o.on_time"
CHILD = "coalesce(nullif(split_part(substr(o.path, %(rest)s), '/', 1), '')::integer, %(here)s)"
"""The unit just below %(path)s in whose part of the tree a row of `OWED` stands; or the unit itself."""
