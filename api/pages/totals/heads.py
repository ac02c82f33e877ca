"""The head of a total's table: which cells stand in it, and the form's merged headings over them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from documents.forms import CellSpec, Form, Table
from states.figures import Cell

T = TypeVar("T")


@dataclass(frozen=True)
class Head:
    """A heading over `span` columns and `deep` rows; `first`: it begins a category, and a line stands before it."""

    words: str
    span: int = 1
    deep: int = 1
    first: bool = False


@dataclass(frozen=True)
class Layout:
    """What a table shows: its cells in order, the rows of headings, the places where a category begins."""

    table: Table
    cells: tuple[CellSpec, ...]
    heads: tuple[tuple[Head, ...], ...]
    begins: frozenset[int]

    @cached_property
    def sums(self) -> tuple[CellSpec, ...]:
        """The cells whose figures add up; the others are percentages made again from them."""
        return tuple(spec for spec in self.cells if spec.adds)


def layout(form: Form, table: Table, told: Collection[Cell], category: int | None, free: str) -> Layout:
    """The layout of a table, of one category or all; `told`: the cells that hold a figure, `free`: how rows that
    wait for a category are headed. A unit's own cells and free rows stand there only where they were told.
    """
    percents = {rule.stated for rule in form.identities if rule.kind == "percent" and rule.table == table.number}
    mine = [spec for spec in form.specs.values() if spec.cell.table == table.number and _stands(spec, told, percents)]
    if category is not None:
        mine = [spec for spec in mine if spec.cell.row == category]
    cells = tuple(sorted(mine, key=lambda spec: (not spec.cell.row, spec.cell)))
    tops = [spec.cell.row for spec in cells]
    begins = frozenset(first for first, _, _ in _runs(tops))
    return Layout(table, cells, _heads(table, cells, free), begins)


def _stands(spec: CellSpec, told: Collection[Cell], percents: Collection[int]) -> bool:
    if spec.type == "percent":
        return spec.cell.column in percents and spec.cell.row > 0
    return spec.adds and ((spec.carried and spec.cell.row > 0) or spec.cell in told)


def _heads(table: Table, cells: Sequence[CellSpec], free: str) -> tuple[tuple[Head, ...], ...]:
    """Category; group («Số người tham gia»); column. A column without a group reaches down over both rows."""
    names = {one.number: f"{one.label} ({one.unit})" if one.unit else one.label for one in table.categories}
    columns = {one.number: one for one in table.columns}
    deep = 2 if any(columns[spec.cell.column].group for spec in cells) else 1
    top, middle, bottom = [], [], []
    for first, last, row in _runs([spec.cell.row for spec in cells]):
        top.append(Head(names.get(row, free), last - first + 1, 1, True))
        inside = cells[first : last + 1]
        for begin, end, group in _runs([columns[spec.cell.column].group for spec in inside]):
            run = [_name(columns[spec.cell.column].name, spec) for spec in inside[begin : end + 1]]
            if group:
                middle.append(Head(group, len(run), 1, begin == 0))
                bottom += [Head(name, first=begin == 0 and not at) for at, name in enumerate(run)]
            else:
                middle += [Head(name, 1, deep, begin == 0 and not at) for at, name in enumerate(run)]
    return tuple(tuple(row) for row in (top, middle, bottom) if row)


def _name(name: str, spec: CellSpec) -> str:
    return f"{name} ({spec.unit})" if spec.type in ("money", "percent") and spec.unit else name


def _runs(values: Sequence[T]) -> Iterator[tuple[int, int, T]]:
    """Neighbours that are the same: the first place, the last, the value."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield first, place - 1, values[first]
            first = place
