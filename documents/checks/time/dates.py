"""Dates (ngày tháng): whole, in their order, on days that are worked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.finding import TOP, Hit
from documents.checks.layout.head import of_masses
from documents.checks.papers.paper import Paper
from documents.checks.registry import FORM_OF_PAPERS, REPORTING, rule
from documents.reading.days.dates import Dated, dates
from documents.reading.folding import fold
from states.calendar import Calendar, OutsideCalendar

_DATED = re.compile(r"\d\s?/|[Nn]gày|NGÀY")
_WEEKS = 21
"""Days before the end of the year's window that a mass organisation's report is told for."""
_LONG, _MONTHS = 300, 60
"""Days: what is longer is a year; a report that closes so long before its end is of a season."""
_CENTRAL = re.compile(r"quoc hoi|uy ban thuong vu|chinh phu|thu tuong|bo chinh tri|ban bi thu|ban chap hanh trung uong")


@rule("date-missing", "explain", "Không có ngày ban hành", "No date of issue", basis=f"{FORM_OF_PAPERS}, mục II.4",
      example="văn bản không ghi ngày, tháng, năm")  # fmt: skip
def date_missing(paper: Paper) -> Iterator[Hit]:
    """When it was issued."""
    if paper.head and paper.head.date is None:
        yield Hit(TOP, "Văn bản không ghi ngày ban hành", "The paper has no date of issue")


@rule("date-partial", "explain", "Ngày ban hành chưa đủ", "The date of issue is not whole",
      basis=f"{FORM_OF_PAPERS}, mục II.4", example="ngày      tháng 12 năm 2023")  # fmt: skip
def date_partial(paper: Paper) -> Iterator[Hit]:
    """A day or month left blank for the clerk's pen."""
    said = paper.head.date if paper.head else None
    if paper.head and said is not None and said.value.full is None and not any(_impossible(paper.head.date_words)):
        yield Hit(said.place, f"Ngày ban hành chưa đủ: {said.value.words}",
                  f"The date of issue is not whole: {said.value.words}", (said.value.words,))  # fmt: skip


@rule("date-impossible", "explain", "Ngày không có trong lịch", "No such day in the calendar",
      example="trước ngày 31/11/2025; ngày 30 tháng 02")  # fmt: skip
def date_impossible(paper: Paper) -> Iterator[Hit]:
    """Of the paper, in its sentences or its tables: whoever must keep a deadline of 31 November can't."""
    told = [(paper.head.date_words, paper.head.date.place)] if paper.head and paper.head.date else []
    told += [(one.text, one.place) for one in paper.text]
    told += [(cell, place) for grid in paper.grids for row, place in zip(grid.rows, grid.places, strict=True)
             for cell in row]  # fmt: skip
    for text, place in told:
        for one in _impossible(text):
            yield Hit(place, f"«{one.raw}»: {one.doubt}", f"«{one.raw}» is no day of the calendar", (one.raw,))


def _impossible(text: str) -> Iterator[Dated]:
    """Dates told as such, by "ngày" or with a year behind two strokes; what was misread is left to the reader."""
    for one in dates(text) if _DATED.search(text) else ():
        whole = re.search(r"ngay|\d\s?/\s?\d{1,2}\s?/\s?\d{4}", fold(one.raw))
        if whole and one.doubt.startswith("không có") and "nhầm" not in one.doubt:
            yield one


@rule("number-too-high", "note", "Số quá lớn so với ngày trong năm", "A number too high for its day of the year",
      basis=f"{FORM_OF_PAPERS}, mục II.3",
      example="Số 2315, ngày 05 tháng 01: chuỗi số bắt đầu từ 01 ngày 01/01")  # fmt: skip
def number_too_high(paper: Paper) -> Iterator[Hit]:
    """Numbers begin at 01 on 1 January, and a hundred a day is more than such bodies issue; mass organisations may
    number by their term."""
    head = paper.head
    day = head.date.value.full if head and head.date else None
    if not head or not head.number or not head.number.value.isdecimal() or day is None or of_masses(paper):
        return
    most = 100 * (day.timetuple().tm_yday + 1)
    if int(head.number.value) > most:
        number, on = head.number.value, f"{day:%d/%m/%Y}"
        yield Hit(head.number.place, f"Số {number} vào ngày {on}: mỗi năm đánh số lại từ 01, đến ngày này khó"
                  f" quá {most}",
                  f"Number {number} on {on}: numbers begin at 01 each year, and {most} till then is a lot",
                  (number, on))  # fmt: skip


@rule("basis-on-rest-day", "note", "Văn bản viện dẫn đề ngày nghỉ", "A paper cited is dated on a rest day",
      basis="Bộ luật Lao động 2019, Điều 111, 112", example="Nghị quyết ngày 25/02/2023 (thứ Bảy)")  # fmt: skip
def basis_on_rest_day(paper: Paper) -> Iterator[Hit]:
    """Often a slip of the pen; the Assembly, the Government and the Politburo do sign on any day."""
    calendar = Calendar.vietnam()
    for one in paper.cited or ():
        if one.date.full is None or _CENTRAL.match(fold(one.issuer)):
            continue
        try:
            why = calendar.rest_reason(one.date.full)
        except OutsideCalendar:
            continue
        if why:
            yield Hit(one.place, f"{one.words}: {one.date.words} là ngày nghỉ ({_day(one.date.full, why)})",
                      f"{one.words}: {one.date.words} is a rest day", (one.date.words, why))  # fmt: skip


def _day(day: date, why: str) -> str:
    return {5: "thứ Bảy", 6: "Chủ nhật"}.get(day.weekday(), why)


@rule("closed-early", "note", "Báo cáo chốt trước khi hết kỳ số liệu", "Closed before the window of its figures ends",
      basis=f"{REPORTING}, Điều 12", example="báo cáo năm 2024 đề ngày 31/10/2024, kỳ đến 14/12/2024")  # fmt: skip
def closed_early(paper: Paper) -> Iterator[Hit]:
    """What happens until the last day is not in it; superiors do ask so early, so it is only told. A mass organisation
    has no windows by the decree: of its year's report only, and where weeks are left."""
    if paper.kind != "report":
        return
    dated = paper.head.date if paper.head else None
    closing = paper.asked.closing or (dated.value.full if dated else None)
    last = paper.asked.last or (paper.period[2] if paper.period and paper.period[0] != "span" else None)
    if not paper.asked.last and _of_days(paper, closing):
        return
    if closing and last and closing < last and not (of_masses(paper) and not _weeks_before(paper, closing, last)):
        place, other = (dated.place if dated else "period"), paper.period[3] if paper.period else ""
        yield Hit(
            place, f"Chốt ngày {closing:%d/%m/%Y}, trước khi hết kỳ số liệu ngày {last:%d/%m/%Y}",
            f"Closed on {closing:%d/%m/%Y}, before the window of its figures ends on {last:%d/%m/%Y}",
            (f"{closing:%d/%m/%Y}", f"{last:%d/%m/%Y}"), other,
        )  # fmt: skip


def _of_days(paper: Paper, closing: date | None) -> bool:
    """Whether the year is only the campaign's or the survey's name, and no window: it closes months before its end."""
    if paper.period is None or closing is None:
        return False
    kind, first, last, _ = paper.period
    whole = (last - first).days > _LONG
    return whole and (kind == "campaign" or kind == "year" and (last - closing).days > _MONTHS)


def _weeks_before(paper: Paper, closing: date, last: date) -> bool:
    if paper.asked.last:
        return True
    return bool(paper.period and paper.period[0] == "year") and (last - closing).days >= _WEEKS
