"""The figures of the consolidated report: against the last period and the targets, and which units stand out."""

from __future__ import annotations

from typing import Any

import pytest

from documents.forms import form
from documents.writing import standing_out, told_figures
from documents.writing.below import Below, Child
from documents.writing.fonts import KEEP
from documents.writing.main_figures import Indicator, parts, reached
from states.figures import Cell, Figure, Ratio

MONTH, YEAR = form("action-month", 2), form("year", 1)


def figures(**cells: str) -> dict[Cell, Figure]:
    """Figures by cell: ``c10201="12"``."""
    return {Cell(int(name[1:])): Figure.from_canonical(value) for name, value in cells.items()}


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
