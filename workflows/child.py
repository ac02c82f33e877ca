"""A part of the program that runs as a process of its own, beneath the process that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from states.errors import StartupError

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


class NotAnswering(StartupError):
    """{name} does not answer at {url} after {seconds:g} s: {why}. Read {log}, then start again."""


class Child:
    """One child process: started, waited for, stopped, with a log of its own.

    It has its own process group, so that Ctrl-C reaches only the parent, who then stops the parts
    in order; and it is told to end when its parent dies (on Linux, by the kernel).
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        health_url: str | None = None,
        restarts: int = 0,
    ) -> None:
        """`environment` is laid over this process's own; `health_url` answers once the part is up.

        `restarts` is how often whoever watches it may start it again after it ended by itself.
        """
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.health_url = health_url
        self.restarts = restarts
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; what it says goes to its log, after what it said before."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent if _libc else None,
            )

    @property
    def pid(self) -> int | None:
        """The process's number, while it is known to have been started."""
        return self._process.pid if self._process else None

    @property
    def ended(self) -> int | None:
        """The exit code, or None while it runs (or was never started)."""
        return self._process.poll() if self._process else None

    def wait_until_ready(self, seconds: float) -> None:
        """Return once the health address answers well; raise `NotAnswering` at its end or after `seconds`."""
        deadline = time.monotonic() + seconds
        while self.health_url and not _healthy(self.health_url):
            why = None if self.ended is None else f"it ended with code {self.ended}: {self.last_words()}"
            if why or time.monotonic() > deadline:
                raise NotAnswering(
                    name=self.name,
                    url=self.health_url,
                    seconds=seconds,
                    why=why or "it is still starting",
                    log=self.log,
                )
            time.sleep(0.1)

    def stop(self, seconds: float) -> None:
        """Ask the process to end, and kill it with all that it started if it has not after `seconds`."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        # Its group may outlive it: whatever is left there was started by it.
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()

    def last_words(self) -> str:
        """The last line of the log, for an error's sentence."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return lines[-1].strip() if lines else "it said nothing"


def _healthy(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _end_with_parent() -> None:
    assert _libc is not None
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
