"""A ward corrected after it was taken up: the total is stale, the difference foretold, nothing counted twice."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from states.figures import Figure
from states.opening import open_supplement
from states.reading.coverage import of_total
from states.reading.provenance import trace
from states.reading.staleness import difference, pending_difference, stale_totals
from states.taking_up import take_up
from tests.states.totals import TALKS, mau_giang, send, send_all, signed, standing
from tests.world import World
from workflows.consolidation import consolidate


@pytest.fixture
def world(session: Session) -> World:
    return mau_giang(session)


def test_what_changes_is_foretold_and_then_found_again_when_a_ward_is_corrected(world: World) -> None:
    send_all(world)
    old = standing(world, world.report_of("MG"))
    ward, district = world.report_of("W1"), world.report_of("AM")
    world.later(days=1)
    world.reopen(ward)

    stale = stale_totals(world.session, plan_id=world.plan)
    assert [(s.unit, [(c.unit, c.why) for c in s.causes]) for s in stale] == [
        ("Tỉnh Mẫu Giang", [("Phường Một", "reopened")]), ("Huyện An Mẫu", [("Phường Một", "reopened")]),
    ]  # fmt: skip
    gone = pending_difference(world.session, world.report_of("MG"))
    assert (gone.cells[0].old, gone.cells[0].new) == (Figure.exact(8), Figure.exact(6))

    world.write(ward, events=20, men=30)
    world.send(ward)
    assert stale_totals(world.session, document_id=district)[0].causes[0].why == "corrected"
    foretold = pending_difference(world.session, world.report_of("MG"))
    world.reopen(district)
    world.later(hours=1)
    world.consolidate("AM")
    send(world, district)
    world.later(hours=1)
    world.consolidate("MG")
    send(world, world.report_of("MG"))
    found = difference(world.session, old, signed(world, "MG"))

    assert found.cells == foretold.cells
    assert [(c.cell, str(c.old), str(c.new)) for c in found.cells] == [(TALKS, "8", "26"), (TALKS + 1, "12", "39")]
    assert foretold.accepted is None and found.accepted is not None
    assert found.accepted.signer == "Hoa, Tỉnh Mẫu Giang (mẫu)"
    assert stale_totals(world.session, plan_id=world.plan) == []


def test_a_ward_corrected_after_the_total_was_sent_is_never_counted_twice(world: World) -> None:
    send_all(world)
    ward, district = world.report_of("W1"), world.report_of("AM")
    world.later(days=1)
    world.reopen(ward)
    world.write(ward, events=20, men=30)
    world.send(ward)

    done = consolidate(world.session, world.plan, "district", world.now)
    by_hand = take_up(world.session, [open_supplement(world.session, district, world.now)], world.now)
    world.consolidate("MG")

    assert (done.reports, done.supplements, by_hand.reports, world.state(ward)) == (0, 0, 0, "submitted")
    assert trace(world.session, TALKS, document_id=world.report_of("MG")).figure == Figure.exact(8)
    assert [s.unit for s in stale_totals(world.session, plan_id=world.plan)] == ["Tỉnh Mẫu Giang", "Huyện An Mẫu"]
    world.reopen(district)
    world.consolidate("AM")
    assert trace(world.session, TALKS, document_id=district).figure == Figure.exact(22)


def test_coverage_names_each_gap_with_its_reason(world: World) -> None:
    send_all(world)
    world.later(hours=1)
    world.reopen(world.report_of("W1"))
    world.reopen(world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("AM")

    district, province = of_total(world.session, world.report_of("AM")), of_total(world.session, world.report_of("MG"))

    assert (str(district.children), str(district.wards)) == ("1/2", "1/2")
    assert [gap.words for gap in district.gaps] == ["Phường Một: mở lại, đang sửa"]
    assert (str(province.children), str(province.wards)) == ("2/2", "4/4")  # what it was made from stays told
    world.consolidate("MG")
    province = of_total(world.session, world.report_of("MG"))
    assert (str(province.children), str(province.wards)) == ("1/2", "2/4")
    assert [gap.words for gap in province.gaps] == [
        "Huyện An Mẫu: mở lại, đang sửa", "Phường Một: mở lại, đang sửa",
        "Phường Hai: đã tổng hợp ở cấp dưới, chưa lên đến đây (Huyện An Mẫu)",
    ]  # fmt: skip
