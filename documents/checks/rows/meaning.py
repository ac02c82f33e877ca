"""What each column and each row of a table means (vai trò của cột và dòng): the one model that all table rules read.

Columns count, rate, tell a change or a target, or name; rows are data, the total («Cộng», «Toàn xã»), groups (A, I) or
stand below another (1.1, a, -, «Trong đó»). Whether figures add up is not told here: the rules learn that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from documents.checks.paper import Grid
from documents.reading.folding import fold
from documents.reading.into_form import number_in


class Column(Enum):
    """What stands in a column."""

    KEY = auto()  # STT, mã
    NAME = auto()  # tên đơn vị, chỉ tiêu
    COUNT = auto()
    RATE = auto()  # tỷ lệ, bình quân, đơn giá: never added up
    CHANGE = auto()  # tăng, giảm
    TARGET = auto()  # kế hoạch, chỉ tiêu giao: may be passed
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Family:
    """A row and those right below it."""

    at: int
    below: tuple[int, ...]
    total: bool = False
    """It is a row of totals, of all or of those before it; else a group or a row that others stand below."""
    sure: bool = False
    """Its words say that it is the total of all, and nothing in the table speaks against it."""


_KEYS = ("stt", "tt", "so tt", "so thu tu", "ma", "ma so", "ky hieu")
_RATE = re.compile(r"%|ty le|ti le|ty so|ti so|\bty suat|binh quan|don gia|muc chi|dinh muc|so sanh|mat do|"
                   r"diem (?:thi|trung binh|danh gia|cham)|muc luong|xep (?:loai|hang)|thoi luong|nam sinh|^nam \d+$")  # fmt: skip
_RATE_ROW = re.compile(r"%|\b(?:ty le|ti le|ty so|ti so|ty suat|binh quan)\b")
_CHANGE = re.compile(r"\btang\b|\bgiam\b|chenh lech|bien dong")
_TARGET = re.compile(r"\bke hoach\b|\bkh\b|\bchi tieu\b(?! da)|\bdu toan\b|\bgiao\b(?! quan)|\bmuc tieu\b|nhu cau")
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
_DASHES = ("-", "–", "—", "")
_TOP, _ARABIC, _LOWER, _DASH, _INNER = 0, 3, 7, 8, 9


@dataclass(frozen=True)
class Meaning:
    """A table and what it means; rows and columns from 0, in the order of the grid."""

    grid: Grid
    columns: tuple[Column, ...]
    label: int
    """The column of names."""
    families: tuple[Family, ...]
    regular: bool
    """Whether each row's place in the order is plain: numbers do not begin anew, none is missing."""

    def amount(self, row: int, column: int) -> Decimal | None:
        """An exact number; "-" and «Không» are 0, a blank or words None."""
        cells = self.grid.rows[row]
        return amount(cells[column]) if column < len(cells) else None

    def of(self, *kinds: Column) -> list[int]:
        """Columns of these kinds."""
        return [at for at, kind in enumerate(self.columns) if kind in kinds]

    def data(self) -> list[int]:
        """Rows that are no totals and have none below."""
        above = {one.at for one in self.families}
        return [at for at, row in enumerate(self.grid.rows) if at not in above and not is_total(row)]

    def is_rate(self, row: int) -> bool:
        """Whether a row is of a rate, whose parts and periods do not add up."""
        return any(_RATE_ROW.search(fold(cell)) or re.search(r"[^\W\d]/\d*\s?[^\W\d]", cell) is not None
                   for at, cell in enumerate(self.grid.rows[row])
                   if self.columns[at] in (Column.NAME, Column.TEXT) and len(cell) < 90)  # fmt: skip

    def name(self, row: int) -> str:
        """What a row is called."""
        return label_of(self.grid.rows[row])


def is_total(row: tuple[str, ...]) -> bool:
    """Whether it is the row that adds up the others: «Cộng», «Tổng số», «Toàn xã», «Cộng toàn huyện»."""
    return any(_TOTAL.fullmatch(re.sub(r"[\s.:*]+", " ", fold(cell)).strip()) for cell in row[:3])


def is_rate(column: str) -> bool:
    """Whether a column's figures are rates, counters or changes, which do not add up."""
    said = fold(column)
    return said in _KEYS or _RATE.search(said) is not None or _CHANGE.search(said) is not None


def label_of(row: tuple[str, ...], most: int = 60) -> str:
    """What a row is called: its first cell with words."""
    words = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell)), row[0] if row else "")
    return words if len(words) < most else words[: most - 3] + "…"


def at_column(place: str, column: int) -> str:
    """The place of a cell in the row that begins at `place`; `column` from 0."""
    return f"{place[:-2]},{column + 1}" if place.endswith(",1") else place


@lru_cache(maxsize=8192)
def amount(cell: str) -> Decimal | None:
    """The exact number of a cell; a dash is 0, a sign before it counts."""
    said = cell.strip()
    if not said or "%" in said:
        return None
    if said in _DASHES:
        return Decimal(0)
    figure = number_in(said[1:] if said[0] == "+" else said)
    return figure.amount if figure is not None and figure.is_exact else None


@lru_cache(maxsize=64)
def meaning(grid: Grid) -> Meaning:
    """What a table means."""
    columns = _columns(grid)
    label = next((at for at, kind in enumerate(columns) if kind is Column.NAME), 0)
    depths = _depths(grid, label)
    families, regular = _families(grid, depths)
    return Meaning(grid, columns, label, tuple(families), regular)


def _columns(grid: Grid) -> tuple[Column, ...]:
    """The first column of words that is no counter holds the names."""
    kinds = [_column(grid, at) for at in range(len(grid.columns))]
    named = next((at for at, kind in enumerate(kinds) if kind is Column.TEXT), None)
    return tuple(Column.NAME if at == named else kind for at, kind in enumerate(kinds))


def _column(grid: Grid, at: int) -> Column:
    said = fold(grid.columns[at])
    told = [cell for row in grid.rows if at < len(row) and (cell := row[at].strip()) not in _DASHES]
    figures = sum(amount(cell) is not None for cell in told)
    if said in _KEYS or at == 0 and _is_key(told):
        return Column.KEY
    percents = sum("%" in cell for cell in told)
    if (figures + percents) * 2 <= len(told) or not told:
        return Column.TEXT
    if _RATE.search(said) or percents * 2 > len(told):
        return Column.RATE
    if _CHANGE.search(said):
        return Column.CHANGE
    return Column.TARGET if _TARGET.search(said) else Column.COUNT


def _is_key(cells: list[str]) -> bool:
    """Codes and numbers: PC1, PC2; 1, 1.1, 2."""
    return len(cells) > 1 and all(re.fullmatch(r"[A-ZĐ]{0,3}\d{0,3}(?:\.\d{1,2})*[.)]?", cell) for cell in cells)


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
        return _ARABIC
    if found["dotted"]:
        return _ARABIC + found["dotted"].count(".")
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
            families.append(Family(at, below))
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
            yield Family(first, tuple(free), True, sure)
    elif len(totals) > 2 and totals[-2:] == [rows - 2, rows - 1]:
        for before, at in zip((-1, *totals), totals[:-1], strict=False):
            yield Family(at, tuple(n for n in free if before < n < at), True)
        yield Family(last, tuple(totals[:-1]), True)
    elif len(totals) > 2 and totals[:2] == [0, 1]:
        for at, after in zip(totals[1:], (*totals[2:], rows), strict=True):
            yield Family(at, tuple(n for n in free if at < n < after), True)
        yield Family(first, tuple(totals[1:]), True)
