"""Tables that a plain text sets with blanks alone, and what only looks like one."""

from __future__ import annotations

from documents.reading.formats import plain
from documents.reading.tables.squaring import ReadTable, tables

TABLE = """Cấp học          Số trường    Số lớp    Học sinh
Mầm non              45         512       14.203
Tiểu học             38         901       31.118
Tổng                 83       1.413       45.321"""


def read(body: str) -> tuple[list[ReadTable], list[bool], list[str]]:
    """Tables of a text, whether each is asked about, the lines left."""
    text = plain.read("a.txt", "", f"BÁO CÁO\nKết quả\n\nBiểu 1: Quy mô\n{body}\n\nII. KIẾN NGHỊ\n".encode())
    found = tables(text.grids, text.lines)
    return [one.value for one in found], [one.asks for one in found], [line.text.strip() for line in text.lines]


def test_names_over_figures_are_a_table() -> None:
    (table,), asks, left = read(TABLE)
    assert table.columns == ("Cấp học", "Số trường", "Số lớp", "Học sinh") and table.title == "Quy mô"
    assert [row[3] for row in table.rows] == ["14.203", "31.118", "45.321"] and asks == [False]
    assert left[-1] == "II. KIẾN NGHỊ" and not any("Mầm non" in line for line in left)


def test_a_row_with_a_cell_missing_is_put_under_the_nearest_name_and_asked() -> None:
    (table,), asks, _ = read(TABLE.replace("38         901", "           901"))
    assert table.rows[1] == ("Tiểu học", "", "901", "31.118") and asks == [True]


def test_sentences_and_signatures_are_none() -> None:
    for said in (
        "Nơi nhận:          KT. CHỦ TỊCH          NGƯỜI LẬP\n- Sở   1   2   3\n- Lưu   1   2   3",
        "Có 5 hộ,   12 khẩu,   3 thôn.\nCòn 6 hộ,   13 khẩu,   4 thôn.\nThêm 7 hộ   2 khẩu   1 thôn.",
        "Thôn        Trưởng thôn      Ghi chú\nMột         Lê Mẫu           Có\nHai         Vũ Mẫu           Không có",
        "Cấp học     Số trường    Số lớp\nMầm non     45           12",
    ):
        assert read(said)[0] == []


def test_a_row_of_units_belongs_to_the_names_above() -> None:
    (table,), _, _ = read("Thôn\tSố trẻ\tTỷ lệ\n\t(người)\t(%)\nMột\t210\t2,4\nHai\t198\t1,5")
    assert table.columns == ("Thôn", "Số trẻ (người)", "Tỷ lệ (%)") and len(table.rows) == 2
    (table,), _, _ = read("Thôn\tSố trẻ\tTỷ lệ\n(1)\t(2)\t(3)\nMột\t210\t2,4\nHai\t198\t1,5")
    assert table.columns == ("Thôn", "Số trẻ", "Tỷ lệ") and len(table.rows) == 2


def test_a_second_line_of_names_belongs_to_those_above_it() -> None:
    (table,), _, _ = read(TABLE.replace("\nMầm non", "\n                 công lập     ghép\nMầm non", 1))
    assert table.columns == ("Cấp học", "Số trường công lập", "Số lớp ghép", "Học sinh") and len(table.rows) == 3
