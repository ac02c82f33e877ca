"""Bodies and levels that are no more (cơ quan, cấp đã giải thể): nobody is sent there or given tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.names.units import TWO_TIERS
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences
from documents.checks.registry import rule
from documents.reading.cited.symbols import NUMBERED
from documents.reading.folding import fold

_SINCE = TWO_TIERS
"""Months after labour, invalids and social affairs went to home affairs (01/3/2025); the last offices went with the
districts."""
_LABOUR = re.compile(
    r"(?<!\w)(?P<body>(?:bo|so|phong) (?:lao dong ?[-,] ?thuong binh(?: va|,)? xa hoi|ldtb ?(?:&|va)? ?xh|"
    r"ld ?- ?tb ?(?:&|va) ?xh))\b"
)
_TURNED = re.compile(r"\b(?:de nghi|kien nghi|gui|bao cao|trinh|phoi hop|chu tri|giao)\b")
_BEFORE = re.compile(
    r"\b(?:truoc day|cu\b|nguyen|sap nhap|hop nhat|ban giao|tiep nhan|chuyen giao|da (?:ban hanh|gui|bao cao))"
)
_ASKS = ("Kế hoạch", "Công văn", "Thông báo", "Hướng dẫn", "Chương trình", "Công điện", "Chỉ thị", "Quyết định")
_DISTRICTS = re.compile(
    r"\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Phòng [^\W\d]+(?: [^\W\d]+){0,4}|Hội LHPN|Công an|"
    r"Chủ tịch UBND|Ban Chỉ đạo|Trung tâm Y tế)"
    r" (?:các )?(?:huyện|quận|thị xã|cấp huyện)\b(?! (?-i:[A-ZĐ]))(?:, (?:quận|thị xã|huyện))*|\bcác (?:huyện|"
    r"quận|thị xã)(?:,|"
    r" và| -)[^;:.]{0,25}?"
    r"\b(?:thị xã|thành phố|quận|huyện|thị trấn)\b|\bcác xã, phường, thị trấn\b|\bcấp huyện\b", re.I,
)  # fmt: skip
"""With their marks: quan and thi are other words."""
_GIVEN = re.compile(r":|\b(?:trach nhiem|xay dung|thuc hien|to chuc|trien khai|chi dao|ban hanh|bo tri|huong dan)\b")
_HISTORY = re.compile(r"\b(?:truoc (?:ngay )?0?1/7/2025|sap xep|giai the|ket thuc hoat dong|khong to chuc|"
                      r"bo cap|khong con|cac huyen truoc|"
                      r"nam 2024|nam truoc|6 thang dau|den het ngay 30/6|thi so|danh muc|giai doan)\b")  # fmt: skip


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


@rule("unit-level-abolished", "explain", "Giao việc cho cấp không còn vào ngày đó",
      "A task for a level that was no more on that day", basis="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
      example="kế hoạch ngày 30/10/2025: «UBND các huyện, thị xã, thành phố: xây dựng kế hoạch»")  # fmt: skip
def unit_level_abolished(paper: Paper) -> Iterator[Hit]:
    """Whom a plan or a letter gives tasks, sends itself or is addressed to; what districts did before is history."""
    day = paper.head.date.value.full if paper.head and paper.head.date else None
    if paper.head is None or day is None or day < TWO_TIERS or (paper.kind != "plan" and paper.type_word not in _ASKS):
        return
    to = [(one.value, one.place) for one in paper.head.recipients]
    told = [(one.text, one.place) for one in sentences(paper) if _tasks(one.text)]
    seen: set[str] = set()
    for text, place in (*to, *told):
        found = _DISTRICTS.search(text)
        if found and fold(found[0]) not in seen:
            seen.add(fold(found[0]))
            yield Hit(place, f"«{found[0]}» không còn vào ngày {day:%d/%m/%Y} (không tổ chức cấp huyện từ 01/7/2025)",
                      f"There was no «{found[0]}» on {day:%d/%m/%Y}: districts ended on 1 July 2025",
                      (found[0], f"{day:%d/%m/%Y}"))  # fmt: skip


def _tasks(text: str) -> bool:
    folded = fold(text)
    return not (_BEFORE.search(folded) or _HISTORY.search(folded) or NUMBERED.search(text)) and bool(
        _TURNED.search(folded) or _GIVEN.search(folded)
    )
