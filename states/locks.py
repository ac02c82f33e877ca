"""Locks on files between processes; the kernel lets go of them when their holder ends in whatever way."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


def take(path: Path, kind: int = EXCLUSIVE) -> int | None:
    """Take the lock and return its handle, to be closed by the caller; None when another holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def release(handle: int) -> None:
    """Let go, also where a fork of this process still has the handle open."""
    fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)


def is_held(path: Path, against: int = EXCLUSIVE) -> bool:
    """Whether somebody's lock stands against one of the given kind."""
    if not path.exists():
        return False
    handle = take(path, against)
    if handle is not None:
        os.close(handle)
    return handle is None


@contextlib.contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Hold the exclusive lock, after waiting for it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
