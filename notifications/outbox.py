"""The outbox (hộp gửi): steps become notices (`address`), notices become messages (`deliver`).

Both may be run by any number of workers at once, killed anywhere, and run again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from notifications import claims
from notifications.addressing import address
from notifications.channels import Channel, ChannelError, Closes
from notifications.claims import ATTEMPTS, BACK_OFF, Outcome, Waiting
from notifications.digest import Bundle, bundles
from notifications.messages import Letterhead, compose
from states.calendar import Calendar

__all__ = ["Delivered", "address", "deliver"]

PLAIN = Letterhead()
MakeSession = Callable[[], AbstractContextManager[Session]]
"""`states.database.transaction`, or one bound to another engine: what it gives is committed when it ends."""


@dataclass(frozen=True)
class Delivered:
    """What a run did, in notices; `messages` went out for those sent, `moot` were reminders not needed any more."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    moot: int = 0
    messages: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(*(mine + theirs for mine, theirs in zip(_counts(self), _counts(other), strict=True)))


def deliver(
    make_session: MakeSession, now: datetime, channels: Sequence[Channel], worker: str, calendar: Calendar,
    letterhead: Letterhead = PLAIN, *, limit: int = 2_000,
) -> Delivered:  # fmt: skip
    """Send what is due over every channel, at most `limit` messages on each; nothing in the quiet hours.

    Each attempt is claimed by a row that is committed before it is sent, and ended by its outcome. A failure is
    tried again after 1, 5, 30 minutes, 2 and 8 hours (outside the quiet hours) and then kept as a dead letter with
    its text; a permanent one at once. No failure of a message or a channel stops the others.
    """
    if calendar.is_quiet(now):
        return Delivered()
    clock = _going_on(now)
    done = Delivered()
    for channel in channels:
        run = _Run(make_session, channel, worker, calendar, letterhead, clock)
        with _closed(channel):
            done += run.over(limit)
    return done


@dataclass(frozen=True)
class _Run:
    """One worker's run over one channel."""

    make_session: MakeSession
    channel: Channel
    worker: str
    calendar: Calendar
    letterhead: Letterhead
    clock: Callable[[], datetime]

    def over(self, limit: int) -> Delivered:
        with self.make_session() as session:
            moot, dead = claims.drop(session, self.channel.name, self.worker, self.clock())
            due = bundles(claims.waiting(session, self.channel.name, self.clock()))
        return sum((self._deliver(bundle) for bundle in due[:limit]), Delivered(dead=dead, moot=moot))

    def _deliver(self, bundle: Bundle) -> Delivered:
        with self.make_session() as session:
            mine = claims.claim(session, bundle, self.channel.name, self.worker, self.clock())
        if not mine:
            return Delivered()
        outcome = self._send(mine)
        with self.make_session() as session:
            claims.settle(session, mine, self.channel.name, outcome, self.clock())
        return Delivered(**{outcome.word: len(mine)}, messages=int(outcome.word == "sent"))

    def _send(self, mine: Sequence[Waiting]) -> Outcome:
        try:
            message = compose([notice.matter for notice in mine], mine[0].to, self.letterhead, self.clock())
            self.channel.send(message)
        except ChannelError as error:
            return self._failed(error.message, mine[0].attempt, permanent=error.permanent)
        except Exception as error:  # a fault of ours in one message must not keep the others back
            return self._failed(f"{type(error).__name__}: {error}", mine[0].attempt)
        return Outcome("sent")

    def _failed(self, why: str, attempt: int, *, permanent: bool = False) -> Outcome:
        if permanent or attempt >= ATTEMPTS:
            return Outcome("dead", why)
        return Outcome("failed", why, self._retry_at(BACK_OFF[attempt - 1]))

    def _retry_at(self, pause: timedelta) -> datetime:
        return self.calendar.next_delivery_slot(self.clock() + pause, urgent=True)


@contextmanager
def _closed(channel: Channel) -> Iterator[None]:
    try:
        yield
    finally:
        if isinstance(channel, Closes):
            channel.close()


def _going_on(now: datetime) -> Callable[[], datetime]:
    """`now`, going on with the run: a claim made late in a long run must not look abandoned."""
    start = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - start)


def _counts(done: Delivered) -> tuple[int, ...]:
    return done.sent, done.failed, done.dead, done.moot, done.messages
