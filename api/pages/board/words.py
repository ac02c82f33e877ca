"""How the board writes a deadline: by its last day, for 24:00 belongs to the day that ends; an hour is said."""

from datetime import date, datetime, timedelta
from typing import Any

from api.pages.formats import DASH, day
from states.periods import local

_TICK = timedelta(microseconds=1)


def until(moment: datetime | None) -> str:
    """«18/12/2026», of a deadline at an hour «14:00 18/12/2026»."""
    if moment is None:
        return DASH
    at = local(moment)
    whole_day = (at.hour, at.minute) == (0, 0)
    return day(at - _TICK) if whole_day else f"{at:%H:%M} {day(at)}"


def last_day(moment: datetime) -> date:
    """The local day that a deadline belongs to."""
    return local(moment - _TICK).date()


def brief(day: date) -> str:
    """«18/12»: where the year goes without saying."""
    return f"{day:%d/%m}"


WORDS: dict[str, Any] = {"until": until, "last_day": last_day, "brief": brief}
"""What every template of the board knows besides its facts."""
