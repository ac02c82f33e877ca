"""The forms carry what the five real documents hold, and read content cell by cell."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
import yaml

from documents.filled import BadContent, figures_of, free_rows, ratios_of, read, stated_of
from documents.forms import FORM_DATA, BadForm, Form, UnknownForm, form, label_key, load_forms
from documents.typed import enter
from states.figures import Cell, Figure
from states.lifecycle import Kind

ONE, TWO = form("action-month", 1), form("action-month", 2)
YEAR, HALF, WARD_PLAN = form("year"), form("half-year"), form("ward-plan")


def bach_dang() -> dict[str, Any]:
    """Phường Bạch Đằng's three tables as typed, with the weekly broadcast told as a number."""
    return {
        "rows": [
            {
                "table": 1,
                "row": 2,
                "label": "Tọa đàm tiền hôn nhân",
                "level": "Hội Phụ nữ và Đoàn TN; Dân số",
                "values": {"1": "1", "2": "42", "3": "55"},
            },
            {
                "table": 2,
                "row": 1,
                "label": "Phát thanh trên loa",
                "level": "UBND Phường",
                "values": {"1": "4 buổi", "5": "10 phút/buổi"},
            },
            {
                "table": 2,
                "row": 2,
                "label": "Viết bài tuyên truyền",
                "level": "UBND Phường",
                "values": {"1": "02"},
            },
            {"table": 3, "label": "Không"},
        ],
    }


def phong_tho() -> dict[str, Any]:
    """Huyện Phong Thổ's consolidated tables."""
    return {
        "form": "action-month/2",
        "figures": {
            "10401": "25",
            "10402": "42",
            "10403": "65",
            "20401": "39",
            "30101": "33",
            "40106": "20000000",
            "40206": "0",
        },
    }


def numbers(figures: dict[Cell, Figure]) -> dict[int, str]:
    return {int(cell): figure.canonical for cell, figure in figures.items()}


def test_every_form_is_found_and_has_its_kind() -> None:
    assert {f.key for f in load_forms().values()} == {
        "action-month/1",
        "action-month/2",
        "year/1",
        "half-year/1",
        "ward-plan/1",
        "plan/1",
    }
    assert {f.code for f in load_forms().values() if f.kind is Kind.PLAN} == {"ward-plan", "plan"}
    assert form("action-month") is TWO and form("action-month/1") is ONE
    with pytest.raises(UnknownForm, match="known forms: action-month/1"):
        form("action-month", 9)


def test_a_digest_covers_the_data_and_nothing_else() -> None:
    assert len({f.digest() for f in load_forms().values()}) == len(load_forms())
    data = yaml.safe_load((FORM_DATA / "year-1.yaml").read_text(encoding="utf-8"))
    assert Form.of(data).digest() == YEAR.digest()
    data["tables"][0]["title"] += "."
    assert Form.of(data).digest() != YEAR.digest()


def test_cells_of_one_number_mean_the_same_in_both_versions() -> None:
    shared = ONE.specs.keys() & TWO.specs.keys()
    assert len(shared) > 30
    for cell in shared:
        one, two = ONE.specs[cell], TWO.specs[cell]
        assert (one.type, one.unit, one.nature, one.source) == (two.type, two.unit, two.nature, two.source)
    for before, after in zip(ONE.tables, TWO.tables, strict=False):
        assert before.categories == after.categories
    # what version 1 does not split by sex has its place in version 2 as "not split"
    assert {s.cell for s in ONE.cells()} <= {s.cell for s in TWO.cells()}


def test_the_benchmarks_find_three_tables_of_five_rows_and_three_figures() -> None:
    cells = {s.cell for s in TWO.cells()}
    assert {Cell.of(t, r, c) for t in (1, 2, 3) for r in range(1, 6) for c in (1, 2, 3)} <= cells


def test_a_cell_is_told_in_words() -> None:
    assert TWO.cell_label(10402) == (
        "Biểu 1, «Lao động tổng vệ sinh, thăm hỏi, tặng quà phụ nữ và trẻ em khó khăn», cột Số người tham gia, Nam"
    )
    assert "không có trong mẫu" in TWO.cell_label(99999)


def test_percentages_and_texts_do_not_add_and_own_figures_stay() -> None:
    percent, council = YEAR.specs[Cell.of(2, 3, 5)], YEAR.specs[Cell.of(2, 6, 3)]
    assert (percent.add, percent.adds, percent.carried) == ("none", False, False)
    assert (council.source, council.nature, council.adds, council.carried) == ("own", "stock", True, False)
    assert ONE.specs[Cell.of(2, 1, 5)].add == "text"
    assert YEAR.specs[Cell.of(3, 3, 6)].type == "money"
    assert all(s.adds and s.cell.row for f in load_forms().values() for s in f.cells())


def test_bach_dang_is_entered_and_its_nil_is_a_reported_zero() -> None:
    entered = enter(bach_dang(), ONE)
    figures = numbers(figures_of(entered.content, ONE))
    assert entered.content["nil"] == [3]
    assert {c: v for c, v in figures.items() if c < 30000} == {
        10201: "1",
        10202: "42",
        10203: "55",
        20101: "4",
        20201: "2",
    }
    nil = {c: v for c, v in figures.items() if c >= 30000}
    assert len(nil) == 10 and set(nil.values()) == {"0"}
    assert read(entered.content, ONE).lines[1].texts == {5: "10 phút/buổi"}
    assert "đọc «4 buổi» là 4" in [echo.words for echo in entered.echoes]


def test_a_frequency_is_no_number_and_the_place_is_named() -> None:
    typed = bach_dang()
    typed["rows"][1]["values"]["1"] = "1 buổi/tuần"
    with pytest.raises(BadContent) as refused:
        enter(typed, ONE)
    assert [r.place for r in refused.value.reasons] == ["rows.2.values.1"]
    assert "tần suất" in refused.value.message


def test_phong_tho_reads_as_printed() -> None:
    figures = figures_of(phong_tho(), TWO)
    assert numbers(figures) == {int(c): v for c, v in phong_tho()["figures"].items()}
    assert figures[Cell(40206)] == Figure.exact(0)
    assert Cell(20402) not in figures  # left blank in the paper: missing, not zero


def test_rows_of_one_category_add_up_with_their_bounds_and_free_rows_stay_apart() -> None:
    content = {
        "form": "action-month/2",
        "rows": [
            {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "18", "3": ">540"}},
            {"table": 1, "row": 2, "label": "Hội nghị", "values": {"1": "1", "3": "25"}},
            {"table": 1, "row": 0, "label": "Việc khác", "level": "Đoàn TN", "values": {"1": "7"}},
        ],
    }
    assert numbers(figures_of(content, TWO)) == {10201: "19", 10203: ">565"}
    [free] = free_rows(content, TWO)
    assert (free.number, free.table, free.label, free.level) == (3, 1, "Việc khác", "Đoàn TN")
    assert free.values == {1: Figure.exact(7)} and free.key == "viec khac"


def test_stated_totals_overrule_the_unit_s_own_rows() -> None:
    content = {**phong_tho(), "rows": [{"table": 3, "row": 1, "label": "Băng rôn", "values": {"1": "3"}}]}
    assert figures_of(content, TWO)[Cell(30101)] == Figure.exact(33)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"figures": {"90101": "1"}}, "figures.90101"),
        ({"figures": {"010101": "1"}}, "figures.010101"),
        ({"figures": {"10001": "1"}}, "figures.10001"),
        ({"figures": {"10101": "02"}}, "figures.10101"),
        ({"figures": {"10101": 25}}, "figures.10101"),
        ({"figures": {"10101": "1.118"}}, "figures.10101"),
        ({"figures": {"10101": "-1"}}, "figures.10101"),
        ({"figures": ["10101"]}, "figures"),
        ({"rows": {"table": 1}}, "rows"),
        ({"rows": ["Không"]}, "rows.1"),
        ({"rows": [{"table": 9, "row": 1, "values": {}}]}, "rows.1"),
        ({"rows": [{"table": "1", "row": 1, "values": {}}]}, "rows.1"),
        ({"rows": [{"table": 1, "row": 44, "values": {}}]}, "rows.1"),
        ({"rows": [{"table": 1, "row": 1, "values": {"9": "1"}}]}, "rows.1.values.9"),
        ({"rows": [{"table": 1, "row": 1, "values": {"1": "trên 5"}}]}, "rows.1.values.1"),
        ({"nil": [4]}, "nil.4"),
        ({"nil": [[1]]}, "nil.[1]"),
        ({"form": "action-month/1"}, "form"),
    ],
)
def test_what_the_form_does_not_hold_is_refused_by_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadContent) as refused:
        figures_of({"form": "action-month/2", **change}, TWO)
    assert [reason.place for reason in refused.value.reasons] == [place]


def test_all_reasons_are_given_at_once() -> None:
    with pytest.raises(BadContent, match="2 chỗ") as refused:
        figures_of({"form": "action-month/2", "figures": {"10101": "x", "10102": "5.5"}}, TWO)
    assert len(refused.value.reasons) == 2


def test_typed_money_people_and_percentages_fit_their_cells() -> None:
    typed = {
        "figures": {
            "30306": "4.267.000.000 đồng",
            "30301": "72 hộ",
            "30406": "50 triệu đồng",
            "30401": "10",
            "30102": "250",
            "30103": "137",
            "50205": "99.5%",
            "80106": "30.000.000đ",
            "40101": "Không",
            "10102": "trên 540 lượt người",
            "10101": "18 cuộc",
            "10103": "",
        }
    }
    entered = enter(typed, YEAR)
    assert entered.content["figures"] == {
        "30306": "4267000000",
        "30301": "72",
        "30406": "50000000",
        "30401": "10",
        "30102": "250",
        "30103": "137",
        "50205": "99.5",
        "80106": "30000000",
        "40101": "0",
        "10102": ">540",
        "10101": "18",
    }
    assert [echo.place for echo in entered.echoes if echo.doubt] == ["figures.50205"]
    assert numbers(stated_of(entered.content, YEAR)) == {50205: "99.5"}
    ratio = ratios_of(figures_of(entered.content, YEAR), YEAR)[Cell.of(3, 1, 5)]
    assert ratio.percent() == Decimal("54.80")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("30101", "72"),
        ("30301", "50%"),
        ("30301", "50 triệu đồng"),
        ("30306", "5%"),
        ("50205", "101%"),
        ("10101", "-3"),
        ("10101", "2,5"),
        ("90909", "1"),
    ],
)
def test_what_is_typed_in_the_wrong_cell_is_refused(cell: str, said: str) -> None:
    with pytest.raises(BadContent) as refused:
        enter({"figures": {cell: said}}, YEAR)
    assert [reason.place for reason in refused.value.reasons] == [f"figures.{cell}"]


def test_an_giang_s_leaders_are_a_ratio_of_the_half_year() -> None:
    content = {
        "form": "half-year/1",
        "figures": {"20102": "2302", "20103": "584", "20105": "25.36", "20107": "2.43"},
    }
    assert numbers(figures_of(content, HALF)) == {20102: "2302", 20103: "584"}
    assert ratios_of(figures_of(content, HALF), HALF)[Cell(20105)].percent() == Decimal("25.37")


def test_the_ward_plan_has_eight_task_groups_and_ten_assignees_two_only_asked() -> None:
    assert [g.number for g in WARD_PLAN.task_groups] == list(range(1, 9))
    assert len(WARD_PLAN.assignees) == 10
    assert [a.code for a in WARD_PLAN.assignees if a.asked] == ["front", "womens-union"]
    assert {"purpose", "budget"} <= {s.code for s in WARD_PLAN.sections}


@pytest.mark.parametrize(
    ("table", "label", "category"),
    [
        (1, "Toa đàm tu vấn truyền kiến thức tiền hôn nhân", "talks"),
        (1, "Lao động tổng vệ sinh, dọn dẹp nhà cửa..., tặng quà", "community"),
        (2, "- Tuyên truyền Kế hoạch số 16/KH-BVSTBPN", "meetings"),
        (2, "Phát thanh tu vấn trên hệ thống loa truyền thanh", "loudspeaker"),
        (2, "Viết bài tuyên truyền", "articles"),
        (3, "Băng zôn", "banners"),
    ],
)
def test_labels_of_the_real_documents_find_their_category(table: int, label: str, category: str) -> None:
    number = TWO.table(table).suggest(label)
    assert next(c.code for c in TWO.table(table).categories if c.number == number) == category


def test_an_unknown_label_has_no_category() -> None:
    assert TWO.table(1).suggest("Việc chưa từng có") == 0
    assert label_key("Tọa đàm, TƯ VẤN!") == label_key("toa dam tu van") == "toa dam tu van"


def test_a_form_with_a_mistake_is_refused_by_name() -> None:
    data = yaml.safe_load((FORM_DATA / "half-year-1.yaml").read_text(encoding="utf-8"))
    twice, stray, rule = deepcopy(data), deepcopy(data), deepcopy(data)
    twice["tables"][0]["columns"][1]["number"] = 1
    stray["tables"][0]["colour"] = "red"
    rule["identities"].append({"kind": "part", "table": 2, "part": 4, "whole": 2})
    for wrong, why in [(twice, "stands twice"), (stray, "colour"), (rule, "missing column")]:
        with pytest.raises(BadForm, match=why):
            Form.of(wrong)
