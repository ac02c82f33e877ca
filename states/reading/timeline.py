"""A document's timeline (nhật ký văn bản): every step and all that was said, given and moved between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from states.reading.links import NUMBER
from states.reasons import WORDS, ReturnReason


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    `topic`: step, call, question, answer, comment, asked (xin gia hạn, xin miễn), granted (its answer), reminder,
    explained, received (số đến), contribution. `what`: the action, the dispensation's kind, the rung, the channel.
    Of a step: `desk` where the paper lay after it, on whose (`desk_holder`), and `lay` until the next step; None: it
    still lies there. `until`: a correction date, a deadline, a promise. `counts`: false where granted too late.
    """

    topic: str
    what: str
    at: datetime
    person: str
    title: str
    authority: str
    unit: str
    words: str | None
    seq: int | None = None
    state: str | None = None
    reason_code: str | None = None
    desk: str | None = None
    desk_holder: str | None = None
    lay: timedelta | None = None
    revision_digest: str | None = None
    number: str | None = None
    dated: date | None = None
    until: datetime | None = None
    place: str | None = None
    counts: bool | None = None
    paper: bool = False

    @property
    def reason_words(self) -> str | None:
        """The coded reason of a return in words."""
        return WORDS.get(ReturnReason(self.reason_code), self.reason_code) if self.reason_code else None


def timeline(session: Session, document_id: int) -> list[Event]:
    """All of a document's life in order; what happened at the same moment as a step stands after it."""
    rows = session.connection().exec_driver_sql(_TIMELINE, {"id": document_id})
    return [Event(**dict(row)) for row in rows.mappings()]


def time_on_desks(events: Iterable[Event], now: datetime) -> dict[str, timedelta]:
    """How long a document lay on each desk altogether, up to `now`; in the archive nobody has to act."""
    lain: dict[str, timedelta] = {}
    for event in events:
        if event.desk is not None:
            stay = event.lay if event.lay is not None else now - event.at
            lain[event.desk] = lain.get(event.desk, timedelta()) + stay
    return lain


_NOTHING_OF_A_STEP = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
# One branch for each kind of row; what a branch does not know is null.
_TIMELINE = f"""
WITH event AS (
    SELECT 'step' AS topic, s.action AS what, s.at, s.office_id, s.authority, s.reason AS words, s.seq,
           s.to_state AS state, s.reason_code, s.desk, s.desk_office_id,
           lead(s.at) OVER (ORDER BY s.seq) - s.at AS lay, encode(s.revision_digest, 'hex') AS revision_digest,
           {NUMBER.format("sent")} AS number, sent.date AS dated, s.due_at AS until, NULL::varchar AS place,
           NULL::boolean AS counts, coalesce(sent.paper, false) AS paper
      FROM step s LEFT JOIN sending sent ON sent.document_id = s.document_id AND sent.seq = s.seq
     WHERE s.document_id = %(id)s
    UNION ALL
    SELECT n.kind, n.kind, n.at, n.office_id, NULL, n.words, {_NOTHING_OF_A_STEP},
           n.promised::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', n.place, NULL, false
      FROM note n WHERE n.document_id = %(id)s
    UNION ALL
    SELECT 'asked', q.kind, q.at, q.office_id, NULL, q.reason, {_NOTHING_OF_A_STEP}, q.until, NULL, NULL, false
      FROM dispensation_request q WHERE q.document_id = %(id)s
    UNION ALL
    SELECT 'granted', x.kind, x.at, x.office_id, NULL, x.reason, {_NOTHING_OF_A_STEP}, x.until, NULL, x.in_time, false
      FROM dispensation x WHERE x.document_id = %(id)s
    UNION ALL
    SELECT 'reminder', r.rung, r.at, r.office_id, NULL, NULL, {_NOTHING_OF_A_STEP}, r.deadline, NULL, NULL, false
      FROM reminder r WHERE r.document_id = %(id)s
    UNION ALL
    SELECT 'explained', e.code, e.at, e.office_id, NULL, e.words, {_NOTHING_OF_A_STEP}, NULL, e.place, NULL, false
      FROM explanation e WHERE e.document_id = %(id)s
    UNION ALL
    SELECT 'contribution', g.channel, g.at, g.taken_by, NULL, c.assignee || ': ' || g.given_by, {_NOTHING_OF_A_STEP},
           c.due_at, NULL, NULL, false
      FROM contribution c JOIN contribution_given g ON g.contribution_id = c.id WHERE c.document_id = %(id)s
    UNION ALL
    SELECT 'received', 'receipt', r.received_at, r.office_id, NULL, r.number || '/đến', {_NOTHING_OF_A_STEP}, NULL,
           NULL, NULL, false
      FROM sending s JOIN receipt r ON r.sending_id = s.id WHERE s.document_id = %(id)s)
SELECT e.topic, e.what, e.at, p.full_name AS person, o.title, coalesce(e.authority, '') AS authority, u.name AS unit,
       e.words, e.seq, e.state, e.reason_code, e.desk, holder.full_name AS desk_holder, e.lay, e.revision_digest,
       e.number, e.dated, e.until, e.place, e.counts, e.paper
  FROM event e JOIN office o ON o.id = e.office_id JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id
  LEFT JOIN office at_desk ON at_desk.id = e.desk_office_id LEFT JOIN person holder ON holder.id = at_desk.person_id
 ORDER BY e.at, e.seq NULLS LAST, e.topic
"""
