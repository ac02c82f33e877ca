"""One table of a blank form (một biểu để điền): merged heads, lines to fill in, sums, last period's figures beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.utility import xl_rowcol_to_cell as at

from documents.forms import Column as FormColumn
from documents.forms import Table
from documents.writing.blank_key import CODES, LISTS_SHEET, NIL, SUM, codes_of
from documents.writing.blank_rules import LABEL, rule_of
from documents.writing.grids import summable
from documents.writing.sheet_heads import Heading, write_heads
from documents.writing.sheet_rows import SheetRow, cell_of, subject
from documents.writing.sheet_sizes import height
from documents.writing.sheets import TOTAL, Book, Column, Head, as_number, roomy
from states.figures import Cell, Figure
from states.reading.before import Before

MAY = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
"""What one may do on a protected sheet: make room, and look."""
OPEN = {"locked": 0, "bg_color": "#FFF9DB"}
"""What a cell to be filled in adds to its look."""
_BEFORE = {"italic": True, "font_color": "#4B5563", "bg_color": "#F4F5F8"}
_WIDTH = {"money": 17.0, "percent": 9.0, "text": 24.0, "duration": 16.0}
_NIL_WORDS = "Cả biểu không phát sinh, không có gì để báo cáo: chọn «Không» ở ô bên →"


@dataclass(frozen=True)
class BlankTable:
    """What a table's sheet is made from."""

    table: Table
    rows: Sequence[SheetRow]
    head: Head
    before: Before | None
    unit: str
    nil: bool = False

    @property
    def name(self) -> str:
        """The sheet's name."""
        return f"Biểu {self.table.number}"


def table_sheet(book: Book, blank: BlankTable) -> int:
    """Write the sheet; returns how many cells there are to be filled in."""
    return _Sheet(book, blank).write()


class _Sheet:
    """One sheet in the making: its columns by the name that the reader finds them by ("v1", "l", "c", "e")."""

    def __init__(self, book: Book, blank: BlankTable) -> None:
        self.book, self.blank, self.table = book, blank, blank.table
        self.grid = self.table.layout == "rows"
        self.with_unit = any(one.unit for one in self.table.categories)
        self.told = _told_before(blank)
        made = list(self._columns())
        wide = [*roomy([column for _, _, column in made[:-1]]), made[-1][2]]
        self.columns = [(code, heading, column) for (code, heading, _), column in zip(made, wide, strict=True)]
        self.places = {code: place for place, (code, _, _) in enumerate(self.columns) if code}
        self.open = 0

    def write(self) -> int:
        """Everything on it."""
        blank, book = self.blank, self.book
        title = f"{blank.name}. {self.table.title}"
        above = replace(blank.head, title=title, under=[f"{blank.head.title} ({blank.unit})", *blank.head.under])
        columns = [column for _, _, column in self.columns]
        self.sheet, row = book.sheet(blank.name, columns, above, printed=len(columns) - 1)
        if self.table.nil_allowed:
            row = self._nil(row - 1) + 1
        begun = row
        row = write_heads(book, self.sheet, row, [heading for _, heading, _ in self.columns[:-1]], columns)
        row = self._codes(row)
        book.keep_above(self.sheet, begun, row - 1, 2)
        for number, (line, code) in enumerate(zip(blank.rows, codes_of([r.category for r in blank.rows]), strict=True)):
            self._line(row + number, number + 1, line, code)
        self._validate(row, row + len(blank.rows) - 1)
        self._sums(row, row + len(blank.rows))
        self.sheet.set_column(len(columns) - 1, len(columns) - 1, None, None, {"hidden": True})
        self.sheet.print_area(0, 0, row + len(blank.rows), len(columns) - 2)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(columns) - 1)}{row + 200}"})
        self.sheet.protect("", MAY)
        return self.open

    def _columns(self) -> Iterator[tuple[str, Heading, Column]]:
        deep = 2 if any(one.group for one in self.table.columns) or self.told else 1
        yield "", _heading(deep, "STT"), Column("STT", 5, "center")
        yield "l", _heading(deep, subject(self.table)), Column("", 42 if self.grid else 46)
        if self.with_unit:
            yield "", _heading(deep, "Đơn vị tính"), Column("", 10, "center")
        if self.grid:
            yield "c", _heading(deep, "Nhóm của biểu"), Column("", 16)
        for one in self.table.columns:
            yield f"v{one.number}", _heading(deep, _name(one), one.group), Column("", _width(one), "number")
        if self.grid:
            yield "e", _heading(deep, "Cấp triển khai"), Column("", 16)
        for one in self.table.columns if self.told else ():
            said = ", ".join(filter(None, (one.group, _name(one))))
            yield f"b{one.number}", _heading(deep, said, self._period()), Column("", max(9.0, _width(one)), "number")
        yield "", _heading(deep, CODES), Column("", 6)

    def _period(self) -> str:
        before = self.blank.before
        return f"Kỳ trước ({before.first:%d/%m/%Y} – {before.last:%d/%m/%Y})" if before else ""

    def _nil(self, row: int) -> int:
        """The line on which the whole table is reported as «Không»."""
        place = min(self.places[f"v{one.number}"] for one in self.table.columns)
        self.book.across(self.sheet, row, 0, place - 1, _NIL_WORDS, "note")
        self.sheet.write_string(row, place, "Không" if self.blank.nil else "", self.book.look("center", OPEN))
        self.sheet.data_validation(row, place, row, place, {
            "validate": "list", "source": ["Không"], "input_title": "Cả biểu không phát sinh",
            "input_message": "Chọn «Không» nếu kỳ này không có gì để báo cáo ở biểu này; nếu có thì để trống.",
            "error_title": "Chỉ chọn «Không»", "error_message": "Chọn «Không» hoặc để trống ô này.",
        })  # fmt: skip
        self.sheet.write_string(row, len(self.columns) - 1, NIL, self.book.look("plain"))
        self.sheet.set_row(row, 20)
        self.open += 1
        return row + 1

    def _codes(self, row: int) -> int:
        """The hidden line that names the columns."""
        for code, place in self.places.items():
            self.sheet.write_string(row, place, code, self.book.look("plain"))
        self.sheet.write_string(row, len(self.columns) - 1, CODES, self.book.look("plain"))
        self.sheet.set_row(row, None, None, {"hidden": True})
        return row + 1

    def _line(self, row: int, number: int, line: SheetRow, code: str) -> None:
        book, sheet = self.book, self.sheet
        book.write(sheet, row, 0, number, "center")
        self._words(row, "l", line.label, self.grid)
        if self.with_unit:
            book.write(sheet, row, self.places["l"] + 1, line.unit, "center")
        if self.grid:
            chosen = next((f"{one.number}. {one.label}" for one in self.table.categories
                           if one.number == line.category), "")  # fmt: skip
            shown = f"Nhóm {line.category}" if line.category else chosen
            self._words(row, "c", shown, not line.category)
            self._words(row, "e", line.level, True)
        known = next((one.columns for one in self.table.categories if one.number == line.category), None)
        for one in self.table.columns:
            self._value(row, one, line.values.get(one.number), known is None or one.number in known)
            self._earlier(row, one, line, number)
        sheet.write_string(row, len(self.columns) - 1, code, book.look("plain"))
        words = [height(line.label, self._column("l").width - 2), height(line.level, self._column("e").width - 2)
                 if self.grid else 0]  # fmt: skip
        sheet.set_row(row, max(20.0, *words))

    def _column(self, code: str) -> Column:
        return self.columns[self.places[code]][2]

    def _words(self, row: int, code: str, words: str, is_open: bool) -> None:
        more = {**OPEN, "num_format": "@"} if is_open else {}
        look = "line" if code == "c" else "cell"  # a chosen category is long, and its line stays low
        self.sheet.write_string(row, self.places[code], words, self.book.look(look, more))
        self.open += is_open

    def _value(self, row: int, one: FormColumn, value: Figure | str | None, there: bool) -> None:
        place = self.places[f"v{one.number}"]
        if not there:
            self.sheet.write_blank(row, place, None, self.book.look("none"))
            return
        self.open += 1
        look = self._look(one)
        if isinstance(value, Figure) and value.is_exact:
            self.sheet.write_number(row, place, as_number(value), look)
        elif value:
            self.sheet.write_string(row, place, value.vi if isinstance(value, Figure) else value, look)
        else:
            self.sheet.write_blank(row, place, None, look)

    def _look(self, one: FormColumn) -> Any:
        if one.type in ("text", "duration"):
            return self.book.look("cell", {**OPEN, "num_format": "@"})
        digits = {"num_format": "#,##0.######" if one.type == "percent" else "#,##0"}
        return self.book.look("number", {**OPEN, **digits})

    def _earlier(self, row: int, one: FormColumn, line: SheetRow, number: int) -> None:
        if not self.told:
            return
        first = next((n for n, other in enumerate(self.blank.rows, 1) if other.category == line.category), 0)
        figure = self.told.get(cell_of(self.table, line, one.number)) if line.category and first == number else None
        place = self.places[f"b{one.number}"]
        if figure is None:
            self.sheet.write_blank(row, place, None, self.book.look("number", _BEFORE))
        else:
            self.book.figure(self.sheet, row, place, figure, _BEFORE)

    def _validate(self, first: int, last: int) -> None:
        for one in self.table.columns:
            place = self.places[f"v{one.number}"]
            self.sheet.data_validation(first, place, last, place, rule_of(one))
        for code, rule in (("l", LABEL), ("e", LABEL)) if self.grid else ():
            self.sheet.data_validation(first, self.places[code], last, self.places[code], rule)
        free = [first + n for n, row in enumerate(self.blank.rows) if not row.category]
        if free and self.grid:
            self.sheet.data_validation(free[0], self.places["c"], free[-1], self.places["c"], self._choice())

    def _choice(self) -> dict[str, Any]:
        column = xl_col_to_name(self.table.number - 1, True)
        return {
            "validate": "list", "source": f"={LISTS_SHEET}!{column}$1:{column}${len(self.table.categories)}",
            "input_title": "Nhóm của biểu", "input_message": "Chọn nhóm mà việc này thuộc về.",
            "error_title": "Chọn trong danh sách", "error_message": "Hãy chọn một nhóm trong danh sách của biểu.",
        }  # fmt: skip

    def _sums(self, first: int, row: int) -> None:
        """Live sums of the columns whose lines count the same thing."""
        adds = [one for one in self.table.columns if summable(self.table, one, self.table.categories)]
        if not adds:
            return
        begin = min(self.places[f"v{one.number}"] for one in self.table.columns)
        self.book.across(self.sheet, row, 0, begin - 1, "Cộng (không gồm số ghi bằng chữ)", "head")
        for one in self.table.columns:
            place = self.places[f"v{one.number}"]
            if one not in adds:
                self.sheet.write_blank(row, place, None, self.book.look("number", TOTAL))
                continue
            area = f"{at(first, place)}:{at(row - 1, place)}"
            told = [line.values.get(one.number) for line in self.blank.rows]
            made = Figure.total(value for value in told if isinstance(value, Figure) and value.is_exact)
            formula = f'=IF(COUNT({area})=0,"",SUM({area}))'
            self.sheet.write_formula(
                row, place, formula, self.book.look("number", TOTAL), as_number(made) if made else ""
            )
        self.sheet.write_string(row, len(self.columns) - 1, SUM, self.book.look("plain"))


def _told_before(blank: BlankTable) -> dict[Cell, Figure]:
    """Last period's figures of this table that the unit itself wrote."""
    figures = blank.before.own if blank.before else {}
    known = {column.number for column in blank.table.columns}
    return {cell: one for cell, one in figures.items() if cell.table == blank.table.number and cell.column in known}


def _heading(deep: int, name: str, group: str = "") -> Heading:
    return (group, name) if deep == 2 else (name,)


def _name(one: FormColumn) -> str:
    unit = f" ({one.unit})" if one.type in ("money", "percent") and one.unit else ""
    return (one.name + unit).replace("/", "/\n")


def _width(one: FormColumn) -> float:
    return _WIDTH.get(one.type, 11.0)
