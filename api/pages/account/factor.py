"""Xác thực hai lớp: set up with the password, a picture for the telephone, and the first code."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api import browser, logs
from api.auth import Access, Person, SignedIn, allowed
from api.deps import InTransaction, OfMachine
from api.pages.account.page import account_page_of
from api.pages.plain import refused, status_of
from api.pages.shell import Visit, Visiting
from api.pages.signing_in.entering import onward
from api.pages.signing_in.picture import in_letters, picture_of
from api.proof import of_session, prove_oneself
from states import door, second_factor, secret_key
from states.attempts import Refusal
from states.second_factor import Enrolment, NotEnrolled
from states.settings import Settings

router = APIRouter(prefix="/tai-khoan")
OFFICE = [allowed(Access.OFFICE)]


@router.post("/hai-lop", dependencies=OFFICE)
def begin(
    visit: Visiting, session: InTransaction, me: SignedIn, machine: OfMachine,
    password: Annotated[str, Form(max_length=5000)] = "",
) -> Response:  # fmt: skip
    """A new secret, for whoever knows the password. Raises `AlreadyEnrolled`."""
    refusal = prove_oneself(session, of_session(me), password, visit.now)
    if refusal is not None:
        return account_page_of(visit, session, me, refusal=refusal, at="hai-lop")
    second_factor.enrol(session, me.id, secret_key.of(machine), machine.office)
    return visit.back_to("/tai-khoan/hai-lop")


@router.get("/hai-lop", dependencies=OFFICE)
def enrolment_page(visit: Visiting, session: InTransaction, me: SignedIn, machine: OfMachine) -> HTMLResponse:
    """The picture and the secret in letters, until the first code is right. Raises `NotEnrolled`."""
    return _page(visit, _pending(session, me, machine))


@router.get("/ma-qr.svg", dependencies=OFFICE)
def picture(session: InTransaction, me: SignedIn, machine: OfMachine) -> Response:
    """What the telephone reads. Nobody keeps it. Raises `NotEnrolled`."""
    return picture_of(_pending(session, me, machine).uri)


@router.post("/hai-lop/xac-nhan", dependencies=OFFICE)
def confirm(
    visit: Visiting, session: InTransaction, me: SignedIn, machine: OfMachine,
    code: Annotated[str, Form(max_length=20)] = "",
) -> Response:  # fmt: skip
    """The first code: in force from now on, this session has just shown it and goes on under a new secret."""
    told = _pending(session, me, machine)
    given = second_factor.confirm(session, of_session(me), code, secret_key.of(machine), visit.now)
    if isinstance(given, Refusal):
        return _page(visit, told, given)
    answer = visit.back_to(onward("/tai-khoan#hai-lop"), visit.say(_("Đã bật xác thực hai lớp.")))
    browser.let_in(answer, given, machine)
    return answer


@router.post("/hai-lop/khi-dang-nhap", dependencies=OFFICE)
def choose(
    visit: Visiting, session: InTransaction, me: SignedIn, asked: Annotated[bool, Form()] = False,
    password: Annotated[str, Form(max_length=5000)] = "",
) -> Response:  # fmt: skip
    """Be asked for a code when signing in, or no longer: for whoever knows the password. Raises `NotEnrolled`."""
    refusal = prove_oneself(session, of_session(me), password, visit.now)
    if refusal is not None:
        return account_page_of(visit, session, me, refusal=refusal, at="hai-lop")
    door.choose(session, me.id, asked)
    logs.security.info("person %s asks for a code when signing in: %s", me.id, "yes" if asked else "no")
    done = _("Từ nay đăng nhập bằng mật khẩu sẽ hỏi thêm mã.") if asked else _("Đăng nhập không hỏi mã nữa.")
    return visit.back_to("/tai-khoan#hai-lop", visit.say(done))


def _pending(session: Session, me: Person, machine: Settings) -> Enrolment:
    of_session(me)
    told = second_factor.pending(session, me.id, secret_key.of(machine), machine.office)
    if told is None:
        raise NotEnrolled()
    return told


def _page(visit: Visit, told: Enrolment, refusal: Refusal | None = None) -> HTMLResponse:
    return visit.page("account/enrol.html", status_of(refusal) if refusal else 200, letters=in_letters(told.secret),
                      refusal=refused(refusal, visit.say) if refusal else "")  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
