"""PostgreSQL for a stage: a server of its own, or a new database on one that is there; ports and doors."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from states import embedded
from states.embedded import Urls
from states.settings import Settings


@contextmanager
def own(home: Path) -> Iterator[Urls]:
    settings = Settings(home=home)
    try:
        yield embedded.ensure_running(settings)
    finally:
        embedded.stop(settings, force=True)


@contextmanager
def named_database(url: str) -> Iterator[Urls]:
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


def listening() -> socket.socket:
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    door.listen(256)
    return door
