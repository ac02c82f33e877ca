"""Running text with its numbers found once: dates, fractions, shares, money, people, events."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from documents.reading.cited.symbols import BARE, NUMBERED
from documents.reading.days.dates import dates
from documents.reading.figures.numbers import Number, numbers
from documents.reading.figures.units import dong_behind, modifies, thing
from documents.reading.flow import Flow

_MONEY_SCALE = re.compile(r"(?:trieu|ty|ti|tr)\.?$")
_PEOPLE = (
    r"nguoi|luot(?: nguoi)?|dai bieu|hoc vien|hoi vien|doan vien|"
    r"chi\b(?! hoi\b| bo\b| doan\b| cuc\b| nhanh\b)|chi em|anh|em\b|chau|hoc sinh|sinh vien|can "
    r"bo|cong chuc|"
    r"vien chuc|phu nu|nam gioi|nu\b|nam\b|lao dong|dong chi|d/c|thanh vien|dang vien|nan nhan|tre em|tre\b|nguoi "
    r"dan|cong nhan|san phu|"
    r"ho\b(?! so\b(?! voi))|ho gia dinh|gia dinh|"
    r"(?:giao|nhan|cong tac|tuyen truyen|hoa giai|dieu tra|bao cao|tinh nguyen|van dong|huong dan) vien|"
    r"ba me|thanh nien|nong dan"
)
PEOPLE = re.compile(rf"\s?(?P<word>{_PEOPLE})")
EVENT = re.compile(
    r"\s?(?P<word>cuoc(?! goi\b| dien thoai\b)|buoi|lop|hoi nghi|dot|toa dam|hoi thao|dien dan|chuyen muc|"
    r"hoat dong|tin,? ?bai|"
    r"lan\b(?=\s?/)|bai viet|bai|tin\b(?! bao)|doan\b(?! vien| the)|phien|"
    r"chuong trinh|phong su|hoi thi|cuoc thi|chuyen de|chien dich|le phat dong|le mit tinh)"
)
THINGS = re.compile(
    r"\s?(?P<word>vu(?: viec)?|truong hop|don\b(?! vi)|don thu|bang ron|bang zon|khau hieu|pa ?no|ap phich|to roi|"
    r"to gap|to buom|cuon|"
    r"quyen|clip|video|san pham|suat|phan qua|tram|co so|co quan|don vi|dia chi|nhom|can nha|mo hinh|cau lac bo|"
    r"\"|mai am|ngoi nha|nha\b|to truyen thong|cap\b|tai bien|ca\b|ngay cong|xe dap|ao phao|the\b)"
)
PLACES = re.compile(
    r"\s?(?P<word>xa|phuong|thi tran|dac khu|huyen|thon|ap|khom|ban|bon|buon|to dan pho|khu|don vi|co quan|truong|"
    r"chi hoi|chi bo|ho|to chuc|doanh nghiep|nha van hoa)\b"
)
"""Places and bodies that a fraction counts."""
_SHARE_OF = re.compile(r"%[^%.;:\n()]{2,60}\($")
_FRACTION = re.compile(
    r"(?<![\d/.,\w-])(?P<a>\d{1,3}(?:\.\d{3})+|\d+)\s?/\s?(?P<b>\d{1,3}(?:\.\d{3})+|\d+)(?![\d/]|\.\d|\s?/)"
)
_DATEISH = re.compile(
    r"(?:ngay|\bthu (?:hai|ba|tu|nam|sau|bay)|chu nhat|tu|den|va|-|\()\s*(?:\d{1,2}/\d{1,2}\s*(?:,|va|den|-)\s*)?$"
)


@dataclass(frozen=True, slots=True)
class Fraction:
    """As "678/1.527": offsets, numerator, denominator."""

    start: int
    end: int
    part: Number
    whole: Number


class Marked:
    """A flow with its numbers told apart."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._taken = sorted(_taken(flow))

    @cached_property
    def fractions(self) -> list[Fraction]:
        """Fractions that are no dates and no document numbers."""
        return [one for found in _FRACTION.finditer(self.flow.folded) if (one := self._fraction(found))]

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers outside dates, document numbers and fractions, paragraph by paragraph."""
        taken = sorted([*self._taken, *((one.start, one.end) for one in self.fractions)])
        found, start = [], 0
        for paragraph in self.flow.text.split("\n"):
            for number in numbers(paragraph):
                moved = _moved(number, start)
                if not _overlaps(taken, moved.digits, moved.end) and not self._is_label(moved):
                    found.append(moved)
            start += len(paragraph) + 1
        return found

    def number_behind(self, end: int) -> Number | None:
        """The first number at or behind an offset."""
        at = bisect_left(self._starts, end)
        return self.numbers[at] if at < len(self._starts) else None

    def numbers_between(self, start: int, end: int) -> list[Number]:
        """The numbers that begin at or behind the first offset and before the second."""
        return self.numbers[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.numbers]

    def is_money(self, number: Number) -> bool:
        """Whether đồng stands behind it, or it is in millions of nothing else."""
        if dong_behind(self.flow.text, self.flow.folded, number.digits, number.end):
            return True
        behind = self.flow.folded[number.end : number.end + 14]
        return bool(_MONEY_SCALE.search(self.flow.folded[number.digits : number.end])) and not re.match(
            r" ?(?:luot|nguoi|ho\b|to\b|ban\b|tin\b|lao dong|hoc sinh|[a-z])", behind
        )

    def money_end(self, number: Number) -> int:
        """Where the amount with its "đồng" ends."""
        found = dong_behind(self.flow.text, self.flow.folded, number.digits, number.end)
        return found.end() if found else number.end

    def counted(self, number: Number, words: re.Pattern[str]) -> str:
        """The word of this kind right behind a number, or ""."""
        found = words.match(self.flow.folded, number.end)
        word = self.flow.text[found.start("word") : found.end("word")] if found else ""
        return "" if word.lower() == "năm" else word  # years, not men

    def unit(self, number: Number) -> str:
        """The word that it counts: people, things of the known kinds, else any noun behind a whole number."""
        known = self.counted(number, PEOPLE) or self.counted(number, THINGS)
        return known or thing(self.flow.text, self.flow.folded, number.end)

    def unit_behind(self, end: int) -> str:
        """The word that the number which ends here counts, or ""."""
        number = self._ending.get(end)
        return self.unit(number) if number else ""

    def modifies(self, number: Number) -> bool:
        """Whether it is no figure of its own but part of a noun ("trẻ 6 - 11 tháng", "loại 2")."""
        counts = bool(self.unit(number))
        return not number.percent and modifies(self.flow.folded, number.digits, number.end, self.flow.text, counts)

    def figure_before(self, start: int, floor: int) -> tuple[int, int] | None:
        """The figure that ends last before an offset, not before `floor`; an amount ends behind its "đồng"."""
        at = bisect_left(self._figures, (start, -1)) - 1
        return self._figures[at] if at >= 0 and self._figures[at][0] >= floor else None

    def figure_behind(self, end: int, last: int) -> tuple[int, int] | None:
        """The figure that begins first at or behind an offset, before `last`."""
        at = bisect_left(self._figures, (end, -1))
        return self._figures[at] if at < len(self._figures) and self._figures[at][0] < last else None

    @cached_property
    def _figures(self) -> list[tuple[int, int]]:
        found = [(one.start, one.end) for one in self.fractions]
        for one in self.numbers:
            if not self.modifies(one):
                found.append((one.start, self.money_end(one) if self.is_money(one) else one.end))
        return sorted(found)

    @cached_property
    def _ending(self) -> dict[int, Number]:
        return {one.end: one for one in (*self.numbers, *(one.whole for one in self.fractions))}

    def _is_label(self, number: Number) -> bool:
        """A heading's own number ("2.", "Bảng 3", "Điều 5"), a year, a telephone."""
        folded = self.flow.folded
        before, behind = folded[max(number.start - 14, 0) : number.start], folded[number.end : number.end + 2]
        if number.figure.amount >= 10_000 or self.is_money(number):  # no heading has such a number
            return False
        if (number.digits == 0 or folded[number.digits - 1] == "\n") and re.match(r"[.)/]\s?", behind):
            return True
        if self._counts_plainly(number):
            return False
        if re.search(r"(?:\bnam|dieu|khoan|bang|bieu|phu luc|muc|phan|chuong|quyet so|luat so|duong day nong|"
                     r"so dien thoai|dt:?|hotline|cap|lop|"
                     r"phong|tuoi tu|thang|quy|khoa|thu|giai doan|\d{4} ?-)\s*$", before):  # fmt: skip
            return not number.percent and not re.search(
                r"(?<!\w)nam\s*$", self.flow.text[max(number.start - 14, 0) : number.start], re.I
            )
        return bool(re.fullmatch(r"(?:19|20)\d\d", number.raw)) and not re.match(
            r"\s?(?:nguoi|luot|ho|dong|cuoc)", folded[number.end : number.end + 8]
        )

    def _counts_plainly(self, number: Number) -> bool:
        """More than a month, a grade or an article has, no year, and a unit behind: "cuối năm 183 hộ", "cấp 4,7 km"."""
        size = number.figure.amount
        small = size <= 12 and number.figure.is_whole or 1900 <= size <= 2100 and "." not in number.raw
        return not small and bool(self.unit(number))

    def _fraction(self, found: re.Match[str]) -> Fraction | None:
        if _overlaps(self._taken, found.start(), found.end()):
            return None
        part, whole = next(numbers(found["a"]), None), next(numbers(found["b"]), None)
        if part is None or whole is None:
            return None
        ahead = self.flow.folded[max(found.start() - 64, 0) : found.start()]
        told = bool(_SHARE_OF.search(ahead)) and part.figure.amount <= whole.figure.amount  # "100% ấp (06/06 ấp)"
        if found["b"] in ("24", "7") and found["a"] in ("24", "7") and not told:
            return None
        before, behind = (
            self.flow.folded[max(found.start() - 30, 0) : found.start()],
            self.flow.folded[found.end() : found.end() + 20],
        )
        day, month = part.figure.amount, whole.figure.amount
        may_be_date = 1 <= day <= 31 and 1 <= month <= 12 and "." not in found["a"]
        if (
            may_be_date
            and not (told and (day == month or PLACES.match(behind)))
            and (_DATEISH.search(before) or re.search(r"\b(?:ngay|quoc te|le|dip|ky niem)\b[^;.:]*$", before))
            and not PEOPLE.match(behind)
        ):
            return None
        if 1900 < month < 2100 and day <= 12 or found["b"] == "0":
            return None
        return Fraction(found.start(), found.end(), _moved(part, found.start("a")), _moved(whole, found.start("b")))


def _taken(flow: Flow) -> Iterable[tuple[int, int]]:
    """Spans of dates and of other papers' numbers."""
    for pattern in (NUMBERED, BARE):
        for found in pattern.finditer(flow.text):
            capitals = re.search(r"[A-ZĐ]{2}", found["symbol"]) is not None
            if capitals:
                yield found.start(), found.end()
    start = 0
    for paragraph in flow.text.split("\n"):
        for dated in dates(paragraph):
            if dated.date.year or "ngay" in dated.raw.lower() or "ngày" in dated.raw.lower():
                yield start + dated.start, start + dated.end
        start += len(paragraph) + 1


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (end, -1))
    return any(first < end and start < last for first, last in spans[max(at - 3, 0) : at])


def _moved(number: Number, by: int) -> Number:
    return Number(
        number.start + by, number.end + by, number.digits + by, number.figure, number.percent, number.raw, number.doubt
    )
