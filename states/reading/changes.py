"""What has changed (có gì mới): steps that others took on the documents that a unit works with or watches."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states.calendar import Calendar
from states.periods import LOCAL, local_day
from states.policy import Holder
from states.reading.links import NUMBER
from states.reading.today import OURS, PLACES


@dataclass(frozen=True)
class Change:
    """One thing that happened: who did what, in which office.

    `topic`: step, or granted (an extension, waiver, refusal, amendment or cancellation, with `until`). `state`: after
    a step. `ours`: the document is one that the unit writes, drafts or issues; else it receives or follows it.
    """

    topic: str
    action: str
    at: datetime
    document_id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    state: str
    seq: int | None
    ours: bool
    person: str
    person_title: str
    by_unit: str
    machine: bool
    reason_code: str | None
    until: datetime | None
    number: str | None


def last_morning(now: datetime, calendar: Calendar) -> datetime:
    """The start of office hours on the working day before the local day of `now`: «từ hôm qua»."""
    yesterday = calendar.add_working_days(local_day(now), -1)
    return datetime.combine(yesterday, calendar.hours.sessions[0][0], LOCAL)


def changes(session: Session, holder: Holder, since: datetime, now: datetime, *, limit: int = 50) -> list[Change]:
    """What others did after `since`, up to `now`, newest first, at most `limit`.

    Of the unit's own documents every step and what was granted; of those that it receives or follows only what
    crosses the desk between the two: sent, registered, received, returned, recalled, reopened, withdrawn. What has
    been consolidated meanwhile is news only to who sent it.
    """
    if not holder.holds_on(local_day(now)):
        return []
    keys = {"unit": holder.unit_id, "person": holder.person_id, "since": since, "now": now, "limit": limit}
    return [Change(*row) for row in session.connection().exec_driver_sql(_CHANGES, keys)]


# Followers are named by the requirement: only where it names this unit, or its role, are documents looked through.
_FOLLOWED = """
SELECT d.id, false FROM unit me LEFT JOIN unit home ON home.id = me.parent_id
  JOIN requirement_level l ON me.role = ANY (l.follower_roles) OR me.id = ANY (l.followers)
  JOIN requirement r ON r.id = l.requirement_id
  JOIN document d ON d.plan_id = r.plan_id AND d.requirement_id = r.id AND d.level = l.level
   AND (me.id = ANY (l.followers) OR d.path >= home.path AND d.path < left(home.path, -1) || '0')
 WHERE me.id = %(unit)s AND me.id = ANY (d.followers)
"""
_CHANGES = f"""
WITH mine AS MATERIALIZED (
    SELECT id, bool_or(ours) AS ours FROM (
        SELECT d.id, true AS ours FROM document d WHERE {OURS}
        UNION ALL
        SELECT d.id, false FROM document d WHERE d.receiver_id = {PLACES}
           AND d.state IN ('draft','signed','returned','submitted')
        UNION ALL {_FOLLOWED}) found GROUP BY id),
newest AS (
    (SELECT 'step' AS topic, s.action, s.at, s.document_id, s.to_state, s.seq, mine.ours, s.office_id, s.reason_code,
            s.due_at AS until
       FROM step s JOIN mine ON mine.id = s.document_id
      WHERE s.at > %(since)s AND s.at <= %(now)s AND s.person_id <> %(person)s AND (mine.ours
            OR s.action IN ('submit','register','receive','return','recall','reopen','withdraw'))
      ORDER BY s.at DESC, s.document_id, s.seq DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT 'granted', x.kind, x.at, x.document_id, NULL, NULL, true, x.office_id, NULL, x.until
       FROM dispensation x JOIN mine ON mine.id = x.document_id AND mine.ours
       JOIN office o ON o.id = x.office_id AND o.person_id <> %(person)s
      WHERE x.at > %(since)s AND x.at <= %(now)s ORDER BY x.at DESC, x.id DESC LIMIT %(limit)s))
SELECT n.topic, n.action, n.at, d.id, d.kind, d.title, u.id, u.name, coalesce(n.to_state, d.state), n.seq, n.ours,
       p.full_name, o.title, home.name, p.machine, n.reason_code, n.until, sent.number
  FROM newest n JOIN document d ON d.id = n.document_id JOIN unit u ON u.id = d.unit_id
  JOIN office o ON o.id = n.office_id JOIN person p ON p.id = o.person_id JOIN unit home ON home.id = o.unit_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s
                      WHERE s.document_id = d.id AND s.seq <= n.seq ORDER BY s.no DESC LIMIT 1) sent ON true
 ORDER BY n.at DESC, n.document_id, n.seq DESC NULLS FIRST LIMIT %(limit)s
"""
