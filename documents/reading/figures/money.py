"""Amounts of money (kinh phí, số tiền), in đồng, with what they are for; "Không" is a reported 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading.figures import number_words
from documents.reading.figures.labels import before, tidy_label
from documents.reading.figures.marking import Marked
from documents.reading.flow import Flow
from documents.reading.folding import squeeze
from documents.reading.model import Read
from states.figures import Figure

_NIL = re.compile(
    r"\b(?P<what>(?:ngan sach|kinh phi|nguon|so tien|von|nguon van dong|xa hoi hoa)\b[^:;.\n]{0,60}):\s*"
    r"(?:khong(?: co)?|0)\s*(?=[.;,\n]|$)"
)
_IN_WORDS = re.compile(
    rf"[\s.]*\(?\s*(?:(?:so tien )?(?:viet )?bang chu|bang chu)\s*:?\s*(?P<words>{number_words.WORDS})"
)

_INCOME = re.compile(
    r"\b(?:thu nhap|tien luong|luong|gia tri san xuat|grdp) (?:\w+ ){0,2}?(?:binh quan|dau nguoi|dat)\b"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in đồng, exact or bounded, and the words that say what it is."""

    what: str
    amount: Figure

    @property
    def words(self) -> str:
        """As "Ngân sách Nhà nước: 20.000.000 đồng"."""
        return f"{self.what}: {self.amount.vi} đồng"


def money(marked: Marked) -> list[Read[Money]]:
    """All amounts in the text, in their order."""
    found = sorted([*_amounts(marked), *_nothing(marked)], key=lambda one: one[0])
    return [read for _, read in found]


def _amounts(marked: Marked) -> Iterator[tuple[int, Read[Money]]]:
    flow = marked.flow
    for number in marked.numbers:
        if number.percent or not marked.is_money(number) or _is_income(flow, number.start):
            continue
        end = marked.money_end(number)
        said, sure = number.doubt, 0.6 if number.doubt else 0.97
        if end == number.end:
            said, sure = said or "không ghi «đồng»", min(sure, 0.75)
        if words := _IN_WORDS.match(flow.folded, end):
            value = number_words.value(words["words"])
            if value is not None and value != number.figure.amount:
                said, sure = f"bằng số và bằng chữ khác nhau: {value} đồng", 0.5
        raw = squeeze(flow.text[number.start : end])
        yield (
            number.start,
            Read(Money(before(flow, number.start), number.figure), raw, flow.place(number.start), sure, said),
        )


def _is_income(flow: Flow, at: int) -> bool:
    """Whether the sentence, up to here, speaks of what people earn: an indicator, no money of this paper."""
    said = flow.folded[flow.sentence(at)[0] : at]
    found = _INCOME.search(said)
    return found is not None and not re.search(r";|\bkinh phi\b|\bho tro\b", said[found.end() :])


def _nothing(marked: Marked) -> Iterator[tuple[int, Read[Money]]]:
    flow = marked.flow
    for found in _NIL.finditer(flow.folded):
        what = tidy_label(flow.text[found.start("what") : found.end("what")])
        raw = squeeze(flow.text[found.start() : found.end()])
        yield (
            found.start(),
            Read(Money(what, Figure.exact(0)), raw, flow.place(found.start()), 0.9, "ghi «Không», hiểu là 0 đồng"),
        )
