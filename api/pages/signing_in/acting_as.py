"""Chọn vị trí: a person with several offices says as whom he acts; one without any is told so."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction, Now
from api.lists import person as person_of
from api.pages.plain import Looking
from api.pages.shell import inside
from api.pages.signing_in.entering import onward
from api.pages.signing_in.reaching import may_reach
from api.proof import of_session
from states import offices, sessions
from states.periods import local_day

router: APIRouter = APIRouter()
SIGNED_IN = [allowed(Access.SIGNED_IN)]


@router.get("/vi-tri", dependencies=SIGNED_IN)
def offices_page(
    looking: Looking, session: InTransaction, me: SignedIn, den: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    """All of one's offices today; with one there is nothing to choose."""
    held = offices.of_person(session, me.id, local_day(looking.now))
    if len(held) == 1:
        return RedirectResponse(onward(den), 303)
    return looking.page("sign_in/offices.html", held=held, den=onward(den), me=person_of(session, me.id))


@router.post("/vi-tri", dependencies=SIGNED_IN)
def choose_office(
    session: InTransaction, me: SignedIn, at: Now, office: Annotated[int, Form(ge=1, le=2**31 - 1)],
    ve: Annotated[str, Form(max_length=2000)] = "/",
) -> RedirectResponse:  # fmt: skip
    """Act in this office from now on, on the same page where it may still be seen. Raises `NotYourOffice`."""
    web = of_session(me)
    held = sessions.choose_office(session, web, office, at)
    where = onward(inside(ve))
    return RedirectResponse(where if may_reach(session, where, held, at) else "/", 303)


@router.get("/chua-co-vi-tri", dependencies=SIGNED_IN)
def no_office_page(looking: Looking, session: InTransaction, me: SignedIn) -> Response:
    """Nothing to do without an office: whom to ask, and the way out."""
    if offices.of_person(session, me.id, local_day(looking.now)):
        return RedirectResponse("/", 303)
    return looking.page("sign_in/no_office.html", 403, me=person_of(session, me.id))
