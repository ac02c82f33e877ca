"""The storm's clock: working hours only, sixty times as fast as ours, the same in every process.

A worker's moments end in its own number (of microseconds, below 100): so each attempt has a moment of its own, by
which it is found again after a crash.
"""

from __future__ import annotations

import multiprocessing
import time
from datetime import datetime, timedelta

from states.periods import LOCAL

FIRST_DAY = datetime(2026, 12, 1, 7, tzinfo=LOCAL)  # a Tuesday
HOURS = 11
"""From 7:00 to 18:00, when messages go out."""
SERVERS = 90
"""Numbers from here on are the HTTP servers': whoever asks them does not know the moment of the act."""


class Clock:
    """Working time since the beginning; `ahead` moves it on for all."""

    def __init__(self, speed: float = 60) -> None:
        self.speed, self.begun = speed, time.time()
        self._ahead = multiprocessing.RawValue("d", 0.0)

    def ahead(self, hours: float) -> None:
        """Move the clock of every process on by working hours."""
        self._ahead.value += hours * 3600

    def now(self, number: int = 0) -> datetime:
        """The moment of this worker; two questions give two moments."""
        passed = (time.time() - self.begun) * self.speed + self._ahead.value
        days, rest = divmod(passed, HOURS * 3600)
        weeks, day = divmod(int(days) + 1, 5)  # the first day is a Tuesday
        found = FIRST_DAY + timedelta(days=weeks * 7 + day - 1, seconds=rest)
        return found.replace(microsecond=found.microsecond // 100 * 100 + number)
