"""Counts parted by names (xây mới 06, sửa chữa 04; 05 mầm non, 05 tiểu học): each part once, none within another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.said.phrases import Quantity, quantities
from documents.checks.said.wholes import OTHER, Told
from documents.reading.folding import fold

_ALL = re.compile(r"\b(?:bao gom|gom|chia ra|phan ra|chia thanh|phan theo|co cau)\b")
_SOME = re.compile(r"\b(?:trong do|cu the|cu the la)\b|:\s*[^\d:;]{0,40}$")
_OPENS = re.compile(r"\(\s*[^\d()]{0,40}$")
_PARTS = re.compile(r"\s*(?:;|,| va | và )\s*")
_BETWEEN = re.compile(r"(?:;|,|\bvà\b|\+)")
OVERLAPS = re.compile(
    r"\b(?:nu|phu nu|nam|dan toc|khuyet tat|dang vien|ngheo|can ngheo|cao tuoi|tre|tre em|ton giao|mo coi|thuong binh|"
    r"chinh sach|nhe can|thap coi|gay com|beo phi|can thi|nguoi co cong|luot|doi tuong|nguyen nhan|co the|"
    r"truong hop|lan dau|tai pham|nang)\b"
)
"""Who may be two of them at once."""
_FAMILIES = (
    r"\b(?:tuoi|thang tuoi)\b", r"\bloai \d\b|\bhang \d\b|\bloai [a-d]\b",
    r"\b(?:xay moi|sua chua|cai tao|nang cap|lam moi|xay dung moi)\b", r"\b(?:ca nhan|tap the|ho gia dinh|to chuc)\b",
    r"\b(?:mam non|mau giao|nha tre|tieu hoc|thcs|thpt|trung hoc|lien cap)\b",
    r"\bcap (?:tinh|huyen|xa|thon|truong|co so|tw|trung uong)\b|\b(?:tinh|huyen|xa|thon)$",
    r"\b(?:than the|tinh than|kinh te|tinh duc)\b", r"\b(?:truc tiep|truc tuyen|gian tiep)\b",
    r"\b(?:dai hoc|cao dang|trung cap|so cap|thac si|"
    r"sau dai hoc)\b", r"\b(?:xuat sac|tot|kha|trung binh|yeu|kem|dat)\b",
    r"\b(?:quyet dinh|ke hoach|cong van|bao cao|thong bao|to trinh|huong dan|giay moi|nghi quyet|chi thi)\b",
    r"\b(?:ngheo|can ngheo|trung binh|kha)\b", r"\b(?:dung han|qua han|truoc han|cham|tre han)\b",
    r"^(?:dan |con )?(?:trau|bo|lon|de|ga|vit|cho|"
    r"meo)(?: con)?$", r"\bquy (?:i|ii|iii|iv|\d)\b", r"\bdot \d\b|\blan \d\b",
)  # fmt: skip
"""Names that exclude each other: where all parts bear one of a family, they are all; of the sexes others tell."""
_OPEN = (
    r"\b(?:quyet dinh|ke hoach|cong van|bao cao|thong bao|to trinh|huong dan|giay moi|nghi quyet|chi thi)\b",
    r"\b(?:dai hoc|cao dang|trung cap|so cap|thac si|"
    r"sau dai hoc)\b", r"\btuoi\b", r"^(?:dan |con )?(?:trau|bo|lon|de|ga|vit|cho|meo)(?: con)?$",
    r"\bloai \d\b|\bhang \d\b|\bloai [a-d]\b", r"\bdot \d\b|\blan \d\b",
)  # fmt: skip
"""Families of which «trong đó» may name only some."""
_SLIP = Decimal("0.2")
"""How much more the parts may make where nobody says that they exclude each other: a slip, no overlap."""
_ELSE = re.compile(r"\b(?:binh quan|trung binh|tu|con lai|kinh phi|trieu|dong|dien tich)\b|/")
_PEOPLE = re.compile(
    r"^(?:luot |nguoi|hoc vien|hoc sinh|giang vien|hoi vien|thanh vien|can bo|dai bieu|doan vien|cong dan|"
    r"uy vien|ca nhan|"
    r"dong chi|cong tac vien|chau|em|tre|ong|ba|chi)\b"
)
_NOT = re.compile(rf"{OTHER.pattern}|\bmỗi\b", re.I)
_COUNTED = re.compile(
    r"^(?:nguoi|ho|vu|cuoc|buoi|lop|suat|hoi nghi|tin|bai|truong|thon|ban|xa|to|cai|chiec|cong trinh|nha|mo hinh|km|m|"
    r"ha|tan|con|lit|lieu|bo|cau lac bo|doi|dot|phien|don|ho so|van ban|cuon|luot|gio|ngay|nam|thang|phut|tiet|"
    r"tieu chi)\b"
)


def of_labels(text: str) -> Iterator[Told]:
    """A whole, a lead or a bracket, and at least two parts that each bear a name of their own before or behind."""
    bare = _asides(text)
    found = [one for one in quantities(bare) if not one.percent and not one.money]
    for at, whole in enumerate(found[:-2]):
        between = bare[whole.end : found[at + 1].start]
        how = _led(between)
        if not how or not whole.figure.is_exact or whole.of is not None or _ELSE.search(whole.before[-20:]):
            continue
        if not re.match(r"\s*[^\W\d]", bare[whole.end :]) or OTHER.search(between):
            continue
        parts = _listed(bare, found[at + 1 :], how)
        every = _exclude(whole, parts, how)
        if len(parts) > 1 and every:
            if not _NOT.search(bare[whole.end : parts[-1].end]):
                yield Told(whole, parts, every == "all")
            return


def _asides(text: str) -> str:
    """Brackets with less than two counts say something beside."""

    def blanked(found: re.Match[str]) -> str:
        return (
            found[0] if len(re.findall(r"(?<![\w.,/])\d+(?![\w/%]|[.,]\d|\s?%)", found[1])) > 1 else " " * len(found[0])
        )

    return re.sub(r"\(([^()]*)\)", blanked, text)


def _led(between: str) -> str:
    folded = fold(between)
    if len(between) > 90 or re.search(r"[;.]\s", between):
        return ""
    if _ALL.search(folded):
        return "all"
    return "brackets" if _OPENS.search(folded) else "some" if _SOME.search(folded) else ""


def _listed(text: str, found: list[Quantity], how: str) -> tuple[Quantity, ...]:
    """Parts with nothing but commas, semicolons or «và» between them, up to the bracket's or the sentence's end."""
    parts = found[:1]
    for one in found[1:]:
        between = text[parts[-1].end : one.start]
        if re.search(r"[().:]|\d|%", between.replace(":", "", 1)) or not _BETWEEN.search(between):
            break
        parts.append(one)
    close = text.find(")", parts[-1].end)
    if how == "brackets" and close < 0 or _NOT.search(text[parts[0].start : parts[-1].end]):
        return ()
    if how == "brackets" and re.search(r"\d", text[parts[-1].end : close]):
        return ()
    return tuple(parts)


def _exclude(whole: Quantity, parts: tuple[Quantity, ...], how: str) -> str:
    """ "all" where the parts are all of the whole, "some" where they only exclude each other; "" where neither is
    sure."""
    names = [_name(parts, n) for n in range(len(parts))]
    unit = whole.unit
    if len(parts) < 2 or any(not name or _ELSE.search(name) for name in names) or len(set(names)) < len(names):
        return ""
    if any(not one.figure.is_exact or one.of is not None for one in parts):
        return ""
    if any(one.figure.amount > whole.figure.amount for one in parts):
        return ""  # another quantity, or told by the rule of parts over their whole
    if any(all(re.search(family, name) for name in names) for family in _FAMILIES):
        return "some" if how == "some" and any(all(re.search(one, name) for name in names) for one in _OPEN) else "all"
    people = _PEOPLE.match(whole.after) is not None
    alien = [name for name in (one.after for one in parts) if _COUNTED.match(name) and name.split(" ")[0] != unit
             or _PEOPLE.match(name) and not people]  # fmt: skip
    if alien or any(OVERLAPS.search(name) for name in names):
        return ""
    if how == "all":
        return "all"
    total = sum(one.figure.amount for one in parts)
    return "some" if total - whole.figure.amount <= whole.figure.amount * _SLIP else ""


def _name(parts: tuple[Quantity, ...], n: int) -> str:
    """What the part is called: the words before it within its item, and those behind."""
    one = parts[n]
    before = _PARTS.split(" " + one.before)[-1]
    return f"{re.sub(r'^.*?(?:gom|trong do|chia ra|cu the|la)', '', before).strip(' :-')} {one.after}".strip(" :-")
