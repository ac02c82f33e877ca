"""Indicators in running text (chỉ tiêu): fractions, women of a total, percentages, counts, changes."""

from __future__ import annotations

from dataclasses import replace

from documents.reading.fractions import fractions
from documents.reading.indicator import Indicator
from documents.reading.marking import Marked
from documents.reading.model import Read
from documents.reading.shares import CHANGE, counts, none_at_all, shares
from documents.reading.women_of import women_of
from states.figures import Figure


def indicators(marked: Marked, taken: set[int]) -> list[Read[Indicator]]:
    """All indicators in their order; `taken` are the offsets of numbers that events hold, and grows."""
    found = [*fractions(marked, taken), *women_of(marked, taken)]
    found += [*counts(marked, taken, shared=True), *shares(marked, taken)]
    found += [*counts(marked, taken), *none_at_all(marked)]
    ordered = sorted(found, key=lambda one: one[0])
    return [read for _, read in _with_changes(marked, ordered)]


def _with_changes(marked: Marked, ordered: list[tuple[int, Read[Indicator]]]) -> list[tuple[int, Read[Indicator]]]:
    """As "tăng 2,43% so với cùng kỳ" belongs to the indicator before it in its sentence."""
    for number in marked.numbers:
        way = CHANGE.search(marked.flow.folded[max(number.start - 24, 0) : number.start])
        if not number.percent or not way:
            continue
        start = marked.flow.sentence(number.start)[0]
        at = next((n for n in reversed(range(len(ordered))) if start <= ordered[n][0] < number.start), None)
        if at is not None:
            amount = number.figure.amount if way["way"] == "tang" else -number.figure.amount
            read = ordered[at][1]
            ordered[at] = (
                ordered[at][0],
                replace(read, value=replace(read.value, change=Figure(amount, number.figure.bound))),
            )
    return ordered
