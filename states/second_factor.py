"""The second factor (xác thực hai lớp): a code of six digits from the person's telephone (TOTP, RFC 6238).

An office (cơ quan) may ask it of whoever signs for it, no older than five minutes; when it is asked for signing in:
`states.door`. A code is accepted one step early or late, and none twice: the accepted step is kept by a conditional
write, so of two uses at once one wins. There are no recovery codes: an administrator removes a lost factor, which he
does knowing whom he has before him.
"""

from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlmodel import Session

from states import attempts, clock, secret_key, sessions
from states.accounts import NoSuchAccount
from states.attempts import Count, Refusal
from states.errors import Conflict, Refused
from states.secret_key import SecretKey
from states.sessions import FRESH, Opened, WebSession

WRONG = Refusal("wrong", "Mã không đúng; xem lại giờ của điện thoại rồi nhập mã đang hiện.")
USED = Refusal("used", "Mã này đã dùng rồi; chờ mã tiếp theo (không quá 30 giây).")


class AlreadyEnrolled(Conflict):
    """Đã có xác thực hai lớp (a second factor is in force): an administrator removes it before another is set up."""


class NotEnrolled(Refused):
    """Chưa thiết lập xác thực hai lớp (no second factor set up): set it up in «Thiết lập» first."""


@dataclass(frozen=True)
class Enrolment:
    """What the telephone is told, shown once: `uri` as a QR picture, `secret` to be typed (Base32)."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def enrol(session: Session, person_id: int, key: SecretKey, issuer: str) -> Enrolment:
    """Make a new secret, in force once `confirm` has seen its first code. `issuer`: our name on the telephone.

    Ask for the password first (`accounts.check_password`). Raises `AlreadyEnrolled`, `NoSuchAccount`.
    """
    row = session.connection().exec_driver_sql(_ACCOUNT, {"person": person_id}).one_or_none()
    if row is None:
        raise NoSuchAccount(person=person_id)
    secret = new_secret()
    keys = {"person": person_id, "secret": secret_key.seal(key, secret, _owner(person_id))}
    if session.connection().exec_driver_sql(_ENROL, keys).one_or_none() is None:
        raise AlreadyEnrolled()
    return _told(secret, row.name, issuer)


def pending(session: Session, person_id: int, key: SecretKey, issuer: str) -> Enrolment | None:
    """What `enrol` made and no code has confirmed yet, to be shown until then; None where nothing waits."""
    row = session.connection().exec_driver_sql(_ACCOUNT, {"person": person_id}).one_or_none()
    if row is None or row.totp_secret is None or row.totp_since is not None:
        return None
    return _told(secret_key.unseal(key, bytes(row.totp_secret), _owner(person_id)), row.name, issuer)


def confirm(session: Session, web: WebSession, code: str, key: SecretKey, at: datetime) -> Opened | Refusal:
    """The first code: from now on the factor is in force, and this session has just shown it. Commit in any case.

    Raises `NotEnrolled`, `AlreadyEnrolled`.
    """
    if in_force(session, web.person_id):
        raise AlreadyEnrolled()
    return _use(session, web, code, key, at, _CONFIRM)


def verify(session: Session, web: WebSession, code: str, key: SecretKey, at: datetime) -> Opened | Refusal:
    """A code: right, and the session has a new secret and is fresh for five minutes. Commit in any case.

    Raises `NotEnrolled`.
    """
    if not in_force(session, web.person_id):
        raise NotEnrolled()
    return _use(session, web, code, key, at, _VERIFY)


def check(session: Session, person_id: int, code: str, key: SecretKey, at: datetime) -> Refusal | None:
    """A code of somebody who has no session yet; commit in any case. Raises `NotEnrolled`."""
    return _accept(session, person_id, _sealed(session, person_id), code, key, at, _VERIFY)


def enrol_with(session: Session, person_id: int, secret: str, code: str, key: SecretKey,
               at: datetime) -> Refusal | None:  # fmt: skip
    """Put a secret of `new_secret` in force by its first code; commit in any case. Raises `AlreadyEnrolled`."""
    if in_force(session, person_id):
        raise AlreadyEnrolled()
    sealed = secret_key.seal(key, secret, _owner(person_id))
    return _accept(session, person_id, sealed, code, key, at, _ENROL_AND_CONFIRM)


def new_secret() -> str:
    """Random, Base32: 160 bits."""
    return pyotp.random_base32()


def told(session: Session, person_id: int, secret: str, issuer: str) -> Enrolment:
    """A secret as the telephone reads it. Raises `NoSuchAccount`."""
    row = session.connection().exec_driver_sql(_ACCOUNT, {"person": person_id}).one_or_none()
    if row is None:
        raise NoSuchAccount(person=person_id)
    return _told(secret, row.name, issuer)


def remove(session: Session, person_id: int, at: datetime) -> None:
    """An administrator removes a lost factor; the person is signed out everywhere."""
    session.connection().exec_driver_sql(_REMOVE, {"person": person_id})
    sessions.end_all(session, person_id, at)


def in_force(session: Session, person_id: int) -> bool:
    """Whether the person has set one up and confirmed it."""
    row = session.connection().exec_driver_sql(_ACCOUNT, {"person": person_id}).one_or_none()
    return row is not None and row.totp_since is not None


def ask_to_sign(session: Session, unit_id: int, asked: bool) -> None:
    """An administrator says whether an office (cơ quan) asks a second factor of whoever signs for it."""
    session.connection().exec_driver_sql(_ASK, {"unit": unit_id, "asked": asked})


def needs_second_factor(session: Session, person_id: int, unit_id: int) -> bool:
    """Whether signing for this unit takes a fresh code: where the unit asks it, or the person has set one up."""
    return asked_to_sign(session, unit_id) or in_force(session, person_id)


def asked_to_sign(session: Session, unit_id: int) -> bool:
    """Whether an office asks a code of whoever signs for it."""
    return bool(session.connection().exec_driver_sql(_ASKED, {"unit": unit_id}).scalar_one_or_none())


def fresh_second_factor(web: WebSession | None, at: datetime) -> bool:
    """Whether a right code was given in this session within five minutes; a bearer token has none, ever."""
    return web is not None and web.second_factor_at is not None and at - web.second_factor_at < FRESH


def _told(secret: str, name: str, issuer: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret, name=name, issuer=issuer).provisioning_uri())


def _use(session: Session, web: WebSession, code: str, key: SecretKey, at: datetime,
         accept: str) -> Opened | Refusal:  # fmt: skip
    refusal = _accept(session, web.person_id, _sealed(session, web.person_id), code, key, at, accept)
    return refusal or sessions.rotate(session, web, at, second_factor=True)


def _accept(session: Session, person_id: int, sealed: bytes, code: str, key: SecretKey, at: datetime,
            accept: str) -> Refusal | None:  # fmt: skip
    count = Count(attempts.key("code", person_id))
    refusal = attempts.refused(session, [count], at)
    if refusal is not None:
        return refusal
    step = _step_of(secret_key.unseal(key, sealed, _owner(person_id)), code, at)
    if step is None:
        attempts.failed(session, [count], at)
        return WRONG
    keys = {"person": person_id, "step": step, "sealed": sealed, "at": at}
    if session.connection().exec_driver_sql(accept, keys).one_or_none() is None:
        return USED
    attempts.forget(session, count.key)
    return None


def _sealed(session: Session, person_id: int) -> bytes:
    row = session.connection().exec_driver_sql(_ACCOUNT, {"person": person_id}).one_or_none()
    if row is None or row.totp_secret is None:
        raise NotEnrolled()
    return bytes(row.totp_secret)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step (30 seconds) whose code it is, one early or late; None for no code of now."""
    shown = clock.on_telephones(at)
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode("".join(code.split()), for_time=shown, valid_window=1)
    except OTPVerificationError:
        return None


def _owner(person_id: int) -> str:
    return f"account {person_id}"


_ACCOUNT = "SELECT name, totp_secret, totp_since FROM account WHERE person_id = %(person)s AND closed_at IS NULL"
_ENROL = """
UPDATE account SET totp_secret = %(secret)s, totp_last = NULL
 WHERE person_id = %(person)s AND totp_since IS NULL RETURNING person_id
"""
_CONFIRM = """
UPDATE account SET totp_since = %(at)s, totp_last = %(step)s
 WHERE person_id = %(person)s AND totp_secret = %(sealed)s AND totp_since IS NULL RETURNING person_id
"""
_VERIFY = """
UPDATE account SET totp_last = %(step)s
 WHERE person_id = %(person)s AND totp_secret = %(sealed)s AND totp_since IS NOT NULL AND totp_last < %(step)s
RETURNING person_id
"""
_ENROL_AND_CONFIRM = """
UPDATE account SET totp_secret = %(sealed)s, totp_since = %(at)s, totp_last = %(step)s
 WHERE person_id = %(person)s AND totp_since IS NULL AND closed_at IS NULL RETURNING person_id
"""
_REMOVE = """
UPDATE account SET totp_secret = NULL, totp_since = NULL, totp_last = NULL, totp_to_enter = false
 WHERE person_id = %(person)s
"""
_ASK = "UPDATE unit SET totp_to_sign = %(asked)s WHERE id = %(unit)s"
_ASKED = "SELECT totp_to_sign FROM unit WHERE id = %(unit)s"
