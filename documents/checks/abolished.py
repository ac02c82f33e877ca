"""Bodies and units that are no more (cơ quan đã giải thể), and how many units there are, by the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.finding import Hit, Severity
from documents.checks.paper import Paper
from documents.checks.registry import rule
from documents.checks.said.phrases import sentences, shortened
from documents.reading.folding import fold
from documents.reading.symbols import NUMBERED

_SINCE = date(2025, 7, 1)
"""Months after labour, invalids and social affairs went to home affairs (01/3/2025), and the last offices with it."""
_LABOUR = re.compile(
    r"(?<!\w)(?P<body>(?:bo|so|phong) (?:lao dong ?[-,] ?thuong binh(?: va|,)? xa hoi|ldtb ?(?:&|va)? ?xh|"
    r"ld ?- ?tb ?(?:&|va) ?xh))\b"
)
_TURNED = re.compile(r"\b(?:de nghi|kien nghi|gui|bao cao|trinh|phoi hop|chu tri|giao)\b")
_BEFORE = re.compile(
    r"\b(?:truoc day|cu\b|nguyen|sap nhap|hop nhat|ban giao|tiep nhan|chuyen giao|da (?:ban hanh|gui|bao cao))"
)
_KINDS = r"(?:xa|phuong|thi tran|dac khu)"
_EVERY = re.compile(rf"(?<![\d/])(?P<n>\d{{1,3}})/(?P<all>\d{{1,3}}) (?P<kinds>{_KINDS}(?:(?:, | va ){_KINDS})+)\b")


@rule("body-abolished", "explain", "Cơ quan không còn vào ngày đó", "A body that was no more on that day",
      basis="Nghị quyết số 176/2025/QH15",
      example="kế hoạch ngày 10/9/2025 gửi Sở Lao động - Thương binh và Xã hội")  # fmt: skip
def body_abolished(paper: Paper) -> Iterator[Hit]:
    """Told where the paper is sent there or turns there; what such a body issued before, or handed over, is history."""
    day = paper.head.date.value.full if paper.head and paper.head.date else None
    if day is None or day < _SINCE or (paper.period and paper.period[2] < _SINCE):
        return
    head = paper.head
    to = [(one.value, one.place) for one in head.recipients] if head else []
    to += [(one, head.date.place if head.date else "") for one in head.addressees] if head else []
    told = [(one.text, one.place) for one in sentences(paper) if _TURNED.search(fold(one.text))
            and not _BEFORE.search(fold(one.text)) and not NUMBERED.search(one.text)]  # fmt: skip
    for text, place in (*to, *told):
        if found := _LABOUR.search(fold(text)):
            said = text[found.start("body") : found.end("body")]
            yield Hit(place, f"«{said}» không còn vào ngày {day:%d/%m/%Y} (nay là ngành Nội vụ)",
                      f"There was no «{said}» on {day:%d/%m/%Y}: home affairs took over",
                      (said, f"{day:%d/%m/%Y}"))  # fmt: skip


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
