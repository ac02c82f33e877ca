"""Days as the text tells them (ngày trong lời văn): the day of the week, spans, what was done after the paper's day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.reading.days.dates import Dated, dates
from documents.reading.folding import fold

_CALLED = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_NAMES = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, **{str(n): n - 2 for n in range(2, 8)}}
_WEEKDAY = (
    r"(?:(?<!họp )(?<!phiên )(?<!lần )(?<!khóa )thứ (?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ nhật))"
)
"""With its marks: "thu 5" is no day, nor is "kỳ họp thứ 5"."""
_AHEAD = re.compile(rf"(?<!\w){_WEEKDAY}\s*[,(]?\s*(?:ngày\s*)?$")
_BEHIND = re.compile(rf"\s*\(?\s*{_WEEKDAY}\s*\)")
_FROM = re.compile(r"\btu (?:het )?(?:ngay )?$")
_SPAN = re.compile(r"\b[Tt]ừ\b.*\d.*\d", re.S)
_TO = re.compile(r"\s*(?:den|toi|-)\s*(?:het )?(?:ngay )?")
_UNTIL = re.compile(r"\btinh den (?:het )?(?:ngay )?$")
_CLOSED = re.compile(
    r"\b(?:so lieu|ket qua|luy ke|chot|tinh|phat sinh|thong ke|cap nhat|tong hop|"
    r"thuc hien)\b(?![^;.]*\btu (?:ngay )?\d)[^.;()\d]{0,40}"
    r"\b(?:den|toi|tai thoi diem|thoi diem)\b(?: (?:het|cuoi|ngay|thoi diem))*\s*$"
)
_WILL = re.compile(r"\b(?:du kien|uoc|se|phan dau|ke hoach|truoc|cham nhat|nhiem vu|tiep tuc|trien khai den)\b")
_FEAST = re.compile(
    r"\bkỷ niệm (?:lần thứ )?(?P<n>\d{1,3}) năm\b[^.;]{0,90}?\(\s*(?:\d{1,2}/\d{1,2}/)?(?P<a>(?:19|20)\d\d)\s*[-–]\s*"
    r"(?:\d{1,2}/\d{1,2}/)?(?P<b>20\d\d)\s*\)",
    re.I,
)
_DONE = re.compile(r"^(?:\W|\d+[.)]|[a-z]\))*(?:vao |sang |chieu )?(?:ngay )?$")
_HELD = re.compile(
    r"[^.;]{0,80}?\b(?:đã|Đã) (?:tổ chức|ban hành|triển khai|phối hợp|tiến hành|kiểm tra|họp|phát động|thành lập)"
)


@rule("weekday-differs", "explain", "Thứ trong tuần không phải của ngày đó", "Not the day of the week of that date",
      example="Thứ Hai, ngày 05/12/2025 (là thứ Sáu)")  # fmt: skip
def weekday_differs(paper: Paper) -> Iterator[Hit]:
    """Whoever is invited comes on one of both days."""
    for text, place in _told(paper):
        small = text.lower()
        for dated in dates(text) if "thứ " in small or "chủ nhật" in small else ():
            found = _AHEAD.search(small[: dated.start]) or _BEHIND.match(small, dated.end)
            day = dated.date.full
            if found and day and not dated.doubt:
                said = 6 if found["sunday"] else _NAMES[found["name"]]
                if said != day.weekday():
                    one, other = _CALLED[said], _CALLED[day.weekday()]
                    yield Hit(place, f"{day:%d/%m/%Y} là {other}, không phải {one}",
                              f"{day:%d/%m/%Y} is a {day:%A}, not what is said", (one, other))  # fmt: skip


def _told(paper: Paper) -> Iterator[tuple[str, str]]:
    yield from ((one.text, one.place) for one in paper.text)
    for grid in paper.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            yield from ((cell, place) for cell in row if len(cell) > 9 and ("/" in cell or "háng" in cell))


@rule("span-reversed", "explain", "Khoảng thời gian ngược", "A span that ends before it begins",
      example="từ ngày 15/12/2025 đến ngày 15/11/2025")  # fmt: skip
def span_reversed(paper: Paper) -> Iterator[Hit]:
    """Mostly the year of another year; a first day without its year is of the last day's, or of the year before."""
    for text, place in _told(paper):
        folded, found = fold(text), list(dates(text)) if _SPAN.search(text) else []
        for one, other in zip(found, found[1:], strict=False):
            led = _FROM.search(folded[: one.start]) or folded[one.start :].startswith("tu ")
            first, last = one.date.full, other.date.full
            between = folded[one.end : other.start]
            joined = _TO.fullmatch(between) or not between.strip() and folded[other.start :].startswith("den ")
            if led and joined and first and last and first > last and not one.doubt + other.doubt:
                a, b = f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}"
                yield Hit(place, f"Khoảng thời gian từ {a} đến {b}: ngày cuối trước ngày đầu",
                          f"From {a} to {b}: it ends before it begins", (a, b))  # fmt: skip


@rule("told-before-it-was", "explain", "Nói việc đã xong hay số liệu sau ngày ký", "Told as done after the paper's day",
      example="báo cáo ngày 12/12/2025: «tính đến ngày 15/12/2025, đã có 24 thôn …»")  # fmt: skip
def told_before_it_was(paper: Paper) -> Iterator[Hit]:
    """Figures "tính đến ngày", or what "đã tổ chức" on a day, later than the report."""
    issued = paper.head.date.value.full if paper.head and paper.head.date else None
    if paper.kind != "report" or issued is None:
        return
    for one in sentences(paper):
        folded = fold(one.text)
        for dated in dates(one.text):
            day = dated.date.full or _of_year(one.text, dated)
            if day and day > issued and not dated.doubt and _was(one.text, folded, dated, one.counts):
                a, b = f"{day:%d/%m/%Y}", f"{issued:%d/%m/%Y}"
                yield Hit(one.place, f"Báo cáo ngày {b} nói đến ngày {a} như đã qua: «{shortened(one.text)}»",
                          f"A report of {b} tells of {a} as past", (a, b),
                          paper.head.date.place if paper.head and paper.head.date else "")  # fmt: skip


def _of_year(text: str, dated: Dated) -> date | None:
    """The day with the year right behind it ("đến ngày 25 tháng 12 năm 2024")."""
    year = re.match(r"\s*năm (20\d\d)\b", text[dated.end :])
    return replace(dated.date, year=int(year[1])).full if year else None


def _was(text: str, folded: str, dated: Dated, counts: bool) -> bool:
    ahead = folded[: dated.start]
    word = re.match(r"(?:den|ngay)\b", folded[dated.start : dated.end])
    ahead += word[0] + " " if word else ""
    if _DONE.match(ahead) and _HELD.match(text, dated.end):
        return True
    if counts and _UNTIL.search(ahead) is not None:
        return True
    return _CLOSED.search(ahead) is not None and not _WILL.search(ahead[-120:])


@rule("anniversary-differs", "explain", "Số năm kỷ niệm khác hai mốc", "An anniversary is not that of its years",
      example="kỷ niệm 25 năm Ngày Gia đình Việt Nam (28/6/2001 - 28/6/2025)")  # fmt: skip
def anniversary_differs(paper: Paper) -> Iterator[Hit]:
    """Both years stand in brackets behind it."""
    for one in paper.text:
        for found in _FEAST.finditer(one.text):
            years = int(found["b"]) - int(found["a"])
            if years != int(found["n"]):
                yield Hit(one.place, f"Kỷ niệm {found['n']} năm, nhưng từ {found['a']} đến {found['b']} là {years} năm",
                          f"{found['n']} years are said, from {found['a']} to {found['b']} there are {years}",
                          (found["n"], years))  # fmt: skip
