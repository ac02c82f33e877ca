"""From so much to so much (từ … xuống còn …): the change that is told with both ends, and averages with theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from documents.reading.folding import fold
from states.figures import Figure

_FROM = re.compile(r"(?<!\w)từ\s*$", re.I)
_TO = re.compile(r"^[^;.\d]{0,45}\b(?:xuống(?: còn)?|lên(?: đến| tới)?|còn)\s*$", re.I)
_BY = re.compile(r"^[^;.\d]{0,30}(?:,|\()\s*(?P<way>tăng|giảm)(?: thêm| được| là)?\s*$", re.I)
_AVERAGE = re.compile(r"\bbinh quan\b[^;.\d]{0,25}$")
_PER = re.compile(r"\s?(?:dong|d)?\s?/\s?(?:1 |01 )?(?P<unit>[a-z]+)")
_POINT, _ROUNDED = Decimal("0.011"), Decimal("0.03")
"""Two percentages cut at two digits; how far an average may be rounded."""


@rule("from-to-differs", "explain", "Mức tăng, giảm khác hai đầu đã nêu", "A change is not that between both ends",
      example="từ 4,5% xuống còn 3,2%, giảm 1,5%")  # fmt: skip
def from_to_differs(paper: Paper) -> Iterator[Hit]:
    """Of counts their difference; of percentages in points, or in percent of the first."""
    for one in sentences(paper):
        found = quantities(one.text)
        for first, last, moved in zip(found, found[1:], found[2:], strict=False):
            if _told(one.text, first, last, moved) and not _fits(first, last, moved):
                made = Figure(abs(last.figure.amount - first.figure.amount))
                yield Hit(one.place, f"Từ {first.raw} đến {last.raw} là {made}, nhưng ghi {moved.raw}:"
                          f" «{shortened(one.text)}»", f"From {first.raw} to {last.raw} is {made.canonical},"
                          f" {moved.raw} is said", (moved.raw, made))  # fmt: skip


def _told(text: str, first: Quantity, last: Quantity, moved: Quantity) -> bool:
    plain = all(one.figure.is_exact and one.of is None for one in (first, last, moved))
    alike = first.percent == last.percent and (moved.percent or not first.percent)
    way = _BY.match(text[last.end : moved.start])
    led = _FROM.search(text[: first.start]) and _TO.match(text[first.end : last.start])
    return bool(plain and alike and way and led)


def _fits(first: Quantity, last: Quantity, moved: Quantity) -> bool:
    points = abs(last.figure.amount - first.figure.amount)
    share = 100 * points / first.figure.amount if first.figure.amount else Decimal(0)
    if not moved.percent:
        return points == moved.figure.amount
    of_first = abs(share - moved.figure.amount) < Decimal("0.51")
    return of_first or first.percent and abs(points - moved.figure.amount) <= _POINT


@rule("money-average-differs", "explain", "Mức bình quân khác tổng chia cho số lượng",
      "An average is not the total by the number",
      example="96 hộ vay 4.320 triệu đồng, bình quân 54 triệu đồng/hộ")  # fmt: skip
def money_average_differs(paper: Paper) -> Iterator[Hit]:
    """One total, one number of those the average is for; a rounded average is right."""
    for one in sentences(paper):
        folded, found = fold(one.text), quantities(one.text)
        money = [said for said in found if said.money and said.figure.is_exact]
        means = [said for said in money if _AVERAGE.search(folded[: said.start]) and _PER.match(folded, said.end)]
        if len(money) != 2 or len(means) != 1 or any(not said.figure.is_exact for said in found if said.money):
            continue
        mean, total = means[0], next(said for said in money if said is not means[0])
        if mean.start < total.end or ";" in one.text[total.end : mean.start]:
            continue
        per = _PER.match(folded, mean.end)
        many = [said for said in found if per and not said.money and not said.percent
                and said.start < mean.start and per["unit"] in said.after.split()]  # fmt: skip
        if len(many) == 1 and many[0].figure.is_exact and many[0].figure.amount and many[0].of is None:
            right = total.figure.amount / many[0].figure.amount
            if abs(right - mean.figure.amount) > _ROUNDED * mean.figure.amount:
                made = Figure(right.quantize(Decimal(1)))
                yield Hit(one.place, f"{total.figure} chia cho {many[0].figure} là {made}, nhưng ghi bình quân"
                          f" {mean.figure}: «{shortened(one.text)}»", f"{total.figure.canonical} by"
                          f" {many[0].figure.canonical} is {made.canonical}, not {mean.figure.canonical}",
                          (mean.figure, made))  # fmt: skip
