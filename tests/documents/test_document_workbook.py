"""The workbook of one report: its own lines, sums and percentages as live formulas, bounds as text, missing as "…"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session

from documents.filled import read
from documents.forms import form
from documents.writing.blank_form import NoBlankForm, blank_xlsx, read_blank
from documents.writing.document_sheet import content_xlsx, document_xlsx
from documents.writing.sheets import Head
from states.contents import NotADraft
from states.periods import LOCAL
from tests.documents.formulas import wrong
from tests.documents.test_sheets import Sheet, opened
from tests.world import World

AT = datetime(2026, 12, 21, 9, tzinfo=LOCAL)
HEAD = Head(("UBND TỈNH MẪU GIANG", "ỦY BAN NHÂN DÂN PHƯỜNG MỘT"), "BÁO CÁO (mẫu)", AT, beside=("Số: 01/BC-UBND", "x"))


def sheets_of(code: str, version: int, **content: Any) -> dict[str, Sheet]:
    shape = form(code, version)
    said = read({"form": shape.key, **content}, shape)
    return opened(content_xlsx(shape, said, HEAD, content.get("texts", {})))


def test_lines_stand_as_they_were_written_and_their_sum_is_live() -> None:
    rows = [
        {"table": 1, "row": 2, "label": "=1+1 Tọa đàm", "values": {"1": "2", "2": "1118", "3": ">540"}},
        {"table": 1, "row": 1, "label": "Mít tinh", "level": "cấp thôn", "values": {"1": "1", "2": "30"}},
    ]
    sheet = sheets_of("action-month", 2, rows=rows)["Biểu 1"]
    first, second, sums = sheet.row_of("=1+1 Tọa đàm"), sheet.row_of("Mít tinh"), sheet.row_of("Tổng cộng")
    assert [first[c] for c in "CDE"] == ["2", "1118", "trên 540"]
    assert [second[c] for c in "CDEF"] == ["1", "30", "…", "cấp thôn"]
    assert [sums[c] for c in "CDE"] == ["3", "1148", "trên 540"]
    assert len(sheet.formulas) == 2 and not list(wrong(sheet.formulas, sheet.cells))
    assert {"UBND TỈNH MẪU GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/BC-UBND"} <= set(sheet.cells.values())


def test_a_percentage_is_a_formula_unless_the_unit_stated_it() -> None:
    sheet = sheets_of("year", 1, figures={"20702": "250", "20703": "137", "20802": "3", "20803": "1", "20805": "33"})[
        "Biểu 2"
    ]
    made = next(row for row in sheet.cells if sheet.cells[row] == "54.8")
    assert sheet.formulas[made].startswith("IF(N(") and not list(wrong(sheet.formulas, sheet.cells))
    assert "33" in sheet.cells.values() and "33.33" not in sheet.cells.values()


def test_what_was_not_reported_is_no_zero_and_nil_says_so() -> None:
    sheets = sheets_of("action-month", 2, nil=[2], figures={"40106": "30000000"})
    assert "Không phát sinh" in sheets["Biểu 2"].cells.values()
    assert "chưa có số liệu" in sheets["Biểu 3"].cells.values() and "0" not in sheets["Biểu 3"].cells.values()
    assert sheets["Biểu 4"].row_of("Ngân sách vận động")["C"] == "…"


def test_a_report_a_total_and_a_blank_are_read_from_the_database(session: Session) -> None:
    world = World(session)
    plan = world.issue_plan()
    world.report("W1", events=2, men=3, women=4)
    world.consolidate("AM")
    ward = opened(document_xlsx(session, world.report_of("W1"), None, world.now))["Biểu 1"]
    whole = opened(document_xlsx(session, world.report_of("AM"), None, world.now))["Biểu 1"]
    for sheet in (ward, whole):
        assert [value for value in sheet.row_of(next(v for v in sheet.cells.values() if v.startswith("Tọa"))).values()
                if value.isdecimal()][-3:] == ["2", "3", "4"]  # fmt: skip
    assert "Số: 01/BC-UBND" in ward.cells.values() and "ỦY BAN NHÂN DÂN PHƯỜNG MỘT" in ward.cells.values()
    assert "DỰ THẢO, CHƯA KÝ" in whole.cells.values()
    blank = read_blank(session, world.report_of("W2"), world.now)
    assert "Hạn gửi báo cáo" in "".join(opened(blank_xlsx(blank))["Hướng dẫn"].cells.values())
    with pytest.raises(NotADraft):
        read_blank(session, world.report_of("W1"), world.now)
    with pytest.raises(NoBlankForm):
        read_blank(session, plan, world.now)
