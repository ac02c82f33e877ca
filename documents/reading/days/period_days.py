"""The days that a paper itself says its figures are of (thời điểm lấy số liệu), or that an action takes.

Nghị định 09/2019/NĐ-CP, Điều 12 gives every regular period its days; what a paper writes goes before it, where it
writes so of all of its figures: in or below the title, in the opening, or behind "Kỳ số liệu:", "số liệu chốt đến …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from documents.reading.flow import Flow
from documents.reading.folding import fold
from documents.reading.model import Line, Place

_DAY = r"\d{1,2}(?: ?[/.-] ?\d{1,2}(?: ?[/.-] ?20\d\d)?| thang \d{1,2}(?: nam 20\d\d)?)(?![\d/])"
_TO = r"(?:den|toi|-|–)(?: het)?(?: ngay)?"
_SPAN = rf"tu(?: ngay)? (?P<a>{_DAY}),? ?{_TO} (?P<b>{_DAY})"
_UNTIL = rf"(?:den|tai thoi diem|tai ngay|vao ngay)(?: het)?(?: ngay)? (?P<b>{_DAY})"
_DATA = (
    r"(?:thoi (?:diem|gian|ky) (?:lay|chot|tinh|tong hop)(?: so lieu)?|ky (?:so lieu|bao cao)|chot so lieu|"
    r"so lieu chot)"
)
_FILL = r"[^.;\n()]{0,40}?"
_EVERYWHERE = (re.compile(rf"\b{_DATA}\b{_FILL}\b{_SPAN}"), re.compile(rf"\b{_DATA}\b{_FILL}\b{_UNTIL}"))
_OPENING = (
    re.compile(rf"\b(?:so lieu|bao cao (?:ket qua|tinh hinh)(?: thuc hien)?)\b{_FILL}\b{_SPAN}"),
    re.compile(rf"\bso lieu\b{_FILL}\b{_UNTIL}"),
    re.compile(rf"\(tinh {_SPAN}\)"),
    re.compile(rf"\(tinh {_UNTIL}\)"),
    re.compile(rf"\A\({_SPAN}\)"),
)
_AS_OF = re.compile(
    rf"\b(?:tinh|ra soat|cap nhat|tong hop|thong ke) {_UNTIL}|\((?:so lieu )?den(?: het)?(?: ngay)? (?P<c>{_DAY})\)"
)
_TITLE = re.compile(rf"\((?:so lieu |tinh )?{_SPAN}\)")
_ACTION = (
    re.compile(
        rf"\bthoi gian(?: (?:thuc hien|to chuc|trien khai|tien hanh|phat dong|tiem|chien dich))?(?: chien dich)?"
        rf"\s?:?\s{_SPAN}"
    ),
    re.compile(rf"\b(?:chien dich|thang hanh dong|tuan le|dot (?:\d|[iv]+|cao diem))\b[^.;\n]{{0,60}}?\b{_SPAN}"),
    re.compile(rf"\bket qua thuc hien\b{_FILL}\b{_SPAN}"),
)
_PEAK = re.compile(r"\bcao diem\b[^.;\n]*$")
"""What leads the days of the busiest weeks, not of the whole."""
_INQUIRY = re.compile(r"\b(?:ra soat|dieu tra|tong dieu tra|khao sat|kiem ke|tong kiem tra|dien tap)\b")
_INQUIRED = re.compile(
    rf"{_INQUIRY.pattern}[^.;:\n\d]{{0,30}}?"
    rf"\b(?:tien hanh|dien ra|thuc hien|trien khai)\b[^.;:\n\d]{{0,12}}{_SPAN}"
)
_OTHERS = re.compile(r"(?:cung ky|nam truoc|ghi chu\b|du kien|dang ky)[^.;\n]*$")
"""Words before such days that say: they are not this paper's own."""
_TIME = re.compile(
    r"^\W*(?:[ivx\d]+\s?[.)/-]+\s?)?(?:(?:pham vi|doi tuong|dia diem|quy mo)(?:,| va) )*thoi gian\b[^.;]{0,40}$"
)
_HEADING = re.compile(r"[IVX]+\s?[.)/-]|[A-Z]\.\s")
_AROUND = re.compile(r"\b(?:chuan bi|tap huan|bao cao|tong ket|so ket|ra soat|lap danh sach|dieu tra|truoc ngay)\b")
"""What is done before and after an action."""
_LOOSE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(20\d\d))?(?![\d/])")


@dataclass(frozen=True, slots=True)
class Stated:
    """First day (None where only the last is told) and last day, in what words, where; `guessed` where the words are
    only days below a heading "Thời gian"."""

    first: date | None
    last: date
    raw: str
    place: Place
    guessed: bool = False


def of_data(said: str) -> bool:
    """Whether a line below a title (folded) is a bracket about the days of the figures, no part of the title."""
    return bool(re.match(rf"\((?:{_DATA}|so lieu|tinh (?:den|tu)|{_SPAN}\))", said))


def of_figures(flow: Flow, until: int) -> Stated | None:
    """What the paper says of all its figures; `until` is where its opening ends."""
    for pattern in _EVERYWHERE:
        if found := next(_told(flow, pattern, len(flow.text)), None):
            return found
    return next((found for pattern in _OPENING for found in _told(flow, pattern, until)), None)


def of_title(title: str, place: Place) -> Stated | None:
    """As "… 6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/6/2026)"."""
    flow = Flow([Line(title, place.page, place.line)])
    return next(_told(flow, _TITLE, len(title)), None) or of_figures(flow, len(title))


def as_of(flow: Flow) -> Stated | None:
    """The one day that figures here and there are of ("qua rà soát đến ngày …"); None where there are two."""
    days: dict[date, Stated] = {}
    for found in _AS_OF.finditer(flow.folded):
        if (day := _day(found["b"] or found["c"], None)) and not _OTHERS.search(_ahead(flow, found.start())):
            raw = flow.text[found.start() : found.end()]
            days.setdefault(day, Stated(None, day, raw, flow.place(found.start()), guessed=True))
    return next(iter(days.values())) if len(days) == 1 else None


def of_action(flow: Flow) -> Stated | None:
    """From when to when a campaign goes, by its own words; else by the days that a heading "Thời gian" has below."""
    told = [found for pattern in _ACTION for found in _told(flow, pattern, len(flow.text))]
    whole = [found for found in told if not _PEAK.search(fold(found.raw)) and not _is_peak(flow, found)]
    if whole:
        return whole[0]
    return _below_heading(flow) or next(iter(told), None)


def of_subject(flow: Flow, title: str) -> Stated | None:
    """The days that the inquiry took which the title names: "Cuộc rà soát tiến hành từ ngày … đến ngày …"."""
    named = {one[0] for one in _INQUIRY.finditer(fold(title))}
    told = _told(flow, _INQUIRED, len(flow.text)) if named else ()
    return next((one for one in told if any(fold(one.raw).startswith(what) for what in named)), None)


def _is_peak(flow: Flow, stated: Stated) -> bool:
    """Whether the words before these days in their paragraph call them a part of the whole (cao điểm)."""
    at = flow.text.find(stated.raw)
    return bool(_PEAK.search(flow.folded[flow.paragraph(at)[0] : at]))


def _told(flow: Flow, pattern: re.Pattern[str], until: int) -> Iterator[Stated]:
    for found in pattern.finditer(flow.folded, 0, until):
        last = _day(found["b"], None)
        said = found.groupdict().get("a")
        if last is None or _OTHERS.search(_ahead(flow, found.start())):
            continue
        first = _day(said, last) if said else None
        if said and (first is None or first > last):
            continue
        yield Stated(first, last, flow.text[found.start() : found.end()], flow.place(found.start()))


def _ahead(flow: Flow, at: int) -> str:
    return flow.folded[flow.sentence(at)[0] : at]


def _day(said: str, last: date | None) -> date | None:
    """A day of a folded text; without a year it is of the last one's year, or of the year before."""
    parts = [int(one) for one in re.findall(r"\d+", said)]
    if len(parts) < 3:
        if last is None:
            return None
        parts.append(last.year if (parts[1], parts[0]) <= (last.month, last.day) else last.year - 1)
    try:
        return date(parts[2], parts[1], parts[0])
    except ValueError:
        return None


def _below_heading(flow: Flow) -> Stated | None:
    """The earliest and the latest day below the heading: "Ngày uống: 01/6 và 02/6/2026; uống vét đến 07/6"."""
    paragraphs = flow.text.split("\n")
    start = 0
    for at, paragraph in enumerate(paragraphs):
        start += len(paragraph) + 1
        if _TIME.match(fold(paragraph)):
            below = list(takewhile(lambda said: not _HEADING.match(said), paragraphs[at + 1 : at + 6]))
            told = [said for said in below if not _AROUND.search(fold(said)) and not _PEAK.search(fold(said))]
            days = sorted(day for said in told for day in _days(said))
            if len(days) > 1:
                return Stated(days[0], days[-1], " ".join(told), flow.place(start), guessed=True)
    return None


def _days(said: str) -> Iterator[date]:
    found = [tuple(int(part) if part else 0 for part in one.groups()) for one in _LOOSE.finditer(said)]
    years = {year for _, _, year in found if year}
    for day, month, year in found:
        if (year or len(years) == 1) and (made := _day(f"{day}/{month}/{year or min(years)}", None)):
            yield made
