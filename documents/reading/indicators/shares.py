"""Indicators told by one number: a percentage, or a count of people, cases, things with the share it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading.figures.clauses import clause_of
from documents.reading.figures.labels import behind
from documents.reading.figures.marking import PEOPLE, THINGS, Marked
from documents.reading.figures.naming import LONGEST, named, share_named
from documents.reading.figures.numbers import Number
from documents.reading.folding import fold, squeeze
from documents.reading.indicators.changes import is_change
from documents.reading.indicators.indicator import Indicator
from documents.reading.indicators.splits import share_behind, share_in_brackets
from documents.reading.indicators.wholes import base_behind
from documents.reading.model import Read
from states.figures import Bound, Figure

_LED = re.compile(r"[^\W\d_\s][^.;\n]*?(?:[^\W\d_]\)?: ?|[^\W\d]\d?: | la | trung binh | binh quan )$")
_END = re.compile(r"\s?(?:[;)(\n]|[.,](?!\d)|$)")
_NO_COUNT = re.compile(
    r"(?:\b(?:dien thoai|dt|fax|hotline|duong day nong|ma|tai khoan|so hieu|luc|gio|ngay|thoi gian|van ban|trang|"
    r"to so|"
    r"thua dat|nam sinh|sinh nam|zalo|lien he|so|lan|diem|cap|muc|so nha|ngo|ngach|hem|duong|pho|quoc lo|tinh lo|km|"
    r"dai doi|tieu doan|trung doan|su doan|phong|tang))\b[^;,.]{0,25}$"
)
_TELEPHONE, _PART_WORDS = 10_000_000, 6
_WHERE = re.compile(r"\s(?:tuyen|thon|xa|phuong|ap|khom|khu|duong|dia ban|bon|ban|buon|doan|truc|kenh|huyen|tinh)\b")
_AT = re.compile(r"\b(?:dia ban|cua|thuoc)(?: ca)? $")
_PARTED = re.compile(r"[,;:()]|(?<!\w)(?:và|với|có|cho|tại|đến|ở)\s*$", re.IGNORECASE)
_SISTERS = re.compile(r"(?:chi em(?: phu nu)?|phu nu|nu gioi) (?:tham (?:du|gia)|den du|du)\b")
_WOMENS = re.compile(r"nữ (?:theo|ở|tại|trong|của|phân theo|chia theo)\s[^:]{2,40}: ", re.IGNORECASE)
"""A share in a list of women's shares: "Tỷ lệ nữ theo cấp học: mầm non 48,7%, tiểu học 47,5%"."""
_WOMEN = re.compile(r": nữ$")


def shares(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Indicator]]]:
    """Percentages that belong to nothing else."""
    for number in marked.numbers:
        if not number.percent or number.start in taken or is_change(marked, number):
            continue
        taken.add(number.start)
        label = share_named(marked, number.start, number.end)
        value = Indicator(label, percent=number.figure, sex="female" if _WOMENS.match(label) else "", unit="%")
        place, said = marked.flow.place(number.start), number.doubt
        yield number.start, Read(value, number.raw, place, _sure(label, said, 0.9), said)


def counts(marked: Marked, taken: set[int], *, shared: bool = False) -> Iterator[tuple[int, Read[Indicator]]]:
    """Counts of people, households, things that nothing else took; `shared`: only those that a share goes with."""
    for number in marked.numbers:
        if number.percent or number.start in taken or marked.is_money(number) or is_change(marked, number):
            continue
        unit = "" if marked.modifies(number) or _only_where(marked, number) else marked.unit(number)
        if not unit and not (_stands_alone(marked, number) or _is_part(marked, number)):
            continue
        share = (share_in_brackets(marked, number) or share_behind(marked, number, taken)) if shared else None
        if shared and share is None:
            continue
        taken |= {number.start} | ({share.start} if share else set())
        yield number.start, _counted(marked, number, unit, share, taken)


def _counted(marked: Marked, number: Number, unit: str, share: Number | None, taken: set[int]) -> Read[Indicator]:
    label = named(marked, number.start, number.end, unit)
    after = fold(behind(marked.flow, number.end))
    women = bool(re.match(r"(?:(?!ho |do |vu |con )[^\W\d]+ ){0,2}(?:phu nu|nu\b(?! ho sinh))", after))
    women = women or unit.lower().startswith(("chị", "phụ nữ", "nữ")) or bool(_WOMEN.search(label))
    women = women or bool(_SISTERS.match(fold(label)))
    percent, whole = (share.figure, base_behind(marked, number, share, taken)) if share else (None, None)
    value = Indicator(label, _amount(marked, number), whole, percent, sex="female" if women else "", unit=squeeze(unit))
    known = marked.counted(number, PEOPLE) or marked.counted(number, THINGS)
    sure = _sure(label, number.doubt, 0.85 if known else 0.8)
    return Read(value, number.raw, marked.flow.place(number.start), sure, number.doubt)


def _amount(marked: Marked, number: Number) -> Figure:
    """The figure; «trên» between a thing and the places where it stands is no bound: "145 bóng đèn trên 6 tuyến"."""
    on = number.figure.bound is Bound.MORE_THAN and number.raw.lower().startswith("trên ")
    before = marked.figure_before(number.start, marked.flow.sentence(number.start)[0]) if on else None
    if before is None or not _WHERE.match(marked.flow.folded, number.end):
        return number.figure
    between = marked.flow.text[before[1] : number.start]
    return number.figure if _PARTED.search(between) else Figure.exact(number.figure.amount)


def _only_where(marked: Marked, number: Number) -> bool:
    """Whether it only says where something is done: "trên địa bàn 03 khóm"."""
    ahead = marked.flow.folded[max(number.start - 12, 0) : number.start]
    return bool(_AT.search(ahead) and _WHERE.match(marked.flow.folded, number.end))


def _stands_alone(marked: Marked, number: Number) -> bool:
    """Whether it counts without a unit: "Tử vong: 0.", "Số sinh con thứ ba là 21, …", "loại 1: 59"."""
    folded = marked.flow.folded
    ahead = folded[max(number.start - 60, 0) : number.start]
    size = number.figure.amount
    long = size >= _TELEPHONE or 1900 <= size <= 2100 and "." not in number.raw
    ends = _END.match(folded, number.end) and _LED.search(ahead) and not marked.modifies(number)
    return bool(ends) and not long and not _NO_COUNT.search(ahead)


def _is_part(marked: Marked, number: Number) -> bool:
    """Whether it only names and counts a part: "15 thanh niên, trong đó: đại học 02, cao đẳng 03"."""
    if marked.modifies(number) or not number.figure.is_whole or not _END.match(marked.flow.folded, number.end):
        return False
    clause = clause_of(marked, number.start, number.end)
    whole = marked.number_behind(clause.parent[0]) if clause.parent else None
    words = clause.ahead.split()
    if whole is None or whole.percent or not 1 <= len(words) <= _PART_WORDS or _NO_COUNT.search(fold(clause.ahead)):
        return False
    return bool(marked.unit(whole)) and number.figure.amount <= whole.figure.amount


def _sure(label: str, doubt: str, most: float) -> float:
    """Less where the number may be wrong, or its name says nothing or too much."""
    words = len(label.split())
    return 0.6 if doubt else most if 2 <= words <= LONGEST else min(most, 0.75)
