"""A machine that seals, and a report that Phường Một has sent: where the stories of proofs begin, HTTP and pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from states import database as db
from states.log import keys, sealing
from states.settings import Settings
from tests.http_world import Api, another_machine, issue_plan, report_of, send_report
from tests.world import WARDS
from workflows.sealing import keep


@contextmanager
def sealing_machine(api: Api, home: Path, checkpoints: Path | None = None) -> Iterator[Settings]:
    """The app on a machine with a data folder of its own, where the log's key is; and where checkpoints are kept."""
    there = Settings(home=home, session_requests_per_minute=0, address_requests_per_minute=0)
    there = there.model_copy(update={"checkpoints": checkpoints})
    with another_machine(api.app, settings=lambda: there):
        yield there


def sent_report(api: Api) -> tuple[int, int]:
    """The province's plan, and the report that Phường Một has sent under it: nothing of them is sealed yet."""
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    report = report_of(api, plan, WARDS[0])
    send_report(api, report, WARDS[0])
    return plan, report


def seal(api: Api, machine: Settings) -> str:
    """As the timetable does it; returns the note."""
    with db.transaction(db.engine(api.urls.program)) as session:
        sealed = sealing.seal(session, keys.of(machine), api.world.now)
    assert sealed.note is not None
    if machine.checkpoints:
        keep(sealed, keys.of(machine), machine.checkpoints)
    return sealed.note
