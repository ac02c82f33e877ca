"""Where a worker dies: named points, put into its process from outside. The product has no hooks for this.

A point is a statement (before or after it is run), a commit that follows such a statement, or a call of a function.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import psycopg

BEFORE, AFTER = "before", "after"
COMMIT, SENT, COMMITTED = "commit", "commit sent", "committed"


@dataclass(frozen=True)
class Point:
    """`name` for people; `at`: the statement (a pattern), or «module:Class.function» of a call; `when` it strikes.

    COMMIT, SENT and COMMITTED strike at the commit of a transaction in which such a statement was run: before it,
    when it is sent and its answer not read, when it is answered and nobody was told.
    """

    name: str
    when: str
    at: str

    @property
    def is_call(self) -> bool:
        return ":" in self.at and " " not in self.at


def _commits(what: str, at: str) -> list[Point]:
    return [
        Point(f"{what}: before the commit", COMMIT, at),
        Point(f"{what}: COMMIT sent, its answer not read", SENT, at),
        Point(f"{what}: committed, nobody told", COMMITTED, at),
    ]


_LOCK, _STEP = r"FOR NO KEY UPDATE OF d", r"INSERT INTO step"
POINTS: dict[str, list[Point]] = {
    "officer": [
        Point("step: before the lock", BEFORE, _LOCK),
        Point("step: lock held", AFTER, _LOCK),
        Point("step: before it is written", BEFORE, _STEP),
        Point("step: written, not committed", AFTER, _STEP),
        *_commits("step", _STEP),
        Point("number: before it is given", BEFORE, r"INSERT INTO register_entry"),
        Point("number: given, step not written", AFTER, r"INSERT INTO register_entry"),
        Point("number: between number and sending", BEFORE, r"INSERT INTO sending"),
        Point("number: sending written, not committed", AFTER, r"INSERT INTO sending"),
        *_commits("number", r"INSERT INTO sending"),
        Point("draft: saved, not committed", AFTER, r"INSERT INTO working_copy"),
        *_commits("draft", r"INSERT INTO working_copy"),
        Point("content: cut, its figures not written", BEFORE, r"INSERT INTO figure"),
        *_commits("content", r"INSERT INTO revision"),
    ],
    "planner": [
        Point("fan-out: before a level", BEFORE, r"INSERT INTO document"),
        Point("fan-out: level opened, not committed", AFTER, r"INSERT INTO document"),
        *_commits("fan-out: level", r"INSERT INTO document"),
        Point("fan-out: all levels, not noted", BEFORE, r"INSERT INTO flow_note"),
        *_commits("fan-out: note", r"INSERT INTO flow_note"),
    ],
    "totals": [
        Point("total: drafts locked", AFTER, r"ORDER BY id FOR NO KEY UPDATE"),
        Point("total: reports locked", AFTER, r"ORDER BY c\.id FOR NO KEY UPDATE"),
        Point("total: reports' steps written", AFTER, _STEP),
        Point("total: summed, not cut", AFTER, r"INSERT INTO summed"),
        Point("total: cut, its sources not written", BEFORE, r"INSERT INTO derivation"),
        Point("total: sources written, figures not", BEFORE, r"INSERT INTO figure"),
        *_commits("total", r"INSERT INTO derivation"),
    ],
    "postman": [
        Point("notice: outbox emptied, not committed", AFTER, r"DELETE FROM outbox"),
        *_commits("notice", r"DELETE FROM outbox"),
        Point("mail: claim not committed", AFTER, r"INSERT INTO delivery [^)]*\)\nSELECT notice"),
        Point("mail: claimed, not sent", BEFORE, "notifications.email:EmailChannel.send"),
        Point("mail: sent, not recorded", AFTER, "notifications.email:EmailChannel.send"),
        Point("mail: recorded, not committed", AFTER, r"UPDATE delivery x SET outcome"),
        *_commits("mail", r"UPDATE delivery x SET outcome"),
    ],
    "server": [
        Point("key: claimed", AFTER, r"INSERT INTO idempotency"),
        Point("key: act done, answer not kept", BEFORE, r"UPDATE idempotency"),
        *_commits("key", r"UPDATE idempotency"),
    ],
    "client": [],
    "sealer": [
        Point("signing: nothing kept yet", BEFORE, r"INSERT INTO file"),
        Point("signing: intent written", AFTER, r"INSERT INTO signing_intent"),
        Point("signing: PDF signed, not kept", AFTER, "documents.signing.making:signed"),
        Point("sealing: number given, PDF not sealed", BEFORE, "documents.signing.making:sealed"),
        Point("sealing: PDF sealed, not kept", AFTER, "documents.signing.making:sealed"),
        Point("signing: file kept, step not written", BEFORE, _STEP),
        Point("signing: step written, signature not", BEFORE, r"INSERT INTO signature"),
        *_commits("signing", r"INSERT INTO signature"),
    ],
    "sequencer": [
        Point("log: places given, not committed", AFTER, r"FROM take_traces"),
        *_commits("log: places", r"FROM take_traces"),
        Point("log: checkpoint signed, not written", BEFORE, r"INSERT INTO checkpoint"),
        *_commits("log: checkpoint", r"INSERT INTO checkpoint"),
    ],
}  # fmt: skip


class Dying:
    """Kills this process with signal 9 the `nth` time that it comes to the point."""

    def __init__(self, point: Point, nth: int) -> None:
        self._point, self._left = point, nth
        self._at = re.compile(point.at) if not point.is_call else None
        self._passed: set[int] = set()  # connections in whose transaction the statement was run

    def arm(self) -> None:
        """Put it into this process."""
        if self._point.is_call:
            self._wrap_call()
        else:
            self._wrap_execute()
            self._wrap_commit()

    def strike(self) -> None:
        """Here: the end, or once more."""
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _wrap_call(self) -> None:
        module, _, path = self._point.at.partition(":")
        owner_name, _, name = path.rpartition(".")
        owner: Any = import_module(module)
        owner = getattr(owner, owner_name) if owner_name else owner
        original: Callable[..., Any] = getattr(owner, name)

        def dying(*args: Any, **more: Any) -> Any:
            if self._point.when == BEFORE:
                self.strike()
            answer = original(*args, **more)
            if self._point.when == AFTER:
                self.strike()
            return answer

        setattr(owner, name, dying)

    def _wrap_execute(self) -> None:
        original: Callable[..., Any] = psycopg.Cursor.execute

        def execute(cursor: Any, query: Any, *args: Any, **more: Any) -> Any:
            here = self._at is not None and self._at.search(_text(query)) is not None
            if here and self._point.when == BEFORE:
                self.strike()
            answer = original(cursor, query, *args, **more)
            if here and self._point.when == AFTER:
                self.strike()
            if here:
                self._passed.add(id(cursor.connection))
            return answer

        setattr(psycopg.Cursor, "execute", execute)  # noqa: B010 (mypy: a method is not assigned to)

    def _wrap_commit(self) -> None:
        original: Callable[..., Any] = psycopg.Connection.commit

        def commit(connection: Any) -> None:
            here = id(connection) in self._passed
            self._passed.discard(id(connection))
            if here and self._point.when == COMMIT:
                self.strike()
            if here and self._point.when == SENT:
                self._sent(connection)
            original(connection)
            if here and self._point.when == COMMITTED:
                self.strike()

        rolled_back: Callable[..., Any] = psycopg.Connection.rollback

        def rollback(connection: Any) -> None:
            self._passed.discard(id(connection))
            rolled_back(connection)

        setattr(psycopg.Connection, "commit", commit)  # noqa: B010
        setattr(psycopg.Connection, "rollback", rollback)  # noqa: B010

    def _sent(self, connection: Any) -> None:
        if self._left <= 1:
            connection.pgconn.send_query(b"COMMIT")
            while connection.pgconn.flush():
                pass
        self.strike()


def _text(query: Any) -> str:
    return query.decode() if isinstance(query, bytes) else str(query)
