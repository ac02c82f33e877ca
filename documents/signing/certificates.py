"""Whose certificates are whose (chứng thư số): an administrator registers them; a lost one ends, none is edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from sqlmodel import Session

from documents.signing import keys
from documents.signing.errors import (
    AlreadyEnded,
    CertificateTaken,
    CertificateUnfit,
    NoSuchCertificate,
    NotACertificate,
    PassphraseNeeded,
    SealInToken,
)
from documents.signing.fitness import Whose, reasons
from documents.signing.keys import BadKeystore, Key
from documents.signing.names import NO_LEGAL_VALUE
from documents.signing.testing import Subject
from documents.signing.trust import Means, certificates_in
from documents.writing import house
from states.driver import one_or_none, rows
from states.errors import Reason
from states.facts import NoSuchOffice
from states.policy import Actor


@dataclass(frozen=True)
class New:
    """A certificate as it is registered, for an office or (a seal) for a unit.

    `data`: PEM or DER of the certificate where the key is in a token; PKCS#12 where it is to be kept here (`local`),
    with its `passphrase`, from then on `new_passphrase` if one is named. `rounds`: of PBKDF2, for a passphrase that is
    no secret (the demo's); else as many as `keys.ROUNDS`.
    """

    data: bytes
    office_id: int | None = None
    unit_id: int | None = None
    store: str = "local"
    passphrase: str | None = None
    new_passphrase: str | None = None
    rounds: int | None = None


@dataclass(frozen=True)
class Certificate:
    """A registered certificate. `serial` in hex; `ended_at`: since when it signs nothing any more, and why."""

    id: int
    purpose: str
    office_id: int | None
    unit_id: int
    der: bytes
    digest: bytes
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    chain: tuple[bytes, ...]
    store: str
    at: datetime
    ended_at: datetime | None
    ended_why: str | None

    @property
    def sample(self) -> bool:
        """Whether it comes from the test authority: no legal signature."""
        return NO_LEGAL_VALUE in self.subject

    @property
    def name(self) -> str:
        """Whom it names (CN)."""
        return keys.subject_name(self.der)


def register(session: Session, new: New, by: Actor, at: datetime, means: Means) -> int:
    """Register a certificate; returns its number.

    Raises `NotACertificate`, `CertificateUnfit` with every reason, `CertificateTaken`, `SealInToken`.
    """
    if new.store == "token" and new.office_id is None:
        raise SealInToken()
    key, der = _read(new)
    whose = whose_of(session, new.office_id, new.unit_id)
    chain = key.chain if key else ()
    refuse_unfit(der, whose, means.context(at, der, revoked(session), chain), at)
    number = _insert(session, new, der, chain, by, at)
    if key is not None:
        packed = keys.pack(key, new.new_passphrase or new.passphrase or "", new.rounds)
        session.connection().exec_driver_sql(_KEEP, {"id": number, "pkcs12": packed})
    return number


def issue_test(session: Session, means: Means, passphrase: str, by: Actor, at: datetime, *,
               office_id: int | None = None, unit_id: int | None = None, days: int = 3 * 365,
               rounds: int | None = None) -> int:  # fmt: skip
    """Let the test authority issue one, its key kept here, and register it: no legal signature, and it says so."""
    if not passphrase:
        raise PassphraseNeeded()
    whose = whose_of(session, office_id, unit_id)
    subject = Subject(whose.person or whose.unit_in_full, whose.unit_in_full, whose.title)
    packed = keys.pack(means.authority.issue(subject, at, days=days), passphrase, rounds=1)
    return register(session, New(packed, office_id, unit_id, "local", passphrase, rounds=rounds), by, at, means)


def end(session: Session, certificate_id: int, reason: str, by: Actor, at: datetime) -> None:
    """End a certificate: it signs nothing from now on, its key is destroyed. What it has signed stays signed."""
    found = get(session, certificate_id)
    if found.ended_at is not None:
        raise AlreadyEnded()
    if not reason.strip():
        raise CertificateUnfit(why="chưa nêu lý do kết thúc.",
                               reasons=[Reason("lý do", "chưa nêu lý do", "ghi lý do kết thúc")])  # fmt: skip
    ended = {"id": certificate_id, "at": at, "reason": reason, "office": by.office_id}
    if one_or_none(session, _END, ended) is None:
        raise AlreadyEnded()
    session.connection().exec_driver_sql("DELETE FROM keystore WHERE certificate_id = %(id)s", {"id": certificate_id})


def require(session: Session, unit_id: int, required: bool) -> None:
    """Whether a unit asks a certificate of whoever signs for it, and a seal on what it sends."""
    sql = "UPDATE unit SET signature_required = %(required)s WHERE id = %(unit)s"
    session.connection().exec_driver_sql(sql, {"unit": unit_id, "required": required})


def required(session: Session, unit_id: int) -> bool:
    """Whether it does."""
    sql = "SELECT signature_required FROM unit WHERE id = %(unit)s"
    return bool(session.connection().exec_driver_sql(sql, {"unit": unit_id}).scalar())


def get(session: Session, certificate_id: int) -> Certificate:
    """One by its number. Raises `NoSuchCertificate`."""
    found = _list(session, "c.id = %(key)s", certificate_id)
    if not found:
        raise NoSuchCertificate(number=certificate_id)
    return found[0]


def of_office(session: Session, office_id: int, at: datetime) -> Certificate | None:
    """The one with which an office signs at a moment: within its days, not ended; the newest of several."""
    return _in_force(_list(session, "c.office_id = %(key)s", office_id), at)


def seal_of(session: Session, unit_id: int, at: datetime) -> Certificate | None:
    """The seal with which a unit's papers go out at a moment."""
    return _in_force(_list(session, "c.unit_id = %(key)s AND c.purpose = 'seal'", unit_id), at)


def of_unit(session: Session, unit_id: int, at: datetime, *, ended: bool = False) -> list[Certificate]:
    """The certificates of a unit's officers and its seals; `ended`: also those that sign nothing any more."""
    found = _list(session, "c.unit_id = %(key)s", unit_id)
    return found if ended else [one for one in found if not one.ended_at and one.valid_to >= at]


def below(session: Session, path: str) -> list[Certificate]:
    """Those of a whole part of the tree, by its path."""
    return _list(session, "u.path LIKE %(key)s || '%%'", path)


def whose_of(session: Session, office_id: int | None, unit_id: int | None) -> Whose:
    """Whom a certificate of this office, or seal of this unit, must name. Raises `NoSuchOffice`."""
    if office_id is None:
        assert unit_id is not None
        body, _ = house.issuer(session, unit_id)
        return Whose(body.name, body.full_name)
    row = one_or_none(session, _OFFICE, {"office": office_id})
    if row is None:
        raise NoSuchOffice(office=office_id)
    body, _ = house.issuer(session, row[2])
    return Whose(body.name, body.full_name, row[0], row[1])


def refuse_unfit(der: bytes, whose: Whose, context: Any, at: datetime, *, ended_at: datetime | None = None) -> None:
    """Raise `CertificateUnfit` with every reason against a certificate; `ended_at`: when an administrator ended it."""
    against = reasons(der, whose, context, at)
    if ended_at is not None and ended_at <= at:
        against.append(Reason("chứng thư", "đã bị quản trị kết thúc", "dùng chứng thư mới"))
    if against:
        raise CertificateUnfit(why="; ".join(one.message for one in against) + ".", reasons=against)


def revoked(session: Session) -> list[tuple[int, datetime]]:
    """The serial numbers of certificates that were ended, with the moment of each: for the test authority's list."""
    found = session.connection().exec_driver_sql(_REVOKED, {"words": f"%{NO_LEGAL_VALUE}%"})
    return [(int(row[0], 16), row[1]) for row in found]


def _read(new: New) -> tuple[Key | None, bytes]:
    try:
        if new.store == "local":
            key = keys.unpack(new.data, new.passphrase or "")
            return key, key.der
        return None, certificates_in(new.data)[0]
    except (BadKeystore, ValueError, IndexError):
        raise NotACertificate() from None


def _insert(session: Session, new: New, der: bytes, chain: Sequence[bytes], by: Actor, at: datetime) -> int:
    read = x509.Certificate.load(der)
    keys_ = {
        "purpose": "officer" if new.office_id is not None else "seal", "office": new.office_id, "unit": new.unit_id,
        "der": der, "subject": read.subject.human_friendly, "issuer": read.issuer.human_friendly,
        "serial": f"{read.serial_number:x}", "first": read.not_valid_before, "last": read.not_valid_after,
        "chain": list(chain), "store": new.store, "by": by.office_id, "at": at,
    }  # fmt: skip
    row = one_or_none(session, _INSERT, keys_)
    if row is None:
        raise CertificateTaken()
    return int(row[0])


def _in_force(found: list[Certificate], at: datetime) -> Certificate | None:
    fit = [one for one in found if one.valid_from <= at <= one.valid_to and (not one.ended_at or one.ended_at > at)]
    return max(fit, key=lambda one: one.id, default=None)


def _list(session: Session, where: str, key: int | str) -> list[Certificate]:
    return [_one(row) for row in rows(session, _LIST.format(where=where), {"key": key})]


def _one(row: Sequence[Any]) -> Certificate:
    values = [*row[:4], bytes(row[4]), bytes(row[5]), *row[6:11], tuple(map(bytes, row[11])), *row[12:]]
    return Certificate(*values)


_OFFICE = """
SELECT p.full_name, o.title, o.unit_id FROM office o JOIN person p ON p.id = o.person_id WHERE o.id = %(office)s
"""
_INSERT = """
INSERT INTO certificate (purpose, office_id, unit_id, der, digest, subject, issuer, serial, valid_from, valid_to, chain,
                         store, registered_by, at)
SELECT %(purpose)s, %(office)s, coalesce(%(unit)s, (SELECT unit_id FROM office WHERE id = %(office)s)), %(der)s,
       sha256(%(der)s), %(subject)s, %(issuer)s, %(serial)s, %(first)s, %(last)s, %(chain)s, %(store)s, %(by)s, %(at)s
ON CONFLICT (digest) DO NOTHING RETURNING id
"""
_KEEP = "INSERT INTO keystore (certificate_id, pkcs12) VALUES (%(id)s, %(pkcs12)s)"
_END = """
INSERT INTO certificate_end (certificate_id, at, reason, office_id) VALUES (%(id)s, %(at)s, %(reason)s, %(office)s)
ON CONFLICT (certificate_id) DO NOTHING RETURNING 1
"""
_LIST = """
SELECT c.id, c.purpose, c.office_id, c.unit_id, c.der, c.digest, c.subject, c.issuer, c.serial, c.valid_from,
       c.valid_to, c.chain, c.store, c.at, e.at, e.reason
  FROM certificate c JOIN unit u ON u.id = c.unit_id LEFT JOIN certificate_end e ON e.certificate_id = c.id
 WHERE {where} ORDER BY c.unit_id, c.purpose, c.id
"""
_REVOKED = """
SELECT c.serial, e.at FROM certificate_end e JOIN certificate c ON c.id = e.certificate_id
 WHERE c.issuer LIKE %(words)s ORDER BY e.at
"""
