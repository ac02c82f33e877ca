"""Raw bytes at the HTTP port: truncated, mis-encoded, contradictory, endless, nested, flipped.

Whether an answer is due is asked of h11, not of our server: a request that is whole, or that no HTTP is, must be
answered below 500; one that still waits for its end is let go of.
"""

from __future__ import annotations

import random
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

import h11

from tests.fuzz.town import Target

PATIENCE = 30.0
"""Seconds after which an answer that is due counts as a hang."""


@dataclass(frozen=True)
class Case:
    """Bytes to send; `kind` for the report; `may_write`: flipped, but perhaps still a good request of who may write."""

    kind: str
    data: bytes
    may_write: bool = False


@dataclass
class Outcome:
    """What came of all cases."""

    answers: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    by_seat: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Answers by the seat of who asked, where that is known, and status."""
    let_go: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many were sent."""
        return sum(self.kinds.values())

    def shares(self) -> dict[str, dict[str, float]]:
        """By seat: what part of its answers was 2xx or 3xx, a refusal at the door (401, 403), any other refusal."""
        told: dict[str, dict[str, float]] = {}
        for seat in sorted({seat for seat, _ in self.by_seat}):
            mine = {status: count for (one, status), count in self.by_seat.items() if one == seat}
            asked = sum(mine.values())
            good, door = (sum(count for status, count in mine.items() if of(status))
                          for of in (lambda status: status < 400, lambda status: status in (401, 403)))  # fmt: skip
            other = asked - good - door
            told[seat] = {"asked": asked, "good": good / asked, "door": door / asked, "other": other / asked}
        return told


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


def run(target: Target, count: int, seed: int = 1, workers: int = 8, *, may_write: bool = False,
        found: Outcome | None = None) -> Outcome:  # fmt: skip
    """Send so many cases; fails are in the outcome, in words. `found`: where it is counted, for who can't wait."""
    found, cases = found or Outcome(), Maker(target, seed).cases(count, may_write=may_write)
    with ThreadPoolExecutor(workers) as pool:
        while some := list(islice(cases, 1000)):  # a pool takes in all that it is given: gigabytes
            for case, status in zip(some, pool.map(partial(_sent, target.port), some), strict=True):
                _count(found, case, status)
    return found


def _count(found: Outcome, case: Case, status: int | str) -> None:
    found.kinds[case.kind] += 1
    if isinstance(status, int):
        found.answers[status] += 1
        found.let_go += status == 0
    if not isinstance(status, int) or status >= 500:
        found.failures.append(f"{case.kind}: {status}: {case.data[:600]!r}")


def _sent(port: int, case: Case) -> int | str:
    """The status; 0 where no answer is due and none came; a word for what must not be."""
    due = _is_due(case.data)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        try:
            line.sendall(case.data)
        except OSError:  # refused while we still spoke: what it said is there to be read
            pass
        if not due:
            line.settimeout(0.02)
        return _answer(line, due)


def _answer(line: socket.socket, due: bool) -> int | str:
    said = b""
    try:
        while b"\r\n" not in said and (more := line.recv(4096)):
            said += more
    except TimeoutError:
        return "hang" if due else 0
    except OSError:
        return "broken connection" if due else 0
    if not said:
        return "closed without an answer" if due else 0
    return int(said.split(b" ", 2)[1]) if said.startswith(b"HTTP/1.") else f"no HTTP: {said[:40]!r}"


def _is_due(data: bytes) -> bool:
    """Whether a server that knows HTTP must answer these bytes."""
    judge = h11.Connection(h11.SERVER, max_incomplete_event_size=32_768)
    judge.receive_data(data)
    try:
        while True:
            event = judge.next_event()
            if event is h11.NEED_DATA:
                return False
            if isinstance(event, h11.EndOfMessage) or event is h11.PAUSED:
                return True
    except h11.RemoteProtocolError:
        return True


STEPS = "/documents/{report}/steps"
ORDERS = {
    "drafter": [
        ("PUT", "/documents/{report}/draft", b'{"content": {"rows": [], "nil": [1, 2, 3]}, "version": 99}'),
        ("POST", STEPS, b'{"action": "present", "seq": 99, "reason": "v\xc3\xac sao"}'),
    ],
    "leader": [
        ("POST", STEPS, b'{"action": "sign", "seq": 99, "revision_id": 1, "passphrase": "m\xe1\xba\xadt"}'),
        ("POST", STEPS, b'{"action": "recall", "seq": 2, "reason": "v\xc3\xac sao"}'),
        ("POST", "/documents/{report}/signing", b'{"seq": 2, "revision_id": 1}'),
    ],
    "clerk": [("POST", STEPS, b'{"action": "submit", "seq": 99, "recipients": ["Nh\xc6\xb0 tr\xc3\xaan"]}')],
    "supervisor": [
        ("POST", STEPS, b'{"action": "return", "seq": 99, "reason": "sai", "reason_code": "figures-wrong"}'),
        ("POST", "/plans/{plan}/consolidate", b'{"level": "commune"}'),
    ],
}
"""What each seat asks for where some bytes are flipped."""
Made = Callable[[random.Random], bytes]
SPICE = (
    b"\x00",
    b"\xff",
    b"\r\n",
    b"\xed\xa0\x80",
    b'"',
    b"{",
    b"[" * 200,
    b"\\ud800",
    b"9" * 300,
    b"NaN",
    b"%00",
    b"\xc0\xaf",
    "̃".encode(),
    b": ",
    b"-1",
    b"\t",
    b"\x0b",
)
ODD = (
    "%00",
    "%ff%fe",
    "%c0%af",
    "9" * 400,
    "-1",
    "1e9",
    "%F0%9F%98%80",
    "..%2f..%2fetc%2fpasswd",
    "'%20OR%201=1",
    "%ed%a0%80",
    "%C2%B2",
    "{}",
    "%25%25",
    "x" * 3000,
    "1;DROP",
)
TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "text/csv",
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "",
    "application/problem+json",
    "*/*",
    "image/png",
)
LENGTHS = (
    [b"-1"],
    [b"+8"],
    [b"8", b"9"],
    [b"8, 8"],
    [b"0x8"],
    [b"99999999999999999999"],
    [b"8 8"],
    [b""],
    [b"eight"],
    [b"4"],
    [b"8", b"8"],
    [b"\xd9\xa8"],
    [b"1e1"],
    [b"8\x00"],
)
ENCODINGS = (b"chunked", b"chunked", b"chunked, chunked", b"gzip", b"identity", b"CHUNKED", b"xchunked", b"chunked;q=1")
CHUNKS = (
    b'8\r\n{"a": 1}\r\n',
    b"0\r\n\r\n",
    b"-1\r\nx\r\n",
    b"ffffffffffffffff\r\nx",
    b"8\r\nshort",
    b"zz\r\nx\r\n",
    b"8;x=" + b"y" * 5000 + b'\r\n{"a": 1}\r\n',
    b"\r\n\r\n",
    b"0\r\nTrailer: \x00\r\n\r\n",
    b"1\r\n\xff\r\n",
    b"100000\r\n" + b"[" * 1000,
)
HEADERS: tuple[Callable[[random.Random], list[bytes]], ...] = (
    lambda c: [b"X-%d: y" % n for n in range(c.choice((99, 101, 500, 3000)))],
    lambda c: [b"X-Long: " + b"y" * c.choice((8_000, 33_000, 200_000))],
    lambda c: [b"Cookie: " + b"; ".join(b"dondoc=%d" % n for n in range(c.choice((3, 900))))],
    lambda _: [b"X-Nul: \x00"],
    lambda _: [b"\xff\xfe: x"],
    lambda _: [b" folded", b"\tfolded"],
    lambda _: [b"no colon"],
    lambda _: [b"Host: y"],
    lambda _: [b"Accept: \xed\xa0\x80"],
    lambda _: [b"Dondoc-Office: " + b"9" * 400],
    lambda _: [b"Idempotency-Key: " + b"\xc3\xa9" * 300],
    lambda _: [b'If-None-Match: "' + b"x" * 5000],
    lambda _: [b"Accept-Language: " + b"vi-" * 3000],
    lambda _: [b"Expect: 100-continue"],
    lambda _: [b"Upgrade: websocket", b"Connection: Upgrade"],
    lambda _: [b"X-Forwarded-For: " + b"1," * 2000],
    lambda _: [b"Range: bytes=" + b"0-1," * 2000],
    lambda _: [b"Authorization: Bearer \xff", b"Authorization: Basic eDp5"],
    lambda _: [b"Content-Encoding: gzip"],
    lambda _: [b"Origin: http://[", b"Sec-Fetch-Site: \xff"],
)
LINES = (
    b"GET / HTTP/9.9",
    b"GET /",
    b"",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"get /me HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"CONNECT x:443 HTTP/1.1",
    b"TRACE /me HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"GET http://evil/ HTTP/1.1",
    b"G\x00T / HTTP/1.1",
    b"GET /\xff\xfe HTTP/1.1",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1",
    b"GET /" + b"a" * 90000 + b" HTTP/1.1",
    b"DELETE /plans HTTP/1.1",
    b"PATCH /me HTTP/1.1",
    b"GET //me//x HTTP/1.1",
    b"GET /me?%ff=%00&a=%zz HTTP/1.1",
    b"GET /%2e%2e/%2e%2e HTTP/1.1",
    b"GET  /me  HTTP/1.1",
    b"HEAD /me HTTP/1.1",
    b"BREW /coffee HTTP/1.1",
    b"GET /me HTTP/1.0",
    b"GET ?x HTTP/1.1",
    b"GET /static/../app.py HTTP/1.1",
    b"GET /static/%00 HTTP/1.1",
    b"GET /static/" + b"%2e%2e%2f" * 50 + b" HTTP/1.1",
    b"POST /me HTTP/1.1",
)
BODIES: tuple[Made, ...] = (
    lambda _: b"NaN",
    lambda _: b'{"title": NaN}',
    lambda _: b'{"seq": Infinity}',
    lambda _: b'{"seq": -Infinity, "action": "sign"}',
    lambda c: b'{"seq": ' + b"9" * c.choice((20, 400, 90_000)) + b"}",
    lambda _: b'{"due_at": 1e999, "seq": 1E400}',
    lambda c: b"[" * c.choice((10, 100, 100_000)),
    lambda c: b'{"a":' * c.choice((50, 20_000)) + b"1",
    lambda _: b'{"reason": "\\ud800"}',
    lambda _: b'{"\\udfff": 1}',
    lambda _: b'{"a": 1, "a": 2}',
    lambda _: b'{"reason": "\\u0000"}',
    lambda _: b"\xff\xfe{\x00}\x00",
    lambda _: '{"title": "ữ"}'.encode("utf-16"),
    lambda _: '{"title": "ữ"}'.encode("cp1258", "replace"),
    lambda _: b"\xef\xbb\xbf{}",
    lambda _: b'{"content": {"rows": "x", "nil": {"a": []}, "texts": [1]}, "version": "x"}',
    lambda _: b'""',
    lambda _: b"null",
    lambda _: b"[]",
    lambda c: bytes(c.randrange(256) for _ in range(c.randint(1, 400))),
    lambda _: b'{"content": ' + b'{"rows": [' * 30 + b"]}" * 30 + b"}",
    lambda c: b'{"title": "' + b"x" * c.choice((5_000, 999_000, 1_200_000)) + b'"}',
    lambda _: b"a=%ff&b=%00&c=%ed%a0%80&=&&&=",
    lambda _: b'--x\r\nContent-Disposition: form-data; name="tep"; filename="../../x"\r\n\r\n\x00\xff\r\n--x--',
    lambda _: b"--x\r\nContent-Disposition: form-data\r\n\r\n--x",
    lambda _: b"--x\r\n" * 500,
    lambda _: b'{"seq": 1.5, "action": "ki\xcc\x81"}',
    lambda _: b'{"action": "sign", "seq": 1, "revision_id": 99999999999999999999}',
    lambda _: b'{"a":1}{"b":2}',
    lambda _: b"{'a': 1}",
    lambda _: b'{"levels": [{"level": "commune", "due_on": "0000-99-99"}]}',
    lambda _: b"registry,code\nvn,\xff\n",
    lambda _: b"\x1f\x8b\x08\x00" * 9,
)
