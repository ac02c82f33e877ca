"""A content's totals in a line (số tổng): so that forty reports can be told apart before one signature."""

from documents.filled import read
from documents.forms import Content, Form, Table
from documents.writing.grids import reported_rows, summable
from states.figures import Cell, Figure

_MOST = 4


def sums(content: Content, form: Form) -> list[tuple[str, str]]:
    """The sums of the first columns that add up, as (column, figure); a table of indicators gives its first cells."""
    figures = read(content, form).figures
    found: list[tuple[str, str]] = []
    for table in form.tables:
        found += _columns(table, figures) if table.layout == "rows" else _indicators(table, figures)
    return found[:_MOST]


def _columns(table: Table, figures: dict[Cell, Figure]) -> list[tuple[str, str]]:
    rows = reported_rows(table, figures)
    said = [one for one in table.categories if one.number in rows]
    made = []
    for column in table.columns:
        cells = [figures.get(Cell.of(table.number, one.number, column.number)) for one in said]
        total = Figure.total(cells) if summable(table, column, said) else None
        if total is not None:
            made.append((f"{column.group}, {column.name}" if column.group else column.name, total.vi))
    return made


def _indicators(table: Table, figures: dict[Cell, Figure]) -> list[tuple[str, str]]:
    here = [(cell, figure) for cell, figure in sorted(figures.items()) if cell.table == table.number]
    rows = {one.number: one.label for one in table.categories}
    columns = {one.number: one.name for one in table.columns}
    return [(f"{rows.get(cell.row, '')}: {columns.get(cell.column, '')}", figure.vi) for cell, figure in here[:_MOST]]
