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
                            "reason": reason, "at": at}  # fmt: skip
    keys["desk"] = "leader" if action == "present" else "drafter"
    with connection.transaction():
        run = connection.execute
        found, office = run(_DOCUMENT, keys).fetchone(), run(_OFFICE, keys).fetchone()
        if found is None or office is None:
            raise Moved()
        kind, state, now, head, issuer, drafter, *_ = found
        unit, held, authority, *_ = office
        if now != seq or held != ("drafter" if action == "present" else "leader"):
            raise Moved()
        if unit != (drafter if action == "present" else issuer):
            raise Moved()
        run(_STEP, {**keys, "kind": kind, "state": state, "seq": seq + 1, "head": head, "authority": authority})
        moved = run("SELECT seq, state, desk, head FROM document WHERE id = %(id)s", keys).fetchone()
    return int(moved[0]) if moved else 0


def fan_out(connection: Connection, plan: int, levels: tuple[str, ...], path: str, at: datetime) -> None:
    """A plan's reports: per level one statement for the documents and one for their first steps."""
    keys: dict[str, Any] = {"plan": plan, "path": path + "%", "at": at, **_CLOCK}
    with connection.transaction():
        # The checks of the keys are planned before the tables grow; whoever writes this by hand learns it once.
        connection.execute("SET LOCAL enable_seqscan = off")
        connection.execute(_BY_CLOCK)
        for level in levels:
            connection.execute(_OPEN, {**keys, "level": level})
            connection.execute(_FIRST_STEPS, {**keys, "level": level})


def roll_up(connection: Connection, plan: int, level: str, at: datetime) -> None:
    """One level in the caller's transaction: children locked and stepped, taken in, totals cut with their figures."""
    keys: dict[str, Any] = {"plan": plan, "level": level, "at": at, **_CLOCK}
    connection.execute("SET LOCAL enable_seqscan = off")  # as above, for the checks of the keys
    for statement in (_BY_CLOCK, _LOCK, _CONSOLIDATE, _TAKE_IN, _SUM, _TOTALS, _DERIVE, _FIGURES):
        connection.execute(statement, keys)


def preview(connection: Connection, plan: int) -> tuple[tuple[int, int], dict[int, Any]]:
    """The totals of the top: (expected, sent) leaves, and each cell's sum by a GROUP BY per level."""
    counted = connection.execute(_SENT, {"plan": plan}).fetchone() or (0, 0)
    return (counted[0], counted[1]), {
        cell: (amount, bound) for cell, amount, bound in connection.execute(_UP, {"plan": plan})
    }


_BY_CLOCK = "SELECT set_config('dondoc.office', '1', true)"  # the second wall is told who acts
_CLOCK = {"person": CLOCK.person_id, "office": CLOCK.office_id}
# The same facts that the engine's checks read of the document, its unit, and the office that acts.
_DOCUMENT = """
SELECT d.kind, d.state, d.seq, d.head, d.issuer_id, d.drafter_id, d.desk, d.field, d.series, d.requirement_id,
       d.supplement, d.plan_id, d.parent_id, d.revision_id, d.unit_id, d.receiver_id, d.followers, d.path, u.small,
       u.symbol
  FROM document d JOIN unit u ON u.id = d.issuer_id WHERE d.id = %(id)s FOR UPDATE OF d
"""
_OFFICE = """
SELECT o.unit_id, o.seat, o.authority, o.title, o.fields, o.kinds, o.mandate, o.valid_from, o.valid_to, p.machine,
       p.full_name, set_config('dondoc.office', %(office)s::text, true)
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
_LOCK = """
SELECT c.id FROM document c JOIN document p ON p.id = c.parent_id
 WHERE p.plan_id = %(plan)s AND p.level = %(level)s AND p.state = 'draft' AND c.state = 'submitted'
 ORDER BY c.id FOR NO KEY UPDATE OF c
"""
_CONSOLIDATE = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, revision_id,
                  revision_digest, desk, details, previous)
SELECT c.id, c.seq + 1, c.kind, 'submitted', 'consolidate', 'consolidated', %(person)s, %(office)s, %(at)s, r.id,
       r.digest, 'archive', '{"into":' || p.id || '}', c.head
  FROM document p JOIN document c ON c.parent_id = p.id JOIN revision r ON r.id = c.revision_id
 WHERE p.plan_id = %(plan)s AND p.level = %(level)s AND c.state = 'submitted'
"""
_TAKE_IN = """
INSERT INTO intake (document_id, source_id, taken_at)
SELECT p.id, c.revision_id, %(at)s FROM document p JOIN document c ON c.parent_id = p.id
 WHERE p.plan_id = %(plan)s AND p.level = %(level)s AND c.state = 'consolidated'
"""
_SUM = """
CREATE TEMP TABLE cells ON COMMIT DROP AS
SELECT p.id, f.cell, sum(f.amount) AS amount
  FROM document p JOIN intake i ON i.document_id = p.id JOIN figure f ON f.revision_id = i.source_id
 WHERE p.plan_id = %(plan)s AND p.level = %(level)s GROUP BY 1, 2
"""
# The content of a total as canonical JSON, over which its digest is taken.
_TOTALS = """
WITH taken AS (
    SELECT p.id, p.form, p.form_version, i.source_id FROM document p JOIN intake i ON i.document_id = p.id
     WHERE p.plan_id = %(plan)s AND p.level = %(level)s),
figures AS (
    SELECT id, string_agg('"' || cell || '":"' || trim_scale(amount) || '"', ',' ORDER BY cell::text COLLATE "C")
           AS json FROM cells GROUP BY 1),
sources AS (
    SELECT t.id, t.form, t.form_version, count(*) AS covered,
           string_agg('"' || encode(r.digest, 'hex') || '"', ',' ORDER BY encode(r.digest, 'hex') COLLATE "C") AS json
      FROM taken t JOIN revision r ON r.id = t.source_id GROUP BY 1, 2, 3),
owed AS (SELECT p.id, count(*) AS expected FROM document p JOIN document c ON c.parent_id = p.id
          WHERE p.plan_id = %(plan)s AND p.level = %(level)s GROUP BY 1),
texts AS (
    SELECT s.id, s.covered, o.expected,
           '{"covered":' || s.covered || ',"document":' || s.id || ',"expected":' || o.expected || ',"figures":{'
           || f.json || '},"form":"' || s.form || '/' || s.form_version || '","sources":[' || s.json || ']}' AS text
      FROM sources s JOIN figures f USING (id) JOIN owed o USING (id))
INSERT INTO revision (document_id, no, part, content, digest, cut_at, cut_by, covered, expected)
SELECT id, 1, 'total', text::jsonb, sha256(convert_to(text, 'UTF8')), %(at)s, %(person)s, covered, expected FROM texts
"""
_DERIVE = """
INSERT INTO derivation (revision_id, source_id) SELECT r.id, i.source_id
  FROM document p JOIN revision r ON r.document_id = p.id AND r.part = 'total' JOIN intake i ON i.document_id = p.id
 WHERE p.plan_id = %(plan)s AND p.level = %(level)s
"""
_FIGURES = """
INSERT INTO figure (revision_id, cell, amount) SELECT r.id, c.cell, c.amount
  FROM cells c JOIN revision r ON r.document_id = c.id AND r.part = 'total'
"""
_SENT = """
SELECT count(*), count(*) FILTER (WHERE state IN ('submitted','consolidated')) FROM document
 WHERE plan_id = %(plan)s AND kind = 'report' AND level = 'commune'
"""
_ADDED = "v.cell, sum(v.amount) AS amount, bit_or(v.bound) AS bound"
_UP = f"""
WITH districts AS (
    SELECT d.parent_id AS id, {_ADDED} FROM document d JOIN figure v ON v.revision_id = d.revision_id
     WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND d.state IN ('submitted','consolidated') GROUP BY 1, 2),
provinces AS (SELECT d.parent_id AS id, {_ADDED} FROM districts v JOIN document d USING (id) GROUP BY 1, 2),
nation AS (SELECT d.parent_id AS id, {_ADDED} FROM provinces v JOIN document d USING (id) GROUP BY 1, 2)
SELECT cell, amount, bound FROM nation
"""
BOARD = """
SELECT d.id, u.name, d.path, d.state,
       CASE WHEN w.cancelled THEN 'cancelled' WHEN w.waived THEN 'waived'
            WHEN d.state = 'consolidated' THEN 'consolidated'
            WHEN d.state = 'submitted' THEN CASE WHEN f.sent_at < w.deadline AND b.late IS NOT TRUE THEN 'sent_on_time'
                                                 ELSE 'sent_late' END
            WHEN coalesce(d.correction_due, w.deadline) <= %(now)s THEN 'overdue'
            WHEN d.state = 'signed' THEN 'signed_not_sent' WHEN d.desk = 'leader' THEN 'presented'
            WHEN d.state = 'returned' THEN 'returned'
            WHEN EXISTS (SELECT FROM working_copy c WHERE c.document_id = d.id) THEN 'drafting' ELSE 'not_started' END,
       w.deadline, l.sent_at, to_char(l.number, 'FM9900') || '/' || l.symbol, d.due_at,
       coalesce(n.full_name, h.full_name), d.desk, d.desk_since, d.correction_due, f.sent_at, l.paper, b.reason_code,
       NOT EXISTS (SELECT FROM seen v WHERE v.document_id = d.id), r.at, r.rung, u.phone, coalesce(n.phone, h.phone),
       coalesce(o.title, h.title), l.date, c.at, c.full_name, c.words, c.promised
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (
    SELECT coalesce((array_agg(x.until ORDER BY x.at DESC) FILTER (WHERE x.in_time AND x.until IS NOT NULL))[1],
                    d.due_at) AS deadline,
           bool_or(x.kind = 'cancellation') AS cancelled, bool_or(x.kind = 'waiver') AS waived
      FROM dispensation x WHERE x.document_id = d.id) w ON true
  LEFT JOIN sending f ON f.document_id = d.id AND f.no = 1
  LEFT JOIN LATERAL (SELECT s.* FROM sending s WHERE s.document_id = d.id ORDER BY s.no DESC LIMIT 1) l ON true
  LEFT JOIN LATERAL (
    SELECT bool_or(coalesce(a.sent_at, %(now)s) >= s.due_at) AS late, max(s.reason_code) AS reason_code
      FROM step s LEFT JOIN sending a ON a.document_id = s.document_id AND a.seq > s.seq
     WHERE s.document_id = d.id AND s.action IN ('return','reopen')) b ON true
  LEFT JOIN office o ON o.id = d.desk_office_id LEFT JOIN person n ON n.id = o.person_id
  LEFT JOIN LATERAL (
    SELECT min(p.full_name) AS full_name, min(p.phone) AS phone, min(g.title) AS title
      FROM office g JOIN person p ON p.id = g.person_id
     WHERE g.unit_id = CASE d.desk WHEN 'drafter' THEN d.drafter_id WHEN 'receiver' THEN d.receiver_id
                                   ELSE d.issuer_id END
       AND g.seat = CASE d.desk WHEN 'receiver' THEN 'supervisor' ELSE d.desk END
       AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s) HAVING count(*) = 1) h ON true
  LEFT JOIN LATERAL (SELECT m.at, m.rung FROM reminder m WHERE m.document_id = d.id ORDER BY m.at DESC LIMIT 1) r
    ON true
  LEFT JOIN LATERAL (
    SELECT t.at, p.full_name, t.words, t.promised FROM note t JOIN office g ON g.id = t.office_id
      JOIN person p ON p.id = g.person_id WHERE t.document_id = d.id AND t.kind = 'call'
     ORDER BY t.at DESC LIMIT 1) c ON true
 WHERE d.plan_id = %(plan)s AND d.path >= %(path)s AND d.path < %(end)s AND d.kind = 'report' AND d.supplement = 0
 ORDER BY d.path, d.id
"""
