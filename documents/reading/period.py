"""The period that a paper speaks of (kỳ báo cáo), from its title; its days by Nghị định 09/2019/NĐ-CP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from documents.reading.folding import fold
from documents.reading.model import Place, Read
from states import periods
from states.errors import DonDocError
from states.periods import Window

_YEAR = r"(?:nam |/ ?|- ?|cua nam )?(?P<y>20\d\d)"
_NEXT = r"\W{0,3}(?:va )?(?:phuong huong|nhiem vu|ke hoach|chuong trinh|trong tam|du kien)\b.*?"
"""What comes next, named between the period and the year of both: "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2026"."""
_KINDS = (
    ("half", re.compile(rf"(?:6|sau) thang(?: (?P<which>dau|cuoi))?(?: nam)?(?:{_NEXT}|\D{{0,12}}){_YEAR}")),
    ("nine_months", re.compile(rf"(?:9|chin) thang(?: dau)?(?: nam)?(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("quarter", re.compile(rf"quy (?P<n>iv|iii|ii|i|[1-4])\b(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("campaign", re.compile(rf"thang hanh dong.*?{_YEAR}")),
    ("month", re.compile(rf"thang (?P<n>1[0-2]|0?[1-9])\b(?:{_NEXT})? ?(?:nam |/ ?|- ?)(?P<y>20\d\d)")),
    ("year", re.compile(r"(?<!den )nam (?P<y>20\d\d)(?!\s?-)")),
    ("span", re.compile(r"giai doan (?P<y>20\d\d)\s?-\s?(?P<last>20\d\d)")),
)  # fmt: skip
_CAMPAIGNS = (
    ("binh dang gioi", (11, 15), (12, 15)), ("vi tre em", (6, 1), (6, 30)), ("bao luc gia dinh", (6, 1), (6, 30)),
    ("ma tuy", (6, 1), (6, 30)), ("dan so", (12, 1), (12, 31)), ("nguoi cao tuoi", (10, 1), (10, 31)),
    ("ve sinh lao dong", (5, 1), (5, 31)), ("hiv", (11, 10), (12, 10)), ("an toan thuc pham", (4, 15), (5, 15)),
)  # fmt: skip
"""Months of action (tháng hành động) that return each year: words of the title, first and last day."""
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """kind: half, nine_months, quarter, campaign, month, year, span; index within the year (1.. or None)."""

    kind: str
    year: int
    index: int | None
    first: date
    last: date

    @property
    def words(self) -> str:
        """Both days."""
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"


def period_of(title: str, place: Place, type_word: str | None) -> Read[Period] | None:
    """The first kind of period that the title names, most particular first."""
    said = fold(title)
    for kind, pattern in _KINDS:
        if found := pattern.search(said):
            window = _window(kind, found, type_word)
            if window is None:
                return None
            index = _index(kind, found)
            read = Period(kind, int(found["y"]), index, window.first, window.last)
            why = "" if kind == "span" else "ngày đầu, ngày cuối theo quy định chung, văn bản không ghi"
            return Read(read, title[found.start() : found.end()], place, 0.85, why)
    return None


def _window(kind: str, found: re.Match[str], type_word: str | None) -> Window | None:
    year, index = int(found["y"]), _index(kind, found)
    try:
        if kind == "span":
            return Window(date(year, 1, 1), date(int(found["last"]), 12, 31))
        if type_word == "Kế hoạch" and kind == "year":
            return Window(date(year, 1, 1), date(year, 12, 31))
        if kind == "campaign":
            return _campaign(found.string, year)
        return periods.window(kind, year, index)
    except DonDocError:
        return None


def _campaign(title: str, year: int) -> Window:
    """The days of a month of action; gender equality's run over two months."""
    for words, first, last in _CAMPAIGNS:
        if words in title:
            return Window(date(year, *first), date(year, *last))
    return Window(date(year, 11, 15), date(year, 12, 15))


def _index(kind: str, found: re.Match[str]) -> int | None:
    said = found.groupdict()
    if kind == "half":
        return 2 if said.get("which") == "cuoi" else 1
    number = said.get("n")
    return None if not number else _NUMBERS.get(number) or int(number)
