"""Heads of tables in sheets and pages: groups over columns without merged cells; captions over units and brackets."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from documents.reading.formats import plain, sheets
from documents.reading.model import Grid, Line
from documents.reading.tables.captions import caption_of, title_of
from documents.reading.tables.squaring import ReadTable, tables

GRID = Grid((("STT", "Thôn"), ("1", "Mẫu")), 1, 9)


def title(*above: str) -> str:
    return title_of(GRID, [Line(said, 1, 9 - len(above) + n) for n, said in enumerate(above)])


def sheet(*rows: list[str]) -> list[ReadTable]:
    """The tables of a sheet with these rows; "" is an empty cell, no cells are merged."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("T4")
        for at, row in enumerate(rows):
            for n, cell in enumerate(row):
                if cell:
                    page.write(at, n, int(cell) if cell.isdecimal() else cell)
    text = sheets.read("a.xlsx", "", stream.getvalue(), "xlsx")
    return [one.value for one in tables(text.grids, text.lines)]


def test_a_group_over_columns_is_known_without_merged_cells() -> None:
    head = (("Loại", "Kế hoạch", "Thực hiện", "", "", "Lũy kế"), ("", "", "Cộng", "Ấp Một", "Ấp Hai", ""))
    (one,) = tables([Grid((*head, ("Sởi", "26", "24", "12", "12", "98")), 1, 5)], [Line("Biểu", 1, 4)])
    assert one.value.columns[2:] == ("Thực hiện|Cộng", "Thực hiện|Ấp Một", "Thực hiện|Ấp Hai", "Lũy kế")
    assert one.value.rows == (("Sởi", "26", "24", "12", "12", "98"),)


def test_a_total_that_has_no_figures_is_a_row_and_no_head() -> None:
    rows = (("Thôn", "Số hộ", ""), ("", "Cộng", ""), ("Mẫu", "5", "9"))
    (one,) = tables([Grid(rows, 1, 5)], [Line("Biểu", 1, 4)])
    assert one.value.columns == ("Thôn", "Số hộ", "") and len(one.value.rows) == 2


def test_a_sheets_table_begins_at_its_upper_head() -> None:
    (table,) = sheet(
        ["Biểu 01. Phổ cập"], [], ["Mã", "Chỉ tiêu", "Đạt", "", "Ghi chú"], ["", "", "Số lượng", "Tỷ lệ (%)", ""],
        ["PC1", "Trẻ 5 tuổi", "212", "100", ""], ["PC2", "Trẻ 6 tuổi", "287", "99", "trái tuyến"],
    )  # fmt: skip
    assert table.columns == ("Mã", "Chỉ tiêu", "Đạt|Số lượng", "Đạt|Tỷ lệ (%)", "Ghi chú")
    assert [row[0] for row in table.rows] == ["PC1", "PC2"] and table.title == "Phổ cập"


def test_signatures_side_by_side_are_no_table() -> None:
    assert sheet(["Nơi nhận:", "NGƯỜI LẬP", "TRƯỞNG TRẠM"], ["- Như trên;"], ["- Lưu: VT.", "Lê Mẫu", "Vũ Mẫu"]) == []


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (("PHỤ LỤC 01", "CHỈ TIÊU GIAO", "(Kèm theo Kế hoạch số 3/KH-UBND)", "Đơn vị tính: con"), "CHỈ TIÊU GIAO"),
        (("PHẦN II. BIỂU CHỈ TIÊU CHỦ YẾU",), "BIỂU CHỈ TIÊU CHỦ YẾU"),
        (("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU VỀ", "BÌNH ĐẲNG GIỚI NĂM 2025"),
         "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU VỀ BÌNH ĐẲNG GIỚI NĂM 2025"),
        (("Bảng 2. Số hộ nghèo chia theo nguyên nhân và theo", "thôn năm 2025"),
         "Số hộ nghèo chia theo nguyên nhân và theo thôn năm 2025"),
        (("A. KẾT QUẢ", "SỐ LIỆU CHI TIẾT"), "SỐ LIỆU CHI TIẾT"),
        (("Đơn vị tính: con",), ""),
    ],
)  # fmt: skip
def test_captions_stand_over_units_and_brackets_and_may_be_two_lines(above: tuple[str, ...], said: str) -> None:
    assert title(*above) == said


def test_a_part_that_is_all_the_caption_has_keeps_its_words() -> None:
    assert caption_of("Phần trăm hộ nghèo") == "Phần trăm hộ nghèo"


def test_two_columns_are_a_table_where_figures_stand_below_a_name() -> None:
    (table,) = sheet(["Chỉ tiêu", "Số lượng"], ["Hộ nghèo", "5"], ["Hộ cận nghèo", "9"], ["Tổng", "14"])
    assert table.columns == ("Chỉ tiêu", "Số lượng") and table.rows[-1] == ("Tổng", "14")
    assert sheet(["UBND XÃ MẪU", "CỘNG HÒA"], ["Số: 5", "Độc lập"], ["Năm", "2025"]) == []
    text = plain.read("a.txt", "", "Biểu 1. Số hộ\nChỉ tiêu\tSố lượng\nHộ nghèo\t5\nHộ cận nghèo\t9\n".encode())
    (one,) = tables(text.grids, text.lines)
    assert one.value.rows == (("Hộ nghèo", "5"), ("Hộ cận nghèo", "9")) and one.value.title == "Số hộ"
    assert not plain.read("a.txt", "", "Nơi nhận:\tCHỦ TỊCH\n- Lưu: VT\tLê Mẫu\nSố\t5\n".encode()).grids
