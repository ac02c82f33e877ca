"""The way to the database: migrating, refusing, committing, and the embedded server's life."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from sqlalchemy import event, make_url, text
from sqlmodel import Session

from states import connecting, embedded, schema
from states import database as db
from states.embedded import Urls
from states.errors import StartupError
from states.settings import Settings
from tests.eventually import eventually

NOWHERE = "postgresql://someone:secret@127.0.0.1:1/nothing"


def test_migrate_brings_an_empty_database_to_the_head(empty_database: Urls) -> None:
    with pytest.raises(StartupError, match="dondoc migrate"):
        db.check_ready(db.engine(empty_database.program))

    version = db.migrate(empty_database.owner, empty_database.program)

    assert version == schema.head()
    db.check_ready(db.engine(empty_database.program))


def test_migrate_may_be_run_again_and_by_several_at_once(empty_database: Urls) -> None:
    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(lambda _: db.migrate(*empty_database), range(4)))
    assert versions == [schema.head()] * 4


def test_a_password_in_the_address_becomes_the_logins_password(empty_database: Urls) -> None:
    login = f"dondoc_test_{os.getpid()}"
    url = make_url(empty_database.program).set(username=login, password="p@ss:w/ord'%")
    program = url.render_as_string(hide_password=False)
    db.migrate(empty_database.owner, program)
    try:
        db.check_ready(db.engine(program))
        with psycopg.connect(empty_database.owner) as owner:
            stored = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (login,)).fetchone()
        assert stored is not None and stored[0].startswith("SCRAM-SHA-256$")
    finally:
        db.engine(program).dispose()
        _drop_login(empty_database.owner, login)


@pytest.mark.usefixtures("database")  # whose migration made the roles
def test_an_owner_without_createrole_migrates_where_the_roles_are_there(empty_database: Urls) -> None:
    with _plain_owner(empty_database) as owner:
        assert db.migrate(owner, empty_database.program) == schema.head()
        db.check_ready(db.engine(empty_database.program))


def test_a_role_that_the_owner_may_not_make_or_give_is_one_sentence_with_its_remedy(
    database: Urls, empty_database: Urls
) -> None:
    stranger = f"dondoc_stranger_{os.getpid()}"
    program = make_url(database.program).set(username=stranger, password=None).render_as_string(False)
    with _plain_owner(empty_database) as owner:
        with pytest.raises(schema.MayNotCreateRoles, match=f"CREATE ROLE {stranger} LOGIN"):
            db.migrate(owner, program)
        with psycopg.connect(empty_database.owner) as admin:
            admin.execute(f"CREATE ROLE {stranger} LOGIN".encode())
        try:
            with pytest.raises(schema.MayNotGrant, match=f'`GRANT "dondoc_program" TO "{stranger}"` once'):
                db.migrate(owner, program)
        finally:
            _drop_login(empty_database.owner, stranger)


def test_an_owner_who_may_not_make_tables_is_one_sentence_with_its_remedy(empty_database: Urls) -> None:
    with _plain_owner(empty_database, owns=False) as owner, pytest.raises(schema.MayNotMigrate) as caught:
        db.migrate(owner, empty_database.program)
    assert f"ALTER DATABASE {make_url(owner).database} OWNER TO {make_url(owner).username}" in caught.value.message


def test_a_new_database_of_a_server_in_use_says_dondoc_migrate(empty_database: Urls, database: Urls) -> None:
    name = make_url(empty_database.owner).database
    with psycopg.connect(empty_database.owner, autocommit=True) as owner:
        owner.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC".encode())  # as the embedded server makes one
    with pytest.raises(connecting.NotLetIn, match="run `dondoc migrate`"):
        db.check_ready(db.engine(empty_database.program))
    nowhere = make_url(database.program).set(database=f"{name}_gone").render_as_string(False)
    with pytest.raises(connecting.NoSuchDatabase, match=f"{name}_gone.*make it .*run `dondoc migrate`"):
        db.check_ready(db.engine(nowhere))


def test_the_owner_may_not_run_the_program(database: Urls) -> None:
    with pytest.raises(db.OwnsItsTables, match="DATABASE_OWNER_URL"):
        db.check_ready(db.engine(database.owner))


def test_an_owner_who_is_no_superuser_is_refused_too(empty_database: Urls) -> None:
    db.migrate(*empty_database)
    login = make_url(empty_database.program).username
    with psycopg.connect(empty_database.owner) as owner:
        owner.execute(f'GRANT CREATE ON SCHEMA public TO "{login}"'.encode())
    with db.transaction(db.engine(empty_database.program)) as session:
        session.execute(text("CREATE TABLE mine (id int)"))

    with pytest.raises(db.OwnsItsTables, match="owns its tables"):
        db.check_ready(db.engine(empty_database.program))


def test_a_login_outside_the_group_is_told_to_migrate(database: Urls) -> None:
    login = f"dondoc_stranger_{os.getpid()}"
    program = make_url(database.program).set(username=login, password="x").render_as_string(False)
    with psycopg.connect(database.owner) as owner:
        owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD 'x'".encode())
    try:
        with pytest.raises(connecting.NoRights, match="dondoc migrate"):
            db.check_ready(db.engine(program))
    finally:
        db.engine(program).dispose()
        _drop_login(database.owner, login)


def test_an_unreachable_database_is_one_sentence_with_its_remedy() -> None:
    for act in (lambda: db.check_ready(db.engine(NOWHERE)), lambda: db.migrate(NOWHERE)):
        with pytest.raises(connecting.DatabaseUnreachable) as caught:
            act()
        assert "start PostgreSQL or unset DATABASE_URL" in caught.value.message
        assert "\n" not in caught.value.message and "secret" not in caught.value.message


def test_a_transaction_commits_at_the_end_and_not_after_an_error(database: Urls) -> None:
    engine = db.engine(database.program)
    with db.transaction(engine) as session:
        _add_person(session, "Người mẫu A")
    with pytest.raises(ZeroDivisionError), db.transaction(engine) as session:
        _add_person(session, "Người mẫu B")
        raise ZeroDivisionError
    with db.transaction(engine) as session:
        assert session.execute(text("SELECT full_name FROM person WHERE sample")).scalars().all() == ["Người mẫu A"]


def test_sessions_run_in_utc_and_give_up_in_time(database: Urls) -> None:
    with db.transaction(db.engine(database.program)) as session:
        shown = [session.execute(text(f"SHOW {n}")).scalar_one() for n in ("timezone", "statement_timeout")]
        assert shown == ["UTC", "2min"]
        assert session.execute(text("SHOW lock_timeout")).scalar_one() == "10s"


def test_a_row_that_another_holds_is_busy_in_words(database: Urls) -> None:
    engine = db.engine(database.program)
    with db.transaction(engine) as first, pytest.raises(connecting.Busy), db.transaction(engine) as second:
        first.execute(text("SELECT pg_advisory_xact_lock(7)"))
        second.execute(text("SET LOCAL lock_timeout = '50ms'"))
        second.execute(text("SELECT pg_advisory_xact_lock(7)"))


def test_the_pool_outlives_a_restart_of_the_server(database: Urls) -> None:
    engine = db.engine(database.program)
    with db.transaction(engine) as session:
        backend = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(database.owner) as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 60000)", (backend,))
    with db.transaction(engine) as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() != backend


def test_a_first_connection_that_is_cut_as_it_is_made_is_told_and_the_next_one_works(database: Urls) -> None:
    engine = connecting.new_engine(database.program, Settings())

    def cut(connection: Any, _: object) -> None:
        """At the end of what a pool asks its first connection."""
        real = connection.rollback

        def rollback() -> None:
            with psycopg.connect(database.owner) as owner:
                owner.execute("SELECT pg_terminate_backend(%s, 60000)", (connection.info.backend_pid,))
            connection.rollback = real
            real()

        connection.rollback = rollback

    event.listen(engine, "connect", cut, insert=True, once=True)
    try:
        with pytest.raises(connecting.DatabaseUnreachable), db.transaction(engine):
            pass
        with db.transaction(engine) as session:
            assert session.execute(text("SELECT 1")).scalar_one() == 1
    finally:
        engine.dispose()


def test_the_session_fixture_leaves_nothing_behind(session: Session) -> None:
    _add_person(session, "Người mẫu")
    session.commit()
    samples = text("SELECT count(*) FROM person WHERE sample")
    assert session.execute(samples).scalar_one() == 1
    with session.connection().engine.connect() as another:
        assert another.execute(samples).scalar_one() == 0


# ── the embedded server ─────────────────────────────────────────────────────────────────────────────────

PROGRAM = """
import sys, time
from pathlib import Path
from states import embedded
from states.settings import Settings
print(embedded.ensure_running(Settings(home=Path(sys.argv[1])), durable=False).owner, flush=True)
time.sleep(60)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-embedded-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


def test_several_programs_share_a_server_that_ends_with_the_last_of_them(home: Path) -> None:
    with _program(home) as first, _program(home) as second:
        assert _said(first) == _said(second)
        server = _servers(home)
        assert len(server) == 1

        first.send_signal(signal.SIGKILL)
        first.wait()
        time.sleep(0.3)
        assert _servers(home) == server

        second.send_signal(signal.SIGKILL)
        second.wait()
        eventually(lambda: not _servers(home), "its end")


def test_a_server_whose_keeper_was_killed_ends_and_starts_again(home: Path) -> None:
    with _program(home) as first:
        _said(first)
        os.kill(int((home / "keeper.pid").read_text()), signal.SIGKILL)
        with _program(home) as second:
            url = _said(second)
            with psycopg.connect(url) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            second.kill()
        first.kill()
    eventually(lambda: not _servers(home), "its end")


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    with _program(home / ("x" * 100)) as program:
        url = _said(program)
        sockets = Path(str(make_url(url).query["host"]))
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
        program.kill()
    eventually(lambda: not _servers(home), "its end")
    assert len(str(sockets)) < 40
    sockets.rmdir()  # fails if the server has left something in it


def test_a_folder_that_nobody_can_write_is_one_sentence(home: Path) -> None:
    home.parent.joinpath("file").write_text("")
    with pytest.raises(StartupError, match="set DONDOC_HOME"):
        embedded.ensure_running(Settings(home=home.parent / "file" / "data"))


def _program(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(home)], stdout=subprocess.PIPE, text=True)


def _said(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def _servers(home: Path) -> set[int]:
    """The main processes of servers whose data lies under `home`."""
    found = psutil.process_iter(["pid", "cmdline"])
    return {
        p.info["pid"]
        for p in found
        if p.info["cmdline"]
        and p.info["cmdline"][0].endswith("bin/postgres")
        and any(word.startswith(str(home)) for word in p.info["cmdline"])
    }


def _add_person(session: Session, name: str) -> None:
    session.execute(text("INSERT INTO person (full_name, sample) VALUES (:n, true)"), {"n": name})


@contextmanager
def _plain_owner(urls: Urls, *, owns: bool = True) -> Iterator[str]:
    """The database under an owner with no other rights; the roles that the server knows stay."""
    login = f"dondoc_owner_{os.getpid()}"
    with psycopg.connect(urls.owner, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {login} LOGIN PASSWORD 'x' NOSUPERUSER NOCREATEROLE".encode())
        if owns:
            admin.execute(f"ALTER DATABASE {make_url(urls.owner).database} OWNER TO {login}".encode())
    try:
        yield make_url(urls.owner).set(username=login, password="x").render_as_string(False)
    finally:
        with psycopg.connect(urls.owner, autocommit=True) as admin:
            admin.execute(f"REASSIGN OWNED BY {login} TO CURRENT_USER".encode())
        _drop_login(urls.owner, login)


def _drop_login(owner_url: str, login: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute(f"DROP OWNED BY {login}".encode())
        owner.execute(f"DROP ROLE {login}".encode())
