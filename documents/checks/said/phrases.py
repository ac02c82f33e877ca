"""Quantities as a sentence tells them (số lượng trong câu): a number with the words on both its sides.

What is no quantity is left out: days, years, numbers of papers, items of a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from documents.reading.days.dates import dates
from documents.reading.figures.numbers import Number, numbers
from documents.reading.folding import fold
from states.figures import Figure

_STOPS = re.compile(r"[;:.,()\[\]\"]|\s-\s|\b(?:trong do|bao gom|gom)\b")
_NO_COUNT = re.compile(r"\s?(?:[-–]\s?(?:NQ|QĐ|KH|CT|TB)|/\s?\d{0,4}/?\s?[A-ZĐ])")
_BEFORE = re.compile(
    r"(?<!tổng )(?<!đầu )(?<!cuối )(?<!\w)(?:số|mục|điều|khoản|phụ lục|biểu|bảng|chương|tháng|năm|quý|khóa|khoá|"
    r"lần thứ|nhiệm kỳ|mức độ) $"
)
"""What a number that names something follows, with its marks: "năm" is a year, "nam" are men."""
_OVER = re.compile(r"\s?/\s?(?P<of>\d{1,3}(?:\.\d{3})+|\d+)(?![\d/])")
_DONG = re.compile(r"\s?(?:dong|d|vnd)\b")
_SMALL = frozenset("so tong toan trong nam co da duoc la va cua luong cac voi tren ve o tai cho".split())
"""Words that make no difference between two names of one thing."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: offsets of its whole, what it counts (`after`) and what leads to it (`before`), both folded and
    within the clause; `of` is the whole of a fraction."""

    figure: Figure
    start: int
    end: int
    before: str
    after: str
    percent: bool = False
    money: bool = False
    of: Figure | None = None
    raw: str = ""

    @property
    def unit(self) -> str:
        """The word that it counts by: the first behind it."""
        return self.after.split(" ")[0]


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a sentence, in their order."""
    folded = fold(text)
    days = [(one.start, one.end) for one in dates(text)]
    kept = [one for one in numbers(text) if _counts(one, text, days)]
    ends = [0, *(one.end for one in kept)]
    starts = [*(one.start for one in kept), len(text)]
    return tuple(_quantity(one, folded, ends[n], starts[n + 1]) for n, one in enumerate(kept))


def _counts(one: Number, text: str, days: list[tuple[int, int]]) -> bool:
    if any(start < one.end and one.start < end for start, end in days) or _NO_COUNT.match(text, one.end):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", one.raw) or _BEFORE.search(text[max(one.start - 12, 0) : one.start].lower()):
        return False
    return one.digits > 0 or not re.match(r"[.)]\s", text[one.end : one.end + 2])


def _quantity(one: Number, folded: str, since: int, until: int) -> Quantity:
    over = _OVER.match(folded, one.end)
    end = over.end() if over else one.end
    return Quantity(
        one.figure, one.start, end, _last(folded[since : one.start]), _first(folded[end : max(until, end)]),
        one.percent, _DONG.match(folded, end) is not None, Figure.parse(over["of"]).figure if over else None, one.raw,
    )  # fmt: skip


def _first(said: str) -> str:
    stop = _STOPS.search(said)
    return said[: stop.start()].strip() if stop else said.strip()


def _last(said: str) -> str:
    return re.sub(r"^[^\w]+", "", _STOPS.split(said)[-1]).strip()


def words(said: str) -> tuple[str, ...]:
    """The words that tell one thing from another, folded, in their order."""
    return tuple(one for one in re.findall(r"[a-z0-9]+", fold(said)) if one not in _SMALL)
