"""The late board: who is late and by how many working days, and what moves or lifts a deadline."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import Session

from states.reading.board import late
from states.reading.standings import Standing
from tests.moments import moment
from tests.states.late_board import CALENDAR, WARD, grant, line, look, two_levels
from tests.world import PROVINCE, WARDS, World


@pytest.fixture
def world(session: Session) -> World:
    return two_levels(session)


@pytest.mark.parametrize(
    ("now", "standing", "days"),
    [
        (moment("2026-12-18", 23, 59), Standing.NOT_STARTED, 0),  # a deadline of a day ends at 24:00
        (moment("2026-12-19", 0), Standing.OVERDUE, 1),
        (moment("2026-12-20", 12), Standing.OVERDUE, 1),  # a Sunday: no working day has passed, but it is late
        (moment("2026-12-21", 8), Standing.OVERDUE, 1),
        (moment("2026-12-22", 8), Standing.OVERDUE, 2),
        (moment("2027-02-05", 8), Standing.OVERDUE, 32),  # 9 + 20 + 3: less New Year and, from the 4th, Tết
    ],
)
def test_overdue_by_working_days(world: World, now: datetime, standing: Standing, days: int) -> None:
    world.now = now
    assert (line(world).standing, line(world).days_late) == (standing, days)


def test_what_is_sent_late_raises_the_rate_and_not_the_on_time_rate(world: World) -> None:
    world.at("2026-12-18", 16)
    world.report(WARDS[0])
    world.at("2026-12-22", 8)
    world.report(WARDS[1])
    wards = look(world, level="commune")
    assert (line(world, WARDS[1]).standing, line(world, WARDS[1]).days_late) == (Standing.SENT_LATE, 2)
    assert (wards.counts.expected, wards.counts.received, wards.counts.on_time) == (4, 2, 1)
    assert (wards.counts.rate, wards.counts.on_time_rate) == (0.5, 0.25)


def test_what_is_sent_at_the_very_moment_of_its_deadline_is_late(world: World) -> None:
    world.at("2026-12-18", 23, 59)
    world.report(WARDS[0])
    world.return_(world.report_of(WARDS[0]), due=moment("2026-12-22", 17))
    world.at("2026-12-19", 0)
    world.report(WARDS[1])
    world.at("2026-12-22", 17)
    world.write(world.report_of(WARDS[0]), women=5)
    world.send(world.report_of(WARDS[0]))
    told = [(line(world, ward).standing, line(world, ward).days_late) for ward in WARDS[:2]]
    assert told == [(Standing.SENT_LATE, 1)] * 2


def test_the_late_list_has_the_worst_first_and_what_the_board_says(world: World) -> None:
    world.at("2026-12-17")
    world.report(WARDS[0])
    world.at("2026-12-18")
    world.return_(world.report_of(WARDS[0]), due=moment("2026-12-23", 11))
    grant(world, "extension", moment("2026-12-22", 0), WARDS[1])
    world.at("2026-12-28", 9)
    found = late(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR, level="commune")
    assert [(x.unit, x.days_late) for x in found] == [(WARDS[2], 6), (WARDS[3], 6), (WARDS[1], 5), (WARDS[0], 3)]
    assert found == look(world, level="commune").late
    assert found == late(world.session, None, world.unit(PROVINCE), world.now, CALENDAR, level="commune")


def test_an_extension_counts_only_when_granted_before_the_deadline(world: World) -> None:
    world.at("2026-12-18", 20)
    grant(world, "extension", moment("2026-12-24", 0), WARDS[0])
    world.at("2026-12-19", 1)
    grant(world, "extension", moment("2026-12-24", 0), WARDS[1])
    world.at("2026-12-23", 10)
    assert line(world, WARDS[0]).extended_to == moment("2026-12-24", 0)
    assert line(world, WARDS[1]).extended_to is None
    world.report(WARDS[0])
    world.report(WARDS[1])
    assert line(world, WARDS[0]).standing is Standing.SENT_ON_TIME
    assert (line(world, WARDS[1]).standing, line(world, WARDS[1]).days_late) == (Standing.SENT_LATE, 3)


def test_a_waiver_leaves_the_denominator_only_when_given_in_time(world: World) -> None:
    world.at("2026-12-18", 20)
    grant(world, "waiver", ward=WARDS[0])
    world.at("2026-12-19", 8)
    grant(world, "waiver", ward=WARDS[1])
    wards = look(world, level="commune")
    assert wards.counts.of(Standing.WAIVED) == 2 and wards.counts.of(Standing.OVERDUE) == 2
    assert wards.counts.expected == 3
    world.report(WARDS[1])  # it sends all the same: late
    assert line(world, WARDS[1]).standing is Standing.SENT_LATE
    world.report(WARDS[0])
    assert (line(world).standing, look(world, level="commune").counts.received) == (Standing.WAIVED, 1)


def test_a_withdrawn_plan_cancels_what_is_open_and_keeps_what_came(world: World) -> None:
    world.at("2026-12-10")
    world.report(WARD)
    world.withdraw(world.plan)
    world.at("2026-12-30")
    counts = look(world, level="commune").counts
    assert (counts.expected, counts.received) == (1, 1)
    assert counts.of(Standing.CANCELLED) == 3
    assert late(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR) == []
