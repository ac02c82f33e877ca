"""Ô gộp: the head of a table is shown with the cells that the paper has merged."""

from __future__ import annotations

from api.pages.incoming.merged import Cell, merged


def test_a_group_stands_over_its_columns_and_a_name_over_the_blanks_below_it() -> None:
    rows = [("STT", "Hoạt động", "Số người", "", "Cấp"), ("", "", "Nam", "Nữ", ""), ("1", "Tọa đàm", "4", "", "Xã")]
    first, second, body = merged(rows, 2)
    assert [(one.text, one.across, one.down) for one in first] == [
        ("STT", 1, 2), ("Hoạt động", 1, 2), ("Số người", 2, 1), ("Cấp", 1, 2)
    ]  # fmt: skip
    assert [one.text for one in second] == ["Nam", "Nữ"] and all(one.head for one in (*first, *second))
    assert body == [Cell("1"), Cell("Tọa đàm"), Cell("4"), Cell(""), Cell("Xã")]


def test_every_place_of_the_head_is_covered_once() -> None:
    rows = [("TT", "", "Tổng", "", "", "Ghi chú"), ("", "Tên", "Nam", "Nữ", "", ""), ("", "", "", "Kinh", "Khác", "")]
    covered = sum(one.across * one.down for row in merged(rows, 3) for one in row)
    assert covered == 18
