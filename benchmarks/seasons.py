"""Years of sent reports, written by a few statements: for the audit, which must get through millions of steps.

Every chain, content, figure, number and digest is right, and everything stands in a sealed log. Written by the owner
with the keys' checks and triggers off, for these rows only stand about.
"""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg

from benchmarks.data import FORM, FORM_VERSION, NOW, Database, plant, staff
from states.log import sealing
from states.log.kinds import BY_NAME
from states.log.notes import Signer


def write_seasons(database: Database, documents: int, signer: Signer) -> dict[str, int]:
    """This many reports of communes, each opened, presented, signed, sent and received: five steps a report."""
    with database.act() as session:
        tree = plant(session)
        people = staff(session, tree.root)
    keys = {"documents": documents, "at": NOW, "person": people["leader"].person_id,
            "office": people["leader"].office_id, "form": FORM, "version": FORM_VERSION}  # fmt: skip
    with psycopg.connect(database.urls.owner, options="-c timezone=UTC -c work_mem=256MB") as owner:
        owner.execute("SET session_replication_role = replica")
        for statement in (_MADE, _REVISIONS, _FIGURES, *(_STEP.format(*step) for step in _STEPS), _DOCUMENTS,
                          _REGISTERS, _ENTRIES, _SENDINGS, _TRACES.format(*_lines())):  # fmt: skip
            owner.execute(statement.encode(), keys)
    tables = "document step revision figure sending register register_entry trace leaf".split()
    database.tidy(*tables)
    with database.act() as session:
        while sealing.sequence(session, most=1_000_000):
            pass
        sealing.sign(session, signer, datetime.now(UTC))
    database.tidy("leaf", "subtree")
    with psycopg.connect(database.urls.owner) as owner:
        return {name: (owner.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() or (0,))[0] for name in tables}


def _lines() -> list[str]:
    """The SQL of each kind's traces, as migration 0005 writes them."""
    return [
        f"""SELECT {number}, '{kind.name}', {kind.key_sql},
            sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', '{kind.name}', {kind.select}])::text, 'UTF8'))
            FROM "{kind.name}" s WHERE {where}"""
        for number, (kind, where) in enumerate((BY_NAME[name], where) for name, where in (
            ("document", "id >= 1000000000"), ("revision", "id >= 1000000000"), ("register", "series = 'BENCH'"),
            ("register_entry", "document_id >= 1000000000"), ("sending", "document_id >= 1000000000")))
    ]  # fmt: skip


_STEPS = (
    (1, "none", "open", "draft", "drafter", "false", 1, 1),
    (2, "draft", "present", "draft", "leader", "true", "%(person)s", "%(office)s"),
    (3, "draft", "sign", "signed", "clerk", "true", "%(person)s", "%(office)s"),
    (4, "signed", "submit", "submitted", "receiver", "false", "%(person)s", "%(office)s"),
    (5, "submitted", "receive", "submitted", "receiver", "false", "%(person)s", "%(office)s"),
)
_MADE = """
CREATE TEMP TABLE made AS
SELECT 1000000000::bigint + n AS id, u.id AS unit_id, u.path, u.parent_id, n,
       n / (SELECT count(*) FROM unit WHERE registry = 'bench' AND level = 'commune') + 1 AS number,
       '{"document":' || (1000000000::bigint + n) || ',"figures":{"10101":"' || n %% 7 || '","10102":"' || n %% 90
       || '","10103":">' || n %% 60 || '"},"form":"' || %(form)s || '/' || %(version)s || '"}' AS content
  FROM generate_series(0, %(documents)s - 1) n
  JOIN (SELECT id, path, parent_id, row_number() OVER (ORDER BY id) - 1 AS place FROM unit
         WHERE registry = 'bench' AND level = 'commune') u
    ON u.place = n %% (SELECT count(*) FROM unit WHERE registry = 'bench' AND level = 'commune')
"""
_REVISIONS = """
INSERT INTO revision (id, document_id, no, part, content, digest, authors, cut_at, cut_by)
SELECT id, id, 1, 'whole', content::jsonb, sha256(convert_to(content, 'UTF8')), '{}', %(at)s, %(person)s
  FROM made ORDER BY id
"""
_FIGURES = """
INSERT INTO figure (revision_id, cell, amount, bound)
SELECT id, 10101, n %% 7, 0 FROM made UNION ALL SELECT id, 10102, n %% 90, 0 FROM made
UNION ALL SELECT id, 10103, n %% 60, 3 FROM made
"""
_STEP = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at,
                  revision_id, revision_digest, desk, details, previous)
SELECT m.id, {0}, 'report', '{1}', '{2}', '{3}', {6}, {7}, '', %(at)s::timestamptz + {0} * interval '1 hour',
       CASE WHEN {5} THEN r.id END, CASE WHEN {5} THEN r.digest END, '{4}',
       CASE WHEN {0} = 4 THEN '{{"date":"2026-10-05","number":"'
            || lpad(m.number::text, greatest(2, length(m.number::text)), '0') || '/BENCH"}}' END,
       coalesce(b.digest, '\\x00'::bytea)
  FROM made m JOIN revision r ON r.id = m.id LEFT JOIN step b ON b.document_id = m.id AND b.seq = {0} - 1
 ORDER BY m.id
"""
_DOCUMENTS = """
INSERT INTO document (id, kind, unit_id, issuer_id, drafter_id, receiver_id, level, path, title, form, form_version,
                      opened_at, state, seq, head, desk, desk_since, revision_id)
SELECT m.id, 'report', m.unit_id, m.unit_id, m.unit_id, m.parent_id, 'commune', m.path, 'Báo cáo (mẫu)', %(form)s,
       %(version)s, s.at - interval '4 hours', s.to_state, s.seq, s.digest, s.desk, s.at - interval '1 hour', m.id
  FROM made m JOIN step s ON s.document_id = m.id AND s.seq = 5 ORDER BY m.id
"""
_REGISTERS = """
INSERT INTO register (unit_id, year, series, direction, last)
SELECT unit_id, 2026, 'BENCH', 'out', count(*) FROM made GROUP BY unit_id ORDER BY unit_id
"""
_ENTRIES = """
INSERT INTO register_entry (register_id, number, before, document_id, office_id, date, at)
SELECT r.id, e.number, NULLIF(e.number - 1, 0), e.id, %(office)s, '2026-10-05', %(at)s
  FROM (SELECT id, unit_id, row_number() OVER (PARTITION BY unit_id ORDER BY id) AS number FROM made) e
  JOIN register r ON r.unit_id = e.unit_id AND r.series = 'BENCH'
"""
_SENDINGS = """
INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date, sent_at)
SELECT e.document_id, 1, 4, e.document_id, r.unit_id, 2026, 'BENCH', e.number, 'BENCH', e.date,
       %(at)s::timestamptz + interval '4 hours'
  FROM register_entry e JOIN register r ON r.id = e.register_id WHERE r.series = 'BENCH' ORDER BY e.document_id
"""
_TRACES = """
INSERT INTO trace (kind, key, digest)
SELECT kind, key, digest FROM ({0} UNION ALL {1} UNION ALL {2} UNION ALL {3} UNION ALL {4}
       UNION ALL SELECT 5, 'step', document_id || ':' || seq, digest FROM step WHERE document_id >= 1000000000)
       made (place, kind, key, digest) ORDER BY place
"""
