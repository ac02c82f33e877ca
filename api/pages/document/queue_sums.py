"""A content's totals in a line (số tổng): so that forty reports can be told apart before one signature."""

from collections.abc import Mapping

from documents.filled import read
from documents.forms import Content, Form, Table
from documents.writing.grids import reported_rows, summable
from states.figures import Cell, Figure

Sums = list[tuple[str, list[tuple[str, str]]]]
_MOST = 2
_MOST_FIGURES = 4


def sums(content: Content, form: Form) -> Sums:
    """(what, [(column, figure)]): of a table of rows the sums of its columns, of indicators the first rows."""
    figures = read(content, form).figures
    found: Sums = []
    for table in form.tables:
        found += _columns(table, figures) if table.layout == "rows" else _indicators(table, figures)
    return found[:_MOST]


def _columns(table: Table, figures: Mapping[Cell, Figure]) -> Sums:
    rows = reported_rows(table, figures)
    said = [one for one in table.categories if one.number in rows]
    made = []
    for column in table.columns:
        cells = [figures.get(Cell.of(table.number, one.number, column.number)) for one in said]
        total = Figure.total(cells) if summable(table, column, said) else None
        if total is not None:
            made.append((column.name, total.vi))
    return [(table.title, made[:_MOST_FIGURES])] if made else []


def _indicators(table: Table, figures: Mapping[Cell, Figure]) -> Sums:
    columns = {one.number: one.name for one in table.columns}
    made: Sums = []
    for row in table.categories:
        here = [(columns.get(cell.column, ""), figure.vi) for cell, figure in sorted(figures.items())
                if (cell.table, cell.row) == (table.number, row.number)]  # fmt: skip
        made += [(row.label, here[:_MOST_FIGURES])] if here else []
    return made
