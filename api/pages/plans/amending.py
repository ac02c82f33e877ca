"""Gia hạn chung: the issuer's leader moves a plan's deadline for all reports of one level that are still open."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api import lists
from api.auth import Access, NotForYou, allowed
from api.deps import InTransaction
from api.pages import months, typed
from api.pages.plans import facts as plans_facts
from api.pages.plans.facts import Deadline
from api.pages.plans.new_words import LEVELS
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.seeing import SeenPlan, Sight
from states import duties
from states.days import calendar
from states.errors import DonDocError, Reason

router = APIRouter()


class _GiveUp(Exception):
    """Only looked at what would move."""


@dataclass(frozen=True)
class Move:
    """A deadline as it would be moved: of which level, to when, and how many reports move with it."""

    level: str
    until: datetime
    day: date
    reason: str
    reports: int = 0


@router.get("/ke-hoach/{plan_id}/gia-han-chung", dependencies=[allowed(Access.LEADER)])
def amending(seen: SeenPlan, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The deadlines as they are, and the form."""
    _check(seen, visit)
    return _page(visit, session, seen, FormData())


@router.post("/ke-hoach/{plan_id}/gia-han-chung", dependencies=[allowed(Access.LEADER)])
def amend(seen: SeenPlan, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """First what would move, then the move itself; a deadline moved there twice stays where it is."""
    _check(seen, visit)
    really = typed.words(form, "viec") == "lam"
    move, error = _tried(visit, session, seen, form, keep=really)
    if error is None and really and move is not None:
        words = visit.say("Đã chuyển hạn của %(n)d báo cáo sang hết ngày %(day)s.")
        return visit.back_to(f"/ke-hoach/{seen.id}", words % {"n": move.reports, "day": f"{move.day:%d/%m/%Y}"})
    return _page(visit, session, seen, form, move, error)


def _tried(
    visit: Visit, session: Session, seen: Sight, form: FormData, *, keep: bool
) -> tuple[Move | None, DonDocError | None]:  # fmt: skip
    found: list[Move] = []

    def act() -> None:
        move = _read(visit, session, form)
        reports = duties.amend(session, seen.id, move.level, move.until, move.reason, visit.me.holder, visit.now)
        found.append(Move(**{**vars(move), "reports": reports}))
        if not keep:
            raise _GiveUp()

    try:
        _, error = tried(session, act)
    except _GiveUp:
        error = None
    return (found[0] if found else None), error


def _read(visit: Visit, session: Session, form: FormData) -> Move:
    read = Reader(form, visit.say)
    level = read.words("level", visit.say("Chưa chọn cấp."))
    day = read.day("until", visit.say("Chưa ghi hạn mới."))
    reason = read.words("reason", visit.say("Chưa ghi lý do; lý do đi cùng thông báo đến từng đơn vị."))
    known = calendar(session)
    if day is not None and not known.first_year <= day.year <= known.last_year:
        read.wrong.append(Reason("until", visit.say("Lịch làm việc chưa có đến ngày đó; chọn ngày gần hơn.")))
    read.done()
    assert day is not None
    return Move(level, known.due_at(day, _hour(typed.words(form, "hour"))), day, reason)


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _check(seen: Sight, visit: Visit) -> None:
    if visit.me.unit_id != seen.parties.issuer_id:
        raise NotForYou(seat=visit.seat, wanted=visit.say("lãnh đạo đơn vị ban hành"))


def _page(
    visit: Visit, session: Session, seen: Sight, form: FormData, move: Move | None = None,
    error: DonDocError | None = None,
) -> HTMLResponse:  # fmt: skip
    known = calendar(session)
    deadlines = plans_facts.deadlines(session, [seen.id]).get(seen.id, ())
    open_now = {row[0]: row[1] for row in session.connection().exec_driver_sql(_OPEN, {"plan": seen.id})}
    errors = {one.place: one.message for one in error.reasons} if error else {}
    return visit.page(
        "plans/amend.html", error.status if error else 200, plan=lists.document(session, seen.id), seen=seen,
        deadlines=[(one, open_now.get(one.level, 0)) for one in deadlines], form=form, move=move, error=error,
        errors=errors, before=_before(deadlines, move), known=known, due=plans_facts.due,
        months=_months(visit, known, deadlines, form),
    )  # fmt: skip


def _before(deadlines: tuple[Deadline, ...], move: Move | None) -> datetime | None:
    return next((one.until for one in deadlines if move and one.level == move.level), None)


def _months(visit: Visit, known: Any, deadlines: tuple[Deadline, ...], form: FormData) -> list[months.Month]:
    """The months of the deadlines as they are and of the new one, marked."""
    marks: dict[date, list[str]] = {}
    for one in deadlines:
        marks.setdefault(known.due_day(one.until), []).append(visit.say(LEVELS[one.level]))
    new = typed.day(typed.words(form, "until"))
    if new is not None:  # months that the calendar does not reach are left out
        marks.setdefault(new, []).append(visit.say("hạn mới"))
    return months.months_of(known, marks)


_OPEN = """
SELECT d.level, count(*)::integer FROM document d
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.state IN ('draft','signed','returned')
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id
                      AND (x.kind = 'cancellation' OR x.kind = 'waiver' AND x.in_time))
 GROUP BY d.level
"""
