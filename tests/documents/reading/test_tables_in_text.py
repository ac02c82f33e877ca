"""Tables whose cells a plain text writes one below the other, workbooks' notes and formats, cells over two columns."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter

from documents.reading.events.in_tables import events_of
from documents.reading.formats import plain, sheets
from documents.reading.formats.pdf import _cell
from documents.reading.model import Grid, Line
from documents.reading.tables.captions import caption_of
from documents.reading.tables.squaring import ReadTable, tables

HEAD = ["STT", "Đơn vị", "Số trẻ", "Nữ", "Ghi chú"]
ROWS = [["1", "Thôn Mẫu Một", "20", "9", ""], ["2", "Thôn Mẫu Hai", "1.031", "", "Xa trường"],
        ["3", "Bản Mẫu", "12", "5", ""]]  # fmt: skip


def close(*rows: list[str]) -> str:
    """Each cell on a line, an empty one a blank line."""
    return "\n".join(cell for row in rows for cell in row)


def spaced(*rows: list[str]) -> str:
    """A blank line between cells."""
    return "\n\n".join(cell for row in rows for cell in row)


def read(body: str) -> tuple[list[ReadTable], list[float], list[str]]:
    """The tables of a paper with this body, how sure, and the lines that are left."""
    text = plain.read("a.txt", "", f"BÁO CÁO\nKết quả\n\nBiểu 1. Số trẻ\n\n{body}\n\nII. KIẾN NGHỊ\n\nKhông.".encode())
    found = tables(text.grids, text.lines)
    return [one.value for one in found], [one.sure for one in found], [line.text for line in text.lines]


@pytest.mark.parametrize("written", [close, spaced])
def test_cells_one_below_the_other_are_a_table_again(written: Callable[..., str]) -> None:
    (table,), (sure,), left = read(written(HEAD, *ROWS))
    assert table.columns == tuple(HEAD) and table.title == "Số trẻ"
    assert table.rows == tuple(map(tuple, ROWS))
    assert sure > 0.9 and left[-2:] == ["II. KIẾN NGHỊ", "Không."]


@pytest.mark.parametrize("written", [close, spaced])
def test_totals_stand_under_the_columns_that_count(written: Callable[..., str]) -> None:
    (table,), _, left = read(written(HEAD, *ROWS, ["Tổng cộng", "1.063", "14"]))
    assert table.rows[-1] == ("Tổng cộng", "", "1.063", "14", "")
    assert "Tổng cộng" not in left


def test_a_row_without_its_empty_cell_is_read_and_asked_about() -> None:
    (table,), (sure,), left = read(spaced(HEAD, *([cell for cell in row if cell] for row in ROWS)))
    assert [row[1] for row in table.rows] == ["Thôn Mẫu Một", "Thôn Mẫu Hai", "Bản Mẫu"]
    assert sure < 0.8 and left[-2:] == ["II. KIẾN NGHỊ", "Không."]


def test_names_of_groups_go_over_those_below_them_and_that_is_asked() -> None:
    head = ["TT", "Hoạt động", "Số cuộc", "Số người dự", "Cấp", "Nam", "Nữ"]
    rows = ["1", "Tọa đàm", "2", "30", "41", "Xã"], ["2", "Hội thi", "1", "9", "8", "Thôn"]
    (table,), (sure,), _ = read(close(head, *rows))
    assert table.columns == ("TT", "Hoạt động", "Số cuộc", "Số người dự|Nam", "Số người dự|Nữ", "Cấp")
    assert table.rows[0] == ("1", "Tọa đàm", "2", "30", "41", "Xã") and sure < 0.8


def test_a_lone_tt_before_sentences_is_no_table() -> None:
    found, _, left = read("TT\n\nHuyện ủy đã chỉ đạo.\n\n1. Kết quả tốt.\n\n2. Còn khó khăn.")
    assert found == [] and "TT" in left


# ── workbooks ─────────────────────────────────────────────────────────────────────────────────────────────────


def workbook() -> bytes:
    """A table with a share by formula and two notes below it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T1")
        sheet.write_row(0, 0, ["STT", "Thôn", "Tổng", "Nữ", "Tỷ lệ nữ"])
        sheet.write_row(1, 0, [1, "Thôn Mẫu", 46, 25])
        sheet.write_formula(1, 4, "=D2/C2", book.add_format({"num_format": "0.0%"}), 25 / 46)
        sheet.merge_range(2, 0, 2, 4, "(Bằng chữ: hai mươi lăm người)")
        sheet.write(3, 0, "Trong tháng tổ chức 02 buổi tư vấn cho 40 người.")
    return stream.getvalue()


def test_a_share_is_read_as_it_is_shown_and_notes_are_no_rows() -> None:
    text = sheets.read("a.xlsx", "", workbook(), "xlsx")
    (table,) = tables(text.grids, text.lines)
    assert table.value.rows == (("1", "Thôn Mẫu", "46", "25", "54,3%"),) and table.sure > 0.9
    assert [line.text[:12] for line in text.lines] == ["(Bằng chữ: h", "Trong tháng "]


def test_without_formats_parts_of_one_are_told_in_percent_and_asked() -> None:
    rows = [["STT", "Thôn", "Tỷ lệ nữ"], ["1", "Thôn Mẫu", "0,5434782609"]]
    grid = sheets._grid(rows, {}, 1, 1, "T1")
    assert grid.rows[1][2] == "54,3%"
    assert tables([grid], [])[0].asks


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_cell_over_men_and_women_is_all_of_them_and_not_the_men() -> None:
    head = (("STT", "Hoạt động", "Số lượng", "Số người", ""), ("", "", "", "Nam", "Nữ"))
    row = ("1", "Bài đăng", "14 bài", "2.150", "")
    (one,) = tables([Grid((*head, row), 1, 5, spans={(0, 3): 2, (2, 3): 2})], [Line("Biểu", 1, 4)])
    (event,) = events_of(one.value)
    assert (event.value.male, event.value.female) == (None, None)
    assert event.value.participants is not None and event.value.participants.canonical == "2150"


def test_what_a_narrow_column_breaks_is_whole_again() -> None:
    assert [_cell(one) for one in ("ST\nT", "S\nTT", "Khuyế\nt tật", "Tổ\ndân phố", "Trườ\nng học", "Bà\nA")] == [
        "STT", "STT", "Khuyết tật", "Tổ dân phố", "Trường học", "Bà A"]  # fmt: skip


def test_captions_lose_their_number_and_no_sentence_is_one() -> None:
    assert caption_of("B. Lịch truyền thông:") == caption_of("Bảng 2: Lịch truyền thông") == "Lịch truyền thông"
    assert caption_of("Chi tiết từng xã như sau:") == "Chi tiết từng xã"
    said = Line("Thực hiện Kế hoạch số 5/KH-UBND, xã báo cáo", 1, 4)
    assert tables([Grid((("STT", "Thôn"), ("1", "Mẫu")), 1, 5)], [said])[0].value.title == ""


def test_a_number_is_cut_off_a_caption_and_no_letters_of_a_word() -> None:
    for said in ("Biểu số liệu trẻ em", "Vi phạm hành chính", "Xếp loại thôn"):
        assert caption_of(said) == said
    for said in ("I/ Số trẻ", "3.Số trẻ", "Biểu số 02: Số trẻ", "PHỤ LỤC II. Số trẻ", "Biểu số 01/BĐG - Số trẻ"):
        assert caption_of(said) == "Số trẻ"


def test_the_caption_stands_over_the_brackets_that_name_its_paper() -> None:
    over = ["PHỤ LỤC", "PHÂN CÔNG", "(Kèm theo Kế hoạch số 5/KH-UBND của UBND", "xã Mẫu)"]
    lines = [Line(said, 1, n) for n, said in enumerate(over, 1)]
    assert tables([Grid((("STT", "Thôn"), ("1", "Mẫu")), 1, 5)], lines)[0].value.title == "PHÂN CÔNG"
    for said in ("tên sau đây:", "Có 90 trẻ, trong đó 41 nữ (46%)."):
        assert tables([Grid((("STT", "Thôn"), ("1", "Mẫu")), 1, 5)], [Line(said, 1, 4)])[0].value.title == ""


def test_of_two_captions_on_a_line_the_one_over_the_table_is_its() -> None:
    above = [Line("A. Chỉ tiêu giao   B. Lịch truyền thông", 1, 4)]
    halves = [tables([Grid((("STT", "Thôn"), ("1", "Mẫu")), 1, 5, half=half)], above)[0].value.title for half in (1, 2)]
    assert halves == ["Chỉ tiêu giao", "Lịch truyền thông"]
