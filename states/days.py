"""The working calendar with the overrides that an office has entered."""

from functools import lru_cache

from sqlmodel import Session

from states.calendar import Calendar, DayOverride


def calendar(session: Session) -> Calendar:
    """Vietnam's working days, with the rows of `calendar_day` laid over them."""
    rows = session.connection().exec_driver_sql("SELECT day, off, source, announced FROM calendar_day ORDER BY day")
    return _laid_over(tuple(DayOverride(*row) for row in rows))


@lru_cache(maxsize=4)
def _laid_over(overrides: tuple[DayOverride, ...]) -> Calendar:
    """The same calendar for the same rows: what it counts once (fifty years of days) costs more than a whole board."""
    return Calendar.vietnam(extra=overrides)
