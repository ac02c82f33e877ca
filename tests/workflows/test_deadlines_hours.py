"""Reminders keep rest days and quiet hours, and count the days of the morning when they are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.moments import moment
from tests.workflows.one_late_ward import CALENDAR, WARD, look, notices, one_late_ward
from tests.world import World
from workflows.deadlines import Watched, watch


@pytest.fixture
def world(session: Session) -> World:
    return one_late_ward(session)


@pytest.mark.parametrize("day", ["2026-12-12", "2026-12-13", "2027-01-01"])
def test_on_a_rest_day_nothing_is_climbed(world: World, day: str) -> None:
    assert look(world, day) == Watched(world.now)


@pytest.mark.parametrize(
    ("now", "goes_out"),
    [
        (moment("2026-12-16", 0, 15), moment("2026-12-16", 7, 30)),  # at night: in the morning
        (moment("2026-12-16", 8), moment("2026-12-16", 13, 30)),  # not urgent: the next slot
        (moment("2026-12-18", 8), moment("2026-12-18", 8)),  # the day itself is urgent: at once
        (moment("2026-12-18", 5), moment("2026-12-18", 7, 30)),  # but nobody is woken
        (moment("2026-12-21", 19), moment("2026-12-22", 7, 30)),
    ],
)
def test_quiet_hours_are_respected(world: World, now: datetime, goes_out: datetime) -> None:
    watch(world.session, now, CALENDAR)
    assert {n["send_after"] for n in notices(world)} == {goes_out}


def test_the_days_are_those_of_the_morning_when_it_is_read(world: World) -> None:
    watch(world.session, moment("2026-12-17", 20), CALENDAR)  # goes out on the 18th, the day itself
    assert {(n["topic"], n["data"]["days"]) for n in notices(world)} == {("reminder-due", 0)}


def test_tet_is_no_working_time(session: Session) -> None:
    world = World(session, districts=False)
    world.issue_plan()
    report = world.report(WARD)
    world.return_(report, due=moment("2027-02-16", 0))  # by the end of Monday 15/2/2027; Tết is from the 4th
    before = [rung for rung in ("2027-02-01", "2027-02-02", "2027-02-03") if look(world, rung).climbed.get("before-5")]
    assert len(before) == 1
    count = CALENDAR.working_days_between(date.fromisoformat(before[0]), date(2027, 2, 15))
    assert count == 5 and date(2027, 2, 15) - date.fromisoformat(before[0]) > timedelta(days=11)
