"""The whole that a figure is a part of (mẫu số): told with it, in brackets behind its share, or told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from documents.reading.figures.labels import behind, core
from documents.reading.figures.marking import PEOPLE, Marked
from documents.reading.figures.naming import named
from documents.reading.figures.numbers import Number
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator, Sex
from documents.reading.indicators.splits import share_behind, share_in_brackets
from documents.reading.model import Read
from states.figures import Bound, Figure

_OF = re.compile(r"\btrong (?:so |tong so )?$")
_THERE = re.compile(r"[^.;\n\d]{0,60}?\b(?:co|thi co|da co)\s$")
_OVER = re.compile(r"\s?(?:[^\s.;,()]+ ){0,14}(?:(?:tren|trong) (?:tong so|tong)|trong so) ")
_IN = re.compile(r"\s(?:[a-z]+ )?trong ")
_SLASH = re.compile(r"\s?[a-z]+(?: [a-z]+){0,2}\s?/\s?")
_CLOSE = re.compile(r"\s?(?:[^\s.;,()]+ ){0,9}")
_BASE = re.compile(r"\s[^.;,()%\d]{2,60}\((?:ke hoach|chi tieu|tong so)?:?\s?")
_WOMEN_ALL = re.compile(r"\s(?:[^\W\d_]+\s){0,3}?(?:phụ nữ|nữ)(?!\w)", re.IGNORECASE)
_FEW_DIGITS, _LATEST = 2, 200


def so_many_of(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "Trong 33 hộ nghèo có 14 hộ do phụ nữ làm chủ hộ, chiếm 42,4%"."""
    flow = marked.flow
    for whole, part in pairwise(marked.numbers):
        led = _OF.search(flow.folded[max(whole.start - 20, 0) : whole.start])
        if not led or whole.percent or part.percent or {whole.start, part.start} & taken:
            continue
        if not _THERE.fullmatch(flow.folded[whole.end : part.start]) or part.figure.amount > whole.figure.amount:
            continue
        yield whole.start, _told(marked, core(behind(flow, part.end)), part, whole, taken)


def over_all(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "Lao động nữ có việc làm là 134 người trên tổng số 251 người, chiếm 53,4%", "158 hộ nghèo trên 7.349 hộ"."""
    numbers = [one for one in marked.numbers if not marked.modifies(one)]
    for part, whole in pairwise(numbers):
        if part.percent or whole.percent or {whole.start, part.start} & taken or marked.is_money(whole):
            continue
        if part.figure.amount <= whole.figure.amount and _are_over(marked, part, whole):
            unit = marked.unit(part) or marked.unit(whole)
            name = named(marked, part.start, part.end, unit) or core(behind(marked.flow, whole.end))
            read = _told(marked, name, part, whole, taken)
            if _WOMEN_ALL.match(marked.flow.text, whole.end):  # "22 trên tổng số 37 cán bộ nữ": all are women
                read = replace(read, value=replace(read.value, sex=""))
            yield part.start, read


def _are_over(marked: Marked, part: Number, whole: Number) -> bool:
    """Whether the words between them say so; the bare «trên» only between equal units, where a share fits."""
    between = marked.flow.folded[part.end : whole.start]
    if _OVER.fullmatch(between):
        return True
    if _SLASH.fullmatch(between):  # "11 vụ/13 vụ"
        return marked.unit(part) == marked.unit(whole) != ""
    if _IN.fullmatch(between):
        return marked.unit(part) in ("", "trong", marked.unit(whole)) and bool(marked.unit(whole))
    above = whole.figure.bound is Bound.MORE_THAN and whole.raw.lower().startswith("trên")
    same = marked.unit(part) == marked.unit(whole) != ""
    share = share_behind(marked, whole, set())
    return above and same and share is not None and bool(_CLOSE.fullmatch(between)) and _fits(part, whole, share)


def _told(marked: Marked, name: str, part: Number, whole: Number, taken: set[int]) -> Read[Indicator]:
    taken |= {whole.start, part.start}
    last = max(part, whole, key=lambda one: one.end)
    share = share_behind(marked, last, taken) or share_in_brackets(marked, last)
    taken |= {share.start} if share else set()
    sex: Sex = "female" if re.search(r"\b(?:phụ nữ|nữ)\b", name.lower()) else ""
    all_of_it = whole.figure if whole.figure.bound is not Bound.MORE_THAN else Figure.exact(whole.figure.amount)
    value = Indicator(name, part.figure, all_of_it, share.figure if share else None, sex,
                      unit=marked.counted(part, PEOPLE) or marked.unit(part))  # fmt: skip
    start, end = min(part.start, whole.start), max(one.end for one in (part, whole, share or part))
    return Read(value, squeeze(marked.flow.text[start:end]), marked.flow.place(start), 0.9)


def base_behind(marked: Marked, number: Number, share: Number, taken: set[int]) -> Figure | None:
    """As "1.046 người, bằng 33,2% kế hoạch cả năm (3.150 người)": the whole, where the share fits it; then taken."""
    whole = marked.number_behind(share.end)
    if whole is None or whole.percent or not _BASE.fullmatch(marked.flow.folded[share.end : whole.start]):
        return None
    if not _fits(number, whole, share):
        return None
    taken.add(whole.start)
    return whole.figure


def _fits(part: Number, whole: Number, share: Number) -> bool:
    return fits(part.figure.amount, whole.figure.amount, share.figure)


def fits(part: Decimal, whole: Decimal, share: Figure) -> bool:
    """Whether the share is part of whole, rounded or cut to as many digits as it is told with."""
    digits = max(-int(share.amount.as_tuple().exponent), 0)
    return whole > 0 and abs(100 * part / whole - share.amount) < Decimal(1).scaleb(-digits)


def with_wholes(marked: Marked, ordered: Sequence[tuple[int, Read[Indicator]]]) -> list[tuple[int, Read[Indicator]]]:
    """Counts told with a share but no whole: the one whole before them that the share fits, and that it was found."""
    found: list[tuple[int, Read[Indicator]]] = []
    for at, read in ordered:
        value = read.value
        wants = value.percent is not None and value.denominator is None
        whole = _whole_before(marked, at, value, found) if wants else None
        if whole is not None:
            said = f"mẫu số lấy từ số {whole.vi} nêu trước, khớp tỷ lệ"
            read = replace(read, value=replace(value, denominator=whole), said=read.said or said)
        elif wants and found and (whole := _sibling_whole(marked, at, value, found[-1])):
            said = f"mẫu số lấy từ số {whole.vi} nêu trước, không khớp tỷ lệ"
            read = replace(read, value=replace(value, denominator=whole), sure=0.6, said=said)
        found.append((at, read))
    return found


def _sibling_whole(marked: Marked, at: int, value: Indicator, last: tuple[int, Read[Indicator]]) -> Figure | None:
    """The whole of the part told just before in one list, whose share fits it: this one's share may be wrong."""
    before, one = last[0], last[1].value
    lead = _lead(value.name)
    same = one.percent and one.unit == value.unit and lead and _lead(one.name) == lead
    if not same or value.numerator is None or one.numerator is None or one.denominator is None or value.sex:
        return None
    if marked.flow.sentence(at)[0] > before or value.numerator.amount >= one.denominator.amount:
        return None
    return one.denominator


def _lead(name: str) -> str:
    """What leads a list's names, without its figures; "" where nothing does."""
    lead, colon, _ = name.partition(": ")
    return squeeze(re.sub(r"(?<!\w)\d[\d.]*\s", "", lead)) if colon else ""


def _whole_before(marked: Marked, at: int, value: Indicator, found: list[tuple[int, Read[Indicator]]]) -> Figure | None:
    if value.numerator is None or value.percent is None or value.sex or value.moved or value.percent.amount >= 100:
        return None
    near = marked.flow.paragraph(at)[0]
    exact = len(str(value.percent.amount).replace(".", "").strip("0")) > _FEW_DIGITS
    fit: dict[Decimal, Figure] = {}
    for before, read in reversed(found[-_LATEST:]):
        if before < near and (fit or not exact):
            break
        for one in (read.value.denominator, read.value.numerator):
            if one and one.is_exact and value.numerator.amount < one.amount and fits(
                    value.numerator.amount, one.amount, value.percent):  # fmt: skip
                fit[one.amount] = one
    return next(iter(fit.values())) if len(fit) == 1 else None
