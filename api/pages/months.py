"""A month as a small table: which days are worked, why others are not, and what falls on them."""

from calendar import Calendar as Weeks
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from states.calendar import Calendar

_WEEKS = Weeks()
_SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """A day: `rest` says why nobody works; `marks` are what falls on it; `decided`: by a document, not by rule."""

    day: date
    working: bool
    rest: str
    expected: bool
    marks: tuple[str, ...] = ()

    @property
    def weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() >= _SATURDAY

    @property
    def holiday(self) -> bool:
        """A rest day that is not only a weekend."""
        return not self.working and self.rest != "cuối tuần"

    @property
    def swapped(self) -> bool:
        """A Saturday or Sunday that is worked (làm bù)."""
        return self.working and self.weekend


@dataclass(frozen=True)
class Month:
    """A month: weeks of seven from Monday, None where the day is another month's."""

    year: int
    number: int
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def days(self) -> list[Day]:
        """Its days in order."""
        return [day for week in self.weeks for day in week if day]

    @property
    def working(self) -> int:
        """How many days are worked."""
        return sum(day.working for day in self.days)


def month(known: Calendar, year: int, number: int, marks: Mapping[date, Sequence[str]] | None = None) -> Month:
    """One month. Raises `OutsideCalendar`."""
    told = marks or {}
    weeks = tuple(
        tuple(_day(known, day, told) if day.month == number else None for day in week)
        for week in _WEEKS.monthdatescalendar(year, number)
    )
    return Month(year, number, weeks)


def months_of(known: Calendar, marks: Mapping[date, Sequence[str]]) -> list[Month]:
    """The months that have something marked, in order; days that the calendar does not reach are left out."""
    reached: Iterable[date] = (day for day in marks if known.first_year <= day.year <= known.last_year)
    return [month(known, year, number, marks) for year, number in sorted({(day.year, day.month) for day in reached})]


def _day(known: Calendar, day: date, marks: Mapping[date, Sequence[str]]) -> Day:
    return Day(day, known.is_working(day), known.rest_reason(day), known.status(day) == "expected",
               tuple(marks.get(day, ())))  # fmt: skip
