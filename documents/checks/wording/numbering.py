"""Numbers of headings and items (đánh số mục) that break off or go over into dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.registry import rule

_ROMAN = {one: n for n, one in enumerate(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), 1)}  # fmt: skip
_ITEM = re.compile(
    r"^(?:(?P<roman>[IVX]{1,5})[.)]|(?P<number>\d{1,2})[.)](?!\d)|(?P<letter>[a-zđ])\)|(?P<dash>[-–+]))(?:\s|$)"
)


@rule("numbering-broken", "note", "Đánh số mục bị đứt", "The numbering breaks off",
      example="a), b), c), d) rồi đến gạch đầu dòng; I, II, IV")  # fmt: skip
def numbering_broken(paper: Paper) -> Iterator[Hit]:
    """Roman numbers of the paper, numbers of a section, and letters that go over into dashes."""
    for kind in ("roman", "number"):
        yield from _skipped(paper.text, kind)
    yield from _letters_left(paper.text)


def _skipped(text: tuple[Sentence, ...], kind: str) -> Iterator[Hit]:
    before = 0
    for one in text:
        found = _ITEM.match(one.text)
        if found is None:
            continue
        if kind == "number" and found["roman"]:
            before = 0
        if found[kind]:
            at = _ROMAN.get(found["roman"], 0) if kind == "roman" else int(found["number"])
            if before and at > 1 and at != before + 1 and at - before in (0, 2):
                yield Hit(one.place, f"Mục «{found[0].strip()}» đứng sau mục số {before}",
                          f"«{found[0].strip()}» follows number {before}", (found[0].strip(), before))  # fmt: skip
            before = at


_NEW_PART = ("I. ", "")  # as if another part began: what is open at the end is told too


def _letters_left(text: tuple[Sentence, ...]) -> Iterator[Hit]:
    """Three letters or more without a dash among them, then two dashes before the next number: they were letters."""
    letters: list[str] = []
    dashes: list[Sentence] = []
    ended = False
    for one in (*text, Sentence(*_NEW_PART)):
        found = _ITEM.match(one.text)
        if found and (found["roman"] or found["number"]):
            if len(letters) > 2 and len(dashes) > 1 and ended:
                last = f"{letters[-1]})"
                yield Hit(dashes[0].place, f"Sau điểm {last} là gạch đầu dòng, không đánh chữ tiếp",
                          f"Behind {last} come dashes instead of letters", (last, "-"))  # fmt: skip
            letters, dashes = [], []
        elif found and found["letter"]:
            letters, dashes = ([*letters, found["letter"]], []) if not dashes else ([], [])
        elif found and letters:
            dashes.append(one)
        if not dashes:
            ended = one.text.rstrip().endswith(".")
