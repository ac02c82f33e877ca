"""A wrong total that the text repeats (lời văn lặp lại dòng cộng sai)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.reading.figures.numbers import numbers
from documents.reading.folding import fold
from states.figures import Figure

_SCALES = (("trieu dong", 10**6), ("nghin dong", 10**3), ("ngan dong", 10**3), ("1.000 dong", 10**3))


def repeated(paper: Paper, column: str, whole: Figure, told: Figure, place: str) -> Iterator[Hit]:
    """The text says the same total, in đồng where the column counts thousands or millions; small numbers are chance."""
    scale = next((times for words, times in _SCALES if words in fold(column)), 1)
    said = Figure(whole.amount * scale).vi
    for one in paper.text if len(said) > 4 else ():
        parts = [number.figure.amount for number in numbers(one.text)] if said in one.text else []
        if any(a + b == whole.amount * scale for a, b in combinations(parts, 2)):
            return  # the sentence's own parts make it: a row is wrong, not the text
        if re.search(rf"(?<![\d.,]){re.escape(said)}(?![\d]|[.,]\d)", one.text):
            right = Figure(told.amount * scale)
            yield Hit(one.place, f"Lời văn ghi {said} như dòng cộng của bảng, các dòng cộng lại là {right}",
                      f"The text says {said} as the table's total does, the rows make {right.canonical}",
                      (said, right), place)  # fmt: skip
            return
