"""What each column and each row of a table means (vai trò của cột và dòng): the one model that all table rules read.

Columns count, rate, tell a change or a target, or name; rows are data, the total («Cộng», «Toàn xã»), groups (A, I) or
stand below another (1.1, a, -, «Trong đó»). Whether figures add up is not told here: the rules learn that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from documents.checks.papers.paper import Grid
from documents.checks.tables.nesting import Family, families, is_total, label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in


class Column(Enum):
    """What stands in a column."""

    KEY = auto()  # STT, mã
    NAME = auto()  # tên đơn vị, chỉ tiêu
    COUNT = auto()
    RATE = auto()  # tỷ lệ, bình quân, đơn giá: never added up
    CHANGE = auto()  # tăng, giảm
    TARGET = auto()  # kế hoạch, chỉ tiêu giao: may be passed
    TEXT = auto()


_KEYS = ("stt", "tt", "so tt", "so thu tu", "ma", "ma so", "ky hieu")
_RATE = re.compile(r"%|ty le|ti le|ty so|ti so|\bty suat|binh quan|don gia|muc chi|dinh muc|so sanh|"
                   r"mat do|diem (?:thi|trung binh|danh gia|cham)|muc luong|xep (?:loai|hang)|thoi luong|"
                   r"nam sinh|/(?:nguoi|ho|nam|thang|ngay|luot|buoi|don vi|100|1\.?000)\b")  # fmt: skip
_RATE_ROW = re.compile(r"%|\b(?:ty le|ti le|ty so|ti so|ty suat|binh quan)\b")
_CHANGE = re.compile(r"\btang\b|\bgiam\b|chenh lech|bien dong")
_TARGET = re.compile(r"\bke hoach\b|\bkh\b|\bchi tieu\b(?! da)|\bdu toan\b|\bgiao\b(?! quan)|\bmuc tieu\b|nhu cau")
_DASHES = ("-", "–", "—", "")
UNITS = ("dvt", "don vi tinh", "don vi")
"""Heads of the column of units."""
NO_SUM = re.compile(r"%|ty le|ti le|ty so|tong so ho\b|dan so|nhan khau|binh quan|luy ke|hien co|dang quan ly")
"""Rows whose parts and periods do not add up: rates and stocks, by their names."""


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
        """Whether a row is of a rate, whose parts and periods do not add up: by its name, or its unit («bé/100 bé»)."""
        units = [at for at, name in enumerate(self.grid.columns) if at != self.label and fold(name) in UNITS]
        cells = self.grid.rows[row]
        return _RATE_ROW.search(fold(self.name(row))) is not None or any(re.search("[%/]", cells[at]) for at in units)

    def name(self, row: int) -> str:
        """What a row is called: its cell in the column of names."""
        cells = self.grid.rows[row]
        named = self.label < len(cells) and re.search(r"[^\W\d_]", cells[self.label])
        return label_of(cells[self.label :] if named else cells)


def is_rate(column: str) -> bool:
    """Whether a column's figures are rates, counters or changes, which do not add up."""
    said = fold(column)
    return said in _KEYS or _RATE.search(said) is not None or _CHANGE.search(said) is not None


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
    return Meaning(grid, columns, label, *families(grid, label))


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
