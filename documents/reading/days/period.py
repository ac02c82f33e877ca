"""The period that a paper speaks of (kỳ báo cáo), from its title; its days by its own words, else by Nghị định
09/2019/NĐ-CP."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from documents.reading.days import period_days
from documents.reading.days.period_days import Stated
from documents.reading.flow import Flow
from documents.reading.folding import fold
from documents.reading.model import ASK_BELOW, Place, Read
from states import periods
from states.errors import DonDocError
from states.periods import Window

_YEAR = r"(?:nam |/ ?|- ?|cua nam )?(?P<y>20\d\d)"
_NEXT = r"\W{0,3}(?:va )?(?:phuong huong|nhiem vu|ke hoach|chuong trinh|trong tam|du kien)\b.*?"
"""What comes next, named between the period and the year of both: "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2026"."""
_KINDS = (
    ("half", re.compile(rf"(?<!\d)(?:6|sau) thang(?: (?P<which>dau|cuoi))?(?: nam)?(?:{_NEXT}|\D{{0,12}}){_YEAR}")),
    ("nine_months", re.compile(rf"(?:9|chin) thang(?: dau)?(?: nam)?(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("quarter", re.compile(rf"quy (?P<n>iv|iii|ii|i|[1-4])\b(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("quarter", re.compile(rf"(?<!\d)(?:3|ba) thang (?P<which>dau|cuoi) nam(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("semester", re.compile(r"(?:hoc ky|hk) (?P<n>ii|i|[12])\b.*?(?P<y>20\d\d) ?- ?20\d\d")),
    ("campaign", re.compile(rf"thang hanh dong.*?{_YEAR}")),
    ("campaign", re.compile(rf"(?<!cac )(?:chien dich|tuan le|dot (?:(?P<n>\d|iv|i{{1,3}}|v)\b|cao diem))"
                            rf"(?!.*\bthang \d).*?{_YEAR}")),
    ("month", re.compile(rf"(?<!\d )thang (?P<n>1[0-2]|0?[1-9])\b(?:{_NEXT}|,? (?:va )?\d\d? thang(?: dau)?)? ?"
                         r"(?:nam |/ ?|- ?)(?P<y>20\d\d)")),
    ("months", re.compile(rf"(?<!\d)(?P<n>[24578]|1[01]) thang(?: dau)?(?: nam)?(?:{_NEXT}|\D{{0,8}}){_YEAR}")),
    ("school_year", re.compile(r"nam hoc (?P<y>20\d\d) ?- ?20\d\d")),
    ("year", re.compile(r"(?<!den )nam (?P<y>20\d\d)(?!\s?-)")),
    ("span", re.compile(r"giai doan (?P<y>20\d\d)\s?-\s?(?P<last>20\d\d)")),
)  # fmt: skip
_CAMPAIGNS = (
    ("binh dang gioi", (11, 15), (12, 15)), ("vi tre em", (6, 1), (6, 30)), ("bao luc gia dinh", (6, 1), (6, 30)),
    ("ma tuy", (6, 1), (6, 30)), ("dan so", (12, 1), (12, 31)), ("nguoi cao tuoi", (10, 1), (10, 31)),
    ("ve sinh lao dong", (5, 1), (5, 31)), ("hiv", (11, 10), (12, 10)), ("an toan thuc pham", (4, 15), (5, 15)),
)  # fmt: skip
"""Months of action (tháng hành động) that return each year: words of the title, first and last day."""
_ASKED = round(ASK_BELOW - 0.1, 2)
_REGULAR = ("half", "nine_months", "quarter", "month", "year")
_NEAR = 21
"""Days by which a period's last day may differ from the rule's, or from the month's end, without being asked about."""
_UNRULED = ("semester", "school_year", "months")
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


@dataclass(frozen=True, slots=True)
class Period:
    """kind: half, nine_months, quarter, campaign, month, year, span; semester and school_year (its first year); months,
    so many from the year's beginning. custom, days alone. index within the year (1.. or
    None)."""

    kind: str
    year: int
    index: int | None
    first: date
    last: date
    rule_first: date | None = None
    """Both days by the decree, where the paper says other ones (None: `first`, `last` are the rule's)."""
    rule_last: date | None = None

    @property
    def regular(self) -> tuple[date, date]:
        """The days that a period of this kind has by the decree, whatever the paper says."""
        return self.rule_first or self.first, self.rule_last or self.last

    @property
    def is_known(self) -> bool:
        """Whether its days are the decree's or the paper's; not where they are only those that are usual."""
        whole_year = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return self.kind not in (*_UNRULED, "custom") and not (self.kind == "campaign" and whole_year)

    @property
    def words(self) -> str:
        """Both days."""
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"


def period_of(
    title: str, place: Place, type_word: str | None, flow: Flow | None = None, until: int = 0
) -> Read[Period] | None:
    """The first kind of period that the title names, most particular first; its days by the body, whose opening ends
    at `until`, where that tells them."""
    read = _named(title, place, type_word)
    if flow is None:
        return read
    if read is None:
        return _of_days(period_days.of_title(title, place) or period_days.of_figures(flow, until))
    stated = None if read.value.kind == "span" else _stated(read, title, place, type_word, flow, until)
    return _with_stated(read, stated) if stated else read


def _of_days(stated: Stated | None) -> Read[Period] | None:
    """A period that has no name, only days: "… tuần 12 (từ ngày 14/3/2026 đến ngày 20/3/2026)"."""
    if stated is None or stated.first is None:
        return None
    value = Period("custom", stated.last.year, None, stated.first, stated.last)
    return Read(value, stated.raw, stated.place, 0.85, "")


def _stated(
    read: Read[Period], title: str, place: Place, type_word: str | None, flow: Flow, until: int
) -> Stated | None:
    if read.value.kind == "campaign" and (stated := period_days.of_action(flow)):
        return stated
    if type_word == "Kế hoạch":  # a plan's figures are of the time before it
        return period_days.of_title(title, place)
    stated = period_days.of_title(title, place)
    if stated is None and read.value.kind == "year":
        stated = period_days.of_subject(flow, title)
    stated = stated or period_days.of_figures(flow, until)
    loose = None if stated else period_days.as_of(flow)
    return loose if loose and _closes(read.value, loose.last) else stated


def _closes(own: Period, day: date) -> bool:
    """Whether figures of that day can be all of the period's: in its last weeks, or by the month's end."""
    return own.kind in _REGULAR and own.last - timedelta(days=45) <= day <= _calendar(own)


def _with_stated(read: Read[Period], stated: Stated) -> Read[Period]:
    """The paper's own days; those that are far from the title's period are left, and asked about."""
    own = read.value
    first = stated.first or _start(own, stated.last)
    written = f"văn bản ghi «{stated.raw[:80]}»"
    if stated.last.year not in (own.year, own.year + 1) or first > stated.last or first.year < own.year - 1:
        return replace(read, sure=_ASKED, said=f"{written}, ngoài năm {own.year} của trích yếu")
    if _only_so_far(own, stated):
        said = f"{written}, trước ngày cuối của kỳ; theo quy định kỳ này là {own.words}"
        return replace(read, sure=_ASKED, said=said)
    value = replace(own, first=first, last=stated.last, rule_first=own.first, rule_last=own.last)
    unlike = own.kind != "campaign" and all(abs((stated.last - day).days) > _NEAR for day in (own.last, _calendar(own)))
    asked = stated.guessed or stated.first is None or unlike
    said = written + (f"; theo quy định kỳ này là {own.words}" if unlike else "")
    return Read(value, read.raw, stated.place, min(read.sure, _ASKED) if asked else 0.9, said)


def _only_so_far(own: Period, stated: Stated) -> bool:
    """Whether figures "đến ngày" long before a year's end only tell how far they go: then the year is still the year;
    what is closed (chốt), or is of a moment, is all that there will be."""
    said = fold(stated.raw)
    if own.kind != "year" or stated.first or re.search(r"\bchot\b|thoi diem|tai ngay", said):
        return False
    return all(abs((stated.last - day).days) > _NEAR for day in (own.last, _calendar(own)))


def _start(own: Period, last: date) -> date:
    """The first day where only the last is told: of the calendar's period where that ends on it, else the rule's."""
    return own.first + timedelta(days=17) if own.first.day == 15 and last == _calendar(own) else own.first


def _calendar(own: Period) -> date:
    """The last day of the month that the period ends in."""
    after = own.last.replace(day=28) + timedelta(days=4)
    return after.replace(day=1) - timedelta(days=1)


def _named(title: str, place: Place, type_word: str | None) -> Read[Period] | None:
    said = fold(title)
    for kind, pattern in _KINDS:
        if found := pattern.search(said):
            window = _window(kind, found, type_word)
            if window is None:
                return None
            index = _index(kind, found)
            read = Period(kind, int(found["y"]), index, window.first, window.last)
            why = "" if kind == "span" else "ngày đầu, ngày cuối theo quy định chung, văn bản không ghi"
            sure = 0.85
            if kind == "campaign" and not _is_yearly(said):
                sure, why = _ASKED, "không rõ ngày của đợt, lấy cả năm"
            elif kind in _UNRULED:
                sure, why = _ASKED, "kỳ này không có ngày theo quy định chung, lấy ngày thường dùng"
            return Read(read, title[found.start() : found.end()], place, sure, why)
    return None


def _window(kind: str, found: re.Match[str], type_word: str | None) -> Window | None:
    year, index = int(found["y"]), _index(kind, found)
    try:
        if kind == "span":
            return Window(date(year, 1, 1), date(int(found["last"]), 12, 31))
        if type_word == "Kế hoạch" and kind == "year":
            return Window(date(year, 1, 1), date(year, 12, 31))
        if kind in _UNRULED:
            return _unruled(kind, year, index)
        if kind == "campaign":
            yearly = _campaign(found.string, year)
            return yearly if _is_yearly(found.string) else periods.window("calendar_year", year)
        return periods.window(kind, year, index)
    except DonDocError:
        return None


def _unruled(kind: str, year: int, index: int | None) -> Window:
    """Days that schools keep (khung thời gian năm học), and so many months from the year's beginning."""
    if kind == "months":
        return Window(date(year - 1, 12, 15), date(year, index or 1, 14))
    first = date(year + 1, 1, 19) if index == 2 else date(year, 9, 5)
    return Window(first, date(year + 1, 1, 18) if index == 1 else date(year + 1, 5, 31))


def _is_yearly(title: str) -> bool:
    """Whether a title names a month of action, which has the same days every year."""
    return "thang hanh dong" in title


def _campaign(title: str, year: int) -> Window:
    """The days of a month of action; gender equality's run over two months."""
    for words, first, last in _CAMPAIGNS:
        if words in title:
            return Window(date(year, *first), date(year, *last))
    return Window(date(year, 11, 15), date(year, 12, 15))


def _index(kind: str, found: re.Match[str]) -> int | None:
    said = found.groupdict()
    if kind == "half":
        return 2 if said.get("which") == "cuoi" else 1
    if kind == "quarter" and said.get("which"):
        return 4 if said["which"] == "cuoi" else 1
    number = said.get("n")
    return None if not number else _NUMBERS.get(number) or int(number)
