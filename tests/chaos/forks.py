"""Processes made by fork: everything is imported once, so that a life costs some hundredths of a second."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class ChildFailed(RuntimeError):
    """A child that should have worked did not; its words are the message."""


def in_child(act: Callable[[], Answer]) -> Answer:
    """What `act` returns, done in a process of its own: this one never opens a pool or starts a thread."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _answer(writer, act)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    fine: bool
    answer: Any
    fine, answer = pickle.loads(told) if told else (False, "it died")
    if not fine:
        raise ChildFailed(answer)
    found: Answer = answer
    return found


def start(act: Callable[[], None], faults: Path) -> int:
    """Start a process that does `act` until it ends or is killed; an error's traceback goes into `faults`."""
    pid = os.fork()
    if pid:
        return pid
    code = 0
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        act()
    except BaseException:
        code = 1
        with faults.open("a") as file:
            file.write(traceback.format_exc() + "\n")
    finally:
        sys.stdout.flush()
        os._exit(code)  # no finalisers: what is open belongs to the parent, too


def _answer(writer: int, act: Callable[[], Any]) -> None:
    code = 0
    try:
        told = pickle.dumps((True, act()))
    except BaseException:
        told, code = pickle.dumps((False, traceback.format_exc())), 1
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(told)
    os._exit(code)
