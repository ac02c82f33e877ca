"""Reports come up: one level a run, gaps by name, and a total that is always the sum of what stands in it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from states import acting
from states.digests import content_digest
from states.figures import Bound, Cell, Figure
from states.periods import LOCAL
from states.steps import NotReady
from tests.world import DISTRICTS, PROVINCE, WARDS, World
from workflows.consolidation import NoTotal, close_plans, consolidate, gaps, ready
from workflows.preview import preview

EVENTS, MEN, WOMEN = (Cell.of(1, 2, column) for column in (1, 2, 3))


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16", 9)
    return world


def total_of(world: World, unit: str) -> dict[int, Figure]:
    """The figures of the newest total that the program cut for a unit."""
    rows = world.rows(
        "SELECT f.cell, f.amount, f.bound FROM figure f WHERE f.revision_id ="
        " (SELECT max(id) FROM revision WHERE document_id = %s AND part = 'total')", world.report_of(unit),
    )  # fmt: skip
    return {row["cell"]: Figure(row["amount"], Bound(row["bound"])) for row in rows}


def test_one_level_a_run(world: World) -> None:
    first, second = world.report("Phường Một", 2, 3, 4), world.report("Phường Hai", 5, 6, 7)
    done = consolidate(world.session, world.plan, "district", world.now)
    assert (done.reports, done.totals) == (2, 1)
    assert [world.state(report) for report in (first, second)] == ["consolidated", "consolidated"]
    assert world.trace(first)[-2:] == ["submit", "consolidate"]
    assert total_of(world, "Huyện An Mẫu")[MEN] == Figure.exact(9)
    assert world.state(world.report_of("Huyện An Mẫu")) == "draft", "a leader there signs it"
    above = consolidate(world.session, world.plan, "province", world.now)
    assert (above.reports, above.totals) == (0, 0), "the level above waits until its own reports are signed and sent"


def test_what_is_missing_is_named_and_never_zero(world: World) -> None:
    world.report("Phường Một")
    done = consolidate(world.session, world.plan, "district", world.now)
    assert done.gaps["Huyện An Mẫu"] == ["Phường Hai (chưa gửi)"]
    cut = "SELECT covered, expected, content FROM revision WHERE document_id = %s AND part = 'total'"
    (revision,) = world.rows(cut, world.report_of("Huyện An Mẫu"))
    assert (revision["covered"], revision["expected"]) == (1, 2)
    figures = total_of(world, "Huyện An Mẫu")
    assert Cell.of(1, 1, 1) not in figures, "nobody reported a launch: no figure"
    assert figures[Cell.of(3, 1, 1)] == Figure.exact(0), "an explicit Không is a zero that was reported"


def test_running_it_again_changes_nothing(world: World) -> None:
    world.report("Phường Một")
    consolidate(world.session, world.plan, "district", world.now)
    before = world.rows("SELECT id, digest FROM revision ORDER BY id")
    again = consolidate(world.session, world.plan, "district", world.later(hours=1))
    assert (again.reports, again.totals, again.supplements) == (0, 0, 0)
    assert world.rows("SELECT id, digest FROM revision ORDER BY id") == before


def test_a_total_is_its_children_and_the_unit_s_own_part(world: World) -> None:
    world.report("Phường Một", 2, 3, 4)
    consolidate(world.session, world.plan, "district", world.now)
    district = world.report_of("Huyện An Mẫu")
    _write(world, district, {"1": "10", "2": "20", "3": "30"})
    (signed,) = world.rows(
        "SELECT id, content, digest FROM revision WHERE document_id = %s AND part = 'whole'", district
    )
    assert signed["content"]["figures"][str(int(MEN))] == "23"
    assert signed["content"]["coverage"] == {"covered": 1, "expected": 2, "missing": ["Phường Hai"]}
    assert bytes(signed["digest"]) == content_digest(signed["content"])
    parts = world.rows("SELECT r.part FROM derivation v JOIN revision r ON r.id = v.source_id WHERE v.revision_id = %s"
                       " ORDER BY 1", signed["id"])  # fmt: skip
    assert [row["part"] for row in parts] == ["own", "whole"]


def test_bounds_stay_bounds(world: World) -> None:
    report = world.report_of("Phường Một")
    _write(world, report, {"1": "18", "2": "trên 540", "3": "khoảng 20"})
    world.send(report)
    world.report("Phường Hai", 1, 25, 5)
    consolidate(world.session, world.plan, "district", world.now)
    figures = total_of(world, "Huyện An Mẫu")
    assert figures[MEN].vi == "trên 565"
    assert figures[WOMEN].vi == "khoảng 25"


def test_free_text_is_gathered_under_the_ward_s_name_up_to_the_province(world: World) -> None:
    for ward, words in (("Phường Một", "Thiếu kinh phí."), ("Phường Hai", ""), ("Phường Ba", "Cán bộ kiêm nhiệm.")):
        report = world.report_of(ward)
        _write(world, report, {"1": "1", "2": "1", "3": "1"}, difficulties=words)
        world.sign(report)
        world.submit(report)
    consolidate(world.session, world.plan, "district", world.now)
    send_total(world, "Huyện An Mẫu")
    send_total(world, "Huyện Bình Mẫu", difficulties="Huyện rộng.")
    consolidate(world.session, world.plan, "province", world.now)
    _write(world, world.report_of(PROVINCE), None)
    (cut,) = world.rows(
        "SELECT content FROM revision WHERE document_id = %s AND part = 'whole'", world.report_of(PROVINCE)
    )
    assert [(word["unit"], word["text"]) for word in cut["content"]["gathered"]["difficulties"]] == [
        ("Phường Một", "Thiếu kinh phí."), ("Huyện Bình Mẫu", "Huyện rộng."), ("Phường Ba", "Cán bộ kiêm nhiệm."),
    ]  # fmt: skip
    assert "proposals" not in cut["content"]["gathered"]


def test_free_rows_stay_apart_until_they_are_mapped(world: World) -> None:
    report = world.report_of("Phường Một")
    world.write(report, 3, 4, 5, free="Đạp xe diễu hành (mẫu)")
    world.send(report)
    consolidate(world.session, world.plan, "district", world.now)
    assert total_of(world, "Huyện An Mẫu")[Cell.of(1, 0, 1)] == Figure.exact(3)
    drafter = world.act("Huyện An Mẫu", "drafter")
    acting.tell(world.session, drafter.office_id)
    world.session.connection().exec_driver_sql(
        "INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)"
        " SELECT %s, 'action-month', 1, label_key, 1, %s, %s, %s FROM free_row",
        (world.unit("Huyện An Mẫu"), drafter.person_id, drafter.office_id, world.later(minutes=5)),
    )
    consolidate(world.session, world.plan, "district", world.later(minutes=5))
    figures = total_of(world, "Huyện An Mẫu")
    assert figures[Cell.of(1, 1, 1)] == Figure.exact(3)
    assert Cell.of(1, 0, 1) not in figures


def test_a_level_is_ready_when_complete_or_past_its_deadline(world: World) -> None:
    world.report("Phường Một")
    assert ready(world.session, world.now) == []
    assert ready(world.session, datetime(2026, 12, 19, tzinfo=LOCAL)) == [(world.plan, "district")]
    world.report("Phường Hai")
    assert ready(world.session, world.now) == [(world.plan, "district")]


def test_a_late_child_makes_a_numbered_supplement(world: World) -> None:
    world.report("Phường Một", 2, 3, 4)
    consolidate(world.session, world.plan, "district", world.now)
    district = world.report_of("Huyện An Mẫu")
    send_total(world, "Huyện An Mẫu")
    world.at("2026-12-24", 9)
    late = world.report("Phường Hai", 5, 6, 7)
    done = consolidate(world.session, world.plan, "district", world.now)
    assert (done.supplements, done.reports, done.totals) == (1, 1, 1)
    assert world.state(late) == "consolidated"
    assert world.state(district) == "submitted", "a sent total is never written into"
    (supplement,) = world.rows("SELECT id, supplement, title, parent_id FROM document WHERE supplement > 0")
    assert supplement["title"].endswith("(bổ sung lần 1)")
    send_total(world, supplement["id"])
    consolidate(world.session, world.plan, "province", world.later(hours=1))
    assert total_of(world, PROVINCE)[MEN] == Figure.exact(9), "the total above takes both"
    (covered,) = world.rows("SELECT covered, expected FROM revision WHERE document_id = %s AND part = 'total'",
                            world.report_of(PROVINCE))  # fmt: skip
    assert (covered["covered"], covered["expected"]) == (2, 4)


def test_after_a_reopening_the_way_back_is_from_the_top(world: World) -> None:
    ward = world.report("Phường Một", 2, 3, 4)
    world.report("Phường Hai", 5, 6, 7)
    consolidate(world.session, world.plan, "district", world.now)
    district = world.report_of("Huyện An Mẫu")
    send_total(world, "Huyện An Mẫu")
    consolidate(world.session, world.plan, "province", world.now)
    assert total_of(world, PROVINCE)[MEN] == Figure.exact(9)
    world.later(days=1)
    world.reopen(ward)
    assert gaps(world.session, world.plan, "district")["Huyện An Mẫu"] == ["Phường Một (đang sửa)"]
    assert total_of(world, PROVINCE)[MEN] == Figure.exact(9), "the totals above keep what they were made from"
    world.write(ward, 2, 30, 4)
    world.send(ward)
    world.reopen(district)
    consolidate(world.session, world.plan, "district", world.now)
    assert total_of(world, "Huyện An Mẫu")[MEN] == Figure.exact(36)
    send_total(world, "Huyện An Mẫu")
    consolidate(world.session, world.plan, "province", world.later(minutes=1))
    assert total_of(world, PROVINCE)[MEN] == Figure.exact(36)
    assert [sending["number"] for sending in world.sendings(ward)] == [1, 2], "a correction takes a new number"


@pytest.mark.parametrize("again", ["as it was", "corrected"])
def test_a_report_that_comes_back_before_the_next_run_is_taken_up_again(world: World, again: str) -> None:
    ward, other = world.report("Phường Một", 2, 3, 4), world.report("Phường Hai", 5, 6, 7)
    consolidate(world.session, world.plan, "district", world.now)
    first = world.newest(ward)
    world.reopen(ward)
    if again == "corrected":
        world.write(ward, 2, 30, 4)
        world.present(ward)
    world.sign(ward)
    world.submit(ward)
    assert (world.newest(ward) == first) == (again == "as it was")

    done = consolidate(world.session, world.plan, "district", world.later(minutes=5))

    assert (world.state(ward), world.state(other)) == ("consolidated", "consolidated")
    assert (done.reports, done.totals) == (1, int(again == "corrected"))
    assert total_of(world, "Huyện An Mẫu")[MEN] == Figure.exact(36 if again == "corrected" else 9)


def test_a_total_over_a_reopened_report_is_not_signed(world: World) -> None:
    ward = world.report("Phường Một")
    world.report("Phường Hai")
    consolidate(world.session, world.plan, "district", world.now)
    district = world.report_of("Huyện An Mẫu")
    _write(world, district, None)
    world.reopen(ward)
    with pytest.raises(NotReady, match="Phường Một đã bị rút hoặc mở lại"):
        world.sign(district)


def test_a_plan_ends_with_its_unit_s_last_report(world: World) -> None:
    for ward in WARDS:
        world.report(ward)
    consolidate(world.session, world.plan, "district", world.now)
    for district in DISTRICTS:
        send_total(world, district)
    consolidate(world.session, world.plan, "province", world.now)
    assert world.state(world.plan) == "submitted"
    send_total(world, PROVINCE)
    assert close_plans(world.session, world.now) == 1
    assert world.trace(world.plan)[-1] == "consolidate"


def test_a_level_without_totals_is_told(world: World) -> None:
    with pytest.raises(NoTotal):
        consolidate(world.session, world.plan, "commune", world.now)


def test_a_preview_goes_through_all_levels_and_changes_nothing(world: World) -> None:
    world.report("Phường Một", 2, 3, 4)
    draft = world.report_of("Phường Ba")
    world.write(draft, 1, 1, 1)
    world.present(draft)
    before = world.rows("SELECT id, seq FROM document ORDER BY id")
    (sent,) = preview(world.session, world.plan, world.now)
    assert (sent.unit, sent.figures[MEN], sent.sent, sent.expected, sent.missing) == (
        PROVINCE,
        Figure.exact(3),
        1,
        4,
        3,
    )
    (both,) = preview(world.session, world.plan, world.now, drafts=True)
    assert (both.figures[MEN], both.sent, both.unsigned) == (Figure.exact(4), 1, 1)
    assert world.rows("SELECT id, seq FROM document ORDER BY id") == before


figure = st.tuples(st.integers(0, 10_000), st.sampled_from(["", "trên ", "dưới ", "khoảng ", "ít nhất ", "không quá "]))
ward_figures = st.one_of(st.none(), st.tuples(figure, figure, figure))


@settings(max_examples=12, deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck))
@given(data=st.tuples(*[ward_figures] * 4), order=st.permutations(range(4)), own=st.one_of(st.none(), figure))
def test_province_is_the_sum_of_districts_is_the_sum_of_wards(
    session: Session, data: Any, order: list[int], own: Any
) -> None:
    """The order doesn't matter; a missing ward changes the coverage and never silently a total."""
    savepoint = session.begin_nested()
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16", 9)
    expected: dict[int, Figure] = {}
    for number in order:
        if data[number] is None:
            continue
        report = world.report_of(WARDS[number])
        words = {str(c): f"{said}{amount}" for c, (amount, said) in enumerate(data[number], start=1)}
        _write(world, report, words)
        world.send(report)
        for column, text in words.items():
            cell, figure = Cell.of(1, 2, int(column)), Figure.parse(text).figure
            expected[cell] = expected[cell] + figure if cell in expected else figure
    if own:
        expected[MEN] = Figure.total([expected.get(MEN), Figure.parse(f"{own[1]}{own[0]}").figure]) or Figure.exact(0)
    looked = preview(world.session, world.plan, world.now)[0] if not own else None
    consolidate(world.session, world.plan, "district", world.now)
    for number, district in enumerate(DISTRICTS):
        if own and number == 0:
            own_part = {"1": "1", "2": f"{own[1]}{own[0]}"}
            expected[EVENTS] = Figure.total([expected.get(EVENTS), Figure.exact(1)]) or Figure.exact(0)
        if own and number == 0 or any(data[2 * number + ward] for ward in (0, 1)):
            send_total(world, district, own_part if own and number == 0 else None)
    consolidate(world.session, world.plan, "province", world.later(minutes=1))
    found = {cell: figure for cell, figure in total_of(world, PROVINCE).items() if Cell(cell).table == 1}
    assert found == expected
    if looked:
        assert {c: f for c, f in looked.figures.items() if c.table == 1} == expected
        assert looked.sent == sum(ward is not None for ward in data)
    savepoint.rollback()


def send_total(world: World, unit: str | int, own: dict[str, str] | None = None, difficulties: str = "") -> None:
    """A total is written around its figures, signed and sent; `own`: the unit's own part of it."""
    report = world.report_of(unit) if isinstance(unit, str) else unit
    _write(world, report, own, difficulties)
    world.sign(report)
    world.submit(report)


def _write(world: World, report: int, values: dict[str, str] | None, difficulties: str = "") -> None:
    """One row of talks with these values put up, every finding that wants words explained."""
    texts = {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu.", "difficulties": difficulties}
    own = {"rows": [{"table": 1, "row": 2, "label": "Tọa đàm", "values": values}], "nil": [2, 3]} if values else {}
    world._save(report, {**own, "texts": texts}, None)
    world.present(report)
    who = world._who(report, "drafter")
    acting.tell(world.session, who.office_id)
    world.session.connection().exec_driver_sql(
        "INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)"
        " SELECT document_id, code, place, 'giải trình (mẫu)', %s, %s, at FROM finding"
        " WHERE document_id = %s AND severity = 'explain'", (who.person_id, who.office_id, report),
    )  # fmt: skip
