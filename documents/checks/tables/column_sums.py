"""Columns against their totals (cộng theo cột): the row «Cộng», groups (I, A), rows below another (1.1, a, -).

Where the table says that a row is the total, its figures are held to it; else another column must bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.tables.meaning import NO_SUM, UNITS, Column, Meaning, at_column, meaning
from documents.checks.tables.nesting import NUMBERED, Family
from documents.checks.tables.repeated import repeated
from documents.reading.folding import fold
from states.figures import Figure

_SHARED = re.compile(r"\b(?:dan toc|dtts|khuyet tat|nu|tre em|cao tuoi|dang vien|ngheo|phu nu)\b")
"""What people may be at once."""
_SEXES = {"nam", "nu"}
_SMALL = 19
_SOME = re.compile(r"\b(?:mot so|dien hinh|tieu bieu)\b")


@dataclass(frozen=True, slots=True)
class _Sum:
    """One column of a family: what is written, what the rows below make."""

    column: int
    said: Decimal
    parts: tuple[Decimal | None, ...]

    @property
    def made(self) -> Decimal:
        return sum((one for one in self.parts if one is not None), Decimal(0))

    @property
    def holds(self) -> bool:
        """Within what rounding takes; where a part is blank, only less than the others is wrong."""
        over = self.made - self.said
        return over <= self._slack if None in self.parts else abs(over) <= self._slack

    @property
    def tells(self) -> bool:
        """Whether its holding says anything: two parts at least that are not 0."""
        return None not in self.parts and self.holds and sum(map(bool, self.parts)) > 1

    @property
    def like_a_sum(self) -> bool:
        """An average, the greatest or the newest of the parts is none."""
        known = [one for one in self.parts if one is not None]
        return None not in self.parts and self.said > max(known) and self.made < 2 * self.said < 4 * self.made

    @property
    def like_an_average(self) -> bool:
        """Near the middle of its parts."""
        return abs(self.said * len(self.parts) - self.made) * 2 < self.made

    @property
    def near(self) -> bool:
        """Within a fifth of what the parts make."""
        return abs(self.said - self.made) * 5 <= self.made

    @property
    def _slack(self) -> Decimal:
        places = [-int(one.as_tuple().exponent) for one in (self.said, *self.parts) if one is not None]
        return Decimal(0) if max(places) <= 0 else Decimal(len(places)).scaleb(-max(places)) / 2


@rule("total-row-differs", "explain", "Dòng cộng khác tổng các dòng", "The row of totals is not the sum of its rows",
      example="Tổng cộng 710; các dòng cộng lại là 715")  # fmt: skip
def total_row_differs(paper: Paper) -> Iterator[Hit]:
    """Every figure of the row «Cộng», «Toàn xã», first or last, over rows or over groups; "-" is none. Where the rows
    make it and a group does not, the group is wrong. A text that repeats the wrong total is told as well."""
    for grid in paper.grids:
        table = meaning(grid)
        for one in (one for one in table.families if one.total):
            for bad in _wrong(table, one):
                if _group_is_wrong(table, one, bad):
                    continue
                name, whole, told = grid.columns[bad.column], Figure(bad.said), Figure(bad.made)
                place = at_column(grid.places[one.at], bad.column)
                yield Hit(place, f"Bảng {grid.number}, cột «{name.replace('|', ', ')}»: dòng cộng ghi {whole}, các dòng"
                          f" cộng lại là {told}", f"Table {grid.number}, column «{name.replace('|', ', ')}»: the total"
                          f" says {whole.canonical}, the rows make {told.canonical}", (whole, told))  # fmt: skip
                yield from repeated(paper, name, whole, told, place)


@rule("sub-rows-differ", "explain", "Các dòng con cộng lại khác dòng trên", "Rows below do not make the row above",
      example="3. Số vụ: 4; 3.1 thân thể 2, 3.2 tinh thần 2, 3.3 kinh tế 1")  # fmt: skip
def sub_rows_differ(paper: Paper) -> Iterator[Hit]:
    """Of a group (I, A) or a numbered row, in the same unit; another column of them adds up, or they are both sexes."""
    for grid in paper.grids:
        table = meaning(grid)
        for one in (one for one in table.families if not one.total):
            label = table.name(one.at)
            for bad in _wrong(table, one):
                said = " + ".join(Figure(part).vi for part in bad.parts if part is not None)
                yield Hit(at_column(grid.places[one.at], bad.column), f"Bảng {grid.number}, «{label}»: ghi"
                          f" {Figure(bad.said)}, các dòng con cộng lại là {Figure(bad.made)} ({said})",
                          f"Table {grid.number}, «{label}»: {bad.said} is written, the rows below make {bad.made}",
                          (Figure(bad.said), Figure(bad.made)))  # fmt: skip


def _wrong(table: Meaning, one: Family) -> list[_Sum]:
    """The columns in which the rows below do not make it, where they should."""
    sums = [told for column in table.of(Column.COUNT, Column.TARGET) if (told := _sum(table, one, column))]
    changes = [told for column in table.of(Column.CHANGE) if (told := _sum(table, one, column))]
    if all(told.holds for told in sums):
        sums += changes  # else they follow
    bad, good = [told for told in sums if not told.holds], [told for told in sums if told.tells]
    if not bad or _SOME.search(fold(table.grid.title)):
        return []
    if one.sure:
        return [told for told in bad if told.like_a_sum or good and not told.like_an_average]
    if not one.total and (sexes := _of_people(table, one)) is not None:
        return bad if sexes else []
    if len(good) >= len(bad) and _learnt(good, bad):
        return bad
    return [told for told in bad if _borne_out(table, one, told) or _elsewhere(table, one, told)]


def _sum(table: Meaning, one: Family, column: int) -> _Sum | None:
    said, parts = table.amount(one.at, column), tuple(_value(table, row, column) for row in one.below)
    known = [part for part in parts if part is not None]
    if said is None or len(known) < 2 or len(known) < len(parts) and min(known) < 0:
        return None
    return _Sum(column, said, parts)


def _value(table: Meaning, row: int, column: int) -> Decimal | None:
    """Its own figure; of a group without one what its rows make."""
    own = table.amount(row, column)
    family = next((one for one in table.families if one.at == row and not one.total), None)
    if own is not None or family is None:
        return own
    parts = [_value(table, below, column) for below in family.below]
    return None if None in parts else sum((one for one in parts if one is not None), Decimal(0))


def _of_people(table: Meaning, one: Family) -> bool | None:
    """True where men and women make it; False where nothing need add up: other units, people who may be both."""
    unit = next((n for n, name in enumerate(table.grid.columns) if n != table.label and fold(name) in UNITS), None)
    rows, label = table.grid.rows, fold(table.name(one.at))
    if NO_SUM.search(label) or unit is not None and len({fold(rows[n][unit]) for n in (one.at, *one.below)}) > 1:
        return False
    below = [re.sub(r"^\W*(?:trong do)?\W*", "", fold(table.name(n))) for n in one.below]
    if {name.split(" ")[0] for name in below} == _SEXES and len(below) == 2:
        return True
    return False if any(map(_SHARED.search, below)) else None


def _borne_out(table: Meaning, one: Family, bad: _Sum) -> bool:
    """Whether the total above it holds with what its rows make, and not with what it says."""
    return any(_mended(table, above, bad) for above in table.families if above.total and one.at in above.below)


def _group_is_wrong(table: Meaning, total: Family, bad: _Sum) -> bool:
    """Whether the total is right and a group in it is not."""
    groups = [one for one in table.families if one.at in total.below and not one.total]
    return any((told := _sum(table, one, bad.column)) and not told.holds and _mended(table, total, told)
               for one in groups)  # fmt: skip


def _mended(table: Meaning, total: Family, group: _Sum) -> bool:
    above = _sum(table, total, group.column)
    return above is not None and not above.holds and above.made - group.said + group.made == above.said


def _learnt(good: list[_Sum], bad: list[_Sum]) -> bool:
    """Whether columns that hold say that it is a sum: two small figures make a third by chance; parts that are more
    than the whole are wrong sooner than parts that are less."""
    sure = sum(len(told.parts) > 2 or told.said > _SMALL for told in good)
    return sure > 1 or len(good) > 2 * len(bad) or all(told.near and (sure or told.made > told.said) for told in bad)


def _elsewhere(table: Meaning, one: Family, bad: _Sum) -> bool:
    """Whether the column holds in each other family like it: in two, in one where groups (I, A) are nearly right."""
    others = [told for other in table.families if other != one and other.depth == one.depth
              if (told := _sum(table, other, bad.column))]  # fmt: skip
    least = 1 if one.depth < NUMBERED and bad.near else 2
    return sum(told.tells for told in others) >= least and all(told.holds for told in others)
