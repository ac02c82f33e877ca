"""Legal bases (căn cứ): complete, and with the paper above that is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import TOP, Hit, Severity
from documents.checks.papers.paper import Cited, Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold, key

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_SINCE = 2020
_ABOVE = ("parent_plan", "superior_guidance", "legal", "target_decision", "programme_plan", "other")


@rule("basis-incomplete", "explain", "Căn cứ, viện dẫn chưa đủ", "A legal basis or citation is incomplete",
      basis=f"{FORM_OF_PAPERS}, mục II.6", example="Quyết định số 238/QĐ-UBND (không ghi ngày, cơ quan)")  # fmt: skip
def basis_incomplete(paper: Paper) -> Iterator[Hit]:
    """Type, number, symbol, issuer and date; of a law its date. In the body it is only told."""
    dated = paper.head.date.value.year if paper.head and paper.head.date else None
    for one in paper.cited or ():
        if one.type_word in _LAWS and (dated or _SINCE) < _SINCE:
            continue  # a law's date is asked for since Nghị định 30/2020
        if one.type_word in _LAWS and not one.code and any(_whole(other, one) for other in paper.cited or ()):
            continue  # named again, mostly within the title of a decree
        gone = _gone(one)
        if gone:
            vi, en = ", ".join(a for a, _ in gone), ", ".join(b for _, b in gone)
            yield Hit(one.place, f"{one.words}: thiếu {vi}", f"{one.words}: no {en}", (one.code or one.title,),
                      severity=None if one.basis and one.type_word not in _LAWS else Severity.NOTE)  # fmt: skip


def _whole(other: Cited, one: Cited) -> bool:
    return (
        bool(other.code and other.date.full) and other.type_word == one.type_word and key(other.title) == key(one.title)
    )


def _gone(one: Cited) -> list[tuple[str, str]]:
    if one.type_word in _LAWS:
        return [] if one.date.iso or not one.basis else [("ngày", "date")]
    gone = (
        []
        if one.date.full
        else [("ngày ban hành", "date")]
        if not one.date.iso
        else [("ngày ban hành đầy đủ", "whole date")]
    )
    if "số còn để trống" in one.doubt:
        gone = [("số", "number"), *gone]
    return gone + [("cơ quan ban hành", "issuer")] * bool(gone and (not one.issuer or "không ghi cơ quan" in one.doubt))


@rule("parent-not-cited", "note", "Không viện dẫn văn bản của cấp trên", "No paper of a body above is cited",
      basis=f"{FORM_OF_PAPERS}, mục II.6", example="báo cáo chỉ nêu kế hoạch của chính phường")  # fmt: skip
def parent_not_cited(paper: Paper) -> Iterator[Hit]:
    """A report or plan answers somebody above."""
    if paper.cited is None or paper.head is None or not paper.kind or paper.unit is None or not paper.issuers:
        return
    if not re.match(r"(?:ubnd|uy ban nhan dan)\b", fold(paper.issuers[0].value)):
        return  # whose body above is who, only the committees' tree tells
    if paper.unit.level in ("commune", "district") and not any(one.role in _ABOVE for one in paper.cited):
        told = "; ".join(one.words for one in paper.cited)
        at = paper.cited[0].place if paper.cited else TOP
        vi, en = (f", chỉ có: {told}", f", only: {told}") if told else ("", "")
        yield Hit(at, f"Văn bản không viện dẫn kế hoạch hay hướng dẫn nào của cấp trên{vi}",
                  f"No plan or guidance of a body above is cited{en}", (told,) if told else ())  # fmt: skip
