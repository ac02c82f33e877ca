"""Whom we trust (neo tin cậy): roots of real authorities from a folder; without any, the test authority alone.

In `trust/` of the signing folder lie certificates (PEM or DER: roots, and those between) and lists of what was revoked
(.crl), which an administrator keeps fresh; the program itself fetches nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from documents.signing import places, testing
from documents.signing.contexts import context, knows
from documents.signing.keys import Key
from documents.signing.pades import Evidence
from documents.signing.stamps import HttpStamper
from documents.signing.testing import Authority
from states.errors import StartupError
from states.settings import Settings

_SMALL = 64 * 1024
"""Bytes of a list that is put into each file even where only a time stamp may need it."""


class BadTrust(StartupError):
    """Tệp {path} trong thư mục tin cậy không đọc được (can't be read): replace it with the authority's own file."""


@dataclass(frozen=True)
class Means:
    """What this machine signs and checks with. `sample`: nobody's authority is trusted but the test one."""

    authority: Authority
    roots: tuple[bytes, ...]
    between: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    sample: bool = True
    stamper: TimeStamper | None = None

    @property
    def system(self) -> Key:
        """The key that certifies what is served."""
        return self.authority.system

    @property
    def system_roots(self) -> tuple[bytes, ...]:
        """Whom the system's own certificate comes from; no officer's may."""
        return (self.authority.root.der,)

    def context(self, at: datetime, der: bytes, revoked: Sequence[tuple[int, datetime]] = (),
                chain: Iterable[bytes] = ()) -> ValidationContext:  # fmt: skip
        """Trust as of a moment, to judge this certificate. `revoked`: of the test authority, serial and moment.

        Where a list of its issuer is there, it must not stand on it; where none is, revocation is unknown.
        """
        others = [*self._between(), *map(x509.Certificate.load, chain)]
        return context(self.roots, others, self._lists(at, revoked), at, x509.Certificate.load(der))

    def lists(self, at: datetime, revoked: Sequence[tuple[int, datetime]] = ()) -> tuple[bytes, ...]:
        """Lists of what was revoked (DER): the test authority's as of now, the real ones' as they lie in the folder."""
        return (self.authority.crl(revoked, at),) if self.sample else self.crls

    def evidence(self, at: datetime, revoked: Sequence[tuple[int, datetime]], key: Key) -> Evidence:
        """What a signature of this key is made with; its certificate was judged already.

        Of the lists only those that are needed for it go into the file, and small ones (the stamp's).
        """
        chain = [x509.Certificate.load(one) for one in (key.der, *key.chain)]
        issuers = [one.issuer for one in chain]
        lists = [one for one in self._lists(at, revoked) if one.issuer in issuers or len(one.dump()) < _SMALL]
        trust = context(self.roots, [*self._between(), *chain[1:]], lists, at)
        return Evidence(trust, self.stamper, revocation=knows(lists, chain[0]))

    def _between(self) -> list[x509.Certificate]:
        return [x509.Certificate.load(one) for one in self.between]

    def _lists(self, at: datetime, revoked: Sequence[tuple[int, datetime]]) -> list[crl.CertificateList]:
        return [crl.CertificateList.load(one) for one in self.lists(at, revoked)]


@lru_cache(maxsize=4)
def means(settings: Settings) -> Means:
    """What this machine has, read once. Raises `BadTrust`, `AuthorityNotOurs`."""
    authority = testing.authority(places.folder(settings))
    found, lists = _certificates(settings), _lists(settings)
    roots = tuple(one for one in found if _is_root(one))
    stamper = HttpStamper(settings.tsa_url, settings.tsa_seconds) if settings.tsa_url else None
    return Means(authority, roots or (authority.root.der,), tuple(one for one in found if one not in roots), lists,
                 sample=not roots, stamper=stamper)  # fmt: skip


def anchors(settings: Settings) -> tuple[bytes, ...]:
    """The roots that officers' certificates and seals must come from (DER)."""
    return means(settings).roots


def certificates_in(data: bytes) -> list[bytes]:
    """The certificates of a PEM (one or several) or DER file. Raises ValueError."""
    found = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    for der in found:
        _ = x509.Certificate.load(der, strict=True).native  # read whole: ValueError where it is none
    return found


def _certificates(settings: Settings) -> tuple[bytes, ...]:
    return tuple(der for path in places.files(settings, places.CERTIFICATES) for der in _read(path))


def _read(path: Path) -> list[bytes]:
    try:
        return certificates_in(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadTrust(path=path) from error


def _lists(settings: Settings) -> tuple[bytes, ...]:
    found = []
    for path in places.files(settings, places.LISTS):
        try:
            data = path.read_bytes()
            der = pem.unarmor(data)[2] if pem.detect(data) else data
            _ = crl.CertificateList.load(der, strict=True).issuer.native
        except (OSError, ValueError) as error:
            raise BadTrust(path=path) from error
        found.append(der)
    return tuple(found)


def _is_root(der: bytes) -> bool:
    certificate = x509.Certificate.load(der)
    return bool(certificate.self_signed in ("yes", "maybe") and certificate.ca)
