"""The outbox's first half: every step that nobody was told of becomes notices for whom it concerns.

One statement for all of them, a fan-out over thousands of wards included. The notice's key names step and person,
so addressing the same step twice says nothing twice. Questions and answers follow (`notifications.talking`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlmodel import Session

from notifications import recipients, talking
from states.calendar import Calendar
from states.duties import IN_FORCE
from states.periods import local_day

_LOCK = 0x444F_4E44_4F43  # "DONDOC"


def address(session: Session, now: datetime, calendar: Calendar, *, limit: int = 50_000) -> int:
    """Take up to `limit` steps out of the outbox and write the notices, and those of questions and answers; returns
    how many notices are new.

    Only offices valid on the local day of `now` are told. Not urgent ones wait for the next slot of a working day;
    urgent ones, and those about a document that bears an urgency (khẩn, hỏa tốc), go out at once outside the quiet
    hours. One worker addresses at a time: another one finds nothing to do meanwhile (0) and loses nothing.
    """
    run = session.connection().exec_driver_sql
    # a statement of its own: the next one must not read what the lock's last holder was still writing
    if not run("SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": _LOCK}).scalar_one():
        return 0
    keys: dict[str, Any] = {
        **recipients.columns(), "limit": limit, "now": now, "day": local_day(now),
        "slot": calendar.next_delivery_slot(now), "at_once": calendar.next_delivery_slot(now, urgent=True),
    }  # fmt: skip
    with _planned_for_many(session):
        written = int(run(_ADDRESS, keys).scalar_one())
    return written + talking.address(session, keys)


@contextmanager
def _planned_for_many(session: Session) -> Iterator[None]:
    """After a fan-out thousands of steps wait that the tables' statistics don't know of yet: a plan of nested loops,
    made for a few, would then run for minutes.
    """
    run = session.connection().exec_driver_sql
    if run("SELECT count(*) > 500 FROM (SELECT FROM outbox LIMIT 501) few").scalar_one():
        run("SET LOCAL enable_nestloop = off")
    yield
    run("SET LOCAL enable_nestloop = on")


# «covers»: a leader is told of what he could sign (states.policy.signs).
_ADDRESS = f"""
WITH taken AS (
    DELETE FROM outbox WHERE (document_id, seq) IN (
        SELECT document_id, seq FROM outbox ORDER BY document_id, seq LIMIT %(limit)s)
    RETURNING document_id, seq),
told AS (
    SELECT * FROM unnest(%(kind)s::varchar[], %(action)s::varchar[], %(party)s::varchar[], %(seat)s::varchar[],
                         %(named)s::boolean[], %(urgent)s::boolean[])
                  AS t (kind, action, party, seat, named, urgent)),
happened AS (
    SELECT s.document_id, s.seq, s.person_id AS by, s.due_at AS until, s.reason_code, s.desk_office_id AS named_office,
           t.party, t.seat, t.urgent OR d.urgency <> '' AS urgent, t.named AND s.desk_office_id IS NOT NULL AS named,
           d.kind, d.field, s.action,
           CASE t.party WHEN 'drafter' THEN d.drafter_id WHEN 'issuer' THEN d.issuer_id
                        WHEN 'receiver' THEN d.receiver_id END AS unit_id
      FROM taken JOIN step s USING (document_id, seq) JOIN document d ON d.id = s.document_id
      JOIN told t ON t.kind = d.kind AND t.action = s.action),
concerned AS (
    SELECT h.*, o.id AS office_id FROM happened h JOIN office o ON o.unit_id = h.unit_id AND o.seat = h.seat
     WHERE NOT h.named AND (o.seat <> 'leader' OR (cardinality(o.fields) = 0 OR h.field = ANY (o.fields))
                                             AND (cardinality(o.kinds) = 0 OR h.kind = ANY (o.kinds)))
    UNION ALL
    SELECT h.*, h.named_office FROM happened h WHERE h.named
    UNION ALL
    SELECT h.*, o.id FROM happened h
      JOIN document w ON w.plan_id = h.document_id AND w.state IN ('draft','signed','returned')
      JOIN office o ON o.unit_id = w.drafter_id AND o.seat = h.seat
     WHERE h.party = 'duties'),
people AS (
    SELECT DISTINCT ON (c.document_id, c.seq, o.person_id) c.*, o.person_id
      FROM concerned c JOIN office o ON o.id = c.office_id JOIN person p ON p.id = o.person_id
     WHERE NOT p.machine AND p.id <> c.by AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
     ORDER BY c.document_id, c.seq, o.person_id, c.urgent DESC),
written AS (
    INSERT INTO notice (key, document_id, person_id, topic, data, urgent, created_at, send_after)
    SELECT format('step/%%s/%%s/%%s', w.document_id, w.seq, w.person_id), w.document_id, w.person_id, w.action,
           jsonb_strip_nulls(jsonb_build_object(
               'kind', d.kind, 'unit', u.name, 'title', d.title, 'due', coalesce(w.until, {IN_FORCE}),
               'number', sent.number, 'reason_code', w.reason_code)),
           w.urgent, %(now)s, CASE WHEN w.urgent THEN %(at_once)s::timestamptz ELSE %(slot)s::timestamptz END
      FROM people w JOIN document d ON d.id = w.document_id JOIN unit u ON u.id = d.unit_id
      LEFT JOIN LATERAL (
          SELECT lpad(x.number::text, greatest(2, length(x.number::text)), '0') || '/' || x.symbol AS number
            FROM sending x WHERE x.document_id = w.document_id AND x.seq <= w.seq ORDER BY x.no DESC
             LIMIT 1) sent ON true
    ON CONFLICT (key) DO NOTHING RETURNING 1)
SELECT count(*) FROM written
"""
