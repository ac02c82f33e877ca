"""Tables as Excel files (XLSX): letterhead, print set-up and the ways of writing a cell that all exports share.

Whatever comes from people is written as a string, so nothing that they typed is ever a formula or a link. Formulas are
our own and carry their value, for a preview on a phone shows 0 for a formula without one.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from states.figures import Bound, Figure
from states.names import search_form
from states.periods import local

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_LONGEST = 32_000  # characters in a cell; Excel takes a few hundred more
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#8A8F98"}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "issuer": {"align": "center"},
    "issuer-own": {"align": "center", "bold": True},
    "motto": {"align": "center", "bold": True},
    "motto-own": {"align": "center", "bold": True, "underline": 1},
    "title": {"align": "center", "bold": True, "font_size": 14, "text_wrap": True},
    "under": {"align": "center", "italic": True},
    "note": {"text_wrap": True, "valign": "top"},
    "head": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EBF4"},
    "cell": {**_BOX, "text_wrap": True, "indent": 1},
    "center": {**_BOX, "align": "center"},
    "digest": {**_BOX, "font_name": "Courier New", "font_size": 8},
    "day": {**_BOX, "align": "center", "num_format": "dd/mm/yyyy"},
    "moment": {**_BOX, "align": "center", "num_format": "dd/mm/yyyy hh:mm:ss"},
    "line": {**_BOX, "indent": 1},
    "count": {**_BOX, "align": "center", "num_format": "#,##0"},
    "number": {**_BOX, "align": "right", "num_format": "#,##0"},
    "fraction": {**_BOX, "align": "right", "num_format": "#,##0.0####"},
    "silent": {**_BOX, "align": "right", "font_color": "#6B7280"},
    "gap": {**_BOX, "indent": 1, "italic": True, "font_color": "#9F1239", "bg_color": "#FDECEA"},
    "late": {**_BOX, "indent": 1, "text_wrap": True, "bold": True, "font_color": "#9F1239", "bg_color": "#FDECEA"},
}
_BOUNDS = {
    Bound.EXACT: "{}", Bound.AT_LEAST: '"từ "{}" trở lên"', Bound.MORE_THAN: '"trên "{}',
    Bound.AT_MOST: '"tối đa "{}', Bound.LESS_THAN: '"dưới "{}', Bound.ABOUT: '"khoảng "{}',
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What stands above a table. `issuer`: one or two lines, the last in bold ("UBND TỈNH LAI CHÂU", "SỞ NỘI VỤ").

    `under`: lines below the title in italics (the plan, the part of the tree). `at`: the moment that it shows. `notes`:
    what must be read with it, coverage first.
    """

    issuer: Sequence[str]
    title: str
    at: datetime
    under: Sequence[str] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and the look of its cells (a key of the looks above)."""

    name: str
    width: float
    look: str = "cell"


class Book:
    """An XLSX file in the making; `bytes()` ends it. `long`: rows are put away as they are written, in their order."""

    def __init__(self, title: str, *, author: str = "Đôn Đốc", long: bool = False) -> None:
        self._file = io.BytesIO()
        self.book = Workbook(self._file, {
            "in_memory": not long, "constant_memory": long,
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        })  # fmt: skip
        self.book.set_properties({"title": title, "author": author})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, name: str, more: Mapping[str, Any] | None = None) -> Format:
        """A format by name, made once."""
        wanted = {**_FONT, **_LOOKS[name], **(more or {})}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(wanted)
        return self._formats[key]

    def sheet(
        self, name: str, columns: Sequence[Column], head: Head, *, printed: int | None = None
    ) -> tuple[Worksheet, int]:
        """A sheet ready for A4 landscape with letterhead, title and notes; also the first free row.

        `printed`: only so many columns are for paper, and the letterhead stands over them.
        """
        made = self.book.add_worksheet(sheet_name(name))
        made.set_landscape()
        made.set_paper(9)
        made.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        made.fit_to_pages(1, 0)
        made.set_footer('&C&"Times New Roman"&10&P/&N')
        for number, column in enumerate(columns):
            made.set_column(number, number, column.width, self.look("plain"))
        return made, self._above(made, columns[:printed], head)

    def heading(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> int:
        """One row of headings, repeated on each printed page, above which the table scrolls; returns the next row."""
        for number, column in enumerate(columns):
            sheet.write_string(row, number, column.name, self.look("head"))
        sheet.set_row(row, 46 if any(len(column.name) > 1.6 * column.width for column in columns) else 32)
        self.keep_above(sheet, row, row)
        return row + 1

    def keep_above(self, sheet: Worksheet, first: int, last: int, beside: int = 2) -> None:
        """Rows `first` to `last` are the table's head: on each page, and in sight; so are the columns `beside`."""
        sheet.repeat_rows(first, last)
        sheet.freeze_panes(last + 1, beside)

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, look: str) -> None:
        """A value in its kind; a text is always a string, a moment is told in local time."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.look(look))
            case datetime():
                sheet.write_datetime(row, column, local(value).replace(tzinfo=None), self.look(look))
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.look(look))
            case Figure():
                sheet.write_number(row, column, float(value.amount), self.figure_look(value))
            case int() | float() | Decimal():
                sheet.write_number(row, column, float(value), self.look(look))
            case _:
                sheet.write_string(row, column, str(value)[:_LONGEST], self.look(look))

    def figure_look(self, figure: Figure, look: str = "number", more: Mapping[str, Any] | None = None) -> Format:
        """The format of a figure: still a number where it is "trên 540"."""
        digits = "#,##0" if figure.is_whole else "#,##0.0####"
        return self.look(look, {"num_format": _BOUNDS[figure.bound].format(digits), **(more or {})})

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._file.getvalue()

    def _above(self, sheet: Worksheet, columns: Sequence[Column], head: Head) -> int:
        last = len(columns) - 1
        half = _half(columns)
        lines = max(len(head.issuer), len(MOTTO))
        for row in range(lines):
            if row < len(head.issuer):
                own = row == len(head.issuer) - 1
                self._across(sheet, row, 0, half, head.issuer[row], "issuer-own" if own else "issuer")
            if row < len(MOTTO):
                self._across(sheet, row, half + 1, last, MOTTO[row], "motto-own" if row else "motto")
        row = lines + 1
        self._across(sheet, row, 0, last, head.title, "title")
        sheet.set_row(row, 24 if len(head.title) < 90 else 40)
        moment = f"Tính đến {local(head.at):%H giờ %M, ngày %d/%m/%Y}"
        for text in (*head.under, moment):
            row += 1
            self._across(sheet, row, 0, last, text, "under")
        width = sum(column.width for column in columns)
        for text in head.notes:
            row += 1
            self._across(sheet, row, 0, last, text, "note")
            sheet.set_row(row, 15 * (1 + int(len(text) / width)))
        return row + 2

    def _across(self, sheet: Worksheet, row: int, first: int, last: int, text: str, look: str) -> None:
        if first >= last:
            sheet.write_string(row, first, text, self.look(look))
        else:
            sheet.merge_range(row, first, row, last, "", self.look(look))
            sheet.write_string(row, first, text, self.look(look))


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet: 31 characters, none of []:*?/\\ and no «'» at its ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31].strip("' ") or "Biểu"


def file_name(*words: str, ending: str) -> str:
    """A name for the file that every system takes: without marks, words joined by «-»."""
    said = "-".join(re.sub(r"[^a-z0-9]+", "-", search_form(word)).strip("-") for word in words if word)
    return f"{said[:120].strip('-') or 'bang'}.{ending}"


def _half(columns: Sequence[Column]) -> int:
    """The column where the left half of the letterhead ends."""
    width, whole = 0.0, sum(column.width for column in columns)
    for number, column in enumerate(columns):
        width += column.width
        if width >= whole * 0.42:
            return min(number, len(columns) - 2)
    return 0
