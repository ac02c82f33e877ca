"""Figures (số liệu) and how they add up: exact or bounded values, ratios, sex splits, coverage.

Pure: no database, no clock, no form. Missing is not zero: where there is no `Figure` nothing was reported,
while an explicit "Không" is a reported 0. Amounts are `Decimal`; people, events and đồng are whole numbers.
SQL adds figures as ``SUM(amount), BIT_OR(bound)``; `Figure.of` reads that back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from enum import IntEnum, StrEnum
from typing import NamedTuple

from states.errors import Invalid
from states.sentences import Sentence


class BadFigure(Invalid):
    """«{text}» không đọc được thành số liệu: {why}."""


class BadCell(Invalid):
    """Ô số liệu «{text}» không có: {why}."""


class Cell(int):
    """A cell (ô số liệu) of a form as one integer: table × 10,000 + row × 100 + column.

    Row 0 is a free-text row not yet mapped to a category of the form.
    """

    __slots__ = ()

    @classmethod
    def of(cls, table: int, row: int, column: int) -> Cell:
        """Build a cell; `BadCell` outside table 1..999, row 0..99, column 1..99."""
        if not (1 <= table <= 999 and 0 <= row <= 99 and 1 <= column <= 99):
            raise BadCell(text=f"{table}/{row}/{column}", why="biểu từ 1 đến 999, dòng 0–99, cột 1–99")
        return cls(table * 10_000 + row * 100 + column)

    @property
    def table(self) -> int:
        """Number of the table in the form."""
        return self // 10_000

    @property
    def row(self) -> int:
        """Number of the category (or indicator); 0 is free text."""
        return self // 100 % 100

    @property
    def column(self) -> int:
        """Number of the column."""
        return self % 100


class Bound(IntEnum):
    """How sure a figure is; adds up by OR: bits 1 and 2 say "more", 4 and 8 "less", 16 "about"."""

    EXACT = 0
    AT_LEAST = 1  # từ … trở lên, ít nhất
    MORE_THAN = 3  # trên, hơn
    AT_MOST = 4  # tối đa, không quá
    LESS_THAN = 12  # dưới, chưa đến
    ABOUT = 16  # khoảng, gần

    @classmethod
    def normal(cls, bits: int) -> Bound:
        """The bound that a BIT_OR of bounds means: more and less together only leave "about"."""
        if not 0 <= bits <= 31:
            raise BadFigure(text=str(bits), why="giới hạn phải là một bộ bit từ 0 đến 31")
        if bits & 16 or (bits & 3 and bits & 12):
            return cls.ABOUT
        return cls(bits | 1 if bits & 2 else bits | 4 if bits & 8 else bits)


# A sum that would lose a digit must fail, never round: 50 digits hold any sum of the amounts we accept.
_SUM = Context(prec=50, traps=[Inexact, InvalidOperation])
_LARGEST = Decimal(10) ** 18
_SIGNS = {"": 0, ">=": 1, ">": 3, "<=": 4, "<": 12, "~": 16}
_CANONICAL = re.compile(r"(>=|<=|>|<|~|)(-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,5}[1-9])?)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported amount with its bound: "trên 540" is (540, MORE_THAN), and plus 25 is "trên 565"."""

    amount: Decimal
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        """Refuse NaN, infinity and floats; bring a raw bit mask to its normal form."""
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise BadFigure(text=repr(self.amount), why="số liệu phải là số thập phân hữu hạn")
        object.__setattr__(self, "bound", Bound.normal(self.bound))

    @classmethod
    def exact(cls, amount: int | Decimal) -> Figure:
        """An exact figure."""
        return cls(Decimal(amount))

    @classmethod
    def of(cls, amount: Decimal, bits: int) -> Figure:
        """What SQL's ``SUM(amount), BIT_OR(bound)`` says."""
        return cls(amount, Bound.normal(bits))

    @classmethod
    def from_canonical(cls, text: str) -> Figure:
        """Read the one form used in stored JSON ("565", ">565", "~12.5"); `BadFigure` for anything else."""
        found = _CANONICAL.fullmatch(text)
        if found is None or found[2] == "-0":
            raise BadFigure(text=text, why="dạng lưu trữ là chữ số không có dấu nhóm, ví dụ 1234 hoặc >540")
        return cls(Decimal(found[2]), Bound(_SIGNS[found[1]]))

    @classmethod
    def parse(cls, text: str) -> Reading:
        """Read a number as people type it in Vietnamese ("trên 540 lượt người", "25 ngàn", "Không").

        The reading carries the words to show back; `doubt` says that they may be wrong ("0.98", "1,118").
        Raises `BadFigure` naming the remedy; an empty text is refused, since missing is not zero.
        """
        return _parse(text)

    @staticmethod
    def total(figures: Iterable[Figure | None]) -> Figure | None:
        """Sum of the figures that are there; None when there is none."""
        result: Figure | None = None
        for figure in figures:
            if figure is not None:
                result = figure if result is None else result + figure
        return result

    def __add__(self, other: Figure) -> Figure:
        """Amounts add, bounds join."""
        return Figure(_SUM.add(self.amount, other.amount), Bound.normal(self.bound | other.bound))

    @property
    def is_exact(self) -> bool:
        """Whether the figure is a plain number."""
        return self.bound is Bound.EXACT

    @property
    def is_whole(self) -> bool:
        """Whether the amount can count people, events or đồng."""
        return self.amount == self.amount.to_integral_value()

    @property
    def canonical(self) -> str:
        """The form for canonical JSON: sign, digits, no grouping, a dot for decimals, no trailing zeros."""
        return next(s for s, bits in _SIGNS.items() if bits == self.bound) + _plain(self.amount)

    @property
    def vi(self) -> str:
        """The words for people: "1.234,5", "trên 565", "từ 25 trở lên"."""
        return _WORDS[self.bound].format(_plain(self.amount, ",").translate(_SWAP))

    def __str__(self) -> str:
        """Shown to people."""
        return self.vi

    def can_be_at_most(self, other: Figure) -> bool:
        """Whether the true value may be ≤ the other's: trên 540 can't be at most 540."""
        if self.bound in _NO_FLOOR or other.bound in _NO_CEILING:
            return True
        if self.bound is Bound.MORE_THAN or other.bound is Bound.LESS_THAN:
            return self.amount < other.amount
        return self.amount <= other.amount

    def can_equal(self, other: Figure) -> bool:
        """Whether both may tell of the same quantity."""
        return self.can_be_at_most(other) and other.can_be_at_most(self)


_NO_FLOOR = {Bound.ABOUT, Bound.AT_MOST, Bound.LESS_THAN}
_NO_CEILING = {Bound.ABOUT, Bound.AT_LEAST, Bound.MORE_THAN}
_SWAP = str.maketrans(",.", ".,")
_WORDS = {0: "{}", 1: "từ {} trở lên", 3: "trên {}", 4: "tối đa {}", 12: "dưới {}", 16: "khoảng {}"}


def _plain(amount: Decimal, grouping: str = "") -> str:
    text = f"{amount:{grouping}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


class Reading(NamedTuple):
    """A typed number as it was understood."""

    figure: Figure
    unit: str
    """The unit word that stood behind it ("buổi", "đồng", "%"), or ""."""
    echo: str
    """What to show the person: "đọc «1.118» là 1118"."""
    doubt: bool
    """True where another reading is likely; ask before taking it."""


_PREFIXES = [
    (Bound.AT_LEAST, "không dưới|không ít hơn|ít nhất|tối thiểu|>=|≥"),
    (Bound.AT_MOST, "không quá|không trên|tối đa|nhiều nhất|<=|≤"),
    (Bound.MORE_THAN, "trên|hơn|>"),
    (Bound.LESS_THAN, "dưới|chưa đến|chưa tới|<"),
    (Bound.ABOUT, "khoảng|gần|xấp xỉ|ước tính|ước đạt|ước|chừng|~|≈"),
]
_NIL = {"không", "không có", "không phát sinh", "không xảy ra", "chưa phát sinh"}
_TIMES = {
    "trăm": 100, "ngàn": 1_000, "nghìn": 1_000, "vạn": 10_000,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_NUMBER = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)*)"
_SCALE = rf"(?: ?(?:{'|'.join(_TIMES)})\b)"
_BODY = re.compile(rf"(-?{_NUMBER}{_SCALE}?(?: {_NUMBER}{_SCALE})*)([^0-9.,]*)")
_TERM = re.compile(rf"({_NUMBER})({_SCALE})?")
# Only words that name what is counted may follow: any other word could change the number ("10 hoặc hơn").
_UNIT_WORDS = frozenset(
    "% đ đồng vnđ vnd phần trăm điểm người lượt cuộc buổi đoàn đợt lần lớp hội nghị thi hộ gia đình chị em "
    "cháu trẻ bé học sinh phụ nữ nam lao động đại biểu sản cán bộ công chức viên thành đảng đồng chí bài tin "
    "viết chuyên mục chương trình phóng sự vụ việc trường hợp nạn nhân cái chiếc tấm tờ rơi gấp bướm băng "
    "rôn zôn khẩu hiệu pa nô áp phích cuốn quyển sản phẩm video clip trạm cơ sở quan đơn vị mô hình câu lạc "
    "địa chỉ nhóm khóm thôn xã phường phút giờ tham dự dân suất quà".split()
)


def _parse(text: str) -> Reading:
    said = text.strip()
    body = " ".join(unicodedata.normalize("NFC", text).lower().replace("−", "-").split()).rstrip(".;")
    if body in _NIL:
        return Reading(Figure.exact(0), "", Sentence("đọc «{said}» là {shown}", said=said, shown=0), False)
    bound, rest = _take_bound(body)
    found = _BODY.fullmatch(rest) if len(rest) <= 80 else None
    if found is None or not set(found[2].replace("%", " % ").split()) <= _UNIT_WORDS:
        raise BadFigure(text=said, why=_why(rest))
    amount, doubt = _amount(said, found[1])
    unit = "%" if found[2].strip().endswith(("%", "phần trăm")) else found[2].strip()
    shown = _WORDS[bound].format(_plain(amount).replace(".", ","))
    return Reading(Figure(amount, bound), unit, Sentence("đọc «{said}» là {shown}", said=said, shown=shown), doubt)


def _take_bound(body: str) -> tuple[Bound, str]:
    body = re.sub(r"^(?:có|đạt|được) ", "", body)
    for bound, ending in ((Bound.AT_LEAST, " trở lên"), (Bound.AT_MOST, " trở xuống")):
        if body.endswith(ending):
            return bound, body.removesuffix(ending).removeprefix("từ ")
    for bound, words in _PREFIXES:
        if found := re.match(rf"(?:{words})(?: |(?=[0-9]))", body):
            return bound, body[found.end() :]
    # A change against last year is typed in words: "tăng 2,43%" is positive, "giảm 2,43%" negative.
    return Bound.EXACT, re.sub(r"^tăng (?=[0-9])", "", re.sub(r"^giảm (?=[0-9])", "-", body))


def _amount(said: str, digits: str) -> tuple[Decimal, bool]:
    terms = [(number, word.strip()) for number, word in _TERM.findall(digits.removeprefix("-"))]
    scales = [_TIMES.get(word, 1) for _, word in terms]
    if any(later >= earlier for earlier, later in zip(scales, scales[1:], strict=False)):
        raise BadFigure(text=said, why=Sentence("ghi liền một số, ví dụ 4.267.000.000"))
    values = [_decimal(said, number, bool(word)) for number, word in terms]
    total = sum((v * scale for (v, _), scale in zip(values, scales, strict=True)), Decimal(0))
    if total >= _LARGEST or total != round(total, 6):
        why = Sentence("số quá lớn (từ 19 chữ số) hoặc quá lẻ (trên 6 chữ số thập phân)")
        raise BadFigure(text=said, why=why)
    return -total if digits.startswith("-") else total, any(doubt for _, doubt in values)


def _decimal(said: str, digits: str, scaled: bool) -> tuple[Decimal, bool]:
    """Dots group and a comma is the decimal mark; a dot or comma that may mean the other is a doubt."""
    if re.fullmatch(r"[0-9]+(,[0-9]{1,6})?", digits):
        return Decimal(digits.replace(",", ".")), len(digits.partition(",")[2]) == 3
    if re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]{1,6})?", digits):
        return Decimal(digits.replace(".", "").replace(",", ".")), scaled and digits.count(".") == 1
    if re.fullmatch(r"[1-9][0-9]{0,2}( [0-9]{3})+", digits):
        return Decimal(digits.replace(" ", "")), True
    if re.fullmatch(r"[0-9]+\.[0-9]{1,6}", digits):
        return Decimal(digits), True
    why = Sentence("dấu chấm để nhóm ba chữ số, dấu phẩy là phần thập phân, ví dụ 1.234,5")
    raise BadFigure(text=said, why=why)


def _why(body: str) -> str:
    if body in ("", "-", "–", "—"):
        return Sentence("ô để trống là chưa có số liệu; nếu không phát sinh thì ghi «Không»")
    if re.search(r"[0-9] ?/ ?[0-9]", body):
        return Sentence("đây là phân số; ghi tử số và mẫu số vào hai ô")
    if "/" in body:
        return Sentence("đây là tần suất; ghi tổng số trong kỳ, còn tần suất ghi ở cột chữ")
    if re.search(r"[0-9] ?(-|–|đến) ?[0-9]", body):
        return Sentence("đây là một khoảng; ghi một số, ví dụ «từ 10 trở lên» hoặc «khoảng 12»")
    return Sentence("chỉ ghi chữ số và đơn vị, ví dụ «1.234 người», «trên 540», «50 triệu đồng», «Không»")


class Match(StrEnum):
    """How a stated percentage (tỷ lệ) stands to its fraction."""

    EXACT = "exact"
    TRUNCATED = "truncated"  # cut instead of rounded: tolerated, but told
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage kept as numerator (tử số) and denominator (mẫu số): ratios add, percentages never do."""

    part: Figure
    whole: Figure

    def __add__(self, other: Ratio) -> Ratio:
        """Sum numerators and denominators."""
        return Ratio(self.part + other.part, self.whole + other.whole)

    def percent(self, digits: int = 2) -> Decimal | None:
        """Hundredths, rounded half-up; None where the denominator is 0."""
        return None if self._value is None else _cut(self._value, digits, ROUND_HALF_UP)

    def matches(self, stated: Figure) -> Match:
        """Compare at the digits that were stated; a stated bound ("trên 44%") must hold.

        "Khoảng", or a fraction that is itself bounded, is given one percentage point either way.
        """
        if self._value is None:
            return Match.WRONG
        if stated.bound is Bound.ABOUT or not (self.part.is_exact and self.whole.is_exact):
            return Match.EXACT if abs(self._value - stated.amount) <= 1 else Match.WRONG
        if not stated.is_exact:
            return Match.EXACT if Figure(self._value).can_equal(stated) else Match.WRONG
        digits = len(_plain(stated.amount).partition(".")[2])
        if _cut(self._value, digits, ROUND_HALF_UP) == stated.amount:
            return Match.EXACT
        return Match.TRUNCATED if _cut(self._value, digits, ROUND_DOWN) == stated.amount else Match.WRONG

    @property
    def _value(self) -> Decimal | None:
        return None if self.whole.amount == 0 else 100 * self.part.amount / self.whole.amount


def _cut(value: Decimal, digits: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding)


@dataclass(frozen=True, slots=True)
class Split:
    """A total split by sex (tách nam, nữ); any part may be missing."""

    male: Figure | None = None
    female: Figure | None = None
    unknown: Figure | None = None
    total: Figure | None = None

    @property
    def sum(self) -> Figure | None:
        """male + female + unknown, or None until both sexes are told."""
        if self.male is None or self.female is None:
            return None
        return Figure.total([self.male, self.female, self.unknown])

    @property
    def agrees(self) -> bool | None:
        """Whether the parts can make the total; None where something is missing."""
        return None if self.sum is None or self.total is None else self.sum.can_equal(self.total)

    @property
    def exceeds(self) -> bool:
        """Whether the parts that are told are surely more than the total, which no missing part can mend."""
        told = Figure.total([self.male, self.female, self.unknown])
        return told is not None and self.total is not None and not told.can_be_at_most(self.total)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a total is (độ phủ). Units waived before their deadline stand apart from `expected`."""

    expected: int
    received: int
    waived: int = 0
    missing: tuple[str, ...] = ()
    """Names of units that owe and have not sent, sorted; their number never exceeds the gap."""

    def __post_init__(self) -> None:
        """Refuse more received than expected, or more missing names than the gap."""
        gap = self.expected - self.received
        if min(self.expected, self.received, self.waived, gap) < 0 or len(self.missing) > gap:
            raise BadFigure(text=str(self), why="số đã nhận và số còn thiếu vượt quá số phải gửi")
        object.__setattr__(self, "missing", tuple(sorted(self.missing)))

    def __add__(self, other: Coverage) -> Coverage:
        """Coverage of both parts together."""
        return Coverage(
            self.expected + other.expected,
            self.received + other.received,
            self.waived + other.waived,
            self.missing + other.missing,
        )

    def __str__(self) -> str:
        """Received over expected: 92/96."""
        return f"{self.received}/{self.expected}"

    def vi(self, most: int = 10) -> str:
        """The sentence on a total's face: "92/96, còn thiếu: …; miễn báo cáo: 2"."""
        more = len(self.missing) - most
        names = ", ".join(self.missing[:most]) + (f" và {more} đơn vị khác" if more > 0 else "")
        waived = f"; miễn báo cáo: {self.waived}" if self.waived else ""
        return str(self) + (f", còn thiếu: {names}" if names else "") + waived
