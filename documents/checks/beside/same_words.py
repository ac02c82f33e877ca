"""One quantity in the text and in a table by the very same words (cùng tên gọi), a slip of digits apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.amounts import Counted
from documents.checks.papers.paper import Grid, Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import at_column, is_rate
from documents.checks.tables.nesting import is_total
from documents.reading.folding import key
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_SMALL = frozenset("so tong toan trong nam co da duoc la xa phuong huyen tinh dac khu cac va cua luong".split())


@rule("text-unlike-table", "explain", "Lời văn và bảng ghi hai số khác nhau",
      "Text and table give one quantity differently",
      example="lời văn: phát triển mới 64 hội viên; bảng: 46")  # fmt: skip
def text_unlike_table(paper: Paper) -> Iterator[Hit]:
    """The same words name a row or a column's total, and its figure is a slip away: digits changed about, or one of
    them another in the column's total. Where any figure of that row is the text's, nothing is said."""
    for one in paper.counts:
        for grid in paper.grids:
            if found := _in_rows(one, grid) or _in_totals(one, grid):
                figure, place = found
                yield Hit(one.at.place, f"{one.at.label}: lời văn ghi {one.figure}, bảng {grid.number} ghi {figure}"
                          f" ({place})",
                          f"{one.at.label_en}: {one.figure.canonical} in the text, {figure.canonical} in table"
                          f" {grid.number}", (one.figure, figure), place)  # fmt: skip


def _in_rows(one: Counted, grid: Grid) -> tuple[Figure, str] | None:
    words = _words(f"{one.name} {one.unit}")
    for row, place in zip(grid.rows, grid.places, strict=True):
        label = _words(re.sub(r"\([^()]*\)", " ", next((c for c in row if re.search(r"[^\W\d_]{2}", c)), "")))
        if len(label) < 3 or label != words:
            continue
        columns = [at for at, name in enumerate(grid.columns) if at and not is_rate(name)]
        told = [(figure, at) for at in columns if (figure := number_in(row[at])) is not None]
        if any(figure.amount == one.figure.amount for figure, _ in told):
            return None
        return next(((f, at_column(place, at)) for f, at in told if _changed_about(one.figure, f)), None)
    return None


def _in_totals(one: Counted, grid: Grid) -> tuple[Figure, str] | None:
    at = [n for n, row in enumerate(grid.rows) if is_total(row)]
    words = _words(f"{one.name} {one.unit}")
    for column, name in enumerate(grid.columns) if len(at) == 1 else ():
        figure = number_in(grid.rows[at[0]][column])
        if figure is None or is_rate(name) or len(words) < 3 or _words(name) != words or figure == one.figure:
            continue
        if _changed_about(one.figure, figure) or _one_other(one.figure, figure):
            return figure, at_column(grid.places[at[0]], column)
    return None


def _words(said: str) -> frozenset[str]:
    return frozenset(word for word in key(said.replace("|", " ")).split() if word not in _SMALL and not word.isdigit())


def _changed_about(one: Figure, other: Figure) -> bool:
    a, b = one.canonical, other.canonical
    return one.is_exact and other.is_exact and a != b and len(a) > 1 and sorted(a) == sorted(b)


def _one_other(one: Figure, other: Figure) -> bool:
    a, b = one.canonical, other.canonical
    return len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1
