"""A deadline as people read it: "hết ngày 18 tháng 12 năm 2026", never 00:00 of the day after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from states.periods import LOCAL, local_day, vi_date

_ONE_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Deadline:
    """A day with its words; `long` for the text, `short` for the subject, `order` to sort (ISO, or the words)."""

    long: str
    short: str
    order: str

    @classmethod
    def of(cls, value: Any) -> Deadline | None:
        """From a moment, a day, their ISO text, or any words (kept as they are); None where there is nothing."""
        moment = _read(value)
        if isinstance(moment, datetime):
            at = moment.astimezone(LOCAL)
            if not (at.hour or at.minute):
                return cls._of_day(local_day(at - _ONE_TICK), "hết ")
            return cls(f"{at.hour} giờ {at.minute:02d} {vi_long(at.date())}", f"{at:%H:%M} {vi_date(at.date())}",
                       at.isoformat())  # fmt: skip
        if isinstance(moment, date):
            return cls._of_day(moment, "hết ")
        words = " ".join(str(value).split()) if value else ""
        return cls(words, words, words) if words else None

    @classmethod
    def _of_day(cls, day: date, before: str) -> Deadline:
        return cls(f"{before}{vi_long(day)}", vi_date(day), day.isoformat())


def vi_long(day: date) -> str:
    """`ngày 05 tháng 02 năm 2024`: a zero before days under 10 and months 1 and 2 (Nghị định 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _read(value: Any) -> date | datetime | None:
    if isinstance(value, date):
        return value
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(str(value))
        except ValueError:
            continue
    return None
