"""Shares that can't be (tỷ trọng): more than all, or men and women of one whole that do not make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from states.figures import Figure

_SHARE = re.compile(r"\bchiem(?: ty le| ti le)?(?: khoang| gan| tren)?$")
_SEX = re.compile(r"(?<!\w)(?P<sex>nam|nữ)(?!\w)[^;.,%]{0,40}(?:,\s*)?chiếm(?: tỷ lệ| tỉ lệ)?\s*$", re.I)
_SLACK = Decimal("0.21")
"""Two percentages, each rounded or cut at one digit."""


@rule("share-impossible", "explain", "Tỷ trọng không thể có", "A share that can't be",
      example="chiếm 112%; nam chiếm 52,1%, nữ chiếm 48,9%")  # fmt: skip
def share_impossible(paper: Paper) -> Iterator[Hit]:
    """«Chiếm» is a part of all; «đạt» may go beyond. Men and women only where both shares are told as such."""
    for one in sentences(paper):
        found = [said for said in quantities(one.text) if said.percent and said.figure.is_exact]
        for said in found:
            if said.figure.amount > 100 and _SHARE.search(said.before):
                yield Hit(one.place, f"Chiếm {said.raw} là hơn toàn bộ: «{shortened(one.text)}»",
                          f"A share of {said.raw} is more than all", (said.raw, "100%"))  # fmt: skip
        both = {sex: said for said in found if (sex := _sex(one.text, said))}
        if len(found) == len(both) == 2:
            total = sum((said.figure.amount for said in both.values()), Decimal(0))
            if abs(total - 100) > _SLACK:
                first, second = both.values()
                yield Hit(one.place, f"Nam và nữ cộng lại {Figure(total)}%: «{shortened(one.text)}»",
                          f"Men and women make {total}%", (first.raw, second.raw))  # fmt: skip


def _sex(text: str, one: Quantity) -> str:
    found = _SEX.search(text[max(one.start - 70, 0) : one.start])
    return found["sex"].lower() if found else ""
