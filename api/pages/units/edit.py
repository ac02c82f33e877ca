"""An administrator changes what may change about a unit: its telephone, who may sign and how."""

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
from states import units
from states.errors import DonDocError

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
    _, error = tried(session, lambda: unit_edits.change_unit(
        session, unit_id, phone=typed.words(form, "phone"), small="small" in form, totp="totp" in form))  # fmt: skip
    if error is not None:
        return _form(visit, session, unit_id, form, error)
    return visit.back_to(f"/don-vi/{unit_id}", visit.say("Đã lưu thông tin đơn vị."))


def _form(
    visit: Visit, session: Session, unit_id: int, form: FormData | None = None, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    kept = unit_facts.facts(session, unit_id)
    facts = {"phone": typed.words(form, "phone"), "small": "small" in form, "totp": "totp" in form} if form else {
        "phone": kept.phone or "", "small": kept.small, "totp": kept.totp_to_sign}  # fmt: skip
    return visit.page("units/edit.html", error.status if error else 200, place=units.get(session, unit_id),
                      error=error, **facts)  # fmt: skip
