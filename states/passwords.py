"""Passwords (mật khẩu): what may be one, how it is kept (argon2id) and compared, taking the same time for nobody.

Rules of OWASP ASVS 5.0, 6.2: 12 to 128 characters, any of them, pasted or typed; nothing guessable; no forced change by
age. Two ways of typing one letter (macOS writes "ế" as three) are one password: NFKC before all else.
"""

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from states.errors import Invalid, Reason
from states.guessable import why_guessable
from states.sentences import Sentence
from states.usual import why_usual

SHORTEST, LONGEST = 12, 128
"""Characters of a password that somebody chooses for himself."""
AT_ONCE = 4
"""How many are compared at the same time in one process: each takes 64 MiB."""

HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=4),))
"""argon2id after RFC 9106 (second recommended option). Whoever signs in is moved to these figures when they change."""


class BadPassword(Invalid):
    """Chưa đặt được mật khẩu này (the password can't be used): {why}"""


@dataclass(frozen=True)
class Verdict:
    """Whether a password was right; `renewed`: its new hash, where the old one was made with other figures."""

    right: bool
    renewed: str | None = None


def check(password: str, own: Iterable[str] = ()) -> None:
    """Refuse what may be no password. `own`: the person's names, his account's, his unit's. Raises `BadPassword`."""
    why = _why_not(_folded(password), own)
    if why is not None:
        raise BadPassword(why=why, reasons=[Reason("password", why)])


def hashed(password: str) -> str:
    """The string to keep: argon2id with its figures and salt."""
    with _ROOM:
        return HASHER.hash(_bytes(password))


def verify(password: str, kept: str | None) -> Verdict:
    """Compare with what is kept; against nothing (None) it takes as long and is wrong."""
    stand_in = _stand_in()
    with _ROOM:
        right, renewed = HASHER.verify_and_update(_bytes(password), kept or stand_in)
    return Verdict(right, renewed) if right and kept else Verdict(False)


def same(one: str, other: str) -> bool:
    """Whether two ways of typing are one password."""
    return _folded(one) == _folded(other)


def temporary() -> str:
    """A password to be told once and changed at first entry: four groups of four, 79 bits, no l/1, o/0."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


def _why_not(password: str, own: Iterable[str]) -> str | None:
    if len(password) < SHORTEST:
        return Sentence(
            "mới có {length} ký tự, cần ít nhất {shortest}; một câu ngắn dễ nhớ là tốt nhất",
            length=len(password), shortest=SHORTEST,
        )  # fmt: skip
    if len(password) > LONGEST:
        return Sentence("dài {length} ký tự, nhiều nhất là {longest}", length=len(password), longest=LONGEST)
    own = list(own)
    guessable = why_guessable(password, own) or why_usual(password, own)
    return Sentence("{guessable}; hãy chọn một câu chỉ mình biết", guessable=guessable) if guessable else None


def _folded(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    # A megabyte is nobody's password: its folding isn't paid for.
    short = password if len(password) <= 4 * LONGEST else secrets.token_hex()
    return _folded(short).encode("utf-8", "surrogatepass")


@cache
def _stand_in() -> str:
    # Asked before each comparison, so that the first unknown name takes no longer than the second.
    return HASHER.hash(secrets.token_hex())


_ROOM = BoundedSemaphore(AT_ONCE)
_CLEAR = "abcdefghijkmnpqrstuvwxyz23456789"
