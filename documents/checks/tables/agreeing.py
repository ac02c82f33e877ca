"""Two tables of one paper (hai bảng trong một văn bản): the same row and column with two figures.

That two tables tell the same is learnt: other rows agree, and what does not is near or a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import Column, Meaning, at_column, meaning
from documents.checks.tables.nesting import is_total
from documents.reading.folding import fold
from states.figures import Figure

_EMPTY = frozenset("tong so cong luong toan xa phuong huyen tinh thuc hien ket qua trong do cac nguoi ca ho vu".split())
_TIME = re.compile(r"\b(?:20\d\d|thang \d+|quy [ivx\d]+|nam (?:truoc|nay)|cung ky|luy ke|ky truoc|dau nam|ke hoach)\b")
_Cell = tuple[Decimal, str, int]
"""An amount, its place, its table."""


@rule("tables-disagree", "explain", "Hai bảng ghi một số liệu khác nhau", "Two tables give one figure differently",
      example="biểu 1, trẻ 6 tuổi: 287; biểu 2, cột trẻ 6 tuổi, toàn xã: 278")  # fmt: skip
def tables_disagree(paper: Paper) -> Iterator[Hit]:
    """Rows and columns of the same names in both; a row of one that a column's total of the other names."""
    tables = [meaning(grid) for grid in paper.grids if grid.rows and grid.columns]
    for one, other in combinations(tables, 2):
        if _times(one) == _times(other):
            yield from _told(_same_cells(one, other))
    for one, other in permutations(tables, 2):
        for pairs in _by_totals(one, other):
            yield from _told(pairs, by_total=True)


def _told(pairs: list[tuple[str, _Cell, _Cell]], by_total: bool = False) -> Iterator[Hit]:
    """Those that differ, where as many agree; one alone must be a slip of the other."""
    bad = [(name, a, b) for name, a, b in pairs if a[0] != b[0]]
    good = len({a[0] for _, a, b in pairs if a[0] == b[0] and a[0] > 9})
    if good < (1 if by_total else 2) or good < len(bad):
        return
    for name, (said, place, table), (elsewhere, other_place, other) in bad:
        if not by_total or _slip(said, elsewhere):
            yield Hit(place, f"Bảng {table}, «{name}»: ghi {Figure(said)}, bảng {other} ghi {Figure(elsewhere)}"
                      f" ({other_place})", f"Table {table}, «{name}»: {said}, table {other} says {elsewhere}",
                      (Figure(said), Figure(elsewhere)), other_place)  # fmt: skip


def _slip(one: Decimal, other: Decimal) -> bool:
    """Digits changed about, or one of them another."""
    a, b = str(one), str(other)
    return len(a) == len(b) > 1 and (sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1)


def _times(table: Meaning) -> frozenset[str]:
    return frozenset(_TIME.findall(fold(f"{table.grid.title} {' '.join(table.grid.columns)}")))


def _same_cells(one: Meaning, other: Meaning) -> list[tuple[str, _Cell, _Cell]]:
    """Cells under the same head beside the same name, each head and name once in its table."""
    heads, names = _heads(other), _names(other)
    return [(f"{name}, {head}", a, b) for head, column in _heads(one).items() if head in heads
            for name, row in _names(one).items() if name in names
            if (a := _cell(one, row, column)) and (b := _cell(other, names[name], heads[head]))]  # fmt: skip


def _by_totals(one: Meaning, other: Meaning) -> Iterator[list[tuple[str, _Cell, _Cell]]]:
    """Of each column of `one` the rows beside the totals of those columns of `other` whose words they have."""
    totals = [at for at, row in enumerate(other.grid.rows) if is_total(row)]
    named = [(row, _words(one.name(row))) for row in one.data()]
    alike: list[tuple[int, _Cell]] = []
    for at in other.of(Column.COUNT) if len(totals) == 1 else ():
        head = _words(other.grid.columns[at])
        rows = [row for row, words in named if head <= words] if len(head) > 1 and _alone(other, at, head) else []
        if len(rows) == 1 and (total := _cell(other, totals[0], at)):
            alike.append((rows[0], total))
    for column in one.of(Column.COUNT):
        yield [(one.name(row), cell, total) for row, total in alike
               if (cell := _cell(one, row, column)) and not _has(one, row, column, total[0])]  # fmt: skip


def _alone(table: Meaning, column: int, head: frozenset[str]) -> bool:
    """Whether it is the first column of these words: «Trẻ 6 tuổi|Tổng số», not «Trẻ 6 tuổi|Nữ»."""
    return all(_words(table.grid.columns[n]) != head for n in range(column))


def _has(table: Meaning, row: int, column: int, figure: Decimal) -> bool:
    return any(table.amount(row, n) == figure for n in table.of(Column.COUNT, Column.TARGET) if n != column)


def _cell(table: Meaning, row: int, column: int) -> _Cell | None:
    figure = table.amount(row, column)
    return (figure, at_column(table.grid.places[row], column), table.grid.number) if figure is not None else None


def _heads(table: Meaning) -> dict[str, int]:
    """Counted columns by their names, those of one word or of two columns left out."""
    names = [fold(name) for name in table.grid.columns]
    return {name: at for at in table.of(Column.COUNT) if names.count(name := names[at]) == 1 and len(_words(name)) > 1}


def _names(table: Meaning) -> dict[str, int]:
    names = [fold(table.name(at)) for at in range(len(table.grid.rows))]
    return {name: at for at, name in enumerate(names) if names.count(name) == 1 and re.search(r"[a-z]", name)}


def _words(said: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", fold(said)) if word not in _EMPTY)
