"""`dondoc serve`: everything on one machine, started in order, watched, and stopped in order.

PostgreSQL (embedded, unless DATABASE_URL names one), Prefect's server, the process that serves
the deployments, and the API: each a process of its own beneath this one.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from api.parts import parts, where
from states import database, demo_clock, embedded, embedded_install, locks
from states.embedded import Urls
from states.errors import DonDocError, StartupError
from states.settings import Settings, current
from workflows.child import Child
from workflows.preparing import prepare


class PortTaken(StartupError):
    """Port {port} of {host} is taken: set {variable} to another port, or stop the program that uses it."""


class BadAddress(StartupError):
    """Nothing can listen at {host}, port {port} ({why}): set DONDOC_API_HOST and DONDOC_PREFECT_HOST to
    addresses of this machine, or the ports above 1023.
    """


class AlreadyServing(StartupError):
    """Đôn Đốc already runs with the data folder {folder}: use it, or run `make stop` first."""


class PartEnded(StartupError):
    """{name} has ended with code {code}: {why}. Everything was stopped; read {log}, then start again."""

    exit_code = 3


def serve(settings: Settings, console: Console | None = None) -> None:
    """Start everything, say where it is, and keep it running until Ctrl-C or SIGTERM.

    Raises the `StartupError` that says what failed and what to do; nothing is left running then.
    """
    console = console or Console()
    with alone(settings) as home:
        with _database(settings, console) as urls:
            demo_clock.refuse_real_office(settings, database.engine(urls.program))
            if settings.demo_ahead is not None:
                console.print("DONDOC_DEMO_AHEAD is left out here: `dondoc show` turns the demo's clock.")
            run(settings.model_copy(update={"demo_ahead": None}), urls, home, console)
    console.print("Everything is stopped.")


def stop(settings: Settings) -> None:
    """Stop what runs with the data folder: a `serve` in another terminal, and the embedded server."""
    home = settings.home.expanduser().resolve()
    lock = home / "serve.lock"
    deadline = time.monotonic() + 3 * settings.stop_seconds
    if locks.is_held(lock):
        os.kill(int(lock.read_text()), signal.SIGTERM)
    while locks.is_held(lock) and time.monotonic() < deadline:
        time.sleep(0.05)
    embedded.stop(settings, force=True)


def main(words: list[str]) -> int:
    """Run as a program of its own: `python -m api.serve`, and `python -m api.serve stop`."""
    try:
        settings = current()
        if words == ["stop"]:
            stop(settings)
        else:
            serve(settings)
    except DonDocError as error:
        Console(stderr=True).print(error.message, style="bold red", highlight=False, markup=False)
        return error.exit_code
    except KeyboardInterrupt:
        pass  # before the first part was up: there is nothing to say
    return 0


@contextmanager
def alone(settings: Settings) -> Iterator[Path]:
    """The data folder, held by this program only, with its ports free and interrupts as Ctrl-C.

    Raises the `StartupError` that says who is there already.
    """
    home = embedded_install.prepare_home(settings.home)
    with _only_one(home), _interrupts():
        _check_ports(settings)
        yield home


def run(settings: Settings, urls: Urls, home: Path, console: Console, more: Mapping[str, str] | None = None) -> None:
    """Start the parts on this database, say where they are (`more`: further lines), keep them running until Ctrl-C.

    With `settings.demo_ahead` their clock is ahead of the real one: `dondoc show` only.
    """
    started: list[Child] = []
    try:
        for part in parts(settings, urls, home):
            console.print(f"Starting {part.name} …")
            started.append(part)
            part.start()
            part.wait_until_ready(settings.start_seconds)
        console.print(where(settings, home, more or {}))
        _watch(started, console)
    except KeyboardInterrupt:
        console.print("Stopping …")
    finally:
        _ignore_interrupts()
        for part in reversed(started):
            part.stop(settings.stop_seconds)


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    lock = locks.take(home / "serve.lock")
    if lock is None:
        raise AlreadyServing(folder=home)
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        locks.release(lock)


@contextmanager
def _interrupts() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the program the way Ctrl-C does."""
    before = {n: signal.signal(n, signal.default_int_handler) for n in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_interrupts() -> None:
    # The end is under way and takes a bounded time: a second Ctrl-C must not leave a half behind.
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _database(settings: Settings, console: Console) -> Iterator[Urls]:
    console.print("Starting PostgreSQL …" if settings.database_url is None else "Asking the database …")
    urls = database.urls(settings)
    try:
        if settings.database_url is None:
            database.migrate(urls.owner, urls.program)
            with database.transaction(database.engine(urls.program)) as session:
                prepare(session)
        database.check_ready(database.engine(urls.program))
        yield urls
    finally:
        database.engine(urls.program).dispose()
        if settings.database_url is None:
            embedded.stop(settings)


def _check_ports(settings: Settings) -> None:
    _check_port(settings.api_host, settings.api_port, "DONDOC_API_PORT")
    if settings.prefect_api_url is None:
        _check_port(settings.prefect_host, settings.prefect_port, "DONDOC_PREFECT_PORT")


def _check_port(host: str, port: int, variable: str) -> None:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port, variable=variable) from None
        raise BadAddress(host=host, port=port, why=error.strerror or error) from None


def _watch(started: list[Child], console: Console) -> None:
    """Return never: an interrupt or the end of a part leaves it."""
    while True:
        for part in started:
            if part.ended is None:
                continue
            if not part.restarts:
                raise PartEnded(name=part.name, code=part.ended, why=part.last_words(), log=part.log)
            console.print(f"{part.name} ended with code {part.ended}; starting it once more.")
            part.restarts -= 1
            part.start()
        time.sleep(0.2)


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
