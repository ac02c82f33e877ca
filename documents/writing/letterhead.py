"""What stands around a paper's text, in the words of Nghị định 30/2020/NĐ-CP, Phụ lục I: issuer, place, signer, days.

Pure. What an office may settle for itself (`House`) is data: whether the body above stands over the issuer's name,
and how a place is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from states.names import split_type
from states.periods import vi_date

_CENTRAL = "Cơ quan trung ương"
"""Stands for whoever issues for the whole nation, where the tree names no body for it."""
TERRITORIAL = ("nation", "province", "district", "commune")


@dataclass(frozen=True)
class Body:
    """An issuing body: its name, its level ("body" for committees and departments) and the unit above it."""

    name: str
    level: str
    above: str | None = None
    above_level: str | None = None

    @property
    def is_committee_of_the_people(self) -> bool:
        """Whether it is a unit's Ủy ban nhân dân, not a committee or department beside it."""
        return self.level in TERRITORIAL and bool(split_type(self.name)[0])

    @property
    def full_name(self) -> str:
        """In running text: "Ủy ban nhân dân phường Bạch Đằng"; a body keeps its name."""
        if self.level == "nation":
            return _CENTRAL
        return f"Ủy ban nhân dân {_small_type(self.name)}" if self.is_committee_of_the_people else self.name

    @property
    def short_name(self) -> str:
        """In citations: "UBND phường Bạch Đằng"."""
        return short_issuer(self.name) if self.is_committee_of_the_people else self.full_name


@dataclass(frozen=True)
class House:
    """What an office settles for its papers: levels without the line of the body above, places as they are written.

    `above`: the line of the body above in an office's own words, "" for none; None leaves it to the level.
    """

    no_parent_line: frozenset[str] = frozenset({"nation", "province"})
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    above: str | None = None


def issuer_lines(body: Body) -> tuple[str, ...]:
    """The issuer's name in capitals: "ỦY BAN NHÂN DÂN", "PHƯỜNG BẠCH ĐẰNG" (Phụ lục I, II.2)."""
    if body.is_committee_of_the_people:
        return ("ỦY BAN NHÂN DÂN", body.name.upper())
    return (body.full_name.upper(),)


def parent_line(body: Body, house: House) -> str | None:
    """The body above in capitals, shortened: "UBND QUẬN HAI BÀ TRƯNG"; None where there is none to be written."""
    if house.above is not None:
        return house.above.upper() or None
    if body.above is None or body.level in house.no_parent_line or body.above_level in (None, "nation"):
        return None
    return short_issuer(body.above).upper()


def short_issuer(unit: str) -> str:
    """ "Thị xã Đức Phổ" gives "UBND thị xã Đức Phổ"; what is no unit of the tree keeps its name."""
    return f"UBND {_small_type(unit)}" if split_type(unit)[0] else _CENTRAL if unit == "Việt Nam" else unit


def place(body: Body, house: House) -> str:
    """Where it was issued: "Bạch Đằng", but "Phường Nguyễn Nghiêm" (Phụ lục I, II.4).

    A unit named after a person, by a number or after an event is written in full. The tree does not say who a unit is
    named after: a surname in front is taken for a person's name, a figure anywhere for a number ("Phường Hà Giang 2");
    `House.places` corrects it.
    """
    if body.level == "nation":
        return house.places.get(body.name, "Hà Nội")
    unit = body.name if body.level in TERRITORIAL else body.above or body.name
    kind, rest = split_type(unit)
    full = not kind or bool(_NAMED_AFTER.match(rest))
    return house.places.get(unit, unit if full else rest)


def day_words(day: date | None, year: int) -> str:
    """ "ngày 05 tháng 02 năm 2024"; the room for a day and month that are not given yet."""
    if day is None:
        return f"ngày       tháng       năm {year}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def signature_lines(body: Body, authority: str, title: str) -> tuple[str, ...]:
    """The lines over the signature, by the signer's authority (Phụ lục I, II.7).

    A Vice-chair: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"; in a committee or department no "TM." stands
    over the deputy: "KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG"; the post in the committee comes first, the one in the agency
    under it: "TRƯỞNG BAN / PHÓ CHỦ TỊCH UBND HUYỆN".
    """
    posts, head = _posts(title), _head(body, title).upper()
    collective = ("TM. ỦY BAN NHÂN DÂN",) if body.is_committee_of_the_people else ()
    match authority:
        case "KT.":
            return (*collective, f"KT. {head}", *posts)
        case "Q.":
            return (*collective, f"Q. {posts[0]}", *posts[1:])
        case "TL." | "TUQ.":
            return (f"{authority} {head}", *posts)
        case "TM.":
            return (*(collective or (f"TM. {_committee(body)}",)), *posts)
        case _:
            return posts


def cite(type_word: str, number: str | None, day: date | None, issuer: str) -> str:
    """A citation as a paper gives it: "Kế hoạch số 74/KH-UBND ngày 11 tháng 4 năm 2024 của UBND thị xã Đức Phổ"."""
    said = [type_word, f"số {number}" if number else "", day_words(day, 0) if day else "", f"của {issuer}"]
    return " ".join(part for part in said if part)


def type_of(symbol: str) -> str:
    """The type word of a document from outside, by its number: "191/2009/TT-BTC" is a Thông tư, "03/UBQG-VP" a
    Công văn (it bears no abbreviation of a type)."""
    kind = re.split(r"[-/]", symbol.rsplit("/", 1)[-1] if "/" in symbol else symbol.partition("-")[2])[0]
    resolved = re.match(r"\d+-(\w+)/", symbol)  # a Party body's "73-NQ/ĐU"
    return _TYPES.get(resolved[1] if resolved else kind, "Công văn")


def title_of(title: str, type_word: str) -> str:
    """The title (trích yếu) without the type word over it: "Báo cáo kết quả …" gives "Kết quả …"."""
    words = title.split()
    count = len(type_word.split())
    if len(words) > count + 1 and " ".join(words[:count]).upper() == type_word.upper():
        words = words[count:]
    said = " ".join(words)
    return said[:1].upper() + said[1:]


def in_sentence(title: str) -> str:
    """A title in a sentence: "Kết quả thực hiện …" gets a small letter, a name ("Tháng hành động …") keeps its own."""
    return title[:1].lower() + title[1:] if title.lower().startswith(_COMMON) else title


def day_or_words(said: object) -> str:
    """A day written 2026-12-15 as people write it, other words as they are."""
    try:
        return vi_date(date.fromisoformat(str(said)))
    except ValueError:
        return str(said or "")


def _small_type(unit: str) -> str:
    kind, rest = split_type(unit)
    return f"{kind.lower()} {rest}" if kind else unit


def _posts(title: str) -> tuple[str, ...]:
    """ "Trưởng ban, Phó Chủ tịch UBND huyện" holds two posts, a line each."""
    return tuple(post.strip().upper() for post in title.split(",") if post.strip()) or ("",)


def _head(body: Body, title: str) -> str:
    """Whose deputy or delegate signs: "Phó Trưởng phòng" stands for the "Trưởng phòng"."""
    if title.lower().startswith("phó "):
        rest = title.partition(",")[0][4:]
        return rest if rest.lower().split()[0] in _HEADS else f"Trưởng {rest}"
    if body.is_committee_of_the_people:
        return "Chủ tịch"
    return _HEAD_OF.get(body.name.split()[0].lower(), "Thủ trưởng")


def _committee(body: Body) -> str:
    return body.name.upper()


_COMMON = ("kết quả", "tình hình", "công tác", "việc", "sơ kết", "tổng kết", "đánh giá", "triển khai", "thực hiện",
           "hoạt động", "về ", "tổ chức", "hướng dẫn", "quy định", "ban hành", "phê duyệt", "tăng cường")  # fmt: skip
_HEADS = ("chủ", "trưởng", "giám", "chánh", "cục", "tổng", "vụ", "chi", "viện")
_HEAD_OF = {"sở": "Giám đốc", "phòng": "Trưởng phòng", "ban": "Trưởng ban", "văn": "Chánh Văn phòng",
            "trung": "Giám đốc", "ủy": "Chủ tịch"}  # fmt: skip
# Surnames that no ordinary place name begins with, and names of people and events that do not begin so.
_NAMED_AFTER = re.compile(
    r".*\d|[IVX]+$|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)$"
    r"|(?:Nguyễn|Trần|Lê|Lý|Phạm|Đinh|Huỳnh|Ngô|Võ|Trương|Bùi) \w"
    r"|Hồ Chí Minh|Hai Bà Trưng|Quang Trung|Hoàng Văn Thụ|Hoàng Diệu|Phan (?:Chu|Châu|Bội|Đình) \w+|Điện Biên Phủ"
    r"|Cách Mạng|Tôn Đức Thắng|Võ Thị Sáu"
)
_TYPES = {
    "QĐ": "Quyết định", "KH": "Kế hoạch", "TT": "Thông tư", "NĐ": "Nghị định", "NQ": "Nghị quyết", "CT": "Chỉ thị",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "BC": "Báo cáo", "CĐ": "Công điện", "TTr": "Tờ trình",
    "TTLT": "Thông tư liên tịch", "QH": "Luật", "KL": "Kết luận",
}  # fmt: skip
