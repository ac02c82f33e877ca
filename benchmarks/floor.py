"""The same work written by hand: plain statements through psycopg, without the engine's checks for what may differ.

They write the same rows under the same keys, triggers and digests; what only the engine minds (bodies, several
addressees, what is there already, gaps, bounds, mapped rows) they leave out.
"""

from datetime import datetime
from typing import Any

import psycopg

from states.policy import CLOCK, Actor

Connection = psycopg.Connection[Any]


class Moved(Exception):
    """The document has moved since it was read."""


def step(connection: Connection, document: int, seq: int, action: str, actor: Actor, reason: str | None,
         at: datetime) -> int:  # fmt: skip
    """One guarded, audited step by four plain statements in a transaction; returns the new sequence number."""
    keys: dict[str, Any] = {"id": document, "action": action, "person": actor.person_id, "office": actor.office_id,
                            "reason": reason, "at": at, "desk": "leader" if action == "present" else "drafter"}  # fmt: skip
    with connection.transaction():
        run = connection.execute
        found = run("SELECT kind, state, seq, head, issuer_id, drafter_id FROM document WHERE id = %(id)s FOR UPDATE", keys)
        kind, state, now, head, issuer, drafter = found.fetchone() or (None,) * 6
        office = run(_OFFICE, keys).fetchone()
        if now != seq or office is None or office[1] != (drafter if action == "present" else issuer):
            raise Moved()
        run(_STEP, {**keys, "kind": kind, "state": state, "seq": seq + 1, "head": head, "authority": office[3]})
        moved = run("SELECT seq, state, desk, head FROM document WHERE id = %(id)s", keys).fetchone()
    return int(moved[0]) if moved else 0


def fan_out(connection: Connection, plan: int, levels: tuple[str, ...], path: str, at: datetime) -> None:
    """A plan's reports: per level one statement for the documents and one for their first steps."""
    keys: dict[str, Any] = {"plan": plan, "path": path + "%", "at": at, **_CLOCK}
    with connection.transaction():
        # The checks of the keys are planned before the tables grow; whoever writes this by hand learns it once.
        connection.execute("SET LOCAL enable_seqscan = off")
        for level in levels:
            connection.execute(_OPEN, {**keys, "level": level})
            connection.execute(_FIRST_STEPS, {**keys, "level": level})


_CLOCK = {"person": CLOCK.person_id, "office": CLOCK.office_id}
_OFFICE = """
SELECT o.seat, o.unit_id, o.title, o.authority, o.valid_from, o.valid_to, p.full_name
  FROM office o JOIN person p ON p.id = o.person_id WHERE o.id = %(office)s AND o.person_id = %(person)s
"""
_STEP = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at, reason,
                  desk, previous)
VALUES (%(id)s, %(seq)s, %(kind)s, %(state)s, %(action)s, %(state)s, %(person)s, %(office)s, %(authority)s, %(at)s,
        %(reason)s, %(desk)s, %(head)s)
"""
_OPEN = """
INSERT INTO document (id, kind, unit_id, issuer_id, drafter_id, receiver_id, level, path, title, subject, series,
                      requirement_id, plan_id, parent_id, form, form_version, period_first, period_last, due_at,
                      legal_basis, opened_at, state, seq, head, desk, desk_since)
SELECT new.id, 'report', u.id, u.id, u.id, u.parent_id, u.level, u.path, r.title, 'action-month', r.series,
       r.id, r.plan_id, above.id, r.form, r.form_version, r.period_first, r.period_last, l.due_at,
       r.legal_basis, %(at)s, 'draft', 1,
       step_digest(new.id, 1, 'report', 'none', 'open', 'draft', %(person)s::integer, %(office)s::integer, '', %(at)s,
                   null, null, null, null, 'drafter', null, null, null, '\\x00'::bytea), 'drafter', %(at)s
  FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id
  JOIN unit u ON u.level = l.level AND u.path LIKE %(path)s AND u.valid_from <= r.period_last
   AND (u.valid_to IS NULL OR u.valid_to >= r.period_last)
  LEFT JOIN document above ON above.requirement_id = r.id AND above.unit_id = u.parent_id AND above.supplement = 0
  CROSS JOIN LATERAL (SELECT nextval('document_id_seq') + 0 * u.id AS id) new
 WHERE r.plan_id = %(plan)s AND l.level = %(level)s
"""
_FIRST_STEPS = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, desk, previous)
SELECT id, 1, kind, 'none', 'open', 'draft', %(person)s, %(office)s, %(at)s, 'drafter', '\\x00'::bytea
  FROM document WHERE plan_id = %(plan)s AND level = %(level)s
"""
