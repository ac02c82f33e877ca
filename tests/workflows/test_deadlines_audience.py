"""Who is told by the ladder: who has the paper, the acting head, and where nobody sits that is said."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from states.lifecycle import Action
from states.offices import NewOffice, add_person, end, give
from states.policy import Actor
from tests.workflows.one_late_ward import CALENDAR, WARD, look, one_late_ward, told
from tests.world import World
from workflows.deadlines import watch
from workflows.ladder import Audience, Rung


@pytest.fixture
def world(session: Session) -> World:
    return one_late_ward(session)


def test_whoever_has_the_paper_is_told_beside_the_drafter(world: World) -> None:
    report = world.report_of(WARD)
    world.write(report)
    world.present(report)
    world.sign(report)
    look(world, "2026-12-16")
    assert told(world) == ["Lan", "Minh"]  # the clerk has it, and it isn't sent


def test_of_several_drafters_only_the_one_it_was_given_to(world: World) -> None:
    given = _new_holder(world, "Nga", "drafter")
    look(world, "2026-12-11")
    world.take(world.report_of(WARD), Action.ASSIGN, to_office=given.office_id)
    look(world, "2026-12-16")
    assert told(world) == ["Lan", "Nga", "Nga"]


def test_without_a_chair_the_acting_head_is_told_and_then_any_leader(world: World) -> None:
    end(world.session, world.act(WARD, "chair").office_id, date(2026, 12, 1))
    look(world, "2026-12-23")
    assert told(world) == ["Hoa"]
    _new_holder(world, "Quý", "leader", "Q.")
    ladder = (Rung("to-the-head", 3, Audience.CHAIR),)
    watch(world.session, world.at("2026-12-23", 9), CALENDAR, ladder)
    assert told(world) == ["Hoa", "Quý"]


def test_where_nobody_holds_a_seat_it_is_said(world: World) -> None:
    for seat in ("chair", "leader", "drafter", "clerk"):
        end(world.session, world.act(WARD, seat).office_id, date(2026, 12, 1))
    assert look(world, "2026-12-16").nobody == (world.report_of(WARD),)


def _new_holder(world: World, name: str, seat: str, authority: str = "", unit: str = WARD) -> Actor:
    person = add_person(world.session, f"{name}, (mẫu)", sample=True)
    office = NewOffice(person, world.unit(unit), seat, "Chức vụ (mẫu)", date(2020, 1, 1), authority)
    return Actor(person, give(world.session, office))
