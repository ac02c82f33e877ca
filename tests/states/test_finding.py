"""The document store's search: the one box, units and titles without marks, lateness as the board tells it, order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from states import days, duties, units
from states.reading.alphabet import order_key
from states.reading.board import board
from states.reading.documents import Late, Page, Seer, Sort, Wanted, find
from states.reading.search_words import understand
from states.reading.standings import Standing
from tests.world import World


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    return world


def found(world: World, **wanted: object) -> list[int]:
    return [one.id for one in find(world.session, Wanted(**wanted)).documents]  # type: ignore[arg-type]


# ── the box ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "number", "symbol", "year", "words"),
    [
        ("36/BC-UBND", 36, "BC-UBND", None, ()),
        ("số 36", 36, "", None, ()),
        ("báo cáo số 36/BC-UBND 2024", 36, "BC-UBND", 2024, ("bao", "cao")),
        ("36", 36, "", None, ()),
        ("/KH-UBND", None, "KH-UBND", None, ()),
        ("KH-UBND", None, "KH-UBND", None, ()),
        ("phong tho binh dang gioi 2024", None, "", 2024, ("phong", "tho", "binh", "dang", "gioi")),
        ("Bình đẳng GIỚI", None, "", None, ("binh", "dang", "gioi")),
        ("15 cuộc", None, "", None, ("15", "cuoc")),
        ("", None, "", None, ()),
    ],
)
def test_a_search_box_is_understood(
    text: str, number: int | None, symbol: str, year: int | None, words: tuple[str, ...]
) -> None:
    read = understand(text)
    assert (read.number, read.symbol, read.year, read.words) == (number, symbol, year, words)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_somehow(text: str) -> None:
    read = understand(text)
    assert read.number is None or 0 <= read.number < 2**31


def test_the_box_finds_by_number_by_unit_and_by_words_of_the_title_together(world: World) -> None:
    report = world.report("W1")
    assert found(world, text="1/BC-UBND") == [report]
    assert found(world, text="mau giang ke hoach") == [world.plan]
    assert found(world, text="phuong mot bao cao 2026") == [report]
    assert found(world, text="phuong mot bao cao 2025") == []
    assert found(world, text="phường một nguyện vọng") == []
    assert found(world, text="%_\\ '") == []


def test_a_units_whole_name_finds_all_below_it(world: World) -> None:
    names = {one.unit for one in find(world.session, Wanted(text="an mau bao cao")).documents}
    assert names == {"Huyện An Mẫu", "Phường Một", "Phường Hai"}
    assert {one.unit for one in find(world.session, Wanted(unit_words="huyen")).documents} == {
        "Huyện An Mẫu", "Huyện Bình Mẫu",
    }  # fmt: skip


def test_filters_narrow_by_period_year_level_and_papers(world: World) -> None:
    world.register(world.report_of("W2"), 31)
    first, last = date(2025, 12, 15), date(2026, 12, 31)
    assert len(found(world, kind="report", year=2026)) == 7 and found(world, year=2024) == []
    assert len(found(world, kind="report", level="commune")) == 4
    assert len(found(world, kind="report", first=first, last=last)) == 7
    assert found(world, first=first + timedelta(400)) == []
    assert found(world, paper=True) == [world.report_of("W2")]


# ── lateness ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_late_is_what_the_board_calls_late(world: World) -> None:
    world.report("W1")
    world.at("2026-12-10")
    extended = world.report_of("W2")
    until = world.document(extended)["due_at"] + timedelta(days=10)
    duties.grant(world.session, extended, "extension", until, "Mưa lũ", world.holder("AM", "supervisor"), world.now)
    world.at("2026-12-21")
    world.report("W3")
    returned = world.report_of("W1")
    world.return_(returned, due=world.now + timedelta(days=1))
    calendar = days.calendar(world.session)
    for later, expected in ((0, {"W4"}), (2, {"W1", "W4", "AM", "BM"}),
                            (9, {"W1", "W2", "W4", "AM", "BM", "MG"})):  # fmt: skip
        now = world.now + timedelta(days=later)
        lines = board(world.session, world.plan, "/1/", now, calendar).lines
        for late, standing in ((Late.OVERDUE, Standing.OVERDUE), (Late.SENT_LATE, Standing.SENT_LATE)):
            page = find(world.session, Wanted(late=late), now=now)
            assert {one.id for one in page.documents} == {x.document_id for x in lines if x.standing is standing}
            assert {one.late for one in page.documents} <= {late.value}
        overdue = {one.id for one in find(world.session, Wanted(late=Late.OVERDUE), now=now).documents}
        assert overdue == {world.report_of(code) for code in expected}
    world.at("2026-12-28")
    world.write(returned)
    world.send(returned)
    sent_late = {one.id for one in find(world.session, Wanted(late=Late.SENT_LATE), now=world.now).documents}
    assert sent_late == {world.report_of("W3"), returned}, "a correction that came after its own day"


# ── order and pages ─────────────────────────────────────────────────────────────────────────────────────────


def test_names_are_sorted_as_in_a_vietnamese_dictionary() -> None:
    names = ["Đà Nẵng", "Cồn Cỏ", "Ba Bể", "Ăn", "Côn Đảo", "Ấn", "Bà Rịa", "Cô Tô", "Bác Ái", "An", "Ba Vì", "Dũng"]
    assert sorted(names, key=order_key) == [
        "An", "Ăn", "Ấn", "Ba Bể", "Bà Rịa", "Ba Vì", "Bác Ái", "Cô Tô", "Cồn Cỏ", "Côn Đảo", "Dũng", "Đà Nẵng",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_is_paged_both_ways_without_a_gap(world: World, sort: Sort) -> None:
    whole = find(world.session, Wanted(), sort=sort, limit=100, count=True)
    pages: list[Page] = [find(world.session, Wanted(), sort=sort, limit=3)]
    while (after := pages[-1].after) is not None:
        pages.append(find(world.session, Wanted(), sort=sort, limit=3, after=after))
    back = [pages[-1]]
    while (before := back[-1].before) is not None:
        back.append(find(world.session, Wanted(), sort=sort, limit=3, before=before))

    assert (whole.total, whole.total_words, whole.before, whole.after) == (8, "8", None, None)
    assert [one for page in pages for one in page.documents] == list(whole.documents)
    assert [one for page in reversed(back) for one in page.documents] == list(whole.documents)
    if sort is Sort.UNIT:
        names = [one.unit for one in whole.documents]
        assert names[:4] == ["Huyện An Mẫu", "Huyện Bình Mẫu", "Phường Ba", "Phường Bốn"]
    if sort is Sort.DUE:
        due = [one.due_at for one in whole.documents if one.due_at]
        assert due == sorted(due) and whole.documents[-1].id == world.plan


def test_a_long_list_is_told_as_more_than_a_thousand() -> None:
    assert Page((), None, total=1001).total_words == "hơn 1.000"
    assert Page((), None, total=1000).total_words == "1.000"


def test_a_ward_finds_what_it_owes_and_the_plan_that_asks_it(world: World) -> None:
    ward = units.get(world.session, world.unit("W1"))
    seen = find(world.session, Wanted(), seer=Seer(ward.id, ward.path)).documents
    assert [one.id for one in seen] == [world.report_of("W1"), world.plan]
    draft = world.draft_plan()
    assert draft not in {one.id for one in find(world.session, Wanted(), seer=Seer(ward.id, ward.path)).documents}
