"""Indicators in running text (chỉ tiêu): fractions, women of a total, percentages, counts, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from documents.reading.attendance import attendance
from documents.reading.folding import squeeze
from documents.reading.fractions import fractions
from documents.reading.indicator import Indicator
from documents.reading.labels import behind
from documents.reading.marking import PEOPLE, THINGS, Marked
from documents.reading.model import Read
from documents.reading.shares import counts, none_at_all, shares, way_of
from documents.reading.splits import over_all, sex_ratios, so_many_of, splits
from documents.reading.women_of import women_of
from states.figures import Figure

_LIST = re.compile(r"(?!Lĩnh vực)\w[^:;]{6,80}: \w")
"""A name that a list's heading leads."""


def indicators(marked: Marked, taken: set[int]) -> list[Read[Indicator]]:
    """All indicators in their order; `taken` are the offsets of numbers that events hold, and grows."""
    found = [*fractions(marked, taken), *attendance(marked, taken), *sex_ratios(marked, taken), *splits(marked, taken)]
    found += [*women_of(marked, taken), *so_many_of(marked, taken), *over_all(marked, taken)]
    found += [*counts(marked, taken, shared=True), *shares(marked, taken)]
    found += [*counts(marked, taken), *none_at_all(marked)]
    ordered = _whole_names(marked, sorted(found, key=lambda one: one[0]))
    ordered = sorted([*_with_changes(marked, ordered), *_moved(marked, ordered, taken)], key=lambda one: one[0])
    return [read for _, read in ordered]


def _whole_names(marked: Marked, ordered: list[tuple[int, Read[Indicator]]]) -> list[tuple[int, Read[Indicator]]]:
    """Short items behind a semicolon with what leads the list: "Thiếu hụt: việc làm 5 hộ; nhà ở 4 hộ"."""
    text, whole, lead = marked.flow.text, [], ""
    for n, (at, read) in enumerate(ordered):
        before_it = ordered[n - 1] if n else None
        cut = text.rfind(";", before_it[0], at) if before_it else -1
        clause = text[cut + 1 : at]
        same = before_it is not None and before_it[1].value.unit == read.value.unit
        short = same and cut >= 0 and len(read.value.name.split()) <= 3
        if not (short and before_it and marked.flow.sentence(at)[0] <= before_it[0]):
            lead = read.value.name.partition(": ")[0] if _LIST.match(read.value.name) else ""
        elif lead:
            read = replace(read, value=replace(read.value, name=f"{lead}: {read.value.name}"))
        elif before_it and re.match(r"\s?(?:đã|được|chưa)\s", clause):
            read = replace(read, value=replace(read.value, name=squeeze(f"{before_it[1].value.name} {clause}")))
        whole.append((at, read))
    return whole


def _moved(
    marked: Marked, ordered: list[tuple[int, Read[Indicator]]], taken: set[int]
) -> Iterator[tuple[int, Read[Indicator]]]:
    """As "giảm 12 hộ so với cuối năm 2025", told of the indicator before it in its sentence."""
    for number in marked.numbers:
        way = way_of(marked, number)
        unit = marked.counted(number, PEOPLE) or marked.counted(number, THINGS)
        if not way or not unit or number.percent or number.start in taken or marked.is_money(number):
            continue
        start = marked.flow.sentence(number.start)[0]
        name = next((read.value.name for at, read in reversed(ordered) if start <= at < number.start), "")
        word: Literal["tăng", "giảm"] = "tăng" if way == "tang" else "giảm"
        label = squeeze(f"{name} {word} {behind(marked.flow, number.end)}")
        value = Indicator(label, number.figure, unit=unit, moved=word)
        yield number.start, Read(value, number.raw, marked.flow.place(number.start), 0.85)


def _with_changes(marked: Marked, ordered: list[tuple[int, Read[Indicator]]]) -> list[tuple[int, Read[Indicator]]]:
    """As "tăng 2,43% so với cùng kỳ" belongs to the indicator before it in its sentence."""
    for number in marked.numbers:
        way = way_of(marked, number)
        if not number.percent or not way:
            continue
        start = marked.flow.sentence(number.start)[0]
        at = next((n for n in reversed(range(len(ordered))) if start <= ordered[n][0] < number.start), None)
        if at is not None:
            amount = number.figure.amount if way == "tang" else -number.figure.amount
            read = ordered[at][1]
            ordered[at] = (
                ordered[at][0],
                replace(read, value=replace(read.value, change=Figure(amount, number.figure.bound))),
            )
    return ordered
