"""Cases of raw bytes, made from a seed: truncated, mis-encoded, contradictory, endless, nested, flipped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fuzz.raw_material import BODIES, CHUNKS, ENCODINGS, HEADERS, LENGTHS, LINES, ODD, ORDERS, SPICE, TYPES
from tests.fuzz.town import Target


@dataclass(frozen=True)
class Case:
    """Bytes to send; `kind` for the report; `may_write`: flipped, but perhaps still a good request of who may write."""

    kind: str
    data: bytes
    may_write: bool = False


class Maker:
    """Makes cases from a seed."""

    def __init__(self, target: Target, seed: int) -> None:
        self.target, self.chance = target, random.Random(seed)

    def cases(self, count: int, *, may_write: bool) -> Iterator[Case]:
        """So many cases, of each kind as many."""
        kinds = (
            [self.flipped]
            if may_write
            else [self.body, self.lengths, self.chunks, self.heads, self.lines, self.harmless]
        )
        for number in range(count):
            yield kinds[number % len(kinds)]()

    # ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────

    def body(self) -> Case:
        """A body that no figure, text or order is."""
        method, path = self.chance.choice(self._writes())
        kind = self.chance.choice(TYPES)
        return Case("body", self._whole(method, path, self._rubbish(), kind, self.chance.choice(self._tokens())))

    def lengths(self) -> Case:
        """A Content-Length that lies or is none."""
        body = b'{"a": 1}'
        said = self.chance.choice(LENGTHS)
        return Case("content-length", self._head("POST", "/plans", [b"Content-Length: " + one for one in said]) + body)

    def chunks(self) -> Case:
        """Chunks that don't hang together."""
        head = self._head("POST", "/plans", [b"Transfer-Encoding: " + self.chance.choice(ENCODINGS)])
        return Case("chunked", head + b"".join(self.chance.choice(CHUNKS) for _ in range(self.chance.randint(1, 4))))

    def heads(self) -> Case:
        """Headers by the hundred, endless, unreadable, twice."""
        more = self.chance.choice(HEADERS)(self.chance)
        return Case("headers", self._head("GET", self.chance.choice(self._reads()), more))

    def lines(self) -> Case:
        """Request lines that are none."""
        line = self.chance.choice(LINES)
        shown = b"" if self.chance.random() < 0.5 else f"Authorization: Bearer {self.target.auditor}\r\n".encode()
        return Case("request line", line + b"\r\nHost: x\r\nConnection: close\r\n" + shown + b"\r\n")

    def harmless(self) -> Case:
        """A good request of who may not write, some of its bytes flipped."""
        good = self.chance.choice([self._whole(*self.chance.choice(self._writes()), b'{"content": {}, "version": 0}',
                                               "application/json", self.target.auditor),
                                   self._head("GET", self.chance.choice(self._reads()))])  # fmt: skip
        return Case("flipped, read only", self._flip(good))

    def flipped(self) -> Case:
        """A good request of who may write, some of its bytes flipped: it may still be one."""
        voice = self.chance.choice([voice for voice in self.target.voices if voice.seat in ORDERS])
        method, path, body = self.chance.choice(ORDERS[voice.seat])
        good = self._whole(method, path.format(report=self.target.report, plan=self.target.plan), body,
                           "application/json", voice.secret)  # fmt: skip
        return Case(f"flipped, {voice.seat}", self._flip(good), may_write=True)

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────────────

    def _tokens(self) -> tuple[str | None, ...]:
        return self.target.auditor, self.target.drafter, "dd_nobody", None

    def _reads(self) -> list[str]:
        plan, report = self.target.plan, self.target.report
        odd = self.chance.choice(ODD)
        return ["/me", f"/documents/{report}", f"/plans/{plan}/board?unit={odd}", f"/documents?{odd}={odd}", f"/{odd}",
                f"/documents/{odd}", f"/van-ban/{odd}", f"/units?q={odd}", "/dang-nhap"]  # fmt: skip

    def _writes(self) -> list[tuple[str, str]]:
        plan, report = self.target.plan, self.target.report
        return [("POST", "/plans"), ("PUT", f"/documents/{report}/draft"), ("POST", f"/documents/{report}/steps"),
                ("POST", f"/plans/{plan}/consolidate"), ("POST", "/units"), ("POST", "/dang-nhap"), ("POST", "/nhan"),
                ("POST", f"/van-ban/{report}/viec/present"), ("POST", f"/documents/{report}/extensions")]  # fmt: skip

    def _rubbish(self) -> bytes:
        """Never an order that could be taken: what can be parsed has none of the fields that are needed."""
        made: bytes = self.chance.choice(BODIES)(self.chance)
        return made[: self.chance.randint(1, len(made))] if self.chance.random() < 0.2 else made

    def _whole(self, method: str, path: str, body: bytes, kind: str, token: str | None) -> bytes:
        head = [f"Content-Type: {kind}".encode(), f"Content-Length: {len(body)}".encode()]
        return self._head(method, path, head, token) + body

    def _head(self, method: str, path: str, more: list[bytes] | None = None, token: str | None = "auditor") -> bytes:
        shown = self.target.auditor if token == "auditor" else token
        lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: x", b"Connection: close", *(more or [])]
        lines += [f"Authorization: Bearer {shown}".encode()] if shown else []
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def _flip(self, good: bytes) -> bytes:
        data = bytearray(good)
        for _ in range(self.chance.randint(1, 6)):
            at, way = self.chance.randrange(len(data)), self.chance.random()
            if way < 0.5:
                data[at] = self.chance.randrange(256)
            elif way < 0.7:
                del data[at : at + self.chance.randint(1, 8)]
            elif way < 0.9:
                data[at:at] = self.chance.choice(SPICE)
            else:
                del data[at + 1 :]
            data = data or bytearray(b"\r")
        return bytes(data)
