"""Columns of the Word version have room for a font that is wider than ours, and the table stays as wide as it was."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.writing.fonts import face
from documents.writing.word_widths import with_room

_CELL = 2.4  # mm: what word.xml keeps free on both sides of a cell
_STRANGE = 0.2 * 12 * 25.4 / 72  # mm that «ợ» is wider in a stranger's font, at 12 points


def row(*texts: str) -> list[dict[str, Any]]:
    return [{"text": text, "columns": 1} for text in texts]


def test_a_narrow_head_gets_room_from_the_column_of_names() -> None:
    tight = face(True).width("lượng", 12) + _CELL + 0.1  # holds in our font only
    rows = [row("Đơn vị", "Số lượng"), row("Xã Mẫu số 1", "120")]

    names, count = with_room([100, tight], rows, 12)

    assert count > face(True).width("lượng", 12) + 2 * _STRANGE + _CELL
    assert names + count == pytest.approx(100 + tight)


def test_columns_that_have_enough_stay_as_they_are() -> None:
    assert with_room([100.0, 65.0], [row("Đơn vị", "Số lượng")], 12) == [100.0, 65.0]


def test_where_nobody_can_give_nothing_moves() -> None:
    assert with_room([8.0, 8.0], [row("Phường", "trưởng")], 12) == [8.0, 8.0]


def test_a_head_over_several_columns_asks_nothing_of_the_first() -> None:
    rows = [[{"text": "nghiêng" * 3, "columns": 2}, *row("Tổng")], row("Số", "Số", "50")]
    assert with_room([20.0, 20.0, 20.0], rows, 12) == [20.0, 20.0, 20.0]


@given(st.lists(st.tuples(st.floats(5, 120), st.sampled_from(["Số lượng", "1.234.567", "nghiệm thu", ""])), min_size=1))
def test_the_table_keeps_its_width_and_no_column_falls_below_its_need(made: Sequence[tuple[float, str]]) -> None:
    widths = [wide for wide, _ in made]

    moved = with_room(widths, [row(*(text for _, text in made))], 12)

    assert sum(moved) == pytest.approx(sum(widths))
    for before, after, (_, text) in zip(widths, moved, made, strict=True):
        need = max((face(True).width(one, 12) for one in text.split(" ")), default=0.0)
        assert after >= min(before, need) - 1e-9
