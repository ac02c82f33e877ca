"""Annexes (phụ lục, biểu kèm theo): their captions name the paper that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Annexed, Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold
from documents.reading.names import bodies
from states.names import normal_form

_CARRIERS = ("", "Công văn", "Quyết định", "Tờ trình", "Thông báo", "Nghị quyết", "Văn bản", "Công điện")
"""Papers that carry others: a report "kèm theo Công văn" is none of theirs."""
_ONE = r"(?:[ivx]{1,4}|\d{1,2})(?!\w|\.\d)"
_NAMED = re.compile(
    rf"\bphu luc (?:so )?(?P<which>{_ONE}(?:(?:\s?,\s?|\s?;\s?| va )(?:phu luc (?:so )?)?{_ONE})*)"
    rf"(?P<behind>[^.;]{{0,60}})"
)
_OF_ANOTHER = re.compile(
    r"\b(?:nghi dinh|thong tu|luat|(?:quyet dinh|cong van|ke hoach|nghi quyet|huong dan) (?:so )?\d)"
)
_ROMAN = {one: n for n, one in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}


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
    if one.own and one.issuer and paper.issuers and _another(one.issuer, paper.issuers[0].value):
        return f"của {one.issuer}", f"của {paper.issuers[0].value}"
    return None


def _another(one: str, other: str) -> bool:
    """Two committees or bodies by the same first word; neither is the other shortened, nor is one a Hòa for a Hoà."""
    said, meant = (normal_form(bodies.canonical(name)).split() for name in (one, other))
    return bool(said and meant) and said[0] == meant[0] and said[: len(meant)] != meant[: len(said)]


def _clash(one: Annexed, main: object) -> bool:
    return any(
        getattr(one.date, part) and getattr(main, part) and getattr(one.date, part) != getattr(main, part)
        for part in ("year", "month", "day")
    )


@rule("annex-missing", "explain", "Phụ lục được nêu nhưng không có", "An annex is named and is not there",
      basis=f"{FORM_OF_PAPERS}, mục III.1", example="«đề cương tại Phụ lục I», văn bản chỉ kèm Phụ lục II")  # fmt: skip
def annex_missing(paper: Paper) -> Iterator[Hit]:
    """Only where other annexes by number are here: a paper published without any is no fault of its writer."""
    here = {number for one in paper.annexes or () for number in _numbers(one)}
    told: set[int] = set()
    for one in sentences(paper) if here else ():
        for found in _NAMED.finditer(fold(one.text)):
            if _OF_ANOTHER.search(found["behind"]):
                continue
            for word in re.findall(_ONE, found["which"]):
                number = _ROMAN.get(word) or (int(word) if word.isdigit() else 0)
                if number and number not in here and number not in told:
                    told.add(number)
                    said, listed = f"Phụ lục {word.upper()}", ", ".join(map(str, sorted(here)))
                    yield Hit(one.place, f"Nêu {said} nhưng văn bản chỉ kèm phụ lục số {listed}:"
                              f" «{shortened(one.text)}»",
                              f"{said} is named, only annexes {listed} are here", (said, listed))  # fmt: skip


def _numbers(heading: str) -> Iterator[int]:
    """The number of an annex's heading ("phụ lục II", "PHỤ LỤC 02: …"), and "phụ lục" in a sheet's name."""
    found = re.match(rf"\W*phu luc (?:so )?(?P<n>{_ONE})", fold(heading))
    if found and not re.match(r"\s+[a-zà-ỹđ]", heading[found.end() :]):  # else a line of the text goes on
        yield _ROMAN.get(found["n"]) or int(found["n"] if found["n"].isdigit() else 0)
