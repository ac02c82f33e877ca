"""The page Hôm nay: what an office's unit owes, what is owed to it, what was promised; as of a moment.

Duties are the unit's, so every seat of it sees the same calendar; a body (sở, phòng, ban) sees what it drafts or
issues for the unit that it belongs to. Queues are `states.reading.inbox`, changes `states.reading.changes`, questions
`states.reading.talk`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from states.calendar import Calendar
from states.duties import IN_FORCE
from states.periods import local_day, midnight
from states.policy import Holder
from states.reading.inbox import PLAN_RUNS
from states.reading.links import NUMBER
from states.reading.owed import LINES, keys_of, reader, scope
from states.reading.standings import Line

REMEMBERED = timedelta(days=60)
"""A promise of a call older than that has been overtaken by others."""


@dataclass(frozen=True)
class Duty:
    """Something the unit owes (việc phải làm). `day`: the local day that it must keep, of the correction where it was
    returned; the rest of its standing is in `line`."""

    line: Line
    day: date
    plan: str
    plan_number: str | None
    form: str | None
    form_version: int | None
    form_title: str | None
    urgency: str


@dataclass(frozen=True)
class Ahead:
    """What is owed to the unit under one plan and not sent: overdue, due this week, open in all, the next deadline."""

    plan_id: int
    plan: str
    overdue: int
    this_week: int
    open: int
    next_due: datetime | None


@dataclass(frozen=True)
class Promise:
    """What somebody promised on the telephone and has not sent yet. `due_at`: the date that it must keep anyway."""

    note_id: int
    document_id: int
    title: str
    unit_id: int
    unit: str
    unit_phone: str | None
    promised: date
    words: str
    called_at: datetime
    called_by: str
    due_at: datetime

    def broken(self, day: date) -> bool:
        """Whether the promised day has passed."""
        return self.promised < day


def duties(
    session: Session, holder: Holder, now: datetime, calendar: Calendar, *, since: date | None = None
) -> list[Duty]:
    """Everything the holder's unit owes and has not sent, by plan or report, what must be kept first in front.

    `since`: also what is done or let off and was due on that local day or later, to fill a calendar with. Empty where
    the office is not held on the day.
    """
    if not holder.holds_on(local_day(now)):
        return []
    keys = keys_of(session, None, now) | {"unit": holder.unit_id, "since": since and midnight(since)}
    rows = session.connection().exec_driver_sql(LINES.format(scope(keys) + _OURS) + _WANTED, keys)
    lines = sorted(map(reader(now, calendar), rows), key=lambda line: (line.must_by, line.kind, line.document_id))
    more = session.connection().exec_driver_sql(_MORE, {"ids": [line.document_id for line in lines]})
    told = {row[0]: row[1:] for row in more}
    return [Duty(line, calendar.due_day(line.must_by), *told[line.document_id]) for line in lines]


def week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def this_week(owed: Iterable[Duty], now: datetime) -> list[Duty]:
    """What of it must be sent by the end of this week, what is late first."""
    _, sunday = week(local_day(now))
    return [duty for duty in owed if duty.line.state in _OPEN_STATES and duty.day <= sunday]


def ahead(session: Session, holder: Holder, now: datetime) -> list[Ahead]:
    """For whoever follows: what the units just below owe to this unit, plan by plan; the most pressing first.

    Empty for drafters, clerks and auditors, and where the office is not held on the day.
    """
    if holder.seat not in ("supervisor", "leader") or not holder.holds_on(local_day(now)):
        return []
    _, sunday = week(local_day(now))
    keys = {"unit": holder.unit_id, "now": now, "until": midnight(sunday + timedelta(days=1))}
    return [Ahead(*row) for row in session.connection().exec_driver_sql(_AHEAD, keys)]


def promises(session: Session, holder: Holder, now: datetime, *, within: int = 7) -> list[Promise]:
    """Promises that somebody of the holder's unit took on the telephone and that fall due in so many days or have.

    Only the newest call about a document counts, and only until it is sent or let off.
    """
    day = local_day(now)
    if not holder.holds_on(day):
        return []
    keys = {"unit": holder.unit_id, "until": day + timedelta(days=within), "oldest": now - REMEMBERED}
    return [Promise(*row) for row in session.connection().exec_driver_sql(_PROMISES, keys)]


_OPEN_STATES = ("draft", "signed", "returned")
# The holder's unit, and, where that is a body, the unit that it works for.
PLACES = """
    ANY (ARRAY(SELECT %(unit)s::integer UNION ALL SELECT b.parent_id FROM unit b
                WHERE b.id = %(unit)s AND b.level = 'body' AND b.parent_id IS NOT NULL))
"""
OURS = f"d.unit_id = {PLACES} AND %(unit)s IN (d.unit_id, d.issuer_id, d.drafter_id)"
"""Documents that the holder's unit writes, drafts or issues."""

_OURS = f" AND {OURS}"
_WANTED = """
   AND (o.state IN ('draft','signed','returned') AND o.standing NOT IN ('waived','cancelled')
        OR coalesce(o.correction_due, o.deadline) > %(since)s)
"""
_MORE = f"""
SELECT d.id, p.title, sent.number, d.form, d.form_version, f.title, d.urgency
  FROM document d JOIN document p ON p.id = d.plan_id
  LEFT JOIN form f ON f.code = d.form AND f.version = d.form_version
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s WHERE s.document_id = p.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = ANY (%(ids)s::bigint[])
"""
_STILL_OWED = """
    d.state IN ('draft','signed','returned') AND d.requirement_id IS NOT NULL AND d.supplement = 0
    AND d.due_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('waiver','cancellation'))
"""
_MUST_BY = f"coalesce(d.correction_due, {IN_FORCE})"
_AHEAD = f"""
SELECT p.id, p.title, o.overdue, o.this_week, o.open, o.next_due
  FROM (SELECT plan_id, count(*) FILTER (WHERE due <= %(now)s) AS overdue,
               count(*) FILTER (WHERE due > %(now)s AND due <= %(until)s) AS this_week, count(*) AS open,
               min(due) FILTER (WHERE due > %(now)s) AS next_due
          FROM (SELECT d.plan_id, {_MUST_BY} AS due FROM document d
                 WHERE d.receiver_id = {PLACES} AND {_STILL_OWED} AND {PLAN_RUNS}) d GROUP BY plan_id) o
  JOIN document p ON p.id = o.plan_id
 ORDER BY o.overdue DESC, o.this_week DESC, o.next_due NULLS LAST, p.id
"""
_PROMISES = f"""
SELECT n.id, d.id, d.title, u.id, u.name, u.phone, n.promised, n.words, n.at, p.full_name, {_MUST_BY}
  FROM note n JOIN office o ON o.id = n.office_id AND o.unit_id = %(unit)s JOIN person p ON p.id = o.person_id
  JOIN document d ON d.id = n.document_id JOIN unit u ON u.id = d.unit_id
 WHERE n.kind = 'call' AND n.at > %(oldest)s AND n.promised <= %(until)s AND {_STILL_OWED}
   AND NOT EXISTS (SELECT FROM note y WHERE y.document_id = n.document_id AND y.kind = 'call'
                      AND (y.at, y.id) > (n.at, n.id))
 ORDER BY n.promised, u.path, d.id
"""
