"""The working calendar (ngày làm việc): read by anybody, decided at the root with a source."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import administering
from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.schemas.base import Day
from api.schemas.people import CalendarDayIn, CalendarDayOut
from states.calendar import Calendar
from states.days import calendar

router = APIRouter(prefix="/calendar", tags=["calendar"])
_MOST_DAYS = 400


@router.get("", summary="Working days and rest days", dependencies=[allowed(Access.OFFICE)])
def read_calendar(
    session: InTransaction, by: Acting, first: Annotated[Day | None, Query(description="today where left out")] = None,
    days: Annotated[int, Query(ge=1, le=_MOST_DAYS)] = 31,
) -> list[CalendarDayOut]:  # fmt: skip
    """Monday to Friday less public holidays, plus swapped Saturdays, with what was decided otherwise."""
    known, start = calendar(session), first or by.day
    return [_day(known, start + timedelta(days=n)) for n in range(days)]


@router.put("/{day}", summary="Decide a day otherwise", dependencies=[allowed(Access.ADMIN)])
def decide_day(
    day: Annotated[Day, Path()], decided: CalendarDayIn, session: InTransaction, by: Acting
) -> CalendarDayOut:
    """With the document that says so. Deadlines that were frozen at a fan-out stay as they are."""
    administering.check_nation(by)
    session.connection().exec_driver_sql(_DECIDE, {"day": day, **decided.model_dump()})
    return _day(calendar(session), day)


def _day(known: Calendar, day: date) -> CalendarDayOut:
    return CalendarDayOut(day=day, working=known.is_working(day), rest=known.rest_reason(day), status=known.status(day))


_DECIDE = """
INSERT INTO calendar_day (day, off, source, announced) VALUES (%(day)s, %(off)s, %(source)s, %(announced)s)
ON CONFLICT (day) DO UPDATE SET off = excluded.off, source = excluded.source, announced = excluded.announced
"""
