"""The tree of a plan and the matrix of all plans: each level adds up, and what is worst below shows above."""

from datetime import date, datetime

import pytest
from sqlmodel import Session

from states import acting, notes
from states.calendar import Calendar
from states.lifecycle import Kind
from states.periods import LOCAL, custom
from states.reading.board import board, summary_by
from states.reading.matrix import matrix
from states.reading.standings import WORST_FIRST, Counts, Standing
from states.reading.tree import NoSuchPlan, branch
from tests.world import DISTRICTS, PROVINCE, WARDS, World
from workflows.fanout import fan_out

CALENDAR = Calendar.vietnam()
WARD, DISTRICT = WARDS[0], DISTRICTS[0]


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan(plans=True)
    return world


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_tree_opens_level_by_level_down_to_the_wards(world: World) -> None:
    _issue(world, DISTRICT)
    top = branch(world.session, world.plan, world.now, CALENDAR)
    assert (top.plan.number, top.plan.unit, top.here.unit) == ("01/KH-UBND", PROVINCE, PROVINCE)
    assert top.plan.dated == date(2026, 10, 5) and top.plan.issued_at == datetime(2026, 10, 5, 8, tzinfo=LOCAL)
    assert [node.unit for node in top.children] == list(DISTRICTS)
    first = top.children[0]
    assert [(line.kind, line.number, line.dated) for line in first.lines] == [
        ("plan", "01/KH-UBND", date(2026, 10, 6)), ("report", None, None)]  # fmt: skip
    assert first.opens and first.below.opened == 4 and top.children[1].below.opened == 2
    below = branch(world.session, world.plan, world.now, CALENDAR, first.path)
    assert (below.here, [node.unit for node in below.children]) == (first, [WARD, WARDS[1]])
    ward = branch(world.session, world.plan, world.now, CALENDAR, below.children[0].path)
    assert (ward.here.lines, ward.here.opens, ward.children) == (below.children[0].lines, False, ())


def test_a_node_is_coloured_by_what_is_worst_beneath_it(world: World) -> None:
    world.at("2026-12-14")
    for ward in WARDS:
        world.report(ward)
    world.return_(world.report_of(WARD), due=datetime(2026, 12, 16, tzinfo=LOCAL))
    top = branch(world.session, world.plan, world.now, CALENDAR)
    reports = [(node.unit, node.own.worst, node.below.worst) for node in top.children]
    assert reports == [(DISTRICTS[0], Standing.OVERDUE, Standing.RETURNED),  # both plans are late since October
                       (DISTRICTS[1], Standing.OVERDUE, Standing.SENT_ON_TIME)]  # fmt: skip
    world.at("2026-12-16")
    top = branch(world.session, world.plan, world.now, CALENDAR)
    assert (top.children[0].below.worst, top.here.worst) == (Standing.OVERDUE, Standing.OVERDUE)


def test_the_tree_counts_what_the_boards_count(world: World) -> None:
    world.at("2026-12-14")
    world.report(WARD)
    world.at("2026-12-21")
    world.report(WARDS[2])
    top = branch(world.session, world.plan, world.now, CALENDAR)
    whole = [board(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR, kind=kind).counts
             for kind in Kind]  # fmt: skip
    assert top.here.own + top.here.below == whole[0] + whole[1]
    assert sum((node.own + node.below for node in top.children), Counts()) == top.here.below


def test_a_plan_that_was_asked_for_opens_in_its_place_and_what_is_no_plan_does_not(world: World) -> None:
    child = world.plan_of(DISTRICT)
    found = branch(world.session, child, world.now, CALENDAR)
    assert (found.plan.id, found.here.unit) == (world.plan, DISTRICT)
    assert branch(world.session, child, world.now, CALENDAR, world.unit(PROVINCE)).here.unit == PROVINCE
    with pytest.raises(NoSuchPlan):
        branch(world.session, 10**9, world.now, CALENDAR)


def test_a_part_that_owes_nothing_is_an_empty_branch(session: Session) -> None:
    world = World(session)
    plan = world.draft_plan()
    found = branch(session, plan, world.now, CALENDAR)
    assert (found.here.unit, found.here.lines, found.here.worst, found.children) == (PROVINCE, (), None, ())
    assert found.plan.number is None and found.plan.issued_at is None


def test_every_standing_has_its_place_from_worst_to_best() -> None:
    assert set(WORST_FIRST) == set(Standing) and len(WORST_FIRST) == len(Standing)


# ── plans × units ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_matrix_has_for_each_plan_what_its_own_board_has(world: World) -> None:
    first = world.plan
    second = world.issue_plan()
    world.at("2026-12-14")
    world.report(WARD)
    found = matrix(world.session, world.unit(PROVINCE), world.now)
    assert [plan.id for plan in found.plans] == [second, first]
    assert (found.plans[0].number, found.plans[0].issuer) == ("02/KH-UBND", PROVINCE)
    assert [unit.name for unit in found.units] == [PROVINCE, *DISTRICTS]
    for plan in (first, second):
        parts = summary_by(world.session, plan, world.unit(PROVINCE), world.now)
        assert [found.cell(plan, part.id) for part in parts] == [part.counts for part in parts]
        assert found.of_plan(plan) == sum((part.counts for part in parts), Counts())
    assert found.of_unit(world.unit(DISTRICT)).expected == 6


def test_the_matrix_leaves_out_other_periods_and_plans_that_are_not_in_force(world: World) -> None:
    other = custom(date(2026, 1, 1), date(2026, 10, 31))
    assert matrix(world.session, world.unit(PROVINCE), world.now, period=other).plans == ()
    world.withdraw(world.plan)
    assert matrix(world.session, world.unit(PROVINCE), world.now).plans == ()


# ── what the board tells of a line ──────────────────────────────────────────────────────────────────────────


def test_a_late_line_says_whom_to_call_and_what_was_promised(world: World) -> None:
    report = world.report_of(WARD)
    world.rows("UPDATE unit SET phone = '02053' WHERE id = %s RETURNING id", world.unit(WARD))
    drafter = world.act(WARD, "drafter").person_id
    world.rows("UPDATE person SET phone = '0912' WHERE id = %s RETURNING id", drafter)
    world.at("2026-12-21")
    follows = world.holder(DISTRICT, "supervisor")
    notes.call(world.session, report, "Mai gửi", follows, world.now, promised=date(2026, 12, 22))
    acting.tell_clock(world.session)
    reminded = "INSERT INTO reminder VALUES (%s, %s, %s, %s, 1) RETURNING rung"
    due = datetime(2026, 12, 19, tzinfo=LOCAL)
    for rung in ("before-2", "on-the-day", "after-1", "before-1"):  # missed rungs are noted with the one that speaks
        world.rows(reminded, report, due, rung, world.now)
    line = next(x for x in board(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR).late
                if x.unit == WARD)  # fmt: skip
    assert (line.unit_phone, line.person, line.person_phone) == ("02053", f"Lan, {WARD} (mẫu)", "0912")
    assert (line.person_title, line.reminded_rung, line.unopened) == ("Công chức tham mưu", "after-1", True)
    assert line.call is not None and (line.call.words, line.call.promised) == ("Mai gửi", date(2026, 12, 22))
    assert not line.call.broken(date(2026, 12, 22)) and line.call.broken(date(2026, 12, 23))
    world.report(WARD)
    sent = next(x for x in board(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR).lines
                if x.unit == WARD)  # fmt: skip
    assert (sent.call, sent.reminded_at, sent.reminded_rung) == (None, None, None)


def test_a_board_names_who_has_not_even_opened_it(world: World) -> None:
    sees = "INSERT INTO seen (document_id, person_id, seq, at) VALUES (%s, %s, 1, %s) RETURNING seq"
    world.value(sees, world.report_of(WARD), world.act(WARD, "drafter").person_id, world.now)
    found = board(world.session, world.plan, world.unit(DISTRICT), world.now, CALENDAR).unopened
    assert [line.unit for line in found] == [DISTRICT, WARDS[1]]


def _issue(world: World, unit: str) -> None:
    """The unit issues its own plan a day later, and it fans out in its turn."""
    world.at("2026-10-06", 8)
    plan = world.plan_of(unit)
    world.write_plan(plan)
    world.send(plan)
    fan_out(world.session, plan, world.now)
