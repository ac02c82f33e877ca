"""The ladder of reminders (thang đôn đốc) as data: how many working days before or after, and who is told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Who is told of a rung; where a seat is empty, the next best of the same unit, and then its leaders."""

    DESK = "desk"  # the drafters, and whoever has the paper on the desk
    UNIT = "unit"  # these and the leaders of the issuing unit
    CHAIR = "chair"  # người đứng đầu: the leader who signs TM., else Q., else any
    ABOVE = "above"  # đơn vị theo dõi of the receiver, else its leaders


@dataclass(frozen=True)
class Rung:
    """One rung: due from `working_days` on (negative before the deadline's day, 0 on it, positive after).

    `name` stands in the database as a part of keys: never change it. `urgent` goes out at once by day.
    """

    name: str
    working_days: int
    to: Audience
    urgent: bool = False


LADDER: tuple[Rung, ...] = (
    Rung("before-5", -5, Audience.DESK),
    Rung("before-2", -2, Audience.DESK),
    Rung("before-1", -1, Audience.UNIT),
    Rung("on-the-day", 0, Audience.UNIT, urgent=True),
    Rung("after-1", 1, Audience.UNIT, urgent=True),
    Rung("after-3", 3, Audience.CHAIR),
    Rung("after-5", 5, Audience.ABOVE),
)
"""The default ladder: five working days before to five after the deadline in force."""

BY_HAND = Rung("by-hand", 0, Audience.UNIT, urgent=True)
"""A supervisor's own reminder; its name in the database goes on with the moment."""

# Units and seats to look for, by audience: the first rank that somebody holds is told, all of that rank.
# Columns: audience, unit of the document, seat («desk»: whose desk it is; «head»: leaders by authority), rank.
PLACES: tuple[tuple[Audience, str, str, int], ...] = (
    (Audience.DESK, "drafter", "drafter", 0),
    (Audience.DESK, "issuer", "desk", 0),
    (Audience.DESK, "issuer", "leader", 5),
    (Audience.DESK, "unit", "leader", 6),
    (Audience.UNIT, "drafter", "drafter", 0),
    (Audience.UNIT, "issuer", "desk", 0),
    (Audience.UNIT, "issuer", "leader", 0),
    (Audience.UNIT, "unit", "leader", 6),
    (Audience.CHAIR, "issuer", "head", 0),
    (Audience.CHAIR, "unit", "head", 6),
    (Audience.ABOVE, "receiver", "supervisor", 0),
    (Audience.ABOVE, "receiver", "leader", 5),
    (Audience.ABOVE, "issuer", "head", 6),
)


def places() -> dict[str, list[Any]]:
    """`PLACES` as the parameters of `TELL`."""
    names = ("audiences", "parties", "seats", "ranks")
    return {name: list(column) for name, column in zip(names, zip(*PLACES, strict=True), strict=True)}


# From `spoken` (id, deadline, rung, audience, urgent, send_after, said_on, due_on, days, more): the message of each,
# told to the best rank of places that somebody holds; of a desk that was given to one office only to that one.
# Everything is joined by keys: a join of two lists of this statement's own is guessed small and done one by one.
TELL = """
place AS (
    SELECT * FROM unnest(%(audiences)s::varchar[], %(parties)s::varchar[], %(seats)s::varchar[], %(ranks)s::integer[])
                  p (audience, party, seat, rank)),
message AS MATERIALIZED (
    SELECT t.id, t.rung, t.audience, t.urgent, t.send_after, d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id,
           d.desk, d.desk_office_id, 'reminder/' || t.id || '/'
           || to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '/' || t.rung || '/' AS key,
           CASE WHEN t.more ? 'words' THEN 'manual-reminder' WHEN t.audience = 'chair' THEN 'escalation-chair'
                WHEN t.audience = 'above' THEN 'escalation-above' WHEN t.days > 0 THEN 'overdue'
                WHEN d.correction_due IS NOT NULL THEN 'return-due' WHEN t.due_on = t.said_on THEN 'reminder-due'
                ELSE 'reminder-before' END AS topic,
           jsonb_build_object('unit', u.name, 'unit_id', u.id, 'kind', d.kind, 'title', d.title, 'plan', p.title,
               'plan_id', d.plan_id, 'due', to_char(t.deadline AT TIME ZONE 'Asia/Ho_Chi_Minh',
               'YYYY-MM-DD"T"HH24:MI:SS"+07:00"'), 'days', t.days, 'rung', t.rung, 'state', d.state, 'desk', d.desk,
               'correction', d.correction_due IS NOT NULL) || t.more AS data
      FROM spoken t JOIN document d ON d.id = t.id JOIN unit u ON u.id = d.unit_id
      LEFT JOIN document p ON p.id = d.plan_id),
noticed AS (
    INSERT INTO notice (key, document_id, person_id, topic, data, urgent, created_at, send_after)
    SELECT m.key || told.person_id, m.id, told.person_id, m.topic, m.data, m.urgent, %(now)s, m.send_after
      FROM message m CROSS JOIN LATERAL (
        SELECT DISTINCT held.person_id FROM (
            SELECT o.person_id, rank() OVER (ORDER BY p.rank +
                       CASE WHEN p.seat <> 'head' OR o.authority = 'TM.' THEN 0 WHEN o.authority = 'Q.' THEN 1
                            ELSE 2 END) AS nearness
              FROM place p JOIN office o
                ON o.unit_id = CASE p.party WHEN 'drafter' THEN m.drafter_id WHEN 'issuer' THEN m.issuer_id
                                            WHEN 'receiver' THEN m.receiver_id ELSE m.unit_id END
               AND o.seat = CASE p.seat WHEN 'head' THEN 'leader' WHEN 'desk' THEN nullif(m.desk, 'drafter')
                                        ELSE p.seat END
             WHERE p.audience = m.audience AND o.valid_from <= %(day)s
               AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
               AND (m.desk_office_id IS NULL OR p.seat NOT IN ('desk', m.desk) OR o.id = m.desk_office_id)) held
         WHERE held.nearness = 1) told
    ON CONFLICT (key) DO NOTHING RETURNING document_id AS id, person_id)
"""
