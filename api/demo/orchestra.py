"""Prefect beside the demo: its server and the process that serves the fan-out, as children, without a timetable.

The timetable stays off: it would look at the stories' past with today's clock.
"""

import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlmodel import Session

from states.embedded_install import prepare_home
from states.errors import StartupError
from states.settings import Settings
from workflows.asking import ask, is_deployed
from workflows.child import Child
from workflows.fanout import FannedOut
from workflows.prefect_server import environment, prefect_server

_PATIENCE = 60.0


class Prefect:
    """A Prefect server that is coming up or up; `fan_out` asks it and waits for what it did."""

    def __init__(self, settings: Settings, server: Child) -> None:
        self.settings, self._server = settings, server

    @property
    def address(self) -> str:
        """Where its pages are."""
        return self.settings.prefect_url.removesuffix("/api")

    def fan_out(self, plan: int, now: datetime, sessions: Callable[[], Any]) -> FannedOut | None:
        """Ask for a plan's fan-out at this simulated moment; None where nobody answered in a minute."""
        try:
            self._server.wait_until_ready(_PATIENCE)
        except StartupError:
            return None
        until = time.monotonic() + _PATIENCE
        asked = {"plan_id": plan, "now": now.isoformat()}
        while not is_deployed("fan-out-plan", self.settings):
            if time.monotonic() > until:
                return None
            time.sleep(0.3)
        # Prefect remembers the plays before this one: the same plan of another play is another run.
        if not ask("fan-out-plan", asked, f"demo-{plan}-{uuid.uuid4()}", self.settings):
            return None
        while time.monotonic() < until:
            with sessions() as session:
                if found := _noted(session, plan):
                    return found
            time.sleep(0.3)
        return None


@contextmanager
def prefect_beside(settings: Settings, database_url: str) -> Iterator[Prefect]:
    """Start Prefect, and the serving process as soon as it answers, beside the play; stop both at the end."""
    own = settings.model_copy(update={"prefect_api_url": None, "prefect_port": _free_port(settings.prefect_host)})
    home = prepare_home(own.home)
    shared = environment(own, home) | {"DATABASE_URL": database_url, "DATABASE_OWNER_URL": ""}
    serving = [sys.executable, "-m", "workflows.flows", "serve", "fan-out-plan"]
    server = prefect_server(own, home)
    flows = Child("the flows", serving, environment=shared, log=home / "log" / "demo-flows.log")
    over = threading.Event()
    starting = threading.Thread(target=_start, args=(server, flows, over))
    starting.start()
    try:
        yield Prefect(own, server)
    finally:
        over.set()
        starting.join()


def _start(server: Child, flows: Child, over: threading.Event) -> None:
    """Keep both running until it is over. They end with the thread that started them, so it is this one that waits."""
    try:
        server.start()
        while not over.is_set():
            try:
                server.wait_until_ready(0)
            except StartupError:
                over.wait(0.5)
            else:
                flows.start()
                over.wait()
    finally:
        for part in (flows, server):
            part.stop(10)


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _noted(session: Session, plan: int) -> FannedOut | None:
    done = session.connection().exec_driver_sql(_NOTED, {"plan": str(plan)}).scalar()
    return FannedOut(plan, done["opened"], done["plans"], done["attached"]) if done else None


_NOTED = "SELECT done FROM flow_note WHERE flow = 'fan_out' AND subject = %(plan)s ORDER BY id DESC LIMIT 1"
