"""How rows of a table stand to each other (thứ bậc của dòng): the total, groups (A, I), rows below another (1.1, a, -).

Told by words («Cộng», «Toàn xã», «Trong đó») and by numbers; whether figures add up is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.checks.papers.paper import Grid
from documents.reading.folding import fold

_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|cong chung|tong chung|tong hop chung)(?: \(?[ivxab\d +,;-]+\)?)?"
    r"|(?:tong cong|cong|tong|tong so)?\s?(?:toan|ca) "
    r"(?:xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu|nganh|vung|khu vuc|truong|nuoc|dia ban|don vi)"
    r"(?: \w+){0,4}"
)
_LIKELY = re.compile(r"(?:tong|cong)\b")
_NUMBER = re.compile(r"(?P<dotted>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?$|(?P<roman>[IVX]{1,5})[.)]?$|"
                     r"(?P<upper>[A-HĐ])[.)]?$|(?P<lower>[a-hđ])[.)]?$|(?P<dash>[-–+*•])$")  # fmt: skip
_LEADS = re.compile(r"\s*(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)]|[IVX]{1,5}[.)]|[A-H][.)]|[a-hđ][.)]|"
                    r"[-–+*•])\s+(?=\S)")  # fmt: skip
_WITHIN = re.compile(r"\W*trong do\b")
_TOP, NUMBERED, _LOWER, _DASH, _INNER = 0, 3, 7, 8, 9


@dataclass(frozen=True, slots=True)
class Family:
    """A row and those right below it."""

    at: int
    below: tuple[int, ...]
    depth: int
    """0 of totals, 1 and 2 of groups (A, I), 3 of 1, 2, …, more of what stands below."""
    total: bool = False
    """It is a row of totals, of all or of those before it; else a group or a row that others stand below."""
    sure: bool = False
    """Its words say that it is the total of all, and nothing in the table speaks against it."""


def families(grid: Grid, label: int) -> tuple[tuple[Family, ...], bool]:
    """Each row with those right below it, the totals with theirs; whether the order is plain: numbers do not begin
    anew, none is missing. `label` is the column of names."""
    found, regular = _families(grid, _depths(grid, label))
    return tuple(found), regular


def is_total(row: tuple[str, ...]) -> bool:
    """Whether it is the row that adds up the others: «Cộng», «Tổng số», «Toàn xã», «Cộng toàn huyện»."""
    return any(_TOTAL.fullmatch(re.sub(r"[\s.:*]+", " ", fold(cell)).strip()) for cell in row[:3])


def label_of(row: tuple[str, ...], most: int = 60) -> str:
    """What a row is called: its first cell with words."""
    words = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell)), row[0] if row else "")
    return words if len(words) < most else words[: most - 3] + "…"


def _depths(grid: Grid, label: int) -> list[int]:
    """How deep each row stands: totals 0, A 1, I 2, 1 3, 1.1 4 …, a 7, dashes 8, «trong đó» 9; unnumbered rows 3."""
    marks = [_mark(row, label) for row in grid.rows]
    letters = sum(bool(re.fullmatch(r"[A-H]", mark)) for mark in marks) > 1 and "B" in marks
    return [_TOP if is_total(row) else _depth(mark, row[label] if label < len(row) else "", letters)
            for mark, row in zip(marks, grid.rows, strict=True)]  # fmt: skip


def _mark(row: tuple[str, ...], label: int) -> str:
    """A row's number or dash, in its own cell or before its name."""
    if label and _NUMBER.match(said := row[0].strip()):
        return said.rstrip(".)")
    found = next((one for cell in {row[0], row[min(label, len(row) - 1)]} if (one := _LEADS.match(cell))), None)
    return found["mark"].rstrip(".)") if found else ""


def _depth(mark: str, name: str, letters: bool) -> int:
    found = _NUMBER.match(mark)
    if _WITHIN.match(fold(name)):
        return _INNER
    if found is None:
        return NUMBERED
    if found["dotted"]:
        return NUMBERED + found["dotted"].count(".")
    if found["roman"] and not (letters and len(mark) == 1 and mark not in "IVX"):
        return 2
    return 1 if found["upper"] else _LOWER if found["lower"] else _DASH


def _families(grid: Grid, depths: list[int]) -> tuple[list[Family], bool]:
    """Each row with those right below it, the total with the rows that have none above; whether the order is plain."""
    above = _above(depths)
    families = []
    for at, depth in enumerate(depths):
        below = tuple(n for n, parent in enumerate(above) if parent == at)
        if depth != _TOP and below:
            families.append(Family(at, below, depth))
    free = [n for n, depth in enumerate(depths) if depth != _TOP and above[n] is None]
    totals = [n for n, depth in enumerate(depths) if depth == _TOP] or _likely(grid, free)
    free = [n for n in free if n not in totals]
    regular = len({depths[n] for n in free}) == 1 and not _begins_anew(grid, free)
    families += _of_totals(totals, free, len(depths), regular and depths[totals[0]] == _TOP if totals else False)
    return families, regular


def _above(depths: list[int]) -> list[int | None]:
    """The row that each stands below: the nearest before it that is less deep, no total between them."""
    stack: list[int] = []
    above: list[int | None] = []
    for at, depth in enumerate(depths):
        if depth == _TOP:
            stack = []
            above.append(None)
            continue
        while stack and depths[stack[-1]] >= depth:
            stack.pop()
        above.append(stack[-1] if stack else None)
        stack.append(at)
    return above


def _likely(grid: Grid, free: list[int]) -> list[int]:
    """«TỔNG THU NSNN (I+II)», «Tổng số trẻ»: first or last and unnumbered; the figures must bear it out."""
    ends = (free[0], free[-1]) if len(free) > 2 else ()
    unnumbered = [n for n in ends if not re.search(r"\d", grid.rows[n][0])]
    return [n for n in unnumbered if _LIKELY.match(fold(label_of(grid.rows[n])))][:1]


def _begins_anew(grid: Grid, rows: list[int]) -> bool:
    numbers = [grid.rows[n][0].strip().rstrip(".") for n in rows]
    counted = [int(one) for one in numbers if one.isdecimal() and len(one) < 4]
    blank = any(not one for one in numbers) and any(one.isdecimal() for one in numbers)
    return counted.count(1) > 1 or blank


def _of_totals(totals: list[int], free: list[int], rows: int, sure: bool) -> Iterator[Family]:
    """One total: of all; several: each of the rows before it (or behind), and the outermost of the others."""
    first, last = (totals[0], totals[-1]) if totals else (0, 0)
    if len(totals) == 1:
        if free and not free[0] < first < free[-1]:
            yield Family(first, tuple(free), _TOP, True, sure)
    elif len(totals) > 2 and totals[-2:] == [rows - 2, rows - 1]:
        for before, at in zip((-1, *totals), totals[:-1], strict=False):
            yield Family(at, tuple(n for n in free if before < n < at), _TOP, True)
        yield Family(last, tuple(totals[:-1]), _TOP, True)
    elif len(totals) > 2 and totals[:2] == [0, 1]:
        for at, after in zip(totals[1:], (*totals[2:], rows), strict=True):
            yield Family(at, tuple(n for n in free if at < n < after), _TOP, True)
        yield Family(first, tuple(totals[1:]), _TOP, True)
