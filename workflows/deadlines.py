"""Deadlines watched (theo dõi thời hạn): the ladder of reminders, a supervisor's own reminder, the late list.

Nothing here knows when it last ran. What is due is computed from the deadline in force (of the correction, where a
report was returned) and the moment; the key of `reminder` makes every rung climbed once per document and deadline,
by however many runs at once. So a sending ends the ladder, and an extension begins a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from states import units
from states.acting import tell, tell_clock
from states.calendar import Calendar
from states.duties import IN_FORCE
from states.errors import Refused
from states.periods import local_day, midnight
from states.policy import CLOCK, Holder
from states.reading.board import late
from states.reading.standings import Line
from states.reading.tree import NoSuchPlan
from workflows.ladder import BY_HAND, LADDER, TELL, Rung, places

REMIND_AGAIN = timedelta(hours=4)
"""How soon a document may be reminded of by hand again."""

_AROUND = timedelta(days=800)


@dataclass(frozen=True)
class Watched:
    """What one look at all deadlines did."""

    at: datetime
    climbed: dict[str, int] = field(default_factory=dict)  # rung: documents whose people are told
    passed: int = 0  # older rungs that were missed, noted without a message
    notices: int = 0
    nobody: tuple[int, ...] = ()  # documents for whose rung nobody holds a seat

    @property
    def words(self) -> str:
        """What was done, for logs and Prefect's pages."""
        rungs = ", ".join(f"{rung} {count}" for rung, count in self.climbed.items()) or "none"
        alone = f"; nobody to tell of: {', '.join(map(str, self.nobody))}" if self.nobody else ""
        return f"documents reminded of: {rungs}; notices: {self.notices}; missed rungs passed: {self.passed}{alone}"


@dataclass(frozen=True)
class Told:
    """What a reminder by hand did: who was told of which document, and which documents were left out and why."""

    told: dict[int, tuple[str, ...]]
    skipped: dict[int, str]


@dataclass(frozen=True)
class LateList:
    """The data of a công văn đôn đốc: the plan as it is cited, and who is late below a unit, the worst first."""

    plan_id: int
    plan: str
    number: str | None  # of the plan, with its date
    date: date | None
    unit: str
    at: datetime
    lines: tuple[Line, ...]


class NotYoursToRemind(Refused):
    """Bạn không theo dõi văn bản này: only the receiver's supervisors and leaders, and followers, remind of it."""


def watch(session: Session, now: datetime, calendar: Calendar, ladder: Sequence[Rung] = LADDER) -> Watched:
    """Climb every rung that is due: note it, and write its notices to go out in the next delivery slot.

    Of several rungs due at once only the newest speaks. On a rest day nothing is climbed: the next working day's
    run says what is true then. Waived, cancelled and sent documents are silent.
    """
    if not calendar.is_working(local_day(now)):
        return Watched(now)
    slots = [calendar.next_delivery_slot(now, urgent=rung.urgent) for rung in ladder]
    keys = _moment(now, calendar) | {
        "names": [rung.name for rung in ladder], "days": [rung.working_days for rung in ladder],
        "to": [rung.to.value for rung in ladder], "urgent": [rung.urgent for rung in ladder],
        "after": slots, "said": [local_day(slot) for slot in slots],
        "horizon": midnight(calendar.add_working_days(local_day(now), 1 - min(r.working_days for r in ladder))),
    }  # fmt: skip
    tell_clock(session)
    row = session.connection().exec_driver_sql(_WATCH, keys).one()
    return Watched(now, row.climbed, row.passed, row.notices, tuple(row.nobody))


def remind(
    session: Session, document_ids: Sequence[int], by: Holder, now: datetime, words: str, calendar: Calendar, *,
    again: bool = False,
) -> Told:  # fmt: skip
    """A supervisor's own reminder (nhắc) of one document or of many, with words of his own (may be empty).

    A document is left out where nobody owes it now, where it isn't his to follow, and where it was reminded of by
    hand in the last four hours (`again`: all the same). Raises `NotYoursToRemind` where none of them is his.
    """
    slot = calendar.next_delivery_slot(now, urgent=BY_HAND.urgent)
    keys = _moment(now, calendar) | {
        "ids": sorted(set(document_ids)), "unit": by.unit_id, "office": by.office_id, "again": again, "words": words,
        "recent": now - REMIND_AGAIN, "by_hand": f"{BY_HAND.name}/%", "rung": f"{BY_HAND.name}/{now.isoformat()}",
        "to": BY_HAND.to.value, "slot": slot, "slot_day": local_day(slot),
        "follows": by.seat in ("supervisor", "leader") and by.holds_on(local_day(now)),
    }  # fmt: skip
    run = session.connection().exec_driver_sql
    tell(session, by.office_id)
    run(_LOCK, keys)  # of two at once the second sees what the first has said
    found = {row.id: row.why for row in run(_MAY_REMIND, keys)}
    if found and set(found.values()) == {"not yours"}:
        raise NotYoursToRemind()
    free = [document for document, why in found.items() if why is None]
    told = {row.id: tuple(row.people) for row in run(_REMIND, keys | {"ids": free})}
    why = {document: found.get(document, "unknown") or "nobody" for document in keys["ids"] if document not in told}
    return Told(told, {document: _WHY[code] for document, code in why.items()})


def late_list(
    session: Session, plan_id: int, place: str | int, now: datetime, calendar: Calendar, *, level: str | None = None
) -> LateList:
    """What a công văn đôn đốc of a unit (its path or number) says: the plan and the late ones below. `NoSuchPlan`."""
    path = place if isinstance(place, str) else units.get(session, place).path
    row = session.connection().exec_driver_sql(_CITED, {"plan": plan_id, "path": path}).one_or_none()
    if row is None:
        raise NoSuchPlan(plan=plan_id)
    lines = late(session, plan_id, path, now, calendar, level=level)
    below = tuple(line for line in lines if line.path != path)
    return LateList(plan_id, row.title, row.number, row.date, row.name, now, below)


def _moment(now: datetime, calendar: Calendar) -> dict[str, Any]:
    """What SQL must know of the moment: the working days around it, and where to look for people."""
    today = local_day(now)
    table = calendar.working_day_table(today - _AROUND, today + _AROUND)
    return {"now": now, "day": today, "first_day": table[0][0], "ordinals": [ordinal for _, ordinal in table],
            "clock": CLOCK.office_id, **places()}  # fmt: skip


_WHY = {
    "unknown": "không có văn bản này",
    "not yours": "đơn vị của bạn không phải nơi nhận hay nơi theo dõi",
    "not owed": "không phải văn bản phải gửi theo kế hoạch",
    "sent": "đã gửi",
    "let off": "đã được miễn, hoặc kế hoạch đã thu hồi",
    "just reminded": "đã nhắc trong bốn giờ qua",
    "nobody": "chưa có ai giữ vị trí để nhắc",
}
_OPEN = "d.state IN ('draft','signed','returned')"
_OWED = "d.requirement_id IS NOT NULL AND d.supplement = 0 AND d.due_at IS NOT NULL"
_LET_OFF = """EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('waiver','cancellation'))"""
_MUST_BY = f"coalesce(d.correction_due, {IN_FORCE})"
_DUE_DAY = "(({0} - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_ORDINAL = "(%(ordinals)s::integer[])[greatest({0} - %(first_day)s::date, 0) + 1]"
_DAYS = f"{_ORDINAL.format('{0}')} - {_ORDINAL.format(_DUE_DAY.format('{1}'))}"
"""Working days from a deadline to a day, as `Calendar.working_days_between` counts them."""

# A rung is due from its number of working days on; the newest one speaks. A document whose newest rung is noted has
# nothing to climb.
_NEWEST = f"(SELECT max(n.working_days) FROM rung n WHERE n.working_days <= {_DAYS.format('%(day)s::date', '{0}')})"
_WATCH = f"""
WITH rung AS MATERIALIZED (
    SELECT * FROM unnest(%(names)s::varchar[], %(days)s::integer[], %(to)s::varchar[], %(urgent)s::boolean[],
                         %(after)s::timestamptz[], %(said)s::date[])
                  r (name, working_days, audience, urgent, send_after, said_on)),
open AS MATERIALIZED (
    SELECT d.id, {_MUST_BY} AS deadline FROM document d WHERE {_OPEN} AND {_OWED} AND NOT {_LET_OFF}),
due AS MATERIALIZED (
    SELECT o.id, o.deadline, {_NEWEST.format("o.deadline")} AS newest FROM open o WHERE o.deadline <= %(horizon)s),
fresh AS MATERIALIZED (
    SELECT due.* FROM due WHERE EXISTS (
        SELECT FROM rung r WHERE r.working_days = due.newest AND NOT EXISTS (
            SELECT FROM reminder m WHERE m.document_id = due.id AND m.deadline = due.deadline AND m.rung = r.name))),
climbed AS (
    INSERT INTO reminder (document_id, deadline, rung, at, office_id)
    SELECT f.id, f.deadline, r.name, %(now)s, %(clock)s FROM fresh f JOIN rung r ON r.working_days <= f.newest
     ORDER BY f.id, r.working_days, r.name
    ON CONFLICT DO NOTHING RETURNING document_id AS id, deadline, rung),
spoken AS (
    SELECT c.id, c.deadline, c.rung, r.audience, r.urgent, r.send_after, r.said_on,
           {_DUE_DAY.format("c.deadline")} AS due_on, {_DAYS.format("r.said_on", "c.deadline")} AS days,
           '{{}}'::jsonb AS more
      FROM climbed c JOIN rung r ON r.name = c.rung WHERE r.working_days = {_NEWEST.format("c.deadline")}),
{TELL}
SELECT (SELECT coalesce(jsonb_object_agg(s.rung, s.documents), '{{}}') FROM (
            SELECT m.rung, count(*) AS documents FROM message m GROUP BY 1) s) AS climbed,
       (SELECT count(*) FROM climbed) - (SELECT count(*) FROM message) AS passed,
       (SELECT count(*) FROM noticed) AS notices,
       ARRAY(SELECT m.id FROM message m EXCEPT SELECT n.id FROM noticed n ORDER BY 1) AS nobody
"""
_LOCK = "SELECT id FROM document WHERE id = ANY (%(ids)s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_MAY_REMIND = f"""
SELECT d.id, CASE WHEN NOT %(follows)s THEN 'not yours'
                  WHEN d.receiver_id IS DISTINCT FROM %(unit)s AND %(unit)s <> ALL (d.followers) THEN 'not yours'
                  WHEN NOT ({_OWED}) THEN 'not owed' WHEN NOT {_OPEN} THEN 'sent' WHEN {_LET_OFF} THEN 'let off'
                  WHEN NOT %(again)s AND EXISTS (
                       SELECT FROM reminder m WHERE m.document_id = d.id AND m.at > %(recent)s
                          AND m.rung LIKE %(by_hand)s) THEN 'just reminded' END AS why
  FROM document d WHERE d.id = ANY (%(ids)s::bigint[])
"""
_REMIND = f"""
WITH climbed AS (
    INSERT INTO reminder (document_id, deadline, rung, at, office_id)
    SELECT d.id, {_MUST_BY}, %(rung)s, %(now)s, %(office)s FROM document d WHERE d.id = ANY (%(ids)s::bigint[])
    ON CONFLICT DO NOTHING RETURNING document_id AS id, deadline, rung),
spoken AS (
    SELECT c.*, %(to)s::varchar AS audience, true AS urgent, %(slot)s::timestamptz AS send_after,
           %(slot_day)s::date AS said_on, {_DUE_DAY.format("c.deadline")} AS due_on,
           {_DAYS.format("%(slot_day)s::date", "c.deadline")} AS days,
           jsonb_build_object('words', %(words)s::text, 'by', p.full_name, 'by_title', o.title, 'by_unit', u.name)
           AS more
      FROM climbed c
      JOIN office o ON o.id = %(office)s JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id),
{TELL}
SELECT n.id, array_agg(p.full_name ORDER BY p.full_name) AS people
  FROM noticed n JOIN person p ON p.id = n.person_id GROUP BY n.id
"""
_CITED = """
SELECT d.title, s.number, s.date, u.name FROM document d JOIN unit u ON u.path = %(path)s
  LEFT JOIN LATERAL (SELECT to_char(n.number, 'FM9900') || '/' || n.symbol AS number, n.date FROM sending n
                      WHERE n.document_id = d.id ORDER BY n.no DESC LIMIT 1) s ON true
 WHERE d.id = %(plan)s
"""
