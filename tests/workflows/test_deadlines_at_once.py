"""Two sweeps and two reminders by hand at once, with real commits: each rung once, one reminder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from states.database import engine, transaction
from states.embedded import Urls
from tests.moments import moment
from tests.workflows.one_late_ward import CALENDAR, WARD
from tests.world import PROVINCE, World
from workflows.deadlines import Told, Watched, remind, watch


@pytest.fixture
def shared(database: Urls) -> Iterator[World]:
    with transaction(engine(database.program)) as session:
        world = World(session, districts=False)
        world.issue_plan()
    yield world


def test_two_sweeps_at_once_climb_each_rung_once(shared: World, program_url: str) -> None:
    now = moment("2026-12-18", 8)

    def sweep(_: int) -> Watched:
        with transaction(engine(program_url)) as session:
            return watch(session, now, CALENDAR)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(sweep, range(8)))
    assert sum(one.climbed.get("on-the-day", 0) for one in seen) == 4
    with transaction(engine(program_url)) as session:
        twin = shared.on(session)
        assert sum(one.notices for one in seen) == twin.value("SELECT count(*) FROM notice") == 4 * 3
        assert sum(one.passed for one in seen) + 4 == twin.value("SELECT count(*) FROM reminder")

    together = Barrier(4)

    def by_one(number: int) -> Told:
        with transaction(engine(program_url)) as session:
            twin = shared.on(session)
            report, holder = twin.report_of(WARD), twin.holder(PROVINCE, "supervisor")
            together.wait(timeout=30)
            return remind(session, [report], holder, now + timedelta(seconds=number), "", CALENDAR)

    with ThreadPoolExecutor(4) as pool:
        told_by = [one for one in pool.map(by_one, range(4)) if one.told]
    assert len(told_by) == 1
