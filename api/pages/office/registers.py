"""Sổ đăng ký: a unit's registers of outgoing and incoming documents; one may be opened at a stated number."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
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
from states.units import Place

router = APIRouter()
_PER_PAGE = 50
_UnitAsked = Annotated[int | None, Query(alias="don-vi", ge=1, le=2**31 - 1)]


class NoSuchRegister(NotFound):
    """Không có sổ này (no such register): open the unit's registers again."""


@router.get("/so-dang-ky", dependencies=[allowed(Access.OFFICE)])
def listed(visit: Visiting, session: InTransaction, don_vi: _UnitAsked = None) -> HTMLResponse:
    """The registers of one's own unit, or of one below."""
    return _page(visit, session, _place(visit, session, don_vi), FormData())


@router.get("/so-dang-ky/{register_id}", dependencies=[allowed(Access.OFFICE)])
def entries(register_id: Id, visit: Visiting, session: InTransaction, trang: str = "") -> HTMLResponse:
    """The entries of one register, the last number first."""
    run = session.connection().exec_driver_sql
    row = run(_ONE, {"id": register_id}).mappings().one_or_none()
    if row is None or not _may_look(visit, tree.get(session, row["unit_id"])):
        raise NoSuchRegister()
    page = typed.number(trang, 100_000) or 1
    keys = {"id": register_id, "limit": _PER_PAGE + 1, "offset": (page - 1) * _PER_PAGE}
    found = [dict(one) for one in run(_ENTRIES, keys).mappings()]
    return visit.page("registers/entries.html", register=dict(row), entries=found[:_PER_PAGE], page=page,
                      more=len(found) > _PER_PAGE, place=tree.get(session, row["unit_id"]))  # fmt: skip


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


def _place(visit: Visit, session: Session, unit_id: int | None) -> Place:
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
    rows = session.connection().exec_driver_sql(_LIST, {"unit": place.id}).mappings()
    errors = {one.place: one.message for one in error.reasons} if error else {}
    return visit.page(
        "registers/list.html", error.status if error else 200, place=place, registers=[dict(row) for row in rows],
        form=form, error=error, errors=errors, opens=visit.seat == "clerk" and place.id == visit.me.unit_id,
    )  # fmt: skip


_LIST = """
SELECT r.id, r.year, r.series, r.direction, r.opened_at_number, r.reason, r.last, p.full_name AS opened_by,
       (SELECT count(*) FROM register_entry e WHERE e.register_id = r.id)::integer AS entries,
       (SELECT max(e.date) FROM register_entry e WHERE e.register_id = r.id) AS last_date
  FROM register r LEFT JOIN office o ON o.id = r.opened_by LEFT JOIN person p ON p.id = o.person_id
 WHERE r.unit_id = %(unit)s ORDER BY r.year DESC, r.direction DESC, r.series
"""
_ONE = """
SELECT r.id, r.unit_id, r.year, r.series, r.direction, r.opened_at_number, r.reason, r.last FROM register r
 WHERE r.id = %(id)s
"""
_ENTRIES = """
SELECT e.number, e.date, e.at, d.id AS document_id, d.kind, d.title, u.name AS unit, s.symbol, s.recipients,
       p.full_name AS clerk
  FROM register_entry e JOIN register r ON r.id = e.register_id JOIN document d ON d.id = e.document_id
  JOIN unit u ON u.id = d.unit_id JOIN office o ON o.id = e.office_id JOIN person p ON p.id = o.person_id
  LEFT JOIN sending s ON s.document_id = d.id AND r.direction = 'out' AND s.issuer_id = r.unit_id
   AND s.year = r.year AND s.series = r.series AND s.number = e.number
 WHERE e.register_id = %(id)s ORDER BY e.number DESC LIMIT %(limit)s OFFSET %(offset)s
"""
