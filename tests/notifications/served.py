"""Servers that messages really go to, a database in which notices wait, and workers that deliver them."""

from __future__ import annotations

import email.policy
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, TypeVar

from psycopg.types.json import Jsonb
from sqlmodel import Session

from notifications.channels import Channel
from notifications.email import EmailChannel
from notifications.outbox import Delivered, deliver
from notifications.webhook import WebhookChannel
from states import database as db
from states.calendar import Calendar
from states.periods import LOCAL
from tests.eventually import eventually
from tests.ports import free_port

HERE = Path(__file__).parent
THURSDAY = datetime(2026, 12, 17, 9, 0, tzinfo=LOCAL)


class Served:
    """A server process on a port of its own that keeps what it gets as files; can be down for a while."""

    script: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        command = [sys.executable, str(HERE / self.script), str(self.port), str(self.folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        eventually(ready.exists, f"{self.script} on port {self.port}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.communicate()  # its end of input is its end
            self._process = None

    def kept(self, suffix: str) -> list[Path]:
        return sorted(self.folder.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime_ns)


S = TypeVar("S", bound=Served)


class Mail(Served):
    script = "smtp_process.py"

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails that came, in order."""
        parser = BytesParser(EmailMessage, policy=email.policy.default)
        return [parser.parsebytes(path.read_bytes()) for path in self.kept(".eml")]

    def head(self, name: str) -> list[str]:
        """One header of each mail, read as mail programs do (the parser of Python 3.11 splits long names)."""
        raw = (message_from_bytes(path.read_bytes())[name] for path in self.kept(".eml"))
        return [str(make_header(decode_header(value))) for value in raw]

    def channel(self) -> EmailChannel:
        return EmailChannel("127.0.0.1", self.port, sender="dondoc@mau.example", sender_name="Sở Mẫu", seconds=60)


class Hook(Served):
    script = "http_process.py"
    secret = "bí mật chung"

    @property
    def posts(self) -> list[dict[str, Any]]:
        """The requests that came, in order: headers and body."""
        return [json.loads(path.read_text()) for path in self.kept(".json")]

    def answer(self, status: int) -> None:
        (self.folder / "status").write_text(str(status))

    def channel(self) -> WebhookChannel:
        return WebhookChannel(f"http://127.0.0.1:{self.port}/nhan", secret=self.secret, seconds=60)


@dataclass
class Office:
    """A database in which people have notices, and a worker that delivers them."""

    url: str
    calendar: Calendar = field(default_factory=Calendar.vietnam)
    people: int = 0

    def person(self, address: str | None, name: str = "Nguyễn Thị Đào (mẫu)", phone: str | None = None,
               session: Session | None = None) -> int:  # fmt: skip
        """A sample person; `address` without its domain."""
        self.people += 1
        given = f"{address}.{self.people}@mau.example" if address and "@" not in address else address
        sql = "INSERT INTO person (full_name, email, phone, sample) VALUES (%s, %s, %s, true) RETURNING id"
        return int(self.run(sql, name, given, phone, session=session)[0][0])

    def notice(self, person: int, topic: str = "overdue", *, after: datetime = THURSDAY, urgent: bool = False,
               document: int | None = None, session: Session | None = None, **data: Any) -> int:  # fmt: skip
        """A notice that waits until `after`."""
        said = {"unit": "Phường Một", "title": "Báo cáo Tháng hành động (mẫu)", "days": 2, **data}
        sql = """INSERT INTO notice (key, document_id, person_id, topic, data, urgent, created_at, send_after)
                 VALUES (gen_random_uuid()::text, %s, %s, %s, %s, %s, %s, %s) RETURNING id"""
        return int(self.run(sql, document, person, topic, Jsonb(said), urgent, THURSDAY, after, session=session)[0][0])

    def deliver(self, *channels: Channel, now: datetime = THURSDAY, worker: str = "a", limit: int = 2_000) -> Delivered:
        return deliver(self.session, now, channels, worker, self.calendar, limit=limit)

    def attempts(self, notice: int) -> list[dict[str, Any]]:
        """The delivery rows of a notice, in order."""
        with self.session() as session:
            sql = "SELECT * FROM delivery WHERE notice_id = %s ORDER BY channel, attempt"
            return [dict(row) for row in session.connection().exec_driver_sql(sql, (notice,)).mappings()]

    def run(self, sql: str, *values: Any, session: Session | None = None) -> list[tuple[Any, ...]]:
        """One statement, committed unless it is part of a `session`."""
        with nullcontext(session) if session else self.session() as used:
            found = used.connection().exec_driver_sql(sql, values)
            return [tuple(row) for row in found] if found.returns_rows else []

    def session(self) -> AbstractContextManager[Session]:
        """A session that commits at its end."""
        return db.transaction(db.engine(self.url))


@dataclass
class Workers:
    """Delivering workers as processes of their own."""

    url: str
    folder: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, port: int, name: str, now: datetime = THURSDAY, start: Path | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, str(HERE / "worker_process.py"), self.url, str(port), name, now.isoformat()]
        worker = subprocess.Popen([*command, *([str(start)] if start else [])], stdout=subprocess.PIPE, text=True)
        self.running.append(worker)
        return worker


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@contextmanager
def serving(server: S) -> Iterator[S]:
    server.folder.mkdir()
    server.start()
    try:
        yield server
    finally:
        server.stop()
