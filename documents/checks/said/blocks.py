"""What is told together over several lines (một ý qua nhiều dòng): a lead and its items, a whole and «Trong đó: …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.checks.papers.paper import Paper, Sentence
from documents.checks.papers.sentences import sentences
from documents.reading.folding import fold

_BARE = re.compile(r"^(?:\d{1,2}|[IVX]{1,5}|[a-zđ])\s?[.)]$")
"""A number of an item that its sentence was parted from."""
_ITEM = re.compile(r"^(?:[-–•*+]|[a-zđ]\)|\(?\d{1,2}[.)](?!\d))\s*")
_LEADS = re.compile(r"(?::|\btrong đó|\bgồm|\bcụ thể|\bnhư sau|\bsau đây)\s*[:,]?\s*$", re.I)
_GOES_ON = re.compile(
    r"^(?:[-–•*+]\s*)?(?:trong (?:do|so do)|bao gom|gom(?: co)?|phan bo|co cau|cu the|chia ra|chi tiet|trong tong so)\b"
)
_SUMS_UP = re.compile(r"^(?:[-–•*+]\s*)?(?:tổng|cộng)(?!\s+(?:kết|hợp|đài|tác|đồng))\b", re.I)
"""With its marks: công is work."""


def blocks(paper: Paper) -> Iterator[Sentence]:
    """Lines that tell one thing, as one sentence at the place of the first, items parted by semicolons: a lead with its
    items, a sentence that the next one parts («Trong đó: …»), items up to «Tổng cộng: …». Others are not repeated."""
    told = [one for one in sentences(paper) if not _BARE.match(one.text)]
    at = 0
    while at < len(told):
        many = _together(told, at)
        if many > 1:
            yield replace(told[at], text=_joined([one.text for one in told[at : at + many]]))
        at += many


def _together(told: list[Sentence], at: int) -> int:
    """How many sentences from there tell one thing."""
    one = told[at].text
    if _LEADS.search(one):
        return 1 + _items(told, at + 1)
    if at + 1 < len(told) and _GOES_ON.match(fold(told[at + 1].text)):
        ends = _LEADS.search(told[at + 1].text)
        return 2 + (_items(told, at + 2) if ends else 0)
    run = _items(told, at)
    sums = at + run < len(told) and _SUMS_UP.match(told[at + run].text)
    return run + 1 if run > 1 and sums else 1


def _items(told: list[Sentence], at: int) -> int:
    """How many items of one kind follow one another there, each with a figure."""
    many, kind = 0, ""
    for one in told[at:]:
        found = _ITEM.match(one.text)
        mark = re.sub(r"\w+", "1", found[0].strip()) if found else ""
        if not mark or kind and mark != kind or not re.search(r"\d", one.text[found.end() if found else 0 :]):
            break
        if _SUMS_UP.match(one.text):
            break
        many, kind = many + 1, mark
    return many


def _joined(texts: list[str]) -> str:
    said = [_ITEM.sub("", one).strip() for one in texts]
    first = texts[0].rstrip(" .;") if not _ITEM.match(texts[0]) else said[0].rstrip(" .;")
    rest = "; ".join(one.rstrip(" .;") for one in said[1:])
    parted = " " if re.search(r"[:,]$", first) else ", " if _GOES_ON.match(fold(said[1])) else "; "
    return f"{first}{parted}{rest}."
