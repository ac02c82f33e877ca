"""Rows of a table against themselves (các cột của một dòng): parts that make the total, rates that are the quotient.

What columns mean is learnt from the table: where most rows hold, the one that does not is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from documents.checks.finding import Hit
from documents.checks.grids import at_column, is_rate, is_total
from documents.checks.paper import Grid, Paper
from documents.checks.registry import rule
from documents.reading.folding import fold
from documents.reading.into_form import TOTALS, number_in
from states.figures import Figure, Ratio

_WITHIN = "trong do"
_PERCENT = re.compile(r"%|ty le|ti le")
_FIRST, _LAST, _ROWS = 3, 6, 300
"""Columns looked at for a rate's part and whole: the first of the table, the last before the rate; and rows."""
_figure = lru_cache(maxsize=8192)(number_in)
_COUNTER = ("stt", "tt", "so tt", "so thu tu")


@dataclass(frozen=True, slots=True)
class _Parts:
    """Columns that should make a total; `least`: how many rows must hold before another is told."""

    total: int
    parts: tuple[int, ...]
    least: int


@rule("row-parts-differ", "explain", "Các cột thành phần cộng lại khác cột tổng", "Sub-columns do not make the total",
      example="Tổng 41; trong đó: người cao tuổi 26, người khuyết tật 14")  # fmt: skip
def row_parts_differ(paper: Paper) -> Iterator[Hit]:
    """Men and women of one total; columns «Trong đó» that are all of it in the other rows. A blank part says nothing:
    its row is left out, and with it the row of totals."""
    told = {one.at.place for one in paper.splits}
    for grid in paper.grids:
        for one in _identities(grid):
            yield from (hit for hit in _broken(grid, one) if hit.place not in told)


def _identities(grid: Grid) -> Iterator[_Parts]:
    """Of each group of parts the total that most rows hold with."""
    names = [tuple(fold(part).strip() for part in name.split("|")) for name in grid.columns]
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, name in enumerate(names):
        if name[-1] in ("nam", "nu"):
            groups.setdefault(("", *name[:-1]), []).append(at)
        elif len(name) > 1 and name[-2].startswith(_WITHIN) and not is_rate(grid.columns[at]):
            groups.setdefault(name[:-1], []).append(at)
    for group, parts in groups.items():
        found = _of_sexes(names, parts) if not group[0] else _within(names, parts)
        if len(parts) > 1 and found:
            yield max(found, key=lambda one: len(_rows(grid, one)[0]))


def _of_sexes(names: list[tuple[str, ...]], parts: list[int]) -> list[_Parts]:
    """The column «Tổng» under the same head, with which nothing else can be meant, or the one just before."""
    before = range(parts[0] if len(parts) == 2 else 0)
    totals = [at for at in before if names[at][-1] in TOTALS]
    alike = [at for at in totals if names[at][:-1] == names[parts[0]][:-1] != ()]
    return [_Parts(at, tuple(parts), 0) for at in alike] or [
        _Parts(at, tuple(parts), 1) for at in totals if at == parts[0] - 1
    ]


def _within(names: list[tuple[str, ...]], parts: list[int]) -> list[_Parts]:
    """«Trong đó» need not tell all: two rows must hold first."""
    before = [at for at in range(parts[0]) if names[at][0] not in _COUNTER]
    return [_Parts(at, tuple(parts), 2) for at in before if at == parts[0] - 1 or names[at][-1] in TOTALS]


def _rows(grid: Grid, one: _Parts) -> tuple[list[int], list[int], bool]:
    """Rows that hold, rows that do not, and whether each row has all its parts, or no figure at all."""
    good: list[int] = []
    bad: list[int] = []
    whole = True
    for at, row in enumerate(grid.rows):
        figures = [_figure(row[column]) for column in (one.total, *one.parts)]
        if None in figures:
            whole = whole and not any(figures)
            continue
        total = Figure.total(figures[1:])
        (good if total is not None and figures[0] is not None and total.can_equal(figures[0]) else bad).append(at)
    return good, bad, whole


def _broken(grid: Grid, one: _Parts) -> Iterator[Hit]:
    good, bad, whole = _rows(grid, one)
    own = [at for at in bad if not is_total(grid.rows[at])]
    if len(good) < one.least or len(own) > max(len(good) // 2, not one.least):
        return
    for at in bad if whole else own:
        row = grid.rows[at]
        total, parts = number_in(row[one.total]), Figure.total([number_in(row[n]) for n in one.parts])
        if total is not None and parts is not None:
            said = " + ".join(row[n] for n in one.parts)
            yield Hit(at_column(grid.places[at], one.total),
                      f"Bảng {grid.number}, «{_label(row)}»: cột tổng ghi {total}, các cột thành phần cộng lại là"
                      f" {parts} ({said})", f"Table {grid.number}, «{_label(row)}»: the total says {total.canonical},"
                      f" its parts make {parts.canonical}", (total, parts))  # fmt: skip


@rule("rate-row-differs", "explain", "Tỷ lệ của một dòng khác cách tính của các dòng khác",
      "A rate in a row is not computed as in the others",
      example="Tỷ lệ 3,40 bên 41 trên 1.175; các dòng khác đều khớp")  # fmt: skip
def rate_row_differs(paper: Paper) -> Iterator[Hit]:
    """The two columns of which the rate is the quotient are those that three rows hold with, other than by 0 or 100."""
    for grid in paper.grids:
        for rate in (at for at, name in enumerate(grid.columns) if _PERCENT.search(fold(name))):
            yield from _wrong_rates(grid, rate)


def _wrong_rates(grid: Grid, rate: int) -> Iterator[Hit]:
    columns = [at for at, name in enumerate(grid.columns[:rate]) if not is_rate(name) and _counts(grid, at)]
    best: tuple[int, list[tuple[int, Ratio, Figure]]] = (0, [])
    for part, whole in permutations({*columns[:_FIRST], *columns[-_LAST:]}, 2):
        good, bad = _quotients(grid, rate, part, whole)
        if good > 2 and len(bad) <= max(1, good // 4) and (good, -len(bad)) > (best[0], -len(best[1])):
            best = (good, bad)
    for at, ratio, stated in best[1]:
        told, label = Figure(ratio.percent() or Decimal(0)), _label(grid.rows[at])
        yield Hit(at_column(grid.places[at], rate), f"Bảng {grid.number}, «{label}»: ghi {stated} %, nhưng"
                  f" {ratio.part}/{ratio.whole} là {told} %", f"Table {grid.number}, «{label}»: states"
                  f" {stated.canonical} %, {ratio.part.canonical}/{ratio.whole.canonical} is {told.canonical} %",
                  (stated, told))  # fmt: skip


def _counts(grid: Grid, column: int) -> bool:
    return sum(_figure(row[column]) is not None for row in grid.rows[:_ROWS]) > 2


def _quotients(grid: Grid, rate: int, part: int, whole: int) -> tuple[int, list[tuple[int, Ratio, Figure]]]:
    """How many rows hold, each rate counted once; which do not."""
    good: set[str] = set()
    bad = []
    for at, row in enumerate(grid.rows[:_ROWS]):
        stated, one, other = (_figure(row[n]) for n in (rate, part, whole))
        if stated is None or one is None or other is None or not (stated.is_exact and one.is_exact and other.amount):
            continue
        if not _holds(row[rate], stated, Ratio(one, other)):
            bad.append((at, Ratio(one, other), stated))
        elif stated.amount not in (0, 100):
            good.add(stated.canonical)
    return len(good), bad


def _holds(cell: str, stated: Figure, ratio: Ratio) -> bool:
    """Rounded or cut at the digits that the cell has: "3,40" is not 3,49."""
    written = re.search(r"[.,](\d+)\s*%?\s*$", cell)
    exact = ratio.percent(6)
    return exact is not None and abs(exact - stated.amount) < Decimal(1).scaleb(-len(written[1]) if written else 0)


def _label(row: tuple[str, ...]) -> str:
    words = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell)), row[0])
    return words if len(words) < 60 else words[:57] + "…"
