"""Working days, deadlines and office hours (ngày làm việc, thời hạn, giờ hành chính).

The package `holidays` gives the rules, `calendar_overrides.yaml` the announcements, rows of the table
calendar_day whatever came later. All is counted once into one list, so each question is a look-up and never
a walk over days. Days are local (Asia/Ho_Chi_Minh); a deadline is the first moment that is too late.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Final, Literal

import yaml
from holidays import country_holidays

from states.errors import DonDocError
from states.periods import LOCAL, Window, local, local_day, midnight

Status = Literal["announced", "expected"]

_ONE_DAY: Final = timedelta(days=1)
_ONE_TICK: Final = timedelta(microseconds=1)
_SATURDAY: Final = 5


class OutsideCalendar(DonDocError):
    """The calendar of working days does not reach {day}: it knows {first} to {last}, check the year."""

    status = 422


class DueTooEarly(DonDocError):
    """A report cannot be due {days} working days after its cut-off: give at least 1."""

    status = 422


@dataclass(frozen=True, slots=True)
class DayOverride:
    """One day decided otherwise than by rule: `off` or working, and the document that says so."""

    day: date
    off: bool
    source: str
    announced: bool = True


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Local hours of a working day: sessions worked, moments of delivery, and the quiet night."""

    sessions: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13), time(17)))
    slots: tuple[time, ...] = (time(7, 30), time(13, 30))
    quiet_from: time = time(18)
    quiet_until: time = time(7)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, from 1 January of `first_year` to 31 December of `last_year`.

    Of two overrides of one day the later one wins. Days outside raise OutsideCalendar.
    """

    overrides: tuple[DayOverride, ...] = field(repr=False)
    announced_until: int
    hours: OfficeHours = OfficeHours()
    first_year: int = 2000
    last_year: int = 2050

    @classmethod
    def vietnam(cls, extra: Iterable[DayOverride] = (), hours: OfficeHours = OfficeHours()) -> Calendar:
        """The shipped calendar with `extra` days on top (rows of calendar_day)."""
        return _vietnam(tuple(extra), hours)

    # --- days ---

    def is_working(self, day: date) -> bool:
        """Whether the offices are open: Monday to Friday less holidays, plus swapped Saturdays."""
        return self._working[self._position(day)]

    def rest_reason(self, day: date) -> str:
        """Why a day is off, in Vietnamese (a holiday's name, a document, cuối tuần); "" when it is worked."""
        if self.is_working(day):
            return ""
        decided = self._decided.get(day)
        return decided.source if decided else self._by_rule[0].get(day, "cuối tuần")

    def status(self, when: int | date) -> Status:
        """Whether a year, or one day with its own override, is announced or only expected (dự kiến)."""
        if isinstance(when, date) and (decided := self._decided.get(when)):
            return "announced" if decided.announced else "expected"
        year = when.year if isinstance(when, date) else when
        return "announced" if year <= self.announced_until else "expected"

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start` up to and with `end`; negative when `end` is earlier."""
        return self._ordinal(end) - self._ordinal(start)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it when negative; always a working day.

        0 is `day` itself when worked, else the next working day. For count > 0 `working_days_between(day,
        result)` is count; for count < 0 so too when `day` is worked (from a rest day it is count + 1).
        """
        before = self._ordinal(day) - self.is_working(day)
        index = self._ordinal(day) + count - 1 if count > 0 else before + count
        if not 0 <= index < len(self._days):
            raise self._outside(f"{count:+d} working days from {day:%d/%m/%Y}")
        return self._days[index]

    def working_day_table(self, first: date, last: date) -> list[tuple[date, int]]:
        """Each day from `first` to `last` with its ordinal: `working_days_between` is their difference.

        The ordinal counts the working days since 1 January of `first_year`, the day itself included, so
        tables of the same calendar may be joined in SQL.
        """
        start, stop = self._position(first), self._position(last) + 1
        return [(first + timedelta(days=n), o) for n, o in enumerate(self._ordinals[start:stop])]

    # --- deadlines ---

    def due_at(self, day: date, hour: time | None = None) -> datetime:
        """The deadline as a moment, on time being what comes before it (`sent < due_at`).

        A deadline of a day ends at 24:00 local, the next day's 00:00; one at an hour is exactly then.
        """
        return midnight(day + _ONE_DAY) if hour is None else datetime.combine(day, hour, LOCAL)

    def due_day(self, due_at: datetime) -> date:
        """The local day that a deadline belongs to: 00:00 is the 24:00 of the day before."""
        return local_day(due_at - _ONE_TICK)

    def days_late(self, due_at: datetime, moment: datetime) -> int:
        """Working days late: 0 before `due_at`, from then on at least 1.

        In SQL: greatest(1, ordinal of the moment's day - ordinal of `due_day`).
        """
        if local(moment) < local(due_at):
            return 0
        return max(1, self.working_days_between(self.due_day(due_at), local_day(moment)))

    def earliest_due(self, window: Window) -> date:
        """The first day a periodic report may be due: one working day after the cut-off (NĐ 09/2019)."""
        return self.due_after_cut_off(window, 1)

    def due_after_cut_off(self, window: Window, working_days: int) -> date:
        """The n-th working day after the window's last day, n at least 1 (DueTooEarly)."""
        if working_days < 1:
            raise DueTooEarly(days=working_days)
        return self.add_working_days(window.last, working_days)

    # --- hours ---

    def working_hours_between(self, start: datetime, end: datetime) -> float:
        """Office hours from `start` to `end`, in hours; negative when `end` is earlier."""
        return (self._worked_until(local(end)) - self._worked_until(local(start))) / timedelta(hours=1)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether people are to be left alone: the night 18:00 to 07:00, weekends and holidays."""
        at = local(moment)
        awake = self.hours.quiet_until <= at.time() < self.hours.quiet_from
        return not (awake and self.is_working(at.date()))

    def next_delivery_slot(self, moment: datetime, *, urgent: bool = False) -> datetime:
        """When a message may go out, never before `moment`, local: the next slot of a working day.

        An urgent one (khẩn) goes at once outside the quiet hours, else at the next slot.
        """
        at = local(moment)
        if urgent and not self.is_quiet(at):
            return at
        if self.is_working(at.date()):
            index = bisect_left(self.hours.slots, at.time())
            if index < len(self.hours.slots):
                return datetime.combine(at.date(), self.hours.slots[index], LOCAL)
        return datetime.combine(self.add_working_days(at.date(), 1), self.hours.slots[0], LOCAL)

    # --- what is counted once ---

    @cached_property
    def _decided(self) -> dict[date, DayOverride]:
        return {override.day: override for override in self.overrides}

    @property
    def _by_rule(self) -> tuple[dict[date, str], frozenset[date]]:
        return _holidays(self.first_year, self.last_year)

    @cached_property
    def _working(self) -> list[bool]:
        first, last = date(self.first_year, 1, 1), date(self.last_year, 12, 31)
        return [self._decide(first + timedelta(days=n)) for n in range((last - first).days + 1)]

    @cached_property
    def _ordinals(self) -> list[int]:
        return list(accumulate(self._working))

    @cached_property
    def _days(self) -> list[date]:
        first = date(self.first_year, 1, 1)
        return [first + timedelta(days=n) for n, worked in enumerate(self._working) if worked]

    @cached_property
    def _full_day(self) -> timedelta:
        return _spent(self.hours, time.max)

    def _decide(self, day: date) -> bool:
        if decided := self._decided.get(day):
            return not decided.off
        names, workdays = self._by_rule
        return day in workdays or (day.weekday() < _SATURDAY and day not in names)

    def _ordinal(self, day: date) -> int:
        return self._ordinals[self._position(day)]

    def _position(self, day: date) -> int:
        if not self.first_year <= day.year <= self.last_year:
            raise self._outside(f"{day:%d/%m/%Y}")
        return day.toordinal() - date(self.first_year, 1, 1).toordinal()

    def _outside(self, day: str) -> OutsideCalendar:
        return OutsideCalendar(day=day, first=self.first_year, last=self.last_year)

    def _worked_until(self, at: datetime) -> timedelta:
        # whole working days before this one, then the part of this one
        worked = self.is_working(at.date())
        whole = (self._ordinal(at.date()) - worked) * self._full_day
        return whole + (_spent(self.hours, at.time()) if worked else timedelta())


def government_due(window: Window) -> date:
    """Day 25 of the period's last month: a province's periodic report to the Government (NĐ 09/2019).

    A day 25 that is off stays day 25: the decree moves nothing.
    """
    return window.last.replace(day=25)


def _spent(hours: OfficeHours, until: time) -> timedelta:
    # office time from the morning to `until`
    anchor = date(2000, 1, 1)
    now = datetime.combine(anchor, until)
    parts = (min(now, datetime.combine(anchor, end)) - datetime.combine(anchor, begin) for begin, end in hours.sessions)
    return sum((max(part, timedelta()) for part in parts), timedelta())


@cache
def _holidays(first_year: int, last_year: int) -> tuple[dict[date, str], frozenset[date]]:
    # the package's holidays with Vietnamese names, and its worked weekend days; one year more at each
    # end, for a swap may reach over New Year
    years = range(first_year - 1, last_year + 2)
    known = country_holidays("VN", years=years, language="vi", expand=False)
    return dict(known.items()), frozenset(known.weekend_workdays)


@lru_cache(maxsize=16)
def _vietnam(extra: tuple[DayOverride, ...], hours: OfficeHours) -> Calendar:
    """One for all who ask the same: to count fifty years of days takes a calendar a hundredth of a second."""
    shipped, announced_until = _shipped()
    return Calendar((*shipped, *extra), announced_until, hours)


@cache
def _shipped() -> tuple[tuple[DayOverride, ...], int]:
    data = yaml.safe_load(files("states").joinpath("calendar_overrides.yaml").read_text("utf-8"))
    swapped = (
        DayOverride(line[kind], kind == "rest", line["source"], line.get("announced", True))
        for line in data["swaps"]
        for kind in ("rest", "work")
    )
    single = (
        DayOverride(line["day"], line["kind"] == "rest", line["source"], line.get("announced", True))
        for line in data["days"]
    )
    return (*swapped, *single), max(data["announced"])
