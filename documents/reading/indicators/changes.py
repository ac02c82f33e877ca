"""By how much a figure rose or fell (tăng, giảm … so với …), and what it was before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from documents.reading.figures.labels import behind
from documents.reading.figures.marking import Marked
from documents.reading.figures.numbers import Number
from documents.reading.folding import squeeze
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Read
from states.figures import Figure

Told = tuple[int, Read[Indicator]]
_CHANGE = re.compile(r"\b(?P<way>tang|giam)\s*(?:len |xuong |them )?(?:khoang |tren )?$")
"""What leads a change against last year, folded."""
_BASE = re.compile(r"\bso voi (?P<when>[^.;()\n]{2,40}?)\s?\($")
"""What leads the figure of then: "giảm 31 hộ so với đầu năm 2024 (121 hộ)"."""


def way_of(marked: Marked, number: Number) -> str:
    """ "tang" or "giam" where the number is by how much something rose or fell; «tặng» is a gift."""
    start = max(number.start - 24, 0)
    found = _CHANGE.search(marked.flow.folded[start : number.start])
    if found is None or "ặ" in marked.flow.text[start + found.start() : start + found.end("way")].lower():
        return ""
    return found["way"]


def is_change(marked: Marked, number: Number) -> bool:
    """As "giảm 06 vụ": what changed since last year is no count of its own."""
    return bool(way_of(marked, number))


def with_changes(marked: Marked, ordered: Sequence[Told], taken: set[int]) -> list[Told]:
    """Each change with the indicator before it in its sentence; a rise or fall of nothing told stands alone."""
    found = [_then(marked, ordered, n) for n in range(len(ordered))]
    offsets = [at for at, _ in found]
    alone: list[Told] = []
    for number in marked.numbers:
        way = "" if number.start in taken or marked.is_money(number) else way_of(marked, number)
        if not way or not number.percent and not marked.unit(number):
            continue
        at = _before(marked, found, offsets, number)
        amount = number.figure.amount if way == "tang" else -number.figure.amount
        moved = Figure(amount, number.figure.bound)
        if at is None and not number.percent:
            alone.append(_alone(marked, number, way))
        elif at is not None and number.percent:
            found[at] = _with(found[at], replace(found[at][1].value, change=moved))
        elif at is not None:
            found[at] = _with(found[at], replace(found[at][1].value, moved_by=moved))
    return sorted([*found, *alone], key=lambda one: one[0])


def _before(marked: Marked, found: Sequence[Told], offsets: Sequence[int], number: Number) -> int | None:
    """The indicator before it in its sentence: for a count's change the last that has its unit, else the last."""
    start, unit = marked.flow.sentence(number.start)[0], marked.unit(number).lower()
    ahead = range(bisect_left(offsets, start), bisect_left(offsets, number.start))
    near = [n for n in ahead if not _in_other_brackets(marked, found[n][0], number.start)] or ahead
    same = [n for n in near if unit and unit in f"{found[n][1].value.unit} {found[n][1].value.name}".lower()]
    return (same[-1] if same and not number.percent else near[-1]) if near else None


def _in_other_brackets(marked: Marked, at: int, later: int) -> bool:
    """Whether a bracket that an indicator stands in is closed before the change: it only says what was before."""
    start = marked.flow.sentence(at)[0]
    opened = marked.flow.text.rfind("(", start, at)
    return opened >= 0 and ")" not in marked.flow.text[opened:at] and ")" in marked.flow.text[at:later]


def _with(told: Told, value: Indicator) -> Told:
    return told[0], replace(told[1], value=value)


def _alone(marked: Marked, number: Number, way: str) -> Told:
    """As "phấn đấu giảm ít nhất 40 hộ nghèo"."""
    word: Literal["tăng", "giảm"] = "tăng" if way == "tang" else "giảm"
    label = squeeze(f"{word} {behind(marked.flow, number.end)}")
    value = Indicator(label, number.figure, unit=marked.unit(number), moved=word)
    return number.start, Read(value, number.raw, marked.flow.place(number.start), 0.85)


def _then(marked: Marked, ordered: Sequence[Told], n: int) -> Told:
    """What was before, under the name of what is now: "Hộ nghèo đầu năm 2024"."""
    at, read = ordered[n]
    begin = max(at - 60, 0)
    led = _BASE.search(marked.flow.folded[begin:at])
    now = ordered[n - 1] if n else None
    if led is None or now is None or now[0] < marked.flow.sentence(at)[0]:
        return at, read
    when = marked.flow.text[begin + led.start("when") : begin + led.end("when")]
    return at, replace(read, value=replace(read.value, name=squeeze(f"{now[1].value.name} {when}")))
