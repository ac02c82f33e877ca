"""The late board: one report's way from desk to desk, back again, and where it stands meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from states.lifecycle import Action
from states.offices import NewOffice, add_person, give
from states.reading.standings import Standing
from tests.moments import moment
from tests.states.late_board import WARD, line, look, two_levels
from tests.world import PROVINCE, World


@pytest.fixture
def world(session: Session) -> World:
    return two_levels(session)


def test_a_report_is_followed_from_desk_to_desk(world: World) -> None:
    report = world.report_of(WARD)
    told = [(line(world).standing, line(world).desk, line(world).person)]
    world.at("2026-12-14", 8)
    world.write(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.present(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.sign(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.submit(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    drafter, clerk, supervisor = f"Lan, {WARD} (mẫu)", f"Minh, {WARD} (mẫu)", f"Tâm, {PROVINCE} (mẫu)"
    assert told == [
        (Standing.NOT_STARTED, "drafter", drafter),
        (Standing.DRAFTING, "drafter", drafter),
        (Standing.PRESENTED, "leader", None),  # the Chair or the Vice-chair: nobody was named
        (Standing.SIGNED_NOT_SENT, "clerk", clerk),
        (Standing.SENT_ON_TIME, "receiver", supervisor),
    ]
    assert line(world).number == "01/BC-UBND"


def test_a_report_that_nobody_has_looked_at_is_unopened_until_somebody_of_the_unit_sees_it(world: World) -> None:
    sees = "INSERT INTO seen (document_id, person_id, seq, at) VALUES (%s, %s, 1, %s) RETURNING seq"
    world.value(sees, world.report_of(WARD), world.act(PROVINCE, "supervisor").person_id, world.now)
    assert line(world).unopened
    world.value(sees, world.report_of(WARD), world.act(WARD, "drafter").person_id, world.now)
    assert not line(world).unopened


def test_time_on_a_desk_is_counted_in_office_hours(world: World) -> None:
    report = world.report_of(WARD)
    world.at("2026-12-11", 15)  # a Friday
    world.write(report)
    world.present(report)
    world.at("2026-12-14", 9, 30)  # Monday: two hours of Friday, two of Monday
    assert (line(world).hours, line(world).since) == (4.0, moment("2026-12-11", 15))


def test_the_desk_of_a_named_office_shows_its_holder(world: World) -> None:
    person = add_person(world.session, "Nga (mẫu)", sample=True)
    office = give(world.session, NewOffice(person, world.unit(WARD), "drafter", "Công chức", date(2020, 1, 1)))
    assert line(world).person is None  # two drafters, nobody named
    world.take(world.report_of(WARD), Action.ASSIGN, to_office=office)
    assert (line(world).person, line(world).desk_office_id) == ("Nga (mẫu)", office)


def test_a_return_answered_in_time_stays_on_time_though_the_deadline_has_passed(world: World) -> None:
    world.at("2026-12-18", 10)
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-22", 17))
    assert (line(world).standing, line(world).reason_code) == (Standing.RETURNED, "figures-wrong")
    assert look(world).counts.received == 0  # it is not with the receiver now
    world.at("2026-12-22", 16)
    world.write(report, women=5)
    assert (line(world).standing, line(world).days_left) == (Standing.RETURNED, 0)
    world.send(report)
    assert line(world).standing is Standing.SENT_ON_TIME


def test_a_return_answered_late_is_late_by_its_own_date(world: World) -> None:
    world.at("2026-12-15", 10)
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-17", 0))
    world.at("2026-12-18", 8)  # still before the plan's deadline
    assert (line(world).standing, line(world).stage, line(world).days_late) == (Standing.OVERDUE, Standing.RETURNED, 2)
    world.write(report, women=5)
    world.send(report)
    assert (line(world).standing, line(world).days_late, line(world).on_time) == (Standing.SENT_LATE, 2, False)


def test_a_recalled_report_is_a_gap_until_it_is_sent_again(world: World) -> None:
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    world.recall(report)
    assert (line(world).standing, look(world).counts.received) == (Standing.DRAFTING, 0)
    world.at("2026-12-21", 10)
    assert line(world).standing is Standing.OVERDUE
    world.write(report, women=5)
    world.send(report)
    assert line(world).on_time  # by its first sending


def test_a_reopened_report_is_being_corrected(world: World) -> None:
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    world.consolidate(PROVINCE)
    assert (line(world).standing, line(world).on_time) == (Standing.CONSOLIDATED, True)
    world.reopen(report, due=moment("2026-12-24", 0))
    assert (line(world).standing, look(world).counts.received) == (Standing.REOPENED, 0)
    world.at("2026-12-24", 0)
    assert (line(world).standing, line(world).stage) == (Standing.OVERDUE, Standing.REOPENED)


def test_a_paper_counts_from_its_arrival(world: World) -> None:
    world.at("2026-12-18", 15)
    world.register(world.report_of(WARD), 12, day="2026-12-17")
    assert (line(world).standing, line(world).paper, line(world).number) == (Standing.SENT_ON_TIME, True, "12/BC-UBND")
