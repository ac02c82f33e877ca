"""The test authority (chứng thực thử): a root, a time-stamping certificate and the system's own, made at the first use.

What it certifies is no legal signature, and each of its certificates says so in its subject. Keys and certificates lie
in one file that only we may read; several machines that serve one database share that file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from documents.signing.keys import Key, PrivateKey
from documents.signing.names import NO_LEGAL_VALUE
from states import secret_file
from states.errors import StartupError

FILE = "test-ca.pem"
_PARTS = ("root", "tsa", "system")
_FROM, _TO = datetime(2015, 1, 1, tzinfo=UTC), datetime(2065, 1, 1, tzinfo=UTC)
_CRL_DAYS = timedelta(days=30)
_LONGEST = 64
"""Characters of a name in a certificate (RFC 5280, ub-common-name)."""


class AuthorityNotOurs(StartupError):
    """Tệp khóa {path} {why} (the key file can't be used): give it to the program's user with mode 0600."""


@dataclass(frozen=True)
class Subject:
    """Whom a certificate is for; the words that it has no legal value are added."""

    name: str
    unit: str
    title: str = ""


@dataclass(frozen=True)
class Authority:
    """The three keys. The root signs the two others, officers' certificates, seals and the list of what was revoked."""

    root: Key
    tsa: Key
    system: Key

    def issue(self, subject: Subject, at: datetime, *, days: int = 3 * 365, rsa_bits: int = 0) -> Key:
        """A new key with its certificate, valid from a day before `at`: P-256, or RSA where bits are named."""
        private = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
        usage = _usage(digital_signature=True, content_commitment=True)
        certificate = _signed(self.root, _name(subject), private, at - timedelta(days=1), at + timedelta(days=days),
                              [(usage, True), (x509.BasicConstraints(False, None), True)])  # fmt: skip
        return Key(private, certificate)

    def crl(self, revoked: Sequence[tuple[int, datetime]], at: datetime) -> bytes:
        """The list of revoked certificates (CRL) as of a moment: serial numbers with the moment of each."""
        root = x509.load_der_x509_certificate(self.root.der)
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(root.subject)
            .last_update(at - timedelta(minutes=1))
            .next_update(at + _CRL_DAYS)
            .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.private.public_key()), False)
        )
        for serial, when in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            made = made.add_revoked_certificate(entry)
        return made.sign(self.root.private, hashes.SHA256()).public_bytes(Encoding.DER)


@lru_cache(maxsize=4)
def authority(folder: Path) -> Authority:
    """The authority of this machine; makes its file the first time. Raises `AuthorityNotOurs`."""
    path = folder / FILE
    try:
        if not path.exists():
            secret_file.keep(path, _written(make()))
        if path.stat().st_mode & 0o077:
            raise AuthorityNotOurs(path=path, why="đang mở cho người khác đọc")
        return _read(path.read_bytes())
    except (OSError, ValueError) as error:
        raise AuthorityNotOurs(path=path, why=f"không dùng được: {error}") from None


def make() -> Authority:
    """A new authority, kept nowhere."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = _name(Subject("Chứng thực thử của Đôn Đốc", "Đôn Đốc"))
    root = Key(private, _signed(None, name, private, _FROM, _TO, [
        (x509.BasicConstraints(True, 0), True), (_usage(key_cert_sign=True, crl_sign=True), True)]))  # fmt: skip
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    tsa = _below(root, "Dấu thời gian thử của Đôn Đốc", [(stamping, True)])
    return Authority(root, tsa, _below(root, "Hệ thống Đôn Đốc", []))


def _below(root: Key, name: str, more: list[tuple[Any, bool]]) -> Key:
    private = ec.generate_private_key(ec.SECP256R1())
    usage = (_usage(digital_signature=True, content_commitment=True), True)
    return Key(private, _signed(root, _name(Subject(name, "Đôn Đốc")), private, _FROM, _TO, [usage, *more]))


def _signed(root: Key | None, name: x509.Name, private: PrivateKey, first: datetime, last: datetime,
            extensions: list[tuple[Any, bool]]) -> bytes:  # fmt: skip
    issuer = x509.load_der_x509_certificate(root.der) if root else None
    above = cast(Any, (issuer or private).public_key())
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(issuer.subject if issuer else name)
            .public_key(private.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(first).not_valid_after(last)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), False))  # fmt: skip
    for extension, critical in extensions:
        made = made.add_extension(extension, critical)
    return made.sign(root.private if root else private, hashes.SHA256()).public_bytes(Encoding.DER)


def _name(subject: Subject) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, subject.unit),
             (NameOID.ORGANIZATIONAL_UNIT_NAME, NO_LEGAL_VALUE), (NameOID.TITLE, subject.title),
             (NameOID.COMMON_NAME, subject.name)]  # fmt: skip
    return x509.Name([x509.NameAttribute(oid, words[:_LONGEST]) for oid, words in parts if words])


def _usage(**named: bool) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: named.get(name, False) for name in every})


def _written(made: Authority) -> bytes:
    keys = (getattr(made, part) for part in _PARTS)
    return b"".join(
        key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + x509.load_der_x509_certificate(key.der).public_bytes(Encoding.PEM)
        for key in keys
    )


def _read(data: bytes) -> Authority:
    end = b"-----END CERTIFICATE-----\n"
    found = []
    for part in data.split(end)[: len(_PARTS)]:
        private = load_pem_private_key(part, None)
        certificate = x509.load_pem_x509_certificate(part[part.index(b"-----BEGIN CERT") :] + end)
        assert isinstance(private, PrivateKey)
        found.append(Key(private, certificate.public_bytes(Encoding.DER)))
    return Authority(*found)
