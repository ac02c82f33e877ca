"""Dates as offices write them; what is blank stays blank: "ngày   tháng 12 năm 2023" is December 2023, no day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents.reading.folding import fold

_BLANK = r"[\s.…_·-]*"
_PART = r"[0-9OolIi|]{1,2}"
_LONG = re.compile(
    rf"ngay(?P<d>\s*{_PART}\b|{_BLANK}?)\s*,?\s*thang(?P<m>\s*{_PART}\b|"
    rf"{_BLANK}?)\s*,?\s*nam\s*(?P<y>[12][0-9Ool]{{3}}|20[\s.…_]*)"
)
_NO_WORD = re.compile(r"(?<![\w/])(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*nam\s*(?P<y>[12]\d{3})\b")
_MONTH = re.compile(r"(?<!ngay )thang\s*(?P<m>\d{1,2})\s*(?:nam|/|-)\s*(?P<y>[12]\d{3})\b")
_SHORT = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>[12]\d{3}|\d{2}(?=\D|$))(?![\d])"
)
_NO_DAY = re.compile(r"ngay\s*(?P<s>/)\s*(?P<m>\d{1,2})\s?/\s?(?P<y>[12]\d{3})\b")
_SLASHED = re.compile(r"(?:thang\s*)(?P<m>\d{1,2})\s?/\s?(?P<y>[12]\d{3})\b")
_NO_YEAR = re.compile(r"(?:ngay|den|tu|truoc)\s+(?:ngay\s+)?(?P<d>\d{1,2})\s?(?:/|thang\s)\s?(?P<m>\d{1,2})(?![\d/])")
_LOOKS = str.maketrans("OolIi|", "001111")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which any part may be missing (None)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def full(self) -> date | None:
        """The day, where all three parts are there."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    @property
    def iso(self) -> str:
        """As "2023-12-31", "2023-12", "2023"; an unknown part before a known one is XX ("XXXX-11-15", "2023-XX-05")."""
        parts = [f"{self.year:04d}" if self.year else "XXXX", f"{self.month:02d}" if self.month else "XX",
                 f"{self.day:02d}" if self.day else "XX"]  # fmt: skip
        while parts and parts[-1].startswith("XX"):
            parts.pop()
        return "-".join(parts)

    @property
    def words(self) -> str:
        """As "31/12/2023", with … for what is missing."""
        day, month = (f"{part:02d}" if part else "…" for part in (self.day, self.month))
        return f"{day}/{month}/{self.year or '…'}"

    def __str__(self) -> str:
        return self.iso


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: its offsets, its wording, and why it may be wrong."""

    start: int
    end: int
    date: PartialDate
    raw: str
    doubt: str = ""


def dates(text: str) -> Iterator[Dated]:
    """All dates of a tidy text in their order, none overlapping; an impossible one (31/02) is told and left partial."""
    folded, until = fold(text), 0
    found = [(m.start(), -m.end(), m) for pattern in _PATTERNS for m in pattern.finditer(folded)]
    for start, _, match in sorted(found, key=lambda one: one[:2]):
        if start >= until:
            until = match.end()
            yield _dated(text, match)


def one(text: str) -> Dated | None:
    """The first date of a text, or None."""
    return next(dates(text), None)


def _dated(text: str, match: re.Match[str]) -> Dated:
    doubts: list[str] = []
    said = {name: text[match.start(name) : match.end(name)] for name in match.groupdict() if match[name] is not None}
    day, month, year = (_number(said.get(name), doubts) for name in "dmy")
    if year == 20:  # "năm 20…" of a form not filled in
        year = None
    if year is not None and year < 100:
        doubts.append(f"năm viết hai chữ số, đọc là {2000 + year}")
        year += 2000
    if month is not None and not 1 <= month <= 12:
        doubts.append(f"không có tháng {month}")
        month = None
    if day is not None and not _possible(year, month, day):
        doubts.append(f"không có ngày {day} trong tháng {month or '?'}")
        day = None
    raw = text[match.start() : match.end()].strip()
    return Dated(match.start(), match.end(), PartialDate(year, month, day), raw, "; ".join(doubts))


def _number(said: str | None, doubts: list[str]) -> int | None:
    said = (said or "").strip()
    mended = said.translate(_LOOKS)
    if not re.fullmatch(r"\d+", mended):
        return None
    if mended != said:
        doubts.append(f"chữ số bị nhận nhầm, «{said}» đọc là {mended}")
    return int(mended)


def _possible(year: int | None, month: int | None, day: int) -> bool:
    try:
        return bool(date(year or 2024, month or 1, day))
    except ValueError:
        return False


_PATTERNS = (_LONG, _NO_WORD, _SHORT, _NO_DAY, _MONTH, _SLASHED, _NO_YEAR)
