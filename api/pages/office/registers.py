"""Sổ đăng ký: a unit's registers of outgoing and incoming documents; one may be opened at a stated number."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api.auth import Access, allowed
from api.deps import Id, InTransaction
from api.pages import typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.pages.units import page as units
from states import registers
from states import units as tree
from states.errors import DonDocError, NotFound, Reason
from states.reading import registers as reading
from states.units import Place

router = APIRouter()
_UnitAsked = Annotated[int | None, Query(alias="don-vi", ge=1, le=2**31 - 1)]


class NoSuchRegister(NotFound):
    """Không có sổ này (no such register): open the unit's registers again."""


@router.get("/so-dang-ky", dependencies=[allowed(Access.OFFICE)])
def listed(visit: Visiting, session: InTransaction, don_vi: _UnitAsked = None) -> HTMLResponse:
    """The registers of one's own unit, or of one below."""
    return _page(visit, session, place_of(visit, session, don_vi), FormData())


@router.get("/so-dang-ky/{register_id}", dependencies=[allowed(Access.OFFICE)])
def entries(register_id: Id, visit: Visiting, session: InTransaction) -> RedirectResponse:
    """The entries of one register are read in the book (sổ văn bản) of its unit."""
    row = session.connection().exec_driver_sql(_ONE, {"id": register_id}).mappings().one_or_none()
    if row is None or not _may_look(visit, tree.get(session, row["unit_id"])):
        raise NoSuchRegister()
    asked = {"don-vi": row["unit_id"], "nam": row["year"]}
    asked |= {"huong": "den"} if row["direction"] == "in" else {"loai": row["series"]}
    return RedirectResponse(f"/so-van-ban?{urlencode(asked)}", 303)


@router.post("/so-dang-ky", dependencies=[allowed(Access.CLERK)])
def open_register(visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Open an outgoing register of the clerk's own unit at a stated number, with the reason."""

    def act() -> tuple[str, int]:
        read = Reader(form, visit.say)
        series = read.words("series", visit.say("Chưa ghi loại văn bản, ví dụ BC."), 20)
        reason = read.words("reason", visit.say("Chưa ghi lý do; lý do ở lại trong sổ."))
        year, number = (typed.number(typed.words(form, name)) for name in ("year", "number"))
        if year is None or not 2000 <= year <= 2200:
            read.wrong.append(Reason("year", visit.say("Không phải năm; viết như 2026.")))
        if number is None:
            read.wrong.append(Reason("number", visit.say("Số tiếp theo là một số từ 1 trở lên.")))
        read.done()
        assert year is not None and number is not None
        registers.open_register(session, visit.me.unit_id, year, series, at_number=number,
                                office_id=visit.me.office_id, reason=reason)  # fmt: skip
        return series, number

    done, error = tried(session, act)
    if error is not None:
        return _page(visit, session, tree.get(session, visit.me.unit_id), form, error)
    words = visit.say("Đã mở sổ %(series)s; số tiếp theo là %(number)d.")
    return visit.back_to("/so-dang-ky", words % {"series": done[0], "number": done[1]})


def place_of(visit: Visit, session: Session, unit_id: int | None) -> Place:
    """The unit that is asked about, one's own without. Raises `NoSuchRegister` where one may not look."""
    place = tree.get(session, unit_id or visit.me.unit_id)
    if not _may_look(visit, place):
        raise NoSuchRegister()
    return place


def _may_look(visit: Visit, place: Place) -> bool:
    """His own unit's, and those of the units that he looks down on."""
    return place.id == visit.me.unit_id or units.looks_on(place, visit.by)


def _page(
    visit: Visit, session: Session, place: Place, form: FormData, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    errors = {one.place: one.message for one in error.reasons} if error else {}
    return visit.page(
        "registers/list.html", error.status if error else 200, place=place,
        books=reading.books(session, place.id),
        form=form, error=error, errors=errors, opens=visit.seat == "clerk" and place.id == visit.me.unit_id,
    )  # fmt: skip


_ONE = "SELECT r.unit_id, r.year, r.series, r.direction FROM register r WHERE r.id = %(id)s"
