"""The late board of a part: of the tree, of a period, of plans; and the change against the last period."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from states.lifecycle import Kind
from states.periods import action_month, custom
from states.reading.board import all_plans, board, summary_by
from states.reading.standings import Standing
from tests.moments import moment
from tests.states.late_board import CALENDAR, WARD, look, two_levels
from tests.world import PROVINCE, WARDS, World
from workflows.fanout import fan_out
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan


@pytest.fixture
def world(session: Session) -> World:
    return two_levels(session)


def test_the_counts_of_the_parts_add_up_down_the_tree(session: Session) -> None:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-18", 10)
    world.report(WARDS[0])
    world.at("2026-12-21", 10)
    world.report(WARDS[2])
    parts = summary_by(session, world.plan, world.unit(PROVINCE), world.now)
    assert [(part.name, part.counts.expected, part.counts.received, part.counts.on_time) for part in parts] == [
        (PROVINCE, 1, 0, 0), ("Huyện An Mẫu", 3, 1, 1), ("Huyện Bình Mẫu", 3, 1, 0),
    ]  # fmt: skip
    whole = look(world).counts
    assert sum(part.counts.expected for part in parts) == whole.expected == 7
    assert sum(part.counts.of(Standing.OVERDUE) for part in parts) == whole.of(Standing.OVERDUE) == 2
    district = summary_by(session, world.plan, parts[1].path, world.now, level="commune")
    assert [(part.name, part.counts.received) for part in district] == [(WARDS[0], 1), (WARDS[1], 0)]
    (plan,) = all_plans(session, world.unit(PROVINCE), world.now)
    assert (plan.id, plan.counts) == (world.plan, whole)


def test_a_part_of_the_tree_never_takes_in_a_neighbour_whose_path_begins_alike(world: World) -> None:
    path = world.value("SELECT path FROM unit WHERE id = %s", world.unit(WARD))
    assert [x.unit for x in board(world.session, world.plan, path, world.now, CALENDAR).lines] == [WARD]
    assert board(world.session, world.plan, path[:-2] + "/", world.now, CALENDAR).lines == ()


def test_a_board_of_a_period_leaves_the_others_out(world: World) -> None:
    inside, outside = custom(date(2026, 11, 1), date(2026, 12, 31)), custom(date(2026, 1, 1), date(2026, 12, 1))
    assert len(look(world, period=inside).lines) == 5
    assert look(world, period=outside).lines == ()


def test_plans_that_wards_must_issue_have_a_board_of_their_own(session: Session) -> None:
    world = World(session)
    world.issue_plan(plans=True)
    world.at("2026-10-20", 9)  # a day after the districts' plans were due
    plans = look(world, kind=Kind.PLAN)
    assert [(x.level, x.standing, x.days_late) for x in plans.lines] == [("district", Standing.OVERDUE, 1)] * 2


def test_the_change_against_the_last_period(world: World) -> None:
    world.at("2026-12-17")
    world.report(WARD)
    assert look(world).change is None
    world.plan = _next_years_plan(world)
    earlier = look(world).before
    assert earlier is not None and (earlier.expected, earlier.received) == (5, 1)
    assert look(world).change == (-0.2, -0.2)  # one of five last year, none yet


def _next_years_plan(world: World) -> int:
    world.at("2027-10-05", 8)
    due = {"province": "2027-12-29", "commune": "2027-12-19"}
    levels = [LevelOrder(level, moment(day, 0)) for level, day in due.items()]
    asked = RequirementOrder(Kind.REPORT, "Báo cáo (mẫu)", "action-month", 2, action_month(2027), levels, "KH")
    province = world.unit(PROVINCE)
    order = PlanOrder(province, "Kế hoạch 2027 (mẫu)", [(province, True)], [asked], subject="action-month")
    plan = draft_plan(world.session, order, world.act(PROVINCE, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    fan_out(world.session, plan, world.now)
    return plan
