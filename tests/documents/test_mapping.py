"""Rows in a ward's own words wait for a category, by name; the consolidator's word is kept for the next time."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from documents import mapping
from states.contents import NotItsDrafter
from states.figures import Cell, Figure
from states.reading.provenance import trace_down
from states.steps import NotReady
from tests.world import World

LABEL = "Hội nghị Ngày chủ nhật xanh"


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.write(world.report_of("W1"), events=9, men=30, free=LABEL)
    world.send(world.report_of("W1"))
    world.later(hours=1)
    world.consolidate("AM")
    return world


def test_a_total_is_not_signed_while_a_row_waits_and_the_refusal_names_it(world: World) -> None:
    total = world.report_of("AM")
    (row,) = mapping.unmapped(world.session, total, world.now)
    world.write(total)

    with pytest.raises(NotReady, match=f"Phường Một: dòng «{LABEL}» chưa xếp vào nhóm nào của biểu 1") as refused:
        world.send(total)

    assert (row.unit, row.line, row.suggested) == ("Phường Một", 1, 2)
    assert len(refused.value.reasons) == 1


def test_the_word_of_the_consolidator_is_kept_for_the_next_report(world: World) -> None:
    total = world.report_of("AM")
    world.later(minutes=1)
    mapping.place(world.session, total, 1, LABEL.upper(), 2, world.holder("AM", "drafter"), world.now)
    world.later(minutes=1)
    world.write(total, events=1, men=30)
    world.send(total)
    assert mapping.unmapped(world.session, total, world.now) == []
    assert trace_down(world.session, Cell.of(1, 2, 1), document_id=total).figure == Figure.exact(10)

    world.issue_plan()
    world.write(world.report_of("W1"), events=4, men=30, free=LABEL)
    world.send(world.report_of("W1"))
    world.later(hours=1)
    world.consolidate("AM")
    assert trace_down(world.session, Cell.of(1, 2, 1), document_id=world.report_of("AM")).figure == Figure.exact(4)


def test_only_who_writes_the_total_places_rows_and_only_in_its_form(world: World) -> None:
    total = world.report_of("AM")
    with pytest.raises(NotItsDrafter):
        mapping.place(world.session, total, 1, LABEL, 2, world.holder("W1", "drafter"), world.now)
    with pytest.raises(mapping.NoSuchCategory):
        mapping.place(world.session, total, 1, LABEL, 77, world.holder("AM", "drafter"), world.now)
