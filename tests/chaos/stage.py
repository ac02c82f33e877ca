"""Where the storm takes place: a PostgreSQL of its own (or the one of DATABASE_URL), a small world, a mail server."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import make_url
from sqlmodel import Session

from documents.shelf import keep_forms
from documents.signing import certificates, trust
from states import database as db
from states import embedded, tokens
from states.embedded import Urls
from states.errors import DonDocError
from states.policy import Actor
from states.settings import Settings, current
from tests.chaos.clock import Clock
from tests.chaos.forks import in_child
from tests.world import World

SEALED_UNIT, SEALED, PASSPHRASE = "W4", "Báo cáo ký số (mẫu)", "mật khẩu thử 1"
"""The ward that signs with certificates, what its reports are called, the passphrase of its keys."""
SMTP_PROCESS = Path(__file__).parent.parent / "notifications" / "smtp_process.py"


class Cast:
    """Who is there: units by name, people by (unit, seat), their tokens. Sent from process to process."""

    def __init__(self, world: World) -> None:
        self.units, self.people, self.levels = world.units, world.people, world.levels
        self.secrets: dict[int, str] = {}

    def on(self, session: Any, at: Any) -> World:
        """The world of the tests, seen through a session, at a moment."""
        twin: World = World.__new__(World)
        twin.session, twin.levels, twin.plan, twin.now = session, self.levels, 0, at
        twin.units, twin.people = self.units, self.people
        return twin

    def person(self, unit: int, seat: str) -> Actor:
        return self.people[unit, seat]


class Stage:
    """Everything that a worker finds around it."""

    def __init__(self, home: Path, urls: Urls, own_server: bool) -> None:
        self.home, self.urls, self.own_server = home, urls, own_server
        self.clock = Clock()
        self.working = multiprocessing.RawArray("b", 100)
        """By a worker's number: whether its present life has begun to work."""
        self.mails, self.ledgers, self.faults = home / "mails", home / "ledgers", home / "faults.txt"
        for folder in (self.mails, self.ledgers):
            folder.mkdir(exist_ok=True)
        self.smtp_port = free_port()
        self._smtp: subprocess.Popen[bytes] | None = None
        self.door = _listening()
        self.cast: Cast = in_child(self._settled)

    @property
    def address(self) -> str:
        """The HTTP servers' address; the socket belongs to this process, so it outlives every server."""
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def settings(self) -> Settings:
        return Settings(home=self.home)

    def enter(self) -> None:
        """In a worker: the environment that the program reads its settings from."""
        os.environ.update({
            "DATABASE_URL": self.urls.program, "DONDOC_HOME": str(self.home), "DONDOC_SMTP_HOST": "127.0.0.1",
            "DONDOC_SMTP_PORT": str(self.smtp_port), "DONDOC_SMTP_FROM": "dondoc@mau.example",
            "DONDOC_SMTP_SECONDS": "5", "DONDOC_PREFECT_PORT": "9", "DONDOC_PREFECT_SECONDS": "0.2",
            # 64 at once speak with one token here: they must come as far as the key
            "DONDOC_ADDRESS_REQUESTS_PER_MINUTE": "0", "DONDOC_SESSION_REQUESTS_PER_MINUTE": "0",
        })  # fmt: skip
        logging.disable(logging.CRITICAL)  # what it says of a lost connection is what we are looking for
        current.cache_clear()
        db.program_engine.cache_clear()

    def owner(self) -> psycopg.Connection[Any]:
        """A connection as the owner, for the harness only."""
        return psycopg.connect(self.urls.owner, autocommit=True, options="-c timezone=UTC")

    # ── the mail server ─────────────────────────────────────────────────────────────────────────────────────

    def start_smtp(self) -> None:
        (self.mails / "ready").unlink(missing_ok=True)
        self._smtp = subprocess.Popen(
            [sys.executable, str(SMTP_PROCESS), str(self.smtp_port), str(self.mails)], stdin=subprocess.PIPE
        )
        wait_until(lambda: (self.mails / "ready").exists(), 20)

    def stop_smtp(self) -> None:
        """kill -9."""
        if self._smtp is not None:
            self._smtp.kill()
            self._smtp.communicate()
            self._smtp = None

    # ── the database server ─────────────────────────────────────────────────────────────────────────────────

    def stop_hard(self, how: str) -> None:
        """Stop PostgreSQL without any goodbye: «immediate», «kill all», or «kill one» of its processes."""
        postmaster = psutil.Process(self._postmaster())
        below = postmaster.children(recursive=True)
        if how == "immediate":
            postmaster.send_signal(signal.SIGQUIT)
        elif how == "kill all":
            for process in (postmaster, *below):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        else:
            backends = [p for p in below if "dondoc" in " ".join(p.cmdline())] or below
            backends[0].kill()
            return
        psutil.wait_procs([postmaster, *below], timeout=20)

    def recover(self) -> None:
        """Start PostgreSQL as every program does, until it answers."""
        deadline = time.monotonic() + 60
        while True:
            try:
                embedded.ensure_running(self.settings())
                self.owner().close()
                return
            except (DonDocError, psycopg.OperationalError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _postmaster(self) -> int:
        (data,) = self.home.glob("postgres*/postmaster.pid")
        return int(data.read_text().split()[0])

    def _settled(self) -> Cast:
        self.enter()
        db.migrate(self.urls.owner, self.urls.program)
        with db.transaction() as session:
            keep_forms(session)
            world = World(session)
            session.connection().exec_driver_sql(
                "UPDATE person SET email = 'p' || id || '@mau.example' WHERE NOT machine"
            )
            cast = Cast(world)
            _certificates(session, world)
            for actor in world.people.values():
                cast.secrets[actor.person_id] = tokens.issue(session, actor.person_id, "thử", world.now)
        return cast


@contextmanager
def looking() -> Iterator[Any]:
    """For the harness's own questions: the driver's `exec_driver_sql` in a transaction of the program that sees all."""
    with db.transaction() as session:
        run = session.connection().exec_driver_sql
        run("SELECT set_config('dondoc.sees', 'all', true)")
        yield run


def _certificates(session: Session, world: World) -> None:
    """Test certificates for the ward's Vice-chair and its seal, and keys that open fast."""
    tools, by = trust.means(current()), world.act(SEALED_UNIT, "chair")
    leader = world.act(SEALED_UNIT, "leader").office_id
    for whose in ({"office_id": leader}, {"unit_id": world.unit(SEALED_UNIT)}):
        certificates.issue_test(session, tools, PASSPHRASE, by, world.now, rounds=1, **whose)


@contextmanager
def stage(folder: Path | None = None) -> Iterator[Stage]:
    """A stage that is gone afterwards: on the server of DATABASE_URL, else on one of its own in `folder`."""
    home = Path(tempfile.mkdtemp(prefix="dondoc-chaos-", dir=folder))
    home.chmod(0o755)
    named = os.environ.get("DATABASE_URL")
    with _database(named) if named else _own(home) as urls:
        made = Stage(home, urls, own_server=named is None)
        try:
            made.start_smtp()
            yield made
        finally:
            made.stop_smtp()
            made.door.close()
    while home.exists():  # a server that is slow to stop still writes
        shutil.rmtree(home, ignore_errors=True)
        time.sleep(0.05)


@contextmanager
def _own(home: Path) -> Iterator[Urls]:
    settings = Settings(home=home)
    try:
        yield embedded.ensure_running(settings)
    finally:
        embedded.stop(settings, force=True)


@contextmanager
def _database(url: str) -> Iterator[Urls]:
    admin = make_url(url).set(drivername="postgresql")
    name, login, password = (
        f"dondoc_chaos_{secrets.token_hex(4)}",
        f"chaos_{secrets.token_hex(4)}",
        secrets.token_hex(16),
    )
    server = psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    owner = admin.set(database=name)
    program = owner.set(username=login, password=password)
    try:
        yield Urls(*(each.render_as_string(hide_password=False) for each in (owner, program)))
    finally:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))
        server.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(done: Any, seconds: float) -> None:
    """Return when it is done; raises `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)


def _listening() -> socket.socket:
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    door.listen(256)
    return door
