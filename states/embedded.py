"""The embedded PostgreSQL: started by whoever comes first, stopped when the last one has ended.

Several programs may share one data folder. Each holds a shared lock for as long as it lives;
the keeper (see `states.embedded_keeper`) stops the server when the last lock is gone. So
nothing has to be counted, and nothing is left running after a crash.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg
from psycopg import sql

from states import embedded_install, embedded_keeper, locks
from states.errors import StartupError
from states.settings import Settings

TUNING = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "150",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests: a crash of the machine may lose everything, and nobody minds."""

_held: dict[tuple[int, Path], int] = {}
"""The locks of this process, by process (a fork must take its own) and data folder."""

_keepers: dict[Path, subprocess.Popen[bytes]] = {}
"""The keepers that this process started, to be reaped by it."""


class ServerNotStarted(StartupError):
    """PostgreSQL did not start within {seconds:g} s: {why}. Its log is {log}; to start anew, run `make
    stop`.
    """


class Urls(NamedTuple):
    """The same database under its two logins."""

    owner: str
    """Owns the tables; for `migrate` only."""
    program: str
    """Owns nothing."""


def ensure_running(settings: Settings, *, durable: bool = True) -> Urls:
    """Start the server of the data folder unless it runs, and keep it until this process ends.

    `durable=False` gives up safety against a crash of the machine for speed (tests only).
    """
    home = embedded_install.prepare_home(settings.home)
    deadline = time.monotonic() + settings.start_seconds
    _hold(home, deadline, settings.start_seconds)
    with locks.waiting(home / "start.lock"):
        user = embedded_install.server_user(home)
        sockets = embedded_install.socket_folder(home, user)
        if not _answers(sockets):
            _start(home, sockets, user, deadline, settings.start_seconds, durable)
        _ensure_database(sockets, settings.database)
    return _urls(sockets, settings.database)


def stop(settings: Settings, *, force: bool = False) -> None:
    """Let go of the server; it stops if nobody else uses it, or in any case when `force` is set.

    Returns when it has stopped, or at once when another program still needs it.
    """
    home = settings.home.expanduser().resolve()
    held = _held.pop((os.getpid(), home), None)
    if held is not None:
        locks.release(held)
    if force and locks.is_held(home / "server.lock"):
        with contextlib.suppress(ProcessLookupError, ValueError, OSError):
            os.kill(int((home / "keeper.pid").read_text()), signal.SIGTERM)
    if force or not _has_users(home):
        _wait_for_end(home, settings.stop_seconds)


def _hold(home: Path, deadline: float, seconds: float) -> None:
    if (os.getpid(), home) in _held:
        return
    # Refused only while a keeper holds the exclusive lock, that is, while a server shuts down.
    while (handle := locks.take(home / "users.lock", locks.SHARED)) is None:
        if time.monotonic() > deadline:
            raise ServerNotStarted(seconds=seconds, why="the one before is still stopping", log=_log(home))
        time.sleep(0.05)
    _held[os.getpid(), home] = handle


def _start(home: Path, sockets: Path, user: str | None, deadline: float, seconds: float, durable: bool) -> None:
    bin_ = embedded_install.programs(home, user)
    data = embedded_install.cluster(home, bin_, user)
    keeper = _keepers[home] = _start_keeper(home, user, _command(bin_, data, sockets, durable))
    while not _answers(sockets):
        if keeper.poll() is not None or time.monotonic() > deadline:
            keeper.terminate()
            raise ServerNotStarted(seconds=seconds, why=_last_words(home), log=_log(home))
        time.sleep(0.05)


def _command(bin_: Path, data: Path, sockets: Path, durable: bool) -> list[str]:
    values = TUNING | {"unix_socket_directories": str(sockets)} | ({} if durable else NOT_DURABLE)
    options = [word for name, value in values.items() for word in ("-c", f"{name}={value}")]
    return [str(bin_ / "postgres"), "-D", str(data), *options]


def _start_keeper(home: Path, user: str | None, command: list[str]) -> subprocess.Popen[bytes]:
    with _log(home).open("ab") as log:
        # A session of its own: Ctrl-C must reach the programs first and the server last.
        return subprocess.Popen(
            [sys.executable, "-E", embedded_keeper.__file__, str(home), user or "", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )


def _answers(sockets: Path) -> bool:
    try:
        psycopg.connect(_url(sockets, "postgres", "postgres"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _ensure_database(sockets: Path, name: str) -> None:
    with psycopg.connect(_url(sockets, "postgres", "postgres"), autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def _urls(sockets: Path, name: str) -> Urls:
    return Urls(owner=_url(sockets, "postgres", name), program=_url(sockets, "dondoc", name))


def _url(sockets: Path, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(sockets), safe='/')}"


def _has_users(home: Path) -> bool:
    """Whether a program uses the server; no while its keeper holds the lock in order to stop it."""
    path = home / "users.lock"
    return locks.is_held(path) and not locks.is_held(path, against=locks.SHARED)


def _wait_for_end(home: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while locks.is_held(home / "server.lock") and time.monotonic() < deadline:
        time.sleep(0.02)
    if keeper := _keepers.pop(home, None):
        keeper.wait(seconds)


def _log(home: Path) -> Path:
    return home / "log" / "postgres.log"


def _last_words(home: Path) -> str:
    lines = _log(home).read_text(errors="replace").strip().splitlines() if _log(home).exists() else []
    return lines[-1] if lines else "it said nothing"
