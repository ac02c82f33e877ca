"""A figure of a total is followed down to the wards' own rows, and a total to the documents that it was made from."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from states.figures import Cell
from states.reading import provenance
from states.reading.provenance import NothingToTrace, Traced, trace, trace_down
from tests.states.seasons import LABELS
from tests.states.totals import TALKS, WARDS, map_label, mau_giang, send, signed
from tests.world import World


@pytest.fixture
def world(session: Session) -> World:
    return mau_giang(session)


def test_a_cell_of_the_province_is_followed_down_to_the_row_of_a_ward(world: World) -> None:
    world.report("W1", events=5)
    world.report("W2", events=7)
    world.later(hours=1)
    world.consolidate("AM")
    world.write(world.report_of("AM"), events=2)
    world.send(world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("MG")

    found = trace_down(world.session, TALKS, document_id=world.report_of("MG"))

    assert _told(found) == (
        "total", "Tỉnh Mẫu Giang", "14",
        [("whole", "Huyện An Mẫu", "14",
          [("own", "Huyện An Mẫu", "2", [("row", "Huyện An Mẫu", "2", [])]),
           ("whole", "Phường Một", "5", [("row", "Phường Một", "5", [])]),
           ("whole", "Phường Hai", "7", [("row", "Phường Hai", "7", [])])])],
    )  # fmt: skip
    ward = found.parts[0].parts[1]
    assert ward.signed is not None and ward.signed.words == "KT. Phó Chủ tịch Hoa, Phường Một (mẫu)"
    assert ward.digest == world.steps(ward.document_id)[2]["revision_digest"].hex()
    assert ward.parts[0].words == "Tọa đàm"


def test_one_level_shows_the_parts_and_a_level_by_name_goes_straight_to_its_units(world: World) -> None:
    for ward, events in zip(WARDS, (5, 7, 1, 2), strict=True):
        world.report(ward, events=events, men=30)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        world.write(world.report_of(district), events=10, men=30)
        world.send(world.report_of(district))
    world.later(hours=1)
    world.consolidate("MG")
    total = world.report_of("MG")

    one = trace(world.session, TALKS, document_id=total)
    wards = trace(world.session, TALKS, document_id=total, at_level="commune")

    assert [(part.unit, part.figure.canonical, part.parts) for part in one.parts] == [
        ("Huyện An Mẫu", "22", ()), ("Huyện Bình Mẫu", "13", ()),
    ]  # fmt: skip
    assert [(part.part, part.figure.canonical) for part in wards.parts] == [
        ("own", "10"), ("whole", "5"), ("whole", "7"), ("own", "10"), ("whole", "1"), ("whole", "2"),
    ]  # fmt: skip
    assert one.adds_up and wards.adds_up


def test_a_cell_that_nobody_reported_is_no_zero(world: World) -> None:
    report = world.report("W1")

    with pytest.raises(NothingToTrace):
        trace(world.session, Cell.of(1, 5, 1), document_id=report)
    nil = trace(world.session, Cell.of(2, 1, 1), document_id=report)
    assert [(part.part, part.words) for part in nil.parts] == [("nil", "Không")]


def test_a_mapping_of_later_changes_no_total_of_earlier(world: World) -> None:
    report = world.report_of("W1")
    world.write(report, events=9, men=30, free=LABELS[0])
    world.send(report)
    world.later(hours=1)
    world.consolidate("AM")
    before = world.value("SELECT max(id) FROM revision WHERE document_id = %s", world.report_of("AM"))
    world.later(hours=1)
    map_label(world, "AM", LABELS[0], 2)
    world.later(hours=1)
    world.consolidate("AM")

    old = trace_down(world.session, Cell.of(1, 0, 1), revision_id=before)
    new = trace_down(world.session, TALKS, document_id=world.report_of("AM"))

    assert [(p.unit, p.words, p.line) for p in old.parts] == [("Phường Một", LABELS[0], 1)]
    assert _told(new)[2:] == _told(old)[2:]
    with pytest.raises(NothingToTrace):
        trace_down(world.session, TALKS, revision_id=before)


def test_documents_in_a_total_are_listed_with_who_signed_them_and_what_came_on_paper(world: World) -> None:
    world.report("W1")
    world.register(world.report_of("W2"), 31)
    world.later(hours=1)
    world.consolidate("AM")
    send(world, world.report_of("AM"))

    found = provenance.documents_in_total(world.session, signed(world, "AM"))

    assert [(d.unit, d.number, d.leaf, d.paper, d.signed.signer if d.signed else None) for d in found] == [
        ("Phường Một", "01/BC-UBND", True, False, "Hoa, Phường Một (mẫu)"),
        ("Phường Hai", "31/BC-UBND", True, True, "Phạm Văn Giấy (mẫu)"),
    ]
    assert "ký ngoài hệ thống" in found[1].signed.words if found[1].signed else False


def _told(node: Traced) -> tuple[Any, ...]:
    return (node.part, node.unit, node.figure.canonical, [_told(part) for part in node.parts])
