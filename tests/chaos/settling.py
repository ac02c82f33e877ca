"""After a storm the program's own timetable puts right what was left half done; the clock is moved on for it."""

from __future__ import annotations

from states.errors import DonDocError
from tests.chaos.servers import wait_until
from tests.chaos.stage import Stage, looking
from workflows import jobs, mail, sealing

SETTLER = 80
"""The number that the timetable's moments end in."""


def settle(stage: Stage) -> int:
    """Sweep, and deliver until nothing waits; returns how many hours of the clock it took. In a child process."""
    stage.enter()
    wait_until(_answers, 60)
    for hours in range(60):
        now = stage.clock.now(0)
        while plans := jobs.undone():
            for plan in plans:
                jobs.fan_out(plan, now)
        mail.post(now)
        with looking() as run:
            waits = run(_WAITING).scalar_one()
        if not waits:
            sealing.seal(now)
            return hours
        stage.clock.ahead(1)
    return 60


def _answers() -> bool:
    try:
        with looking() as run:
            return bool(run("SELECT true").scalar_one())
    except DonDocError:
        return False


_WAITING = """
SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM notice n WHERE NOT EXISTS (
    SELECT FROM delivery x WHERE x.notice_id = n.id AND x.outcome IN ('sent','dead')))
"""
