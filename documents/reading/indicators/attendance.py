"""The share of women among those who came, where a percentage says it: an event holds people, not percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.events.told import sex_of
from documents.reading.figures.labels import before, behind, core
from documents.reading.figures.marking import PEOPLE, Marked
from documents.reading.figures.naming import named
from documents.reading.figures.numbers import Number
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Read

_ONLY_SHARE = re.compile(r"[^.;\n\d]{0,60}?\btrong do[^.;\n\d]{0,20}?\bnu\b[^.;\n\d]{0,20}")
_THEN = re.compile(r"[^.;,\n\d]{0,60}?,\s[^.;,\n\d]{0,16}")
_ARE_WOMEN = re.compile(r"\s?(?:trong so (?:do|nay) )?la (?:phu )?nu\b(?! ho sinh)")
"""As "2.870 lượt người nghe, ước 60% là nữ"."""
_CLOSE = re.compile(r"[^.;\n\d]{0,45}")


def attendance(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "165 người dự (nữ: 98 người, tỷ lệ 59,4%)", "150 học viên, trong đó nữ chiếm ít nhất 50%"."""
    numbers = marked.numbers
    for at, percent in enumerate(numbers):
        if not percent.percent or percent.start in taken or at == 0:
            continue
        last = numbers[at - 1]
        ahead = marked.flow.folded[last.end : percent.start]
        if _ONLY_SHARE.fullmatch(ahead) and marked.counted(last, PEOPLE):
            taken |= {percent.start, last.start}
            yield last.start, _read(marked, last, None, percent)
        elif _THEN.fullmatch(ahead) and _ARE_WOMEN.match(marked.flow.folded, percent.end):
            if marked.counted(last, PEOPLE) and not last.percent:
                taken |= {percent.start, last.start}
                yield last.start, _read(marked, last, None, percent)
        elif last.start in taken and _CLOSE.fullmatch(ahead) and _are_women(marked, last):
            if whole := _whole(marked, numbers[max(at - 3, 0) : at - 1], last, taken):
                taken.add(percent.start)
                yield whole.start, _read(marked, whole, last, percent)


def _are_women(marked: Marked, number: Number) -> bool:
    return sex_of(marked, number, marked.counted(number, PEOPLE)) == "female"


def _whole(marked: Marked, ahead: list[Number], women: Number, taken: set[int]) -> Number | None:
    """All who came: the nearest count of people before that is no smaller and that the event holds too."""
    for one in reversed(ahead):
        near = "\n" not in marked.flow.text[one.end : women.start] and women.start - one.end < 120
        if near and one.start in taken and marked.counted(one, PEOPLE) and one.figure.amount >= women.figure.amount:
            return one
    return None


def _read(marked: Marked, whole: Number, women: Number | None, percent: Number) -> Read[Indicator]:
    flow = marked.flow
    tail = core(behind(flow, percent.end + 1)) if flow.text[percent.end : percent.end + 1] == ")" else ""
    label = squeeze(f"{core(before(flow, whole.start))} {tail}")
    label = label or named(marked, whole.start, whole.end, marked.counted(whole, PEOPLE))
    value = Indicator(label, women.figure if women else None, whole.figure, percent.figure,
                      "female", unit=marked.counted(whole, PEOPLE))  # fmt: skip
    return Read(value, squeeze(flow.text[whole.start : percent.end]), flow.place(whole.start), 0.9)
