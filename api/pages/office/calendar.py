"""Lịch làm việc: the year's working days, holidays and what was decided otherwise; decided at the root."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import months, typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.routes.calendar import decide_day
from api.schemas.people import CalendarDayIn
from states import units
from states.calendar import Calendar
from states.days import calendar
from states.errors import DonDocError, Invalid

router = APIRouter()


class OutsideOurCalendar(Invalid):
    """Lịch chỉ có từ năm {first} đến năm {last} (the calendar does not reach that day): choose a day between."""


@dataclass(frozen=True)
class Special:
    """A day that is not as its weekday says: why, and whether an office here decided it."""

    day: date
    working: bool
    why: str
    expected: bool
    ours: bool


@router.get("/thiet-lap/lich", dependencies=[allowed(Access.OFFICE)])
def year(visit: Visiting, session: InTransaction, nam: str = "") -> HTMLResponse:
    """The twelve months with their holidays."""
    return _page(visit, session, typed.number(nam, 9999), FormData())


@router.post("/thiet-lap/lich", dependencies=[allowed(Access.ADMIN)])
def decide(visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """A day decided otherwise, with the document that says so; the same twice changes nothing more."""

    def act() -> date:
        read = Reader(form, visit.say)
        day = read.day("day", visit.say("Chưa ghi ngày."))
        source = read.words("source", visit.say("Chưa ghi văn bản quyết định ngày này."))
        read.done()
        assert day is not None
        known = calendar(session)
        if not known.first_year <= day.year <= known.last_year:
            raise OutsideOurCalendar(first=known.first_year, last=known.last_year)
        off = typed.words(form, "off") == "1"
        decide_day(day, CalendarDayIn(off=off, source=source, announced="announced" in form), session, visit.by)
        return day

    day, error = tried(session, act)
    if error is not None:
        given = typed.day(typed.words(form, "day"))
        return _page(visit, session, given.year if given else None, form, error)
    return visit.back_to(f"/thiet-lap/lich?nam={day.year}", visit.say("Đã ghi ngày %s vào lịch.") % f"{day:%d/%m/%Y}")


def _page(
    visit: Visit, session: Session, asked: int | None, form: FormData, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    known = calendar(session)
    number = min(max(asked or visit.by.day.year, known.first_year), known.last_year)
    shown = [months.month(known, number, one) for one in range(1, 13)]
    errors = {one.place: one.message for one in error.reasons} if error else {}
    return visit.page(
        "calendar/year.html", error.status if error else 200, year=number, months=shown,
        special=_special(session, known, shown), known=known, form=form, error=error, errors=errors,
        announced=known.status(number) == "announced", decides=_decides(visit),
    )  # fmt: skip


def _special(session: Session, known: Calendar, shown: list[months.Month]) -> list[Special]:
    rows = session.connection().exec_driver_sql("SELECT day, source FROM calendar_day").all()
    ours: dict[date, str] = {row[0]: row[1] for row in rows}
    sources = {one.day: one.source for one in known.overrides}
    return [Special(one.day, one.working, one.rest or sources.get(one.day, ""), one.expected, one.day in ours)
            for month in shown for one in month.days if one.holiday or one.swapped or one.day in ours]  # fmt: skip


def _decides(visit: Visit) -> bool:
    """What holds for everybody is decided at the root."""
    return visit.seat == "admin" and visit.me.unit_id == units.ROOT
