"""Indicators told by both sexes ("22 em (nam 16, nữ 07)") or as so many of so many ("Trong 33 hộ nghèo có 14 hộ …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from documents.reading.events import sex_of
from documents.reading.folding import squeeze
from documents.reading.indicator import Indicator, Sex
from documents.reading.labels import before, behind, core
from documents.reading.marking import PEOPLE, THINGS, Marked
from documents.reading.model import Read
from documents.reading.numbers import Number

_OF = re.compile(r"\btrong (?:so |tong so )?$")
_THERE = re.compile(r"[^.;\n\d]{0,60}?\b(?:co|thi co|da co)\s$")
_OVER = re.compile(r"\s?(?:[a-z]+ ){0,3}tren (?:tong so|tong) ")
_SHARE = re.compile(r"[^.;\n\d%]{0,80}?(?:,|\()\s?(?:chiem|dat|bang|tuong duong|ty le|ti le)(?: (?:ty le|ti le))?:?\s")
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
        whole = _whole(marked, first, taken)
        taken |= {first.start, second.start} | ({whole.start} if whole else set())
        at = whole or first
        share = _share_of(marked, women, taken) if women is second else None
        yield at.start, _told(marked, at, whole, women, men, share)


def _told(
    marked: Marked, at: Number, whole: Number | None, women: Number, men: Number, share: Number | None
) -> Read[Indicator]:
    flow = marked.flow
    unit = marked.counted(at, PEOPLE) or marked.counted(at, THINGS)
    said = flow.text[at.end : min(women.start, men.start)] if whole else ""
    label = squeeze(f"{core(before(flow, at.start))} {core(re.split(r'[(,:;]', said)[0])}")
    percent, end = share.figure if share else None, (share or max(women, men, key=lambda one: one.end)).end
    value = Indicator(label, women.figure, whole.figure if whole else None, percent, "female", men.figure, unit=unit)
    return Read(value, squeeze(flow.text[at.start : end]), flow.place(at.start), 0.93)


def _share_of(marked: Marked, women: Number, taken: set[int]) -> Number | None:
    """The percentage right behind the women: "nữ 19 em (chiếm 47,9%)"."""
    share = next((one for one in marked.numbers if one.start >= women.end), None)
    if share is None or not share.percent or not _OF_WOMEN.fullmatch(marked.flow.folded[women.end : share.start]):
        return None
    taken.add(share.start)
    return share


def _whole(marked: Marked, first: Number, taken: set[int]) -> Number | None:
    """The count of people or cases just before, in the same sentence."""
    numbers = marked.numbers
    n = next((n for n, one in enumerate(numbers) if one.start == first.start), 0)
    n -= bool(n > 1 and _AGE.match(marked.flow.folded, numbers[n - 1].end))  # "trẻ em dưới 16 tuổi, trong đó nam …"
    last = numbers[n - 1] if n else None
    if last is None or last.percent or last.start in taken or last.figure.amount < first.figure.amount:
        return None
    between = marked.flow.folded[last.end : first.start]
    counted = marked.counted(last, PEOPLE) or marked.counted(last, THINGS)
    return last if counted and len(between) < 90 and not re.search(r"\.\s|[;\n]", between) else None


def so_many_of(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "Trong 33 hộ nghèo có 14 hộ do phụ nữ làm chủ hộ, chiếm 42,4%"."""
    flow = marked.flow
    for whole, part in pairwise(marked.numbers):
        led = _OF.search(flow.folded[max(whole.start - 20, 0) : whole.start])
        if not led or whole.percent or part.percent or {whole.start, part.start} & taken:
            continue
        if not _THERE.fullmatch(flow.folded[whole.end : part.start]) or part.figure.amount > whole.figure.amount:
            continue
        taken |= {whole.start, part.start}
        share = share_behind(marked, part, taken)
        name = core(behind(flow, part.end))
        sex: Sex = "female" if re.search(r"\b(?:phụ nữ|nữ)\b", name) else ""
        value = Indicator(name, part.figure, whole.figure, share.figure if share else None, sex,
                          unit=marked.counted(part, PEOPLE))  # fmt: skip
        raw = squeeze(flow.text[whole.start : share.end if share else part.end])
        yield whole.start, Read(value, raw, flow.place(whole.start), 0.9)


def over_all(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "Lao động nữ có việc làm là 134 người trên tổng số 251 người, chiếm 53,4%"."""
    flow = marked.flow
    for part, whole in pairwise(marked.numbers):
        if part.percent or whole.percent or {whole.start, part.start} & taken:
            continue
        if not _OVER.fullmatch(flow.folded[part.end : whole.start]) or part.figure.amount > whole.figure.amount:
            continue
        taken |= {whole.start, part.start}
        share = share_behind(marked, whole, taken)
        name = core(before(flow, part.start)) or core(behind(flow, whole.end))
        sex: Sex = "female" if re.search(r"\b(?:phụ nữ|nữ)\b", name.lower()) else ""
        value = Indicator(name, part.figure, whole.figure, share.figure if share else None, sex,
                          unit=marked.counted(part, PEOPLE))  # fmt: skip
        raw = squeeze(flow.text[part.start : share.end if share else whole.end])
        yield part.start, Read(value, raw, flow.place(part.start), 0.9)


def share_behind(marked: Marked, number: Number, taken: set[int]) -> Number | None:
    """The percentage that a count is told with: "33 hộ nghèo, chiếm 2,81%"; then it is taken."""
    for other in marked.numbers:
        if other.start < number.end or not other.percent or other.start in taken:
            continue
        between = marked.flow.folded[number.end : other.start]
        if _SHARE.fullmatch(between):
            taken.add(other.start)
            return other
        return None
    return None


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
