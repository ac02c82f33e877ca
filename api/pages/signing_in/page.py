"""Đăng nhập: name and password, or an identity provider, or in the demo one of the sample people; the language."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api import browser, logs
from api.auth import cookie_name
from api.deps import InTransaction, Now
from api.pages.language import LANGUAGES
from api.pages.plain import Looking, Plain, refused, status_of
from api.pages.shell import inside
from api.pages.signing_in import samples
from api.pages.signing_in.at_door import half_way_in
from api.pages.signing_in.entering import onward, welcome
from states import preferences, sessions, signing_in
from states.attempts import Refusal
from states.door import HalfWay
from states.errors import DonDocError
from states.periods import local_day

router = APIRouter()
Towards = Annotated[str, Query(max_length=2000)]


@router.get("/dang-nhap", include_in_schema=False)
def sign_in_page(
    looking: Looking, session: InTransaction, den: Towards = "", tim: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The page; whoever is signed in already goes on."""
    secret = looking.request.cookies.get(cookie_name(looking.machine))
    if secret and sessions.find(session, secret, looking.now):
        return RedirectResponse(onward(den), 303)
    return page(looking, session, den, tim=tim)


@router.post("/dang-nhap", include_in_schema=False)
def sign_in(
    looking: Looking, session: InTransaction, name: Annotated[str, Form(max_length=500)] = "",
    password: Annotated[str, Form(max_length=5000)] = "", den: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Name and password. A no is a page again, so that the try is counted (committed)."""
    request = looking.request
    entered = signing_in.sign_in(session, name, password, looking.now, agent=browser.agent(request),
                                 address=browser.address(request))  # fmt: skip
    if isinstance(entered, Refusal):
        logs.security.warning("sign-in refused (%s) from %s", entered.code, browser.address(request))
        return page(looking, session, den, name=name, refusal=entered)
    if isinstance(entered, HalfWay):
        logs.security.info("person %s knew his password from %s, a code is asked", entered.person_id,
                           browser.address(request))  # fmt: skip
        return half_way_in(looking, entered, den)
    logs.security.info("person %s signed in by password from %s", entered.web.person_id, browser.address(request))
    return welcome(looking, session, entered, den)


@router.post("/ngon-ngu", include_in_schema=False)
def choose_language(
    request: Request, looking: Looking, session: InTransaction, at: Now, language: Annotated[str, Form(max_length=10)],
    ve: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:  # fmt: skip
    """The language of the pages: in this browser, and for whoever is signed in his preference."""
    answer = RedirectResponse(inside(ve), 303)
    if language in LANGUAGES:
        secret = request.cookies.get(cookie_name(looking.machine))
        web = sessions.find(session, secret, at) if secret else None
        if web is not None:
            preferences.put(session, web.person_id, "language", language)
        browser.speak(answer, language)
    return answer


def page(looking: Plain, session: Session, den: str, *, tim: str = "", name: str = "",
         refusal: Refusal | None = None, refused_by: DonDocError | None = None) -> HTMLResponse:  # fmt: skip
    """The sign-in page, with why somebody was not let in."""
    demo = samples.offered(looking.machine)
    day = local_day(looking.now)
    answer = looking.page(
        "sign_in/page.html", status_of(refusal) if refusal else refused_by.status if refused_by else 200, demo=demo,
        den=inside(den, ""), name=name, tim=tim, provider=looking.machine.oidc_issuer and looking.machine.oidc_name,
        refusal=refused(refusal, looking.say) if refusal else refused_by.said(looking.say) if refused_by else "",
        groups=samples.useful(session, day) if demo else [],
        found=samples.find(session, tim, day) if demo and tim.strip() else [],
    )  # fmt: skip
    if refusal is not None and refusal.wait is not None:
        answer.headers["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
    return answer
