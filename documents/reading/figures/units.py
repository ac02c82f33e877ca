"""Words that figures count (đơn vị tính): people, events, things, and any other noun right behind a whole number."""

from __future__ import annotations

import re

from documents.reading.folding import fold, marks_of

_NO_THING = (
    r"thang|nam|ngay|gio|phut|giay|tuoi|quy|tuan|ky|khoa|nhiem ky|den|toi|va|cua|la|trong|tren|duoi|cho|voi|tai|tu|"
    r"theo|o|khi|thi|do|boi|ve|hoac|hay|so|cac|nhung|khong|sach|sao|mui|lieu|cap|loai|muc|muc do|lan|dong|trieu|ty|"
    r"ti|"
    r"nghin|ngan|tram|phan tram|diem phan tram|sang|chieu|toi da|tro|dat|chiem|tang|giam|bang|tuong|duoc|da|se|co|"
    r"con|"
    r"ghi|quy dinh|nghi|luat|khoan|dieu|muc tieu nay|thoi gian|ngoai|giai doan|nham|de|luc|hoi|tru|chua|van|cung|"
    r"nay|kia|nhat|moi|phai|can|buoi|cuoc|lop|dot"
)
_THING = re.compile(r"\s(?P<word>[^\W\d_]+)(?!\s?/|[\w(])")
_NOTHING = re.compile(rf"(?:{_NO_THING})\b")
_MEASURE = re.compile(r"\s?(?P<word>km2?|m2|m3|m²|m³|km²|ha|tan|ta|kg|lit|kwh|mw|m)\b(?!\s?/|\.)")
_TWO = re.compile(
    r"\s(?P<word>ba me|cong dan|tieu chi|san pham|khu pho|khu dan cu|khoi pho|van ban|ho so(?! voi)|bang khen|"
    r"giay khen|giay khai sinh|giay chung nhan|giay to|thu tuc|khoan thu|"
    r"nhan khau|bong den|diem truong|o dich|cap vo chong|be gai|be trai|to gap|cau lac bo|cong trinh|du an|"
    r"co so|dia ban|mo hinh|gia dinh|van dong vien|phu huynh|y kien|kien nghi|chi hoi|chi bo|chi doan|dieu tra vien|"
    r"to dan pho|cuoc goi|thiet bi|phong hoc|hoc bong|chu ky|hop dong|ban sao|tuyen duong|mam non|tieu hoc|trung hoc|"
    r"nhiem vu|chi tieu)\b"
)
_MODIFIES = re.compile(
    r"\s?(?:-\s?\d|tuoi\b|thang\b|nam\b|ngay\b(?! cong)|gio\b|phut\b|sao\b|mui\b|loai\b|muc do\b|lieu\b|"
    r"lan\b(?!\s?/)|"
    r"den \d+ (?:tuoi|thang)|(?:va|den) \d{1,2}/\d)"
)
_MODIFIED = re.compile(
    r"(?:\d\s?-\s?|\b(?:loai|muc do|phu luc|bieu|dot|ngay|"
    r"(?<!tong )(?<!trong )(?<!dan )(?<!si )so|(?:tu|tuoi) \d+ (?:den|-)) ?)$"
)
_NUMBERED = re.compile(
    r"\b(?:muc|cap do|thu|khoa|bang|mau|dieu|khoan|giai doan|he so|quy|to|thon|khom|ap|khoi|lop|nhom|phuong|quan|"
    r"khu pho|khu|to dan pho|doi|diem|hang) $"
)
_REALLY = ("con", "ổ", "giấy")
"""Words that count, though others look like them without marks (còn, ở)."""


_COUNTERS = re.compile(
    r"(?:nguoi|luot|em|chau|tre|ho|ca|vu|vu viec|truong hop|con|lo|dong chi|don vi|hoi vien|dai bieu|cong dan|bai|"
    r"cai|"
    r"chiec|o|luot nguoi|doan vien|suat|the|cap|nha|nan nhan|ban|to|diem|lit|km|m|ha|tan|kg)"
)

_MONEY = re.compile(r"\s?\.?\s?(?:(?P<word>dong)(?: chan|\b)|vnd\b|d\b(?![/\w]))")
_COMRADES = re.compile(r" (?:chi|bao)\b")

_MEASURES = re.compile(r"(?:luot|con|cai|chiec|lit|km|m|ha|tan|ta|kg|m2|m²|m3|m³|lo|suat)")


def measures(unit: str) -> bool:
    """Whether a word is a measure, which no name needs ("Nâng cấp 4,7 km đường")."""
    return bool(_MEASURES.fullmatch(fold(unit.strip())))


def only_counts(unit: str) -> bool:
    """Whether a word only counts, so that alone it names nothing (người, hộ, con)."""
    return bool(_COUNTERS.fullmatch(fold(unit.strip())))


def thing(text: str, folded: str, end: int) -> str:
    """The noun right behind a number that ends here, or ""; a measure of length, weight, area as well."""
    found = _MEASURE.match(folded, end) or _TWO.match(folded, end) or _THING.match(folded, end)
    if found is None:
        return ""
    word = text[found.start("word") : found.end("word")]
    none = found.re is _THING and _NOTHING.match(folded, found.start("word")) and word not in _REALLY
    return word if word[:1].islower() and not none else ""


def modifies(folded: str, digits: int, end: int, text: str, counts: bool) -> bool:
    """Whether a number only belongs to a noun: an age, a span of months, a grade, the number of a hamlet."""
    behind = _MODIFIES.match(folded, end)
    if behind and text[end : behind.end()].strip().lower() != "nam":  # men
        return True
    ahead = folded[max(digits - 24, 0) : digits]
    return bool(_MODIFIED.search(ahead)) or not counts and bool(_NUMBERED.search(ahead))


def dong_behind(text: str, folded: str, digits: int, end: int) -> re.Match[str] | None:
    """The "đồng" right behind a number: no «động», no comrades (đồng chí), no heading's own number ("1.2. …")."""
    found = _MONEY.match(folded, end)
    if found is None or found["word"] is None:
        return found
    word = text[found.start("word") : found.end("word")].lower()
    heads = "." in found[0] and (digits == 0 or text[digits - 1] == "\n")
    if heads or marks_of(word) - marks_of("đồng"):
        return None
    other = _COMRADES.match(folded, found.end("word"))
    spends = other and word == "đồng" and text[other.start() : other.end()] == " chi"
    return None if other and not spends else found
