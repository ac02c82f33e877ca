"""A program that forgets whom it asks for: plain SQL by the program's own login, without any WHERE.

What comes back is what the second wall (0006_walls.sql) leaves, and that is what `api.seeing` lets an office see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from sqlmodel import Session

from api.auth import of_office
from api.seeing import VISIBLE, visible
from documents import contributing
from states import acting, offices
from states import database as db
from states.embedded import Urls
from states.offices import NewOffice
from states.policy import Actor
from tests.world import DISTRICTS, PROVINCE, WARDS, World

BY_DOCUMENT = {
    "working_copy": """INSERT INTO working_copy SELECT id, '{}', 1, '{}', now(), 1 FROM document
                       ON CONFLICT DO NOTHING""",
    "explanation": """INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)
                      SELECT id, 'x', 'y', 'vì', 1, 1, now() FROM document""",
}
"""What each document has one of here, written by the owner, whom no wall holds."""
# Each unit got one paper that fills nothing; each document one more that its drafter's unit filled it from, and a file
# of its own that a step, an intent or a signature would name.
_PAPERS = """
WITH paper AS (SELECT u.id AS unit_id, NULL::bigint AS document_id, convert_to('u' || u.id, 'UTF8') AS bytes
                 FROM unit u WHERE registry = 'mau'
               UNION ALL SELECT drafter_id, id, convert_to('d' || id, 'UTF8') FROM document),
kept AS (INSERT INTO file SELECT sha256(bytes), length(bytes), bytes FROM paper),
came AS (INSERT INTO incoming (unit_id, file_digest, name, media_type, came_by, person_id, office_id, arrived_at)
         SELECT unit_id, sha256(bytes), 'a', 'b', 'upload', 1, 1, now() FROM paper RETURNING id, file_digest),
opened AS (INSERT INTO incoming_reading (incoming_id, reader, content, at) SELECT id, 'x', '{}', now() FROM came)
INSERT INTO incoming_outcome (incoming_id, outcome, document_id, person_id, office_id, at)
SELECT c.id, 'draft', p.document_id, 1, 1, now() FROM came c JOIN paper p ON sha256(p.bytes) = c.file_digest
 WHERE p.document_id IS NOT NULL
"""
_OURS = "SELECT document_id FROM incoming_outcome JOIN incoming i ON i.id = incoming_id AND i.unit_id = %(unit)s"
HIDDEN = (*BY_DOCUMENT, "incoming", "incoming_reading", "incoming_outcome", "file")


@pytest.fixture(scope="module")
def world(database: Urls) -> World:
    """Reports and plans of three levels, under bodies that draft and receive; one body was asked to contribute."""
    with db.transaction(db.engine(database.program)) as session:
        made = World(session)
        made.issue_plan(plans=True, bodies=True)
        made.report(WARDS[0])
        made.draft_plan(field="khác")
        drafter = made.holder("AM-PH", "drafter")
        contributing.ask(session, made.report_of(DISTRICTS[0]), "Phòng Bình Mẫu", drafter, made.now,
                         unit_id=made.unit("BM-PH"))  # fmt: skip
        for seat in ("auditor", "admin"):
            person = offices.add_person(session, f"{seat} (mẫu)", sample=True)
            new = NewOffice(person, made.unit(WARDS[1]), seat, seat, date(2020, 1, 1))
            made.people[made.unit(WARDS[1]), seat] = Actor(person, offices.give(session, new))
    with psycopg.connect(database.owner) as owner:
        for sql in (*BY_DOCUMENT.values(), _PAPERS):
            owner.execute(sql)
    return made


@pytest.fixture
def request_session(world: World, database: Urls) -> Iterator[Session]:
    """What a request is given."""
    assert world.plan
    with db.transaction(db.blind_engine(database.program)) as session:
        yield session


def rows(session: Session, sql: str, keys: dict[str, object] | None = None) -> set[object]:
    return set(session.connection().exec_driver_sql(sql, keys).scalars())


def test_every_office_reads_by_the_wall_what_it_may_see_by_the_program(request_session: Session, world: World) -> None:
    """Both walls over every office and every document of the small world."""
    all_documents = rows(request_session, "SELECT id FROM document")
    foreign = 0
    for (unit, seat), actor in world.people.items():
        (held,) = offices.of_person(request_session, actor.person_id, world.today)
        by = of_office(held, world.now)
        seen = rows(request_session, f"SELECT d.id FROM document d WHERE {VISIBLE}", visible(by))
        acting.tell_caller(request_session, actor.office_id)
        for table in (*BY_DOCUMENT, "incoming_outcome"):
            ours = rows(request_session, _OURS, {"unit": unit}) if table == "incoming_outcome" else set()
            assert rows(request_session, f"SELECT document_id FROM {table}") == seen | ours, (table, unit, seat)
        papers = {f"d{one}" for one in seen | ours} | {f"u{unit}"}
        for sql in ("SELECT convert_from(bytes, 'UTF8') FROM file",
                    "SELECT convert_from(bytes, 'UTF8') FROM file JOIN incoming ON digest = file_digest",
                    """SELECT convert_from(bytes, 'UTF8') FROM file JOIN incoming i ON digest = file_digest
                         JOIN incoming_reading r ON r.incoming_id = i.id"""):  # fmt: skip
            assert rows(request_session, sql) == papers, (sql, unit, seat)
        foreign += len(all_documents - seen)
    assert foreign > 400


def test_nobody_let_in_nothing_read(request_session: Session) -> None:
    for table in HIDDEN:
        assert rows(request_session, f"SELECT 1 FROM {table}") == set(), table


@pytest.mark.parametrize("lie", ["0", "2000000000"])
def test_an_office_that_is_none_reads_nothing(request_session: Session, lie: str) -> None:
    acting.tell_caller(request_session, int(lie))
    for table in HIDDEN:
        assert rows(request_session, f"SELECT 1 FROM {table}") == set(), table


@pytest.mark.usefixtures("world")
def test_the_login_alone_reads_nothing(database: Urls) -> None:
    """Whoever has the program's password and nothing else: no setting of the program's own."""
    with psycopg.connect(database.program) as stranger:
        for table in HIDDEN:
            assert stranger.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


@pytest.mark.usefixtures("world")
def test_the_program_itself_reads_all(database: Urls) -> None:
    with db.transaction(db.engine(database.program)) as session:
        documents = rows(session, "SELECT id FROM document")
        for table in BY_DOCUMENT:
            assert rows(session, f"SELECT document_id FROM {table}") == documents, table
        assert len(rows(session, "SELECT digest FROM file")) == len(documents) + 12


def test_a_pooled_connection_forgets_who_was_let_in(world: World, database: Urls) -> None:
    engine = db.blind_engine(database.program)
    backends = []
    for office in (world.act(PROVINCE, "supervisor").office_id, None):
        with db.transaction(engine) as session:
            if office:
                acting.tell_caller(session, office)
            read = session.connection().exec_driver_sql("SELECT count(*) FROM working_copy").scalar_one()
            backends.append((rows(session, "SELECT pg_backend_pid()"), read))
    assert backends[0][0] == backends[1][0]
    assert backends[0][1] > 5 and backends[1][1] == 0


def test_a_foreign_draft_is_not_written_either(request_session: Session, world: World) -> None:
    """What is not seen is not found: no row is changed, and none is refused in a way that tells of it."""
    acting.tell_caller(request_session, world.act(WARDS[1], "drafter").office_id)
    changed = request_session.connection().exec_driver_sql(
        "UPDATE working_copy SET content = '{}' WHERE document_id = %s",
        (world.on(request_session).report_of(WARDS[0]),),
    )
    assert changed.rowcount == 0


def test_the_programs_own_work_in_a_request_ends_where_it_ends(request_session: Session, world: World) -> None:
    """Also where an error leaves it."""
    acting.tell_caller(request_session, world.act(WARDS[1], "drafter").office_id)
    seen = rows(request_session, "SELECT document_id FROM working_copy")
    with acting.reading_all(request_session):
        assert rows(request_session, "SELECT document_id FROM working_copy") > seen
    assert rows(request_session, "SELECT document_id FROM working_copy") == seen
    with pytest.raises(ZeroDivisionError), acting.reading_all(request_session):
        _ = 1 / 0
    assert rows(request_session, "SELECT document_id FROM working_copy") == seen


def test_what_is_hidden_is_what_the_docs_say(database: Urls) -> None:
    sql = "SELECT tablename FROM pg_policies WHERE cmd = 'SELECT' AND qual <> 'true'"
    with psycopg.connect(database.owner) as owner:
        assert {name for (name,) in owner.execute(sql)} == set(HIDDEN)
