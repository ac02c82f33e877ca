"""Changes told in numbers and in percent at once ("giảm 01 vụ (giảm 20%)"): one can be computed from the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import quantities
from states.figures import Figure, Match, Ratio

MOVED = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?: thêm| được| là)?\s*$", re.I)
"""What stands before the number of a change, with its marks: quà tặng and giám sát are none."""
_WAY = r"(?:tương ứng|tương đương|tức|bằng)?\s*(?:với|là)?\s*"
_JOINED = re.compile(
    rf"\s*\w+(?: \w+){{0,3}}\s*(?:\(\s*{_WAY}(?:tăng|giảm)?|,\s*{_WAY}(?:tăng|giảm)|"
    r",\s*(?:tương ứng|tương đương)(?: với)?)(?: khoảng)?\s*$"
)
_OF_GOAL = re.compile(r"(?:so voi )?(?:ke hoach|chi tieu|muc tieu|tong)\b")


@rule("change-share-differs", "explain", "Mức tăng, giảm bằng số và bằng tỷ lệ khác nhau",
      "A change in numbers and in percent differ", example="04 vụ, giảm 01 vụ (giảm 25%): 01/05 là 20%")  # fmt: skip
def change_share_differs(paper: Paper) -> Iterator[Hit]:
    """The percentage is of the figure before, which is the figure now less the change."""
    for one in sentences(paper):
        for ratio, stated in _told(one.text):
            if ratio.matches(stated) is Match.WRONG:
                right = Figure(ratio.percent() or Decimal(0))
                yield Hit(one.place, f"Ghi {stated}%, nhưng {ratio.part}/{ratio.whole} là {right}%:"
                          f" «{shortened(one.text)}»", f"{stated.canonical}% is said, {ratio.part.canonical} of"
                          f" {ratio.whole.canonical} is {right.canonical}%", (stated, right))  # fmt: skip


def told_in(text: str) -> Iterator[Decimal]:
    """Percentages of changes that can be held against the sentence's own numbers."""
    yield from (stated.amount for _, stated in _told(text))


def _told(text: str) -> Iterator[tuple[Ratio, Figure]]:
    """The change over the figure before, and the percentage stated for it."""
    found = quantities(text)
    for at in range(1, len(found) - 1):
        now, moved, share = found[at - 1], found[at], found[at + 1]
        way = MOVED.search(text[: moved.start])
        plain = all(one.figure.is_exact and one.of is None for one in (now, moved, share))
        counts = share.percent and not now.percent and not moved.percent and now.unit == moved.unit
        if _OF_GOAL.match(share.after):
            continue
        if way and plain and counts and _JOINED.fullmatch(text[moved.end : share.start]):
            sign = 1 if way["way"].lower() == "giảm" else -1
            then = now.figure.amount + sign * moved.figure.amount
            if then > 0:
                yield Ratio(moved.figure, Figure(then)), share.figure
