"""A code at the door (mã khi đăng nhập): after the password, before there is any session.

Asked of whoever chose so himself, and of everybody who holds an office today in a unit that asks it. Whoever is asked
and has no second factor yet sets one up there and then. Between password and code nothing is kept here: the browser
holds who is half way, sealed with this machine's key, for five minutes and for this one password. Who comes by an
identity provider isn't asked, for it has asked him what it wants; a bearer token isn't a way through this door.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from states import second_factor, secret_key, sessions
from states.attempts import Refusal
from states.periods import local_day
from states.second_factor import Enrolment, NotEnrolled
from states.secret_key import OtherKey, SecretKey
from states.sessions import Opened

LASTS = timedelta(minutes=5)
AGAIN = Refusal("again", "Đã quá 5 phút hoặc tài khoản vừa thay đổi; đăng nhập lại từ đầu.")
_OWNER = "half way"


@dataclass(frozen=True)
class HalfWay:
    """Whoever knew name and password at that moment (`at`) and must still give a code.

    `password_of`: since when the password is his; `secret`: of a second factor to be set up here, "" where he has one.
    """

    person_id: int
    password_of: str
    at: str
    secret: str = field(default="", repr=False)


def asks(session: Session, person_id: int, at: datetime) -> bool:
    """Whether signing in with a password takes a code: the person chose it, or a unit of his asks it today."""
    return bool(session.connection().exec_driver_sql(_ASKS, {"person": person_id, "day": local_day(at)}).scalar())


def half_way(session: Session, person_id: int, at: datetime) -> HalfWay:
    """Who has just shown his password; with a secret to set up where he has no second factor."""
    changed = session.connection().exec_driver_sql(_CHANGED, {"person": person_id}).scalar_one()
    new = "" if second_factor.in_force(session, person_id) else second_factor.new_secret()
    return HalfWay(person_id, changed.isoformat(), at.isoformat(), new)


def seal(half: HalfWay, key: SecretKey) -> bytes:
    """What the browser keeps; it tells nothing and can't be changed."""
    return secret_key.seal(key, json.dumps(asdict(half)), _OWNER)


def unseal(session: Session, sealed: bytes, key: SecretKey, at: datetime) -> HalfWay | None:
    """Who is half way; None after five minutes, with another password since, a closed account, or anything not ours."""
    try:
        half = HalfWay(**json.loads(secret_key.unseal(key, sealed, _OWNER)))
    except (OtherKey, ValueError, TypeError):
        return None
    kept = session.connection().exec_driver_sql(_CHANGED, {"person": half.person_id}).scalar_one_or_none()
    late = not timedelta() <= at - datetime.fromisoformat(half.at) < LASTS
    return None if kept is None or kept != datetime.fromisoformat(half.password_of) or late else half


def enter(session: Session, half: HalfWay, code: str, key: SecretKey, at: datetime, *, agent: str = "",
          address: str = "") -> Opened | Refusal:  # fmt: skip
    """The session, for a right code; commit in any case, for tries are counted and a code is good for once.

    Where a second factor was to be set up it is in force from now on.
    """
    if bool(half.secret) == second_factor.in_force(session, half.person_id):
        return AGAIN  # set up or removed meanwhile
    refusal = (second_factor.enrol_with(session, half.person_id, half.secret, code, key, at) if half.secret
               else second_factor.check(session, half.person_id, code, key, at))  # fmt: skip
    if refusal is not None:
        return refusal
    return sessions.open_session(session, half.person_id, at, agent=agent, address=address, second_factor=True)


def to_set_up(session: Session, half: HalfWay, issuer: str) -> Enrolment | None:
    """What the telephone is to read first; None for whoever has his second factor."""
    return second_factor.told(session, half.person_id, half.secret, issuer) if half.secret else None


def choose(session: Session, person_id: int, asked: bool) -> None:
    """A person says whether he wants to be asked; his unit may ask all the same. Raises `NotEnrolled`.

    Ask for the password first: this opens or closes a door.
    """
    if asked and not second_factor.in_force(session, person_id):
        raise NotEnrolled()
    session.connection().exec_driver_sql(_CHOOSE, {"person": person_id, "asked": asked})


def ask_in(session: Session, unit_id: int, asked: bool) -> None:
    """An administrator says whether everybody who works in a unit is asked. Open sessions go on."""
    session.connection().exec_driver_sql(_ASK_IN, {"unit": unit_id, "asked": asked})


def asked_by(session: Session, person_id: int, at: datetime) -> list[str]:
    """The units of today's offices that ask it, by name."""
    rows = session.connection().exec_driver_sql(_ASKING, {"person": person_id, "day": local_day(at)})
    return [str(name) for (name,) in rows]


_ASKING = """
SELECT DISTINCT u.name FROM office o JOIN unit u ON u.id = o.unit_id
 WHERE o.person_id = %(person)s AND u.totp_to_enter
   AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s) ORDER BY 1
"""
_ASKS = f"""
SELECT EXISTS ({_ASKING}) OR EXISTS (
       SELECT FROM account WHERE person_id = %(person)s AND totp_to_enter AND totp_since IS NOT NULL)
"""
# Held until the transaction ends: a reset or closing at the same moment comes before or after, never between.
_CHANGED = "SELECT changed_at FROM account WHERE person_id = %(person)s AND closed_at IS NULL FOR NO KEY UPDATE"
_CHOOSE = "UPDATE account SET totp_to_enter = %(asked)s WHERE person_id = %(person)s AND closed_at IS NULL"
_ASK_IN = "UPDATE unit SET totp_to_enter = %(asked)s WHERE id = %(unit)s"
