"""W5: the server's time for the main pages on the demo's data, against the pages' own statements run bare.

A page is asked for as the server asks the app (ASGI), without a socket. By hand means the statements that this very
page just sent, in their order and with their values, on one plain connection, every row fetched, nothing done with it:
what is left above 1 is what sessions, rights, readings and templates cost. The processor's time stands beside the
clock's, for a busy machine says little by the clock.
"""

import io
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from statistics import median
from typing import Any

import psycopg
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from rich.console import Console
from sqlalchemy import event

from api.app import create_app
from api.demo import BEGINS, midway
from api.demo.midway.story import MOMENT
from api.demo.stage import Stage
from benchmarks import Measured, compare
from benchmarks.data import Database, Server
from states import demo_clock, tokens
from states.database import blind_engine, program_engine, request_engine
from states.settings import current

PAGES = (
    ("frame alone (settings)", "province supervisor", "/thiet-lap"),
    ("Hôm nay", "province supervisor", "/"),
    ("board of 168", "province supervisor", "/ke-hoach/{plan}"),
    ("board of the nation", "nation supervisor", "/ke-hoach/{plan}"),
    ("total of 168 × 18", "province supervisor", "/ke-hoach/{plan}/tong-hop"),
    ("papers to sign", "province leader", "/viec/presented"),
)
PROVINCE = "vn2:79"  # Thành phố Hồ Chí Minh: 168 wards, the most of all
ENOUGH = ("vn2:51", PROVINCE)  # with Quảng Ngãi, which the story needs
_Statement = tuple[str, Any]


class PageRefused(Exception):
    """A page of the benchmark answered otherwise than 200."""


def measure(server: Server, rounds: int, provinces: Sequence[str] = ()) -> list[Measured]:
    """Play the demo up to the middle of the nation's year (all provinces, or these), then ask for each page."""
    with server.made("bench_pages", "bench_template") as database:
        stage = Stage(Console(file=io.StringIO()), BEGINS, database.engine)
        plan = int(midway.play(stage, provinces=provinces)["plan"])
        with database.act() as session:
            demo_clock.mark(session, MOMENT, "midway")
        database.tidy("document", "step", "sending", "revision", "figure", "derivation", "dispensation", "reminder")
        return on(database, plan, MOMENT, rounds)


def on(database: Database, plan: int, at: datetime, rounds: int) -> list[Measured]:
    """The pages on a database that is played already."""
    with _asking(database, at) as asking:
        return [_measured(asking, name, _somebody(database, seat, at), path.format(plan=plan), rounds)
                for name, seat, path in PAGES]  # fmt: skip


def _measured(asking: "Asking", name: str, token: str, path: str, rounds: int) -> Measured:
    for _ in range(12):  # until templates are compiled and PostgreSQL has settled on its plans
        asking.page(token, path)
    statements = asking.page(token, path)
    asking.busy.clear()
    found = compare(f"W5 {name}", None, rounds, lambda: asking.timed(token, path),
                    lambda: _bare(asking.plain, statements))  # fmt: skip
    busy = [seconds * 1000 for seconds in asking.busy]
    return replace(found, note=f"{len(statements)} statements, {asking.size / 1024:.0f} KB; processor "
                               f"{median(busy):.0f} ms (least {min(busy):.0f}), clock least "
                               f"{min(found.engine) * 1000:.0f} ms")  # fmt: skip


def _bare(connection: psycopg.Connection[Any], statements: list[_Statement]) -> float:
    start = time.perf_counter()
    for sql, keys in statements:
        cursor = connection.execute(sql, keys)
        if cursor.description is not None:
            cursor.fetchall()
    connection.rollback()
    return time.perf_counter() - start


@dataclass
class Asking:
    """The app, and what its last page sent; `busy`: the process's own seconds of processor for each page."""

    app: FastAPI
    portal: BlockingPortal
    plain: psycopg.Connection[Any]
    sent: list[_Statement]
    busy: list[float] = field(default_factory=list)
    size: int = 0

    def page(self, token: str, path: str) -> list[_Statement]:
        """Ask for a page; the statements that it took."""
        self.timed(token, path)
        return list(self.sent)

    def timed(self, token: str, path: str) -> float:
        """Ask for a page; the seconds that it took."""
        self.sent.clear()
        status, self.size, seconds, busy = self.portal.call(_answer, self.app, token, path)
        self.busy.append(busy)
        if status != 200:
            raise PageRefused(path, status)
        return seconds


async def _answer(app: FastAPI, token: str, path: str) -> tuple[int, int, float, float]:
    """Status, bytes, and seconds by the clock and of the processor."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "server": ("bench", 80),
        "client": ("bench", 1), "headers": [(b"accept", b"text/html"), (b"authorization", f"Bearer {token}".encode())],
    }  # fmt: skip
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    start, busy = time.perf_counter(), time.process_time()
    await app(scope, receive, send)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return told[0]["status"], sum(len(message.get("body", b"")) for message in told), seconds, busy


@contextmanager
def _asking(database: Database, at: datetime) -> Iterator[Asking]:
    """The app as a process of its own would have it: the database and the clock are named in the environment."""
    ahead = (at - datetime.now(UTC)).total_seconds()
    os.environ |= {"DATABASE_URL": database.urls.program, "DONDOC_DEMO_AHEAD": f"PT{ahead:.0f}S"}
    for known in (current, program_engine, request_engine, blind_engine):
        known.cache_clear()
    sent: list[_Statement] = []

    class Noted(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            sent.append((query, params))
            return super().execute(query, params, **more)

    @event.listens_for(request_engine(), "connect")
    def note(connection: Any, _record: Any) -> None:
        connection.cursor_factory = Noted

    with start_blocking_portal() as portal:
        yield Asking(create_app(), portal, database.plain, sent)
    request_engine().dispose()


def _somebody(database: Database, wanted: str, at: datetime) -> str:
    """A token of somebody in that seat of the province or the nation."""
    level, seat = wanted.split()
    registry, code = PROVINCE.split(":")
    keys = {"seat": seat, "level": level, "registry": registry, "code": code}
    with database.act() as session:
        person = session.connection().exec_driver_sql(_SOMEBODY, keys).scalars().first()
        return tokens.issue(session, int(person or 0), "bench", at)


_SOMEBODY = """
SELECT o.person_id FROM office o JOIN unit u ON u.id = o.unit_id
 WHERE o.seat = %(seat)s AND u.level = %(level)s
   AND (u.level = 'nation' OR (u.registry, u.code) = (%(registry)s, %(code)s))
   AND o.valid_to IS NULL AND (SELECT count(*) FROM office x WHERE x.person_id = o.person_id) = 1 ORDER BY o.id
"""
