"""The storm: workers in many slots, each life with an end drawn for it, kept going until enough of them were killed."""

from __future__ import annotations

import gc
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle

from states import database
from tests.chaos import forks
from tests.chaos.machines import Planner, Postman, Totals
from tests.chaos.over_http import Client, Server
from tests.chaos.points import POINTS, Dying, Point
from tests.chaos.sealing_workers import Sealer, Sequencer
from tests.chaos.stage import Stage
from tests.chaos.worker import Worker
from tests.chaos.workers import Officer

KINDS: dict[str, type[Worker]] = {
    kind.kind: kind for kind in (Officer, Planner, Totals, Postman, Server, Client, Sealer, Sequencer)
}  # fmt: skip
RANDOM = "at a random moment"
MEAN = {"client": 1.5, "server": 1.5, "officer": 0.4, "planner": 0.4, "totals": 0.4, "postman": 0.4,
        "sealer": 0.8, "sequencer": 0.4}  # fmt: skip
"""Seconds of a life that is ended at a random moment, on average."""
PATIENCE = 8.0
"""Seconds after which a life that does not come to its point is ended where it is."""


@dataclass
class Life:
    """One life of the worker in a slot; `until`: when it is killed wherever it is then; `lives`: so many seconds after
    it has begun to work.
    """

    kind: str
    number: int
    pid: int = 0
    point: Point | None = None
    until: float = 0.0
    lives: float = 0.0


@dataclass
class Counted:
    """Kills by kind and place, and lives that ended otherwise."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        return sum(self.kills.values())


def warm(stage: Stage) -> None:
    """Do everything once in this process, so that each life finds it done: forms read, templates compiled, plans of
    statements cached. The pools are given back before anybody forks. Not what sets PDFs: its threads survive no fork.
    """
    before, environment = signal.getsignal(signal.SIGTERM), dict(os.environ)
    stage.enter()
    for kind in ("planner", "officer", "officer", "totals", "postman", "sequencer"):
        KINDS[kind](stage, 79).act()
    database.program_engine().dispose()
    signal.signal(signal.SIGTERM, before)
    os.environ.clear()
    os.environ.update(environment)
    gc.collect()
    gc.freeze()  # so that a child's collector does not copy what it only looks at


class Storm:
    """Slots of workers on a stage."""

    def __init__(self, stage: Stage, kinds: Iterable[str], *, each: int = 2, counted: Counted | None = None) -> None:
        self.stage, self.counted = stage, counted or Counted()
        self.kinds = list(kinds)
        self._slots = [Life(kind, 10 * (list(KINDS).index(kind) + 1) + n) for kind in self.kinds for n in range(each)]
        decks = {kind: random.sample(POINTS[kind], len(POINTS[kind])) for kind in self.kinds}
        self._decks = {kind: cycle(deck) for kind, deck in decks.items() if deck}

    def rage(self, enough: Callable[[], bool], tick: Callable[[], None] = lambda: None) -> None:
        """Kill and start again until it is enough; `tick` is called some hundred times a second."""
        for life in self._slots:
            self._start(life, deadly=True)
        while not enough():
            tick()
            for life in self._slots:
                self._watch(life, deadly=True)
            time.sleep(0.003)
        self.calm()

    def work(self, seconds: float, tick: Callable[[], None] = lambda: None) -> None:
        """All work and nobody is killed by us: something else is the storm."""
        for life in self._slots:
            self._start(life, deadly=False)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            tick()
            for life in self._slots:
                self._watch(life, deadly=False)
            time.sleep(0.005)
        self.calm()

    def calm(self) -> None:
        """Let everybody finish what he does; the servers last, for the clients wait for their answers."""
        for servers in (False, True):
            lives = [life for life in self._slots if life.pid and (life.kind == "server") is servers]
            for life in lives:
                os.kill(life.pid, signal.SIGTERM)
            end = time.monotonic() + 30
            while any(life.pid for life in lives):
                for life in lives:
                    self._reap(life)
                    if life.pid and time.monotonic() > end:
                        os.kill(life.pid, signal.SIGKILL)
                if not servers:
                    self._keep_servers()
                time.sleep(0.01)

    def _keep_servers(self) -> None:
        for life in self._slots:
            if life.kind == "server":
                self._watch(life, deadly=False)

    def _start(self, life: Life, *, deadly: bool) -> None:
        stage, kind = self.stage, KINDS[life.kind]
        point = next(self._decks[life.kind]) if deadly and life.kind in self._decks and random.random() < 0.7 else None
        nth = random.choice((1, 1, 1, 2, 3))
        life.lives = PATIENCE if point else random.expovariate(1 / MEAN[life.kind])
        life.point, life.until = point, time.monotonic() + (60 if deadly else 36_000)
        stage.working[life.number] = 0

        def lived() -> None:
            random.seed()
            stage.enter()
            worker = kind(stage, life.number)
            if point is not None:
                Dying(point, nth).arm()
            stage.working[life.number] = 1
            worker.work()

        life.pid = forks.start(lived, stage.faults)

    def _watch(self, life: Life, *, deadly: bool) -> None:
        if deadly and life.lives and self.stage.working[life.number]:
            life.until, life.lives = time.monotonic() + life.lives, 0.0
        if life.pid and time.monotonic() > life.until:
            os.kill(life.pid, signal.SIGKILL)
            life.point = None
            os.waitpid(life.pid, 0)
            self._killed(life)
        else:
            self._reap(life)
        if not life.pid:
            self._start(life, deadly=deadly)

    def _reap(self, life: Life) -> None:
        if not life.pid:
            return
        pid, status = os.waitpid(life.pid, os.WNOHANG)
        if pid == 0:
            return
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if ended_by == signal.SIGKILL:
            self._killed(life)
        else:
            # uvicorn ends by the very SIGTERM that asked it to
            if status != 0 and ended_by != signal.SIGTERM:
                self.counted.failures.append(f"{life.kind}: {status}, {self._last_words()}")
            life.pid = 0

    def _last_words(self) -> str:
        faults = self.stage.faults.read_text() if self.stage.faults.exists() else ""
        self.stage.faults.unlink(missing_ok=True)
        return faults[-3000:]

    def _killed(self, life: Life) -> None:
        place = life.point.name if life.point else RANDOM
        self.counted.kills[life.kind, place] += 1
        life.pid = 0
