"""Years of sent reports, written by a few statements: for the audit, which must get through millions of steps.

Every chain, content, figure, number and digest is right, and everything stands in a sealed log. Written by the owner
with the keys' checks and triggers off, for these rows only stand about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from benchmarks.data import FORM, FORM_VERSION, NOW, Database, plant, staff
from states.log import sealing
from states.log.kinds import BY_NAME
from states.log.notes import Signer

TABLES = "document step revision figure sending register register_entry leaf".split()


def write_seasons(
    database: Database, documents: int, signer: Signer, tell: Callable[[str], None] = lambda done: None
) -> dict[str, int]:
    """This many reports of communes, each opened, presented, signed, sent and received: five steps a report.

    `tell` is told what was written.
    """
    with database.act() as session:
        tree = plant(session)
        people = staff(session, tree.root)
        while sealing.sequence(session):
            pass
    keys = {"documents": documents, "at": NOW, "person": people["leader"].person_id,
            "office": people["leader"].office_id, "form": FORM, "version": FORM_VERSION}  # fmt: skip
    statements = {"reports": _MADE, "contents": _REVISIONS, "figures": _FIGURES,
                  **{f"step {step[0]}": _STEP.format(*step) for step in _STEPS}, "documents": _DOCUMENTS,
                  "registers": _REGISTERS, "numbers": _ENTRIES, "sendings": _SENDINGS,
                  "leaves": _LEAVES.format(*_lines())}  # fmt: skip
    with psycopg.connect(database.urls.owner, options=_OPTIONS) as owner, _without_indexes(owner, tell):
        for name, statement in statements.items():
            owner.execute(statement.encode(), keys)
            tell(name)
        ((size,),) = owner.execute(_SIZE)
    database.tidy(*TABLES)
    tell("statistics")
    with database.act() as session:
        sealing.store(session, size)
        sealing.sign(session, signer, datetime.now(UTC))
    tell("branches and checkpoint")
    with psycopg.connect(database.urls.owner) as owner:
        return {name: (owner.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() or (0,))[0] for name in TABLES}


@contextmanager
def _without_indexes(owner: psycopg.Connection[Any], tell: Callable[[str], None]) -> Iterator[None]:
    """The tables' indexes, but those that hold keys, are made anew after all rows are in: by far the quicker way."""
    owner.execute("SET session_replication_role = replica")
    kept = owner.execute(_INDEXES, {"tables": TABLES}).fetchall()
    for name, _ in kept:
        owner.execute(f"DROP INDEX {name}".encode())
    yield
    for _, made in kept:
        owner.execute(made.encode())
    tell("indexes")


def _lines() -> list[str]:
    """The SQL of each kind's leaves, as migration 0005 writes their traces."""
    return [
        f"""SELECT '{kind.name}', {kind.key_sql},
            sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', '{kind.name}', {kind.select}])::text, 'UTF8'))
            FROM "{kind.name}" s WHERE {where}"""
        for kind, where in ((BY_NAME[name], where) for name, where in (
            ("document", "id >= 1000000000"), ("revision", "id >= 1000000000"), ("register", "series = 'BENCH'"),
            ("register_entry", "document_id >= 1000000000"), ("sending", "document_id >= 1000000000")))
    ]  # fmt: skip


_OPTIONS = "-c timezone=UTC -c work_mem=256MB -c maintenance_work_mem=512MB -c enable_nestloop=off"
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
 WHERE i.indrelid = ANY (%(tables)s::text[]::regclass[])
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
_SIZE = "SELECT coalesce(max(position) + 1, 0) FROM leaf"


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
_LEAVES = """
INSERT INTO leaf (position, kind, key, digest)
SELECT (SELECT coalesce(max(position) + 1, 0) FROM leaf) + row_number() OVER () - 1, kind, key, digest
  FROM ({0} UNION ALL {1} UNION ALL {2} UNION ALL {3} UNION ALL {4}
       UNION ALL SELECT 'step', document_id || ':' || seq, digest FROM step WHERE document_id >= 1000000000)
       made (kind, key, digest)
"""
