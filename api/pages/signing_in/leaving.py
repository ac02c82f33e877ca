"""Đăng xuất: out of this browser, or out of all."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from api import browser
from api.auth import Access, SignedIn, allowed, cookie_name
from api.deps import InTransaction
from api.pages.plain import Looking
from api.pages.shell import go
from states import sessions

router = APIRouter()
public = APIRouter()


@public.post("/dang-xuat", include_in_schema=False)
def sign_out(looking: Looking, session: InTransaction) -> RedirectResponse:
    """Out of this browser. Public, for a session that has run out is left as well."""
    secret = looking.request.cookies.get(cookie_name(looking.machine))
    web = sessions.find(session, secret, looking.now) if secret else None
    if web is not None:
        sessions.end(session, web.person_id, web.id, looking.now)
    answer = go("/dang-nhap", looking.say(_("Đã đăng xuất.")))
    browser.let_out(answer, looking.machine)
    return answer


@router.post("/dang-xuat/moi-noi", dependencies=[allowed(Access.SIGNED_IN)])
def sign_out_everywhere(session: InTransaction, me: SignedIn, looking: Looking) -> RedirectResponse:
    """Out of every browser, this one too."""
    sessions.end_all(session, me.id, looking.now)
    answer = go("/dang-nhap", looking.say(_("Đã đăng xuất khỏi mọi thiết bị.")))
    browser.let_out(answer, looking.machine)
    return answer


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
