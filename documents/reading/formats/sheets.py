"""A spreadsheet (.xlsx, .xls, .ods) by calamine: values as they are shown, each table with the row it begins at."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from documents.reading import limits
from documents.reading.folding import fold, squeeze, tidy
from documents.reading.formats.cell_formats import Format, Formats, formats
from documents.reading.formats.cell_formats import shown as as_shown
from documents.reading.formats.packed import checked
from documents.reading.model import Grid, Line, Text
from documents.reading.refusals import Damaged, Encrypted, NothingIn, OwnForm, TooMuch
from documents.writing.blank_key import KEY_SHEET
from states.sentences import Sentence


def read(name: str, sha256: str, data: bytes, kind: str) -> Text:
    """Every visible sheet: tables as grids, what stands around them as lines (a page per sheet)."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    notes = checked(name, f".{kind}", data) if kind != "xls" else []
    with _opened(name, data, kind) as book:
        # Its cells have names of their own, which the way back into its draft reads without guessing.
        if any(one.name == KEY_SHEET for one in book.sheets_metadata):
            raise OwnForm(name=name)
        shown = [
            one
            for one in book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = [_sheet(name, book, one.name, formats(data, one.name) if kind == "xlsx" else {}) for one in shown]
        hidden = len(book.sheets_metadata) - len(shown)
    lines: list[Line] = []
    grids: list[Grid] = []
    for page, (title, rows, spans) in enumerate(sheets, 1):
        _write(rows, spans, page, title, lines, grids)
    if not lines and not grids:
        raise NothingIn(name=name)
    notes += [Sentence("bỏ qua {n} trang tính ẩn", n=hidden)] if hidden else []
    return Text(name, kind, sha256, len(sheets), tuple(lines), tuple(grids), tuple(notes))


def cells(name: str, data: bytes, kind: str) -> dict[str, list[list[Any]]]:
    """Every sheet by its name, hidden ones too, rows from the first: a text is a `str`, an empty cell "".

    Anything else is a pair: ["n", "12.5"] a number, ["d", "05/12/2026"] a day or hour, ["b", "TRUE"] a truth.
    """
    from python_calamine import SheetTypeEnum

    if kind != "xls":
        checked(name, f".{kind}", data)
    with _opened(name, data, kind) as book:
        found = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        return {title: [[_bare(cell) for cell in row] for row in _rows(name, book, title)] for title in found}


@contextmanager
def _opened(name: str, data: bytes, kind: str) -> Iterator[Any]:
    """The workbook; whatever is wrong with it is a refusal that names it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield book
    except PasswordError as error:
        raise Encrypted(name=name) from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise Damaged(name=name, kind=f".{kind}") from error


def _rows(name: str, book: Any, title: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height * max(sheet.total_width, 1) > limits.CELLS:
        raise TooMuch(name=name, what="ô", most=limits.CELLS)
    return list(sheet.to_python(skip_empty_area=False))


def _bare(cell: object) -> str | list[str]:
    if isinstance(cell, bool):
        return ["b", str(cell).upper()]
    if isinstance(cell, int | float):
        whole = float(cell).is_integer() and abs(cell) < 1e15
        return ["n", str(int(cell)) if whole else repr(float(cell))]
    if isinstance(cell, date | datetime | time | timedelta):
        return ["d", _shown(cell)]
    return str(cell)


def _sheet(name: str, book: Any, title: str, kinds: Formats) -> tuple[str, list[list[str]], dict[tuple[int, int], int]]:
    rows = [
        [_shown(cell, kinds.get((at, n))) for n, cell in enumerate(row)]
        for at, row in enumerate(_rows(name, book, title))
    ]
    merged = book.get_sheet_by_name(title).merged_cell_ranges or []
    spans = {(first[0], first[1]): last[1] - first[1] + 1 for first, last in merged if last[1] > first[1]}
    return title, rows, spans


def _shown(cell: object, kind: Format | None = None) -> str:
    if isinstance(cell, bool):
        return "x" if cell else ""
    if kind and isinstance(cell, int | float):
        return as_shown(float(cell), kind)
    if isinstance(cell, float):
        # A file's numbers carry a dot; here they are written as people write them.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time | timedelta):
        return str(cell)
    return tidy(str(cell)).strip()


def _write(
    rows: list[list[str]], spans: dict[tuple[int, int], int], page: int, title: str, lines: list[Line],
    grids: list[Grid],
) -> None:  # fmt: skip
    at, gap = 0, False
    while at < len(rows):
        until = _table_until(rows, at, spans)
        if until > at:
            here = {(row - at, column): n for (row, column), n in spans.items() if at <= row < until}
            grids.append(_grid(rows[at:until], here, page, at + 1, title))
            at, gap = until, True
            continue
        lines += _lines(rows[at], page, at + 1, gap)
        gap = not any(rows[at])
        at += 1


def _grid(rows: list[list[str]], spans: dict[tuple[int, int], int], page: int, line: int, title: str) -> Grid:
    width = max(max((n + 1 for n, cell in enumerate(row) if cell), default=0) for row in rows)
    first = min(min((n for n, cell in enumerate(row) if cell), default=width) for row in rows)
    moved = {(row, column - first): n for (row, column), n in spans.items() if column >= first}
    squared = [[squeeze(cell) for cell in row[first:width]] for row in rows]
    doubt = _as_percent(squared)
    return Grid(tuple(map(tuple, squared)), page, line, title, moved, doubt)


def _as_percent(rows: list[list[str]]) -> str:
    """Shares that a formula has left as parts of one (0,5434782609 under "Tỷ lệ") are told in percent, and told so."""
    doubt = ""
    for n in range(len(rows[0])):
        heads = fold(" ".join(row[n] for row in rows[:3]))
        for row in rows:
            if re.search(r"\bt[yi] le|%", heads) and re.fullmatch(r"0,\d{5,}", row[n]):
                row[n] = as_shown(float(row[n].replace(",", ".")), (1, True))
                doubt = "tỷ lệ ghi dưới dạng phần của 1, hiểu là phần trăm, làm tròn một chữ số"
    return doubt


def _lines(row: list[str], page: int, number: int, gap: bool) -> list[Line]:
    """Cells of a row that is in no table; what stands far to the right is a column of its own."""
    cells = [(n, part) for n, cell in enumerate(row) if cell for part in cell.split("\n") if part.strip()]
    return [
        Line(squeeze(part), page, number, int(len(cells) > 1 and n >= max(len(row) // 2, 1)), gap) for n, part in cells
    ]


def _table_until(rows: list[list[str]], at: int, spans: dict[tuple[int, int], int]) -> int:
    """Where the table that begins in this row ends (`at` itself where none begins); notes below it are no rows."""
    filled = sum(1 for cell in rows[at] if cell)
    is_head = any(re.fullmatch(r"stt|tt|so tt|so thu tu", fold(squeeze(cell))) for cell in rows[at])
    below = _under_groups(rows, at) if filled >= 3 else 0
    wide = filled >= 3 and at + 1 < len(rows) and sum(map(bool, rows[at + 1 + below])) >= 3
    if not is_head and not wide and not _in_pairs(rows[at : at + 3]):
        return at
    until = at + 1
    while until < len(rows) and any(rows[until]) and "noi nhan" not in fold(" ".join(rows[until])):
        until += 1
    while until > at + 2 and _is_note(rows[until - 1], until - 1, filled, spans):
        until -= 1
    return until if until > at + 1 else at


def _in_pairs(rows: list[list[str]]) -> bool:
    """A table of two columns: names, then twice words with a figure in the same columns."""
    if len(rows) < 3:
        return False
    filled = [[n for n, cell in enumerate(row) if cell] for row in rows]
    if len(filled[0]) != 2 or filled[1] != filled[0] or filled[2] != filled[0]:
        return False
    _, second = filled[0]
    figures = [bool(re.fullmatch(r"[\d.,]+ ?%?", row[second])) for row in rows]
    return figures == [False, True, True] and not re.search(r"\d", rows[0][filled[0][0]])


def _under_groups(rows: list[list[str]], at: int) -> int:
    """1 where the row below only names the columns of merged heads ("Đạt" over "Số lượng", "Tỷ lệ"), else 0."""
    if at + 2 >= len(rows):
        return 0
    under = [n for n, cell in enumerate(rows[at + 1]) if cell]
    blank = [n for n in under if not rows[at][n]]
    left = all(n in blank or n + 1 in blank for n in under)  # the first of a group stands right below its name
    return int(0 < len(under) < 3 and bool(blank) and left and not any(one.isdecimal() for one in rows[at + 1]))


def _is_note(row: list[str], at: int, width: int, spans: dict[tuple[int, int], int]) -> bool:
    """A row of one cell that covers the whole table, or holds a sentence: it tells about the table above."""
    said = [(n, cell) for n, cell in enumerate(row) if cell]
    if len(said) != 1 or fold(said[0][1]) in ("khong", "khong co"):
        return False
    (n, cell) = said[0]
    return (
        spans.get((at, n), 1) >= max(width - 1, 3)
        or cell.endswith((".", ")"))
        and len(cell.split()) > 5
        or (bool(re.match(r"ghi chu|luu y|bang chu", fold(cell).lstrip("(* "))))
    )
