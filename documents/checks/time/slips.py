"""A day of another year among those of this (nhầm năm): told beside its neighbours, before the plan that sets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.time.periods import years_in
from documents.reading.days.dates import Dated, dates
from documents.reading.folding import fold

_NEAR, _FAR = 45, 250
"""Days: how near the same day of the right year is to its neighbours; how far from them the day is as it stands."""
_PAPER = re.compile(r"(?:\d\s?/[\w&-]*[A-ZĐ][\w&/-]*|\bsố \S+)\s*(?:,\s*)?(?:ký\s*)?(?:ngày\s*)?$")
_THEN = re.compile(r"\b(?:cung ky|nam truoc|so voi|nam ngoai|thay the|sua doi|da duoc|truoc do|tu nam|ky niem|"
                   r"sinh ngay|thanh lap|"
                   r"ban hanh|hieu luc|tai khoa|ke tu)\b")  # fmt: skip
_RUNS = re.compile(r"\b(?:to chuc|thuc hien|trien khai|dien ra|thoi gian|phat dong|bat dau|mo|tien hanh|hoan thanh)\b")
_DONE = re.compile(
    r"\b(?:da|ket qua|cung ky|nam truoc|danh gia|tinh hinh|thuc trang|so ket|tong ket|theo|can cu|ban hanh)\b"
)


@rule("year-slipped", "explain", "Ngày mang năm khác các ngày bên cạnh", "A day of another year than those beside it",
      example="tiêm từ 08/4/2025 đến 18/4/2025; ngày 22/4/2024 tiêm vét")  # fmt: skip
def year_slipped(paper: Paper) -> Iterator[Hit]:
    """In one sentence a later day is told of a year before, and with its neighbours' year it would follow them; in a
    plan of one year what is to be done ends long before the plan's own day."""
    for one in sentences(paper):
        told = [dated for dated in dates(one.text) if dated.date.full and not dated.doubt]
        for before, dated in zip(told, told[1:], strict=False):
            if day := _meant(one.text, before, dated):
                yield _hit(one.place, dated.date.full, day, one.text)
                break
    yield from _before_plan(paper)


def _meant(text: str, before: Dated, dated: Dated) -> date | None:
    """The day in its neighbour's year, where only that can be meant."""
    near, day = before.date.full, dated.date.full
    if (
        near is None
        or day is None
        or day.year != near.year - 1
        or (near - day).days < _FAR
        or (day.day, day.month) == (29, 2)
    ):
        return None
    if any(_PAPER.search(text[: one.start]) for one in (before, dated)) or _THEN.search(fold(text)):
        return None
    meant = day.replace(year=near.year)
    return meant if 0 <= (meant - near).days <= _NEAR else None


def _before_plan(paper: Paper) -> Iterator[Hit]:
    """ "từ ngày 15/11 đến ngày 15/12/2025" in a plan of 2026 that was issued in 2026."""
    issued = paper.head.date.value.full if paper.head and paper.head.date else None
    years = years_in(paper.title.value) if paper.title else set()
    if paper.kind != "plan" or issued is None or years != {str(issued.year)}:
        return
    for one in sentences(paper):
        folded = fold(one.text)
        if not _RUNS.search(folded) or _DONE.search(folded) or _DONE.search(fold(one.section)):
            continue
        told = [dated for dated in dates(one.text) if dated.date.month and not dated.doubt]
        for first, last in zip(told, told[1:], strict=False):
            day = last.date.full
            joined = re.match(r"\s*(?:den|toi|-)\b", folded[first.end : last.start] + folded[last.start :][:4])
            begun = replace(first.date, year=first.date.year or (day.year if day else None)).full
            if joined and day and begun and day.year == issued.year - 1 and begun < day and (issued - day).days > _NEAR:
                yield _hit(one.place, day, day.replace(year=issued.year), one.text)


def _hit(place: str, day: date | None, meant: date, text: str) -> Hit:
    a, b = f"{day:%d/%m/%Y}" if day else "", f"{meant:%d/%m/%Y}"
    return Hit(place, f"Ghi ngày {a}, các mốc khác của văn bản cho thấy là {b}: «{shortened(text)}»",
               f"{a} is said, by the other days of the paper it is {b}", (a, b))  # fmt: skip
