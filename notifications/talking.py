"""Questions and answers become notices: a question for whom it is asked of, an answer for who asked.

A note has no row in the outbox: the newest notes are looked through instead, and what the notice's key says was told
is not told again. Only who held the office when it was said is told, so nobody is told of what was there before him.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from states.preferences import NOTICE
from states.reading.talk import ASKED_OF

LOOKED_BACK = timedelta(days=7)
"""How long addressing may be away without losing a note; what is older still waits on the page Hôm nay."""


def address(session: Session, keys: Mapping[str, Any]) -> int:
    """Write the notices of questions and answers that nobody was told of; returns how many.

    They go out at once outside the quiet hours, or, for whoever chose so, at the next slot. `keys`: now, the local
    day, and the moments slot and at_once, as `notifications.addressing` has them.
    """
    more = {"since": keys["now"] - LOOKED_BACK, "notice": NOTICE}
    return int(session.connection().exec_driver_sql(_ADDRESS, {**keys, **more}).scalar_one())


# A leader is told of what he could sign (states.policy.signs), as with steps.
_ADDRESS = f"""
WITH told AS (
    SELECT q.id, q.kind, q.document_id, q.at, asker.unit_id AS by_unit, o.person_id
      FROM note q JOIN document d ON d.id = q.document_id JOIN office asker ON asker.id = q.office_id
     CROSS JOIN LATERAL ({ASKED_OF}) t
      JOIN office o ON o.unit_id = t.unit_id AND o.seat = t.seat AND o.person_id <> asker.person_id
       AND (o.seat <> 'leader' OR o.unit_id IS DISTINCT FROM d.issuer_id
            OR (cardinality(o.fields) = 0 OR d.field = ANY (o.fields))
               AND (cardinality(o.kinds) = 0 OR d.kind = ANY (o.kinds)))
     WHERE q.kind = 'question' AND q.at > %(since)s AND q.at <= %(now)s
       AND o.valid_from <= (q.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
       AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
    UNION
    SELECT a.id, a.kind, a.document_id, a.at, answerer.unit_id, asker.person_id
      FROM note a JOIN office answerer ON answerer.id = a.office_id
      JOIN note q ON q.id = a.answers JOIN office asker ON asker.id = q.office_id
       AND asker.person_id <> answerer.person_id AND (asker.valid_to IS NULL OR asker.valid_to >= %(day)s)
     WHERE a.kind = 'answer' AND a.at > %(since)s AND a.at <= %(now)s),
fresh AS (
    SELECT told.*, format('note/%%s/%%s', told.id, told.person_id) AS key FROM told
      JOIN person p ON p.id = told.person_id AND NOT p.machine),
written AS (
    INSERT INTO notice (key, document_id, person_id, topic, data, urgent, created_at, send_after)
    SELECT f.key, f.document_id, f.person_id, f.kind,
           jsonb_strip_nulls(jsonb_build_object('kind', d.kind, 'unit', u.name, 'title', d.title,
                                                'by_unit', home.name, 'number', sent.number)),
           false, %(now)s, CASE WHEN chosen.value = '"digest"' THEN %(slot)s::timestamptz
                                ELSE %(at_once)s::timestamptz END
      FROM fresh f JOIN document d ON d.id = f.document_id JOIN unit u ON u.id = d.unit_id
      JOIN unit home ON home.id = f.by_unit
      LEFT JOIN preference chosen ON chosen.person_id = f.person_id AND chosen.name = %(notice)s || f.kind
      LEFT JOIN LATERAL (
          SELECT lpad(x.number::text, greatest(2, length(x.number::text)), '0') || '/' || x.symbol AS number
            FROM sending x WHERE x.document_id = f.document_id AND x.sent_at <= f.at ORDER BY x.no DESC
             LIMIT 1) sent ON true
     WHERE NOT EXISTS (SELECT FROM notice n WHERE n.key = f.key)
     ORDER BY f.id, f.person_id
    ON CONFLICT (key) DO NOTHING RETURNING 1)
SELECT count(*) FROM written
"""
