"""What whoever has all rights may try, and what finds it: every column of every table, then the log itself.

Works on a small database of its own, as its superuser, with all triggers, keys and checks out of the way; each attempt
is rolled back. `python -m tests.tampering --write` makes docs/tampering.md anew; a test holds the two equal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from documents.forms import label_key
from documents.shelf import keep_forms
from states import database as db
from states import embedded
from states.embedded import Urls
from states.log import notes, sealing
from states.log.kinds import PLAIN_COLUMNS, PLAIN_TABLES, ROWS
from states.log.notes import Note, Signer
from states.settings import Settings
from states.verifying.everything import verify_on
from states.verifying.faults import NAMES
from tests.world import World

DOCS = Path(__file__).parents[1] / "docs" / "tampering.md"
SIGNER = Signer("dondoc/thu", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer("dondoc/thu", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
NOTHING = "KHÔNG gì phát hiện"


@dataclass(frozen=True)
class Tried:
    """One attempt: on what, how, and the first sentence of what found it."""

    table: str
    what: str
    found: str


class Tampering:
    """A sealed story, open to every attempt."""

    def __init__(self, session: Session) -> None:
        """`session`: of the owner, who is a superuser, on a migrated database without units."""
        self.session = session
        self.run = session.connection().exec_driver_sql
        keep_forms(session)
        self.world = _story(session)
        sealed = sealing.seal(session, SIGNER, self.world.now)
        assert sealed.note is not None
        self.yesterday: Note = notes.read(sealed.note)
        self.run("INSERT INTO external_document (number, issuer) VALUES ('2/CV', 'Bộ Mẫu')")  # waits to be sealed
        self.run("SET CONSTRAINTS ALL IMMEDIATE")
        self.run("SET LOCAL session_replication_role = replica")
        self.columns = _columns(session)
        _take_down(session, self.columns)

    def audit(self, *outside: Note, only: str | None = None) -> list[str]:
        """The kinds and sentences of all faults; `only`: where what was changed stands in a table of its own."""
        connection: Any = self.session.connection().connection.driver_connection
        pieces = _PIECES.get(only or "", {only} if only else set())
        found = verify_on(connection, SIGNER.verifier, outside, only=pieces - {None}).faults
        return [f"{NAMES.get(each.kind, ('',))[0]}: {each.vietnamese}" for each in found]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done inside is rolled back."""
        point = self.session.connection().begin_nested()
        yield
        point.rollback()

    def every_column(self) -> Iterator[Tried]:
        """Each column of each table that bears proof, in its last row; then a row taken out, and one doubled."""
        for table in sorted(self.columns):
            for column, kind in self.columns[table].items():
                if column not in PLAIN_COLUMNS.get(table, ()):
                    with self.undone():
                        self.run(_change(table, column, kind))
                        yield Tried(table, column, _first(self.audit(only=table)))
            with self.undone():
                self.run(f"DELETE FROM {table} WHERE ctid = ({_LAST.format(table=table)})")
                yield Tried(table, "(xóa một hàng)", _first(self.audit(only=table)))
            with self.undone():
                self.run(f"INSERT INTO {table} SELECT * FROM {table} WHERE ctid = ({_LAST.format(table=table)})")
                yield Tried(table, "(thêm một hàng nữa)", _first(self.audit(only=table)))

    def log(self) -> Iterator[Tried]:
        """Attempts on the log itself, each further than the one before."""
        for what, act in (
            ("sửa một hàng và dấu vết của nó", self._row_and_leaf),
            ("sửa một hàng, dấu vết, các nhánh; xóa mọi mốc, ký lại bằng khóa khác", lambda: self._rebuilt(OTHER)),
            ("như trên, ký lại bằng chính khóa niêm phong lấy trộm được", lambda: self._rebuilt(SIGNER)),
            ("bỏ hẳn một hàng khỏi dữ liệu và nhật ký, ký lại bằng khóa lấy trộm được", self._cut),
            ("sửa một hàng qua trigger, như một thay đổi hợp lệ", self._lawful),
            ("sửa một hàng chưa niêm phong cùng dấu vết đang chờ", self._waiting),
        ):
            with self.undone():
                act()
                alone = _first(self.audit())
                yield Tried("nhật ký", what, alone if alone != NOTHING else _outside(self.audit(self.yesterday)))

    def _row_and_leaf(self) -> None:
        self.run("UPDATE office SET title = 'Chủ tịch giả' WHERE id = (SELECT max(id) FROM office)")
        self.run(f"UPDATE leaf SET digest = {_OFFICE} WHERE kind = 'office'"
                 " AND key = (SELECT max(id) FROM office)::text")  # fmt: skip

    def _rebuilt(self, signer: Signer) -> None:
        self._row_and_leaf()
        self.run("DELETE FROM subtree")
        self.run("DELETE FROM checkpoint")
        sealing.store(self.session, 0, self.yesterday.size)
        sealing.sign(self.session, signer, self.world.now)

    def _cut(self) -> None:
        """A row as if it had never been: the log without its leaf, every later leaf a place further up."""
        self.run("DELETE FROM explanation")
        self.run("CREATE TEMP TABLE again ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY position) - 1 AS place,"
                 " kind, key, digest FROM leaf WHERE kind <> 'explanation'")  # fmt: skip
        self.run("DELETE FROM leaf")
        self.run("INSERT INTO leaf SELECT * FROM again")
        self.run("DELETE FROM subtree")
        self.run("DELETE FROM checkpoint")
        sealing.store(self.session, 0, self.yesterday.size - 1)
        sealing.sign(self.session, SIGNER, self.world.now)

    def _lawful(self) -> None:
        self.run("SET LOCAL session_replication_role = origin")
        self.run("UPDATE person SET full_name = 'Người khác (mẫu)' WHERE id = (SELECT max(id) FROM person)")
        self.run("SET LOCAL session_replication_role = replica")
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))

    def _waiting(self) -> None:
        self.run("SET LOCAL session_replication_role = origin")
        self.run("INSERT INTO external_document (number, issuer) VALUES ('9/KH', 'Bộ Mẫu')")
        self.run("SET LOCAL session_replication_role = replica")
        self.run("UPDATE external_document SET number = '8/KH' WHERE number = '9/KH'")
        self.run(f"UPDATE trace SET digest = {_EXTERNAL} WHERE kind = 'external_document'"
                 " AND key = (SELECT max(id) FROM external_document)::text")  # fmt: skip
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))


def written(tampering: Tampering) -> str:
    """The page docs/tampering.md."""
    rows: dict[tuple[str, str], list[str]] = {}
    for tried in tampering.every_column():
        rows.setdefault((tried.table, tried.found), []).append(tried.what)
    lines = [f"| `{table}` | {', '.join(f'`{w}`' if w[0] != '(' else w for w in what)} | {found} |"
             for (table, found), what in rows.items()]  # fmt: skip
    log = [f"| {tried.what} | {tried.found} |" for tried in tampering.log()]
    plain = [f"| `{table}` | {', '.join(f'`{c}` ({why})' for c, why in columns.items())} |"
             for table, columns in PLAIN_COLUMNS.items()]  # fmt: skip
    tables = ", ".join(f"`{table}` ({why})" for table, why in PLAIN_TABLES.items())
    return _PAGE.format(rows="\n".join(lines), log="\n".join(log), plain="\n".join(plain), tables=tables)


def main() -> int:
    """Try everything on a server of its own; print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/tampering.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dondoc-tamper-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        settings = Settings(home=home)
        try:
            urls = embedded.ensure_running(settings, durable=False)
            with opened(urls) as tampering:
                page = written(tampering)
        finally:
            embedded.stop(settings, force=True)
    if asked.write:
        DOCS.write_text(page, "utf-8")
    else:
        sys.stdout.write(page)
    return 0


@contextmanager
def opened(urls: Urls) -> Iterator[Tampering]:
    """A migrated database with the story in it; nothing is committed but the schema."""
    db.migrate(urls.owner, urls.program)
    engine = db.new_engine(urls.owner, Settings())
    try:
        with engine.connect() as connection, Session(connection) as session:
            yield Tampering(session)
            session.rollback()
    finally:
        engine.dispose()


# ── the story ───────────────────────────────────────────────────────────────────────────────────────────────


def _story(session: Session) -> World:
    world = World(session)
    world.issue_plan(plans=True)
    world.at("2026-12-10")
    world.report("W1")
    world.write(world.report_of("W2"), free="Chợ phiên", events=1)
    world.send(world.report_of("W2"))
    world.receive(world.report_of("W2"))
    world.later(minutes=5)
    _by_hand(world)
    world.later(minutes=5)
    world.consolidate("AM")
    world.write(world.report_of("AM"), events=2)
    world.send(world.report_of("AM"))
    world.report("W3")
    world.return_(world.report_of("W3"))
    world.later(days=1)
    return world


def _by_hand(world: World) -> None:
    """A row of each kind that the story does not write by itself, under the same triggers."""
    keys = {
        "person": world.act("AM", "drafter").person_id, "office": world.act("AM", "drafter").office_id,
        "at": world.now, "unit": world.unit("AM"), "other": world.unit("BM"), "report": world.report_of("W1"),
        "key": label_key("Chợ phiên"), "until": world.now + timedelta(days=3),
        "revision": world.newest(world.report_of("W1")),
    }  # fmt: skip
    for statement in _BY_HAND:
        world.session.connection().exec_driver_sql(statement, keys)


_WHO = "%(person)s, %(office)s, %(at)s"
_FILE = "(SELECT digest FROM file LIMIT 1)"
_BY_HAND = (
    "INSERT INTO succession VALUES (%(unit)s, %(other)s, 'same')",
    f"INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)"
    f" VALUES (%(unit)s, 'action-month', 1, %(key)s, 2, {_WHO})",
    "INSERT INTO external_document (number, date, issuer) VALUES ('1/CV', '2026-10-01', 'Bộ Mẫu')",
    "INSERT INTO link (document_id, role, external_id, at)"
    " SELECT %(report)s, 'basis', id, %(at)s FROM external_document",
    "INSERT INTO contribution (document_id, assignee, assignee_key, asked_at, asked_by)"
    " VALUES (%(report)s, 'Trạm Y tế (mẫu)', 'tram y te', %(at)s, %(office)s)",
    "INSERT INTO contribution_given (contribution_id, revision_id, given_by, channel, taken_by, at)"
    " SELECT id, %(revision)s, 'Mai (mẫu)', 'phone', %(office)s, %(at)s FROM contribution",
    f"INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)"
    f" VALUES (%(report)s, 'sum', '1', 'Đã đối chiếu', {_WHO})",
    "INSERT INTO dispensation_request (document_id, kind, until, reason, office_id, at)"
    " VALUES (%(report)s, 'extension', %(until)s, 'Mưa lũ', %(office)s, %(at)s)",
    "INSERT INTO dispensation (document_id, kind, until, reason, office_id, at, in_time, request_id)"
    " SELECT document_id, kind, until, reason, office_id, at, true, id FROM dispensation_request",
    "INSERT INTO file (digest, size, bytes) VALUES (sha256('%%PDF'), 4, '%%PDF')",
    f"INSERT INTO incoming (unit_id, file_digest, name, media_type, came_by, person_id, office_id, arrived_at)"
    f" VALUES (%(unit)s, {_FILE}, 'a.pdf', 'application/pdf', 'upload', {_WHO})",
    f"INSERT INTO incoming_outcome (incoming_id, outcome, words, person_id, office_id, at)"
    f" SELECT id, 'put_aside', 'trùng', {_WHO} FROM incoming",
    "INSERT INTO certificate (purpose, office_id, unit_id, der, digest, subject, issuer, serial, valid_from, valid_to,"
    " store, registered_by, at) VALUES ('officer', %(office)s, %(unit)s, 'x', sha256('x'), 'CN=mẫu', 'CN=thử', '1f',"
    " %(at)s, %(until)s, 'local', %(office)s, %(at)s)",
    "INSERT INTO certificate_end SELECT id, %(at)s, 'mất khóa', %(office)s FROM certificate",
    "INSERT INTO signing_intent (document_id, revision_id, seq, purpose, office_id, certificate_id, prepared_digest,"
    f" content_digest, nonce, at, expires_at) SELECT %(report)s, r.id, 2, 'officer', %(office)s, c.id, {_FILE},"
    " r.digest, 'n', %(at)s, %(until)s FROM certificate c JOIN revision r ON r.id = %(revision)s",
    f"INSERT INTO signature SELECT document_id, 3, purpose, id, certificate_id, {_FILE}, content_digest, at, NULL,"
    " 'B-B' FROM signing_intent",
)


# ── changing anything ───────────────────────────────────────────────────────────────────────────────────────


def _columns(session: Session) -> dict[str, dict[str, str]]:
    """Every column of every table but those that are said to bear no proof."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in session.connection().exec_driver_sql(_ALL):
        if table not in PLAIN_TABLES:
            found.setdefault(table, {})[column] = kind
    return found


def _take_down(session: Session, columns: dict[str, dict[str, str]]) -> None:
    """Keys, checks and generated columns out of the way, as only the owner can."""
    run = session.connection().exec_driver_sql
    for table, name in run(_KEYS).all():
        run(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
    for table in columns:
        for column, generated, identity in run(_MADE, {"table": table}).all():
            run(f"ALTER TABLE {table} ALTER {column} DROP NOT NULL") if not identity else None
            if generated:
                run(f"ALTER TABLE {table} ALTER {column} DROP EXPRESSION")
            if identity:
                run(f"ALTER TABLE {table} ALTER {column} SET GENERATED BY DEFAULT")


def _change(table: str, column: str, kind: str) -> str:
    changed = _CHANGES[kind].format(column=f'"{column}"')
    return f'UPDATE {table} SET "{column}" = {changed} WHERE ctid = ({_LAST.format(table=table)})'


def _first(found: list[str]) -> str:
    return found[0] if found else NOTHING


def _outside(found: list[str]) -> str:
    return f"**chỉ mốc do bên ngoài giữ** ({_first(found)})" if found else f"**{NOTHING}**"


_PIECES: dict[str, set[str | None]] = {
    "document": {"step"}, "sending": {"step"}, "figure": {"revision"}, "derivation": {"revision"},
    "trace": set(), "leaf": set(), "subtree": set(), "checkpoint": set(),
}  # fmt: skip
"""Which pieces of the audit look at a table; nothing: all of them."""
_LAST = "SELECT max(ctid) FROM {table}"
_ALL = """
SELECT c.table_name, c.column_name, CASE WHEN c.data_type = 'ARRAY' THEN c.udt_name ELSE c.data_type END
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position
"""
_KEYS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
   AND contype IN ('f','c','u','p') ORDER BY contype = 'f' DESC
"""
_MADE = """
SELECT quote_ident(attname), attgenerated <> '', attidentity <> '' FROM pg_attribute
 WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped
"""
_CHANGES = {
    "smallint": "coalesce({column}, 0) + 1", "integer": "coalesce({column}, 0) + 1",
    "bigint": "coalesce({column}, 0) + 1", "numeric": "{column} + 1", "xid8": "'12345'::xid8",
    "boolean": "NOT {column}",
    "character varying": "coalesce({column}, '') || 'x'", "date": "coalesce({column}, '2026-01-01') + 1",
    "timestamp with time zone": "coalesce({column}, '2026-01-01Z') + interval '1 second'",
    "bytea": "coalesce({column}, '') || '\\x01'", "jsonb": "{column} || '{{\"x\": \"1\"}}'",
    "_varchar": "{column} || 'x'::varchar", "_int4": "{column} || 1", "_bytea": "{column} || '\\x01'::bytea",
}  # fmt: skip
_BY_NAME = {kind.name: kind for kind in ROWS}


def _digest_sql(name: str, where: str) -> str:
    kind = _BY_NAME[name]
    return (f"(SELECT sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', '{name}', {kind.select}])::text, 'UTF8'))"
            f' FROM "{name}" s WHERE {where})')  # fmt: skip


_OFFICE = _digest_sql("office", "s.id = (SELECT max(id) FROM office)")
_EXTERNAL = _digest_sql("external_document", "s.number = '8/KH'")
_PAGE = """# Đã thử sửa những gì, và cái gì phát hiện

Made by `python -m tests.tampering --write`; a test holds it equal. Each attempt is made as the database's superuser
with all triggers, keys and checks out of the way, and rolled back. The right column is the first sentence that
`dondoc audit verify` says of it. Where nothing finds it, the page says so.

## Every column of every row that bears proof

| row | column changed | what finds it |
|---|---|---|
{rows}

## The log itself

| attempt | what finds it |
|---|---|
{log}

A checkpoint doubled, or one of many taken out, changes nothing: the copy outside verifies as before.
What is changed through the triggers stands in the log as a change: the old digest stays, and a bundle or a backup from
before shows the old words. What is changed before its sealing (at most an hour on the timetable) with its waiting
digest leaves no trace at all: the checkpoint is what makes a moment past.

## What bears no proof

Nothing finds a change here, and nothing that is proven rests on it.

| row | columns |
|---|---|
{plain}

Whole tables: {tables}.
"""

if __name__ == "__main__":
    sys.exit(main())
