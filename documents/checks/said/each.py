"""So many with so many in each (04 lớp, mỗi lớp 60 học viên, tổng 240): one clause's number, measure and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.said.phrases import Quantity, quantities
from documents.reading.folding import fold
from states.figures import Figure

Product = tuple[Figure, Figure, Figure]
"""How many, what each has, the whole as it is told."""

_LEFT = re.compile(r"\b(?:còn lại|thêm|ngoài ra|chưa kể|riêng|trừ|trong đó|cùng với|khác|dự phòng|ít nhất|"
                   r"tối thiểu|trở lên|trở xuống|"
                   r"khoảng|gần|trên|hơn|từ \d+ đến)\b", re.I)  # fmt: skip
_BEHIND = re.compile(
    r"^\s?(?:dong|d|vnd)?\s?(?P<what>[a-z]+(?: [a-z]+){0,3})?\s?(?:/|tren moi|cho moi|moi|tren mot|"
    r"cho mot)\s?(?:1 |01 |mot )?(?P<unit>[a-z]+)"
)
_WHOLE = re.compile(r"\b(?:tong|tong so|tong cong|cong|tong cong la|tong so la|thanh|bang|la|voi tong so|"
                    r"tri gia|tong tri gia|tong gia tri|"
                    r"so tien|tong so tien|tong kinh phi|thanh tien|tuc|tuong duong|ca thay|thu hut)(?: (?:la|"
                    r"co|so|du kien))*$|=\s*$")  # fmt: skip
_WIDER = re.compile(r"\b(?:kinh phi|thu|chi|quy|ngan sach)\b")
"""What more than this is paid from."""
_TIMES = re.compile(r"\s*[^\d;.()]{0,30}[x×*]\s*", re.I)
_FIXED = {"quy": 4, "thang": 12}
"""How many of them a year has, where the whole is said to be the year's."""


def of_each(text: str) -> Iterator[Product]:
    """Of each part of a sentence between semicolons."""
    for piece in re.split(r"(?:(?<=\w);|(?<=\w)\.)\s(?![^()]*\))", text):
        if not _LEFT.search(piece):
            yield from _times(piece)
            yield from _in(piece)


def _in(text: str) -> Iterator[Product]:
    """One measure for each of a unit, one number of that unit, one whole of what the measure counts."""
    found = [one for one in quantities(text) if not one.percent]
    folded = fold(text)
    eachs = [(one, unit) for one in found if (unit := _unit(folded, one))]
    if len(eachs) != 1 or any(not one.figure.is_exact or one.of is not None for one in found):
        return
    each, unit = eachs[0]
    many = [one for one in found if one is not each and not one.money and _counts(one) == unit]
    whole = [one for one in found if one is not each and one not in many and _whole(folded, one, each, found)]
    ends = max(one.start for one in (each, *whole))
    other = [one for one in found if one not in (each, *many, *whole) and each.end < one.start < ends]
    if len(many) == 1 and len(whole) == 1 and not (each.money and other):
        yield many[0].figure, each.figure, whole[0].figure
    if (
        not many
        and len(whole) == 1
        and unit in _FIXED
        and re.search(r"\bca nam\b|\bnam\b", fold(text[: whole[0].start])[-25:])
    ):
        yield Figure.parse(str(_FIXED[unit])).figure, each.figure, whole[0].figure


def _unit(folded: str, one: Quantity) -> str:
    """What it is for each of: "mỗi lớp 60 học viên", "60 học viên/lớp"; an average is none."""
    if re.search(r"\b(?:binh quan|trung binh)\b", folded[max(one.start - 40, 0) : one.start]):
        return ""
    ahead = re.search(r"[^;,.()\d]*$", folded[: one.start])
    led = re.search(r"\b(?:moi|tung) (?P<unit>[a-z]+)\b[^,]{0,25}$", ahead[0]) if ahead else None
    if led:
        return led["unit"]
    behind = _BEHIND.match(folded[one.end :])
    return behind["unit"] if behind and not re.match(r"nam\b|ngay\b", behind["unit"]) else ""


def _counts(one: Quantity) -> str:
    return one.unit.split("/")[0]


def _whole(folded: str, one: Quantity, each: Quantity, found: list[Quantity]) -> bool:
    """The whole counts what the measure counts: money, or the same word; it is led to, stands alone or in brackets."""
    if one.money != each.money or one.money and _WIDER.search(one.before):
        return False
    if not one.money and _counts(one) != _counts(each):
        return False
    led = bool(_WHOLE.search(one.before)) or folded[max(one.start - 1, 0) : one.start] in ("(", "=")
    return led or one.money and len(found) == 3


def _times(text: str) -> Iterator[Product]:
    """As "4 lớp × 60 học viên = 240 học viên", "(04 lớp x 60 học viên/lớp)" behind the whole."""
    found = quantities(text)
    for one, other, third in zip(found, found[1:], found[2:], strict=False):
        exact = all(said.figure.is_exact and not said.percent and said.of is None for said in (one, other, third))
        if (
            exact
            and _TIMES.fullmatch(text[one.end : other.start])
            and re.fullmatch(r"[^\d;.x×*()]{0,40}=\s*", text[other.end : third.start])
        ):
            yield one.figure, other.figure, third.figure
        asides = re.fullmatch(r"[^\d;.()x×*]{0,40}\(\s*", text[one.end : other.start])
        ends = re.match(r"[^\d();x×*]{0,40}\)", text[third.end :])
        if exact and asides and ends and _TIMES.fullmatch(text[other.end : third.start]):
            yield other.figure, third.figure, one.figure
