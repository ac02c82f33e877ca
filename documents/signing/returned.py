"""What comes back from outside is hostile until it is proven to be what went out, with the one signature that was asked
for and nothing else.

Cheap questions first: its size, its beginning, its structure, what the new part touches; then the signatures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from documents.signing.extension import no, prove_extension
from documents.signing.trust import Means
from documents.signing.validating import Report, Signed, validate

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
    prove_extension(data, wanted.served)
    report = validate(data, means.roots, wanted.at, means.system_roots, means.lists(wanted.at, revoked), chain)
    return _signatures(report, wanted)


def _signatures(report: Report, wanted: Wanted) -> Accepted:
    system, officer = report.of("system"), report.of("officer")
    if system is None or officer is None:
        raise no(report.problems[0] if report.problems else "thiếu chữ ký (a signature is missing).")
    _good("chứng nhận của hệ thống", system)
    if officer.certificate_digest != sha256(wanted.certificate).digest():
        raise no(f"ký bằng chứng thư khác, của «{officer.who}» (signed with another certificate).")
    _good("chữ ký", officer)
    if not officer.covers_file:
        raise no("chữ ký không phủ cả tệp (the signature does not cover the whole file).")
    for said in (officer.claimed_at, officer.timestamp_at):
        if said is not None and not wanted.began_at - SKEW <= said <= wanted.at + SKEW:
            raise no("thời gian ký không nằm trong lượt ký này (signed at another time than this signing).")
    return Accepted(officer.timestamp_at, officer.level)


def _good(what: str, one: Signed) -> None:
    if not one.trusted:
        raise no(f"{what}: {one.why}")
    if one.changed_after:
        raise no(f"{what}: {one.changed_after}")
