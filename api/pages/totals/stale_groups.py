"""The cells of a difference by table and row of the form (biểu, dòng), of each table what moved most first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.pages.totals.stale_facts import Cut
from documents.forms import Form, Table
from states.figures import Figure


@dataclass(frozen=True)
class Part:
    """A cell that differs, under its column: by its name, and with the heading over it («Số người tham gia, Nữ»)."""

    name: str
    column: str
    cut: Cut

    @property
    def size(self) -> Decimal:
        """How far it moved, whichever way."""
        old, new = self.cut.old, self.cut.new
        return abs((new.amount if new else Decimal(0)) - (old.amount if old else Decimal(0)))


@dataclass(frozen=True)
class Line:
    """A row of the form with its cells that differ; `changes`: what each of its columns gained or lost."""

    name: str
    parts: tuple[Part, ...]

    @property
    def changes(self) -> list[tuple[str, Figure]]:
        """Column by column: figures of different columns are never added up."""
        return [(part.name, part.cut.by) for part in self.parts if part.cut.by and part.cut.by.amount]

    @property
    def size(self) -> Decimal:
        """What its rows are sorted by: the cell that moved most."""
        return max(part.size for part in self.parts)


@dataclass(frozen=True)
class Group:
    """A table of the form with the rows that differ, what moved most first."""

    table: Table
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many of its cells differ."""
        return sum(len(line.parts) for line in self.lines)


def grouped(form: Form, cells: Sequence[Cut], free: str) -> list[Group]:
    """In the form's order of tables. `free`: how rows are called that wait for a category."""
    rows: dict[tuple[int, int], list[Cut]] = {}
    for cut in cells:
        rows.setdefault((cut.cell.table, cut.cell.row), []).append(cut)
    groups = [(table, _lines(table, rows, free)) for table in form.tables]
    return [Group(table, lines) for table, lines in groups if lines]


def _lines(table: Table, rows: dict[tuple[int, int], list[Cut]], free: str) -> tuple[Line, ...]:
    names = {one.number: one.label for one in table.categories}
    found = [
        Line(names.get(row, free), tuple(_part(table, cut) for cut in cuts))
        for (number, row), cuts in rows.items() if number == table.number
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda line: -line.size))


def _part(table: Table, cut: Cut) -> Part:
    column = next(one for one in table.columns if one.number == cut.cell.column)
    return Part(column.name, f"{column.group}, {column.name}" if column.group else column.name, cut)
