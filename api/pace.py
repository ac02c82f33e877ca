"""How many requests one session, token or address may make: a bucket that refills; what is too much waits its turn.

Kept in this process's memory: of several processes each counts what comes to it. A flood from many addresses is the
proxy's affair. Files under /static/ cost nothing and are not counted.
"""

import hashlib
import math
import time
from collections.abc import Callable
from typing import ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from states.errors import DonDocError

_MOST_KEYS = 50_000


class TooManyRequests(DonDocError):
    """Quá nhiều yêu cầu trong một phút (too many requests in a minute): chờ {seconds} giây rồi thử lại."""

    status: ClassVar[int] = 429


class Buckets:
    """What each key has left; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._left: dict[str, tuple[float, float]] = {}
        self._clock = clock

    def take(self, key: str, per_minute: int) -> float:
        """Take one; returns 0, or the seconds until there is one again. `per_minute` 0: without limit."""
        if not per_minute:
            return 0.0
        now = self._clock()
        left, since = self._left.get(key, (float(per_minute), now))
        left = min(per_minute, left + (now - since) * per_minute / 60)
        if left < 1:
            return (1 - left) * 60 / per_minute
        if len(self._left) >= _MOST_KEYS:
            self._forget(now)
        self._left[key] = left - 1, now
        return 0.0

    def _forget(self, now: float) -> None:
        """A bucket that nobody drew from for a minute is full again, which is what a new one is."""
        self._left = {key: one for key, one in self._left.items() if now - one[1] < 60}
        if len(self._left) >= _MOST_KEYS:
            self._left.clear()


class Pace:
    """Answers 429 with `Retry-After` to who asks too often, before anything is read or looked up."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.buckets = app, Buckets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            return await self.app(scope, receive, send)
        settings = scope["app"].state.machine.settings()
        waits = [self.buckets.take(f"address {_address(scope)}", settings.address_requests_per_minute)]
        if given := _credential(dict(scope["headers"])):
            waits.append(self.buckets.take(given, settings.session_requests_per_minute))
        if not any(waits):
            return await self.app(scope, receive, send)
        seconds = math.ceil(max(waits))
        answer = problem(TooManyRequests(seconds=seconds))
        answer.headers["Retry-After"] = str(seconds)
        await answer(scope, receive, send)


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _credential(headers: dict[bytes, bytes]) -> str:
    """What a request shows, as its digest: secrets stand in no table of ours."""
    shown = headers.get(b"authorization", b"") + headers.get(b"cookie", b"")
    return hashlib.sha256(shown).hexdigest() if shown else ""
