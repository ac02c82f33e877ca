"""An administrator changes what may change about a unit: its telephone, who may sign and how."""

import logging

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api import administering
from api.auth import Access, allowed
from api.deps import Id, InTransaction
from api.pages import typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Sent
from api.pages.units import edits as unit_edits
from api.pages.units import facts as unit_facts
from documents.writing import house, letterhead
from documents.writing.house import Settled
from documents.writing.letterhead import House
from states import units
from states.errors import DonDocError

log = logging.getLogger("dondoc.accounts")
router = APIRouter()


@router.get("/don-vi/{unit_id}/sua", dependencies=[allowed(Access.ADMIN)])
def edit(unit_id: Id, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The form with what is kept."""
    administering.check_unit(session, unit_id, visit.by)
    return _form(visit, session, unit_id)


@router.post("/don-vi/{unit_id}/sua", dependencies=[allowed(Access.ADMIN)])
def change(unit_id: Id, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Keep it; the same twice changes nothing more."""
    administering.check_unit(session, unit_id, visit.by)

    def act() -> None:
        unit_edits.change_unit(session, unit_id, phone=typed.words(form, "phone"), small="small" in form,
                               totp="totp" in form, enter="enter" in form)  # fmt: skip
        house.settle(session, unit_id, _settled(form), visit.now)

    _, error = tried(session, act)
    if error is not None:
        return _form(visit, session, unit_id, form, error)
    log.info("person %s (office %s): unit %s asks a code to sign: %s, to sign in: %s", visit.me.person_id,
             visit.me.office_id, unit_id, "totp" in form, "enter" in form)  # fmt: skip
    return visit.back_to(f"/don-vi/{unit_id}", visit.say("Đã lưu thông tin đơn vị."))


def _form(
    visit: Visit, session: Session, unit_id: int, form: FormData | None = None, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    kept = unit_facts.facts(session, unit_id)
    settled = _settled(form) if form else house.settled(session, unit_id, visit.now)
    body, _symbol = house.issuer(session, unit_id)
    usual = {"line": letterhead.parent_line(body, House()), "place": letterhead.place(body, House())}
    facts = {"phone": typed.words(form, "phone"), "small": "small" in form, "totp": "totp" in form,
             "enter": "enter" in form} if form else {
        "phone": kept.phone or "", "small": kept.small, "totp": kept.totp_to_sign,
        "enter": kept.totp_to_enter}  # fmt: skip
    return visit.page("units/edit.html", error.status if error else 200, place=units.get(session, unit_id),
                      error=error, settled=settled, usual=usual, **facts)  # fmt: skip


def _settled(form: FormData) -> Settled:
    """The head of the unit's papers as it was chosen; own words only where these are chosen."""
    way, words = typed.words(form, "parent-line"), typed.words(form, "parent-words")
    return Settled({"none": "", "own": words}.get(way) if way != "own" or words else None, typed.words(form, "place"))
