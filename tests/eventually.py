"""What another thread or process is about to do is waited for, never read at once; the limit only ends what hangs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LIMIT = 180.0
"""Seconds: more than a machine under any load needs, so that only what never comes fails."""


def eventually(look: Callable[[], T], what: str = "it", *, seconds: float = LIMIT, every: float = 0.02) -> T:
    """What `look` tells as soon as that is true in Python's sense; after `seconds` the test fails and names `what`."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, f"{what} did not come in {seconds:g} s"
        time.sleep(every)
    return seen
