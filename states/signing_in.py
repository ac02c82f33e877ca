"""Signing in with name and password (đăng nhập): every no sounds the same and takes the same time.

Whoever doesn't know the password learns nothing, not even whether the name exists. Limits on tries: `states.attempts`.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from states import attempts, door, passwords, sessions
from states.accounts import TEMPORARY, tidy
from states.attempts import WIDE, Count, Refusal
from states.door import HalfWay
from states.sessions import Opened

WRONG = Refusal("wrong", "Tên đăng nhập hoặc mật khẩu không đúng.")
CLOSED = Refusal("closed", "Tài khoản này đã đóng; liên hệ quản trị của đơn vị.")
EXPIRED = Refusal("expired", "Mật khẩu tạm đã quá 7 ngày; nhờ quản trị của đơn vị cấp mật khẩu mới.")


def sign_in(session: Session, name: str, password: str, at: datetime, *, agent: str = "",
            address: str = "") -> Opened | HalfWay | Refusal:  # fmt: skip
    """A new session for who knows name and password, else a refusal; commit in all cases, for tries are counted.

    Who is asked for a code of the second factor as well is half way and has no session: `states.door`.
    `address`: the client's own IP address, not that of a proxy. Whoever has to change his password first is in
    (`web.must_change`), and the pages let him do that only.
    """
    name = tidy(name)
    counts = _counts(session, name, attempts.network(address), at)
    refusal = attempts.refused(session, counts.limits, at)
    if refusal is not None:
        return refusal
    kept = _kept(session, name)
    verdict = passwords.verify(password, kept.password if kept is not None else None)
    if kept is None or not verdict.right or not _still(session, kept, verdict.renewed):
        attempts.failed(session, counts.all, at)
        return WRONG
    attempts.forget(session, counts.limits[0].key)
    return _let_in(session, kept, at, agent, address)


class _Kept(NamedTuple):
    person_id: int
    password: str | None
    must_change: bool
    changed_at: datetime
    closed_at: datetime | None


class _Counts(NamedTuple):
    """`limits` decide whether a try is heard, the one of name and address first; `all` are counted when it fails."""

    limits: list[Count]
    all: list[Count]


def _counts(session: Session, name: str, network: str, at: datetime) -> _Counts:
    of_name = Count(attempts.key("name", name), WIDE)
    of_address = Count(attempts.key("address", network), WIDE)
    pair = Count(attempts.key("name", name, network))
    if network in _networks(session, name, at):  # nobody else's tries matter where he has signed in before
        return _Counts([pair], [pair, of_name, of_address])
    if attempts.failures(session, of_name.key, at) >= WIDE:
        pair = Count(pair.key, free=1)
    return _Counts([pair, of_address], [pair, of_name, of_address])


def _networks(session: Session, name: str, at: datetime) -> set[str]:
    rows = session.connection().exec_driver_sql(_ADDRESSES, {"name": _sayable(name), "at": at})
    return {attempts.network(address) for (address,) in rows}


def _kept(session: Session, name: str) -> _Kept | None:
    row = session.connection().exec_driver_sql(_KEPT, {"name": _sayable(name)}).one_or_none()
    return _Kept(*row) if row is not None else None


def _still(session: Session, kept: _Kept, renewed: str | None) -> bool:
    """Whether the password that was compared is still the account's; from now on until we commit."""
    keys = {"person": kept.person_id, "kept": kept.password, "renewed": renewed}
    return session.connection().exec_driver_sql(_STILL, keys).one_or_none() is not None


def _let_in(session: Session, kept: _Kept, at: datetime, agent: str, address: str) -> Opened | HalfWay | Refusal:
    if kept.closed_at is not None:
        return CLOSED
    if kept.must_change and at >= kept.changed_at + TEMPORARY:
        return EXPIRED
    if door.asks(session, kept.person_id, at):
        return door.half_way(session, kept.person_id, at)
    return sessions.open_session(session, kept.person_id, at, agent=agent, address=address)


def _sayable(name: str) -> str:
    """PostgreSQL takes no zero byte and no half of a character; no account's name has one."""
    return name.encode("utf-8", "replace").decode().replace("\0", "�")


_KEPT = "SELECT person_id, password, must_change, changed_at, closed_at FROM account WHERE name = %(name)s"
_STILL = """
UPDATE account SET password = coalesce(%(renewed)s, password) WHERE person_id = %(person)s AND password = %(kept)s
RETURNING person_id
"""
_ADDRESSES = """
SELECT DISTINCT w.address FROM web_session w JOIN account a ON a.person_id = w.person_id
 WHERE a.name = %(name)s AND w.opened_at > %(at)s - interval '30 days'
"""
