"""Showing again who one is (xác nhận lại): a fresh code before signing, the password before what opens more doors.

One rule for the pages and the JSON API. A bearer token signs only where its person gave it that right, with a code,
when he made it. It shows no code afterwards: where an office asks for a fresh one, signing is done on the pages.
"""

from datetime import datetime

from sqlmodel import Session

from api.auth import Person
from states import accounts, second_factor
from states.attempts import Refusal
from states.errors import Reason, Refused
from states.offices import Held
from states.sessions import WebSession

SIGN_IN_AGAIN = Refusal("again", "Bạn đăng nhập đã lâu; đăng xuất rồi đăng nhập lại, sau đó làm tiếp.")


class SecondFactorNeeded(Refused):
    """Ký cho {unit} cần mã xác nhận không quá 5 phút (signing here needs a fresh second factor): {remedy}."""


class TokenMayNotSign(Refused):
    """Mã truy cập này không được ký thay bạn (this token may not sign for you): sign on the pages, or issue one with
    the right to sign under «Tài khoản», which takes a code of your second factor.
    """


class NeedsSession(Refused):
    """Việc này chỉ làm được khi đăng nhập trên trang (only for a session of the pages): sign in with a browser."""


def prove_for_signing(session: Session, person: Person, held: Held, at: datetime) -> None:
    """Whether the person may sign in this office now, as far as the second factor goes.

    Raises `TokenMayNotSign`, `SecondFactorNeeded`.

    The code counts for five minutes: a batch is signed with one, a paper left open over lunch needs another.
    """
    if not person.may_sign:
        raise TokenMayNotSign()
    if not asks_now(session, person, held, at):
        return
    remedy = _remedy(session, person)
    raise SecondFactorNeeded(unit=held.unit, remedy=remedy, reasons=[Reason("second_factor", _MISSING, remedy)])


def asks_now(session: Session, person: Person, held: Held, at: datetime) -> bool:
    """Whether a signature in this office would be asked for a code now: for pages that say so before."""
    if person.web is None:  # its person's own code was shown when it was made
        return second_factor.asked_to_sign(session, held.unit_id)
    needed = second_factor.needs_second_factor(session, person.id, held.unit_id)
    return needed and not second_factor.fresh_second_factor(person.web, at)


def prove_oneself(session: Session, web: WebSession, password: str, at: datetime) -> Refusal | None:
    """Before an act that opens more doors (a second factor, a token): the password; commit in any case.

    Whoever has none, for he comes by an identity provider, must have signed in within the last five minutes.
    """
    if accounts.get(session, web.person_id).has_password:
        return accounts.check_password(session, web.person_id, password, at)
    return None if web.newly_opened(at) else SIGN_IN_AGAIN


def of_session(person: Person) -> WebSession:
    """The person's session. Raises `NeedsSession` for a bearer token."""
    if person.web is None:
        raise NeedsSession()
    return person.web


def _remedy(session: Session, person: Person) -> str:
    if person.web is None:
        return "ký trên trang web, mã truy cập không thay được mã xác nhận (sign on the pages)"
    if not second_factor.in_force(session, person.id):
        return "thiết lập xác thực hai lớp ở trang Tài khoản, rồi ký lại (set it up under Tài khoản)"
    return "nhập mã đang hiện trên điện thoại ở trang /ma-xac-nhan, rồi ký lại (enter a code)"


_MISSING = "chưa có mã xác nhận trong 5 phút qua (no code within five minutes)"
