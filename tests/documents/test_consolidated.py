"""The consolidated report as a full draft: what the units say put together, figures compared, targets, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

import tests.world
from documents.drafting import put_up
from documents.forms import form
from documents.writing import covering, standing_out, told_figures, voices
from documents.writing.below import Below, Child, read_below
from documents.writing.composing import compose
from documents.writing.fonts import KEEP
from documents.writing.main_figures import Indicator, parts, reached
from documents.writing.material import read
from documents.writing.pages import pdf
from documents.writing.paper import Paper, Paragraph, Row, Table
from documents.writing.proposing import propose, take
from documents.writing.sections import SUGGESTED
from documents.writing.voices import Voice
from states import contents, periods
from states.contents import EditedMeanwhile
from states.days import calendar
from states.figures import Cell, Figure, Ratio
from states.opening import open_supplement
from states.reading.board import board
from states.taking_up import take_up
from tests.world import DISTRICTS, PROVINCE, World

AN = DISTRICTS[0]
MONTH, YEAR = form("action-month", 2), form("year", 1)


def said(document: int, unit: str, text: str) -> dict[str, Any]:
    """A unit's words as they are gathered."""
    return {"document": document, "unit": unit, "text": text}


def figures(**cells: str) -> dict[Cell, Figure]:
    """Figures by cell: ``c10201="12"``."""
    return {Cell(int(name[1:])): Figure.from_canonical(value) for name, value in cells.items()}


def plain(paper: Paper) -> list[str]:
    """Its paragraphs."""
    return [block.text.replace(KEEP, " ") for block in paper.blocks if isinstance(block, Paragraph)]


# ── what the units say ────────────────────────────────────────────────────────────────────────────────────────


def bare(words: str) -> str:
    """Words without what does not count."""
    return " ".join(words.strip(" .;").split())


def test_equal_words_stand_once_with_all_who_say_them_and_the_most_said_first() -> None:
    heard = voices.voices([
        said(1, "Xã A", "- Thiếu kinh phí.\n- Địa bàn rộng."), said(2, "Xã B", "+ thiếu kinh phí"),
        said(3, "Xã C", "1. Cán bộ kiêm nhiệm"), said(4, "Xã D", "a) Thiếu  kinh phí;\nThiếu kinh phí."),
    ], {})  # fmt: skip
    assert heard == [
        Voice("Thiếu kinh phí.", ("Xã A", "Xã B", "Xã D")), Voice("Địa bàn rộng.", ("Xã A",)),
        Voice("Cán bộ kiêm nhiệm", ("Xã C",)),
    ]  # fmt: skip
    assert heard[0].told == "- 3 đơn vị (Xã A, Xã B, Xã D): Thiếu kinh phí."
    assert heard[1].told == "- Xã A: Địa bàn rộng."


def test_words_that_differ_in_one_letter_or_tone_are_not_put_together() -> None:
    heard = voices.voices([said(1, "Xã A", "Thiếu cán bộ"), said(2, "Xã B", "Thiếu can bộ")], {})
    assert [voice.units for voice in heard] == [("Xã A",), ("Xã B",)]
    same = voices.voices([said(1, "Xã A", "Hoà giải"), said(2, "Xã B", "Hòa giải")], {})
    assert [voice.units for voice in same] == [("Xã A", "Xã B")]


def test_units_of_one_name_are_two_units_with_the_place_behind_them() -> None:
    words = [said(1, "Xã Tân Lập", "Ít vốn"), said(2, "Xã Tân Lập", "Ít vốn")]
    heard = voices.voices(words, {1: "Tỉnh A", 2: "Tỉnh B"})
    assert heard[0].units == ("Xã Tân Lập (Tỉnh A)", "Xã Tân Lập (Tỉnh B)")
    assert heard[0].named == "Tỉnh A: Xã Tân Lập; Tỉnh B: Xã Tân Lập"


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["Ít vốn", "Xa", "Ít  vốn.", "một\nXa;"])), max_size=12))
def test_nobodys_words_are_lost_and_nobody_counts_twice(given_words: list[tuple[int, str]]) -> None:
    heard = voices.voices([said(n, f"Xã {n}", text) for n, text in given_words], {})
    expected = {(f"Xã {n}", bare(line)) for n, text in given_words for line in text.splitlines()}
    found = [(unit, bare(voice.words)) for voice in heard for unit in voice.units]
    assert sorted(found) == sorted(expected)
    assert [len(v.units) for v in heard] == sorted((len(v.units) for v in heard), reverse=True)


def test_a_long_list_is_cut_in_the_text_and_whole_in_the_annex() -> None:
    heard = [Voice(f"Ý {n}", ("Xã A",)) for n in range(11)]
    told = [block.text for block in voices.told(heard, False) if isinstance(block, Paragraph)]
    assert told[0] == "Các đơn vị phản ánh:" and told[8] == "- Xã A: Ý 7"
    assert told[-1].startswith("(Còn 3 ý kiến khác") and voices.in_annex(heard, False)
    assert len(voices.listed(heard, "Khó khăn").rows) == 11


def test_where_the_drafter_wrote_his_own_words_the_units_stand_in_the_annex() -> None:
    heard = [Voice("Ít vốn", ("Xã A",))]
    (one,) = voices.told(heard, True)
    assert isinstance(one, Paragraph) and "Phụ lục «Ý kiến của các đơn vị»" in one.text
    assert voices.in_annex(heard, True) and not voices.in_annex(heard, False)
    assert voices.told([], True) == []


# ── figures ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Figure.exact(110), Figure.exact(100), "tăng 10 (10 %)"),
        (Figure.exact(97), Figure.exact(100), "giảm 3 (3 %)"),
        (Figure.exact(5), Figure.exact(5), "bằng kỳ trước"),
        (Figure.exact(5), Figure.exact(0), "tăng 5"),
        (Figure.exact(5), None, ""),
        (None, Figure.exact(5), ""),
        (Figure.from_canonical(">5"), Figure.exact(5), ""),
        (Ratio(Figure.exact(584), Figure.exact(2302)), Ratio(Figure.exact(50), Figure.exact(200)),
         "tăng 0,37 điểm phần trăm"),
        (Ratio(Figure.exact(1), Figure.exact(0)), Ratio(Figure.exact(1), Figure.exact(2)), ""),
    ],
)  # fmt: skip
def test_a_change_is_told_only_where_both_are_exact(now: Any, before: Any, words: str) -> None:
    assert told_figures.change(now, before).replace(KEEP, " ") == words


def test_a_bound_stays_a_bound_and_what_is_missing_is_no_zero() -> None:
    now = figures(c10201="3", c10202="10", c10203="20", c20101="5", c20104=">540")
    made = parts(MONTH, now, {}, {}, 2026)
    lines = [line.replace(KEEP, " ") for line in told_figures.sentences(made, False)]
    assert lines == [
        "- Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát: 3 cuộc; 30 lượt người tham gia, "
        "trong đó nữ 20 lượt (66,67 %).",
        "- Kết quả truyền thông trên các phương tiện thông tin đại chúng, thông tin cơ sở: phát thanh trên hệ thống "
        "loa truyền thanh cơ sở 5 buổi; trên 540 lượt người tiếp cận.",
    ]
    table = told_figures.compared_table(made, True, True)
    assert [row.cells[3:] for row in table.rows if row.kind == "row"][0] == ("3", "…", "", "")


def test_the_figures_of_one_indicator_stand_together_and_a_share_with_its_parts() -> None:
    now = figures(
        c10101="18", c10102=">540", c30301="72", c30306="4267000000", c60102="6290", c60103="3083", c60104="3204"
    )
    before = figures(c10101="15", c60102="100", c60103="50")
    lines = told_figures.sentences(parts(YEAR, now, before, {}, 2025), True)
    assert [line.partition(": ")[2].replace(KEEP, " ") for line in lines] == [
        "tuyên truyền, phổ biến luật và văn bản về bình đẳng giới 18 cuộc, tăng 3 (20 %), trên 540 lượt người.",
        "hộ phụ nữ vay vốn Ngân hàng Chính sách xã hội 72 hộ, 4.267.000.000 đồng.",
        "học sinh mẫu giáo: tỷ lệ nữ 49,01 % (3.083/6.290), giảm 0,99 điểm phần trăm, tỷ lệ nam 50,94 % (3.204/6.290).",
    ]


def test_targets_are_of_the_form_with_their_source_and_made_from_the_parts() -> None:
    now = figures(c20902="8", c20903="5", c40201="7", c40202="10")
    lines = told_figures.judged(parts(YEAR, now, {}, {"victims": Figure.exact(70)}, 2025))
    assert [line.replace(KEEP, " ") for line in lines] == [
        "- Cơ quan có nữ lãnh đạo chủ chốt (tính theo cơ quan, không theo người): 62,5 % (5/8), đạt mục tiêu từ 60 % "
        "trở lên đến năm 2025 theo Nghị quyết 28/NQ-CP.",
        "- Nạn nhân bạo lực gia đình được tư vấn, hỗ trợ, chăm sóc: 70 % (7/10), đạt chỉ tiêu kế hoạch 70 %, chưa đạt "
        "mục tiêu từ 80 % trở lên đến năm 2025 theo Nghị quyết 28/NQ-CP.",
        "- Người gây bạo lực gia đình được tư vấn, giáo dục: chưa có số liệu để đánh giá.",
    ]


def test_the_target_is_of_the_year_and_persons_are_not_measured_by_the_target_of_bodies() -> None:
    now = figures(c20902="8", c20903="5", c20102="10", c20103="4")
    (politics,) = [part for part in parts(YEAR, now, {}, {}, 2026) if part.table.code == "politics"]
    aims = {one.label.split(" (")[0]: one for one in politics.indicators}
    bodies = aims["Cơ quan có nữ lãnh đạo chủ chốt"]
    assert bodies.target and (bodies.target.year, bodies.meets) == (2030, False)
    assert aims["Ban Thường vụ đảng bộ cấp xã"].target is None


@pytest.mark.parametrize(
    ("part", "whole", "meets"), [("6", "10", True), ("5", "10", False), (">5", "10", None), ("0", "0", None)]
)
def test_a_share_of_bounded_figures_meets_no_target(part: str, whole: str, meets: bool | None) -> None:
    ratio = Ratio(Figure.from_canonical(part), Figure.from_canonical(whole))
    assert reached(ratio, Figure.from_canonical(">=60")) is meets
    assert Indicator("x", "%", ratio).meets is None


def test_units_stand_out_only_among_several_and_by_their_own_figures() -> None:
    people = [10, 50, 30, 40, 20, 0]
    children = [Child(f"Xã {n}", figures(c10201=str(n), c10202=str(n), c10203="0")) for n in people]
    below = Below(tuple(children), {}, {}, (), {}, 6, 6)
    made = parts(MONTH, figures(c10201="1", c10202="1"), {}, {}, 2026)
    assert standing_out.lines(MONTH, below, made) == [
        "- Đơn vị có nhiều lượt người tham gia nhất: Xã 50 (50 lượt); Xã 40 (40 lượt); Xã 30 (30 lượt).",
        "- Báo cáo không phát sinh hoạt động: Xã 0.",
    ]
    few = Below(tuple(children[:4]), {}, {}, (), {}, 4, 4)
    assert standing_out.lines(MONTH, few, made) == []


def test_many_gaps_are_counted_in_the_text_and_named_in_an_annex() -> None:
    gone = tuple(Child(f"Xã {n}", why="signed" if n % 3 else "not-sent") for n in range(70))
    below = Below(gone, {}, {}, (), {}, 0, 70, "commune")
    day = periods.action_month(2026).last
    told = [block.text for block in covering.said(below, day, day) if isinstance(block, Paragraph)]
    assert told[2:4] == ["- Đã ký, chưa gửi (46 đơn vị);", "- Chưa gửi báo cáo (24 đơn vị)."]
    (annex,) = covering.annex(below)
    (table,) = annex.blocks
    assert isinstance(table, Table) and len(table.rows) == 70
    assert table.rows[1].cells == ("2", "Xã 1", "đã ký, chưa gửi")


@pytest.mark.parametrize("first_day", ["2026-12-18", "2026-12-22"])
def test_the_counts_are_those_of_the_board_at_every_moment(session: Session, first_day: str) -> None:
    there, ward = total(session, "Phường Một"), "Phường Hai"
    there.at(first_day)
    assert_as_on_the_board(there)
    report = there.report(ward)
    assert_as_on_the_board(there)
    there.later(hours=1)
    there.return_(report, due=there.now + timedelta(hours=2))
    assert_as_on_the_board(there)
    there.later(hours=5)
    there.write(report, 3)
    there.send(report)
    assert_as_on_the_board(there)


def assert_as_on_the_board(there: World) -> None:
    """What the draft says of who sent, and in time, is what the board of its wards counts at the same moment."""
    found = board(there.session, there.plan, there.unit(AN), there.now, calendar(there.session), level="commune").counts
    below = read_below(there.session, read(there.session, there.report_of(AN), None, there.now))
    assert below
    counted = (len(below.owing), sum(c.sent for c in below.owing), sum(c.on_time for c in below.owing))
    assert counted == (found.expected, found.received, found.on_time)


# ── the report ────────────────────────────────────────────────────────────────────────────────────────────────


def total(session: Session, *wards: str, monkeypatch: pytest.MonkeyPatch | None = None) -> World:
    """A district whose wards have reported this year; with `monkeypatch` all of them last year as well."""
    there = World(session)
    if monkeypatch:
        monkeypatch.setattr(tests.world, "WINDOW", periods.action_month(2025))
        there.at("2025-10-05")
        there.issue_plan()
        there.at("2025-12-17")
        report_all(there, ("Phường Một", "Phường Hai"), 10)
        there.write(there.report_of(AN), 0, 0, 0)
        there.send(there.report_of(AN))
        monkeypatch.setattr(tests.world, "WINDOW", periods.action_month(2026))
    there.at("2026-10-05")
    there.issue_plan()
    there.at("2026-12-17")
    report_all(there, wards, 12)
    return there


def report_all(there: World, wards: Sequence[str], events: int) -> None:
    """These wards report, the district takes them up."""
    for ward in wards:
        there.report(ward, events, 30, 40)
    there.later(days=1)
    there.consolidate(AN)


def test_two_whole_periods_are_compared(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    there = total(session, "Phường Một", "Phường Hai", monkeypatch=monkeypatch)
    paper = compose(session, there.report_of(AN), None, there.now)
    told = plain(paper)
    assert ("Số liệu kỳ trước lấy theo Báo cáo số 01/BC-UBND ngày 18 tháng 12 năm 2025; tăng, giảm dưới đây là so với "
            "kỳ trước.") in told  # fmt: skip
    assert any(": 24 cuộc, tăng 4 (20 %); 140 lượt người tham gia, bằng kỳ trước, trong" in line for line in told)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert Row(("1", "Số cuộc/đoàn", "cuộc", "24", "20", "+4", "+20")) in table.rows


def test_unequal_coverage_is_compared_only_for_the_same_units(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = total(session, "Phường Một", monkeypatch=monkeypatch)
    told = plain(compose(session, there.report_of(AN), None, there.now))
    assert any("tổng hợp từ 2/2 đơn vị; kỳ này từ 1/2 đơn vị, nên không so sánh tổng số." in line for line in told)
    at = told.index("Tính riêng 1 đơn vị có số liệu cả hai kỳ, so với kỳ trước:")
    assert "12 cuộc, tăng 2 (20 %)" in told[at + 1]
    assert not any("giảm" in line for line in told[:at])


def test_without_a_last_period_that_is_said_and_later_years_change_nothing(session: Session) -> None:
    there = total(session, "Phường Một")
    there.write(there.report_of(AN))
    there.send(there.report_of(AN))
    assert told_figures.NO_LAST in plain(compose(session, there.report_of(AN), None, there.now))
    sent = pdf(session, there.report_of(AN), None, there.now)
    there.later(days=30)
    assert pdf(session, there.report_of(AN), None, there.now) == sent


def test_the_plan_above_and_ones_own_are_cited_and_a_missing_number_leaves_room(session: Session) -> None:
    there = World(session)
    there.issue_plan(plans=True)
    own = there.plan_of(AN)
    there.write_plan(own)
    there.present(own)
    there.sign(own)
    there.at("2026-12-17")
    cited = compose(session, there.report_of(AN), None, there.now).answers
    assert cited == ("(Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu Giang và Kế hoạch "
                     "số ……/…… ngày …… tháng …… năm …… của UBND huyện An Mẫu)")  # fmt: skip
    there.submit(own)
    cited = compose(session, there.report_of(AN), None, there.now).answers
    assert cited and "và Kế hoạch số 01/KH-UBND ngày 17 tháng 12 năm 2026 của UBND huyện An Mẫu" in cited


def test_a_ward_that_came_by_a_supplement_is_missing_no_more(session: Session) -> None:
    there = total(session, "Phường Một")
    district, province = there.report_of(AN), there.report_of(PROVINCE)
    there.write(district)
    there.send(district)
    there.later(hours=1)
    there.report("Phường Hai")
    supplement = open_supplement(session, district, there.now)
    take_up(session, [supplement], there.now)
    there.later(hours=1)
    there.write(supplement, 0, 0, 0)
    there.send(supplement)
    there.consolidate(PROVINCE)
    told = "\n".join(plain(compose(session, province, None, there.now)))
    assert "bao gồm 2/4 xã, phường, đặc khu" in told
    assert "Phường Hai" not in told and "cấp dưới còn thiếu" not in told


# ── suggestions ───────────────────────────────────────────────────────────────────────────────────────────────


def test_suggestions_stand_marked_in_the_draft_and_never_in_what_is_put_up(session: Session) -> None:
    there = total(session, "Phường Một")
    district = there.report_of(AN)
    words = propose(session, district, there.now)
    assert words["direction"].startswith("Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu")
    assert words["results"] == "Kết quả cụ thể nêu tại phần Tổng hợp số liệu.", "no figure is told twice"
    assert "12 cuộc" in words["activities"] and "launch" not in words
    told = plain(compose(session, district, None, there.now))
    assert told[told.index(SUGGESTED) + 1] == words["direction"]
    there._save(district, {"texts": {"results": "Đạt."}}, None)
    revision = put_up(session, district, there.act(AN, "drafter"), there.now)
    cut = plain(compose(session, district, revision, there.now))
    assert SUGGESTED not in cut and "(chưa có nội dung)" in cut and "Đạt." in cut


def test_the_results_say_how_many_units_did_what(session: Session) -> None:
    there = total(session, "Phường Một", "Phường Hai")
    district = there.report_of(AN)
    words = propose(session, district, there.now)["results"].splitlines()
    assert words[0] == "Trong 2 đơn vị có số liệu, số đơn vị đã triển khai từng hoạt động:"
    assert words[1].endswith(": 2 đơn vị.") and "cuộc" not in "".join(words)


def test_taking_a_suggestion_keeps_what_was_written_and_takes_nothing_twice(session: Session) -> None:
    there = total(session, "Phường Một")
    district, holder = there.report_of(AN), there.holder(AN, "drafter")
    version = there._save(district, {"texts": {"direction": "Lời của tôi."}}, None)
    words = propose(session, district, there.now)
    assert take(session, district, ["direction", "results", "nope"], version, holder, there.now) == [
        "direction", "results",
    ]  # fmt: skip
    saved = contents.draft(session, district)
    assert saved.content["texts"] == {"direction": f"Lời của tôi.\n\n{words['direction']}", "results": words["results"]}
    assert take(session, district, ["direction"], saved.version, holder, there.now) == []
    there._save(district, {"texts": {}}, None)
    with pytest.raises(EditedMeanwhile):
        take(session, district, ["results"], version, holder, there.now)


def test_nothing_is_suggested_where_nothing_came_from_below(session: Session) -> None:
    there = total(session)
    assert propose(session, there.report_of("Phường Một"), there.now) == {}
    assert "results" not in propose(session, there.report_of(AN), there.now)
