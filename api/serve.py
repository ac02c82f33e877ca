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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from states import database, embedded, embedded_install, locks
from states.embedded import Urls
from states.errors import DonDocError, StartupError
from states.settings import Settings, current
from workflows.child import Child
from workflows.prefect_server import environment, prefect_server
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
    home = embedded_install.prepare_home(settings.home)
    with _only_one(home), _interrupts():
        _check_ports(settings)
        with _database(settings, console) as urls:
            _run(settings, urls, home, console)
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


def _run(settings: Settings, urls: Urls, home: Path, console: Console) -> None:
    started: list[Child] = []
    try:
        for part in _parts(settings, urls, home):
            console.print(f"Starting {part.name} …")
            started.append(part)
            part.start()
            part.wait_until_ready(settings.start_seconds)
        console.print(_where(settings, home))
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


def _parts(settings: Settings, urls: Urls, home: Path) -> Iterator[Child]:
    """The children in the order of their start; each is only made once the one before is ready."""
    # The parts work as the login that owns nothing, and never learn the owner's.
    shared = environment(settings, home) | {
        "DATABASE_URL": urls.program,
        "DATABASE_OWNER_URL": "",
        "DONDOC_HOME": str(home),
    }
    logs = home / "log"
    if settings.prefect_api_url is None:
        yield prefect_server(settings, home)
    flows = [sys.executable, "-m", "workflows.flows", "serve"]
    yield Child("the flows", flows, environment=shared, log=logs / "flows.log", restarts=1)
    address = ["--host", settings.api_host, "--port", str(settings.api_port)]
    quietly = ["--no-server-header", "--timeout-graceful-shutdown", "5"]
    yield Child(
        "the API",
        [sys.executable, "-m", "uvicorn", "api.app:app", *address, *quietly],
        environment=shared,
        log=logs / "api.log",
        health_url=f"{_api_url(settings)}/openapi.json",
    )


def _watch(parts: list[Child], console: Console) -> None:
    """Return never: an interrupt or the end of a part leaves it."""
    while True:
        for part in parts:
            if part.ended is None:
                continue
            if not part.restarts:
                raise PartEnded(name=part.name, code=part.ended, why=part.last_words(), log=part.log)
            console.print(f"{part.name} ended with code {part.ended}; starting it once more.")
            part.restarts -= 1
            part.start()
        time.sleep(0.2)


def _where(settings: Settings, home: Path) -> Panel:
    table = Table.grid(padding=(0, 2))
    prefect = settings.prefect_url.removesuffix("/api")
    rows = {
        "API": _api_url(settings),
        "Its documentation": f"{_api_url(settings)}/docs",
        "Prefect": prefect,
        "Mail goes to": f"{settings.smtp_host}:{settings.smtp_port} (smtp)",
        "Data and logs": str(home),
    }
    for name, place in rows.items():
        table.add_row(name, place)
    return Panel(table, title=f"{settings.office} is running: Ctrl-C stops it", expand=False)


def _api_url(settings: Settings) -> str:
    host = "127.0.0.1" if settings.api_host in ("0.0.0.0", "::") else settings.api_host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.api_port}"


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
