"""Amounts repeated in words (bằng chữ): both must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.checks.said.phrases import quantities
from documents.reading.figures import number_words
from documents.reading.folding import fold
from states.figures import Figure

_WORDS = re.compile(
    rf"\s?(?:dong|d|vnd)?\s*[,.]?\s*(?:\(|[-:])?\s*(?:(?:so tien )?(?:viet )?bang chu\s*:?|viet bang chu)?\s*"
    rf"(?P<words>{number_words.WORDS})(?:dong\b|chan\b|./.|\)|$)"
)


@rule("words-differ", "explain", "Số tiền bằng số và bằng chữ khác nhau", "An amount in figures and in words differ",
      example="51.500.000 đồng (Năm mươi mốt triệu đồng)")  # fmt: skip
def words_differ(paper: Paper) -> Iterator[Hit]:
    """Only where the words stand in brackets or are announced right behind the figures."""
    told = [(one.text, one.place) for one in paper.text]
    told += [(" ".join(row), place) for grid in paper.grids for row, place in zip(grid.rows, grid.places, strict=True)]
    for text, place in told:
        folded = fold(text) if "(" in text or "bằng chữ" in text.lower() else ""
        for one in quantities(text) if folded else ():
            found = _WORDS.match(folded, one.end)
            said = text[one.end : found.end("words")] if found else ""
            if not found or not ("(" in said or "bang chu" in fold(said)) or one.figure.amount < 1000:
                continue
            value = number_words.value(found["words"])
            if value is not None and value != one.figure.amount and value >= 1000:
                words = text[found.start("words") : found.end("words")].strip(" ,")
                yield Hit(place, f"Bằng số ghi {one.figure}, bằng chữ là {Figure.exact(value)} («{words}»)",
                          f"{one.figure.canonical} in figures, {value} in words",
                          (one.figure, Figure.exact(value)))  # fmt: skip
