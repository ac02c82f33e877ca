"""Tables that are not filled as their heads ask (bảng ghi sai cách): a piece torn off, words for a count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Grid, Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import at_column
from documents.reading.folding import key

_COUNTS = ("so luong", "so cuoc", "so buoi", "so lop", "so nguoi")


@rule("table-broken", "note", "Bảng bị tách", "A table is broken", example="dòng 2 của bảng đứng riêng, mất đầu bảng")
def table_broken(paper: Paper) -> Iterator[Hit]:
    """A piece without a head of its own."""
    for grid in paper.grids:
        if grid.broken:
            yield Hit(grid.place, f"Bảng {grid.number} «{grid.title}»: {grid.broken}", f"Table {grid.number} is broken")


@rule("cell-misused", "note", "Ô ghi nội dung không thuộc cột", "A cell holds what its column does not take",
      example="cột Thời lượng ghi «trên nhóm zalo»")  # fmt: skip
def cell_misused(paper: Paper) -> Iterator[Hit]:
    """A duration without a number; words where people are counted."""
    for grid, name, cell, place in _cells(paper):
        counted = key(name).startswith(("thoi luong", *_COUNTS)) or name.split("|")[-1] in ("Nam", "Nữ")
        nothing = key(cell) in ("khong", "khong co", "")
        if counted and not nothing and not re.search(r"\d", cell):
            yield Hit(
                place,
                f"Bảng {grid.number}, cột «{name}» ghi «{cell}», không phải số",
                f"Table {grid.number}, column «{name}» says «{cell}», which is no number",
                (cell, name),
            )


@rule("count-is-rhythm", "note", "Số lượng ghi theo tần suất", "A count is told as a rhythm",
      example="Số lượng: 1 buổi/tuần")  # fmt: skip
def count_is_rhythm(paper: Paper) -> Iterator[Hit]:
    """So many a week add up with nothing."""
    for grid, name, cell, place in _cells(paper):
        if key(name).startswith(_COUNTS) and re.search(r"\d[^/]*/\s*(?:tuần|tháng|quý|năm|ngày)\b", cell):
            yield Hit(
                place,
                f"Bảng {grid.number}, cột «{name}» ghi «{cell}»: tần suất, không cộng được",
                f"Table {grid.number}, column «{name}» says «{cell}»: a rhythm does not add up",
                (cell,),
            )


def _cells(paper: Paper) -> Iterator[tuple[Grid, str, str, str]]:
    for grid in paper.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            for at, (name, cell) in enumerate(zip(grid.columns, row, strict=False)):
                yield grid, name, cell, at_column(place, at)
