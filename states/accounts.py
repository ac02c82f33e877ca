"""Accounts (tài khoản): one a person, opened and closed by an administrator; its password is its person's alone.

A password that somebody else knows (the first one, a reset one) opens nothing but the page that changes it, for a week.
Each change of password, and the closing, ends the sessions that were open.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from states import attempts, passwords, sessions, tokens
from states.attempts import Count, Refusal
from states.errors import Conflict, Invalid, NotFound
from states.passwords import BadPassword
from states.sessions import Opened, WebSession

TEMPORARY = timedelta(days=7)
"""How long a password that must be changed opens the door."""
WRONG_PASSWORD = Refusal("wrong", "Mật khẩu hiện tại không đúng.")
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,199}")


class NoSuchAccount(NotFound):
    """Người số {person} chưa có tài khoản đang mở (no open account): open one first."""


class BadAccount(Invalid):
    """Chưa mở được tài khoản (the account can't be opened): {why}"""


class NameTaken(Conflict):
    """Tên đăng nhập «{name}» đã có người dùng (the name is taken): choose another."""


@dataclass(frozen=True)
class Account:
    """An account as lists show it; no secret is in it. `code_to_enter`: its person chose to be asked at the door."""

    person_id: int
    name: str
    has_password: bool
    must_change: bool
    changed_at: datetime
    factor_since: datetime | None
    closed_at: datetime | None
    created_at: datetime
    code_to_enter: bool


def open_account(session: Session, person_id: int, name: str, password: str | None, at: datetime, *,
                 must_change: bool = True) -> Account:  # fmt: skip
    """Open a person's account. No password: he comes by an identity provider, or `reset_password` gives him one.

    `name` is kept in small letters: Latin letters, digits, . _ @ + -. Raises `BadAccount`, `NameTaken`, `BadPassword`.
    """
    name = tidy(name)
    if not _NAME.fullmatch(name):
        raise BadAccount(why="tên đăng nhập gồm chữ không dấu, số và . _ @ + - (Latin letters, digits)")
    if password is not None:
        passwords.check(password, [name, *_own(session, person_id)])
    kept = passwords.hashed(password) if password is not None else None
    keys = {"person": person_id, "name": name, "kept": kept, "must": must_change and kept is not None, "at": at}
    if session.connection().exec_driver_sql(_OPEN, keys).one_or_none() is None:
        raise _why_not_opened(session, person_id, name)
    return get(session, person_id)


def get(session: Session, person_id: int) -> Account:
    """A person's account, open or closed. Raises `NoSuchAccount`."""
    row = session.connection().exec_driver_sql(_GET, {"person": person_id}).one_or_none()
    if row is None:
        raise NoSuchAccount(person=person_id)
    return Account(*row)


def check_password(session: Session, person_id: int, typed: str, at: datetime) -> Refusal | None:
    """Whether somebody already signed in still knows his password, before an act that asks for it; counts tries."""
    count = Count(attempts.key("password", person_id))
    refusal = attempts.refused(session, [count], at)
    if refusal is not None:
        return refusal
    if not passwords.verify(typed, _kept(session, person_id)).right:
        attempts.failed(session, [count], at)
        return WRONG_PASSWORD
    attempts.forget(session, count.key)
    return None


def change_password(session: Session, web: WebSession, old: str, new: str, at: datetime) -> Opened | Refusal:
    """A person changes his password: his other sessions end, this one gets a new secret. Raises `BadPassword`."""
    refusal = check_password(session, web.person_id, old, at)
    if refusal is not None:
        return refusal
    if passwords.same(old, new):
        raise BadPassword(why="trùng với mật khẩu đang dùng (it is the old one)")
    passwords.check(new, _own(session, web.person_id))
    _set_password(session, web.person_id, new, at, must_change=False)
    sessions.end_all(session, web.person_id, at, but=web.id)
    return sessions.rotate(session, web, at)


def reset_password(session: Session, person_id: int, at: datetime) -> str:
    """An administrator gives a new password, returned this once; it must be changed within a week.

    Ends the person's sessions and forgives his failed tries. Raises `NoSuchAccount` where none is open.
    """
    secret = passwords.temporary()
    _set_password(session, person_id, secret, at, must_change=True)
    sessions.end_all(session, person_id, at)
    attempts.forget(session, attempts.key("name", get(session, person_id).name))
    attempts.forget(session, attempts.key("password", person_id))
    return secret


def close_account(session: Session, person_id: int, at: datetime) -> None:
    """Close it: sessions and access tokens end with it; what the person has done stands. Raises `NoSuchAccount`."""
    _update(session, _CLOSE, {"person": person_id, "at": at})
    sessions.end_all(session, person_id, at)
    for token in tokens.of_person(session, person_id):
        if token.revoked_at is None:
            tokens.revoke(session, token.id, at)


def reopen_account(session: Session, person_id: int) -> None:
    """Open a closed one again, without password and second factor. Raises `NoSuchAccount` where none is closed."""
    _update(session, _REOPEN, {"person": person_id})


def tidy(name: str) -> str:
    """A sign-in name as it is compared."""
    return name.strip().lower()


def _why_not_opened(session: Session, person_id: int, name: str) -> BadAccount | NameTaken:
    person = session.connection().exec_driver_sql(_PERSON, {"person": person_id}).one_or_none()
    if person is None or person.machine:
        return BadAccount(why=f"không có người số {person_id}, hoặc đó là tác vụ tự động (no such human being)")
    if person.account is not None:
        return BadAccount(why=f"người này đã có tài khoản «{person.account}» (he has one)")
    return NameTaken(name=name)


def _own(session: Session, person_id: int) -> list[str]:
    """What others know of a person: no password is made of that."""
    row = session.connection().exec_driver_sql(_OWN, {"person": person_id}).one_or_none()
    return [part for part in (*row[:3], *row[3]) if part] if row is not None else []


def _kept(session: Session, person_id: int) -> str | None:
    row = session.connection().exec_driver_sql(_KEPT, {"person": person_id}).one_or_none()
    return row[0] if row is not None else None


def _set_password(session: Session, person_id: int, password: str, at: datetime, *, must_change: bool) -> None:
    kept = passwords.hashed(password)
    _update(session, _SET, {"person": person_id, "kept": kept, "must": must_change, "at": at})


def _update(session: Session, statement: str, keys: dict[str, Any]) -> None:
    if session.connection().exec_driver_sql(statement, keys).one_or_none() is None:
        raise NoSuchAccount(person=keys["person"])


_OPEN = """
INSERT INTO account (person_id, name, password, must_change, changed_at, created_at)
SELECT id, %(name)s, %(kept)s, %(must)s, %(at)s, %(at)s FROM person WHERE id = %(person)s AND NOT machine
ON CONFLICT DO NOTHING RETURNING person_id
"""
_GET = """
SELECT person_id, name, password IS NOT NULL, must_change, changed_at, totp_since, closed_at, created_at,
       totp_to_enter
  FROM account WHERE person_id = %(person)s
"""
_PERSON = """
SELECT p.machine, a.name AS account FROM person p LEFT JOIN account a ON a.person_id = p.id WHERE p.id = %(person)s
"""
_OWN = """
SELECT p.full_name, a.name, p.email,
       ARRAY(SELECT u.name FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.person_id = p.id)
  FROM person p LEFT JOIN account a ON a.person_id = p.id WHERE p.id = %(person)s
"""
# Held until the transaction ends: a reset at the same moment comes before or after, never between.
_KEPT = "SELECT password FROM account WHERE person_id = %(person)s AND closed_at IS NULL FOR NO KEY UPDATE"
_SET = """
UPDATE account SET password = %(kept)s, must_change = %(must)s, changed_at = %(at)s
 WHERE person_id = %(person)s AND closed_at IS NULL RETURNING person_id
"""
_CLOSE = "UPDATE account SET closed_at = %(at)s WHERE person_id = %(person)s AND closed_at IS NULL RETURNING person_id"
_REOPEN = """
UPDATE account SET closed_at = NULL, password = NULL, must_change = false, totp_secret = NULL, totp_since = NULL,
       totp_last = NULL, totp_to_enter = false
 WHERE person_id = %(person)s AND closed_at IS NOT NULL RETURNING person_id
"""
