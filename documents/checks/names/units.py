"""Units by the register (đơn vị hành chính): as many, there on that day, and of a type that there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.finding import TOP, Hit, Severity
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.reading.cited.symbols import NUMBERED
from documents.reading.days.dates import dates
from documents.reading.folding import UPPER, fold, squeeze

TWO_TIERS = date(2025, 7, 1)
"""From here on there are no districts (Luật Tổ chức chính quyền địa phương số 72/2025/QH15)."""
_TURNED = re.compile(
    r"(?:(?:[Đđ]ề nghị|[Kk]iến nghị|[Đđ]ề xuất|[Gg]ửi|[Pp]hản ánh|[Xx]in ý kiến)\b[^.;]{0,60}?(?<!của )(?<!do )|"
    r"(?:[Bb]áo cáo|[Tt]rình)(?: kết quả)?(?: về| lên)? )"
    rf"(?P<body>(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân) (?:huyện|quận|thị xã|thị trấn)(?: {UPPER}\w*){{0,4}})"
)
_BEFORE = re.compile(
    r"\b(?:truoc day|truoc sap xep|truoc khi|cu\b|nguyen|sap nhap|giai the|ket thuc hoat dong|ban giao|tiep nhan|"
    r"chuyen giao|da (?:ban hanh|bao cao|gui|trinh|de nghi))"
)
"""What a district did while it was there, folded."""
_DISTRICT = re.compile(r"(?<!\w)(?:[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn)(?!\w)")
_KINDS = r"(?:xa|phuong|thi tran|dac khu)"
_EVERY = re.compile(rf"(?<![\d/])(?P<n>\d{{1,3}})/(?P<all>\d{{1,3}}) (?P<kinds>{_KINDS}(?:(?:, | va ){_KINDS})+)\b")


@rule("units-count-differs", "note", "Số xã, phường khác danh mục", "Not as many communes as the register has",
      basis="danh mục đơn vị hành chính", example="19/19 xã, phường (danh mục có 17)")  # fmt: skip
def units_count_differs(paper: Paper) -> Iterator[Hit]:
    """All kinds together of the issuer's own place on that day; one kind alone may be what is meant."""
    for one in sentences(paper) if paper.unit and paper.unit.communes else ():
        for found in _EVERY.finditer(fold(one.text)):
            kinds = set(re.findall(_KINDS, found["kinds"]))
            if paper.unit and kinds >= set(paper.unit.kinds) and int(found["all"]) != paper.unit.communes:
                yield Hit(one.place, f"Ghi tất cả {found['all']} {found['kinds']}, danh mục ngày đó có"
                          f" {paper.unit.communes}: «{shortened(one.text)}»", f"{found['all']} communes are said, the"
                          f" register of that day has {paper.unit.communes}", (found["all"], paper.unit.communes),
                          severity=Severity.NOTE)  # fmt: skip


@rule("unit-unknown", "explain", "Không có đơn vị này vào ngày đó", "No such unit on that day",
      basis="danh mục đơn vị hành chính", example="UBND phường Nguyễn Nghiêm, ngày 05/8/2025")  # fmt: skip
def unit_unknown(paper: Paper) -> Iterator[Hit]:
    """The unit was merged, split or renamed before, or did not exist yet."""
    unit = paper.unit
    if unit and unit.instead and unit.day and not _no_such_type(unit.level, unit.day):
        until = f", có đến {unit.last:%d/%m/%Y}" if unit.last else ""
        yield Hit(TOP, f"{unit.instead} không có vào ngày {unit.day:%d/%m/%Y}{until}",
                  f"There was no {unit.instead} on {unit.day:%d/%m/%Y}",
                  (unit.instead, f"{unit.day:%d/%m/%Y}"))  # fmt: skip


@rule("unit-type-wrong", "explain", "Loại đơn vị không có vào ngày đó", "No such type of unit on that day",
      basis="Luật Tổ chức chính quyền địa phương số 72/2025/QH15", example="UBND huyện …, ngày 10/12/2025")  # fmt: skip
def unit_type_wrong(paper: Paper) -> Iterator[Hit]:
    """Districts and towns (huyện, quận, thị xã, thị trấn) ended on 30 June 2025."""
    unit, dated = paper.unit, paper.head.date if paper.head else None
    if unit and unit.day and _no_such_type(unit.level, unit.day) and unit.instead:
        yield _gone(TOP, unit.instead, unit.day)
    day = dated.value.full if dated else None
    for one in paper.head.recipients if paper.head and day and day >= TWO_TIERS else ():
        if day and (found := _DISTRICT.search(one.value)):
            yield _gone(one.place, f"{one.value} ({found[0]})", day)
    if day and day >= TWO_TIERS:
        yield from _turned_to(paper, day)


def _turned_to(paper: Paper, day: date) -> Iterator[Hit]:
    """Sentences that send somebody to a district's committee now; what it did before, or issued, is history, as is all
    of a report on months that were over by then."""
    if paper.period and paper.period[2] < TWO_TIERS:
        return
    for one in paper.text:
        found = _TURNED.search(squeeze(one.text))
        if found and not _BEFORE.search(fold(one.text)) and not NUMBERED.search(one.text):
            named = next((d for d in dates(one.text) if d.date.full and d.date.full < TWO_TIERS), None)
            if named is None:
                yield _gone(one.place, squeeze(found["body"]), day)


def _no_such_type(level: str, day: date) -> bool:
    return level == "district" and day >= TWO_TIERS


def _gone(place: str, name: str, day: date) -> Hit:
    return Hit(place, f"{name}: từ 01/7/2025 không còn cấp huyện, văn bản đề ngày {day:%d/%m/%Y}",
               f"{name}: there are no districts since 01/7/2025, the paper is of {day:%d/%m/%Y}",
               (name, f"{day:%d/%m/%Y}"))  # fmt: skip
