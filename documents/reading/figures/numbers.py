"""Numbers in running text (số liệu trong câu): amount, bound, scale and the word that is counted, with doubts told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from documents.reading.folding import fold
from states.figures import BadFigure, Bound, Figure

_BOUNDS = (
    (Bound.AT_LEAST, r"khong duoi|khong it hon|it nhat|toi thieu|>=|≥"),
    (Bound.AT_MOST, r"khong qua|khong vuot qua|toi da|nhieu nhat|<=|≤"),
    (Bound.MORE_THAN, r"tren|hon|>"),
    (Bound.LESS_THAN, r"duoi|chua den|chua toi|<"),
    (Bound.ABOUT, r"khoang|gan|xap xi|uoc tinh|uoc dat|uoc khoang|uoc|chung|tam|~|≈"),
)
_SCALES = {"tram": "trăm", "nghin": "nghìn", "ngan": "ngàn", "van": "vạn", "trieu": "triệu", "ty": "tỷ", "ti": "tỷ",
           "tr": "triệu"}  # fmt: skip
_WRITTEN = {*_SCALES, *_SCALES.values(), "tỉ"}
_LIKE_SCALE = re.compile(rf"\b(?:{'|'.join(_SCALES)})\b")
_DIGITS = r"(?:\d{1,3}(?:[. ]\d{3})+(?![\d.])(?:,\d{1,6})?|\d+(?:[.,]\d+)*)"
_SCALE = rf"(?:\s?(?:{'|'.join(_SCALES)})\b\.?)"
_BOUND = "|".join(words for _, words in _BOUNDS)
_BEGINS = r"(?:(?<![\w.,/])|(?<=[a-z]/)(?!(?:19|20)\d\d\b))"
"""Where a number may begin: behind no letter or digit, or behind a word and a slash ("02 lớp/85 lượt")."""
_AMOUNT = re.compile(
    rf"(?:(?<![\w])(?P<bound>{_BOUND}|tu)\s*)?"
    rf"{_BEGINS}(?P<amount>{_DIGITS}{_SCALE}?(?:\s{_DIGITS}{_SCALE})*)"
    r"(?![\d])(?P<percent>\s?%|\s?phan tram\b)?"
)
_UP = re.compile(r"\s*(?:[^\W\d]+\s){0,4}?tro len\b")
_DOWN = re.compile(r"\s*(?:[^\W\d]+\s){0,4}?tro xuong\b")
_RANGE = re.compile(r"\s?(?:den|toi|-)\s?")
"""Between the two ends of a range ("từ 40 đến 45", "04 - 06"), folded."""
_NO_COUNT = re.compile(r"\s?(?:/|tuoi|thang|nam\b|gio|h\b|-)")
_DAYS = re.compile(r"(?:ngay|thang|nam|gio|tuoi) (?:tu )?$")
_MISREAD = re.compile(r"(?<![\w.,/-])(?=[oOlI]?[\d.,oOlI]*\d)(?=[\d.,]*[oOlI])[oOlI\d]+(?:[.,][oOlI\d]{3})*(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: offsets of the whole with its bound, of its digits; percent or not; why it may be wrong."""

    start: int
    end: int
    digits: int
    figure: Figure
    percent: bool
    raw: str
    doubt: str = ""


def numbers(text: str) -> Iterator[Number]:
    """All numbers of a tidy text in their order; dates, document numbers and fractions are not told apart here."""
    mended = _mended(text)
    folded = _scaled(mended)
    last: Number | None = None
    for found in _AMOUNT.finditer(folded):
        if number := _number(text, mended, folded, found):
            if last and (both := _range(text, folded, last, number)):
                last = both
                continue
            if last:
                yield last
            last = number
    if last:
        yield last


def _scaled(text: str) -> str:
    """Folded, without words that only look like a scale then: "06 văn bản" are no vạn, "17 trạm" no trăm."""
    return _LIKE_SCALE.sub(
        lambda found: found[0] if text[found.start() : found.end()].lower() in _WRITTEN else "#" * len(found[0]),
        fold(text),
    )


def _range(text: str, folded: str, low: Number, high: Number) -> Number | None:
    """Both ends as one number: at least the lower one, and told what the upper is; years and days are none."""
    led = folded[max(low.digits - 3, 0) : low.digits] == "tu " or low.figure.bound is Bound.ABOUT
    between = folded[low.end : high.digits]
    if not _RANGE.fullmatch(between) or not (led or "-" in between) or not _counts_up(low, high):
        return None
    if _NO_COUNT.match(folded, high.end) or _DAYS.search(folded[max(low.digits - 10, 0) : low.digits]):
        return None
    about = low.figure.bound is Bound.ABOUT
    start = low.start if about else low.digits - 3 if led else low.digits
    raw = text[start : high.end].strip()
    figure = Figure(low.figure.amount, Bound.ABOUT if about else Bound.AT_LEAST)
    return Number(start, high.end, low.digits, figure, high.percent, raw, f"ghi «{raw}», giữ số thấp hơn")


def _counts_up(low: Number, high: Number) -> bool:
    """Two plain whole numbers of one size; years are none."""
    bounds = low.figure.bound in (Bound.EXACT, Bound.ABOUT) and high.figure.is_exact
    plain = bounds and all(one.figure.is_whole and not one.doubt for one in (low, high))
    one, two = low.figure.amount, high.figure.amount
    return plain and not low.percent and 0 < one < two <= 10 * one and (one < 1900 or "." in low.raw)


def one(text: str) -> Number | None:
    """The first number of a text, or None."""
    return next(numbers(text), None)


def _number(text: str, mended: str, folded: str, found: re.Match[str]) -> Number | None:
    said = re.sub(_SCALE, lambda scale: " " + _SCALES[scale[0].strip(" .")] + " ", found["amount"])
    amount, doubt = _amount(" ".join(said.split()))
    if amount is None:
        return None
    bound, end = _bound(found["bound"] or "", folded, found.end(), bool(found["percent"]))
    start = found.start() if bound is not Bound.EXACT or not found["bound"] else found.start("amount")
    if found["bound"] == "tu" and bound is Bound.EXACT:
        start = found.start("amount")
    if text[found.start() : end] != mended[found.start() : end]:
        doubt = f"chữ số bị nhận nhầm, đọc là {mended[found.start('amount') : found.end('amount')]}"
    figure = Figure(amount, bound)
    return Number(start, end, found.start("amount"), figure, bool(found["percent"]), text[start:end].strip(), doubt)


def _amount(said: str) -> tuple[Decimal | None, str]:
    """By the rules of `Figure.parse`; where blanks part thousands or a second number follows, the first alone."""
    for tried in (said, said.split(" ")[0]):
        try:
            reading = Figure.parse(tried)
        except BadFigure:
            continue
        if re.fullmatch(r"\d{1,3}(?: \d{3})+", tried):
            return reading.figure.amount, ""
        return reading.figure.amount, reading.echo if reading.doubt and not _is_decimal(tried) else ""
    return None, ""


def _is_decimal(said: str) -> bool:
    """One or two digits behind a dot can be no thousands ("99.5")."""
    return bool(re.fullmatch(r"\d+\.\d{1,2}", said))


def _bound(word: str, folded: str, end: int, percent: bool) -> tuple[Bound, int]:
    rest = folded[end : end + 60]
    if word == "":  # "100% có bằng THCS trở lên" are all
        rest = " ".join(rest.split(" ")[: 3 if percent else 5])
    if (up := _UP.match(rest)) and word in ("", "tu"):
        return Bound.AT_LEAST, end + (up.end() if len(up[0].split()) == 2 else 0)
    if (down := _DOWN.match(rest)) and word in ("", "tu"):
        return Bound.AT_MOST, end + (down.end() if len(down[0].split()) == 2 else 0)
    for bound, words in _BOUNDS:
        if word and re.fullmatch(words, word):
            return bound, end
    return Bound.EXACT, end


def _mended(text: str) -> str:
    """Letters that a scan takes for digits (O, l, I), inside numbers only."""
    return _MISREAD.sub(lambda found: found[0].translate(_LOOKS), text)


_LOOKS = str.maketrans("oOlI", "0011")
