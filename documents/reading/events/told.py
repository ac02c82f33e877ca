"""Events and who came (cuộc, lớp, buổi; người tham dự, nam, nữ): counts with their bounds, as sentences tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents.reading.figures.labels import before, behind, core
from documents.reading.figures.marking import EVENT, PEOPLE, Marked
from documents.reading.figures.numbers import Number
from documents.reading.folding import fold, squeeze
from documents.reading.model import Read
from states.figures import Figure

_COMES = re.compile(r"[^.;,]{0,70}?\b(?:tham du|tham gia|du\b|huong ung|tiep can|nghe|theo doi|den du)")
_WITH = re.compile(
    r"(?:\bco|\bvoi|\bcho|thu hut|gan|hon|tong so|gom|tham du:?|tham gia:?|cho hon|duoc|,|\(|/)\s*(?:tong so|su tham "
    r"gia cua|su tham du cua|hon|gan)?\s*$"
)
_HOUSES_COME = re.compile(r"\s?(?:ho gia dinh|ho|gia dinh)\s(?:den )?(?:tham du|tham gia|du)\b")
_EACH = re.compile(r"\(moi [^.;()\n]{1,40}$")
"""What leads up to a count that only says again how the one before is shared out ("(mỗi thôn 01 buổi)")."""
_PER = re.compile(r"\s?/\s?(?P<per>nam|thang|quy|tuan|ngay|buoi|chuyen muc|lan)\b")
_DURATION = re.compile(r"thoi luong[^;.\n]{0,12}?(?=\d|tren|duoi|khoang|tu )")
_ACTS = re.compile(
    r"\b(?:to chuc|phoi hop|truyen thong|tap huan|tuyen truyen|phat dong|mit tinh|toa dam|sinh hoat|huong ung|khai "
    r"mac)\b"
)
_STILL = re.compile(r"\s*(?:trong do|nam\b|nu\b|co|thu hut|voi|so (?:luot )?nguoi|tong so|gom|tham (?:du|gia)|\d)")
"""How a clause behind a semicolon begins that still tells who came."""
_ANYBODY = re.compile(r"(?:luot|nguoi|dai bieu|nam|nu)\b(?: (?:nguoi|dan))?$")
_CHILD = re.compile(r"\s?(?:be|em|chau|tre|tre em|hoc sinh) (trai|gai)\b(?!\s?/)")
_OF_SEX = re.compile(
    r"\s?(?:cuoc|vu|truong hop|luot|don|ca|ho so)(?: goi| viec)? (?:cua|la) (phu nu|nu gioi|nu|nam gioi)\b"
)
"""As "39 cuộc của phụ nữ, 04 cuộc của nam giới"."""
_MEN, _WOMEN = re.compile(r"\bnam\b"), re.compile(r"\bnu\b")


@dataclass(frozen=True, slots=True)
class Event:
    """Events of one kind: how many (`per` a period if it is a frequency), people, of them men and women."""

    what: str
    count: Figure | None
    unit: str = ""
    per: str = ""
    participants: Figure | None = None
    male: Figure | None = None
    female: Figure | None = None
    duration: str = ""

    @property
    def words(self) -> str:
        """As "Lễ phát động: 1 cuộc, 115 người (nam 35, nữ 80)"."""
        said = [f"{self.count.vi} {self.unit}{f'/{self.per}' if self.per else ''}".strip()] if self.count else []
        said += [f"{self.participants.vi} người"] if self.participants else []
        split = [f"{name} {figure.vi}" for name, figure in (("nam", self.male), ("nữ", self.female)) if figure]
        said += [f"({', '.join(split)})"] if split else []
        return f"{self.what}: {', '.join([*said, *([self.duration] if self.duration else [])])}"


def events(marked: Marked) -> tuple[list[Read[Event]], set[int]]:
    """Events in their order, and the offsets of the numbers they took."""
    taken: set[int] = set()
    found = [*_counted(marked, taken), *_implied(marked, taken)]
    return [read for _, read in sorted(found, key=lambda one: one[0])], taken


def _counted(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Event]]]:
    numbers = marked.numbers
    for at, number in enumerate(numbers):
        unit = "" if number.percent else marked.counted(number, EVENT)
        if not unit or marked.is_money(number) or _OF_SEX.match(marked.flow.folded, number.end):
            continue
        taken.add(number.start)
        if _shared_out(marked, number):
            continue
        until = marked.flow.sentence(number.end)[1]
        after = [one for one in numbers[at + 1 :] if one.start < until]
        others = (one for one in after if marked.counted(one, EVENT) and not _shared_out(marked, one))
        stop = next((one.start for one in others if not one.percent), until)
        event = Event(_what(marked, number, unit), number.figure, squeeze(unit), _per(marked, number, unit))
        near = min(stop, _clause_end(marked, number.end, until))
        event = _with_people(marked, event, [one for one in after if one.start < near], taken)
        event = replace(event, duration=_duration(marked, number.end, stop + 60 if stop < until else until))
        raw = squeeze(marked.flow.text[number.start : min(stop, number.end + 120)])
        yield (
            number.start,
            Read(event, raw, marked.flow.place(number.start), 0.6 if number.doubt else 0.93, number.doubt),
        )


def _shared_out(marked: Marked, number: Number) -> bool:
    return bool(_EACH.search(marked.flow.folded[max(number.start - 50, 0) : number.start]))


def _clause_end(marked: Marked, start: int, until: int) -> int:
    """Up to the semicolon behind which something else is told, brackets apart."""
    depth = 0
    for at in range(start, until):
        one = marked.flow.text[at]
        depth += (one == "(") - (one == ")")
        if one == ";" and depth <= 0 and not _STILL.match(marked.flow.folded, at + 1):
            return at
    return until


def _what(marked: Marked, number: Number, unit: str) -> str:
    """The clause before the number; where it only says that something was done, also what stands behind."""
    ahead = re.sub(r"^[^()]*\)[\s,]*", "", before(marked.flow, number.start))  # who came before is no name
    if len(core(ahead).split()) > 3:
        return ahead
    after = re.split(r"\s?[(/]|\s(?:cho|với|có|thu hút)\s", behind(marked.flow, number.end))[0]
    return squeeze(f"{ahead} {after}") if len(after.split()) > len(unit.split()) else ahead


def _per(marked: Marked, number: Number, unit: str) -> str:
    found = _PER.match(marked.flow.folded, number.end + len(unit) + (marked.flow.folded[number.end] == " "))
    return marked.flow.text[found.start("per") : found.end("per")] if found else ""


def _with_people(marked: Marked, event: Event, after: list[Number], taken: set[int]) -> Event:
    """The first count of people behind is all who came; men and women by their words."""
    for number in after:
        word = "" if number.percent or marked.is_money(number) else marked.counted(number, PEOPLE)
        sex = "" if number.percent else sex_of(marked, number, word)
        figure = number.figure
        if sex and (event.participants or sex == "male" or event.male or _is_split(marked, number)):
            event = replace(event, female=figure) if sex == "female" else replace(event, male=figure)
            taken.add(number.start)
        elif word and event.participants is None and _come(marked, number):
            event = replace(event, participants=figure, what=_of_whom(marked, event.what, number))
            taken.add(number.start)
    return event


def _of_whom(marked: Marked, what: str, number: Number) -> str:
    """A bare "Tập huấn" with those who came, where they are named: "Tập huấn cán bộ y tế"."""
    whom = re.split(r"[,;.:()]|\s(?:tham|dự|về|theo|được|là|ở|tại|thuộc|trong|với)(?!\w)",
                    marked.flow.text[number.end : number.end + 60])[0].strip()  # fmt: skip
    named = 1 < len(whom.split()) <= 6 and not _ANYBODY.match(fold(whom)) and "\n" not in whom
    return f"{what} {whom}" if named and len(core(what).split()) <= 2 else what


def _is_split(marked: Marked, number: Number) -> bool:
    return bool(_MEN.search(marked.flow.folded[max(number.start - 40, 0) : number.end + 30]))


def _come(marked: Marked, number: Number) -> bool:
    folded = marked.flow.folded
    before_it = folded[max(number.start - 30, 0) : number.start]
    households = fold(marked.counted(number, PEOPLE)) in ("ho", "ho gia dinh", "gia dinh")
    households = households and not _HOUSES_COME.match(folded, number.end)
    return not households and bool(_COMES.match(folded, number.end) or _WITH.search(before_it))


def sex_of(marked: Marked, number: Number, word: str) -> str:
    """As "42 nam", "nữ: 55", "trong đó nữ là 120 người": male, female or neither. «năm» folds to «nam» too."""
    text, folded = marked.flow.text, marked.flow.folded
    child = _CHILD.match(folded, number.end)
    if child:
        return "female" if child[1] == "gai" else "male"
    if of := _OF_SEX.match(folded, number.end):
        return "female" if of[1].endswith("nu") else "male"
    behind = re.match(r"\s?(?:nguoi |dai bieu |hoc vien )?(nam|nu)\b(?! hanh)", folded[number.end : number.end + 24])
    if behind and _is_sex(text[number.end + behind.start(1) : number.end + behind.end(1)]):
        return "female" if behind[1] == "nu" else "male"
    ahead = re.search(
        r"\b(nam|nu)(?:\s?gioi)?\s?(?::|la|co|gom|chiem|-)?\s*$", folded[max(number.start - 14, 0) : number.start]
    )
    begin = max(number.start - 14, 0)
    if (
        ahead
        and (not word or fold(word)[:4] in ("nguo", "luot", "dai ", "hoc ", "em", "chau", "tre", "tre ", "lao "))
        and _is_sex(text[begin + ahead.start(1) : begin + ahead.end(1)])
    ):
        return "female" if ahead[1] == "nu" else "male"
    return ""


def _is_sex(word: str) -> bool:
    return "ă" not in word.lower() and "ă" not in word.casefold()


def _duration(marked: Marked, start: int, until: int) -> str:
    found = _DURATION.search(marked.flow.folded, start, until)
    if found is None:
        return ""
    end = re.search(r"[,;.)\n]|\s(?:nham|de|voi)\b", marked.flow.folded[found.end() : found.end() + 60])
    return squeeze(marked.flow.text[found.end() : found.end() + (end.start() if end else 40)])


def _implied(marked: Marked, taken: set[int]) -> Iterator[tuple[int, Read[Event]]]:
    """People who came to something told without a count: one event, and said so."""
    flow = marked.flow
    for number in marked.numbers:
        word = "" if number.percent or number.start in taken else marked.counted(number, PEOPLE)
        comes = _COMES.match(flow.folded, number.end)
        start, until = flow.sentence(number.start)
        if not word or not comes or comes.end() > until or not _ACTS.search(flow.folded, start, number.start):
            continue
        if re.search(r"trong do[^.;]{0,40}$|gioi thieu[^.;]{0,30}$", flow.folded[start : number.start]):
            continue
        taken.add(number.start)
        event = Event(before(flow, number.start, start), Figure.exact(1), "cuộc", participants=number.figure)
        after = [one for one in marked.numbers if number.end <= one.start < until]
        event = _with_people(marked, event, after, taken)
        raw = squeeze(flow.text[number.start : comes.end()])
        yield number.start, Read(event, raw, flow.place(number.start), 0.6, "không ghi số cuộc, hiểu là 1")
