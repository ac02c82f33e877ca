"""Rates in rows (tỷ lệ trong bảng): the quotient of two columns that the other rows show; parts larger than wholes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import Column, Meaning, at_column, meaning
from documents.checks.tables.time_columns import is_time
from documents.reading.folding import fold
from documents.reading.tables.into_form import TOTALS, number_in
from states.figures import Figure, Ratio

_PERCENT = re.compile(r"%|ty le|ti le")
_FIRST, _LAST, _ROWS = 3, 6, 300
"""Columns looked at for a rate's part and whole: the first of the table, the last before the rate; and rows."""
_AGAINST = re.compile(r"\bso (?:voi|sanh|kh|ke hoach|chi tieu|cung ky)\b|ke hoach|chi tieu|cung ky|du toan|\bkh\b")
"""Rates of something that may be passed."""
_WHOLE = re.compile(r"\b(?:phai|thuoc dien|dien|trong dien|can|phat hien|duoc giao|dang ky|du (?:tuoi|dieu kien))\b")
_PART = re.compile(r"\b(?:da|duoc|dat|hoan thanh|xu ly|giai quyet|thuc hien|tham gia)\b")
_N = r"\d[\d.]*"
_R = r"\d{1,3}(?:[.,]\d{1,2})?"
_CELL = re.compile(rf"(?P<r>{_R}) ?%? ?\((?P<p>{_N}) ?/ ?(?P<w>{_N})(?: [^\W\d]+)?\)|"
                   rf"(?P<x>{_N}) ?/ ?(?P<y>{_N})(?: [^\W\d]+)?,? ?\(?(?:đạt|chiếm|=)? ?(?P<s>{_R}) ?%\)?")  # fmt: skip
_figure = lru_cache(maxsize=8192)(number_in)


@dataclass(frozen=True, slots=True)
class _Rated:
    """A rate's columns, as the rows that hold show them, and the rows that do not."""

    part: int
    whole: int
    good: int
    bad: tuple[tuple[int, Ratio, Figure], ...]


@rule("rate-row-differs", "explain", "Tỷ lệ của một dòng khác cách tính của các dòng khác",
      "A rate in a row is not computed as in the others",
      example="Tỷ lệ 3,40 bên 41 trên 1.175; các dòng khác đều khớp")  # fmt: skip
def rate_row_differs(paper: Paper) -> Iterator[Hit]:
    """The two columns of which the rate is the quotient are those that three rows hold with, other than by 0 or 100;
    two, where each rate has three digits."""
    for grid in paper.grids:
        table = meaning(grid)
        for rate in _rates(table):
            rated = _rated(table, rate)
            for at, ratio, stated in rated.bad if rated else ():
                told, label = Figure(ratio.percent() or Decimal(0)), table.name(at)
                yield Hit(at_column(grid.places[at], rate), f"Bảng {grid.number}, «{label}»: ghi {stated} %, nhưng"
                          f" {ratio.part}/{ratio.whole} là {told} %", f"Table {grid.number}, «{label}»: states"
                          f" {stated.canonical} %, {ratio.part.canonical}/{ratio.whole.canonical} is"
                          f" {told.canonical} %", (stated, told))  # fmt: skip


@rule("row-part-over-whole", "refuse", "Trong một dòng, phần lớn hơn tổng", "In a row a part is larger than its whole",
      example="phải tiêm 56, được tiêm 58 (103,6 %); các dòng khác không quá 100 %")  # fmt: skip
def row_part_over_whole(paper: Paper) -> Iterator[Hit]:
    """A rate's part and whole, a column «Tổng» and those under its head, «phải …» and «được …», where all other rows
    keep to it; a plan or last year's figure may be passed."""
    for grid in paper.grids:
        table = meaning(grid)
        over = {(at, part): whole for part, whole in _pairs(table) for at in _over(table, part, whole)}
        for (at, part), whole in over.items():
            row, label, name = grid.rows[at], table.name(at), grid.columns[part].replace("|", ", ")
            yield Hit(at_column(grid.places[at], part), f"Bảng {grid.number}, «{label}»: {name} {row[part]} lớn hơn"
                      f" {grid.columns[whole].replace('|', ', ')} {row[whole]}", f"Table {grid.number}, «{label}»:"
                      f" {row[part]} of {row[whole]}", (row[part], row[whole]))  # fmt: skip


def _pairs(table: Meaning) -> Iterator[tuple[int, int]]:
    """Columns of a part and its whole."""
    names = [fold(name) for name in table.grid.columns]
    for rate in _rates(table):
        rated = _rated(table, rate)
        if rated and not any(map(_AGAINST.search, (names[rate], names[rated.whole]))):
            yield rated.part, rated.whole
    counts = table.of(Column.COUNT)
    for whole in counts:
        head, _, leaf = names[whole].rpartition("|")
        same = [at for at in counts if at != whole and head and names[at].startswith(f"{head}|")]
        if leaf.strip() in TOTALS or not head and leaf.strip() in ("tong", "tong so", "tong cong"):
            same = [at for at in same if not is_time(names[at])]
            yield from ((at, whole) for at in same or [at for at in counts if names[at].strip() in ("nam", "nu")])
        elif whole + 1 in counts and _WHOLE.search(leaf) and _PART.search(names[whole + 1].rpartition("|")[2]):
            yield whole + 1, whole


def _over(table: Meaning, part: int, whole: int) -> list[int]:
    """Rows in which the part is the larger, where nearly all keep to it: three at least, and three for each other."""
    both = [(at, table.amount(at, part), table.amount(at, whole)) for at in range(len(table.grid.rows))
            if not table.is_rate(at)]  # fmt: skip
    told = [(at, a, b) for at, a, b in both if a is not None and b is not None and (a or b)]
    over = [at for at, a, b in told if a > b]
    return over if 0 < len(over) * 3 <= len(told) - len(over) else []


def _rates(table: Meaning) -> list[int]:
    return [at for at in table.of(Column.RATE) if _PERCENT.search(fold(table.grid.columns[at]))]


@lru_cache(maxsize=256)
def _rated(table: Meaning, rate: int) -> _Rated | None:
    """The part and whole that most rows hold with."""
    counts = [at for at in table.of(Column.COUNT, Column.TARGET) if at < rate]
    best: _Rated | None = None
    for part, whole in permutations({*counts[:_FIRST], *counts[-_LAST:]}, 2):
        good, bad = _quotients(table, rate, part, whole)
        enough = len(good) > 2 or len(good) == 2 and all(len(one.strip("0").replace(".", "")) > 2 for one in good)
        if enough and len(bad) <= max(1, len(good) // 4):
            one = _Rated(part, whole, len(good), tuple(bad))
            if best is None or (one.good, -len(one.bad)) > (best.good, -len(best.bad)):
                best = one
    return best


def _quotients(table: Meaning, rate: int, part: int, whole: int) -> tuple[set[str], list[tuple[int, Ratio, Figure]]]:
    """The rates that hold, each once; which rows do not."""
    good: set[str] = set()
    bad = []
    for at, row in enumerate(table.grid.rows[:_ROWS]):
        stated, one, other = (_figure(row[n]) for n in (rate, part, whole))
        if stated is None or one is None or other is None or not (stated.is_exact and one.is_exact and other.amount):
            continue
        if not _holds(row[rate], stated, Ratio(one, other)):
            bad.append((at, Ratio(one, other), stated))
        elif stated.amount not in (0, 100):
            good.add(stated.canonical)
    return good, bad


def _holds(cell: str, stated: Figure, ratio: Ratio) -> bool:
    """Rounded or cut at the digits that the cell has: "3,40" is not 3,49."""
    written = re.search(r"[.,](\d+)\s*%?\s*$", cell)
    exact = ratio.percent(6)
    return exact is not None and abs(exact - stated.amount) < Decimal(1).scaleb(-len(written[1]) if written else 0)


@rule("cell-rate-differs", "explain", "Một ô ghi tỷ lệ khác phân số của chính ô đó",
      "A cell's percentage is not the fraction that it gives", example="ô ghi 88,9 (7/9); 7/9 là 77,8 %")  # fmt: skip
def cell_rate_differs(paper: Paper) -> Iterator[Hit]:
    """As "88,9 (8/9)" or "5/8 (62,5%)": one fraction and one percentage, nothing else."""
    for grid in paper.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            for at, cell in enumerate(row):
                found = _CELL.fullmatch(cell.strip())
                if found is None:
                    continue
                part, whole, said = (_figure(found[a] or found[b]) for a, b in (("p", "x"), ("w", "y"), ("r", "s")))
                if part and whole and said and whole.amount and not _holds(f"{found['r'] or found['s']}", said,
                                                                           Ratio(part, whole)):  # fmt: skip
                    told = Figure(Ratio(part, whole).percent() or Decimal(0))
                    yield Hit(at_column(place, at), f"Bảng {grid.number}, ô ghi «{cell}», nhưng {part}/{whole} là"
                              f" {told} %", f"Table {grid.number}: «{cell}», the fraction is {told.canonical} %",
                              (said, told))  # fmt: skip
