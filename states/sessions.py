"""Sessions in the browser (phiên đăng nhập): the cookie holds 256 random bits, the table their SHA-256.

Limits for an office day (OWASP ASVS 5.0, 7.3): four hours without a sign of life, which a lunch break and a long
meeting don't reach, and twelve hours in all, so that one signs in each morning. The secret changes whenever the session
comes to mean more (7.2.4): the old row ends, a new one goes on with its office and its twelve hours.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from states import offices
from states.errors import NotFound, Refused
from states.offices import Held, NoSuchHolder
from states.periods import LOCAL
from states.policy import Actor

IDLE = timedelta(hours=4)
WHOLE = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
"""A sign of life is written no more often than this."""
FRESH = timedelta(minutes=5)
"""How long a second factor, or having just signed in, counts for an act that asks for it again."""


class NotYourOffice(Refused):
    """Ông/bà không giữ vị trí này hôm nay (not an office of yours today): choose one of those shown."""


class NoSuchSession(NotFound):
    """Phiên đăng nhập này không có hoặc đã kết thúc (no such session in force): read the list again."""


@dataclass(frozen=True)
class WebSession:
    """A session in force. `office_id`: the office its person acts in, None until he chooses.

    `must_change`: nothing but changing the password is open to him. `has_factor`: a second factor is in force.
    """

    id: int
    person_id: int
    office_id: int | None
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor_at: datetime | None
    agent: str
    address: str
    must_change: bool
    has_factor: bool

    def newly_opened(self, at: datetime) -> bool:
        """Whether the person signed in within the last five minutes."""
        return at - self.opened_at < FRESH


@dataclass(frozen=True)
class Opened:
    """A session and the secret for its cookie, which is not to be had again."""

    web: WebSession
    secret: str = field(repr=False)


def open_session(session: Session, person_id: int, at: datetime, *, agent: str = "", address: str = "",
                 second_factor: bool = False) -> Opened:  # fmt: skip
    """Open one for somebody who has shown who he is; who holds a single office today acts in it.

    `second_factor`: a right code has just been given.
    """
    held = offices.of_person(session, person_id, at.astimezone(LOCAL).date())
    keys = {"person": person_id, "office": held[0].office_id if len(held) == 1 else None, "opened": at, "at": at,
            "expires": at + WHOLE, "factor": at if second_factor else None, "agent": _plain(agent),
            "address": _plain(address)}  # fmt: skip
    return _open(session, keys, at)


def find(session: Session, secret: str, at: datetime) -> WebSession | None:
    """The session behind a cookie; None where it has ended, run out or its account is closed."""
    keys = {"digest": _digest(secret), "at": at, "idle": at - IDLE}
    row = session.connection().exec_driver_sql(_FIND, keys).one_or_none()
    return WebSession(*row) if row is not None else None


def touch(session: Session, web: WebSession, at: datetime) -> None:
    """Note a sign of life, once a minute at most."""
    if at - web.seen_at >= TOUCH:
        session.connection().exec_driver_sql(_TOUCH, {"id": web.id, "at": at, "before": at - TOUCH})


def choose_office(session: Session, web: WebSession, office_id: int, at: datetime) -> Held:
    """Act in this office from now on. Raises `NotYourOffice`."""
    try:
        held = offices.holder(session, Actor(web.person_id, office_id), at.astimezone(LOCAL).date())
    except NoSuchHolder:
        raise NotYourOffice() from None
    session.connection().exec_driver_sql(_CHOOSE, {"id": web.id, "office": office_id})
    return held


def of_person(session: Session, person_id: int, at: datetime) -> list[WebSession]:
    """A person's sessions in force, the one that was used last first."""
    keys = {"person": person_id, "at": at, "idle": at - IDLE}
    return [WebSession(*row) for row in session.connection().exec_driver_sql(_OF_PERSON, keys)]


def end(session: Session, person_id: int, session_id: int, at: datetime) -> None:
    """End one of a person's own sessions. Raises `NoSuchSession`."""
    keys = {"person": person_id, "id": session_id, "at": at}
    if session.connection().exec_driver_sql(_END, keys).one_or_none() is None:
        raise NoSuchSession()


def end_all(session: Session, person_id: int, at: datetime, but: int | None = None) -> int:
    """Sign a person out everywhere (`but`: not in this one session); returns how many sessions ended."""
    keys = {"person": person_id, "but": but, "at": at}
    return len(session.connection().exec_driver_sql(_END_ALL, keys).all())


def rotate(session: Session, web: WebSession, at: datetime, *, second_factor: bool = False) -> Opened:
    """The same session under a new secret; `second_factor`: a right code has just been given.

    Raises `NoSuchSession` where it was ended or rotated meanwhile.
    """
    end(session, web.person_id, web.id, at)
    keys = {"person": web.person_id, "office": web.office_id, "opened": web.opened_at, "at": at,
            "expires": web.expires_at, "factor": at if second_factor else web.second_factor_at,
            "agent": web.agent, "address": web.address}  # fmt: skip
    return _open(session, keys, at)


def _open(session: Session, keys: dict[str, Any], at: datetime) -> Opened:
    secret = secrets.token_urlsafe(32)
    session.connection().exec_driver_sql(_OPEN, {**keys, "digest": _digest(secret)})
    opened = find(session, secret, at)
    if opened is None:  # no account, or one that is closed
        raise Refused(act="đăng nhập (sign in)", why="tài khoản không có hoặc đã đóng (no open account)")
    return Opened(opened, secret)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:300]


_COLUMNS = """
w.id, w.person_id, w.office_id, w.opened_at, w.seen_at, w.expires_at, w.second_factor_at, w.agent, w.address,
       a.must_change, a.totp_since IS NOT NULL
"""
_IN_FORCE = f"""
SELECT {_COLUMNS} FROM web_session w JOIN account a ON a.person_id = w.person_id AND a.closed_at IS NULL
 WHERE w.ended_at IS NULL AND w.expires_at > %(at)s AND w.seen_at > %(idle)s
"""
_FIND = f"{_IN_FORCE} AND w.digest = %(digest)s"
_OF_PERSON = f"{_IN_FORCE} AND w.person_id = %(person)s ORDER BY w.seen_at DESC, w.id DESC"
_OPEN = """
INSERT INTO web_session (digest, person_id, office_id, opened_at, seen_at, expires_at, second_factor_at, agent, address)
VALUES (%(digest)s, %(person)s, %(office)s, %(opened)s, %(at)s, %(expires)s, %(factor)s, %(agent)s, %(address)s)
"""
_TOUCH = "UPDATE web_session SET seen_at = %(at)s WHERE id = %(id)s AND seen_at <= %(before)s AND ended_at IS NULL"
_CHOOSE = "UPDATE web_session SET office_id = %(office)s WHERE id = %(id)s AND ended_at IS NULL"
_END = """
UPDATE web_session SET ended_at = %(at)s WHERE id = %(id)s AND person_id = %(person)s AND ended_at IS NULL RETURNING id
"""
_END_ALL = """
UPDATE web_session SET ended_at = %(at)s
 WHERE person_id = %(person)s AND ended_at IS NULL AND id IS DISTINCT FROM %(but)s::integer RETURNING id
"""
