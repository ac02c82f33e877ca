"""Indicators told as a total and the women in it: "1.260 người, trong đó lao động nữ là 504 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.figures.marking import PEOPLE, Marked
from documents.reading.figures.naming import named
from documents.reading.figures.numbers import Number
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Read

_AMONG = re.compile(
    r"(?:;(?= (?:phai |gioi )?nu\b)|trong do|trong so do|trong tong so do|bao gom|gom|,|\()[^.;]{0,60}?$"
)


def women_of(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "1.260 người, trong đó lao động nữ là 504 người"."""
    flow, numbers = marked.flow, marked.numbers
    for at, number in enumerate(numbers):
        if at == 0 or number.percent or number.start in taken or marked.is_money(number):
            continue
        whole = _told_of(marked, at)
        between = flow.folded[whole.end : number.start]
        counted = marked.counted(whole, PEOPLE) or "trong do" in between
        if whole.percent or whole.start in taken or not counted or "\n" in between or len(between) > 170:
            continue
        if (
            not _AMONG.search(between)
            or not _tells_women(marked, whole, number)
            or number.figure.amount > whole.figure.amount
        ):
            continue
        taken |= {whole.start, number.start}
        percent = _percent_behind(marked, number, taken)
        unit = marked.counted(whole, PEOPLE)
        label = named(marked, whole.start, whole.end, unit or marked.unit(whole))
        share = percent.figure if percent else None
        value = Indicator(label, number.figure, whole.figure, share, "female", unit=unit)
        raw = squeeze(flow.text[whole.start : percent.end if percent else number.end])
        yield whole.start, Read(value, raw, flow.place(whole.start), 0.93)


def _told_of(marked: Marked, at: int) -> Number:
    """The number just before, or over its share the count of people: "615 em, chiếm 31,8% dân số; trong đó nữ 297"."""
    numbers, last = marked.numbers, marked.numbers[at - 1]
    if last.percent and "trong do" in marked.flow.folded[last.end : numbers[at].start]:
        ahead = [one for one in numbers[max(at - 4, 0) : at - 1] if not one.percent and marked.counted(one, PEOPLE)]
        return ahead[-1] if ahead else last
    return last


def _tells_women(marked: Marked, whole: Number, number: Number) -> bool:
    text, folded = marked.flow.text, marked.flow.folded
    between = folded[whole.end : number.start]
    # In "11.346 hội viên phụ nữ, trên 5.000 đoàn viên" the women are the first number's, not a part of it.
    ahead = between.rsplit("trong do", 1)[-1] if "trong do" in between else re.split(r"[,(]", between, maxsplit=1)[-1]
    found = re.search(r"\b(?:nu\b(?! ho sinh)|phu nu|(?:tre em|be|em|chau|hoc sinh) gai)\b", ahead[-70:])
    if found and not re.search(r"\d", ahead):
        return True
    after = re.match(r"\s?(?:[^\W\d]+\s){0,3}?(?:nu\b(?! ho sinh)|phu nu|gai\b)", folded[number.end : number.end + 35])
    return bool(after) and "trong do" in between or bool(re.match(r"\s?n[ữữ]\b", text[number.end : number.end + 4]))


def _percent_behind(marked: Marked, number: Number, taken: set[int]) -> Number | None:
    for other in marked.numbers_between(number.end, number.end + 45):
        between = marked.flow.folded[number.end : other.start]
        if (
            other.percent
            and other.start not in taken
            and len(between) < 45
            and "\n" not in between
            and not re.search(r"[;\d]|\.\s", between)
        ):
            taken.add(other.start)
            return other
    return None
