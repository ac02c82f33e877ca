"""Tables whose cells stand one below the other in a plain text, as a Word table comes out of its clipboard.

Blank lines part the cells (an empty cell adds two more), or nothing does (then an empty cell is a blank line). The
head begins with STT or TT alone on its line; how many columns there are is told by the ordinals 1, 2, 3 below it,
which come back at the same step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.reading.folding import fold, squeeze

_HEAD = re.compile(r"(?:s\s?tt|tt|so\s?tt|so thu tu)\.?")
_TOTAL = re.compile(r"(?:tong\b|cong\b|toan (?:xa|phuong|huyen|thi xa|tinh|thanh pho|quan|dac khu)\b).{0,30}")
_SHORT = re.compile(r"[-–]|\.{2,3}|…|[\d.,\s]+\s?%?|khong|x|")
_HEADING = re.compile(r"(?:[IVX]{1,5}|\d{1,2})[./)]\s?[^\W\d_]|[-+•*]\s")
_SUB = re.compile(
    r"nam|nu|tong|tong so|so nguoi|so luong|so ho|ty le.{0,6}|ti le.{0,6}|%|trong do.{0,8}|so tre|ke hoach|thuc hien"
)
_COUNTS = re.compile(r"so |tong|trong do|ket qua|ho |nguoi ")
_WIDEST = 15
_LONGEST = (300, 1200, 6000)
"""Lines that are looked at for one table: more, where it does not end before."""


@dataclass(frozen=True, slots=True)
class Stacked:
    """The table's rows, all as wide as its columns, and the line behind its last; `doubt` where cells were missing."""

    rows: list[list[str]]
    until: int
    doubt: str = ""
    spans: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    line: int
    """The line behind it."""


def stacked(rows: Sequence[str], at: int) -> Stacked | None:
    """The table whose head begins on this line, or None."""
    if not _HEAD.fullmatch(fold(rows[at].strip())):
        return None
    if not any(_ordinal(row.strip()) == 1 for row in rows[at + 1 : at + 6 * _WIDEST]):
        return None
    found: Stacked | None = None
    for most in _LONGEST:  # a little first: a text may have thousands of such lines and not one table
        found = _near(rows[at : at + most])
        if found is None or found.until < most - 4 * _WIDEST:
            break
    return Stacked(found.rows, at + found.until, found.doubt, found.spans) if found else None


def _near(rows: Sequence[str]) -> Stacked | None:
    spaced = len(rows) > 1 and not rows[1].strip()
    cells = list(_spaced(rows, 0) if spaced else _close(rows, 0))
    return _squared(cells) or _squared(_joined(cells))


def _spaced(rows: Sequence[str], at: int) -> Iterator[_Cell]:
    """Cells between blank lines: a cell may be several lines, two more blank lines are an empty cell."""
    said: list[str] = []
    blanks = 0
    for number, row in enumerate(rows[at:], at):
        if row.strip():
            yield from (_Cell("", number) for _ in range((blanks - 1) // 2))
            said, blanks = [*said, row.strip()], 0
            continue
        if said:
            yield _Cell(squeeze(" ".join(said)), number)
        said, blanks = [], blanks + 1
    if said:
        yield _Cell(squeeze(" ".join(said)), len(rows))


def _close(rows: Sequence[str], at: int) -> Iterator[_Cell]:
    """Each line a cell; a blank one is empty."""
    for number, row in enumerate(rows[at:], at):
        yield _Cell(squeeze(row), number + 1)


def _joined(cells: Sequence[_Cell]) -> list[_Cell]:
    """Words that a cell's edge has broken: a line in small letters goes on with the words before it."""
    whole: list[_Cell] = []
    for cell in cells:
        last = whole[-1].text if whole else ""
        if cell.text[:1].islower() and len(cell.text) > 1 and last and not _SHORT.fullmatch(fold(last)):
            whole[-1] = _Cell(f"{last} {cell.text}", cell.line)
        else:
            whole.append(cell)
    return whole


def _squared(cells: Sequence[_Cell]) -> Stacked | None:
    for first, width in _shapes(cells):
        heads, spans, doubt = _heads([cell.text for cell in cells[:first]], width)
        if heads:
            break
    else:
        return None
    rows, end = _rows(cells, first, width)
    short = any(len(row) < width for row in rows)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    total, until, guessed = _total(cells, end, rows)
    if short or guessed:
        doubt = doubt or "có dòng thiếu ô, không rõ ô trống ở cột nào"
    return Stacked([*heads, *rows, *total], cells[min(until, len(cells)) - 1].line, doubt, spans)


def _shapes(cells: Sequence[_Cell]) -> Iterator[tuple[int, int]]:
    """Where row 1 may begin and how wide rows may be: by the step of the ordinals, else as many as the head's names."""
    first, width, count = _step(cells)
    if count:
        yield first, width
    plain = next((n for n in range(min(len(cells), _WIDEST + 1)) if n > 1 and _begins(cells, n, 1)), 0)
    if plain and len(_rows(cells, plain, plain)[0]) > 1:
        yield plain, plain


def _rows(cells: Sequence[_Cell], first: int, width: int) -> tuple[list[list[str]], int]:
    """Row by row from ordinal to ordinal; a row that lost an empty cell is short."""
    rows: list[list[str]] = []
    at = first
    while _begins(cells, at, len(rows) + 1):
        stop = next((n for n in (at + width, *range(at + 2, at + width)) if _begins(cells, n, len(rows) + 2)), None)
        if stop is None:
            last = (n for n in range(at + 2, min(at + width, len(cells))) if _ends(cells[n].text))
            stop = min(next(last, at + width), len(cells))
        rows.append([cell.text for cell in cells[at:stop]])
        at = stop
    return rows, at


def _begins(cells: Sequence[_Cell], at: int, number: int) -> bool:
    """Whether the row of this number begins here: its ordinal, and words behind it."""
    return _ordinal(_at(cells, at)) == number and bool(re.search(r"[^\W\d_]", _at(cells, at + 1)))


def _ends(said: str) -> bool:
    """What can be no cell of the last row: a heading, a row of totals."""
    return bool(_HEADING.match(said)) and not _SHORT.fullmatch(fold(said)) or bool(_TOTAL.fullmatch(fold(said)))


def _step(cells: Sequence[_Cell]) -> tuple[int, int, int]:
    """Where row 1 begins, how wide rows are, how many there are: the longest run of ordinals at one step."""
    best = (0, 0, 0)
    for first, cell in enumerate(cells[: 3 * _WIDEST]):
        if _ordinal(cell.text) != 1 or first < 2:
            continue
        for width in range(2, min(first, _WIDEST) + 1):
            count = _run(cells, first, width)
            better = count > best[2] or count == best[2] and abs(first - width) < abs(best[0] - best[1])
            if better and (count > 1 or first == width and len(cells) >= first + width):
                best = (first, width, count)
    return best


def _run(cells: Sequence[_Cell], first: int, width: int) -> int:
    count = 0
    while _begins(cells, first + count * width, count + 1):
        row = [_at(cells, first + count * width + n) for n in range(1, width)]
        if any(_HEAD.fullmatch(fold(one)) for one in row):
            break
        count += 1
    return count


def _at(cells: Sequence[_Cell], n: int) -> str:
    return cells[n].text if n < len(cells) else ""


def _ordinal(said: str) -> int:
    found = re.fullmatch(r"0?(\d{1,3})[.)]?", said)
    return int(found[1]) if found else 0


def _heads(head: list[str], width: int) -> tuple[list[list[str]], dict[tuple[int, int], int], str]:
    """One row of names, with the row of their numbers if there is one; or names of groups with those below them."""
    if len(head) == width:
        return [head], {}, ""
    if len(head) == 2 * width and len(set(head[width:])) == width and all(len(one) <= 4 for one in head[width:]):
        return [head[:width], head[width:]], {}, ""
    groups = len(head) - width
    below = next((n for n, one in enumerate(head) if n > 1 and all(_SUB.fullmatch(fold(x)) for x in head[n:])), 0)
    under = len(head) - below
    if groups < 1 or not below or under < 2 * groups or under % groups:
        return [], {}, ""
    return _grouped(head[:below], head[below:], groups)


def _grouped(top: list[str], under: list[str], groups: int) -> tuple[list[list[str]], dict[tuple[int, int], int], str]:
    """Which names are groups the text does not say: those that count, and it is told to be a guess."""
    each = len(under) // groups
    counting = [n for n, one in enumerate(top) if n > 1 and _COUNTS.match(fold(one))]
    chosen = counting[-groups:] if len(counting) >= groups else []
    if not chosen:
        return [], {}, ""
    names: list[str] = []
    lower: list[str] = []
    spans: dict[tuple[int, int], int] = {}
    left = list(under)
    for n, one in enumerate(top):
        if n in chosen:
            spans[(0, len(names))] = each
            names += [one, *[""] * (each - 1)]
            lower += left[:each]
            left = left[each:]
        else:
            names.append(one)
            lower.append("")
    return [names, lower], spans, "ô đầu bảng viết thành từng dòng, hiểu theo thứ tự"


def _total(cells: Sequence[_Cell], end: int, rows: list[list[str]]) -> tuple[list[list[str]], int, bool]:
    """The row of totals behind the last, its figures under the columns that hold figures; whether that is a guess."""
    width = len(rows[0])
    start = end + 1 if not _at(cells, end) and _TOTAL.fullmatch(fold(_at(cells, end + 1))) else end
    if not _TOTAL.fullmatch(fold(_at(cells, start))):
        return [], end, False
    last = start + 1
    while last < min(start + width, len(cells)) and _SHORT.fullmatch(fold(cells[last].text)):
        last += 1
    while last > start + 1 and not cells[last - 1].text:
        last -= 1
    figures = [cell.text for cell in cells[start + 1 : last] if cell.text]
    if not figures:
        return [], end, False
    whole = [cell.text for cell in cells[start:last]]
    counting = [n for n in range(1, width) if any(row[n] and _SHORT.fullmatch(fold(row[n])) for row in rows)]
    guessed = len(figures) != len(counting)
    under = counting if not guessed else list(range(width - len(figures), width))
    row = [whole[0], *[""] * (width - 1)] if start == end else ["", whole[0], *[""] * (width - 2)]
    for n, figure in zip(under, figures, strict=True):
        row[n] = figure
    return [row], last, guessed
