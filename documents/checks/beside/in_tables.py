"""Where a sentence and a table speak of one thing (lời văn và bảng): which cell a quantity of the text must equal.

A quantity is led by or followed by the very words of a row's or a column's name, and nothing that narrows them ("hộ
nghèo do phụ nữ làm chủ hộ" is another thing than "hộ nghèo"); whatever is of another time is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.beside.by_sex import Cell, people_in_all, people_of_event, row_words
from documents.checks.papers.paper import Grid
from documents.checks.said.phrases import Quantity, words
from documents.checks.tables.meaning import at_column, is_rate
from documents.checks.tables.nesting import is_total
from documents.reading.folding import fold
from documents.reading.tables.into_form import TOTALS, number_in

_OTHER_TIME = re.compile(
    r"\b(?:cung ky|dau nam|cuoi nam|nam truoc|ky truoc|chi tieu|phan dau|du kien|ke hoach giao|den nam|uoc|so voi|"
    r"luy ke|ca nam|tu dau|hang nam|moi nam|con lai|chua)\b"
)
_ENDS = frozenset("phuong xa huyen tinh thi quan dac khu dia ban tren chiem dat tang giam nam quy ky nay tham du gia "
                  "luot don vi trong thang cap".split())  # fmt: skip
"""What may follow a name without narrowing it."""
_WHOLE = frozenset("toan xa phuong huyen tinh thi tran quan dac khu thanh pho hien nay dia ban don vi nam quy thang "
                   "tong so gom khu thon ban ap khom buon dan ho nhan khau nguoi tu".split())  # fmt: skip
"""What may lead a number of all the place has."""
_LEAVES = ("so ho", "so nguoi", "so luong", "so tre", "so vu", "so cuoc", "so em", *TOTALS)
_VALUE = re.compile(r"\b(?:thuc hien|ket qua|so luong|so cuoc|tong|tong so|so buoi|so lop)\b")
_PERIOD = re.compile(r"(?:ca )?(?:quy [ivx\d]+|nam|(?:\d|sau|chin) thang(?: dau nam)?)")
_NOT_VALUE = re.compile(r"\b(?:ke hoach|chi tieu|nam truoc|cung ky|don gia|thoi luong|kinh phi|giao|stt|tt)\b|20\d\d")


_MOST = 0.66
"""Share of a row's words that a clause must have to speak of it in its own."""


def cells(text: str, found: tuple[Quantity, ...], at: int, grids: tuple[Grid, ...], unit: frozenset[str]) -> list[Cell]:
    """The cells that the quantity at `at` speaks of; `unit` are the words of the issuer's own name."""
    one = found[at]
    folded = fold(text)
    if not one.figure.is_exact or one.percent or one.money or one.of is not None or _OTHER_TIME.search(folded):
        return []
    behind, ahead = words(_behind(folded, one)), words(one.before)
    led = words(folded[: found[0].start])
    told: list[Cell] = list(_slips(folded, one, grids))
    for grid in grids:
        told += _of_rows(grid, ahead, behind)
        if set(led) <= _WHOLE | unit:
            told += _of_totals(grid, behind)
        told += people_of_event(grid, folded, found, at)
        told += people_in_all(grid, found, at)
    return told


def _behind(folded: str, one: Quantity) -> str:
    """What follows, over commas, up to the next number or clause."""
    stop = re.search(r"[;:.()\d\"]", folded[one.end :])
    return folded[one.end : one.end + stop.start()] if stop else folded[one.end :]


def _begins(behind: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether it begins with the name, and nothing narrows it."""
    return behind[: len(name)] == name and (len(behind) == len(name) or behind[len(name)] in _ENDS)


def _of_rows(grid: Grid, ahead: tuple[str, ...], behind: tuple[str, ...]) -> Iterator[Cell]:
    for row, place in zip(grid.rows, grid.places, strict=True):
        name = row_words(row)
        if len(name) < 3 or is_total(row):
            continue
        if _begins(behind, name) or ahead == name and len(behind) <= 1:
            column = _value_column(grid, row)
            figure = number_in(row[column]) if column is not None else None
            if figure is not None and column is not None:
                yield Cell(figure, at_column(place, column), grid.number)


def _value_column(grid: Grid, row: tuple[str, ...]) -> int | None:
    """The one column that counts; of several the one that says so."""
    names = [fold(name) for name in grid.columns]
    counts = [n for n in range(1, len(names)) if not is_rate(names[n]) and not _NOT_VALUE.search(names[n])
              and number_in(row[n]) is not None]  # fmt: skip
    called = [n for n in counts if _VALUE.search(names[n])]
    whole = [n for n in counts if _PERIOD.fullmatch(names[n].split("|")[-1].strip())]
    return next((some[0] for some in (counts, called, whole) if len(some) == 1), None)


def _of_totals(grid: Grid, behind: tuple[str, ...]) -> Iterator[Cell]:
    totals = [n for n, row in enumerate(grid.rows) if is_total(row)]
    for column, name in enumerate(grid.columns) if len(totals) == 1 else ():
        head, _, leaf = fold(name).rpartition("|")
        said = words(head) if head and leaf.strip() in _LEAVES else words(leaf if not head else "")
        figure = number_in(grid.rows[totals[0]][column])
        if len(said) > 1 and figure is not None and not is_rate(fold(name)) and _begins(behind, said):
            yield Cell(figure, at_column(grid.places[totals[0]], column), grid.number)


def _slips(folded: str, one: Quantity, grids: tuple[Grid, ...]) -> Iterator[Cell]:
    """Other words for the same thing: most of a row's words stand in the clause, of no other row as many, and its
    figure has the same digits in another order. No table has the text's own figure."""
    start, end = folded.rfind(";", 0, one.start) + 1, folded.find(";", one.end)
    said = set(words(folded[start : end if end >= 0 else None]))
    digits = sorted(one.figure.canonical)
    shared: list[tuple[float, Cell | None]] = []
    for grid in grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            name = set(row_words(row))
            if any(number_in(cell) == one.figure for cell in row[1:]):
                return
            column = _value_column(grid, row)
            figure = number_in(row[column]) if column is not None else None
            fits = figure is not None and figure.is_exact and sorted(figure.canonical) == digits and len(digits) > 1
            cell = Cell(figure, at_column(place, column), grid.number) if fits and figure and column else None
            if len(name) > 1:
                shared.append((len(name & said) / len(name), cell))
    best = sorted(shared, key=lambda pair: -pair[0])[:2]
    if best and best[0][0] >= _MOST and best[0][1] and (len(best) < 2 or best[1][0] < best[0][0]):
        yield best[0][1]
