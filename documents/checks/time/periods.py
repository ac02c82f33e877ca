"""Periods (kỳ số liệu): the figures are of the period that the paper reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.papers.sentences import shortened
from documents.checks.registry import REPORTING, rule
from documents.reading.days.dates import dates
from documents.reading.days.dates import one as first_date
from documents.reading.folding import fold

_CLOSING = re.compile(r"^tren day la\b(?P<said>.*)", re.S)
_DATA = re.compile(
    r"\b(?:so lieu|ky bao cao|thoi gian lay so lieu|thoi diem lay so lieu|chot so lieu)\b[^.;]{0,60}?\btu "
    r"(?P<first>(?:ngay )?\d[^.;()]{5,24}?) den (?:het )?"
    r"(?P<last>(?:ngay )?\d{1,2}(?:/\d{1,2}/| thang \d{1,2} nam )\d{4})"
)
_BEGAN = re.compile(r"\b(?:thanh lap|di vao hoat dong|sap xep|sap nhap|hoat dong tu)\b")
_WINDOWS = ("year", "half", "nine_months", "quarter")
_YEAR = re.compile(r"(?<!den )(?<!\d )\bnam (?P<y>20\d\d)\b(?! ?-)")
_WHOLE_YEAR = re.compile(r"^(?:[-+*] ?)?(?:trong |tinh den het |tong ket )?(?:ca )?nam (?P<y>20\d\d)\b")


@rule("period-differs", "explain", "Kỳ báo cáo khác kỳ được yêu cầu", "Not the period that was asked for",
      basis=f"{REPORTING}, Điều 12", example="yêu cầu năm 2024, báo cáo năm 2023")  # fmt: skip
def period_differs(paper: Paper) -> Iterator[Hit]:
    """The period of the title and the window of the requirement have no day in common."""
    asked = paper.asked
    if paper.period is None or asked.first is None or asked.last is None:
        return
    _, first, last, place = paper.period
    if last < asked.first or asked.last < first:
        one, two = (f"{a:%d/%m/%Y} – {b:%d/%m/%Y}" for a, b in ((first, last), (asked.first, asked.last)))
        yield Hit(place, f"Báo cáo kỳ {one}, yêu cầu là kỳ {two}", f"It reports on {one}, asked is {two}", (one, two))


@rule("closing-year", "explain", "Câu kết ghi năm khác trích yếu", "The closing names another year than the title",
      example="trích yếu: năm 2024; câu kết: «Trên đây là báo cáo của UBND xã … năm 2025»")  # fmt: skip
def closing_year(paper: Paper) -> Iterator[Hit]:
    """Left over from the paper of another year; a closing that names the title's year too speaks of both."""
    wanted = years_in(paper.title.value) if paper.title else set()
    if not paper.kind or paper.title is None or len(wanted) != 1:
        return
    for sentence in paper.text[len(paper.text) // 2 :]:
        if found := _CLOSING.match(fold(sentence.text).strip()):
            told = years_in(found["said"])
            if told and not told & wanted:
                one, two = min(told), min(wanted)
                yield Hit(sentence.place, f"Câu kết ghi năm {one}, trích yếu ghi năm {two}:"
                          f" «{shortened(sentence.text)}»",
                          f"The closing says {one}, the title {two}", (one, two), paper.title.place)  # fmt: skip


def years_in(said: str) -> set[str]:
    """The years that a wording is about: no year of a date or of a span."""
    return {found["y"] for found in _YEAR.finditer(fold(said))}


@rule("year-in-month", "note", "Số liệu cả năm trong báo cáo một đợt", "Figures of the year in a report of weeks",
      basis=f"{REPORTING}, Điều 12", example="báo cáo Tháng hành động: «Năm 2023 tổng số lao động …»")  # fmt: skip
def year_in_month(paper: Paper) -> Iterator[Hit]:
    """They count what happened outside the period, and in the year's report again."""
    if paper.kind != "report" or paper.period is None or paper.period[0] not in ("campaign", "month"):
        return
    _, first, last, place = paper.period
    window = f"{first:%d/%m} – {last:%d/%m/%Y}"
    for sentence in paper.text:
        if sentence.counts and (found := _WHOLE_YEAR.match(fold(sentence.text).strip())):
            yield Hit(sentence.place, f"Số liệu của cả năm {found['y']} trong báo cáo kỳ {window}:"
                      f" «{shortened(sentence.text)}»",
                      f"Figures of the whole year {found['y']} in a report of {window}", (found["y"], window),
                      place)  # fmt: skip


@rule("data-of-other-days", "explain", "Số liệu của khoảng ngày khác kỳ báo cáo",
      "Figures of other days than the period",
      basis=f"{REPORTING}, Điều 12", example="báo cáo năm 2025: «Số liệu (từ 01/7/2025 đến 30/11/2025)»")  # fmt: skip
def data_of_other_days(paper: Paper) -> Iterator[Hit]:
    """The paper's own words say from when to when; told where more than a third of the period is not in it."""
    if paper.kind != "report" or paper.period is None or paper.period[0] not in _WINDOWS:
        return
    _, first, last, place = paper.period
    for sentence in (*paper.text, *(Sentence(grid.title, grid.place) for grid in paper.grids)):
        days = days_of(sentence.text)
        if days is None or days[0] > days[1] or _began(paper, days[0]):
            continue
        shared = (min(last, days[1]) - max(first, days[0])).days + 1
        if 3 * shared < 2 * ((last - first).days + 1):
            one, two = (f"{a:%d/%m/%Y} – {b:%d/%m/%Y}" for a, b in (days, (first, last)))
            yield Hit(sentence.place, f"Số liệu ghi là của {one}, kỳ báo cáo là {two}",
                      f"The figures are said to be of {one}, the period is {two}", (one, two), place)  # fmt: skip
            return


def _began(paper: Paper, day: date) -> bool:
    """Whether the text says that the unit began on that day: nobody has older figures of it."""
    told = (one.text for one in paper.text if _BEGAN.search(fold(one.text)))
    return any(dated.date.full == day for text in told for dated in dates(text))


def days_of(said: str) -> tuple[date, date] | None:
    """As "số liệu đăng ký (từ 01/7/2025 đến 30/11/2025)"."""
    found = _DATA.search(fold(said))
    if found is None:
        return None
    one, two = (first_date(said[found.start(name) : found.end(name)]) for name in ("first", "last"))
    first, last = (day.date.full if day else None for day in (one, two))
    return (first, last) if first and last else None
