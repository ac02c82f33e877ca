"""Raw bytes at the HTTP port, and whether what comes back is an answer.

Whether an answer is due is asked of h11, not of our server: a request that is whole, or that no HTTP is, must be
answered below 500; one that still waits for its end is let go of.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice

import h11

from tests.fuzz.outcome import Outcome
from tests.fuzz.raw_cases import Case, Maker
from tests.fuzz.town import Target

PATIENCE = 30.0
"""Seconds after which an answer that is due counts as a hang."""


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
