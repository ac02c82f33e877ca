"""Attempts to cheat, as raw SQL by the program's own role: each is refused, and says by what.

A bug or a stolen password of the program must not be able to rewrite what happened. (A superuser can: that is what
sealed checkpoints outside are for.) The second wall (test_walls) is taken down here: the keys hold without it.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from states import database as db
from states.embedded import Urls
from tests.world import World

KEPT = ("step", "revision", "figure", "free_row", "derivation", "sending", "receipt", "register_entry",
        "contribution_given", "dispensation", "dispensation_request", "explanation", "mapping", "link", "note",
        "reminder")  # fmt: skip


@pytest.fixture(scope="module")
def known(database: Urls) -> dict[str, Any]:
    """Phường Một's report is presented, Phường Hai's sent; both are owed. Their numbers, as parameters."""
    with psycopg.connect(database.owner) as owner:
        for (table,) in owner.execute("SELECT relname FROM pg_class WHERE relrowsecurity").fetchall():
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.issue_plan()
        draft, sent = world.report_of("Phường Một"), world.report("Phường Hai")
        world.write(draft, free="Thắp nến tưởng niệm")
        world.present(draft)
        drafter, leader = world.act("W1", "drafter"), world.act("W1", "leader")
        register = world.value("SELECT id FROM register WHERE unit_id = %s AND direction = 'out'", world.unit("W2"))
        return {
            "draft": draft, "sent": sent, "cut": world.newest(draft), "register": register, "unit": world.unit("W2"),
            "person": leader.person_id, "office": leader.office_id, "other": drafter.person_id, "at": world.now,
            "clerk": world.act("W2", "clerk").office_id,
        }  # fmt: skip


@pytest.fixture
def program(program_url: str) -> Iterator[psycopg.Connection]:
    """A connection of the program's own, rolled back."""
    with psycopg.connect(program_url) as connection:
        yield connection
        connection.rollback()


def refusal(connection: psycopg.Connection, sql: str, known: dict[str, Any]) -> str:
    """What refuses this, now or at the commit: the name of a key, else the database's words."""
    with pytest.raises(psycopg.Error) as refused:
        connection.execute(sql, known)
        connection.commit()
    connection.rollback()
    return refused.value.diag.constraint_name or str(refused.value.diag.message_primary)


def step(**instead: str) -> str:
    """A step in SQL: well-formed for the draft (an assignment by its leader), but for what is said instead."""
    document = instead.pop("document", "%(draft)s")
    values = {
        "document_id": "id", "seq": "seq + 1", "kind": "kind", "from_state": "state", "action": "'assign'",
        "to_state": "state", "person_id": "%(person)s", "office_id": "%(office)s", "at": "%(at)s",
        "desk": "'drafter'", "previous": "head", **instead,
    }  # fmt: skip
    read = f"SELECT {', '.join(values.values())} FROM document WHERE id = {document}"
    return f"INSERT INTO step ({', '.join(values)}) {read}"


def test_the_honest_step_is_taken(program: psycopg.Connection, known: dict[str, Any]) -> None:
    """So that what is refused below is refused for what is wrong in it."""
    program.execute(step(), known)
    program.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert program.execute("SELECT seq FROM document WHERE id = %(draft)s", known).fetchone() == (3,)


# ── what was said is not edited ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", KEPT)
def test_the_program_may_not_change_remove_or_empty(
    program: psycopg.Connection, known: dict[str, Any], table: str
) -> None:
    column = "document_id" if table not in ("figure", "free_row", "derivation", "receipt", "register_entry") else None
    column = column or {"receipt": "sending_id", "register_entry": "number"}.get(table, "revision_id")
    column = "unit_id" if table == "mapping" else "at" if table == "contribution_given" else column
    for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        assert refusal(program, sql, known) == f"permission denied for table {table}"


@pytest.mark.parametrize("table", KEPT)
def test_not_even_the_owner_does_so_by_mistake(owner_url: str, known: dict[str, Any], table: str) -> None:
    with psycopg.connect(owner_url) as owner:
        assert "(DELETE refused)" in refusal(owner, f"DELETE FROM {table}", known)
        assert refusal(owner, f"TRUNCATE {table} CASCADE", known).endswith("(TRUNCATE refused)")


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        ("UPDATE document SET state = 'consolidated' WHERE id = %(sent)s", "permission denied for table document"),
        ("UPDATE document SET seq = 1 WHERE id = %(sent)s", "permission denied for table document"),
        ("UPDATE document SET due_at = now() WHERE id = %(draft)s", "permission denied for table document"),
        ("UPDATE document SET revision_id = NULL WHERE id = %(sent)s", "permission denied for table document"),
        ("DELETE FROM document WHERE id = %(draft)s", "permission denied for table document"),
        ("UPDATE document SET requirement_id = NULL WHERE id = %(draft)s",
         "rows of document are kept as they were written (UPDATE refused)"),
        ("UPDATE document SET plan_id = NULL, parent_id = NULL WHERE id = %(draft)s",
         "rows of document are kept as they were written (UPDATE refused)"),
        ("UPDATE office SET title = 'Chủ tịch' WHERE id = %(office)s", "permission denied for table office"),
        ("UPDATE office SET person_id = %(other)s WHERE id = %(office)s", "permission denied for table office"),
        ("UPDATE person SET full_name = 'Ai đó' WHERE id = %(person)s", "permission denied for table person"),
        ("UPDATE unit SET name = 'Phường Khác' WHERE id = %(unit)s", "permission denied for table unit"),
        ("UPDATE register SET last = 40 WHERE id = %(register)s", "permission denied for table register"),
        ("UPDATE form SET title = ''", "permission denied for table form"),
        ("INSERT INTO rule VALUES ('report','draft','submit','submitted')", "permission denied for table rule"),
    ],
)  # fmt: skip
def test_nothing_of_the_past_is_edited(program: psycopg.Connection, known: dict[str, Any], sql: str, by: str) -> None:
    assert refusal(program, sql, known) == by


# ── a step that is not one ──────────────────────────────────────────────────────────────────────────────────

SIGN = {"action": "'sign'", "to_state": "'signed'", "desk": "'clerk'"}
RETURN = {"document": "%(sent)s", "action": "'return'", "to_state": "'returned'"}


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        # the table has no such way
        (step(action="'submit'", to_state="'submitted'"), "step_rule_fkey"),
        (step(document="%(sent)s", action="'submit'"), "step_rule_fkey"),
        (step(action="'assign'", to_state="'consolidated'"), "step_rule_fkey"),
        (step(kind="'plan'"), "step_document_fkey"),
        # of no document, or of none that stands there
        (step(document_id="987654321", seq="1", from_state="'none'", action="'open'", to_state="'draft'",
              previous="'\\x00'"), "step_document_fkey"),
        (step(from_state="'signed'", action="'submit'", to_state="'submitted'"), "step_continues_fkey"),
        # rewinding, skipping, forking
        (step(seq="seq"), "step_pkey"),
        (step(seq="1", from_state="'none'", action="'open'", to_state="'draft'", previous="'\\x00'"), "step_pkey"),
        (step(seq="seq + 2"), "step_continues_fkey"),
        (step(seq="0"), "step_first"),
        (step(previous="sha256('another past')"), "step_continues_fkey"),
        (step(from_state="'none'", action="'open'", to_state="'draft'"), "step_first"),
        # somebody in another's office
        (step(person_id="%(other)s"), "step_office_fkey"),
        # a digest of one's own
        (step(digest="sha256('mine')"), 'cannot insert a non-DEFAULT value into column "digest"'),
        (step(before="1"), 'cannot insert a non-DEFAULT value into column "before"'),
        # a signature on nothing, or on something else
        (step(**SIGN), "step_signs_content"),
        (step(**SIGN, revision_id="%(cut)s", revision_digest="sha256('other')"), "step_revision_fkey"),
        (step(**SIGN, revision_id="%(cut)s"), "step_revision_whole"),
        # a return without words or code
        (step(**RETURN, reason_code="'other'"), "step_says_why"),
        (step(**RETURN, reason_code="'other'", reason="'  '"), "step_says_why"),
        (step(**RETURN, reason="'sai'"), "step_coded_return"),
        # an owed report does not go away
        (step(action="'withdraw'", to_state="'withdrawn'", reason="'thôi'"), "document_owed_stays"),
    ],
)  # fmt: skip
def test_a_false_step_is_refused(program: psycopg.Connection, known: dict[str, Any], sql: str, by: str) -> None:
    assert refusal(program, sql, known) == by


def test_two_steps_at_once_do_not_leave_one_hanging(program: psycopg.Connection, known: dict[str, Any]) -> None:
    line = """%(person)s, %(office)s, '', %(at)s, null, null, null, null, 'drafter', null, null, null, head"""
    two = f"""
        WITH first AS (SELECT *, step_digest(id, seq + 1, kind, 'draft', 'assign', 'draft', {line})
                                 AS next FROM document WHERE id = %(draft)s)
        INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, at, desk,
                          previous)
        SELECT id, seq + n, kind, 'draft', 'assign', 'draft', %(person)s, %(office)s, %(at)s, 'drafter',
               CASE n WHEN 1 THEN head ELSE next END FROM first, generate_series(1, 2) n"""
    assert refusal(program, two, known) == "a step moves its document by one"


@pytest.mark.parametrize("state", ["draft", "submitted", "consolidated"])
def test_a_document_without_its_step_is_refused_at_the_commit(
    program: psycopg.Connection, known: dict[str, Any], state: str
) -> None:
    columns = "kind, unit_id, issuer_id, drafter_id, level, path, title, opened_at, desk, desk_since, seq"
    sql = f"""INSERT INTO document ({columns}, state, head)
              SELECT {columns}, '{state}', head FROM document WHERE id = %(draft)s"""
    assert refusal(program, sql, known) == "document_head_fkey"


# ── content, numbers ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("figure", "%(cut)s, 10101, 0, 5, 0"),
        ("derivation", "%(cut)s, %(cut)s"),
        ("free_row", "%(cut)s, 9, 1, 'Thêm vào sau', 'them vao sau'"),
    ],
)
def test_a_cut_revision_takes_no_more_rows(
    program: psycopg.Connection, known: dict[str, Any], table: str, values: str
) -> None:
    added = refusal(program, f"INSERT INTO {table} VALUES ({values})", known)
    assert added == f"a revision that was cut takes no more rows into {table}"


def test_nobody_chooses_the_transaction_in_which_a_revision_is_open(
    program: psycopg.Connection, known: dict[str, Any]
) -> None:
    later = """INSERT INTO revision (document_id, no, part, content, digest, cut_at, cut_by, xid)
               SELECT document_id, no + 1, part, content, digest, cut_at, cut_by, '999999' FROM revision
                WHERE id = %(cut)s"""
    assert refusal(program, later, known) == "permission denied for table revision"


ENTRY = "INSERT INTO register_entry VALUES (%(register)s, {0}, {1}, %(sent)s, %(clerk)s, '2026-12-20', %(at)s)"
SENDING = """
INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date, sent_at)
SELECT document_id, {0}, seq, revision_id, issuer_id, year, series, {1}, symbol, date, sent_at FROM sending
 WHERE document_id = %(sent)s
"""


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        (ENTRY.format(3, 2), "register_entry_gapless"),  # 2 is skipped
        (ENTRY.format(3, "NULL"), "number 3 is not the next one of this register"),
        (ENTRY.format(1, "NULL"), "register_entry_pkey"),  # 1 is given again
        (ENTRY.format(2, "NULL"), "only the first number of a register has none before it"),
        (ENTRY.format(3, 1), "register_entry_next"),
        (SENDING.format(1, 2), "sending_no_key"),
        (SENDING.format(2, 1), "sending_number_key"),
        ("INSERT INTO register (unit_id, year, series, direction, last) VALUES (%(unit)s, 2026, 'BC', 'out', 0)",
         "register_key"),
        ("INSERT INTO register (unit_id, year, series, direction, opened_at_number, last)"
         " VALUES (%(unit)s, 2027, 'BC', 'out', 36, 35)", "register_opened_late"),
    ],
)  # fmt: skip
def test_a_number_is_not_skipped_nor_given_twice(
    program: psycopg.Connection, known: dict[str, Any], sql: str, by: str
) -> None:
    assert refusal(program, sql, known) == by


# ── the walls themselves ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        ("ALTER TABLE step DISABLE TRIGGER ALL", "must be owner of table step"),
        ("DROP TRIGGER step_kept ON step", "must be owner of relation step"),
        ("ALTER TABLE step DROP CONSTRAINT step_rule_fkey", "must be owner of table step"),
        ("DROP TABLE step CASCADE", "must be owner of table step"),
        ("SET session_replication_role = replica", 'permission denied to set parameter "session_replication_role"'),
        ("CREATE TABLE public.mine ()", "permission denied for schema public"),
        ("CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1", "permission denied for schema public"),
        ("ALTER FUNCTION refuse_change() RENAME TO allow", "must be owner of function refuse_change"),
        ("CREATE ROLE mine SUPERUSER", "permission denied to create role"),
    ],
)
def test_the_walls_stay_up(program: psycopg.Connection, known: dict[str, Any], sql: str, by: str) -> None:
    assert refusal(program, sql, known) == by


def test_nobody_becomes_the_owner(program: psycopg.Connection, owner_url: str, known: dict[str, Any]) -> None:
    owner = make_url(owner_url).username
    for sql in (f'SET ROLE "{owner}"', f'SET SESSION AUTHORIZATION "{owner}"'):
        assert refusal(program, sql, known).startswith("permission denied to set")


def shadow(connection: psycopg.Connection, table: str, columns: str, known: dict[str, Any]) -> None:
    """A temporary table of the same name, which a careless trigger would look into first."""
    connection.execute(f"CREATE TEMP TABLE {table} AS SELECT {columns} FROM public.{table}", known)
    connection.execute(f"GRANT ALL ON pg_temp.{table} TO PUBLIC")


def test_a_shadow_of_the_documents_moves_nothing(program: psycopg.Connection, known: dict[str, Any]) -> None:
    shadow(program, "document", "*", known)
    program.execute(step(), known)
    assert program.execute("SELECT seq FROM public.document WHERE id = %(draft)s", known).fetchone() == (3,)


def test_a_shadow_of_the_registers_counts_nothing(program: psycopg.Connection, known: dict[str, Any]) -> None:
    shadow(program, "register", "id, 40 AS last, 41 AS opened_at_number", known)
    assert refusal(program, ENTRY.format(41, "NULL"), known) == "number 41 is not the next one of this register"


def test_a_shadow_of_the_revisions_opens_nothing(program: psycopg.Connection, known: dict[str, Any]) -> None:
    shadow(program, "revision", "id, pg_current_xact_id() AS xid", known)
    added = refusal(program, "INSERT INTO figure VALUES (%(cut)s, 10101, 0, 5, 0)", known)
    assert added == "a revision that was cut takes no more rows into figure"
