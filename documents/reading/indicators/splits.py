"""Indicators told by both sexes ("22 em (nam 16, nữ 07)"), and the sex ratio at birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from documents.reading.events.told import sex_of
from documents.reading.figures.labels import before, core
from documents.reading.figures.marking import PEOPLE, THINGS, Marked
from documents.reading.figures.naming import named
from documents.reading.figures.numbers import Number
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Read

_SHARE = re.compile(
    r"[^.;\n\d%]{0,80}?(?:,|\()\s?(?:chiem|dat|bang|tuong duong|tuong ung|ung voi|ty le|ti le)"
    r"(?: (?:ty le|ti le))?:?\s"
)
_BARE = re.compile(r"\s?[^\W\d]+(?: [^\W\d]+){0,2},\s")
_OVER = re.compile(r"\s?(?:[;)\n]|\.(?!\d)|$)")
"""As "1.234 hộ, 15,73%.": nothing but the unit before the share, nothing behind it."""
_FAR = 300
_IN_BRACKETS = re.compile(r"\s?[a-z ]{0,40}\((?:chiem |dat |ty le |ti le )*")
_RATIO = re.compile(r"\s?(?:be |tre |tre em )?(?:trai|nam)\s?/\s?100\s?(?:be |tre |tre em )?(?:gai|nu)\b")


_AGE = re.compile(r"\s?(?:tuoi|thang tuoi)\b")
_OF_WOMEN = re.compile(r"\s?[a-z ]{0,12}[,(]\s?(?:chiem|dat|ty le|ti le)?(?: ty le| ti le)?\s?:?\s*")


def splits(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """Men and women side by side, with all of them before if that is told."""
    for first, second in pairwise(marked.numbers):
        between = marked.flow.folded[first.end : second.start]
        if {first.start, second.start} & taken or len(between) > 30 or re.search(r"[.;\n]", between):
            continue
        sexes = [sex_of(marked, one, marked.counted(one, PEOPLE)) for one in (first, second)]
        if first.percent or second.percent or set(sexes) != {"male", "female"}:
            continue
        women, men = (first, second) if sexes[0] == "female" else (second, first)
        whole = _whole(marked, first, taken) or _sum_of(marked, first, second, taken)
        taken |= {first.start, second.start} | ({whole.start} if whole else set())
        at = whole or first
        share = _share_of(marked, women, taken) if women is second else None
        yield at.start, _told(marked, at, whole, women, men, share)


def _told(
    marked: Marked, at: Number, whole: Number | None, women: Number, men: Number, share: Number | None
) -> Read[Indicator]:
    flow = marked.flow
    unit = marked.counted(at, PEOPLE) or marked.counted(at, THINGS)
    label = named(marked, at.start, at.end, unit) if whole else core(before(flow, at.start))
    percent, end = share.figure if share else None, (share or max(women, men, key=lambda one: one.end)).end
    value = Indicator(label, women.figure, whole.figure if whole else None, percent, "female", men.figure, unit=unit)
    return Read(value, squeeze(flow.text[at.start : end]), flow.place(at.start), 0.93)


def _share_of(marked: Marked, women: Number, taken: set[int]) -> Number | None:
    """The percentage right behind the women: "nữ 19 em (chiếm 47,9%)"."""
    share = marked.number_behind(women.end)
    if share is None or not share.percent or not _OF_WOMEN.fullmatch(marked.flow.folded[women.end : share.start]):
        return None
    taken.add(share.start)
    return share


def _sum_of(marked: Marked, first: Number, second: Number, taken: set[int]) -> Number | None:
    """The count earlier in the sentence that both add up to: "163 trẻ sinh ra, …; 86 bé trai, 77 bé gái"."""
    start = marked.flow.sentence(first.start)[0]
    both = first.figure.amount + second.figure.amount
    near = marked.numbers_between(max(start, first.start - _FAR), first.start)
    ahead = [one for one in near if one.start not in taken]
    return next((one for one in ahead if one.figure.amount == both and marked.unit(one) and not one.percent), None)


def _whole(marked: Marked, first: Number, taken: set[int]) -> Number | None:
    """The count of people or cases just before, in the same sentence."""
    numbers = marked.numbers
    n = next((n for n, one in enumerate(numbers) if one.start == first.start), 0)
    n -= bool(n > 1 and _AGE.match(marked.flow.folded, numbers[n - 1].end))  # "trẻ em dưới 16 tuổi, trong đó nam …"
    last = numbers[n - 1] if n else None
    if last is None or last.percent or last.start in taken or last.figure.amount < first.figure.amount:
        return None
    between = marked.flow.folded[last.end : first.start]
    counted = marked.unit(last) and not marked.modifies(last)
    return last if counted and len(between) < 90 and not re.search(r"\.\s|[;\n]", between) else None


def share_behind(marked: Marked, number: Number, taken: set[int]) -> Number | None:
    """The percentage that a count is told with: "33 hộ nghèo, chiếm 2,81%"; then it is taken."""
    other = marked.number_behind(number.end)
    if other is None or not other.percent or other.start in taken:
        return None
    folded = marked.flow.folded
    between = folded[number.end : other.start]
    if not _SHARE.fullmatch(between) and not (_BARE.fullmatch(between) and _OVER.match(folded, other.end)):
        return None
    taken.add(other.start)
    return other


def share_in_brackets(marked: Marked, number: Number) -> Number | None:
    """As "74 người (20,33%)"."""
    other = marked.number_behind(number.end)
    if other is None or not other.percent:
        return None
    between = marked.flow.folded[number.end : other.start]
    return other if _IN_BRACKETS.fullmatch(between) else None


def sex_ratios(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "tỷ số giới tính khi sinh 111,9 bé trai/100 bé gái"."""
    flow = marked.flow
    for number in marked.numbers:
        found = _RATIO.match(flow.folded, number.end)
        if found is None or number.start in taken:
            continue
        taken |= {one.start for one in marked.numbers if number.start <= one.start < found.end()}
        unit = squeeze(flow.text[number.end : found.end()])
        value = Indicator(core(before(flow, number.start)), number.figure, unit=unit)
        yield number.start, Read(value, squeeze(flow.text[number.start : found.end()]), flow.place(number.start), 0.93)
