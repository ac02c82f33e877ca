"""What every worker is: a client who looks, in each of its lives, what came of its last act, and keeps all answers."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Any

from states.errors import DonDocError, StartupError
from tests.chaos.ledger import Ledger
from tests.chaos.stage import Stage


class Worker:
    """One client, in one of its lives. `number`: its own, which its moments end in."""

    kind = ""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage, self.number = stage, number
        self.ledger = Ledger(stage.ledgers / f"{self.kind}-{number}.jsonl")
        self._over = False
        signal.signal(signal.SIGTERM, self._end)

    def work(self) -> None:
        """Look after what the last life left open, then act until told to end (SIGTERM) or killed."""
        while not self._over and not self._answered():
            time.sleep(0.1)
        while not self._over:
            self.act()

    def act(self) -> None:
        """One thing."""
        raise NotImplementedError

    def now(self) -> Any:
        return self.stage.clock.now(self.number)

    def say(self, act: Callable[[], dict[str, Any] | None], **asked: Any) -> dict[str, Any] | None:
        """Ask for an act, keep its answer. A refusal in words is an answer; a broken connection is none."""
        self.ledger.write("asked", **asked)
        try:
            told = act()
        except StartupError as error:
            self.ledger.write("unknown", why=type(error).__name__, **asked)
            time.sleep(0.05)
            return None
        except DonDocError as error:
            self.ledger.write("told", why=type(error).__name__, **asked)
            return None
        if told is not None:
            self.ledger.write("done", **{**asked, **told})
        else:
            self.ledger.write("told", why="nothing to do", **asked)
        return told

    def look(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """What came of an act that was never answered: what is there now, or None."""
        return None

    def _answered(self) -> bool:
        asked = self.ledger.open_question()
        if asked is None:
            return True
        plain = {name: value for name, value in asked.items() if name not in ("said", "client")}
        try:
            found = self.look(plain)
        except DonDocError:
            return False  # the database is away: look again
        if found is None:
            self.ledger.write("absent", **plain)
        else:
            self.ledger.write("found", **{**plain, **found})
        return True

    def _end(self, *_: Any) -> None:
        self._over = True
