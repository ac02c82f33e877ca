"""What comes back from outside is hostile until it is proven to be what went out, with the one signature that was asked
for and nothing else.

Cheap questions first: its size, its beginning, its structure, what the new part touches; then the signatures; and at
last, when nothing but the officer's own key can have made it, what another reader sees and whether it can be sealed.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from documents.signing.extension.envelope import usual
from documents.signing.extension.proving import prove_extension
from documents.signing.extension.refusing import no
from documents.signing.extension.second import same_pages
from documents.signing.extension.signature import Claims
from documents.signing.keys import subject_name
from documents.signing.rehearsing import rehearse
from documents.signing.trust import Means
from documents.signing.validating import Report, Signed, validate
from states.errors import DonDocError
from states.periods import LOCAL

SKEW = timedelta(minutes=5)
"""How far the clock of the officer's machine may be off."""


@dataclass(frozen=True)
class Wanted:
    """What must come back: the file that went out, signed with this certificate, between these two moments."""

    served: bytes
    certificate: bytes
    began_at: datetime
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """What was proven of it."""

    stamped_at: datetime | None
    level: str


def judge(data: bytes, wanted: Wanted, means: Means, revoked: Sequence[tuple[int, datetime]] = (),
          chain: Iterable[bytes] = ()) -> Accepted:  # fmt: skip
    """Prove it, or raise `TooLarge`, `NotReturnedRight` with the first thing that is wrong."""
    claims = prove_extension(data, wanted.served)
    _readable(usual, claims)
    lists, between = means.lists(wanted.at, revoked), tuple(chain)
    report = validate(data, means.roots, wanted.at, means.system_roots, lists, between)
    accepted: Accepted = _readable(_signatures, report, claims, wanted)
    same_pages(data, wanted.served, claims.page, claims.box)
    rehearse(data, wanted.at, means, lists, between)
    return accepted


def _readable(ask: Callable[..., Any], *about: Any) -> Any:
    """What was asked of a signature that may be anything but one."""
    try:
        return ask(*about)
    except DonDocError:
        raise
    except Exception as error:  # a hostile signature may break a parser in any way
        raise no(f"không đọc được chữ ký (the signature can't be read: {type(error).__name__}).") from error


def _signatures(report: Report, claims: Claims, wanted: Wanted) -> Accepted:
    system, officer = report.of("system"), report.of("officer")
    if system is None or officer is None:
        raise no(report.problems[0] if report.problems else "thiếu chữ ký (a signature is missing).")
    _good("chứng nhận của hệ thống", system)
    if officer.certificate_digest != sha256(wanted.certificate).digest():
        raise no(f"ký bằng chứng thư khác, của «{officer.who}» (signed with another certificate).")
    _good("chữ ký", officer)
    if not officer.covers_file:
        raise no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    if claims.name is not None and _plain(claims.name) != _plain(subject_name(wanted.certificate)):
        raise no(f"chữ ký ghi tên khác, «{claims.name[:80]}» (it bears another name than the certificate).")
    _in_time((claims.moment, officer.claimed_at, officer.timestamp_at), wanted)
    return Accepted(officer.timestamp_at, officer.level)


def _in_time(moments: Iterable[datetime | None], wanted: Wanted) -> None:
    said = [one if one.tzinfo else one.replace(tzinfo=LOCAL) for one in moments if one is not None]
    if not said:
        raise no("chữ ký không nói ký lúc nào (the signature does not say when it was made).")
    if not all(wanted.began_at - SKEW <= one <= wanted.at + SKEW for one in said):
        raise no("thời gian ký không nằm trong lượt ký này (signed at another time than this signing).")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _good(what: str, one: Signed) -> None:
    if not one.trusted:
        raise no(f"{what}: {one.why}")
    if one.changed_after:
        raise no(f"{what}: {one.changed_after}")
