"""Tables that a page's end cuts: between head and rows, between rows, within a row; a total row begins no other row."""

from __future__ import annotations

from documents.reading.model import Grid, Line
from documents.reading.tables.squaring import ReadTable, tables

HEAD = (("STT", "Hoạt động", "Số người", ""), ("", "", "Nam", "Nữ"))
CAPTION = (Line("2. Hội nghị", 1, 4),)


def read(*grids: Grid) -> list[ReadTable]:
    return [one.value for one in tables(grids, CAPTION)]


def test_rows_alone_on_the_next_page_belong_to_the_head_before() -> None:
    (table,) = read(Grid(HEAD, 1, 5), Grid((("1", "Tọa đàm", "4", "9"),), 2, 1))
    assert table.columns == ("STT", "Hoạt động", "Số người|Nam", "Số người|Nữ")
    assert table.rows == (("1", "Tọa đàm", "4", "9"),)


def test_a_row_that_a_page_cuts_in_two_is_one_and_no_broken_table() -> None:
    below = Grid((("", "tại thôn", "", ""), ("2", "Mít tinh", "8", "7")), 2, 1)
    (one,) = tables((Grid((*HEAD, ("1", "Tọa đàm", "4", "9")), 1, 5), below), CAPTION)
    assert one.value.rows == (("1", "Tọa đàm tại thôn", "4", "9"), ("2", "Mít tinh", "8", "7"))
    assert one.said == ""


def test_a_total_on_top_of_a_page_is_a_row_of_its_own() -> None:
    below = Grid((("", "Tổng cộng", "4", "9"),), 2, 1)
    (table,) = read(Grid((*HEAD, ("1", "Tọa đàm", "4", "9")), 1, 5), below)
    assert len(table.rows) == 2 and table.rows[1][1] == "Tổng cộng"


def test_a_piece_on_the_same_page_is_told_to_be_broken_off() -> None:
    first, second = Grid((*HEAD, ("1", "Tọa đàm", "4", "9")), 1, 5), Grid((("2", "Mít tinh", "8", "7"),), 1, 12)
    (one,) = tables((first, second), CAPTION)
    assert len(one.value.rows) == 2 and "bị tách" in one.said


NAMED = (("Chỉ tiêu", "Đơn vị", "Quý I"),)
FULL = (("Số trẻ sinh ra", "trẻ", "163"), ("Người mới dùng", "người", "988"))


def test_words_below_a_repeated_head_end_the_row_before_and_that_is_asked() -> None:
    below = Grid((*NAMED, ("BPTT", "", ""), ("Tử vong", "người", "64")), 2, 1)
    (one,) = tables((Grid((*NAMED, *FULL), 1, 5), below), CAPTION)
    assert one.value.rows[1:] == (("Người mới dùng BPTT", "người", "988"), ("Tử vong", "người", "64"))
    assert one.asks and "ngắt ở cuối trang" in one.said
    small = Grid((*NAMED, ("biện pháp tránh thai", "", ""), ("Tử vong", "người", "64")), 2, 1)
    (one,) = tables((Grid((*NAMED, *FULL), 1, 5), small), CAPTION)
    assert one.value.rows[1][0] == "Người mới dùng biện pháp tránh thai" and not one.asks


def test_a_groups_name_below_a_repeated_head_is_a_row() -> None:
    groups = (("KINH TẾ", "", ""), *FULL)
    below = Grid((*NAMED, ("XÃ HỘI", "", ""), ("Tử vong", "người", "64")), 2, 1)
    (table,) = read(Grid((*NAMED, *groups), 1, 5), below)
    assert [row[0] for row in table.rows][3] == "XÃ HỘI"
    total = Grid((*NAMED, ("Tổng cộng", "", ""), ("Tử vong", "người", "64")), 2, 1)
    (table,) = read(Grid((*NAMED, *FULL), 1, 5), total)
    assert [row[0] for row in table.rows][2] == "Tổng cộng"
