"""What is fuzzed: the app behind real HTTP, people of every seat with tokens, and a count of every row."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

import psycopg
import uvicorn
from fastapi import FastAPI

from api.patience import HEAD_BYTES, Patient

NOT_BUSINESS = ("attempt", "web_session", "idempotency", "token")
"""What trying to get in may write."""


@dataclass(frozen=True)
class Voice:
    """Somebody who may speak: where he sits, and his token."""

    seat: str
    unit: int
    office: int
    secret: str


@dataclass(frozen=True)
class Target:
    """Where the app listens, on which database, what may be spoken of, and who may speak: an auditor, a drafter of the
    report's unit, and others.
    """

    port: int
    program_url: str
    plan: int
    report: int
    schema: dict[str, Any]
    voices: tuple[Voice, ...]

    @property
    def auditor(self) -> str:
        """The token of who may read and never write."""
        return next(voice.secret for voice in self.voices if voice.seat == "auditor")

    @property
    def drafter(self) -> str:
        return next(voice.secret for voice in self.voices if voice.seat == "drafter")

    def rows(self) -> dict[str, int]:
        """How many rows each table of business has."""
        with psycopg.connect(self.program_url, options="-c dondoc.sees=all") as connection:
            names = [name for (name,) in connection.execute(_TABLES).fetchall() if name not in NOT_BUSINESS]
            counted = connection.execute(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in names))
            return dict(counted.fetchall())


@contextmanager
def in_thread(app: FastAPI) -> Iterator[int]:
    """The app on a free port of this process, served as `dondoc serve` does; gives the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(128)
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", http=Patient,
                                h11_max_incomplete_event_size=HEAD_BYTES)  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield int(free.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@contextmanager
def in_process(program_url: str) -> Iterator[int]:
    """The app in a process of its own, as in production but without limits of pace."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    there = {"DATABASE_URL": program_url, "DONDOC_SESSION_REQUESTS_PER_MINUTE": "0",
             "DONDOC_ADDRESS_REQUESTS_PER_MINUTE": "0", "DONDOC_BODY_SECONDS": "5",
             "DONDOC_PREFECT_PORT": "9", "DONDOC_PREFECT_SECONDS": "0.1"}  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "api.app:app", "--port", str(port), "--log-level", "error",
               "--no-access-log", "--http", "api.patience:Patient",
               "--h11-max-incomplete-event-size", str(HEAD_BYTES)]  # fmt: skip
    child = subprocess.Popen(command, env=os.environ | there, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        child.terminate()
        child.wait(20)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nobody listens on {port}")


_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1
"""
