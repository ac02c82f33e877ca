"""A real Prefect for the storm: its server on a database file of its own, and the process that serves our flows."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import psutil

from states import demo_clock
from states.database import transaction
from states.settings import Settings
from tests.chaos.clock import FIRST_DAY
from tests.chaos.forks import in_child
from tests.chaos.servers import free_port, wait_until
from tests.chaos.stage import Stage
from workflows.asking import ask
from workflows.child import Child
from workflows.flows import TIMETABLE
from workflows.prefect_server import environment, prefect_server

PATIENCE = 600.0
"""Seconds within which Prefect, begun again, must have done all that was left."""


class Parts:
    """Prefect's server («server») and the process that serves the flows («worker»), started, killed, started again."""

    def __init__(self, on: Stage) -> None:
        self.settings = Settings(home=on.home, prefect_port=on.prefect_port)
        home = on.home / "flows"
        (home / "log").mkdir(parents=True, exist_ok=True)
        shared = on.environment() | environment(self.settings, home)
        serve = [sys.executable, "-m", "workflows.flows", "serve"]
        self._parts = {"server": prefect_server(self.settings, home),
                       "worker": Child("flows", serve, environment=shared, log=home / "log" / "flows.log")}  # fmt: skip
        self._asked = 0

    def start(self, name: str) -> None:
        """Start a part; returns when it is at work."""
        self._parts[name].start()
        self._parts[name].wait_until_ready(PATIENCE)
        if name == "worker":
            wait_until(lambda: self.count("/deployments/count", {}) >= len(TIMETABLE), PATIENCE)

    def kill(self, name: str) -> int:
        """kill -9 a part and all that it started; returns how many processes that were."""
        part = psutil.Process(self._parts[name].pid)
        all_of_it = [part, *part.children(recursive=True)]
        for process in all_of_it:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._parts[name].stop(1)
        return len(all_of_it)

    def is_up(self, name: str) -> bool:
        return self._parts[name].ended is None

    def stop(self) -> None:
        for part in reversed(self._parts.values()):
            part.stop(10)

    def ask(self, flow: str) -> None:
        """What the timetable does every quarter of an hour, now."""
        self._asked += 1
        ask(flow, {}, f"chaos-{flow}-{self._asked}", self.settings)

    def runs(self, flow: str, state: str) -> int:
        """How many runs of a flow are in a state («RUNNING», «COMPLETED»)."""
        return self.count("/flow_runs/count", {"flows": {"name": {"any_": [flow]}},
                                               "flow_runs": {"state": {"type": {"any_": [state]}}}})  # fmt: skip

    def count(self, path: str, asked: dict[str, Any]) -> int:
        """A count that Prefect tells; 0 where it is silent."""
        try:
            answer = httpx.post(f"{self.settings.prefect_url}{path}", json=asked, timeout=20, trust_env=False)
            return int(answer.raise_for_status().json())
        except httpx.HTTPError:
            return 0


@contextmanager
def prefect(on: Stage) -> Iterator[Parts]:
    """Prefect on a stage whose clock goes as fast as ours: its flows and the HTTP servers tell the same time."""
    on.prefect_port, on.clock.speed, on.clock.begun = free_port(), 1, time.time()
    ahead = (FIRST_DAY - datetime.fromtimestamp(on.clock.begun, UTC)).total_seconds()
    on.ahead = f"{'-' * (ahead < 0)}PT{abs(ahead):.0f}S"
    in_child(lambda: _mark(on))
    parts = Parts(on)
    try:
        parts.start("server")
        parts.start("worker")
        yield parts
    finally:
        parts.stop()


def _mark(on: Stage) -> None:
    """So that the program lets its clock be turned: as on the demo's database."""
    on.enter()
    with transaction() as session:
        demo_clock.mark(session, FIRST_DAY, "chaos")
