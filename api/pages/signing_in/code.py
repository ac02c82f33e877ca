"""Mã xác nhận: a fresh code of the second factor, asked before signing; then back to the paper."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import browser, logs
from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction
from api.pages.plain import Looking, Plain, refused, status_of
from api.pages.shell import go, inside
from api.pages.signing_in.entering import onward
from api.proof import of_session
from states import second_factor, secret_key
from states.attempts import Refusal

router = APIRouter()
SIGNED_IN = [allowed(Access.SIGNED_IN)]


@router.get("/ma-xac-nhan", dependencies=SIGNED_IN)
def code_page(looking: Looking, me: SignedIn, den: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """Whoever has no second factor yet is told where to set it up; whose code is still fresh goes on."""
    web = of_session(me)
    if second_factor.fresh_second_factor(web, looking.now):
        return RedirectResponse(onward(den), 303)
    return _page(looking, den, enrolled=web.has_factor)


@router.post("/ma-xac-nhan", dependencies=SIGNED_IN)
def give_code(
    looking: Looking, session: InTransaction, me: SignedIn, code: Annotated[str, Form(max_length=20)] = "",
    den: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Right: the session goes on under a new secret, fresh for five minutes. A wrong one is counted."""
    web = of_session(me)
    given = second_factor.verify(session, web, code, secret_key.of(looking.machine), looking.now)
    logs.security.info("person %s gave a code: %s", me.id, given.code if isinstance(given, Refusal) else "right")
    if isinstance(given, Refusal):
        return _page(looking, den, refusal=given)
    answer = go(onward(den), looking.say(_("Mã đúng, có giá trị trong 5 phút.")))
    browser.let_in(answer, given, looking.machine)
    return answer


def _page(looking: Plain, den: str, *, enrolled: bool = True, refusal: Refusal | None = None) -> HTMLResponse:
    return looking.page("account/code.html", status_of(refusal) if refusal else 200, den=inside(den, ""),
                        enrolled=enrolled, refusal=refused(refusal, looking.say) if refusal else "")  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
