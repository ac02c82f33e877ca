"""A blank form out and back: what was filled in comes back equal, every cell is checked, a tampered file is refused."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from documents.forms import form
from documents.reading.files import open_bytes
from documents.reading.filled.form import BadCells, FilledForm, read_filled, understand
from documents.reading.filled.key import (
    CodesRemoved,
    Expected,
    KeyChanged,
    NotOurForm,
    OtherDocument,
    OtherVersion,
    SheetsRemoved,
)
from documents.reading.formats.sheets import cells
from documents.reading.refusals import OwnForm
from documents.typed import enter
from documents.writing.blank_form import Blank, blank_xlsx
from documents.writing.sheets import Head
from states.errors import DonDocError
from states.figures import Bound, Cell, Figure
from states.periods import LOCAL
from states.reading.before import Before
from tests.documents.filling import Place, Value, cell_of, fill, put, without_sheet
from tests.documents.test_sheets import opened

REPORT, YEAR, HALF = form("action-month", 2), form("year", 1), form("half-year", 1)
AT = datetime(2026, 12, 21, 9, tzinfo=LOCAL)
HEAD = Head(("UBND TỈNH MẪU GIANG", "ỦY BAN NHÂN DÂN PHƯỜNG MỘT"), "Báo cáo (mẫu)", AT)
BLANK = Blank(7, 3, "Phường Một", 1, REPORT, 0, {}, None, HEAD)
HERE = Expected(7, 3, REPORT)


def file_of(blank: Blank = BLANK, values: dict[Place, Value] | None = None) -> bytes:
    return fill(blank_xlsx(blank), values or {})


def back(file: bytes, expected: Expected = HERE) -> FilledForm:
    return understand(cells("a.xlsx", file, "xlsx"), expected)


def reasons(values: dict[Place, Value], blank: Blank = BLANK) -> list[str]:
    return [reason.message for reason in back(file_of(blank, values), replace(HERE, form=blank.form)).reasons]


def test_one_that_comes_among_papers_is_sent_to_its_own_door() -> None:
    with pytest.raises(OwnForm, match="mở đúng báo cáo ở trang Soạn"):
        open_bytes("a.xlsx", file_of())


# ── the blank ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_blank_has_a_sheet_a_table_is_locked_around_its_open_cells_and_hides_its_key() -> None:
    file = file_of()
    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        shown = {one.name: one.visible for one in book.sheets_metadata}
    assert list(shown) == ["Hướng dẫn", "Biểu 1", "Biểu 2", "Biểu 3", "Biểu 4", "Lời văn", "_danh_muc", "_khoa"]
    assert [name for name, how in shown.items() if how == SheetVisibleEnum.VeryHidden] == ["_danh_muc", "_khoa"]
    key = opened(file)["_khoa"].cells
    said = {key[f"A{n}"]: key.get(f"B{n}", "") for n in range(1, 12) if f"A{n}" in key}
    assert (said["van-ban"], said["don-vi"], said["ke-hoach"], said["bieu-mau"]) == ("7", "3", "1", "action-month/2")
    assert said["lap-luc"] == "2026-12-21T09:00:00+07:00" and len(said["bam"]) == 64
    xml = opened(file)["Biểu 1"].xml
    assert "<sheetProtection " in xml and "password" not in xml and "hashValue" not in xml
    assert 'type="whole"' in xml and "Ô này ghi số nguyên từ 0 trở lên" in xml and 'type="list"' in xml


def test_what_the_draft_holds_and_what_was_said_last_period_stand_in_it() -> None:
    content = {"form": REPORT.key, "rows": [{"table": 1, "row": 2, "label": "=1+1 Tọa đàm", "values": {"2": ">540"}}],
               "texts": {"results": "@SUM(A1)"}}  # fmt: skip
    figures = {Cell.of(1, 2, 1): Figure.exact(9)}
    earlier = Before(6, "Kỳ trước", 2, AT.date(), AT.date(), None, None, {"texts": {"results": "Năm trước"}}, figures,
                     figures)  # fmt: skip
    sheets = opened(file_of(replace(BLANK, content=content, before=earlier)))
    row = sheets["Biểu 1"].row_of("=1+1 Tọa đàm")
    assert "trên 540" in row.values() and "9" in row.values()
    assert {"@SUM(A1)", "Năm trước"} <= set(sheets["Lời văn"].cells.values())
    assert all(formula.startswith("IF(COUNT(") for sheet in sheets.values() for formula in sheet.formulas.values())


# ── there and back ──────────────────────────────────────────────────────────────────────────────────────────

amounts = st.builds(
    lambda amount, bound: Figure.of(Figure.exact(amount).amount, bound).canonical,
    st.integers(0, 10**12), st.sampled_from([int(one) for one in Bound]),
)  # fmt: skip
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
rows = st.lists(
    st.builds(
        lambda row, label, values, level: {"table": 1, "row": row, "label": label, "values": values}
        | ({"level": level} if level else {}),
        st.integers(0, 6), st.one_of(words, st.sampled_from(["=1+1", "+84", "-x", "Tọa đàm", "_x0041_"])),
        st.dictionaries(st.sampled_from(["1", "2", "3"]), amounts, min_size=1), st.sampled_from(["", "cấp thôn"]),
    ),
    max_size=5,
)  # fmt: skip
contents = st.builds(
    lambda rows, money, nil, texts: {"form": REPORT.key, "figures": money, "rows": rows, "nil": sorted(nil),
                                     "texts": texts},
    rows, st.dictionaries(st.sampled_from(["40106", "40206"]), amounts), st.sets(st.sampled_from([2, 3])),
    st.dictionaries(st.sampled_from(["results", "direction"]), st.one_of(words, st.just("Một.\n\n=Hai"))),
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(contents)
def test_whatever_a_draft_holds_comes_back_from_its_form_as_it_was(content: dict[str, Any]) -> None:
    found = back(file_of(replace(BLANK, content=content)))
    assert not found.reasons
    assert enter(found.typed, REPORT).content == content


@settings(max_examples=8, deadline=None)
@given(st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(0, 10**14), min_size=1), amounts, words)
def test_what_an_officer_writes_into_the_cells_is_what_is_read(
    numbers: dict[str, int], money: str, label: str
) -> None:  # fmt: skip
    said = Figure.from_canonical(money).vi
    written: dict[Place, Value] = {("Biểu 1", "§d3", f"v{column}"): amount for column, amount in numbers.items()}
    written |= {("Biểu 1", "§d9", "l"): label, ("Biểu 1", "§d9", "c"): "2. Tọa đàm, …", ("Biểu 1", "§d9", "v1"): "12",
                ("Biểu 4", "§d2", "v6"): said, ("Biểu 2", "§khong", "nil"): "Không"}  # fmt: skip
    content = enter(back(file_of(values=written)).typed, REPORT).content
    training = next(one.label for one in REPORT.table(1).categories if one.number == 3)
    assert content["rows"] == [
        {"table": 1, "row": 3, "label": training, "values": {c: str(n) for c, n in numbers.items()}},
        {"table": 1, "row": 2, "label": " ".join(label.split()), "values": {"1": "12"}},
    ]  # fmt: skip
    assert content["figures"] == {"40206": money} and content["nil"] == [2]


@pytest.mark.parametrize("said", ["Nhóm 2", "nhóm  2", "2", "2. Tọa đàm"])
def test_the_group_of_an_added_line_may_be_written_as_the_lines_above_have_it(said: str) -> None:
    values: dict[Place, Value] = {("Biểu 1", "§d9", "l"): "Diễn đàn", ("Biểu 1", "§d9", "c"): said,
                                  ("Biểu 1", "§d9", "v1"): "1"}  # fmt: skip
    assert [(row.category, row.label) for row in back(file_of(values=values)).rows] == [(2, "Diễn đàn")]


def test_indicators_with_percentages_and_words_come_back_too() -> None:
    year = replace(BLANK, form=YEAR)
    values: dict[Place, Value] = {("Biểu 2", "§d7", "v2"): 250, ("Biểu 2", "§d7", "v3"): 137,
                                  ("Biểu 2", "§d7", "v5"): 54.8,
                                  ("Biểu 3", "§d3", "v6"): "4.267.000.000 đồng"}  # fmt: skip
    found = back(file_of(year, values), replace(HERE, form=YEAR))
    assert enter(found.typed, YEAR).content["figures"] == {"20702": "250", "20703": "137", "20705": "54.8",
                                                           "30306": "4267000000"}  # fmt: skip
    half = back(file_of(replace(BLANK, form=HALF), {("Biểu 1", "§d2", "v9"): "15 phút", ("Biểu 1", "§d2", "v1"): 12}),
                replace(HERE, form=HALF))  # fmt: skip
    (row,) = enter(half.typed, HALF).content["rows"]
    assert row["values"] == {"1": "12", "9": "15 phút"}


def test_the_file_is_opened_in_a_process_of_its_own() -> None:
    assert read_filled("biểu.xlsx", file_of(values={("Biểu 1", "§d1", "v1"): 4}), HERE).rows[0].values == {1: "4"}


# ── every cell is checked ───────────────────────────────────────────────────────────────────────────────────


def test_a_cell_that_cannot_be_read_is_named_and_all_are_told_at_once() -> None:
    values: dict[Place, Value] = {("Biểu 1", "§d2", "v2"): "abc", ("Biểu 1", "§d2", "v1"): 1.5,
                                  ("Biểu 4", "§d1", "v6"): -3, ("Biểu 1", "§d8", "c"): "Nhóm lạ",
                                  ("Biểu 2", "§khong", "nil"): "có",
                                  ("Lời văn", "§results", "text"): "x" * 20_001}  # fmt: skip
    file = file_of(values=values)
    found = back(file)
    told = [reason.message for reason in found.reasons]
    assert any(one.startswith(f"Biểu 1, ô {cell_of(file, ('Biểu 1', '§d2', 'v2'))}: «abc» không") for one in told)
    assert len(told) == 6 and all(", ô " in one for one in told)
    with pytest.raises(BadCells) as refused:
        _ = found.typed
    assert len(refused.value.reasons) == 6


def test_what_may_mean_two_things_is_told() -> None:
    year = replace(BLANK, form=YEAR)
    file = file_of(year, {("Biểu 2", "§d7", "v5"): 0.548, ("Biểu 1", "§d1", "v1"): "1 118"})
    told = back(file, replace(HERE, form=YEAR)).doubts
    assert any("đọc là 0,548 %" in one for one in told) and any("đọc «1 118» là 1118" in one for one in told)


def test_nil_beside_figures_a_copied_line_and_a_line_without_a_name_are_refused() -> None:
    assert any("«Không» nhưng vẫn có số liệu" in one
               for one in reasons({("Biểu 2", "§khong", "nil"): "Không", ("Biểu 2", "§d1", "v1"): 3}))  # fmt: skip
    file = file_of()
    first, second = cell_of(file, ("Biểu 1", "§d1", "§cot")), cell_of(file, ("Biểu 1", "§d2", "v1"))
    anchor = cell_of(file, ("Biểu 1", "§d2", "§cot"))
    copied = back(put(file, {"Biểu 1": {anchor: "§d1"}})).reasons
    assert any("bản chép của dòng" in one.message for one in copied), first
    assert any("mất một dòng" in one.message for one in copied)
    unnamed = back(put(file, {"Biểu 1": {anchor: None, second: 5}})).reasons
    assert any("dòng chèn thêm" in one.message and second[1:] in one.message for one in unnamed)


# ── a file that is not this report's ────────────────────────────────────────────────────────────────────────


def test_another_document_unit_or_version_of_the_form_is_refused_in_one_sentence() -> None:
    file = file_of()
    with pytest.raises(OtherDocument, match="Phường Một"):
        back(file, replace(HERE, document_id=8))
    with pytest.raises(OtherDocument):
        back(file, replace(HERE, unit_id=4))
    with pytest.raises(OtherVersion, match="action-month/2"):
        back(file, replace(HERE, form=form("action-month", 1)))


def test_a_changed_key_a_removed_sheet_and_lost_names_are_refused() -> None:
    file = file_of()
    key = opened(file)["_khoa"].cells
    for name in ("van-ban", "bieu-mau", "dong", "goc", "bam"):
        place = next(cell for cell, value in key.items() if value == name).replace("A", "B")
        with pytest.raises(KeyChanged):
            back(put(file, {"_khoa": {place: "9"}}))
    with pytest.raises(SheetsRemoved, match="«Biểu 2»"):
        back(without_sheet(file, "Biểu 2"))
    with pytest.raises(NotOurForm):
        back(without_sheet(file, "_khoa"))
    with pytest.raises(CodesRemoved, match="Biểu 1"):
        back(put(file, {"Biểu 1": {cell_of(file, ("Biểu 1", "§cot", "§cot")): None}}))


def test_lines_and_columns_are_found_wherever_they_stand() -> None:
    found = cells("a.xlsx", file_of(values={("Biểu 1", "§d1", "v1"): 4, ("Biểu 1", "§d3", "v2"): 5}), "xlsx")
    moved = {**found, "Biểu 1": [["", *row] for row in [["" for _ in found["Biểu 1"][0]], *found["Biểu 1"]]]}
    head = next(n for n, row in enumerate(moved["Biểu 1"]) if "§cot" in row)
    moved["Biểu 1"][head + 1 : head + 4] = reversed(moved["Biểu 1"][head + 1 : head + 4])
    here, there = understand(found, HERE), understand(moved, HERE)
    assert here.rows == there.rows and [row.category for row in there.rows] == [1, 3] and not there.reasons


def test_a_key_that_was_written_by_hand_is_no_way_in() -> None:
    """Its digest is no secret: what stands under it is looked at all the same."""
    key = BLANK.key
    for changed in (
        replace(key, rows={"1": [99]}), replace(key, rows={}), replace(key, rows={**key.rows, "4": [0]}),
        replace(key, base={"figures": []}), replace(key, base={"rows": [{"values": {"1": {}}}]}),
        replace(key, base={"rows": ["x"]}), replace(key, base={"texts": {"a": 1}}),
    ):  # fmt: skip
        found = cells("a.xlsx", file_of(), "xlsx")
        with pytest.raises(KeyChanged):
            understand({**found, "_khoa": [list(line) for line in changed.lines()]}, HERE)


CELLS = cells("a.xlsx", file_of(), "xlsx")
anything = st.one_of(st.text(max_size=8), st.sampled_from([["n", "1e+300"], ["n", "nan"], ["n", "inf"], ["n", "1e-09"],
                     ["d", "01/01/2026"], ["b", "TRUE"], "", "Không", "§d1", "§cot", "§khong"]))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*CELLS]), st.integers(0, 40), st.integers(0, 15), anything), max_size=6))
def test_whatever_stands_in_the_cells_it_is_read_or_refused_in_words(
    changes: list[tuple[str, int, int, Any]],
) -> None:  # fmt: skip
    found = {name: [list(row) for row in rows] for name, rows in CELLS.items()}
    for sheet, row, column, value in changes:
        if row < len(found[sheet]) and column < len(found[sheet][row]):
            found[sheet][row][column] = value
    try:
        read = understand(found, HERE)
        if not read.reasons:
            enter(read.typed, REPORT)
    except DonDocError as refused:
        assert refused.message
