"""Mật khẩu: changed by its person; whoever has a temporary one does nothing before that."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from api import browser
from api.auth import Access, Person, SignedIn, allowed
from api.deps import InTransaction
from api.pages.plain import Looking, Plain, refused, status_of
from api.pages.shell import go, inside, tried
from api.pages.signing_in.entering import onward
from api.proof import of_session
from states import accounts
from states.attempts import Refusal
from states.errors import DonDocError
from states.passwords import BadPassword
from states.sessions import Opened

router = APIRouter()
SIGNED_IN = [allowed(Access.SIGNED_IN)]
Typed = Annotated[str, Form(max_length=5000)]


class NotTheSame(BadPassword):
    """Hai lần nhập mật khẩu mới khác nhau (the two new passwords differ): type the new password again twice."""


@router.get("/mat-khau", dependencies=SIGNED_IN)
def password_page(
    looking: Looking, session: InTransaction, me: SignedIn, den: Annotated[str, Query(max_length=2000)] = ""
) -> HTMLResponse:
    """The form; says what a good password is."""
    of_session(me)
    return _page(looking, session, me, den)


@router.post("/mat-khau", dependencies=SIGNED_IN)
def change_password(
    looking: Looking, session: InTransaction, me: SignedIn, old: Typed = "", new: Typed = "", again: Typed = "",
    den: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Every other session of the person ends, this one gets a new secret."""
    web = of_session(me)

    def change() -> Opened | Refusal:
        if new != again:
            raise NotTheSame()
        return accounts.change_password(session, web, old, new, looking.now)

    changed, error = tried(session, change)
    if error is not None or isinstance(changed, Refusal):
        return _page(looking, session, me, den, refusal=changed, error=error)
    answer = go(onward(den), looking.say(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")))
    browser.let_in(answer, changed, looking.machine)
    return answer


def _page(looking: Plain, session: InTransaction, me: Person, den: str, *, refusal: Refusal | None = None,
          error: DonDocError | None = None) -> HTMLResponse:  # fmt: skip
    status = status_of(refusal) if refusal else error.status if error else 200
    account = accounts.get(session, me.id)
    first = me.web is not None and me.web.must_change
    return looking.page("account/password.html", status, account=account, first=first, den=inside(den, ""),
                        refusal=refused(refusal, looking.say) if refusal else "", error=error)  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
