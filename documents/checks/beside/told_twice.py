"""One quantity told in the text and in a table (một số liệu ở hai nơi)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.beside.in_tables import cells
from documents.checks.beside.same_words import text_unlike_table
from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import quantities, words
from documents.reading.folding import fold

_ROWS = 300
"""Rows of a table that is looked through for every number of the text."""
_AHEAD = re.compile(r"phuong huong|nhiem vu (?:trong tam|chu yeu|nam|thoi gian)|kien nghi|de xuat")


@rule("text-unlike-cell", "explain", "Lời văn khác ô tương ứng của bảng",
      "The text is unlike the cell of the same thing",
      example="lời văn: đăng tải 14 tin, bài; bảng 2, dòng «Tin, bài»: 12")  # fmt: skip
def text_unlike_cell(paper: Paper) -> Iterator[Hit]:
    """Only of reports, where the words are a row's or a column's own; where any table has the figure, nothing is
    said."""
    if paper.kind != "report" or not paper.grids:
        return
    unit = frozenset(words(paper.unit.name)) if paper.unit else frozenset()
    grids = tuple(grid for grid in paper.grids if len(grid.rows) <= _ROWS)
    told = {hit.place for hit in text_unlike_table(paper)}
    for one in sentences(paper):
        if one.place in told or _AHEAD.search(fold(one.section)):
            continue
        found = quantities(one.text)
        for at, said in enumerate(found):
            there = cells(one.text, found, at, grids, unit)
            if there and len({cell.figure for cell in there}) == 1 and not there[0].figure.can_equal(said.figure):
                cell = there[0]
                yield Hit(one.place, f"Lời văn ghi {said.figure}, bảng {cell.table} ghi {cell.figure} ({cell.place}):"
                          f" «{shortened(one.text)}»", f"The text says {said.figure.canonical}, table {cell.table}"
                          f" {cell.figure.canonical}", (said.figure, cell.figure), cell.place)  # fmt: skip
