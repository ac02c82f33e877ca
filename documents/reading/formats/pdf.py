"""A PDF with text, by pdfplumber: lines from the words' places, ruled tables as grids; a scan is told to be one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from documents.reading import limits
from documents.reading.folding import fold, squeeze, tidy
from documents.reading.formats import letters, old_fonts
from documents.reading.model import Grid, Line, Text
from documents.reading.refusals import Damaged, Encrypted, NotRead, Scan, TooMuch

_APART = 14.0
"""Points between words of one line that stand in two columns."""
_BROKEN = re.compile(
    r"(?<=[^\W\d_])\n(?=(?:ng|nh|ch|[cmnpt])\b)|(?<=(?<!\w)[bcdđghklmnpqrstvx])\n(?=[^\W\d_])|"
    r"(?<=(?<!\w)(?:ch|gh|gi|kh|ng|nh|ph|th|tr))\n(?=[^\W\d_])"
)
"""A line's end within a word: what stands alone before or behind it has no vowel."""


def read(name: str, sha256: str, data: bytes) -> Text:
    """The document's text; `Encrypted`, `TooMuch`, `Scan`, `Damaged`."""
    _look(name, data)
    import pdfplumber

    lines: list[Line] = []
    grids: list[Grid] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as book:
            for number, page in enumerate(book.pages, 1):
                _page(name, page, number, lines, grids)
                page.close()
            pages = len(book.pages)
    except (NotRead, MemoryError):
        raise
    except Exception as error:  # pdfminer meets broken files with any error there is
        raise Damaged(name=name, kind=".pdf") from error
    said = sum(len(line.text) for line in lines) + sum(len(cell) for grid in grids for row in grid.rows for cell in row)
    if said < 20 * pages:
        raise Scan(name=name)
    return Text(name, "pdf", sha256, pages, tuple(lines), tuple(grids))


def _look(name: str, data: bytes) -> None:
    """A first look by PDFium: locked, too long, or no PDF at all."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise (Encrypted(name=name) if locked else Damaged(name=name, kind=".pdf")) from error
    try:
        if len(book) > limits.PAGES:
            raise TooMuch(name=name, what="trang", most=limits.PAGES)
        if len(book) == 0:
            raise Damaged(name=name, kind=".pdf")
    finally:
        book.close()


def _page(name: str, page: Any, number: int, lines: list[Line], grids: list[Grid]) -> None:
    letters.put_right(page)
    tables = page.find_tables() if len(page.lines) + len(page.rects) + len(page.curves) >= 4 else []
    tables = [table for table in tables if len(table.rows[0].cells) > 1]
    tables = [table for table in tables if len(table.rows) > 1 or _is_rest(table, tables[0], grids, number)]
    outside = [word for word in letters.words(page) if not any(_within(word, table.bbox) for table in tables)]
    before: list[dict[str, Any]] = []
    count = 0
    rows = list(_rows(outside))
    usual = median([row[0]["bottom"] - row[0]["top"] for row in rows]) if rows else 12.0
    for row in rows:
        count += 1
        gap = bool(before) and row[0]["top"] - before[0]["bottom"] > 0.75 * usual
        if not (count == 1 and len(row) == 1 and row[0]["text"].isdecimal()):  # the page's number
            lines.append(_line(row, number, count, gap or not before, page))
        before = row
    if len(lines) > limits.LINES:
        raise TooMuch(name=name, what="dòng", most=limits.LINES)
    for table in tables:
        above = sum(1 for row in rows if row[0]["top"] < table.bbox[1])
        grids.append(_grid(table, number, above, float(page.width)))


def _is_rest(table: Any, first: Any, grids: list[Grid], page: int) -> bool:
    """Whether one row on top of a page is the rest of the table that the page before ended with."""
    before = grids[-1] if grids else None
    return table is first and before is not None and before.page == page - 1 and (
        len(table.rows[0].cells) == len(before.rows[0])
    )  # fmt: skip


def _grid(table: Any, page: int, line: int, width: float) -> Grid:
    rows = tuple(tuple(_cell(tidy(cell or "")) for cell in row) for row in table.extract())
    left, _, right, _ = table.bbox
    half = 1 if right < 0.6 * width else 2 if left > 0.4 * width else 0
    return Grid(rows, page, line + 1, half=half)


def _cell(said: str) -> str:
    """A cell's lines joined; a head word that a narrow column has broken is whole again ("ST" over "T")."""
    whole = "".join(said.split())
    return whole if fold(whole) in ("stt", "tt", "sott") else squeeze(_BROKEN.sub("", said))


def _within(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _rows(words: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Words of one height, from left to right."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        if row and abs(word["bottom"] - row[0]["bottom"]) > 3.5:
            yield sorted(row, key=lambda one: one["x0"])
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda one: one["x0"])


def _line(row: list[dict[str, Any]], at: int, number: int, gap: bool, page: Any) -> Line:
    said = [row[0]["text"]]
    for left, right in pairwise(row):
        said.append(between(left, right) + _text(right))
    said[0] = _text(row[0])
    width, high = float(page.width), float(page.height)
    apart = any(one.startswith("   ") for one in said)
    centre = (row[0]["x0"] + row[-1]["x1"]) / 2
    aside = not apart and centre > 0.62 * width and row[0]["x0"] > 0.4 * width
    bold = all("bold" in one["fontname"].lower() for one in row)
    top, bottom = min(one["top"] for one in row), max(one["bottom"] for one in row)
    box = (_share(row[0]["x0"], width), _share(top, high), _share(row[-1]["x1"], width), _share(bottom, high))
    return Line(tidy("".join(said)).strip(), at, number, int(aside), gap, bold, False, box)


def between(left: dict[str, Any], right: dict[str, Any]) -> str:
    """What stands between two words: a wide gap parts two columns."""
    return "   " if right["x0"] - left["x1"] > _APART else " "


def _share(edge: float, whole: float) -> float:
    return round(min(max(float(edge) / whole, 0.0), 1.0), 4)


def _text(word: dict[str, Any]) -> str:
    font = str(word["fontname"]).split("+")[-1]
    return old_fonts.to_unicode(word["text"], font) if old_fonts.is_old(font) else str(word["text"])
