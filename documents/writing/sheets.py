"""Tables as Excel files (XLSX): letterhead, print set-up and the ways of writing a cell that all exports share.

Whatever comes from people is written as a string, so nothing that they typed is ever a formula or a link. Formulas are
our own and carry their value, for a preview on a phone shows 0 for a formula without one.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.writing.csv_file import Value
from documents.writing.sheet_looks import FONT, LOOKS
from documents.writing.sheet_sizes import LINE, height
from states.figures import Figure
from states.names import search_form
from states.periods import local

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_LONGEST = 32_000  # characters in a cell; Excel takes a few hundred more
_PIXELS = {"default_row_height": 21, "default_column_width": 72}
"""Of an empty row and column in that font."""
_HALF = 45.0
"""Characters of the left and of the right half of a letterhead, at least."""
TOTAL = {"bold": True, "bg_color": "#E8EBF4"}
"""What a line of totals adds to any look."""


@dataclass(frozen=True)
class Head:
    """What stands above a table. `issuer`: its lines, the last in bold ("UBND TỈNH LAI CHÂU", "SỞ NỘI VỤ").

    `under`: lines below the title in italics (the plan, the part of the tree). `at`: the moment that it shows. `notes`:
    what must be read with it, coverage first. `beside`: a line below the issuer and one below the motto ("Số: 01/…",
    "Hà Nội, ngày …").
    """

    issuer: Sequence[str]
    title: str
    at: datetime
    under: Sequence[str] = ()
    notes: Sequence[str] = ()
    beside: tuple[str, str] | None = None
    as_of: str = "Tính đến"


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and the look of its cells (a key of the looks above)."""

    name: str
    width: float
    look: str = "cell"


class Book:
    """An XLSX file in the making; `bytes()` ends it. `long`: rows are put away as they are written, in their order."""

    def __init__(self, title: str, *, about: Head | None = None, long: bool = False) -> None:
        self._file = io.BytesIO()
        self.book = Workbook(self._file, {
            "in_memory": not long, "constant_memory": long,
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy", **_PIXELS,
            "default_format_properties": {"font_name": FONT["font_name"], "font_size": FONT["font_size"]},
        })  # fmt: skip
        self.book.set_properties(_properties(title, about))
        self._formats: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}

    def look(self, name: str, more: Mapping[str, Any] | None = None) -> Format:
        """A format by name, made once."""
        key = name, tuple(sorted(more.items())) if more else ()
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**FONT, **LOOKS[name], **(more or {})})
        return self._formats[key]

    def sheet(
        self, name: str, columns: Sequence[Column], head: Head, *, printed: int | None = None
    ) -> tuple[Worksheet, int]:
        """A sheet ready for A4 landscape with letterhead, title and notes; also the first free row.

        `printed`: only so many columns are for paper, and the letterhead stands over them.
        """
        made = self.book.add_worksheet(sheet_name(name))
        return made, self.prepare(made, columns, head, printed=printed)

    def prepare(self, made: Worksheet, columns: Sequence[Column], head: Head, *, printed: int | None = None) -> int:
        """The same on a sheet that is there already; returns the first free row."""
        made.set_landscape()
        made.set_paper(9)
        made.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        made.fit_to_pages(1, 0)
        made.center_horizontally()
        made.set_footer('&C&"Times New Roman"&10&P/&N')
        for number, column in enumerate(columns):
            made.set_column(number, number, column.width, self.look("plain"))
        return self._above(made, columns[:printed], head)

    def heading(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> int:
        """One row of headings, repeated on each printed page, above which the table scrolls; returns the next row."""
        for number, column in enumerate(columns):
            sheet.write_string(row, number, column.name, self.look("head"))
        sheet.set_row(row, max(32, max(height(column.name, column.width, bold=True) for column in columns) + 4))
        self.keep_above(sheet, row, row)
        return row + 1

    def keep_above(self, sheet: Worksheet, first: int, last: int, beside: int = 2) -> None:
        """Rows `first` to `last` are the table's head: on each page, and in sight; so are the columns `beside`."""
        sheet.repeat_rows(first, last)
        sheet.freeze_panes(last + 1, beside)

    def write(self, sheet: Worksheet, row: int, column: int, value: Value | Figure, look: str) -> None:
        """A value in its kind; a text is always a string, a moment is told in local time."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.look(look))
            case datetime():
                sheet.write_datetime(row, column, local(value).replace(tzinfo=None), self.look(look))
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.look(look))
            case Figure():
                self.figure(sheet, row, column, value)
            case int() | float() | Decimal():
                sheet.write_number(row, column, float(value), self.look(look))
            case _:
                sheet.write_string(row, column, str(value)[:_LONGEST], self.look(look))

    def line(
        self, sheet: Worksheet, row: int, values: Sequence[Value], columns: Sequence[Column], **looks: str
    ) -> None:
        """A row of values, each in its column's look (or another, by its place: `c2="late"`), as high as they need."""
        for place, (value, column) in enumerate(zip(values, columns, strict=True)):
            self.write(sheet, row, place, value, looks.get(f"c{place}", column.look))
        pairs = [(value, column) for value, column in zip(values, columns, strict=True) if isinstance(value, str)]
        sheet.set_row(
            row, max([LINE, *(height(value, column.width - 1.5) for value, column in pairs if _wraps(column))])
        )

    def figure(
        self, sheet: Worksheet, row: int, column: int, figure: Figure, more: Mapping[str, Any] | None = None
    ) -> None:
        """An exact figure is a number; "trên 540" is a text, so that no sum takes it for 540 unsaid."""
        if figure.is_exact:
            sheet.write_number(row, column, as_number(figure), self.figure_look(figure, more=more))
        else:
            sheet.write_string(row, column, figure.vi, self.look("bound", more))

    def figure_look(self, figure: Figure, look: str = "number", more: Mapping[str, Any] | None = None) -> Format:
        """The format of an exact figure."""
        return self.look(look, {**({} if figure.is_whole else {"num_format": "#,##0.0####"}), **(more or {})})

    def across(self, sheet: Worksheet, row: int, first: int, last: int, text: str, look: str) -> None:
        """A text over the columns from `first` to `last` of a row."""
        if first < last:
            sheet.merge_range(row, first, row, last, "", self.look(look))
        sheet.write_string(row, first, text, self.look(look))

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._file.getvalue()

    def _above(self, sheet: Worksheet, columns: Sequence[Column], head: Head) -> int:
        last = len(columns) - 1
        half = _half(columns)
        left, right = _letterhead(head)
        for first, end, lines in ((0, half, left), (half + 1, last, right)):
            for row, (text, look) in enumerate(lines):
                self.across(sheet, row, first, end, text, look)
        row = max(len(left), len(right)) + 1
        width = sum(column.width for column in columns)
        self.across(sheet, row, 0, last, head.title, "title")
        sheet.set_row(row, height(head.title, width, size=14, bold=True) + 6)
        moment = f"{head.as_of} {local(head.at):%H giờ %M, ngày %d/%m/%Y}"
        under = [(text, "under") for text in (*head.under, moment)]
        for text, look in (*under, *((text, "note") for text in head.notes)):
            row += 1
            self.across(sheet, row, 0, last, text, look)
            sheet.set_row(row, height(text, width))
        return row + 2


def _wraps(column: Column) -> bool:
    return bool(LOOKS[column.look].get("text_wrap"))


def as_number(figure: Figure) -> int | float:
    """A figure's amount as a cell keeps it."""
    return int(figure.amount) if figure.is_whole else float(figure.amount)


def _letterhead(head: Head) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The two columns above: who issues, and the motto of the state (quốc hiệu và tiêu ngữ)."""
    left = [(text, "issuer") for text in head.issuer[:-1]] + [(text, "issuer-own") for text in head.issuer[-1:]]
    right = [(MOTTO[0], "motto"), (MOTTO[1], "motto-own")]
    if head.beside:
        lines = max(len(left), len(right))
        left += [("", "issuer")] * (lines - len(left)) + [(head.beside[0], "issuer")]
        right += [("", "issuer")] * (lines - len(right)) + [(head.beside[1], "under")]
    return left, right


def _properties(title: str, about: Head | None) -> dict[str, Any]:
    issuer = " ".join(about.issuer) if about else ""
    made = {"created": local(about.at).replace(tzinfo=None)} if about else {}
    return {"title": title, "subject": "; ".join(about.under) if about else "", "author": issuer or "Đôn Đốc",
            "company": issuer, "comments": "Lập bằng Đôn Đốc", **made}  # fmt: skip


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet: 31 characters, none of []:*?/\\ and no «'» at its ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31].strip("' ") or "Biểu"


def file_name(*words: str, ending: str) -> str:
    """A name for the file that every system takes: without marks, words joined by «-»."""
    said = "-".join(re.sub(r"[^a-z0-9]+", "-", search_form(word)).strip("-") for word in words if word)
    return f"{said[:120].strip('-') or 'bang'}.{ending}"


def roomy(columns: Sequence[Column]) -> list[Column]:
    """The columns, widened where the motto of the state and the issuer's name would not stand over their halves."""
    half = _half(columns)
    made: list[Column] = []
    for part in (columns[: half + 1], columns[half + 1 :]):
        wide = sum(column.width for column in part)
        grow = max(1.0, _HALF / wide) if wide else 1.0
        made += [replace(column, width=column.width * (grow if column.width > 5 else 1)) for column in part]
    return made


def _half(columns: Sequence[Column]) -> int:
    """The column where the left half of the letterhead ends."""
    width, whole = 0.0, sum(column.width for column in columns)
    for number, column in enumerate(columns):
        width += column.width
        if width >= whole * 0.42:
            return min(number, len(columns) - 2)
    return 0
