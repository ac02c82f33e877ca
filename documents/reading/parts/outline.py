"""The sections of a body (mục) and, of a plan, its groups of tasks and who carries them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.reading.folding import fold, key, squeeze
from documents.reading.model import Line, Place, Read
from documents.reading.names.words import BODY

_ROMAN = re.compile(r"^(?P<mark>[IVX]{1,5})\s?[.)/:-]\s*(?P<title>\S.*)$")
_DECIMAL = re.compile(r"^(?P<mark>\d{1,2})\s?[.)/]\s*(?!\d)(?P<title>[^\W\d_].*)$")
_ITEM = re.compile(r"^(?:[a-zđ]\)|[-+*•–]\s|[a-zđ]\.\s|\d{1,2}\.\d{1,2}\.?\s)")
_TASKS = re.compile(r"\b(?:noi dung|nhiem vu|giai phap|hoat dong|cac hoat dong)\b")
_CARRY = re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem|to chuc trien khai)\b")
_TOP = re.compile(r"^(?P<mark>[IVX]{1,5}|[A-HĐ]|\d{1,2})\s?[.)/:-]\s*(?!\d)(?P<title>[^\W\d_][^.:;]{3,90})[.:]?$")
"""A heading that is a line of its own, of the first level."""
_NUMBER = re.compile(r"^\d{1,2}[.)/]\s")
_ASKED = re.compile(
    r"(?:kinh )?(?:de nghi|moi|yeu cau|giao(?: nhiem vu cho| cho)?|phan cong(?: cho)?|uy quyen(?: cho)?) "
)
_WHO = re.compile(rf"(?:cac |lanh dao |thu truong |truong )?(?:{BODY}|thon|ap|khu pho|to dan pho|xa|phuong)\b")
_DOES = re.compile(
    r",? (?:cung |tich cuc |chu dong |tiep tuc |tham muu |chi dao )?(?:phoi hop|van dong|chu tri|thuc hien|to chuc|"
    r"tham gia|tuyen truyen|huong dan|bo tri|kiem tra|theo doi|tong hop|xay dung|trien khai|bao cao|lap|cap|dua|gui|"
    r"ra soat|ho tro|tham muu|don doc|quan tam|can cu|lam|dam bao|bao dam|giam sat|chuan bi|dang|phat|chi dao)\b"
)
"""What is asked of a body, folded: there its name is over."""
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Section:
    """A section: "II", "2" or "II.2", its heading, its text, how many items it lists."""

    mark: str
    title: str
    text: str
    items: int
    place: Place


def sections(body: Sequence[Line]) -> list[Section]:
    """The sections down to the second level, in their order."""
    found: list[tuple[str, str, list[Line], Place]] = []
    upper = ""
    open_title = False
    for line in body:
        said = squeeze(line.text)
        if roman := _ROMAN.match(said):
            upper = roman["mark"]
            found.append((upper, roman["title"], [], line.place))
            open_title = roman["title"].isupper()
        elif (decimal := _DECIMAL.match(said)) and len(said) < 400:
            mark = f"{upper}.{decimal['mark']}" if upper else decimal["mark"]
            found.append((mark, decimal["title"], [], line.place))
            open_title = False
        elif found and open_title and said.isupper():
            mark, title, lines, place = found[-1]
            found[-1] = (mark, f"{title} {said}", lines, place)
        elif found:
            found[-1][2].append(line)
            open_title = False
    return [
        Section(
            mark, _heading(title), squeeze(" ".join([_behind(title), *(x.text for x in lines)])), _items(lines), place
        )
        for mark, title, lines, place in found
    ]


def _heading(title: str) -> str:
    """The heading's own words: up to a colon that the text follows."""
    return (title.partition(":")[0] if _behind(title) else title).strip(" .:*")


def _behind(title: str) -> str:
    """The text that follows a heading on its own line, as "3. Sản phẩm truyền thông: Không."."""
    head, _, rest = title.partition(":")
    return rest.strip(" *") if len(head) > 5 else ""


def _items(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if _ITEM.match(squeeze(line.text)))


def task_groups(found: Sequence[Section]) -> list[Read[str]]:
    """A plan's groups of tasks: the numbered headings below the section of contents or tasks."""
    return [_read(one) for one in _below(found, _TASKS, _CARRY)]


def assignees(found: Sequence[Section], body: Sequence[Line] = ()) -> list[Read[str]]:
    """Who carries a plan out: the numbered headings below "Tổ chức thực hiện", else the items listed there."""
    return [_read(one) for one in _below(found, _CARRY, None)] or list(_charged(body))


def _charged(body: Sequence[Line]) -> Iterator[Read[str]]:
    """As "- Trạm Y tế: …", "5.1. Công an phường: …", "- Đề nghị Hội Nông dân vận động …" below such a heading."""
    tops = [(at, found) for at, line in enumerate(body) if (found := _TOP.match(squeeze(line.text)))]
    chosen = next((n for n in reversed(range(len(tops))) if _CARRY.search(fold(tops[n][1]["title"]))), None)
    if chosen is None:
        return
    start, heading = tops[chosen]
    same = (at for at, found in tops[chosen + 1 :] if found["mark"].isdecimal() == heading["mark"].isdecimal())
    for line in body[start + 1 : next(same, len(body))]:
        said = squeeze(line.text)
        marked = _ITEM.match(said) or _NUMBER.match(said)
        if marked and (name := _charged_name(said[marked.end() :].strip())):
            yield Read(name, said, line.place, 0.85)


def _charged_name(said: str) -> str:
    """The bodies that an item begins with: up to its colon, or up to what they are asked to do."""
    asked = _ASKED.match(fold(said))
    rest = said[asked.end() :] if asked else said
    head, colon, _ = rest.partition(":")
    if colon and len(head.split()) <= _MOST_WORDS and not re.search(r"[.;]|\d/", head):
        return head.strip()
    if asked is None or not _WHO.match(fold(rest)):
        return ""
    done = _DOES.search(fold(rest))
    return (rest[: done.start()] if done and len(rest[: done.start()].split()) <= 2 * _MOST_WORDS else "").strip(" ,")


def _below(found: Sequence[Section], wanted: re.Pattern[str], never: re.Pattern[str] | None) -> Iterator[Section]:
    tops = [one for one in found if "." not in one.mark and not one.mark.isdecimal()]
    chosen = [
        one.mark for one in tops if wanted.search(fold(one.title)) and not (never and never.search(fold(one.title)))
    ]
    for one in found:
        if chosen and one.mark.startswith(f"{chosen[0] if never else chosen[-1]}."):
            yield one


def _read(section: Section) -> Read[str]:
    return Read(section.title, f"{section.mark}. {section.title}", section.place, 0.9)


def like(found: Sequence[Section], title: str) -> Section | None:
    """The section whose heading has the words of a form's section."""
    wanted = set(key(title).split())
    scored = [(len(wanted & set(key(one.title).split())) / max(len(wanted), 1), one) for one in found]
    best = max(scored, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] >= 0.6 else None
