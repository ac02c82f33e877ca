"""One document as an Excel file (báo cáo dạng Excel): a sheet for each table, as it stands in the paper, one for texts.

The lines are those that the unit wrote, or for a consolidated report one for each category of the form; totals and
percentages are live formulas with their values. What was not reported is "…", never a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session
from xlsxwriter.utility import xl_rowcol_to_cell as at

from documents.filled import Read, ratios_of, read
from documents.forms import Column as FormColumn
from documents.forms import Form, Table
from documents.writing import material
from documents.writing.below import read_below
from documents.writing.grids import summable
from documents.writing.house import house_of
from documents.writing.sheet_head import head_of
from documents.writing.sheet_heads import Heading, write_heads
from documents.writing.sheet_percents import Parts, parts_of, write_percent
from documents.writing.sheet_rows import SheetRow, cell_of, rows_of, subject
from documents.writing.sheet_sizes import height, width_of
from documents.writing.sheets import TOTAL, Book, Column, Head, as_number, roomy
from states.errors import Conflict
from states.figures import Cell, Figure

_SILENT = "…"
_TEXTS = (Column("STT", 5, "center"), Column("Mục", 42), Column("Nội dung", 100))
_WIDTH = {"money": 17.0, "percent": 9.0, "text": 26.0, "duration": 16.0}


class NoTables(Conflict):
    """Văn bản này không theo biểu mẫu nào (no form, so no tables): xem bản giấy hoặc tải bản Word."""


def document_xlsx(session: Session, document_id: int, revision_id: int | None, at_: datetime) -> bytes:
    """The file: the named revision, else what is signed, else the draft as of that moment.

    Raises `NoSuchDocument`, `NoSuchRevision`, `NoTables`.
    """
    found = material.read(session, document_id, revision_id, at_)
    form = found.facts.form
    if form is None:
        raise NoTables()
    head = head_of(found, house_of(session, document_id, found.headed_at(at_)), at_)
    said, below = read({**found.content, "form": form.key}, form), read_below(session, found)
    if below:
        said = replace(said, stated=below.total, lines=())
    return content_xlsx(form, said, head, dict(found.content.get("texts") or {}), summed=below is not None)


def content_xlsx(form: Form, said: Read, head: Head, texts: dict[str, object], *, summed: bool = False) -> bytes:
    """The file of a content that was read in its form. `summed`: others' figures are in it."""
    book = Book(head.title, about=head)
    for table in form.tables:
        rows = rows_of(said, table, summed=summed)
        nil = table.number in said.nil and not any(row.values for row in rows)
        _Sheet(book, form, said, table, [] if nil else rows).write(head, nil)
    if form.sections:
        _texts(book, form, head, texts)
    return book.bytes()


@dataclass
class _Sheet:
    """One table in the making."""

    book: Book
    form: Form
    said: Read
    table: Table
    rows: list[SheetRow]

    def __post_init__(self) -> None:
        self.with_unit = any(row.unit for row in self.rows)
        self.with_level = any(row.level for row in self.rows)
        self.percents: dict[Cell, Parts] = parts_of(self.form)
        self.ratios = ratios_of(self.said.figures, self.form)
        self.keys = 2 + self.with_unit
        self.places = {one.number: self.keys + n for n, one in enumerate(self.table.columns)}

    def write(self, head: Head, nil: bool) -> None:
        """Everything on the sheet."""
        columns, heads = self._columns()
        columns = roomy(columns)
        above = replace(head, under=[*head.under, f"Biểu {self.table.number}. {self.table.title}"])
        self.sheet, row = self.book.sheet(f"Biểu {self.table.number}", columns, above)
        begins, row = row, write_heads(self.book, self.sheet, row, heads, columns)
        self.book.keep_above(self.sheet, begins, row - 1)
        if not self.rows or not any(line.values for line in self.rows):
            words = "Không phát sinh" if nil else "chưa có số liệu"
            self.book.across(self.sheet, row, 0, len(columns) - 1, words, "let-off")
            return
        for number, line in enumerate(self.rows):
            self._line(row + number, number + 1, line, columns)
        last = self._totals(row, row + len(self.rows))
        note = f"Ghi chú: «{_SILENT}» là chưa có số liệu báo cáo, không phải số 0."
        self.book.across(self.sheet, last + 1, 0, len(columns) - 1, note, "note")

    def _columns(self) -> tuple[list[Column], list[Heading]]:
        deep = 2 if any(one.group for one in self.table.columns) else 1
        first = [Column("STT", 5, "center"), Column(subject(self.table), 52)]
        first += [Column("Đơn vị tính", 12, "center")] if self.with_unit else []
        last = [Column("Cấp triển khai", 20)] if self.with_level else []
        own = [Column(_name(one), self._width(one), "number") for one in self.table.columns]
        heads = [_heading(deep, one.name) for one in first]
        heads += [_heading(deep, _name(one), one.group) for one in self.table.columns]
        return [*first, *own, *last], heads + [_heading(deep, one.name) for one in last]

    def _width(self, one: FormColumn) -> float:
        told = [row.values.get(one.number) for row in self.rows]
        return width_of((v.vi for v in told if isinstance(v, Figure)), _WIDTH.get(one.type, 11.0), 28)

    def _line(self, row: int, number: int, line: SheetRow, columns: Sequence[Column]) -> None:
        book, sheet = self.book, self.sheet
        book.write(sheet, row, 0, number, "center")
        book.write(sheet, row, 1, line.label, "cell")
        if self.with_unit:
            book.write(sheet, row, 2, line.unit, "center")
        category = next((one for one in self.table.categories if one.number == line.category), None)
        for one in self.table.columns:
            there = category is None or category.columns is None or one.number in category.columns
            self._value(row, one, line, there)
        if self.with_level:
            book.write(sheet, row, len(columns) - 1, line.level, "cell")
        sheet.set_row(
            row, max(height(line.label, columns[1].width - 1), height(line.level, 18) if self.with_level else 0, 18)
        )

    def _value(self, row: int, one: FormColumn, line: SheetRow, there: bool) -> None:
        place, value = self.places[one.number], line.values.get(one.number)
        cell = cell_of(self.table, line, one.number)
        if not there:
            self.sheet.write_blank(row, place, None, self.book.look("none"))
        elif isinstance(value, Figure):
            self.book.figure(self.sheet, row, place, value)
        elif value:
            self.sheet.write_string(row, place, value, self.book.look("cell"))
        elif cell in self.percents:
            part, whole = (at(row, self.places[one.column]) for one in self.percents[cell])
            write_percent(self.book, self.sheet, (row, place), (part, whole), self.ratios.get(cell), {})
        else:
            self.sheet.write_string(row, place, _SILENT, self.book.look("silent"))

    def _totals(self, first: int, row: int) -> int:
        """The line of totals, where rows count the same thing; returns the next row."""
        shown = [one for one in self.table.categories if one.number in {line.category for line in self.rows}]
        adds = [one for one in self.table.columns if summable(self.table, one, shown)]
        if not adds or len(self.rows) < 2:
            return row
        self.book.across(self.sheet, row, 0, self.keys - 1, "Tổng cộng", "head")
        for one in self.table.columns:
            told = [line.values.get(one.number) for line in self.rows]
            figures = [value for value in told if isinstance(value, Figure)]
            self._sum(row, self.places[one.number], first, figures if one in adds else [])
        if self.with_level:
            self.sheet.write_blank(row, self.keys + len(self.table.columns), None, self.book.look("number", TOTAL))
        return row + 1

    def _sum(self, row: int, place: int, first: int, figures: list[Figure]) -> None:
        whole = Figure.total(figures)
        if whole is None:
            self.sheet.write_blank(row, place, None, self.book.look("number", TOTAL))
        elif whole.is_exact:
            formula = f"=SUM({at(first, place)}:{at(row - 1, place)})"
            self.sheet.write_formula(row, place, formula, self.book.figure_look(whole, more=TOTAL), as_number(whole))
        else:  # a SUM would leave out what is a text
            self.book.figure(self.sheet, row, place, whole, TOTAL)
            bounded = "; ".join(one.vi for one in figures if not one.is_exact)
            self.sheet.write_comment(row, place, f"Gồm cả số ghi có giới hạn: {bounded}")


def _texts(book: Book, form: Form, head: Head, texts: dict[str, object]) -> None:
    sheet, row = book.sheet("Lời văn", _TEXTS, replace(head, under=[*head.under, "Phần lời văn"]))
    row = book.heading(sheet, row, _TEXTS)
    for number, one in enumerate(form.sections, 1):
        book.line(sheet, row, [number, one.title, str(texts.get(one.code) or "") or None], _TEXTS)
        row += 1


def _heading(deep: int, name: str, group: str = "") -> Heading:
    return (group, name) if deep == 2 else (name,)


def _name(one: FormColumn) -> str:
    unit = f" ({one.unit})" if one.type in ("money", "percent") and one.unit else ""
    return (one.name + unit).replace("/", "/\n")
