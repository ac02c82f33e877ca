"""Mã truy cập: what lets a program act in my name; shown once, revoked at any time."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from api import logs
from api.auth import Access, SignedIn, allowed
from api.deps import Id, InTransaction, OfMachine
from api.pages.account.page import account_page_of
from api.pages.shell import Visiting, tried
from api.proof import of_session, prove_oneself
from states import second_factor, secret_key, tokens
from states.tokens import NoSuchToken

router = APIRouter(prefix="/tai-khoan/ma-truy-cap")
OFFICE = [allowed(Access.OFFICE)]


@router.post("", dependencies=OFFICE)
def issue_token(
    visit: Visiting, session: InTransaction, me: SignedIn, machine: OfMachine,
    name: Annotated[str, Form(max_length=200)] = "",
    days: Annotated[int, Form(ge=1, le=366)] = 90, password: Annotated[str, Form(max_length=5000)] = "",
    sign: Annotated[bool, Form()] = False, code: Annotated[str, Form(max_length=20)] = "",
) -> Response:  # fmt: skip
    """For whoever knows the password: a token opens as much as a session and lasts longer. To let it sign takes a code
    of the second factor as well. Raises `NotEnrolled`.
    """
    refusal = prove_oneself(session, of_session(me), password, visit.now)
    if refusal is None and sign:
        refusal = second_factor.check(session, me.id, code, secret_key.of(machine), visit.now)
    if refusal is not None:
        return account_page_of(visit, session, me, refusal=refusal, at="ma", typed=name)
    until = visit.now + timedelta(days=days)
    secret, error = tried(session, lambda: tokens.issue(session, me.id, name, visit.now, until, may_sign=sign))
    if error is None:
        logs.security.info("person %s issued a token%s", me.id, " that may sign" if sign else "")
    return account_page_of(visit, session, me, error=error, at="ma", typed=name if error else "", issued=secret)


@router.post("/{token_id}/thu-hoi", dependencies=OFFICE)
def revoke_token(token_id: Id, visit: Visiting, session: InTransaction, me: SignedIn) -> RedirectResponse:
    """One's own, at once and for good. Raises `NoSuchToken` for everybody else's."""
    if tokens.get(session, token_id).person_id != me.id:
        raise NoSuchToken(token=token_id)
    tokens.revoke(session, token_id, visit.now)
    return visit.back_to("/tai-khoan#ma", visit.say(_("Đã thu hồi mã truy cập.")))


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
