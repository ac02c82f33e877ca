"""What is told of each document in a queue: who laid it there, what changed, what the checks found; and one's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlmodel import Session

from states.explaining import ANSWERS
from states.periods import LOCAL, local_day
from states.policy import Holder
from states.reading import inbox
from states.reading.inbox import Item

MOST = 1000
"""Nobody's queue is longer; what is beyond waits until the first ones are gone."""


@dataclass(frozen=True)
class Waiting:
    """An item of a queue with what one decides by. `revisions`: how often it was put up; `blocking`: findings that keep
    a signature away; `explained`: findings that the drafter answered; `by`: who took the last step."""

    item: Item
    by: str
    words: str | None
    revision_id: int | None
    revision_no: int | None
    digest: str
    revisions: int
    blocking: int
    explained: int
    received: int | None
    parent_id: int | None
    plan_id: int | None


@dataclass(frozen=True)
class Batch:
    """Where one stands in the row of what waits: the place from 1, how many, the neighbours; `done`: how many this
    office has signed today.
    """

    at: int
    of: int
    before: int | None
    after: int | None
    done: int = 0


def waiting(session: Session, items: Sequence[Item]) -> list[Waiting]:
    """The items with their facts, one statement for all."""
    rows = session.connection().exec_driver_sql(_FACTS, {"ids": [one.document_id for one in items]}).mappings()
    facts: dict[int, dict[str, Any]] = {row["id"]: dict(row) for row in rows}
    return [Waiting(one, **{k: v for k, v in facts[one.document_id].items() if k != "id"}) for one in items]


def batch(session: Session, holder: Holder, document_id: int, now: datetime) -> Batch | None:
    """One's place among what waits for the holder's signature; None where it does not wait."""
    if "presented" not in inbox.queues_of(holder):
        return None
    ids = [one.document_id for one in inbox.queue(session, "presented", holder, limit=MOST)]
    if document_id not in ids:
        return None
    at = ids.index(document_id)
    before, after = ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
    return Batch(at + 1, len(ids), before, after, _signed_today(session, holder, now))


def last_done(session: Session, holder: Holder, action: str) -> Mapping[str, Any] | None:
    """The last document that the holder took this step with: what an empty queue may tell of."""
    keys = {"office": holder.office_id, "person": holder.person_id, "action": action}
    row = session.connection().exec_driver_sql(_LAST, keys).mappings().one_or_none()
    return dict(row) if row else None


def _signed_today(session: Session, holder: Holder, now: datetime) -> int:
    begin = datetime.combine(local_day(now), time(), LOCAL)
    keys = {"office": holder.office_id, "person": holder.person_id, "begin": begin}
    return int(session.connection().exec_driver_sql(_TODAY, keys).scalar_one())


_TODAY = """
SELECT count(*) FROM step s
 WHERE s.person_id = %(person)s AND s.office_id = %(office)s AND s.action = 'sign' AND s.at >= %(begin)s
"""
_LAST = """
SELECT d.id, d.title, u.name AS unit, s.at FROM step s JOIN document d ON d.id = s.document_id
  JOIN unit u ON u.id = d.unit_id
 WHERE s.person_id = %(person)s AND s.office_id = %(office)s AND s.action = %(action)s ORDER BY s.at DESC LIMIT 1
"""
_FACTS = f"""
SELECT d.id, p.full_name AS by, last.reason AS words, cut.id AS revision_id, cut.no AS revision_no,
       coalesce(encode(cut.digest, 'hex'), '') AS digest,
       (SELECT count(*) FROM revision r WHERE r.document_id = d.id AND r.part = 'whole') AS revisions,
       coalesce(f.blocking, 0) AS blocking, coalesce(f.explained, 0) AS explained, rec.number AS received,
       d.parent_id, d.plan_id
  FROM document d JOIN step last ON last.document_id = d.id AND last.seq = d.seq
  JOIN person p ON p.id = last.person_id
  LEFT JOIN LATERAL (SELECT r.id, r.no, r.digest FROM revision r WHERE r.document_id = d.id AND r.part = 'whole'
                      ORDER BY r.no DESC LIMIT 1) cut ON true
  LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE NOT said OR severity = 'refuse') AS blocking,
             count(*) FILTER (WHERE said AND severity = 'explain') AS explained
        FROM (SELECT f.severity, EXISTS (SELECT FROM explanation e WHERE {ANSWERS}) AS said
                FROM finding f WHERE f.document_id = d.id AND f.severity <> 'note'
                 AND (f.revision_id IS NULL OR f.revision_id = cut.id)) told) f ON true
  LEFT JOIN LATERAL (SELECT r.number FROM sending s JOIN receipt r ON r.sending_id = s.id WHERE s.document_id = d.id
                      ORDER BY s.no DESC LIMIT 1) rec ON true
 WHERE d.id = ANY (%(ids)s::bigint[])
"""
