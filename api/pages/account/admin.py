"""Tài khoản người dùng: an administrator opens, resets and closes the accounts of his part of the tree."""

import logging
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api import administering
from api.auth import Access, allowed
from api.deps import Id, InTransaction, OfMachine
from api.lists import person as person_of
from api.pages.account import admin_list as accounts_list
from api.pages.account.page import account_of
from api.pages.shell import Visit, Visiting, tried
from states import accounts, offices, outside_identity, second_factor, sessions
from states.accounts import Account
from states.errors import DonDocError
from states.names import search_form

log = logging.getLogger("dondoc.accounts")
router = APIRouter(prefix="/thiet-lap/tai-khoan")
ADMIN = [allowed(Access.ADMIN)]
State = Literal["", "none", "open", "first", "closed"]
Words = Annotated[str, Query(max_length=100)]


@router.get("", dependencies=ADMIN)
def people_page(
    visit: Visiting, session: InTransaction, tim: Words = "", state: Annotated[State, Query(alias="trang-thai")] = "",
    trang: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:  # fmt: skip
    """Who has an account and who has none."""
    path = visit.me.path
    rows = accounts_list.find(session, path, tim, state, visit.now, trang)
    return visit.page(
        "settings/people.html", rows=rows[: accounts_list.PAGE], more=len(rows) > accounts_list.PAGE, tim=tim,
        state=state, at=trang, size=accounts_list.PAGE,
        counts=accounts_list.counts(session, path, visit.by.day), asking=accounts_list.asking_units(session, path),
        at_door=accounts_list.asking_at_door(session, path, visit.by.day),
    )  # fmt: skip


@router.get("/{person_id}", dependencies=ADMIN)
def person_page(person_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine) -> HTMLResponse:
    """One person's account, and what may be done with it."""
    administering.check_person(session, person_id, visit.by)
    return _page(visit, session, person_id, issuer=machine.oidc_issuer)


@router.post("/{person_id}/mo", dependencies=ADMIN)
def open_account(
    person_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine,
    name: Annotated[str, Form(max_length=200)] = "", by_provider: Annotated[bool, Form()] = False,
) -> HTMLResponse:  # fmt: skip
    """Open it; the temporary password stands on this answer and nowhere else."""
    administering.check_person(session, person_id, visit.by)

    def act() -> str | None:
        accounts.open_account(session, person_id, name, None, visit.now)
        return None if by_provider else accounts.reset_password(session, person_id, visit.now)

    secret, error = tried(session, act)
    if error is None:
        _note(visit, person_id, "opened the account")
    return _page(visit, session, person_id, issuer=machine.oidc_issuer, secret=secret, error=error, typed=name,
                 done=error is None)  # fmt: skip


@router.post("/{person_id}/cap-lai", dependencies=ADMIN)
def reset_password(person_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine) -> HTMLResponse:
    """A new temporary password, on this answer and nowhere else."""
    administering.check_person(session, person_id, visit.by)
    secret, error = tried(session, lambda: accounts.reset_password(session, person_id, visit.now))
    if error is None:
        _note(visit, person_id, "reset the password")
    return _page(visit, session, person_id, issuer=machine.oidc_issuer, secret=secret, error=error)


@router.post("/{person_id}/{act}", dependencies=ADMIN)
def change_account(
    person_id: Id, act: Literal["dong", "mo-lai", "bo-hai-lop"], visit: Visiting, session: InTransaction
) -> RedirectResponse:
    """Close it, open it again, or take a lost second factor away."""
    administering.check_person(session, person_id, visit.by)
    if act == "dong":
        accounts.close_account(session, person_id, visit.now)
    elif act == "mo-lai":
        accounts.reopen_account(session, person_id)
    else:
        second_factor.remove(session, person_id, visit.now)
    _note(visit, person_id, act)
    return visit.back_to(f"/thiet-lap/tai-khoan/{person_id}", visit.say(_DONE[act]))


def _page(
    visit: Visit, session: Session, person_id: int, *, secret: str | None = None,
    error: DonDocError | None = None, typed: str = "", done: bool = False, **more: Any,
) -> HTMLResponse:  # fmt: skip
    person, account = person_of(session, person_id), account_of(session, person_id)
    return visit.page(
        "settings/person.html", error.status if error else 200, person=person, account=account, secret=secret,
        error=error, done=done, held=offices.of_person(session, person_id, visit.by.day),
        state=_state(account), name=typed or _suggested(person["full_name"]),
        open_sessions=len(sessions.of_person(session, person_id, visit.now)),
        identities=outside_identity.of_person(session, person_id), **more,
    )  # fmt: skip


def _state(account: Account | None) -> str:
    if account is None:
        return "none"
    return "closed" if account.closed_at else "first" if account.must_change else "open"


def _suggested(full_name: str) -> str:
    """«Nguyễn Thị Lan» gives lan.nguyen: the given name first, as one is called."""
    words = [word for word in search_form(full_name.split("(")[0]).split() if word.isascii() and word.isalpha()]
    return f"{words[-1]}.{words[0]}" if len(words) > 1 else "".join(words)


def _note(visit: Visit, person_id: int, act: str) -> None:
    log.info("person %s (office %s): %s of person %s", visit.me.person_id, visit.me.office_id, act, person_id)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_DONE = {
    "dong": _("Đã đóng tài khoản; mọi phiên và mã truy cập của người này đã kết thúc."),
    "mo-lai": _("Đã mở lại tài khoản; cấp mật khẩu mới để người này vào được."),
    "bo-hai-lop": _("Đã bỏ xác thực hai lớp; người này đã bị đăng xuất khỏi mọi thiết bị."),
}
