"""Where the storm takes place: a PostgreSQL of its own (or the one of DATABASE_URL), a small world, a mail server."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import shutil
import signal
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
from sqlmodel import Session

from documents.shelf import keep_forms
from documents.signing import certificates, trust
from states import database as db
from states import embedded, tokens
from states.embedded import Urls
from states.errors import DonDocError
from states.settings import Settings, current
from tests.chaos.cast import Cast
from tests.chaos.clock import Clock
from tests.chaos.forks import in_child
from tests.chaos.servers import free_port, listening, named_database, own, wait_until
from tests.world import World

SEALED_UNIT, SEALED, PASSPHRASE = "W4", "Báo cáo ký số (mẫu)", "mật khẩu thử 1"
"""The ward that signs with certificates, what its reports are called, the passphrase of its keys."""
SMTP_PROCESS = Path(__file__).parent.parent / "notifications" / "smtp_process.py"


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
        self.smtp_port, self.prefect_port = free_port(), 9
        self.ahead = ""
        """How far the clock of Prefect's processes, whom we can't tell the time, is ahead of the real one; ISO 8601."""
        self._smtp: subprocess.Popen[bytes] | None = None
        self.door = listening()
        self.cast: Cast = in_child(self._settled)

    @property
    def address(self) -> str:
        """The HTTP servers' address; the socket belongs to this process, so it outlives every server."""
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def settings(self) -> Settings:
        return Settings(home=self.home)

    def environment(self) -> dict[str, str]:
        """What the program reads its settings from here."""
        return {
            "DATABASE_URL": self.urls.program, "DONDOC_HOME": str(self.home), "DONDOC_SMTP_HOST": "127.0.0.1",
            "DONDOC_SMTP_PORT": str(self.smtp_port), "DONDOC_SMTP_FROM": "dondoc@mau.example",
            "DONDOC_SMTP_SECONDS": "5", "DONDOC_PREFECT_PORT": str(self.prefect_port),
            "DONDOC_PREFECT_SECONDS": "0.2" if self.prefect_port == 9 else "2",
            "DONDOC_DEMO_AHEAD": self.ahead,
            # 64 at once speak with one token here: they must come as far as the key
            "DONDOC_ADDRESS_REQUESTS_PER_MINUTE": "0", "DONDOC_SESSION_REQUESTS_PER_MINUTE": "0",
        }  # fmt: skip

    def enter(self) -> None:
        """In a worker: the environment that the program reads its settings from."""
        os.environ.update(self.environment())
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
                cast.secrets[actor.person_id] = tokens.issue(session, actor.person_id, "thử", world.now, may_sign=True)
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
    try:
        with named_database(named) if named else own(home) as urls:
            made = Stage(home, urls, own_server=named is None)
            try:
                made.start_smtp()
                yield made
            finally:
                made.stop_smtp()
                made.door.close()
    finally:
        while home.exists():  # a server that is slow to stop still writes
            shutil.rmtree(home, ignore_errors=True)
            time.sleep(0.05)
