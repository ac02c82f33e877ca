"""Tài khoản và bảo mật: who I am, how I show it, where I am signed in, what programs act in my name."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api.auth import Access, Person, SignedIn, allowed
from api.deps import InTransaction
from api.lists import person as person_of
from api.pages.account.devices import device, is_phone
from api.pages.plain import refused, status_of
from api.pages.shell import Visit, Visiting
from api.pages.signing import facts as signing_facts
from api.pages.signing import words as signing_words
from states import accounts, door, outside_identity, second_factor, sessions, tokens
from states.accounts import Account, NoSuchAccount
from states.attempts import Refusal
from states.errors import DonDocError

router = APIRouter()


@router.get("/tai-khoan", dependencies=[allowed(Access.OFFICE)])
def account_page(visit: Visiting, session: InTransaction, me: SignedIn) -> HTMLResponse:
    """All of it on one page."""
    return account_page_of(visit, session, me)


def account_page_of(visit: Visit, session: Session, me: Person, *, refusal: Refusal | None = None,
                    error: DonDocError | None = None, at: str = "", **more: Any) -> HTMLResponse:  # fmt: skip
    """The page, with what was refused at its place `at`."""
    status = status_of(refusal) if refusal else error.status if error else 200
    return visit.page(
        "account/page.html", status, at=at, error=error, refusal=refused(refusal, visit.say) if refusal else "",
        **{"typed": "", "issued": None, **more}, **_facts(visit, session, me),
    )  # fmt: skip


def _facts(visit: Visit, session: Session, me: Person) -> dict[str, Any]:
    given = tokens.of_person(session, me.id)
    return {
        "person": person_of(session, me.id), "account": account_of(session, me.id), "web": me.web,
        "entry_units": door.asked_by(session, me.id, visit.now),
        "asked": second_factor.needs_second_factor(session, me.id, visit.me.unit_id),
        "devices": [(one, device(one.agent), is_phone(one.agent))
                    for one in sessions.of_person(session, me.id, visit.now)],
        "identities": outside_identity.of_person(session, me.id),
        "tokens": [one for one in given if one.holds_at(visit.now)],
        "ended": sum(not one.holds_at(visit.now) for one in given),
        "certificates": [(held, one, signing_words.standing(one, visit.now))
                         for held, one in signing_facts.of_offices(session, visit.held, visit.now)],
        "SIGNS": signing_words.SIGNS, "STORES": signing_words.STORES,
        "askable": me.web is not None and not me.web.newly_opened(visit.now),
    }  # fmt: skip


def account_of(session: Session, person_id: int) -> Account | None:
    """A person's account, if he has one, open or closed."""
    try:
        return accounts.get(session, person_id)
    except NoSuchAccount:
        return None
