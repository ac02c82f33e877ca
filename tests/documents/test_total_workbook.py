"""The consolidated workbook: live formulas with their values, ratios of sums, bounds that no sum takes in, gaps."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from documents.forms import form
from documents.writing.sheets import Head
from documents.writing.total_sheet import total_xlsx
from documents.writing.voices import Voice
from states.figures import Bound, Cell, Coverage, Figure
from states.periods import LOCAL
from states.reading.by_unit import ByUnit, UnitPart
from states.reading.coverage import Gap, TotalCoverage
from states.reading.standings import Line, Standing
from tests.documents.formulas import reckoned, wrong
from tests.documents.recalculating import differences, recalculated
from tests.documents.test_sheets import opened

YEAR = form("year", 1)
AT = datetime(2026, 12, 21, 9, tzinfo=LOCAL)
HEAD = Head(("UBND TỈNH MẪU GIANG", "SỞ NỘI VỤ"), "BẢNG TỔNG HỢP", AT, ("Kế hoạch (mẫu)",))
EVENTS, PEOPLE = Cell.of(1, 1, 1), Cell.of(1, 1, 2)
ALL, WOMEN = Cell.of(2, 7, 2), Cell.of(2, 7, 3)
Figures = dict[Cell, Figure]


def exact(amount: int) -> Figure:
    return Figure.exact(amount)


def more_than(amount: int) -> Figure:
    return Figure(Decimal(amount), Bound.MORE_THAN)


def total_of(*parts: Figures | None) -> ByUnit:
    """A total of wards; None is one that has not sent."""
    lines = tuple(
        UnitPart(n, f"Phường {n}", "whole", 100 + n, f"0{n}/BC-UBND" if figures else None, figures,
                 None if figures is not None else "chưa gửi")
        for n, figures in enumerate(parts, 1)
    )  # fmt: skip
    cells = {cell for figures in parts for cell in figures or ()}
    summed = {cell: figure for cell in cells
              if (figure := Figure.total(figures.get(cell) for figures in parts if figures)) is not None}  # fmt: skip
    gaps = tuple(Gap(line.document_id, line.unit_id, line.unit, "commune", "not-sent", None)
                 for line in lines if line.figures is None)  # fmt: skip
    counted = Coverage(len(parts), len(parts) - len(gaps), 0, tuple(gap.unit for gap in gaps))
    return ByUnit(9, 1, "ab" * 32, True, "year", 1, lines, summed, TotalCoverage(counted, counted, gaps, ()))


def test_a_percentage_is_a_formula_of_summed_parts_and_never_an_average() -> None:
    sheet = opened(total_xlsx(total_of({ALL: exact(10), WOMEN: exact(9)}, {ALL: exact(90), WOMEN: exact(9)}), YEAR,
                              HEAD))["Biểu 2"]  # fmt: skip
    one, two, sums = sheet.row_of("Phường 1"), sheet.row_of("Phường 2"), sheet.row_of("TỔNG CỘNG")
    column = next(key for key, value in one.items() if value == "90.0" or value == "90")
    assert (two[column], sums[column]) == ("10.0", "18.0"), "18 of 100, not the mean of 90 % and 10 %"
    place = next(
        key for key, formula in sheet.formulas.items() if key.startswith(column) and sheet.cells[key] == "18.0"
    )
    assert re.fullmatch(r'IF\(N\((\w+)\)=0,"…",ROUND\(100\*\w+/\1,2\)\)', sheet.formulas[place])
    assert not list(wrong(sheet.formulas, sheet.cells))


def test_a_bound_is_a_text_that_no_sum_takes_in_and_two_lines_tell_it_apart() -> None:
    total = total_of({EVENTS: exact(18), PEOPLE: more_than(540)}, {EVENTS: exact(2), PEOPLE: exact(25)})
    sheet = opened(total_xlsx(total, YEAR, HEAD))["Biểu 1"]
    ward, live, sums = sheet.row_of("Phường 1"), sheet.row_of("Cộng các số chính xác"), sheet.row_of("TỔNG CỘNG")
    assert (ward["D"], ward["E"]) == ("18", "trên 540")
    assert (live["D"], live["E"]) == ("20", "25"), "the 540 is in no formula"
    assert (sums["D"], sums["E"]) == ("20", "trên 565")
    told = next(text for text in sheet.cells.values() if "không nằm trong công thức SUM" in text)
    assert re.search(r"E\d+ Phường 1: trên 540", told)
    assert not list(wrong(sheet.formulas, sheet.cells))


def test_who_has_not_sent_is_named_hatched_and_no_zero_and_stands_on_its_own_sheet() -> None:
    total = total_of({EVENTS: exact(1)}, None)
    line = Line(102, "report", 1, 1, "Báo cáo", 2, "Phường 2", "commune", "/1/2/", "draft", 3, Standing.OVERDUE,
                Standing.PRESENTED, True, False, False, AT, datetime(2026, 12, 19, tzinfo=LOCAL), None, None, None,
                None, None, False, False, None, False, "leader", 5, "Lan (mẫu)", "Phó Chủ tịch", None, None, AT, None,
                None, days_late=2)  # fmt: skip
    sheets = opened(total_xlsx(total, YEAR, HEAD, {102: line}))
    assert list(sheets) == ["Biểu 1", "Đơn vị chưa gửi"]
    gap = sheets["Biểu 1"].row_of("Phường 2")
    assert gap["D"] == "chưa gửi báo cáo" and not {"E", "F"} & gap.keys()
    missing = sheets["Đơn vị chưa gửi"].row_of("Phường 2")
    assert (missing["D"], missing["E"], missing["F"], missing["I"]) == ("chưa gửi báo cáo", "Lãnh đạo",
                                                                        "Lan (mẫu), Phó Chủ tịch", "2")  # fmt: skip
    assert float(missing["H"]) == (datetime(2026, 12, 18) - datetime(1899, 12, 30)).days, "the last day that keeps it"
    unseen = opened(total_xlsx(total, YEAR, HEAD))["Đơn vị chưa gửi"].row_of("Phường 2")
    assert not {"E", "F", "H"} & unseen.keys(), "a reader who may not see it is not told"


def test_where_all_have_sent_the_last_sheet_says_so() -> None:
    sheet = opened(total_xlsx(total_of({EVENTS: exact(1)}), YEAR, HEAD))["Đơn vị chưa gửi"]
    assert "Không còn đơn vị nào chưa gửi." in sheet.cells.values()


def test_the_file_is_ready_for_paper_and_says_whose_it_is() -> None:
    file = total_xlsx(total_of({EVENTS: exact(1)}), YEAR, HEAD)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheet, styles = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/styles.xml").decode()
        book, core = archive.read("xl/workbook.xml").decode(), archive.read("docProps/core.xml").decode()
    assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet and 'fitToHeight="0"' in sheet
    assert "&amp;P/&amp;N" in sheet and "_xlnm.Print_Titles" in book and 'state="frozen"' in sheet
    fonts = set(re.findall(r'<name val="([^"]*)"', styles))
    assert fonts == {"Times New Roman"} and '<sz val="12"/>' in styles
    assert "BẢNG TỔNG HỢP" in core and "SỞ NỘI VỤ" in core and "2026-12-21" in core


def test_nothing_that_a_unit_is_called_becomes_a_formula() -> None:
    total = total_of({EVENTS: exact(1)})
    for bad in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1"):
        named = replace(total, parts=(replace(total.parts[0], unit=bad, number=bad),))
        sheet = opened(total_xlsx(named, YEAR, replace(HEAD, title=bad)))["Biểu 1"]
        assert list(sheet.cells.values()).count(bad) == 3, "its name, its number, the title: as they were written"
        assert all(formula.startswith(("SUM(", "IF(")) for formula in sheet.formulas.values())


figures = st.builds(lambda amount, bound: Figure(Decimal(amount), bound), st.integers(0, 10**9), st.sampled_from(Bound))
parts = st.dictionaries(st.sampled_from([EVENTS, PEOPLE, ALL, WOMEN, Cell.of(8, 1, 6)]), figures, max_size=5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), parts), min_size=1, max_size=5))
def test_every_stored_value_is_what_its_formula_gives(wards: list[Figures | None]) -> None:
    file = total_xlsx(total_of(*wards), YEAR, HEAD)
    for sheet in opened(file).values():
        assert not list(wrong(sheet.formulas, sheet.cells))
    shown = values(file)["Đơn vị chưa gửi"]
    assert sum(any(str(cell).startswith("Phường ") for cell in row) for row in shown) == wards.count(None)


def values(file: bytes) -> dict[str, list[Any]]:
    """What calamine reads: it opens whatever we write."""
    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_reckoner_of_this_test_sees_a_wrong_value() -> None:
    assert list(wrong({"A3": "SUM(A1:A2)"}, {"A1": "1", "A2": "2", "A3": "4"}))
    assert reckoned("SUM(A1:A2)", {"A1": "1", "A2": "trên 2"}) == 1


def test_libreoffice_reckons_the_same_where_it_is_installed_and_our_reckoner_everywhere() -> None:
    wards = ({ALL: exact(10), WOMEN: exact(9), EVENTS: exact(18), PEOPLE: more_than(540)},
             {ALL: exact(90), WOMEN: exact(9), EVENTS: exact(2), PEOPLE: exact(25)}, None)  # fmt: skip
    file = total_xlsx(total_of(*wards), YEAR, HEAD)
    assert any(sheet.formulas for sheet in opened(file).values())
    for sheet in opened(file).values():
        assert not list(wrong(sheet.formulas, sheet.cells))
    assert list(differences(file, recalculated(file) or file)) == []


def test_what_the_units_say_stands_on_a_sheet_of_its_own_and_is_only_text() -> None:
    total, section = total_of({EVENTS: exact(1)}), next(one for one in YEAR.sections if one.gather)
    heard = {section.code: [Voice("=1+1 thiếu kinh phí", ("Phường 1", "Phường 2"))]}
    sheet = opened(total_xlsx(total, YEAR, HEAD, heard=heard))["Ý kiến"]
    row = sheet.row_of("=1+1 thiếu kinh phí")
    assert (row["B"], row["D"], row["E"]) == (section.title, "2", "Phường 1, Phường 2") and not sheet.formulas
    assert "Ý kiến" not in opened(total_xlsx(total, YEAR, HEAD))


def test_a_total_with_a_bound_is_high_enough_for_it() -> None:
    file = total_xlsx(total_of({EVENTS: exact(18), PEOPLE: more_than(9_876_543_210)}), YEAR, HEAD)
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    rows = {int(number): float(high) for number, high in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', xml)}
    number = opened(file)["Biểu 1"]
    place = next(key for key, value in number.cells.items() if value == "TỔNG CỘNG")
    assert rows[int(re.sub(r"\D", "", place))] >= 2 * 15
