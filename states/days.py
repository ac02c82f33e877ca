"""The working calendar with the overrides that an office has entered."""

from sqlmodel import Session

from states.calendar import Calendar, DayOverride


def calendar(session: Session) -> Calendar:
    """Vietnam's working days, with the rows of `calendar_day` laid over them."""
    rows = session.connection().exec_driver_sql("SELECT day, off, source, announced FROM calendar_day ORDER BY day")
    return Calendar.vietnam(extra=tuple(DayOverride(*row) for row in rows))
