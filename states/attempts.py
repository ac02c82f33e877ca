"""Limits on tries (giới hạn số lần thử): what failed is counted in rows, and the wait grows: 1, 2, 4, 8, 15 minutes.

Nobody is kept out by what somebody else does from another address. What makes a person wait are failed tries with his
name from his own address. Many tries with one name from many addresses only cost each of those addresses its free
tries; many names from one address make newcomers there wait, not those who have signed in from it in the last month.
A try that comes during a wait isn't heard and not counted, so that every wait ends; after a day all is forgotten.

The keys are digests, for people type their password into the field of the name. PostgreSQL is no storage of the
library `limits` (5.8: memory, Redis, memcached, MongoDB), and the count must stand in the same transaction.
"""

import hashlib
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

WINDOW = timedelta(days=1)
FREE = 5
"""Tries without a wait with one name from one address, and of a code."""
WIDE = 50
"""Failed tries of one name from all addresses, or from one address with all names, that begin to count."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(frozen=True)
class Refusal:
    """A no that is returned, not raised, so that the transaction commits what was counted.

    `code` for programs: wrong, wait, closed, expired, used, …; `words` for people; `wait`: when to try again.
    """

    code: str
    words: str
    wait: timedelta | None = None


@dataclass(frozen=True)
class Count:
    """A key under which failures are counted, and how many are free."""

    key: str
    free: int = FREE


def refused(session: Session, counts: Sequence[Count], at: datetime) -> Refusal | None:
    """None where a try is heard at that moment, else how long to wait. One with the same first key waits for us.

    That lock lasts until the transaction ends: two tries at once are two tries, one after the other.
    """
    session.connection().exec_driver_sql(_LOCK, {"key": counts[0].key})
    left = max((_left(failures, last, count, at) for count, failures, last in _failures(session, counts, at)),
               default=timedelta())  # fmt: skip
    return None if left <= timedelta() else waiting(left)


def waiting(left: timedelta) -> Refusal:
    """Too many tries: thử lại sau 4 phút."""
    minutes = math.ceil(left / timedelta(minutes=1))
    return Refusal("wait", f"Đã thử sai nhiều lần; thử lại sau {minutes} phút.", left)


def failures(session: Session, key: str, at: datetime) -> int:
    """How many tries failed under a key in the last day."""
    return sum(count for _, count, _ in _failures(session, [Count(key)], at))


def failed(session: Session, counts: Sequence[Count], at: datetime) -> None:
    """Count a try that was heard and failed."""
    session.connection().exec_driver_sql(_FAILED, {"keys": [count.key for count in counts], "at": at})


def forget(session: Session, key: str) -> None:
    """A try was right, or an administrator forgives: what failed under this key and those below it counts no longer."""
    session.connection().exec_driver_sql(_FORGET, {"key": key, "below": f"{key}/%"})


def clear(session: Session, at: datetime) -> int:
    """Delete what is too old to count, once a day; returns how many rows."""
    return session.connection().exec_driver_sql(_CLEAR, {"since": at - WINDOW}).rowcount


def key(kind: str, *parts: object) -> str:
    """A key that tells neither name nor address; with one part more it stands below the one without."""
    return "/".join([kind, *(hashlib.sha256(str(part).encode("utf-8", "replace")).hexdigest() for part in parts)])


def network(address: str) -> str:
    """What counts as one address: an IPv6 subscriber has 2⁶⁴ of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))


def _left(failed: int, last: datetime, count: Count, at: datetime) -> timedelta:
    if failed < count.free:
        return timedelta()
    wait = FIRST_WAIT
    for _ in range(min(failed - count.free, 10)):  # enough for the longest wait
        wait = min(wait * 2, LONGEST_WAIT)
    return last + wait - at


def _failures(session: Session, counts: Sequence[Count], at: datetime) -> list[tuple[Count, int, datetime]]:
    keys = {"keys": [count.key for count in counts], "since": at - WINDOW}
    found = {row[0]: row for row in session.connection().exec_driver_sql(_FAILURES, keys)}
    return [(count, *found[count.key][1:]) for count in counts if count.key in found]


_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))"
_FAILURES = "SELECT key, count(*), max(at) FROM attempt WHERE key = ANY(%(keys)s) AND at > %(since)s GROUP BY key"
_FAILED = "INSERT INTO attempt (key, at) SELECT k, %(at)s FROM unnest(%(keys)s::varchar[]) AS k"
_FORGET = "DELETE FROM attempt WHERE key = %(key)s OR key LIKE %(below)s"
_CLEAR = "DELETE FROM attempt WHERE at <= %(since)s"
