"""Mã khi đăng nhập: the code after the password, with the set-up before it for whoever has no second factor yet."""

import base64
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api import browser, logs
from api.auth import cookie_name
from api.deps import InTransaction
from api.pages.plain import Looking, Plain, refused, status_of
from api.pages.shell import go, inside
from api.pages.signing_in.entering import after, welcome
from api.pages.signing_in.picture import in_letters, picture_of
from states import door, secret_key
from states.attempts import Refusal
from states.door import AGAIN, HalfWay

router = APIRouter(prefix="/dang-nhap", include_in_schema=False)
COOKIE = "dondoc-half"
Towards = Annotated[str, Query(max_length=2000)]


def half_way_in(looking: Plain, half: HalfWay, den: str) -> RedirectResponse:
    """To the page that asks for the code; the browser keeps, sealed, who is half way."""
    answer = RedirectResponse(after("/dang-nhap/ma", inside(den)), 303)
    sealed = base64.urlsafe_b64encode(door.seal(half, secret_key.of(looking.machine))).decode()
    lasts = int(door.LASTS.total_seconds())
    browser.put(answer, cookie_name(looking.machine, COOKIE), sealed, looking.machine, max_age=lasts)
    return answer


@router.get("/ma")
def code_page(looking: Looking, session: InTransaction, den: Towards = "") -> Response:
    """The code, and before the first one the secret for the telephone; for nobody else than who is half way."""
    half = _half(looking, session)
    return _page(looking, session, half, den) if half else _anew(looking, den)


@router.get("/ma-qr.svg")
def picture(looking: Looking, session: InTransaction) -> Response:
    """What the telephone reads, for whoever sets it up here."""
    half = _half(looking, session)
    told = door.to_set_up(session, half, looking.machine.office) if half else None
    return picture_of(told.uri) if told else _anew(looking, "")


@router.post("/ma")
def give_code(
    looking: Looking, session: InTransaction, code: Annotated[str, Form(max_length=20)] = "",
    den: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Right: now the session begins. A wrong one is counted."""
    half, request = _half(looking, session), looking.request
    if half is None:
        return _anew(looking, den)
    entered = door.enter(session, half, code, secret_key.of(looking.machine), looking.now,
                         agent=browser.agent(request), address=browser.address(request))  # fmt: skip
    if isinstance(entered, Refusal):
        logs.security.warning("code at the door of person %s refused (%s) from %s", half.person_id, entered.code,
                              browser.address(request))  # fmt: skip
        return _anew(looking, den) if entered is AGAIN else _page(looking, session, half, den, entered)
    logs.security.info("person %s signed in by password and code from %s", half.person_id, browser.address(request))
    answer = welcome(looking, session, entered, den)
    browser.drop(answer, cookie_name(looking.machine, COOKIE), looking.machine)
    return answer


def _half(looking: Plain, session: Session) -> HalfWay | None:
    kept = looking.request.cookies.get(cookie_name(looking.machine, COOKIE), "")
    try:
        sealed = base64.urlsafe_b64decode(kept)
    except ValueError:
        return None
    return door.unseal(session, sealed, secret_key.of(looking.machine), looking.now) if sealed else None


def _anew(looking: Plain, den: str) -> RedirectResponse:
    answer = go(after("/dang-nhap", inside(den)), looking.say(AGAIN.words), tone="bad")
    browser.drop(answer, cookie_name(looking.machine, COOKIE), looking.machine)
    return answer


def _page(looking: Plain, session: Session, half: HalfWay, den: str, refusal: Refusal | None = None) -> HTMLResponse:
    told = door.to_set_up(session, half, looking.machine.office)
    answer = looking.page(
        "sign_in/code.html", status_of(refusal) if refusal else 200, den=inside(den, ""),
        letters=in_letters(told.secret) if told else "", refusal=refused(refusal, looking.say) if refusal else "",
        units=door.asked_by(session, half.person_id, looking.now),
    )  # fmt: skip
    if refusal is not None and refusal.wait is not None:
        answer.headers["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
    return answer
