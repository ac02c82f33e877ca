"""People as an identity provider knows them (định danh qua nhà cung cấp, OIDC): issuer and subject name one person.

The first time a person may be found by an e-mail address that the provider vouches for. Only where he isn't known at
that provider yet: an address that the provider gives to somebody else later must not open the first one's account.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states import accounts, sessions
from states.accounts import NoSuchAccount
from states.attempts import Refusal
from states.errors import Conflict, Invalid
from states.sessions import Opened

UNKNOWN = Refusal("unknown", "Danh tính này chưa gắn với ai trong hệ thống; nhờ quản trị của đơn vị gắn.")
NO_ACCOUNT = Refusal("no-account", "Ông/bà chưa có tài khoản đang mở; liên hệ quản trị của đơn vị.")


class LinkTaken(Conflict):
    """Danh tính này đã gắn với người khác (the identity is somebody else's): unlink it there first."""


class BadIdentity(Invalid):
    """Danh tính thiếu tên nhà cung cấp hoặc mã người dùng (no issuer or subject): take both from the ID token."""


@dataclass(frozen=True)
class Claims:
    """What a provider says in an ID token that has been verified: iss, sub, email, email_verified."""

    issuer: str
    subject: str
    email: str | None = None
    email_verified: bool = False


def enter(session: Session, claims: Claims, at: datetime, *, agent: str = "", address: str = "") -> Opened | Refusal:
    """A new session for the person whom a provider names; links him by his verified e-mail the first time."""
    person = find(session, claims.issuer, claims.subject)
    if person is None:
        person = _link_by_email(session, claims, at)
    if person is None:
        return UNKNOWN
    try:
        if accounts.get(session, person).closed_at is not None:
            return NO_ACCOUNT
    except NoSuchAccount:
        return NO_ACCOUNT
    return sessions.open_session(session, person, at, agent=agent, address=address)


def find(session: Session, issuer: str, subject: str) -> int | None:
    """Whose identity it is; compared letter by letter."""
    row = session.connection().exec_driver_sql(_FIND, {"issuer": issuer, "subject": subject}).one_or_none()
    return int(row[0]) if row is not None else None


def link(session: Session, person_id: int, issuer: str, subject: str, at: datetime) -> None:
    """An administrator says whose identity it is; saying it twice is no harm. Raises `LinkTaken`, `BadIdentity`."""
    if not issuer or not 0 < len(subject) <= 255:  # OpenID Connect Core 1.0, section 2
        raise BadIdentity()
    keys = {"issuer": issuer, "subject": subject, "person": person_id, "at": at}
    session.connection().exec_driver_sql(_LINK, keys)
    if find(session, issuer, subject) != person_id:
        raise LinkTaken()


def unlink(session: Session, issuer: str, subject: str) -> None:
    """The identity opens nothing any more; its sessions run on until they end."""
    session.connection().exec_driver_sql(_UNLINK, {"issuer": issuer, "subject": subject})


def of_person(session: Session, person_id: int) -> list[tuple[str, str, datetime]]:
    """A person's identities: issuer, subject, since when."""
    rows = session.connection().exec_driver_sql(_OF_PERSON, {"person": person_id})
    return [(issuer, subject, at) for issuer, subject, at in rows]


def _link_by_email(session: Session, claims: Claims, at: datetime) -> int | None:
    if not claims.email or claims.email_verified is not True:  # some providers say "false"
        return None
    # Two persons or none: nobody is meant. The lock holds off a second identity of the same provider.
    people = session.connection().exec_driver_sql(_BY_EMAIL, {"email": claims.email}).all()
    if len(people) != 1:
        return None
    person = int(people[0][0])
    if any(issuer == claims.issuer for issuer, _, _ in of_person(session, person)):
        return find(session, claims.issuer, claims.subject)
    link(session, person, claims.issuer, claims.subject, at)
    return person


_FIND = "SELECT person_id FROM identity WHERE issuer = %(issuer)s AND subject = %(subject)s"
_LINK = """
INSERT INTO identity (issuer, subject, person_id, at) VALUES (%(issuer)s, %(subject)s, %(person)s, %(at)s)
ON CONFLICT DO NOTHING
"""
_UNLINK = "DELETE FROM identity WHERE issuer = %(issuer)s AND subject = %(subject)s"
_OF_PERSON = "SELECT issuer, subject, at FROM identity WHERE person_id = %(person)s ORDER BY at, issuer"
_BY_EMAIL = """
SELECT id FROM person WHERE lower(email) = lower(%(email)s) AND NOT machine ORDER BY id FOR NO KEY UPDATE
"""
