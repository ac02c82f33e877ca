"""A real PostgreSQL for the tests, and databases on it that cost tenths of a second.

The server is the one that DATABASE_URL names (an administrator's login), else an embedded one in
a folder that is gone afterwards. A template is migrated once; what a test needs is cloned from it.

- `session`: the program's login, everything rolled back at the end; for most tests. Deferred
  keys speak when asked: ``session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))``.
- `database` (with `owner_url`, `program_url`): a clone per test module, with real commits.
- `fresh_database`: a clone for one test; `empty_database`: one that was never migrated.
"""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import make_url
from sqlmodel import Session

from states import database as db
from states import embedded, passwords
from states.embedded import Urls
from states.settings import Settings
from workflows.preparing import prepare

QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
"""Passwords that cost no time: what the real figures are worth is for test_passwords."""

ROOM = 3 * 2**30
"""Bytes that one worker's databases and their log may take."""
HEAVY = (
    "browser/test_axe", "workflows/test_flows", "pages/test_attack", "api/test_serve", "signing/test_returned",
    "api/test_demo_midway", "browser/test_life", "browser/test_everybody", "chaos/test_short",
    "browser/test_two_officers", "browser/test_walls", "browser/test_total", "browser/test_chasing", "api/test_cli",
    "pages/test_incoming", "notifications/test_delivery", "reading/test_bad_files", "reading/test_reading_papers",
    "workflows/test_nation", "browser/test_elsewhere", "workflows/test_consolidation", "checks/test_careful_officer",
    "documents/test_paper_text", "states/test_provenance_by_hand", "pages/test_totals", "states/test_registry",
    "api/test_demo", "proof/test_signed_bundle", "reading/test_reading_files", "api/test_problems",
    "states/test_database", "states/test_backup", "api/test_check_command", "checks/test_checks",
)  # fmt: skip
"""The files that take longest, longest first; the flows before `serve`, which borrows their Prefect's tables."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The heavy files go first (make test hands files out in this order), so that all cores end together."""
    place = {name: number for number, name in enumerate(HEAVY)}
    items.sort(key=lambda item: place.get(f"{item.path.parent.name}/{item.path.stem}", len(HEAVY)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector does not walk through it again and again (a tenth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores (-n auto): a third of the time is waiting for processes that start."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


class Server:
    """The tests' PostgreSQL: makes and drops databases; `prefix` keeps two runs on one server apart."""

    def __init__(self, admin_url: str, login: str, password: str) -> None:
        self.admin_url = make_url(admin_url).set(drivername="postgresql")
        self.login, self.password = login, password
        self.prefix = f"dondoc_test_{secrets.token_hex(4)}"
        self._made = 0

    def urls(self, name: str) -> Urls:
        owner = self.admin_url.set(database=name)
        program = owner.set(username=self.login, password=self.password or None)
        return Urls(*(url.render_as_string(hide_password=False) for url in (owner, program)))

    def run(self, statement: str, *names: str) -> None:
        words = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self.urls("postgres").owner, autocommit=True) as admin:
            admin.execute(words)

    @contextmanager
    def made(self, template: str | None = None) -> Iterator[Urls]:
        self._made += 1
        name = f"{self.prefix}_{self._made}"
        if template:
            self.run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        else:
            self.run("CREATE DATABASE {}", name)
        try:
            yield self.urls(name)
        finally:
            self.run("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    named = os.environ.get("DATABASE_URL")
    if named:
        found = Server(named, f"dondoc_test_{secrets.token_hex(4)}", secrets.token_hex(16))
        yield found
        found.run("DROP ROLE IF EXISTS {}", found.login)
        return
    # Not pytest's own folder: that one is closed to the user whom PostgreSQL runs as under root.
    home = Path(tempfile.mkdtemp(prefix="dondoc-tests-", dir=_in_memory()))
    home.chmod(0o755)
    settings = Settings(home=home)
    try:
        yield Server(embedded.ensure_running(settings, durable=False).owner, "dondoc", "")
    finally:
        embedded.stop(settings, force=True)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server: Server) -> Iterator[str]:
    """The name of a database that was migrated and given units and forms once, for cloning."""
    with server.made() as urls:
        db.migrate(urls.owner, urls.program)
        with db.transaction(db.engine(urls.program)) as session:
            prepare(session)
        _forget(urls)
        yield str(make_url(urls.owner).database)


@pytest.fixture(scope="session")
def _shared(server: Server, template: str) -> Iterator[Urls]:
    yield from _cloned(server, template)


@pytest.fixture(scope="module")
def database(server: Server, template: str) -> Iterator[Urls]:
    """A migrated database of this test module's own."""
    yield from _cloned(server, template)


@pytest.fixture
def fresh_database(server: Server, template: str) -> Iterator[Urls]:
    """A migrated database of this test's own."""
    yield from _cloned(server, template)


@pytest.fixture
def empty_database(server: Server) -> Iterator[Urls]:
    """A database without any table."""
    yield from _cloned(server, None)


@pytest.fixture
def owner_url(database: Urls) -> str:
    """The module's database, as the owner of its tables."""
    return database.owner


@pytest.fixture
def program_url(database: Urls) -> str:
    """The module's database, as the program's login, which owns nothing."""
    return database.program


@pytest.fixture
def session(_shared: Urls) -> Iterator[Session]:
    """A session as the program's login; whatever is done in it, commits included, is rolled back."""
    with db.engine(_shared.program).connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture(scope="module", autouse=True)
def _quick_passwords(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.path.name != "test_passwords.py":
            patch.setattr(passwords, "HASHER", QUICK)
        passwords._stand_in.cache_clear()
        yield


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's environment out of the tests; the server above has already been chosen."""
    for name in list(os.environ):
        if name.startswith("DONDOC_") or name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PREFECT_API_URL"):
            monkeypatch.delenv(name)


def _in_memory() -> Path | None:
    """Where files are kept in memory, if there is room for every worker's: clones take a tenth of the time there."""
    memory, workers = Path("/dev/shm"), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    there = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if there and shutil.disk_usage(memory).free > workers * ROOM else None


def _cloned(server: Server, template: str | None) -> Iterator[Urls]:
    with server.made(template) as urls:
        yield urls
        _forget(urls)


def _forget(urls: Urls) -> None:
    """Close the pooled connections to a database that is about to be dropped or cloned."""
    for url in urls:
        db.engine(url).dispose()
        db.blind_engine(url).dispose()
