"""A whole and its parts (tổng số và các phần): where a clause leads from one number to those that make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents.checks.said.phrases import Quantity, quantities
from documents.reading.folding import fold

OTHER = re.compile(
    r"\b(?:so với|cùng kỳ|tăng|giảm|năm trước|còn lại|chỉ tiêu|kế hoạch giao|l[uũ][yỹ] kế|đến nay|vượt|ngoài ra|"
    r"chưa (?:kể|gồm|tính)|chưa bao gồm|ước|dự kiến|trước đó|kỳ trước|nâng|hằng năm|hàng năm|khoảng)\b", re.I,
)  # fmt: skip
"""With their marks: quà tặng is no tăng."""
_ALL = re.compile(
    r"\b(?:bao gom|gom(?: co| cac khoan| cac nguon| cac phan)?|phan bo|chia ra|phan ra|co cau|chia thanh|duoc chia|"
    r"phan theo|hinh thanh tu|huy dong tu|tu (?:cac )?nguon|duoc bo tri tu)\b(?! it nhat)"
)
_SOME = re.compile(
    r"\btrong (?:do|so do)\b|\bcu the\b|\bchi tiet\b|\bnhu sau\b|:\s*$|:\s*[^\d:;]{0,60}$|\(\s*[^\d()]{0,40}$"
)
_EACH = re.compile(r"\b(?:moi|binh quan|don gia|muc|dinh muc|tu|toi da|khong qua|muc chi)\b[^,;:]*$|[/x×*]\s?$")
_PER = re.compile(r"\s?(?:dong|d|vnd)?\s?/\s?[a-z]")
_SCALED = re.compile(r"(?:nghin|ngan|trieu|ty|ti|tr)\b\.?$")
_OWN = re.compile(r"\bngan sach\b|\bnsnn\b|\bns (?:tinh|xa|huyen|tw|trung uong|dia phuong)\b")
_GIVEN = re.compile(r"\b(?:xa hoi hoa|van dong|huy dong|dong gop|tai tro|ung ho|khac|doi ung|tu nguyen|doanh nghiep)\b")
_SUM = re.compile(
    r"(?:^|.*\b)(?:tong(?: cong| so tien| so| kinh phi| gia tri| tri gia| chi| muc| nguon von| von| so von|"
    r" so kinh phi)?|"
    r"cong)(?: (?:la|het|chi phi|kinh phi|so|tien|cac khoan|du toan|thuc hien|cua|dot|nam|chung|ca|hai|ba|nguon|"
    r"bang|so tien))*$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A whole, its parts, and whether they are said to be all of it."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    every: bool
    partners: bool = False
    """Money from the budget and money that was given, which together are mostly all."""


def of_money(text: str, *, listed: bool = False) -> Iterator[Told]:
    """Amounts of money; `listed`: items that stand below one another are all there is."""
    bare = _without_asides(text)
    found = _amounts(bare)
    if len(found) < 3 or any(not one.figure.is_exact for one in found):
        return
    for at, whole in enumerate(found[:-2]):
        between = bare[whole.end : found[at + 1].start]
        if how := _led(between):
            parts = _until(bare, found[at + 1 :])
            if len(parts) > 1:
                yield Told(whole, parts, how == "all" or listed, _partners(parts))
            return
    last = found[-1]
    if _sums(bare, last) and not any(
        _led(bare[one.end : other.start]) for one, other in zip(found, found[1:-1], strict=False)
    ):
        alone = all(one in found or not one.after for one in quantities(bare))
        yield Told(last, tuple(found[:-1]), alone)


def _led(between: str) -> str:
    """Whether what stands between a whole and the next number leads to its parts."""
    if OTHER.search(between) or re.search(r"\.\s+(?!\s*(?:Trong|Bao|Gồm|Phân|Cơ|Cụ|Chia|Chi))[A-ZĐ]", between):
        return ""
    folded = fold(between)
    return "all" if _ALL.search(folded) else "some" if _SOME.search(folded) else ""


def _sums(text: str, one: Quantity) -> bool:
    """With its marks: tống, công and tông are other words."""
    ahead = re.split(r"[;,.()]\s|\d", text[max(one.start - 60, 0) : one.start].lower())[-1].strip(" :-(+")
    return bool(_SUM.match(fold(ahead)) and re.search(r"\b(?:tổng|cộng)\b", ahead))


def _partners(parts: tuple[Quantity, ...]) -> bool:
    """Whether some of it is from the budget and some was given."""
    return any(_OWN.search(one.before) for one in parts) and any(_GIVEN.search(one.before) for one in parts)


def _without_asides(text: str) -> str:
    """Brackets that hold a price, words for figures or less than two amounts are blanked; lists in brackets stay."""

    def blanked(found: re.Match[str]) -> str:
        inside = found[1]
        kept = len(_amounts(inside)) > 1 or re.match(r"\s*(?:trong|gồm|bao gồm)", inside)
        return found[0] if kept else " " * len(found[0])

    return re.sub(r"\(([^()]*)\)", blanked, text)


def _amounts(text: str) -> list[Quantity]:
    """Sums of money that are no price of one thing; "9,6 triệu" is money too where đồng is said of another."""
    folded, every = fold(text), quantities(text)
    scaled = any(one.money for one in every)
    found = [one for one in every if one.money or scaled and _bare(one, folded)]
    return [replace(one, money=True) for one in found if not one.percent and not _price(one, folded)]


def _bare(one: Quantity, folded: str) -> bool:
    said = folded[one.start : one.end].strip(" .")
    return bool(_SCALED.search(said)) and not re.match(
        r"\s?[a-z]", folded[one.end :].removeprefix(" va").removeprefix(" tu")
    )


def _price(one: Quantity, folded: str) -> bool:
    return bool(
        _EACH.search(one.before)
        and not re.search(r"\btu (?:ngan sach|nguon|quy|xa hoi|cac)|\btong muc", one.before)
        or _PER.match(folded, one.end)
    )


def _until(text: str, parts: list[Quantity]) -> tuple[Quantity, ...]:
    """Parts as long as nothing else begins; none where parts have parts of their own."""
    kept, parted = parts[:1], False
    for one in parts[1:]:
        between = text[kept[-1].end : one.start]
        if _nested(between) or ")" in between and "(" not in between:
            return tuple(kept) if ")" in between and len(kept) > 1 and not _nested(between) else ()
        if OTHER.search(between) or _sums(text, one) or ";" in between and len(kept) > 1 and not parted:
            break
        if re.search(r"\.\s+[A-ZĐ]", between):
            break
        parted = parted or ";" in between
        kept.append(one)
    return tuple(kept)


def _nested(between: str) -> bool:
    """Whether a part is parted again."""
    return bool(re.search(r"\btrong (?:do|so do)\b|\b(?:bao )?gom\b|\(", fold(between)))
