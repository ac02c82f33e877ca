"""CSV that an office's Excel opens with a double click, and that runs nothing on the reader's machine.

UTF-8 with a byte order mark, for without it Excel reads Vietnamese letters as another alphabet. Fields are parted by
semicolons: where the decimal sign is a comma, as in Vietnam, Excel parts by semicolons. A script asks for commas.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from states.periods import local

Value = str | int | float | Decimal | date | datetime | bool | None
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Value]], *, separator: str = ";") -> bytes:
    """The whole file. Moments are told in local time; a text that Excel would take for a formula gets a «'» before."""
    return "".join(csv_lines(head, rows, separator=separator)).encode()


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Value]], *, separator: str = ";") -> Iterator[str]:
    """The same line by line, the mark first, for long lists that are sent while they are read."""
    yield MARK + _line(head, separator)
    for row in rows:
        yield _line(row, separator)


def _line(row: Sequence[Value], separator: str) -> str:
    text = io.StringIO()
    decimal = "," if separator == ";" else "."
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerow([_said(value, decimal) for value in row])
    return text.getvalue()


def _said(value: Value, decimal: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case datetime():
            return f"{local(value):%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return f"{value:f}".replace(".", decimal)
        case int() | float():
            return str(value).replace(".", decimal)
    return harmless(value)


def harmless(text: str) -> str:
    """A text as Excel shows it and doesn't reckon with it: what begins like a formula gets a «'» before."""
    return f"'{text}" if text.lstrip(" ").startswith(_ACTS) else text
