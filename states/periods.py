"""Reporting windows (kỳ báo cáo, thời gian chốt số liệu) as plain values.

Nghị định 09/2019/NĐ-CP, Điều 12: the data of a periodic report are taken from day 15 of the month before
the period to day 14 of its last month. A regime may set other windows, so a `Rule` is data and is stored
with the regime. Days are local days (Asia/Ho_Chi_Minh); moments are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from states.errors import DonDocError

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
"""The time zone that people here live by; every stored moment is shown in it."""

TWO_LEVELS_FROM: Final = date(2025, 7, 1)
"""First day without districts (chính quyền địa phương hai cấp)."""

_ONE_DAY: Final = timedelta(days=1)
_ACTION_MONTH: Final = "Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới"
_YEARS: Final = range(1946, 2200)
# months a period lasts; 12 / months periods make a year, save nine months, of which a year has one
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}

_HOW_TO_ASK: Final = "it is either `first` and `last`, or a `kind` with its `year` (and `index`)"


class BadWindow(DonDocError):
    """A reporting window is wrong: {why}. Correct the dates or the period of the regime."""

    status = 422


class NaiveMoment(DonDocError):
    """A moment must carry its time zone, {moment} has none: add +07:00 (Asia/Ho_Chi_Minh)."""

    status = 422


@dataclass(frozen=True, order=True)
class Window:
    """The days whose data a report holds (kỳ số liệu), `first` and `last` both included, local days.

    Two windows of the same days are equal whatever they are called; `rule`, `year` and `index` tell where
    the window came from, if a rule made it.
    """

    first: date
    last: date
    label: str = field(default="", compare=False)
    """What people call it, in Vietnamese ("quý II năm 2025"); may be empty."""
    rule: Rule | None = field(default=None, compare=False, repr=False)
    year: int | None = field(default=None, compare=False, repr=False)
    index: int | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise BadWindow(why=f"{day!r} is not a day")
        if self.first > self.last:
            raise BadWindow(why=f"it ends on {vi_date(self.last)}, before it begins on {vi_date(self.first)}")

    @property
    def opens(self) -> datetime:
        """The first moment of the window, local midnight."""
        return midnight(self.first)

    @property
    def cut_off(self) -> datetime:
        """Thời điểm chốt số liệu: 24:00 of the last day, that is 00:00 of the next one; itself outside."""
        return midnight(self.last + _ONE_DAY)

    @property
    def days(self) -> int:
        """How many days it has, rest days included."""
        return (self.last - self.first).days + 1

    def contains(self, when: date | datetime) -> bool:
        """Whether a local day, or an aware moment of any zone, lies in the window."""
        day = local_day(when) if isinstance(when, datetime) else when
        return self.first <= day <= self.last

    def straddles(self, day: date = TWO_LEVELS_FROM) -> bool:
        """Whether the window has days both before `day` and from `day` on."""
        return self.first < day <= self.last

    def split_at(self, day: date = TWO_LEVELS_FROM) -> tuple[Window, Window]:
        """The part before `day` and the part from `day` on; BadWindow where there would be only one."""
        if not self.straddles(day):
            raise BadWindow(why=f"{self.name()} cannot be split at {vi_date(day)}, which is not inside it")
        eve = day - _ONE_DAY
        return (
            Window(self.first, eve, f"{self.label} (đến {vi_date(eve)})".strip()),
            Window(day, self.last, f"{self.label} (từ {vi_date(day)})".strip()),
        )

    def previous(self) -> Window:
        """The period of the same kind just before: May for June, the second half for the next first half.

        What comes once a year (nine months, year, campaign) goes back a year. A free window goes back by
        its own length, in whole months where it has whole months, else in days.
        """
        if self.rule is None or self.year is None or self.rule.kind == "custom":
            return self._shifted_back()
        before = (self.index or 1) - 1
        if before >= 1:
            return self.rule.window(self.year, before)
        return self.rule.window(self.year - 1, self.rule.per_year)

    def year_before(self) -> Window:
        """The same period of the year before (cùng kỳ năm trước)."""
        if self.rule is None or self.year is None or self.rule.kind == "custom":
            return Window(_years_back(self.first), _years_back(self.last + _ONE_DAY) - _ONE_DAY)
        return self.rule.window(self.year - 1, self.index)

    def name(self) -> str:
        """For people: the label and both days, "quý II năm 2025 (15/3/2025 – 14/6/2025)"."""
        days = f"{vi_date(self.first)} – {vi_date(self.last)}"
        return f"{self.label} ({days})" if self.label else days

    def _shifted_back(self) -> Window:
        after = self.last + _ONE_DAY
        months = (after.year - self.first.year) * 12 + after.month - self.first.month
        if after.day == self.first.day <= 28 and months:
            return Window(
                _month_start(self.first.year, self.first.month - months, self.first.day), self.first - _ONE_DAY
            )
        return Window(self.first - timedelta(days=self.days), self.first - _ONE_DAY)


@dataclass(frozen=True)
class Rule:
    """How a regime (chế độ báo cáo) makes its windows; plain data, stored as JSON.

    `kind` is month, quarter, half, nine_months, year (each also with the prefix `calendar_`: from day 1 of
    its own first month), campaign or custom. `first` and `last` are text: for a campaign "MM-DD" each (a
    `first` after `last` lies in the year before), for custom "YYYY-MM-DD" each; for the others `first` may
    name another day of the month before than 15 (1–28; 1 is the calendar period), `last` follows from it.
    """

    kind: str
    first: str | None = None
    last: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.kind in ("campaign", "custom"):
            self._ends(2024)  # a leap year, so that a campaign may name 29 February
        elif self._base not in _MONTHS:
            raise BadWindow(why=f"there is no kind of period {self.kind!r}; there are {', '.join(KINDS)}")
        elif self.last is not None or (self.first is not None and self.kind.startswith("calendar_")):
            raise BadWindow(why=f"a period of kind {self.kind} has its last day from its kind")
        else:
            self._start_day()

    @classmethod
    def of(cls, data: str | Mapping[str, object]) -> Rule:
        """From stored data: a kind alone ("quarter") or {kind, first, last, label}."""
        fields = {"kind": data} if isinstance(data, str) else {k: v for k, v in data.items() if v is not None}
        if unknown := sorted(set(fields) - {"kind", "first", "last", "label"}):
            raise BadWindow(why=f"a rule of periods has no {', '.join(unknown)}")
        if "kind" not in fields:
            raise BadWindow(why=f"a rule of periods needs a kind, one of {', '.join(KINDS)}")
        return cls(**{name: str(value) for name, value in fields.items()})

    def as_data(self) -> dict[str, str]:
        """What `of` reads again."""
        fields = {"kind": self.kind, "first": self.first, "last": self.last, "label": self.label}
        return {name: value for name, value in fields.items() if value}

    @property
    def per_year(self) -> int:
        """How many such periods a year has, numbered from 1."""
        return 12 // _MONTHS.get(self._base, 12)

    def window(self, year: int, index: int | None = None) -> Window:
        """The window of period `index` (month 1–12, quarter 1–4, half 1–2, else none) of `year`.

        For a custom rule `year` is only remembered: its days are fixed.
        """
        number = self._number(year, index)
        if self.kind in ("campaign", "custom"):
            first, last = self._ends(year)
            label = f"{self.label} năm {year}" if self.label and self.kind == "campaign" else self.label
        else:
            end = number * _MONTHS[self._base]
            start = end - _MONTHS[self._base] + 1
            day = self._start_day()
            back = 0 if day == 1 else 1
            first = _month_start(year, start - back, day)
            last = _month_start(year, end - back + 1, day) - _ONE_DAY
            label = self.label or _label(self._base, year, number)
        return Window(first, last, label, self, year, number)

    @property
    def _base(self) -> str:
        return self.kind.removeprefix("calendar_")

    def _start_day(self) -> int:
        text = "1" if self.kind.startswith("calendar_") else self.first or "15"
        if not (text.isdecimal() and 1 <= int(text) <= 28):
            raise BadWindow(why=f"a {self.kind} begins on a day from 1 to 28, not on {text!r}")
        return int(text)

    def _number(self, year: int, index: int | None) -> int:
        if year not in _YEARS:
            raise BadWindow(why=f"{year!r} is not a year from {_YEARS[0]} to {_YEARS[-1]}")
        number = 1 if index is None and self.per_year == 1 else index
        if number is None or number not in range(1, self.per_year + 1):
            raise BadWindow(why=f"{index!r} is not a {self.kind} from 1 to {self.per_year}")
        return number

    def _ends(self, year: int) -> tuple[date, date]:
        first, last = self.first or "", self.last or ""
        try:
            if self.kind == "custom":
                return date.fromisoformat(first), date.fromisoformat(last)
            begins = year - 1 if first > last else year
            return date.fromisoformat(f"{begins}-{first}"), date.fromisoformat(f"{year}-{last}")
        except ValueError as error:
            shape = "YYYY-MM-DD" if self.kind == "custom" else f"MM-DD of {year}"
            raise BadWindow(
                why=f"a {self.kind} needs its first and last day as {shape}, not {first!r} and {last!r}"
            ) from error


KINDS: Final = (*_MONTHS, *(f"calendar_{kind}" for kind in _MONTHS), "campaign", "custom")
"""The kinds of period that a `Rule` may have."""


def window(kind: str | Mapping[str, object], year: int, index: int | None = None) -> Window:
    """The window of a stored rule, or of a bare kind, for one period of a year."""
    return Rule.of(kind).window(year, index)


def month(year: int, number: int) -> Window:
    """Tháng: day 15 of the month before to day 14 (Điều 12); January begins in December."""
    return window("month", year, number)


def quarter(year: int, number: int) -> Window:
    """Quý: day 15 of the month before it to day 14 of its last month (Điều 12)."""
    return window("quarter", year, number)


def first_half(year: int) -> Window:
    """6 tháng đầu năm: 15/12 of the year before to 14/6 (Điều 12)."""
    return window("half", year, 1)


def second_half(year: int) -> Window:
    """6 tháng cuối năm: 15/6 to 14/12 (Điều 12)."""
    return window("half", year, 2)


def nine_months(year: int) -> Window:
    """9 tháng: 15/12 of the year before to 14/9 (set by provinces, not by the decree)."""
    return window("nine_months", year)


def year(number: int) -> Window:
    """Năm: 15/12 of the year before to 14/12 (Điều 12)."""
    return window("year", number)


def action_month(year: int) -> Window:
    """Tháng hành động: 15/11 to 15/12, one day past the yearly cut-off."""
    return Rule("campaign", "11-15", "12-15", _ACTION_MONTH).window(year)


def custom(first: date, last: date, label: str = "") -> Window:
    """Any days that a request names."""
    return Window(first, last, label)


def asked(
    kind: str | None = None, year: int | None = None, index: int | None = None, first: date | str | None = None,
    last: date | str | None = None, label: str = "",
) -> Window:  # fmt: skip
    """The window that a plan asks about, as people order it: by API and in a file.

    `first` and `last` alone (days of one's own), «action_month» with its year, a campaign with `first` and `last`
    as MM-DD and its year, or any other kind of period with its year and index. Raises BadWindow.
    """
    alone = kind in (None, "custom") and year is None and index is None
    if alone and first and last:
        return custom(_a_day(first), _a_day(last), label)
    if kind == "action_month" and year is not None and not (first or last or index):
        return action_month(year)
    if kind in (None, "custom", "action_month") or year is None:
        raise BadWindow(why=_HOW_TO_ASK)
    return Rule(kind, str(first) if first else None, str(last) if last else None, label).window(year, index)


def midnight(day: date) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(), LOCAL)


def local_day(moment: datetime) -> date:
    """The local day on which a moment falls; NaiveMoment where it has no time zone."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """The moment on local clocks; NaiveMoment where it has no time zone."""
    if moment.utcoffset() is None:
        raise NaiveMoment(moment=moment.isoformat())
    return moment.astimezone(LOCAL)


def vi_date(day: date) -> str:
    """05/02/2024, 15/3/2024: a zero before days under 10 and months 1 and 2 (Nghị định 30/2020/NĐ-CP)."""
    number = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{number}/{day.year}"


def _a_day(said: date | str) -> date:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        raise BadWindow(why=f"{str(said)!r} is not a day; write it as 2026-12-18") from None


def _label(kind: str, year: int, number: int) -> str:
    return {
        "month": f"tháng {number} năm {year}",
        "quarter": f"quý {('', 'I', 'II', 'III', 'IV')[min(number, 4)]} năm {year}",
        "half": f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}",
        "nine_months": f"9 tháng năm {year}",
        "year": f"năm {year}",
    }[kind]


def _month_start(year: int, month: int, day: int) -> date:
    # month may be 0, negative or 13: it counts on into the neighbouring years
    years, zero_based = divmod(month - 1, 12)
    return date(year + years, zero_based + 1, day)


def _years_back(day: date) -> date:
    # 29 February has no day a year before: 28 February
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
