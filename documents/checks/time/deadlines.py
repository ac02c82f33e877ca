"""Deadlines (thời hạn) against each other, against the paper's own day, and against the figures that are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences
from documents.checks.registry import REPORTING, rule
from documents.checks.time.dues import ANYBODY, Due, dues
from documents.checks.time.periods import days_of
from documents.reading.days.dates import dates
from documents.reading.folding import fold

_NEAR, _DATA, _PAST = 14, 31, 45
"""Days: what lies further apart is set for two things; how long before the data's end a report is still asked for;
how long before the paper's own day nothing is set any more."""
_THERE = re.compile(r"\b(?:neu|quy dinh|ghi) (?:tai|o) (?:muc|diem|khoan) (?P<at>\d{1,2}|[ivx]{1,4})\b")
_TIME = re.compile(r"^(?:\W|[\da-z]{1,2}[.)])*thoi gian\b(?: thuc hien| to chuc| trien khai)?\s*:")
_LASTS = re.compile(
    r"\b(?:thoi gian(?: thuc hien| to chuc| trien khai| tiem| dien ra)?\s*:|dien ra|trien khai|"
    r"thuc hien|to chuc)[^;.\d]{0,60}\btu\b"
)
_WHOLE = re.compile(
    r"\b(?:toan|ca|het|ket thuc|tong ket)(?: bo)? (?:dot|chien dich|thang|cuoc|giai doan|"
    r"chuong trinh)\b|\bket qua (?:toan bo|cuoi cung|chung cuoc)\b"
)
_INTERIM = re.compile(r"\b(?:tien do|nhanh|so bo|hang (?:ngay|tuan)|giua dot|ke hoach|danh sach|dang ky)\b")
_ITEM = re.compile(r"^(?P<at>\d{1,2}|[IVX]{1,4})[.)]")
_ASKS = ("Kế hoạch", "Công văn", "Thông báo", "Hướng dẫn", "Chương trình", "Công điện", "Chỉ thị")


@rule("deadline-differs", "explain", "Hai thời hạn cho cùng một việc", "Two deadlines for one thing",
      example="mục 3: chậm nhất ngày 05/12/2025; cuối: «quá thời hạn ngày 08/12/2025 nêu tại mục 3»")  # fmt: skip
def deadline_differs(paper: Paper) -> Iterator[Hit]:
    """One body's report to one receiver; a day that is said to stand in another item and does not; a day after which
    something follows that no deadline is."""
    told = dues(paper)
    for one, other in combinations([due for due in told if due.report and not due.over], 2):
        if _same(one, other, addressed=paper.type_word in ("Công văn", "Công điện")):
            yield _two(one, other)
    reports = [due for due in told if due.report and not due.over]
    for over in (due for due in told if due.over):
        if reports and all(due.day != over.day for due in reports):
            yield _two(over, reports[0])
            return
    yield from _elsewhere(paper)


def _same(one: Due, other: Due, *, addressed: bool) -> bool:
    """What is addressed to somebody asks all of them for the same; in a plan each body has its own task."""
    if one.day == other.day or abs((one.day - other.day).days) > _NEAR or one.spans != other.spans:
        return False
    if one.to and other.to and not (one.to <= other.to or other.to <= one.to):
        return False
    if addressed and one.to and other.to:
        return True
    if one.who <= ANYBODY and other.who <= ANYBODY:
        return bool(one.to and other.to)
    if one.to and other.to and (one.everybody or other.everybody):
        return _results(one) and _results(other)
    return bool(one.who) and (one.who <= other.who or other.who <= one.who) and len(one.who & other.who) > 1


def _results(one: Due) -> bool:
    """Whether the report on all of it is meant, and by those who are many: one office alone may have its own day."""
    return one.everybody and re.search(r"\b(?:de nghi|dot xuat|so ket|nhanh)\b", one.what) is None


def _two(one: Due, other: Due) -> Hit:
    a, b = f"{one.day:%d/%m/%Y}", f"{other.day:%d/%m/%Y}"
    return Hit(one.place, f"Cùng một việc mà thời hạn ở đây là {a}, ở chỗ khác là {b} ({other.place})",
               f"One thing is due on {a} here and on {b} there ({other.place})", (a, b), other.place)  # fmt: skip


def _elsewhere(paper: Paper) -> Iterator[Hit]:
    """As "thời hạn ngày 08/12/2025 nêu tại mục 3", where item 3 has another day."""
    said = list(sentences(paper))
    for one in said:
        found = _THERE.search(fold(one.text))
        day = next((d.date.full for d in dates(one.text) if d.date.full), None) if found else None
        if not found or day is None:
            continue
        there = [(d.date.full, x.place) for x in said if _in(x.section, found["at"]) and x.text != one.text
                 for d in dates(x.text) if d.date.full]  # fmt: skip
        if there and all(other != day for other, _ in there):
            a, (other, place) = f"{day:%d/%m/%Y}", there[-1]
            yield Hit(one.place, f"Ghi ngày {a} «nêu tại mục {found['at']}», mục đó ghi {other:%d/%m/%Y}",
                      f"{a} is said to stand in item {found['at']}, which says {other:%d/%m/%Y}",
                      (a, f"{other:%d/%m/%Y}"), place)  # fmt: skip


def _in(section: str, at: str) -> bool:
    found = _ITEM.match(section)
    return bool(found) and found["at"].lower() == at if found else False


@rule("deadline-before-data", "explain", "Thời hạn báo cáo trước khi hết kỳ số liệu",
      "A report is due before its figures are whole", basis=f"{REPORTING}, Điều 12, 13",
      example="số liệu đến ngày 14/12/2025, báo cáo gửi trước ngày 05/12/2025")  # fmt: skip
def deadline_before_data(paper: Paper) -> Iterator[Hit]:
    """Where a paper that asks says itself from when to when the figures are; a deadline within a month before."""
    if paper.type_word not in _ASKS:
        return
    spans = {(days, one.place) for one in paper.text if (days := days_of(one.text))}
    reports = [due for due in dues(paper) if due.report and not due.over and not due.spans - {"nam"}]
    if len({days for days, _ in spans}) == 1:
        (first, last), place = min(spans)
        for due in reports:
            if first < due.day < last and (last - due.day).days <= _DATA:
                a, b = f"{due.day:%d/%m/%Y}", f"{last:%d/%m/%Y}"
                yield Hit(due.place, f"Báo cáo phải gửi ngày {a}, số liệu lấy đến ngày {b}",
                          f"The report is due on {a}, its figures go on to {b}", (a, b), place)  # fmt: skip
                return


@rule("deadline-before-end", "explain", "Thời hạn gửi kết quả trước khi đợt kết thúc",
      "Results of the whole are due before it ends",
      example="thời gian từ 16/3 đến hết 15/4/2026; «gửi kết quả toàn đợt trước ngày 10/4/2026»")  # fmt: skip
def deadline_before_end(paper: Paper) -> Iterator[Hit]:
    """Where the paper tells once from when to when it is carried out, and asks for the results of all of it."""
    runs = {(days, one.place) for one in sentences(paper) if (days := _runs(one.text))}
    if len({days for days, _ in runs}) != 1:
        return
    (first, last), place = min(runs)
    for due in dues(paper):
        if first < due.day < last and _WHOLE.search(due.what) and not _INTERIM.search(due.what):
            a, b = f"{due.day:%d/%m/%Y}", f"{last:%d/%m/%Y}"
            yield Hit(due.place, f"Kết quả cả đợt phải gửi ngày {a}, đợt kéo dài đến ngày {b}",
                      f"Results of the whole are due on {a}, it goes on to {b}", (a, b), place)  # fmt: skip


def _runs(text: str) -> tuple[date, date] | None:
    """As "Thời gian: từ ngày 16/3/2026 đến hết ngày 15/4/2026"."""
    folded = fold(text)
    if not _LASTS.search(folded):
        return None
    days = [one for one in dates(text) if one.date.month and one.date.day]
    for one, other in zip(days, days[1:], strict=False):
        last = other.date.full
        between = folded[one.end : other.start] + folded[other.start : other.end]
        led = re.search(r"\btu (?:ngay )?$", folded[: one.start]) or folded[one.start :].startswith("tu ")
        if led and last and re.match(r"\s*(?:den|toi|-)\b", between) and one.date.day and one.date.month:
            first = date(one.date.year or last.year, one.date.month, one.date.day)
            return (first, last) if first < last else None
    return None


@rule("deadline-past", "explain", "Thời hạn đã qua khi ban hành", "A deadline was over when the paper went out",
      example="kế hoạch ngày 04/11/2024: «Trước 15/11/2023»")  # fmt: skip
def deadline_past(paper: Paper) -> Iterator[Hit]:
    """Of a plan or of what asks others: mostly the year of another year's paper; or a day long after its period."""
    issued = paper.head.date.value.full if paper.head and paper.head.date else None
    if issued is None or paper.type_word not in _ASKS:
        return
    yield from _spans(paper, issued)
    for due in dues(paper):
        table = due.place.startswith("bảng")
        if (table or due.report) and not due.over and _out(due.day, issued, paper):
            a, b = f"{due.day:%d/%m/%Y}", f"{issued:%d/%m/%Y}"
            yield Hit(due.place, f"Thời hạn ghi {a}, văn bản ban hành ngày {b}: «{due.label[:80]}»",
                      f"Due on {a}, the paper is of {b}", (due.raw, b),
                      paper.head.date.place if paper.head and paper.head.date else "")  # fmt: skip


def _spans(paper: Paper, issued: date) -> Iterator[Hit]:
    """The time of what is planned, all of it in a year before the paper's."""
    for one in sentences(paper):
        days = [d.date.full for d in dates(one.text) if d.date.full] if _TIME.match(fold(one.text)) else []
        if days and all((issued - day).days > _PAST and day.year < issued.year for day in days):
            a, b = f"{max(days):%d/%m/%Y}", f"{issued:%d/%m/%Y}"
            yield Hit(one.place, f"Thời gian ghi đến {a}, văn bản ban hành ngày {b}: «{one.text[:80]}»",
                      f"The time goes to {a}, the paper is of {b}", (a, b))  # fmt: skip


def _out(day: date, issued: date, paper: Paper) -> bool:
    if (issued - day).days > _PAST and day.year < issued.year:
        return True  # within the year a plan may come after what it plans
    last = paper.period[2] if paper.period and paper.period[0] != "span" else None
    return bool(last and last >= issued and (day - last).days > 300)
