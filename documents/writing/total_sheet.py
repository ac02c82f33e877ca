"""A consolidated report (biểu tổng hợp) as an Excel file: a sheet for each table of the form, a row for each unit.

Headings are merged as in the form, totals are live SUM formulas that carry the value which was signed, and a unit that
has not sent has a row that says so. What is missing is told once more on a sheet of its own.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from xlsxwriter.utility import xl_rowcol_to_cell as at
from xlsxwriter.worksheet import Worksheet

from documents.forms import Category, CellSpec, Form, Table
from documents.writing.csv_file import Value, csv_file
from documents.writing.sheets import Book, Column, Head
from states.figures import Cell, Figure
from states.reading.by_unit import ByUnit, UnitPart
from states.reading.coverage import WHY, Gap
from states.reading.spoken import LEVELS

T = TypeVar("T")
_FIRST = (Column("TT", 5, "center"), Column("Đơn vị", 28), Column("Số, ký hiệu", 13))
_WIDTH = {"money": 15.0, "count": 8.5}
_SILENT = "…"
_UNMAPPED = "Dòng chưa xếp nhóm"
_GAPS = (
    Column("TT", 5, "center"), Column("Đơn vị", 36), Column("Cấp", 18), Column("Lý do", 40), Column("Đang ở", 36),
)  # fmt: skip


def total_xlsx(total: ByUnit, form: Form, head: Head) -> bytes:
    """The file: one sheet for each table that has figures, and the sheet «Chưa có số liệu» where something is missing.

    `head.title` stands on every sheet, with the table's own title below it.
    """
    book = Book(head.title)
    notes = [*coverage_notes(total), *head.notes]
    tables = [table for table in form.tables if _cells(form, table, total)]
    for table in tables:
        _table(book, total, form, table, Head(head.issuer, head.title, head.at, [*head.under, _name(table)], notes))
    if not tables or total.coverage.gaps or total.coverage.waived:
        _gaps(book, total, head)
    return book.bytes()


def total_csv(total: ByUnit, form: Form, *, separator: str = ";") -> bytes:
    """A row for each unit and cell: unit, document, table, row and column of the form, the figure, or why none."""
    names = ("Đơn vị", "Phần", "Số, ký hiệu", "Mã văn bản", "Ô", "Tên ô", "Số liệu", "Giới hạn", "Ghi chú")
    return csv_file(names, _lines(total, form), separator=separator)


def coverage_notes(total: ByUnit) -> list[str]:
    """What the total covers, on its face: "Gồm 92/96 đơn vị trực tiếp, 1.020/1.031 đơn vị cơ sở. Còn thiếu: …"."""
    children, wards = total.coverage.children, total.coverage.wards
    told = f"Gồm {children.received}/{children.expected} đơn vị cấp dưới trực tiếp"
    if wards.expected != children.expected:
        told += f", {wards.received}/{wards.expected} đơn vị cơ sở"
    missing = list(children.missing)
    named = f" Còn thiếu: {', '.join(missing[:12])}{' …' if len(missing) > 12 else ''}." if missing else ""
    let_off = f" Được miễn: {children.waived}." if children.waived else ""
    state = "Số liệu đã ký." if total.signed else "Số liệu tạm tổng hợp, CHƯA KÝ."
    return [f"{told}.{named}{let_off} {state}", f"Băm nội dung (SHA-256): {total.digest}"]


# ── one table ───────────────────────────────────────────────────────────────────────────────────────────────


def _table(book: Book, total: ByUnit, form: Form, table: Table, head: Head) -> None:
    cells = _cells(form, table, total)
    columns = [*_FIRST, *(Column("", _WIDTH.get(cell.type, 8.5), "number") for cell in cells)]
    sheet, row = book.sheet(f"Biểu {table.number}", columns, head)
    row = _headings(book, sheet, row, table, cells)
    begun = row
    for number, part in enumerate(total.parts, 1):
        _line(book, sheet, row, number, part, cells)
        row += 1
    _sums(book, sheet, begun, row, total, cells)


def _cells(form: Form, table: Table, total: ByUnit) -> list[CellSpec]:
    """The cells of a table that add up; free rows without a category only where some are left. None: no figures."""
    mine = [spec for spec in form.specs.values() if spec.cell.table == table.number and spec.adds]
    told = {*total.total, *(cell for part in total.parts for cell in part.figures or ())}
    if not any(spec.cell in told for spec in mine):
        return []
    return sorted((spec for spec in mine if spec.cell.row or spec.cell in told), key=lambda s: (not s.cell.row, s.cell))


def _headings(book: Book, sheet: Worksheet, row: int, table: Table, cells: Sequence[CellSpec]) -> int:
    """Three rows: the category, the group («Số người tham gia»), the column; merged as far as they are the same."""
    columns = {column.number: column for column in table.columns}
    labels = {category.number: _label(category) for category in table.categories}
    for place, column in enumerate(_FIRST):
        sheet.merge_range(row, place, row + 2, place, "", book.look("head"))
        sheet.write_string(row, place, column.name, book.look("head"))
    tops = [labels.get(cell.cell.row, _UNMAPPED) for cell in cells]
    middles = [(top, columns[cell.cell.column].group) for top, cell in zip(tops, cells, strict=True)]
    names = [columns[cell.cell.column].name for cell in cells]
    _merged(book, sheet, row, tops)
    for first, last, (_, group) in _runs(middles):
        if group:
            _span(book, sheet, (row + 1, first, row + 1, last), group)
    for place, ((_, group), name) in enumerate(zip(middles, names, strict=True)):
        _span(book, sheet, (row + 1 if not group else row + 2, place, row + 2, place), name)
    sheet.set_row(row, 62)
    book.keep_above(sheet, row, row + 2)
    return row + 3


def _merged(book: Book, sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for first, last, text in _runs(texts):
        _span(book, sheet, (row, first, row, last), text)


def _span(book: Book, sheet: Worksheet, place: tuple[int, int, int, int], text: str) -> None:
    """A heading over a rectangle of cells, counted from the first figure's column."""
    top, left, bottom, right = place
    left, right = left + len(_FIRST), right + len(_FIRST)
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", book.look("head"))
    sheet.write_string(top, left, text, book.look("head"))


def _runs(values: Sequence[T]) -> Iterator[tuple[int, int, T]]:
    """Neighbours that are the same: the first place, the last, the value."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield first, place - 1, values[first]
            first = place


def _line(book: Book, sheet: Worksheet, row: int, number: int, part: UnitPart, cells: Sequence[CellSpec]) -> None:
    book.write(sheet, row, 0, number, "center")
    book.write(sheet, row, 1, _unit(part), "cell")
    book.write(sheet, row, 2, part.number, "cell")
    first, last = len(_FIRST), len(_FIRST) + len(cells) - 1
    if part.figures is None:
        if last > first:
            sheet.merge_range(row, first, row, last, "", book.look("gap"))
        sheet.write_string(row, first, part.why or "", book.look("gap"))
        return
    for place, spec in enumerate(cells, first):
        figure = part.figures.get(spec.cell)
        book.write(sheet, row, place, figure if figure is not None else _SILENT, "silent")


def _sums(book: Book, sheet: Worksheet, begun: int, row: int, total: ByUnit, cells: Sequence[CellSpec]) -> None:
    sheet.merge_range(row, 0, row, len(_FIRST) - 1, "", book.look("head"))
    sheet.write_string(row, 0, "TỔNG CỘNG", book.look("head"))
    for place, spec in enumerate(cells, len(_FIRST)):
        stated = total.total.get(spec.cell)
        summed = Figure.total(part.figures.get(spec.cell) for part in total.parts if part.figures is not None)
        bold = {"bold": True, "bg_color": "#E8EBF4"}
        if stated is None:
            sheet.write_string(row, place, _SILENT, book.look("silent", bold))
        elif summed == stated:
            formula = f"=SUM({at(begun, place)}:{at(row - 1, place)})"
            value = int(stated.amount) if stated.is_whole else float(stated.amount)
            sheet.write_formula(row, place, formula, book.figure_look(stated, more=bold), value)
        else:  # the unit has stated another figure than its parts make: what was signed stands
            sheet.write_number(row, place, float(stated.amount), book.figure_look(stated, more=bold))
            made = summed.vi if summed else _SILENT
            sheet.write_comment(row, place, f"Đơn vị ghi {stated.vi}; cộng các dòng được {made}")


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────


def _gaps(book: Book, total: ByUnit, head: Head) -> None:
    title = "Đơn vị chưa có số liệu trong bản tổng hợp"
    sheet, row = book.sheet("Chưa có số liệu", _GAPS, Head(head.issuer, title, head.at, [head.title, *head.under]))
    row = book.heading(sheet, row, _GAPS)
    for number, gap in enumerate((*total.coverage.gaps, *total.coverage.waived), 1):
        for place, value in enumerate((number, gap.unit, LEVELS.get(gap.level, gap.level), WHY[gap.why], _where(gap))):
            book.write(sheet, row, place, value, _GAPS[place].look)
        row += 1


def _where(gap: Gap) -> str | None:
    return gap.above if gap.why == "below" else None


# ── words and lines ─────────────────────────────────────────────────────────────────────────────────────────


def _lines(total: ByUnit, form: Form) -> Iterator[list[Value]]:
    for part in total.parts:
        facts: list[Value] = [_unit(part), part.part, part.number, part.document_id]
        if part.figures is None:
            yield [*facts, None, None, None, None, part.why]
        for cell, figure in sorted((part.figures or {}).items()):
            yield [*facts, *_told(cell, figure, form), None]
    for cell, figure in sorted(total.total.items()):
        yield ["TỔNG CỘNG", "total", None, total.document_id, *_told(cell, figure, form), None]


def _told(cell: Cell, figure: Figure, form: Form) -> list[Value]:
    bound = "" if figure.is_exact else figure.vi
    return [int(cell), form.cell_label(cell), figure.amount, bound]


def _unit(part: UnitPart) -> str:
    return {"own": f"{part.unit} (số liệu của đơn vị)", "contribution": f"{part.unit} (đóng góp)"}.get(
        part.part, part.unit
    )


def _name(table: Table) -> str:
    return f"Biểu {table.number}. {table.title}"


def _label(category: Category) -> str:
    return f"{category.label} ({category.unit})" if category.unit else category.label
