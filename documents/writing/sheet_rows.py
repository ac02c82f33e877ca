"""A table's lines as a content has them (các dòng của biểu), the same for a report's workbook and for a blank form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.filled import Line, Read
from documents.forms import Category, Table
from states.figures import Cell, Figure

_SUBJECTS = {"activities": "Hoạt động", "media": "Nội dung", "products": "Sản phẩm", "funds": "Nguồn kinh phí"}


@dataclass(frozen=True)
class SheetRow:
    """A line: its category (0: none yet), its words, and what stands in its columns, by number."""

    category: int
    label: str
    unit: str = ""
    level: str = ""
    values: Mapping[int, Figure | str] = field(default_factory=dict)


def rows_of(found: Read, table: Table, *, summed: bool = False, complete: bool = False) -> list[SheetRow]:
    """The lines of a table. `summed`: one for each category, of what all its rows make; `complete`: with a line for
    each category of the form, so that it can be filled in.
    """
    if table.layout == "fields":
        return [_summed(found, table, one) for one in table.categories]
    if summed:
        rows = [_summed(found, table, one) for one in table.categories]
        return [row for row in rows if any(value != Figure.exact(0) for value in row.values.values())]
    rows = [_line(line, table) for line in found.lines if line.table == table.number]
    rows = _stated(found, table, rows)
    return _completed(rows, table) if complete else rows


def subject(table: Table) -> str:
    """The heading over the lines' words."""
    return _SUBJECTS.get(table.code, "Nội dung" if table.layout == "rows" else "Chỉ tiêu")


def _summed(found: Read, table: Table, one: Category) -> SheetRow:
    texts = {n: said for line in found.lines if (line.table, line.row) == (table.number, one.number)
             for n, said in line.texts.items()}  # fmt: skip
    figures = {cell.column: figure for cell, figure in found.figures.items()
               if (cell.table, cell.row) == (table.number, one.number)}  # fmt: skip
    return SheetRow(one.number, one.label, one.unit, "", {**texts, **figures})


def _line(line: Line, table: Table) -> SheetRow:
    one = next((c for c in table.categories if c.number == line.row), None)
    label = line.label or (one.label if one else "")
    return SheetRow(line.row, label, one.unit if one else "", line.level, {**line.texts, **line.values})


def _stated(found: Read, table: Table, rows: list[SheetRow]) -> list[SheetRow]:
    """With the categories of which only a sum is stated, and no rows."""
    written = {row.category for row in rows}
    stated = {cell.row for cell in found.stated if cell.table == table.number} - written
    more = [_summed(found, table, one) for one in table.categories if one.number in stated]
    return sorted([*rows, *more], key=lambda row: row.category or 100) if more else rows


def _completed(rows: list[SheetRow], table: Table) -> list[SheetRow]:
    made = list(rows)
    for one in table.categories:
        if not any(row.category == one.number for row in made):
            after = (n for n, row in enumerate(made) if row.category > one.number or not row.category)
            made.insert(next(after, len(made)), SheetRow(one.number, one.label, one.unit))
    return made


def cell_of(table: Table, row: SheetRow, column: int) -> Cell:
    """The form's cell of a column of a line."""
    return Cell.of(table.number, row.category, column)
