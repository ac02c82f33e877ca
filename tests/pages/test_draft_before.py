"""Last period: the same unit's last signed report in the same form; its own figures where it also told of others."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import Session

from states.figures import Cell, Figure
from states.periods import LOCAL, Window, action_month
from states.reading.before import before
from tests import world as worlds
from tests.world import World

TALKS, MEN = Cell.of(1, 2, 1), Cell.of(1, 2, 2)


@pytest.fixture
def world(session: Session) -> World:
    """Everybody has sent the report of 2026; the plan of 2027 is out."""
    world = World(session)
    world.issue_plan()
    return world


def next_year(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    window: Window = action_month(2027)
    monkeypatch.setattr(worlds, "WINDOW", window)
    world.issue_plan()


def test_it_is_what_the_same_unit_signed_last(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = world.report("W1", events=64, men=70)
    world.report("W2", events=5)
    next_year(world, monkeypatch)

    found = before(world.session, world.report_of("W1"))

    assert found is not None and found.document_id == first
    assert found.own == found.total and found.own[TALKS] == Figure.exact(64) and found.own[MEN] == Figure.exact(70)
    assert found.texts["results"] == "Đạt yêu cầu."
    assert (found.first.year, found.number) == (2026, "01/BC-UBND")
    assert before(world.session, first) is None


def test_what_was_never_signed_is_no_period_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = world.report_of("W1")
    world.write(report)
    world.present(report)
    next_year(world, monkeypatch)

    assert before(world.session, world.report_of("W1")) is None


def test_a_unit_that_told_of_others_has_its_own_part_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for ward in ("W1", "W2"):
        world.report(ward, events=10, men=20)
    world.now = datetime(2026, 12, 21, 9, tzinfo=LOCAL)
    world.consolidate("AM")
    report = world.report_of("AM")
    world.write(report, events=3)
    world.later(minutes=1)
    world.send(report)
    next_year(world, monkeypatch)

    found = before(world.session, world.report_of("AM"))

    assert found is not None
    assert (found.total[TALKS], found.own[TALKS]) == (Figure.exact(23), Figure.exact(3))
