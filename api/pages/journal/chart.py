"""Steps over time as bars: a day each, or a week or month each where the days are too many to be pressed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_MOST_BARS = 42
Size = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Bar:
    """Steps from one day to another; `share` of the highest bar, 0 to 1; `marked`: within the range asked for."""

    first: date
    last: date
    count: int
    share: float
    marked: bool
    href: str

    @property
    def height(self) -> int:
        """Of a hundred; what is there at all is seen."""
        return max(2, round(self.share * 100)) if self.count else 0


@dataclass(frozen=True)
class Chart:
    """The bars in order, of one size; how many steps the marked ones have, and the highest."""

    bars: tuple[Bar, ...]
    size: Size
    most: int

    @property
    def total(self) -> int:
        """Steps in the range asked for."""
        return sum(bar.count for bar in self.bars if bar.marked)


def chart(
    days: Sequence[tuple[date, int]], href: Callable[[date, date], str], marked: tuple[date, date] | None = None
) -> Chart:
    """Bars of `per_day`; pressing one asks for its days. `marked`: None marks all."""
    size: Size = "day" if len(days) <= _MOST_BARS else "week" if len(days) <= _MOST_BARS * 7 else "month"
    parts = list(_parts(days, size))
    most = max((count for *_, count in parts), default=0)
    low, high = marked or (date.min, date.max)
    return Chart(tuple(
        Bar(first, last, count, count / most if most else 0.0, first <= high and last >= low, href(first, last))
        for first, last, count in parts
    ), size, most)  # fmt: skip


def _parts(days: Iterable[tuple[date, int]], size: Size) -> Iterable[tuple[date, date, int]]:
    found: dict[date, tuple[date, date, int]] = {}
    for day, count in days:
        key = _begin(day, size)
        first, _, before = found.get(key, (day, day, 0))
        found[key] = (first, day, before + count)
    return found.values()


def _begin(day: date, size: Size) -> date:
    if size == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if size == "week" else day
