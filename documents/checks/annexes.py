"""Annexes (phụ lục, biểu kèm theo): their captions name the paper that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Annexed, Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold

_CARRIERS = ("", "Công văn", "Quyết định", "Tờ trình", "Thông báo", "Nghị quyết", "Văn bản", "Công điện")
"""Papers that carry others: a report "kèm theo Công văn" is none of theirs."""


@rule(
    "annex-differs",
    "explain",
    "Phụ lục ghi khác văn bản chính",
    "An annex's caption is unlike the main paper",
    basis=f"{FORM_OF_PAPERS}, mục III.1",
    example="Kèm theo Báo cáo số …/BC-BVSTBPN; văn bản: …/BC-BVSTBCPN",
)
def annex_differs(paper: Paper) -> Iterator[Hit]:
    """Type, number, symbol and date of the caption are those of the paper."""
    for one in paper.annexed:
        if found := _against(one, paper):
            here, there = found
            yield Hit(one.place, f"Dòng kèm theo ghi {here}, văn bản chính là {there}",
                      f"The caption says {here}, the main paper is {there}", (here, there))  # fmt: skip


def _against(one: Annexed, paper: Paper) -> tuple[str, str] | None:
    head = paper.head
    if one.type_word and paper.type_word and one.type_word != paper.type_word:
        return (one.type_word, paper.type_word) if one.own or one.type_word not in _CARRIERS else None
    if one.type_word != paper.type_word or head is None:
        return None
    if head.number and one.number and head.number.value.lstrip("0") != one.number.lstrip("0"):
        return f"số {one.number}", f"số {head.number.value}"
    if head.symbol and one.symbol and fold(head.symbol.value) != fold(one.symbol):
        return f"ký hiệu {one.symbol}", f"ký hiệu {head.symbol.value}"
    if head.date and _clash(one, head.date.value):
        return f"ngày {one.date.words}", f"ngày {head.date.value.words}"
    return None


def _clash(one: Annexed, main: object) -> bool:
    return any(
        getattr(one.date, part) and getattr(main, part) and getattr(one.date, part) != getattr(main, part)
        for part in ("year", "month", "day")
    )
