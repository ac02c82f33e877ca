"""Parts beside their whole (tổng và các phần): amounts of money, cases by their kinds; in a sentence or in a list."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import Hit, Severity
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.blocks import blocks
from documents.checks.said.cases import of_cases
from documents.checks.said.labelled import of_labels
from documents.checks.said.wholes import Told, of_money
from states.figures import Figure

_MANY = 3
"""Parts of money, some from the budget and some given: nobody names so many and leaves one out."""


@rule("text-parts-differ", "explain", "Các phần nêu trong câu cộng lại khác tổng số",
      "The parts told in a sentence do not make their whole",
      example="kinh phí 85 triệu đồng, trong đó ngân sách 60 triệu đồng, xã hội hóa 35 triệu đồng")  # fmt: skip
def text_parts_differ(paper: Paper) -> Iterator[Hit]:
    """More than the whole is told of parts that exclude each other; less only of parts that are said to be all."""
    told: set[tuple[str, str]] = set()
    for one, found in _every(paper):
        total, whole = Figure.total([part.figure for part in found.parts]), found.whole.figure
        if total is None or _made_by_some(found) or (str(whole), str(total)) in told:
            continue
        less = total.amount < whole.amount
        sure = found.every or found.partners and len(found.parts) >= _MANY
        if less and not (sure or found.partners):
            continue
        told.add((str(whole), str(total)))
        said = " + ".join(str(part.figure) for part in found.parts)
        yield Hit(one.place, f"Tổng ghi {whole}, các phần cộng lại là {total} ({said}): «{shortened(one.text)}»",
                  f"The whole is said to be {whole.canonical}, its parts make {total.canonical}", (whole, total),
                  severity=Severity.NOTE if less and not sure else None)  # fmt: skip


def _every(paper: Paper) -> Iterator[tuple[Sentence, Told]]:
    for one in blocks(paper):
        yield from ((one, told) for told in (*of_money(one.text, listed=True), *of_labels(one.text)))
    for one in sentences(paper):
        yield from ((one, told) for told in (*of_money(one.text), *of_cases(one.text), *of_labels(one.text)))


def _made_by_some(told: Told) -> bool:
    """Whether all parts make the whole; of money also the first of them, or the last: the others are of something else.
    Small counts meet by chance."""
    amounts = [part.figure.amount for part in told.parts]
    if not told.whole.money:
        return sum(amounts) == told.whole.figure.amount
    runs = [amounts[:n] for n in range(2, len(amounts) + 1)] + [amounts[n:] for n in range(1, len(amounts) - 1)]
    return any(sum(run) == told.whole.figure.amount for run in runs)
