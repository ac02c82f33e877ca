"""A form's tables as they stand on paper: merged heads, units, rows that were written, cells that nobody reported."""

from collections.abc import Iterable, Mapping
from typing import Any

from documents.filled import Line, Read, ratios_of, read
from documents.forms import Category, Form
from documents.forms import Column as FormColumn
from documents.forms import Table as FormTable
from documents.writing.paper import MISSING, Column, Row, Table
from states.figures import Cell, Figure, Ratio

_SUBJECTS = {"activities": "Hoạt động", "media": "Nội dung", "products": "Sản phẩm", "funds": "Nguồn kinh phí",
             "targets": "Chỉ tiêu", "budget": "Nguồn kinh phí"}  # fmt: skip
NOTHING_YET = "chưa có số liệu"


class Filled:
    """What stands in the cells: figures, stated percentages, percentages made again from their parts."""

    def __init__(self, form: Form, figures: Mapping[Cell, Figure], stated: Mapping[Cell, Figure]) -> None:
        self.form = form
        self.figures = figures
        self.stated = stated
        self._ratios = ratios_of(figures, form)

    @classmethod
    def of(cls, form: Form, found: Read) -> "Filled":
        """What a unit wrote itself; its percentages are those that it states."""
        return cls(form, found.figures, found.stated)

    def words(self, cell: Cell) -> str | None:
        """A cell as it is printed; None where the form has none."""
        spec = self.form.specs.get(cell)
        if spec is None:
            return None
        if cell in self.stated and not spec.adds:
            return self.stated[cell].vi
        if cell in self._ratios:
            return percent_words(self._ratios[cell])
        return self.figures[cell].vi if cell in self.figures else MISSING

    def has(self, table: int) -> bool:
        """Whether anything was reported in a table."""
        return any(cell.table == table for cell in (*self.figures, *self.stated))


def percent_words(ratio: Ratio) -> str:
    """Hundredths with a comma, "25,36"; a percentage of nothing is none."""
    percent = ratio.percent()
    return MISSING if percent is None else Figure.exact(percent).vi


def written(form: Form, content: Mapping[str, Any], table: FormTable) -> Table:
    """A table as one unit wrote it: its own rows, or its indicators."""
    found = read(content, form)
    if table.layout == "fields":
        return indicators(table, Filled.of(form, found))
    lines = [line for line in found.lines if line.table == table.number]
    units = {c.number: c.unit for c in table.categories}
    with_unit = any(units.get(line.row) for line in lines)
    with_level = any(line.level for line in lines)
    rows = [_line(number, line, table, units, with_unit, with_level) for number, line in enumerate(lines, 1)]
    if not rows:
        rows = [_nothing(table.number in found.nil)]
    columns = [*_naming(table, with_unit), *map(column, table.columns)]
    return _made(table, columns + ([Column("Cấp triển khai")] if with_level else []), rows, 2 + with_unit)


def indicators(table: FormTable, filled: Filled) -> Table:
    """A table of indicators: every row of the form; an empty cell is "…", never a zero."""
    with_unit = any(c.unit for c in table.categories)
    rows = [_category(number, one, table, filled, with_unit) for number, one in enumerate(table.categories, 1)]
    if not filled.has(table.number):
        rows = [_nothing(False)]
    return _made(table, [*_naming(table, with_unit), *map(column, table.columns)], rows, 2 + with_unit)


def totals(table: FormTable, filled: Filled, nil: bool) -> Table:
    """A table of a consolidated report: one row per category that was reported, and a total where units agree."""
    if table.layout == "fields":
        return indicators(table, filled)
    found = reported_rows(table, filled.figures)
    said = [one for one in (*table.categories, UNMAPPED) if one.number in found]
    with_unit = any(one.unit for one in said)
    rows = [_category(number, one, table, filled, with_unit) for number, one in enumerate(said, 1)]
    if len(said) > 1:
        rows += _total(table, filled, said, with_unit)
    if not rows:
        rows = [_nothing(nil or filled.has(table.number))]
    return _made(table, [*_naming(table, with_unit), *map(column, table.columns)], rows, 2 + with_unit)


def reported_rows(table: FormTable, figures: Mapping[Cell, Figure]) -> set[int]:
    """The rows in which something happened; a category of nothing but zeros was reported as «Không»."""
    here = {cell: figure for cell, figure in figures.items() if cell.table == table.number}
    if table.layout == "fields":
        return {cell.row for cell in here}
    return {cell.row for cell, figure in here.items() if figure != Figure.exact(0)}


def column(of: FormColumn) -> Column:
    """A column's head; money and percentages say what they are counted in."""
    unit = f" ({of.unit})" if of.type in ("money", "percent") and of.unit else ""
    return Column(of.name + unit, of.group, of.type in ("count", "money", "percent"))


UNMAPPED = Category.model_construct(number=0, code="", label="Dòng chưa xếp vào nhóm", unit="", columns=None)
"""Stands for rows in a unit's own words that nobody has put into a category yet; they can't be signed so."""


def summable(table: FormTable, of: FormColumn, said: Iterable[Category]) -> bool:
    """Whether a column's rows count the same thing and may be added: never where rows are indicators."""
    units = {one.unit for one in said if not of.unit}
    return table.layout == "rows" and of.type in ("count", "money") and len(units) <= 1


def _naming(table: FormTable, with_unit: bool) -> list[Column]:
    subject = _SUBJECTS.get(table.code, "Nội dung" if table.layout == "rows" else "Chỉ tiêu")
    return [Column("STT"), Column(subject), *([Column("Đơn vị tính")] if with_unit else [])]


def _line(
    number: int, line: Line, table: FormTable, units: Mapping[int, str], with_unit: bool, with_level: bool
) -> Row:  # fmt: skip
    said = [line.texts.get(c.number) or _figure(line.values.get(c.number)) for c in table.columns]
    unit = [units.get(line.row, "")] if with_unit else []
    label = line.label or next((c.label for c in table.categories if c.number == line.row), "")
    return Row((str(number), label, *unit, *said, *([line.level] if with_level else [])))


def _figure(figure: Figure | None) -> str:
    return figure.vi if figure else MISSING


def _category(number: int, one: Category, table: FormTable, filled: Filled, with_unit: bool) -> Row:
    cells = [filled.words(Cell.of(table.number, one.number, c.number)) for c in table.columns]
    return Row((str(number), one.label, *([one.unit] if with_unit else []), *cells))


def _total(table: FormTable, filled: Filled, said: list[Category], with_unit: bool) -> list[Row]:
    cells = [_sum(table, c, filled, said) for c in table.columns]
    if not any(cells):
        return []
    return [Row(("", "Tổng cộng", *([""] if with_unit else []), *cells), "total")]


def _sum(table: FormTable, of: FormColumn, filled: Filled, said: list[Category]) -> str:
    if not summable(table, of, said):
        return ""
    total = Figure.total(filled.figures.get(Cell.of(table.number, one.number, of.number)) for one in said)
    return total.vi if total else ""


def _nothing(nil: bool) -> Row:
    return Row(("", "Không")) if nil else Row((), "gap", NOTHING_YET)


def _made(table: FormTable, columns: list[Column], rows: list[Row], keys: int) -> Table:
    width = len(columns)
    filled = tuple(Row((*r.cells, *[""] * (width - len(r.cells))), r.kind) if r.kind == "row" else r for r in rows)
    return Table(tuple(columns), filled, keys, f"Biểu {table.number}: {table.title}")
