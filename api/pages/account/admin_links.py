"""Beside the accounts: identities at a provider linked to people, and units that ask a code of whoever signs."""

import logging
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from api import administering
from api.auth import Access, allowed
from api.deps import Id, InTransaction
from api.pages.shell import Visit, Visiting
from states import outside_identity, second_factor, units
from states.errors import NotFound

log = logging.getLogger("dondoc.accounts")
router = APIRouter(prefix="/thiet-lap")
ADMIN = [allowed(Access.ADMIN)]
Issuer = Annotated[str, Form(max_length=500)]
Subject = Annotated[str, Form(max_length=255)]


class NoSuchLink(NotFound):
    """Người này không có định danh đó (this identity is not linked to this person): look at the list again."""


@router.post("/tai-khoan/{person_id}/dinh-danh/gan", dependencies=ADMIN)
def link(person_id: Id, visit: Visiting, session: InTransaction, issuer: Issuer, subject: Subject) -> RedirectResponse:
    """Say whose identity it is. Raises `LinkTaken`, `BadIdentity`."""
    administering.check_person(session, person_id, visit.by)
    outside_identity.link(session, person_id, issuer.strip(), subject.strip(), visit.now)
    _note(visit, f"linked an identity to person {person_id}")
    return visit.back_to(f"/thiet-lap/tai-khoan/{person_id}", visit.say(_("Đã gắn định danh.")))


@router.post("/tai-khoan/{person_id}/dinh-danh/go", dependencies=ADMIN)
def unlink(
    person_id: Id, visit: Visiting, session: InTransaction, issuer: Issuer, subject: Subject
) -> RedirectResponse:
    """It opens nothing any more. Raises `NoSuchLink` for somebody else's."""
    administering.check_person(session, person_id, visit.by)
    if outside_identity.find(session, issuer, subject) != person_id:
        raise NoSuchLink()
    outside_identity.unlink(session, issuer, subject)
    _note(visit, f"unlinked an identity of person {person_id}")
    return visit.back_to(f"/thiet-lap/tai-khoan/{person_id}", visit.say(_("Đã gỡ định danh.")))


@router.post("/ma-khi-ky", dependencies=ADMIN)
def ask_code_of_unit(
    visit: Visiting, session: InTransaction, unit: Annotated[str, Form(max_length=200)]
) -> RedirectResponse:
    """A unit, by name or registry:code, asks a code of whoever signs for it. Raises `NoSuchUnit`, `ManyUnits`."""
    place = units.one(session, unit.strip(), visit.by.day)
    administering.check_unit(session, place.id, visit.by)
    second_factor.ask_to_sign(session, place.id, True)
    _note(visit, f"unit {place.id} asks a code to sign")
    done = visit.say(_("Từ nay ký cho %(unit)s cần mã xác nhận.")) % {"unit": place.name}
    return visit.back_to("/thiet-lap/tai-khoan#ma-khi-ky", done)


@router.post("/ma-khi-ky/{unit_id}/thoi", dependencies=ADMIN)
def ask_no_code(unit_id: Id, visit: Visiting, session: InTransaction) -> RedirectResponse:
    """The unit asks it no more; whoever has set up a second factor is still asked for his."""
    administering.check_unit(session, unit_id, visit.by)
    second_factor.ask_to_sign(session, unit_id, False)
    _note(visit, f"unit {unit_id} asks no code to sign")
    return visit.back_to("/thiet-lap/tai-khoan#ma-khi-ky", visit.say(_("Đơn vị này không yêu cầu mã xác nhận nữa.")))


def _note(visit: Visit, act: str) -> None:
    log.info("person %s (office %s): %s", visit.me.person_id, visit.me.office_id, act)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
