"""Indicators in running text (chỉ tiêu): fractions, women of a total, percentages, counts, changes."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.figures.marking import Marked
from documents.reading.folding import squeeze
from documents.reading.indicators.attendance import attendance
from documents.reading.indicators.changes import with_changes
from documents.reading.indicators.fractions import fractions
from documents.reading.indicators.indicator import Indicator
from documents.reading.indicators.shares import counts, shares
from documents.reading.indicators.splits import sex_ratios, splits
from documents.reading.indicators.wholes import over_all, so_many_of, with_wholes
from documents.reading.indicators.women_of import women_of
from documents.reading.indicators.zeros import none_at_all
from documents.reading.model import Read

_LIST = re.compile(r"(?!Lĩnh vực)\w[^:;]{6,80}: \w")
"""A name that a list's heading leads."""


def indicators(marked: Marked, taken: set[int]) -> list[Read[Indicator]]:
    """All indicators in their order; `taken` are the offsets of numbers that events hold, and grows."""
    found = [*fractions(marked, taken), *attendance(marked, taken), *sex_ratios(marked, taken), *splits(marked, taken)]
    found += [*women_of(marked, taken), *so_many_of(marked, taken), *over_all(marked, taken)]
    found += [*counts(marked, taken, shared=True), *shares(marked, taken)]
    found += [*counts(marked, taken), *none_at_all(marked)]
    ordered = _whole_names(marked, sorted(found, key=lambda one: one[0]))
    ordered = with_wholes(marked, ordered)
    return [read for _, read in with_changes(marked, ordered, taken)]


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
