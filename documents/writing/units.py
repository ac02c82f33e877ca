"""The annex of a consolidated report (phụ lục số liệu theo đơn vị): a row a unit, a named gap where one is missing."""

from collections.abc import Iterator, Mapping, Sequence

from documents.forms import Category, Column, Form
from documents.forms import Table as FormTable
from documents.writing.below import Below, Child
from documents.writing.grids import UNMAPPED, column, reported_rows
from documents.writing.material import Material
from documents.writing.paper import MISSING, Annex, Block, Heading, Row, Table
from documents.writing.paper import Column as PaperColumn
from states.figures import Cell, Figure

_Places = Sequence[tuple[Category, Column]]
ANNEX = "Số liệu báo cáo theo từng đơn vị"


def by_unit(material: Material, below: Below | None) -> list[Annex]:
    """The annex of a total: what each unit reported, one row a unit, and a named gap where it did not."""
    form = material.facts.form
    if form is None or below is None or not below.children:
        return []
    found: list[Block] = []
    for number, (table, shown) in enumerate(_reported(form, below), 1):
        found += [Heading(f"{number}. {table.title}", 2), _units(material, below, form, table, shown)]
    return [Annex(ANNEX, tuple(found))] if found else []


def _reported(form: Form, below: Below) -> Iterator[tuple[FormTable, list[Category]]]:
    """The tables that anybody reported in, with the rows that stand in them."""
    for table in form.tables:
        rows = reported_rows(table, below.total)
        if shown := [one for one in (*table.categories, UNMAPPED) if one.number in rows]:
            yield table, shown


def _units(material: Material, below: Below, form: Form, table: FormTable, shown: list[Category]) -> Table:
    """One row a unit; each category of the form is a group of columns."""
    pairs = [(one, c) for one in shown for c in table.columns]
    places = [(one, c) for one, c in pairs if _adds(form, Cell.of(table.number, one.number, c.number))]
    rows = [_unit(number, child, table, places) for number, child in enumerate(below.children, 1)]
    if any(cell.table == table.number for cell in below.own):
        own = _cells(below.own, table, places)
        rows.append(Row((str(len(rows) + 1), f"{material.facts.unit} (số liệu của đơn vị tổng hợp)", *own)))
    rows.append(Row(("", "Tổng cộng", *_cells(below.total, table, places)), "total"))
    heads = [PaperColumn("STT"), PaperColumn("Đơn vị"), *(_head(one, c) for one, c in places)]
    return Table(tuple(heads), tuple(rows), 2, f"Biểu {table.number} theo từng đơn vị: {table.title}")


def _adds(form: Form, cell: Cell) -> bool:
    return cell in form.specs and form.specs[cell].adds


def _head(one: Category, of: Column) -> PaperColumn:
    """A column under its category; what is counted in a unit of the row's own says so ("Số lượng (buổi)")."""
    head = column(of)
    unit = f" ({one.unit})" if one.unit and not of.unit else ""
    return PaperColumn(head.title + unit, one.label, True)


def _unit(number: int, child: Child, table: FormTable, places: _Places) -> Row:
    if child.why:
        return Row((str(number), child.unit), "gap", child.gap_words)
    return Row((str(number), child.unit, *_cells(child.figures, table, places)))


def _cells(figures: Mapping[Cell, Figure], table: FormTable, places: _Places) -> list[str]:
    found = [figures.get(Cell.of(table.number, one.number, c.number)) for one, c in places]
    return [figure.vi if figure else MISSING for figure in found]
