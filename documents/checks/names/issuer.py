"""Who issues it (cơ quan ban hành): one name in head, text, closing and captions, and the symbol that is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper, Said
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import key
from documents.reading.names import bodies
from documents.reading.names.words import type_of_abbreviation

_SMALL = re.compile(r"\b(?:cua|va|ve|cac)\b")


@rule("issuer-differs", "explain", "Cơ quan ban hành được gọi khác nhau", "The issuer is named differently",
      basis=f"{FORM_OF_PAPERS}, mục II.2", example="mở đầu: Phòng …; kết: Ban vì sự tiến bộ của phụ nữ")  # fmt: skip
def issuer_differs(paper: Paper) -> Iterator[Hit]:
    """Head, opening, closing and captions name one body. Resolutions and notices speak of others, and are left."""
    told: set[str] = set()
    if not paper.kind:
        return
    for one in paper.issuers[1:]:
        if not _same(paper.issuers[0].value, one.value) and _body(one.value) not in told:
            told.add(_body(one.value))
            yield _differs(one, paper.issuers[0])


def _differs(one: Said[str], first: Said[str]) -> Hit:
    return Hit(one.place, f"Ở đây cơ quan ban hành là «{one.value}», chỗ khác là «{first.value}» ({first.place})",
               f"The issuer is «{one.value}» here, «{first.value}» elsewhere", (one.value, first.value),
               first.place)  # fmt: skip


def _same(one: str, other: str) -> bool:
    """One name within the other is the same body shortened, or its own standing committee."""
    first, second = _body(one), _body(other)
    return first in second or second in first or _untyped(first) == _untyped(second)


def _untyped(name: str) -> str:
    """An office of a province named with its type or without ("Sở Y tế Cà Mau", "Sở Y tế tỉnh Cà Mau")."""
    return re.sub(r"\b(?:tinh|thanh pho)\b ?", "", name) if name.startswith("so ") else name


def _body(name: str) -> str:
    said = re.sub(r"^(?:chu tich|lanh dao|ban (?:thuong vu|chap hanh)(?= (?:hoi|doan|lien doan|dang bo))) ", "",
                  key(bodies.canonical(name)))  # fmt: skip
    said = re.sub(r" (?:tong hop|bao cao|tham muu|xay dung|ban hanh|kinh|tran trong)$", "", said)  # the verb behind it
    return " ".join(_SMALL.sub(" ", said).split())


@rule("symbol-differs", "explain", "Ký hiệu không khớp cơ quan ban hành", "The symbol is not that of the issuer",
      basis=f"{FORM_OF_PAPERS}, mục II.3", example="BC-UBND trên văn bản của Phòng Văn hóa - Xã hội")  # fmt: skip
def symbol_differs(paper: Paper) -> Iterator[Hit]:
    """UBND stands in the symbols of the People's Committee and of nobody else."""
    symbol = paper.head.symbol if paper.head else None
    if symbol is None or not paper.issuers:
        return
    parts = re.split(r"[-/]", symbol.value)
    issuer = _body(paper.issuers[0].value)
    committee = issuer.startswith("ubnd")
    if len(parts) == 2 and type_of_abbreviation(parts[0]) and (parts[1] == "UBND") != committee and (
        committee or parts[1] == "UBND"
    ):  # fmt: skip
        yield Hit(symbol.place, f"Ký hiệu {symbol.value} không phải của «{paper.issuers[0].value}»",
                  f"The symbol {symbol.value} is not that of «{paper.issuers[0].value}»",
                  (symbol.value, paper.issuers[0].value), paper.issuers[0].place)  # fmt: skip


@rule("type-unlike-symbol", "explain", "Tên loại khác ký hiệu", "Type and symbol differ",
      basis="NĐ 30/2020/NĐ-CP, Phụ lục III", example="BÁO CÁO mang ký hiệu KH-UBND")  # fmt: skip
def type_unlike_symbol(paper: Paper) -> Iterator[Hit]:
    """The symbol begins with the type's letters."""
    symbol = paper.head.symbol if paper.head else None
    if symbol is None or not paper.head or not paper.head.type_line:
        return
    by_symbol = type_of_abbreviation(re.split(r"[-/]", symbol.value)[0])
    if by_symbol and paper.type_word and by_symbol != paper.type_word:
        yield Hit(symbol.place, f"Ký hiệu {symbol.value} là của {by_symbol}, tên loại lại là {paper.type_word}",
                  f"The symbol {symbol.value} is that of a {by_symbol}, the type says {paper.type_word}",
                  (symbol.value, paper.type_word))  # fmt: skip
