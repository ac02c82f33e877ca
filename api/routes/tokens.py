"""Tokens (mã truy cập): one's own, and for an administrator those of his people. Kept only as digests."""

import logging

from fastapi import APIRouter
from sqlmodel import Session

from api import administering
from api.auth import Access, NotForYou, OfficeNamed, SignedIn, allowed, caller
from api.deps import Id, InTransaction, Now
from api.idempotency import OnceOnly
from api.schemas.people import TokenIn, TokenIssued, TokenOut
from states import tokens
from states.errors import Refused
from states.tokens import NotForToken

log = logging.getLogger("dondoc.accounts")
router = APIRouter(prefix="/tokens", tags=["tokens"])


class OnThePage(Refused):
    """Khi đăng nhập trên trang, mã truy cập cấp ở «Tài khoản» (a session issues tokens on the page /tai-khoan, where
    the password is asked again): do it there.
    """


@router.get("", summary="My tokens", dependencies=[allowed(Access.SIGNED_IN)])
def read_tokens(session: InTransaction, me: SignedIn) -> list[TokenOut]:
    """All that I was ever given, the newest first."""
    return TokenOut.all(tokens.of_person(session, me.id))


@router.post("", summary="Issue a token", status_code=201, dependencies=[allowed(Access.SIGNED_IN)])
def issue_token(
    new: TokenIn, session: InTransaction, me: SignedIn, at: Now, once: OnceOnly, office: OfficeNamed = None
) -> TokenIssued:
    """For oneself, or by an administrator for a person of his. The secret is shown this once.

    One made by a token ends no later than that. Such a token signs nothing: the right to sign is given on the page
    «Tài khoản», with a code of the second factor.
    """
    if me.web is not None:
        raise OnThePage()
    person = new.person_id or me.id
    if person != me.id:
        _check_administers(session, person, me, at, office)
        log.info("person %s: issued a token to person %s", me.id, person)
    elif me.until is not None and (new.expires_at is None or new.expires_at > me.until):
        raise NotForToken(why="không dùng được lâu hơn mã đang cầm (it would outlive the token that asks for it)")
    secret = tokens.issue(session, person, new.name, at, new.expires_at)
    issued = TokenIssued(**vars(tokens.find(session, secret)), secret=secret)
    # The answer is kept for a repeated request, the secret is not: it stands nowhere.
    return once.keep(issued, stored=issued.model_copy(update={"secret": None}))


@router.post("/{token_id}/revoke", summary="Revoke a token", dependencies=[allowed(Access.SIGNED_IN)])
def revoke_token(
    token_id: Id, session: InTransaction, me: SignedIn, at: Now, once: OnceOnly, office: OfficeNamed = None
) -> TokenOut:
    """At once and for good. Somebody else's token looks as if it were not there."""
    found = tokens.get(session, token_id)
    if found.person_id != me.id:
        _check_administers(session, found.person_id, me, at, office)
    tokens.revoke(session, token_id, at)
    return once.keep(TokenOut.of(tokens.get(session, token_id)), 200)


def _check_administers(session: Session, person: int, me: SignedIn, at: Now, office: int | None) -> None:
    by = caller(session, at, me, office)
    if by.held.seat != "admin":
        raise NotForYou(seat=by.held.seat, wanted="admin")
    administering.check_person(session, person, by)
