"""The delivery rows (lượt gửi): which notices wait for a channel, who has claimed them, how each attempt ended.

A claim is an inserted row, committed before anything is sent, so two workers never make the same attempt. A claim
without an outcome belongs to a worker that died; after `ABANDONED` the notice is tried again as the next attempt.
At that edge a message may arrive twice (at least once); its identity is the same, so the other side can drop it.

What a person chose for a topic (`states.preferences`) is asked when a notice goes out, whoever wrote it: `now` does
not wait for the slot that it was written for, `off` is not sent. What asks something of him has no `off`: overdue,
escalated and returned reports, papers presented for signature; a stray row that says so counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from notifications.matters import Matter, Recipient
from notifications.topics import STOPS_WHEN_SENT
from states.preferences import NOTICE, NOTICES

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
ATTEMPTS = len(BACK_OFF) + 1
ABANDONED = timedelta(minutes=10)
NO_NEWS = timedelta(days=30)
"""What could not be told for so long is no news, and a channel added today is not flooded with years."""


@dataclass(frozen=True)
class Waiting:
    """A notice that is due on a channel: its next attempt, and when the attempt before was claimed (if any)."""

    matter: Matter
    to: Recipient
    attempt: int
    claimed_at: datetime | None


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: `sent`, `failed` (tried again at `retry_at`) or `dead`, with the failure's text."""

    word: str
    error: str | None = None
    retry_at: datetime | None = None


def waiting(session: Session, channel: str, now: datetime) -> list[Waiting]:
    """What is due on a channel now, urgent ones first."""
    return [_waiting(tuple(row)) for row in session.connection().exec_driver_sql(_LIST, _keys(channel, now))]


def drop(session: Session, channel: str, worker: str, now: datetime) -> tuple[int, int]:
    """End what needs no sending: reminders of what was sent or waived meanwhile, topics that the recipient has turned
    off, and notices whose last attempt died.

    Returns how many needed no sending and how many died. They stay as dead letters that say why.
    """
    run = session.connection().exec_driver_sql
    keys = _keys(channel, now) | {"worker": worker, "topics": list(STOPS_WHEN_SENT), "attempts": ATTEMPTS}
    moot = run(_DROP_MOOT, keys).rowcount + run(_DROP_OFF, keys).rowcount
    return moot, run(_BURY, keys).rowcount


def claim(session: Session, bundle: Sequence[Waiting], channel: str, worker: str, at: datetime) -> list[Waiting]:
    """Claim the next attempt of each; returns those that nobody else had claimed."""
    keys = _attempts(bundle, channel) | {"worker": worker, "at": at}
    mine = set(session.connection().exec_driver_sql(_CLAIM, keys).scalars())
    return [notice for notice in bundle if notice.matter.notice_id in mine]


def settle(session: Session, claimed: Sequence[Waiting], channel: str, outcome: Outcome, at: datetime) -> None:
    """Write down how the attempt ended."""
    keys = _attempts(claimed, channel) | {"at": at, "outcome": outcome.word, "error": outcome.error,
                                          "retry": outcome.retry_at}  # fmt: skip
    session.connection().exec_driver_sql(_SETTLE, keys)


def _keys(channel: str, now: datetime) -> dict[str, Any]:
    return {"channel": channel, "now": now, "abandoned": now - ABANDONED, "oldest": now - NO_NEWS, "notice": NOTICE,
            "may_be_off": [topic for topic, choice in NOTICES.items() if "off" in choice.values]}  # fmt: skip


def _attempts(bundle: Sequence[Waiting], channel: str) -> dict[str, Any]:
    ordered = sorted(bundle, key=lambda notice: notice.matter.notice_id)  # two workers lock in one order
    return {"channel": channel, "notices": [n.matter.notice_id for n in ordered], "nos": [n.attempt for n in ordered]}


def _waiting(row: tuple[Any, ...]) -> Waiting:
    notice, topic, created, document, urgent, data, person, name, email, phone, attempt, claimed = row
    matter = Matter.of(notice, topic, created, document, urgent, data)
    return Waiting(matter, Recipient(person, name, email, phone), attempt, claimed)


# First what has no end on this channel, then its last attempt: the long past is one hash anti-join.
_WAITING = """
WITH chosen AS MATERIALIZED (
    SELECT p.person_id, substr(p.name, length(%(notice)s) + 1) AS topic, p.value #>> '{}' AS way FROM preference p
     WHERE starts_with(p.name, %(notice)s)),
unended AS MATERIALIZED (
    SELECT n.* FROM notice n
     WHERE n.send_after > %(oldest)s AND (n.send_after <= %(now)s
           OR n.created_at <= %(now)s AND (n.person_id, n.topic) IN (SELECT person_id, topic FROM chosen
                                                                      WHERE way = 'now'))
       AND NOT EXISTS (SELECT FROM delivery x WHERE x.notice_id = n.id AND x.channel = %(channel)s
                          AND x.outcome IN ('sent','dead'))),
due AS (
    SELECT n.*, coalesce(last.attempt, 0) + 1 AS attempt, last.claimed_at FROM unended n
      LEFT JOIN LATERAL (SELECT * FROM delivery x WHERE x.notice_id = n.id AND x.channel = %(channel)s
                          ORDER BY x.attempt DESC LIMIT 1) last ON true
     WHERE last.attempt IS NULL OR last.outcome = 'failed' AND last.retry_at <= %(now)s
        OR last.outcome IS NULL AND last.claimed_at <= %(abandoned)s)
"""
_LIST = f"""
{_WAITING}
SELECT n.id, n.topic, n.created_at, n.document_id, n.urgent, n.data, p.id, p.full_name, p.email, p.phone, n.attempt,
       n.claimed_at
  FROM due n JOIN person p ON p.id = n.person_id ORDER BY n.urgent DESC, n.send_after, n.id
"""
_DROP_MOOT = f"""
{_WAITING}
INSERT INTO delivery (notice_id, channel, attempt, claimed_at, worker, outcome, error, ended_at)
SELECT n.id, %(channel)s, n.attempt, %(now)s, %(worker)s, 'dead', 'không gửi: văn bản không còn phải nhắc', %(now)s
  FROM due n JOIN document d ON d.id = n.document_id
 WHERE n.topic = ANY (%(topics)s::varchar[]) AND (d.state IN ('submitted','consolidated','withdrawn')
    OR EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('waiver','cancellation')))
ON CONFLICT DO NOTHING
"""
_DROP_OFF = f"""
{_WAITING}
INSERT INTO delivery (notice_id, channel, attempt, claimed_at, worker, outcome, error, ended_at)
SELECT n.id, %(channel)s, n.attempt, %(now)s, %(worker)s, 'dead', 'không gửi: người nhận đã tắt loại tin này', %(now)s
  FROM due n JOIN chosen c ON c.person_id = n.person_id AND c.topic = n.topic AND c.way = 'off'
 WHERE n.topic = ANY (%(may_be_off)s::varchar[])
ON CONFLICT DO NOTHING
"""
_BURY = """
UPDATE delivery SET outcome = 'dead', ended_at = %(now)s, error = 'tác vụ gửi dừng giữa chừng ở lần thử cuối'
 WHERE channel = %(channel)s AND outcome IS NULL AND attempt >= %(attempts)s AND claimed_at <= %(abandoned)s
"""
_CLAIM = """
INSERT INTO delivery (notice_id, channel, attempt, claimed_at, worker)
SELECT notice, %(channel)s, no, %(at)s, %(worker)s
  FROM unnest(%(notices)s::bigint[], %(nos)s::integer[]) AS c (notice, no)
ON CONFLICT DO NOTHING RETURNING notice_id
"""
_SETTLE = """
UPDATE delivery x SET outcome = %(outcome)s, error = %(error)s, ended_at = %(at)s, retry_at = %(retry)s
  FROM unnest(%(notices)s::bigint[], %(nos)s::integer[]) AS c (notice, no)
 WHERE x.notice_id = c.notice AND x.attempt = c.no AND x.channel = %(channel)s AND x.outcome IS NULL
"""
