"""The ladder of reminders, with exact dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from states import duties
from states.periods import LOCAL
from tests.moments import moment
from tests.workflows.one_late_ward import CALENDAR, WARD, look, notices, one_late_ward, told
from tests.world import PROVINCE, World
from workflows.deadlines import Watched, watch
from workflows.ladder import LADDER, Audience, Rung


@pytest.fixture
def world(session: Session) -> World:
    return one_late_ward(session)


def test_the_whole_ladder_of_a_ward_that_never_sends(world: World) -> None:
    day, climbed = date(2026, 12, 7), {}
    while day < date(2026, 12, 31):
        for rung in look(world, day.isoformat()).climbed:
            if world.value("SELECT count(*) FROM reminder WHERE document_id = %s AND rung = %s AND at = %s",
                           world.report_of(WARD), rung, world.now):  # fmt: skip
                climbed[rung] = day.strftime("%d/%m")
        day += timedelta(days=1)
    assert climbed == {
        "before-5": "11/12", "before-2": "16/12", "before-1": "17/12", "on-the-day": "18/12",
        "after-1": "21/12", "after-3": "23/12", "after-5": "25/12",
    }  # fmt: skip
    assert [(n["topic"], n["urgent"]) for n in notices(world)] == [
        ("reminder-before", False), ("reminder-before", False),  # the drafter
        *[("reminder-before", False)] * 3, *[("reminder-due", True)] * 3, *[("overdue", True)] * 3,
        ("escalation-chair", False), ("escalation-above", False),
    ]  # fmt: skip
    assert told(world, "escalation-chair") == ["Dũng"]
    assert told(world, "escalation-above") == ["Tâm"]
    assert set(told(world, "overdue")) == {"Lan", "Hoa", "Dũng"}


def test_a_notice_says_the_unit_the_plan_the_day_and_how_many_days(world: World) -> None:
    look(world, "2026-12-17")
    data = notices(world)[-1]["data"]
    assert (data["unit"], data["plan"]) == (WARD, "Kế hoạch Tháng hành động năm 2026 (mẫu)")
    assert (data["due"], data["days"], data["rung"]) == ("2026-12-19T00:00:00+07:00", -1, "before-1")


def test_a_rung_is_climbed_once_however_often_one_looks(world: World) -> None:
    assert look(world, "2026-12-17").notices > 0
    for hour in (9, 12, 23):
        assert look(world, "2026-12-17", hour) == Watched(world.now)


def test_only_the_newest_of_missed_rungs_speaks(world: World) -> None:
    seen = look(world, "2026-12-18", 7)  # nobody looked for weeks; the province's own report is due on the 28th
    assert seen.climbed == {"on-the-day": 1}
    assert seen.passed == 3
    assert {n["topic"] for n in notices(world)} == {"reminder-due"}


def test_a_sending_ends_the_ladder_and_a_recall_takes_it_up_again(world: World) -> None:
    look(world, "2026-12-17")
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    assert "on-the-day" not in look(world, "2026-12-18").climbed
    world.recall(report)
    assert look(world, "2026-12-18", 9).climbed == {"on-the-day": 1}


def test_a_returned_report_has_a_ladder_by_its_correction_date(world: World) -> None:
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-10", 0))  # by the end of the 9th, a Wednesday
    look(world, "2026-12-07")
    look(world, "2026-12-09")
    look(world, "2026-12-14")
    assert [n["topic"] for n in notices(world)] == ["return-due", *["return-due"] * 3, "escalation-chair"]
    world.at("2026-12-14", 9)
    world.write(report, women=5)
    world.send(report)
    assert look(world, "2026-12-18").climbed == {}


def test_an_extension_starts_a_new_ladder(world: World) -> None:
    look(world, "2026-12-17")
    world.at("2026-12-17", 10)
    supervisor = world.holder(PROVINCE, "supervisor")
    duties.grant(
        world.session, world.report_of(WARD), "extension", moment("2026-12-31", 0), "lũ", supervisor, world.now
    )
    assert look(world, "2026-12-21").climbed == {"before-5": 1}  # the province's own, due on the 28th
    assert look(world, "2026-12-23").climbed == {"before-5": 1}  # the ward's, now due on the 30th
    assert [str(row["deadline"].astimezone(LOCAL).date()) for row in world.rows(
        "SELECT DISTINCT deadline FROM reminder WHERE document_id = %s ORDER BY 1", world.report_of(WARD)
    )] == ["2026-12-19", "2026-12-31"]  # fmt: skip


@pytest.mark.parametrize("kind", ["waiver", "cancellation"])
def test_who_is_let_off_is_left_alone(world: World, kind: str) -> None:
    world.at("2026-12-22")  # a late waiver counts in the rate, but nobody is reminded of it
    if kind == "waiver":
        supervisor = world.holder(PROVINCE, "supervisor")
        duties.grant(world.session, world.report_of(WARD), "waiver", None, "lũ", supervisor, world.now)
    else:
        world.withdraw(world.plan)
    look(world, "2026-12-23")
    assert notices(world) == []


def test_child_plans_that_are_not_issued_have_the_same_ladder(session: Session) -> None:
    world = World(session)
    world.issue_plan(plans=True)  # the districts' plans are due by the end of 19/10/2026, a Monday
    assert look(world, "2026-10-12").climbed == {"before-5": 2}
    assert look(world, "2026-10-20").climbed == {"after-1": 2}


def test_a_ladder_is_data(world: World) -> None:
    assert [rung.working_days for rung in LADDER] == [-5, -2, -1, 0, 1, 3, 5]
    ladder = (Rung("ten-before", -10, Audience.ABOVE), Rung("also-ten", -10, Audience.CHAIR))
    seen = watch(world.session, world.at("2026-12-04"), CALENDAR, ladder)
    assert seen.climbed == {"ten-before": 1, "also-ten": 1}
    assert told(world) == ["Dũng", "Tâm"]
