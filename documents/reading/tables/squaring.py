"""Tables (bảng, biểu) made square: merged heads flattened ("Số người tham gia|Nam"), pieces of one table joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.reading.folding import fold, key, squeeze
from documents.reading.model import Grid, Line, Place, Read
from documents.reading.tables.captions import title_of

_MARKED = re.compile(r"[-+*•]|(?:\d{1,3}|[ivx]{1,5}|[a-h])[.)]\s|(?:tong|cong|toan)\b")
_COUNTER = re.compile(r"(?:\d{1,3}|[ivx]{1,5}|[a-h])[.)]?")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table: its caption, flattened column names, rows of cells as written ("" where blank); `first` is the grid's
    row that the first row of `rows` stands in (from 1), `number` counts tables in the paper."""

    number: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]
    """Of each row."""
    nil: bool = False
    """Reported as "Không": a report of nothing, not a blank."""
    ends_on: int = 0
    """The page of its last piece, where it is made of several."""
    across: frozenset[tuple[int, int]] = frozenset()
    """Cells of `rows` (row, column from 0) that also stand for the column to their right: one cell over Nam and Nữ."""

    @property
    def words(self) -> str:
        """The caption and how large it is."""
        size = "báo «Không»" if self.nil else f"{len(self.rows)} dòng × {len(self.columns)} cột"
        return f"Bảng {self.number}. {self.title} ({size})"


def tables(grids: Sequence[Grid], lines: Sequence[Line]) -> list[Read[ReadTable]]:
    """The tables of a text in their order; a piece without a head of its own goes on with the one before."""
    found: list[Read[ReadTable]] = []
    for grid in grids:
        rows = [tuple(squeeze(cell) for cell in row) for row in grid.rows]
        rows = [row for row in rows if any(row)]
        if not rows or len(rows[0]) < 2:
            continue
        if found and _goes_on_above(found[-1].value, found[-1].place.page, rows, grid):
            found[-1], rows = _with_rest(found[-1], rows[0]), rows[1:]
            if not rows:
                continue
        heads = _head_rows(rows, grid)
        heads += bool(heads) and heads < len(rows) and _is_units(rows[heads])
        if found and heads == 0 and len(found[-1].value.columns) == len(rows[0]):
            found[-1] = _longer(found[-1], rows, grid)
            continue
        if found and heads and heads < len(rows) and _same_head(found[-1].value, rows[:heads], grid):
            if doubt := _rest_under_head(found[-1].value, rows[heads]):
                found[-1], rows = _with_rest(found[-1], rows[heads], doubt), [*rows[:heads], *rows[heads + 1 :]]
            found[-1] = _longer(found[-1], rows[heads:], grid, heads)
            continue
        found.append(_table(len(found) + 1, rows, heads, grid, lines))
    return found


def _goes_on_above(table: ReadTable, page: int, rows: Sequence[tuple[str, ...]], grid: Grid) -> bool:
    """Whether the first row on a page is the end of the row that the page before could not hold: it has no number."""
    tops = grid.page == max(page, table.ends_on) + 1 and grid.line <= 2 and not grid.sheet
    counted = bool(table.rows) and bool(_COUNTER.fullmatch(fold(table.rows[-1][0])))
    return tops and counted and len(rows[0]) == len(table.columns) and not rows[0][0] and not (
        any(cell.isdecimal() for cell in rows[0]) or key(" ".join(rows[0])).startswith(("tong", "cong"))
    )  # fmt: skip


def _rest_under_head(table: ReadTable, row: tuple[str, ...]) -> str:
    """Why the first row below a head that is repeated must be the end of the row before the page's end, or "": words
    in a single cell, under words, in a table where no other row is a group's name alone."""
    filled = [n for n, cell in enumerate(row) if cell]
    if len(filled) != 1 or not table.rows or len(row) != len(table.columns):
        return ""
    said, above = row[filled[0]], table.rows[-1]
    grouped = any(sum(map(bool, one)) < 3 for one in table.rows)
    words = re.search(r"[^\W\d_]", said) and not re.search(r"[;:.]$", above[filled[0]])
    if grouped or not words or not above[filled[0]] or sum(map(bool, above)) < 3 or _MARKED.match(fold(said)):
        return ""
    return f"dòng bị ngắt ở cuối trang, nối «{above[filled[0]]}» với «{said}»"


def _with_rest(read: Read[ReadTable], rest: tuple[str, ...], doubt: str = "") -> Read[ReadTable]:
    table = read.value
    last = tuple(f"{cell} {more}".strip() for cell, more in zip(table.rows[-1], rest, strict=True))
    whole = replace(table, rows=(*table.rows[:-1], last))
    small = re.match(r"[^\W\d_]", "".join(rest)) and "".join(rest)[:1].islower()
    sure = 0.7 if doubt and not small else 0.9
    return replace(read, value=whole, sure=min(read.sure, sure), said="; ".join(filter(None, (read.said, doubt))))


def _table(number: int, rows: list[tuple[str, ...]], heads: int, grid: Grid, lines: Sequence[Line]) -> Read[ReadTable]:
    columns = _columns(rows[:heads], grid) if heads else tuple(f"cột {n}" for n in range(1, len(rows[0]) + 1))
    title, sure, said = title_of(grid, lines), 0.95, ""
    if not heads:
        sure, said = 0.6, "không thấy dòng đầu bảng"
    elif grid.doubt:
        sure, said = 0.7, grid.doubt
    body = rows[heads:]
    body = body[1:] if body and _is_numbering(body[0]) else body
    skipped = heads + len(rows[heads:]) - len(body)
    places = tuple(_place(number, skipped + n) for n in range(1, len(body) + 1))
    across = frozenset((row - skipped, column) for row, column in grid.spans if row >= skipped and column > 1)
    value = ReadTable(number, title, columns, tuple(body), places, _is_nil(body), across=across)
    return Read(value, title, Place(grid.page, grid.line), sure, said)


def _place(number: int, row: int) -> Place:
    return Place(1, 0, number, f"{row},1")


def _head_rows(rows: Sequence[tuple[str, ...]], grid: Grid) -> int:
    """Rows before the first that counts, holds figures or says "Không"; 0 where already the first does."""
    for at, row in enumerate(rows[:6]):
        first = fold(row[0])
        if at == 0 and (first in ("stt", "tt", "so tt") or _spans_at(grid, 0)):
            continue
        if _COUNTER.fullmatch(first) or any(re.fullmatch(r"[\d.,]+(?:\s?%)?", cell) for cell in row[1:]):
            return at
        if at and not _continues_head(rows[:at], row, grid, at):
            return at
    return len(rows) if 1 < len(rows) <= 6 else 1  # a head alone: its rows stand on the next page


def _spans_at(grid: Grid, row: int) -> bool:
    return any(at == row for at, _ in grid.spans)


def _continues_head(above: Sequence[tuple[str, ...]], row: tuple[str, ...], grid: Grid, at: int) -> bool:
    """A second head row stands only under merged cells (their blanks), or under "Trong đó"."""
    label = next((fold(cell) for cell in row if cell), "")
    alone = sum(map(bool, row)) == 1  # of several names "Cộng" is that of a column
    total = label in ("khong", "khong co") or alone and label in ("tong cong", "cong")
    if not total and (not row[0] or row[0] == above[-1][0]):
        under = [n for n, cell in enumerate(row) if cell]
        blanks = [n for n in range(1, len(row)) if not above[0][n]]
        return bool(under) and (bool(set(under) & set(blanks)) or _spans_at(grid, at - 1))
    return False


def _columns(heads: Sequence[tuple[str, ...]], grid: Grid) -> tuple[str, ...]:
    """Each column's names from the top down, joined by "|"; a blank takes the group to its left if it has one below."""
    width = len(heads[0])
    filled = [list(row) for row in heads]
    for at, row in enumerate(filled[:-1]):
        for n in range(1, width):
            below = any(filled[later][n] for later in range(at + 1, len(filled)))
            left_below = any(filled[later][n - 1] for later in range(at + 1, len(filled)))
            if not row[n] and below and row[n - 1] and (left_below or _spans_at(grid, at)):
                row[n] = row[n - 1]
    names = []
    for n in range(width):
        parts = [row[n] for row in filled if row[n]]
        name = "|".join(part for at, part in enumerate(parts) if at == 0 or part != parts[at - 1])
        names.append(name.replace("|(", " ("))
    return tuple(names)


def _is_units(row: tuple[str, ...]) -> bool:
    """A row of a head that only says what is counted: "(người)", "(%)"; "(1)", "(2)" number columns."""
    said = [cell for cell in row if cell]
    return bool(said) and all(re.fullmatch(r"\([^()\d]{1,20}\)", one) for one in said)


def _is_numbering(row: tuple[str, ...]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" under a head."""
    said = [cell.strip("()") for cell in row if cell]
    return (
        len(said) > 2
        and all(re.fullmatch(r"\d{1,2}|[A-H]|\d=.*", one) for one in said)
        and len(set(said)) == len(said)
        and (
            [one for one in said if one.isdecimal()][:2] == ["1", "2"] and not row[1][:1].isalpha() or len(row[1]) == 1
        )
    )


def _is_nil(rows: Sequence[tuple[str, ...]]) -> bool:
    words = [cell for row in rows for cell in row if cell and not cell.isdecimal()]
    return len(words) == 1 and key(words[0]) in ("khong", "khong co", "khong phat sinh")


def _same_head(table: ReadTable, heads: Sequence[tuple[str, ...]], grid: Grid) -> bool:
    """The head repeated on the next page."""
    return (
        [key(one) for one in _columns(heads, grid)] == [key(one) for one in table.columns]
        and not grid.sheet
        and (grid.line <= 2 and grid.page > 1)
    )


def _longer(read: Read[ReadTable], rows: Sequence[tuple[str, ...]], grid: Grid, heads: int = 0) -> Read[ReadTable]:
    table = read.value
    start = len(table.rows) + 1
    places = tuple(_place(table.number, start + n) for n in range(len(rows)))
    said = read.said
    if grid.page <= max(read.place.page, table.ends_on):  # on the next page every long table goes on
        said = said or f"bảng bị tách, nối với phần ở {Place(grid.page, grid.line + heads).words}"
    return replace(
        read,
        value=replace(table, rows=table.rows + tuple(rows), places=table.places + places, nil=False, ends_on=grid.page),
        said=said,
        sure=min(read.sure, 0.9),
    )
