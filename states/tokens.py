"""Bearer tokens per person (mã truy cập): 256 random bits, shown once, kept only as their SHA-256.

A token says who somebody is, never in which office he acts: that is named with each act and asked as of its moment.
Signing is by the person himself (Nghị định 30/2020/NĐ-CP, Điều 13), and a token is a secret that any program may hold:
it signs only where its person gave it that right when he made it, which takes a code of his second factor.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states.errors import Invalid, NotFound

PREFIX = "dd_"
"""What a token begins with, so that a leaked one can be recognised."""


class NoSuchToken(NotFound):
    """Không có mã truy cập số {token} còn hiệu lực (no such token in force): list the tokens first."""


class NotForToken(Invalid):
    """A token can't be issued: {why}"""


@dataclass(frozen=True)
class Token:
    """A token as lists show it; the secret itself is nowhere."""

    id: int
    person_id: int
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    may_sign: bool

    def holds_at(self, at: datetime) -> bool:
        """Whether it opens the door at that moment; the moment it expires is already too late."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def issue(session: Session, person_id: int, name: str, at: datetime, expires_at: datetime | None = None, *,
          may_sign: bool = False) -> str:  # fmt: skip
    """Issue a token to a person; returns the secret, which is not to be had again. Raises `NotForToken`.

    `name` tells its holder what it is for; `expires_at` is an aware moment after `at`, None for never.
    `may_sign`: only for the person himself, who has just shown a code.
    """
    if not name.strip():
        raise NotForToken(why="chưa ghi mã này dùng để làm gì (say what the token is for)")
    if expires_at is not None and expires_at <= at:
        raise NotForToken(why="hạn dùng phải sau thời điểm cấp (it would have expired already)")
    secret = PREFIX + secrets.token_urlsafe(32)
    keys = {"person": person_id, "name": name, "digest": _digest(secret), "at": at, "expires": expires_at,
            "may_sign": may_sign}  # fmt: skip
    if session.connection().exec_driver_sql(_ISSUE, keys).one_or_none() is None:
        raise NotForToken(why=f"không có người số {person_id}, hoặc đó là tác vụ tự động (no such human being)")
    return secret


def verify(session: Session, secret: str, at: datetime) -> int | None:
    """Whose token it is, if it holds at that moment; None for one unknown, revoked or expired."""
    found = in_force(session, secret, at)
    return found.person_id if found is not None else None


def in_force(session: Session, secret: str, at: datetime) -> Token | None:
    """The token behind a secret, if it holds at that moment."""
    found = find(session, secret)
    return found if found is not None and found.holds_at(at) else None


def find(session: Session, secret: str) -> Token | None:
    """The token behind a secret, whether it still holds or not."""
    if not secret.startswith(PREFIX):
        return None
    row = session.connection().exec_driver_sql(_FIND, {"digest": _digest(secret)}).one_or_none()
    return Token(*row) if row is not None else None


def of_person(session: Session, person_id: int) -> list[Token]:
    """All tokens that a person was ever given, the newest first."""
    return [Token(*row) for row in session.connection().exec_driver_sql(_OF_PERSON, {"person": person_id})]


def get(session: Session, token_id: int) -> Token:
    """A token by its number. Raises `NoSuchToken`."""
    row = session.connection().exec_driver_sql(_GET, {"id": token_id}).one_or_none()
    if row is None:
        raise NoSuchToken(token=token_id)
    return Token(*row)


def revoke(session: Session, token_id: int, at: datetime) -> None:
    """Revoke a token from that moment on, at once and for good. Raises `NoSuchToken` where none is in force."""
    keys = {"id": token_id, "at": at}
    if session.connection().exec_driver_sql(_REVOKE, keys).one_or_none() is None:
        raise NoSuchToken(token=token_id)


def _digest(secret: str) -> bytes:
    # 256 random bits need no slow hash: nothing can be tried out against them.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


_COLUMNS = "id, person_id, name, created_at, expires_at, revoked_at, may_sign"
_ISSUE = """
INSERT INTO token (person_id, name, digest, created_at, expires_at, may_sign)
SELECT id, %(name)s, %(digest)s, %(at)s, %(expires)s::timestamptz, %(may_sign)s
  FROM person WHERE id = %(person)s AND NOT machine
RETURNING id
"""
_FIND = f"SELECT {_COLUMNS} FROM token WHERE digest = %(digest)s"
_OF_PERSON = f"SELECT {_COLUMNS} FROM token WHERE person_id = %(person)s ORDER BY id DESC"
_GET = f"SELECT {_COLUMNS} FROM token WHERE id = %(id)s"
_REVOKE = "UPDATE token SET revoked_at = %(at)s WHERE id = %(id)s AND revoked_at IS NULL RETURNING id"
