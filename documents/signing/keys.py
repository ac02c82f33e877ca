"""Keys (khóa ký): a private key that was read once, with its certificate and chain."""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import x509
from cryptography import x509 as pyca_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ROUNDS = 600_000
"""Of PBKDF2 with SHA-256, for each passphrase that is tried on a keystore."""


@dataclass(frozen=True)
class Key:
    """A private key in memory: never written, never logged."""

    private: PrivateKey = field(repr=False)
    der: bytes
    chain: tuple[bytes, ...] = ()
    """Certificates between this one and the root, the nearest first."""


class BadKeystore(Exception):
    """Neither a PKCS#12 file nor one that this passphrase opens; the doors say which in words."""


class KeyedSigner(Signer):
    """pyHanko's signer over a key that was parsed once (its own parses it for each signature)."""

    def __init__(self, key: Key) -> None:
        chain = [x509.Certificate.load(one) for one in key.chain]
        store = _store()
        store.register_multiple(chain)
        super().__init__(signing_cert=x509.Certificate.load(key.der), cert_registry=store, embed_roots=False)
        self._key = key.private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature: ECDSA, or RSA with PKCS#1 v1.5 as the officers' tokens make it."""
        algorithm = _DIGESTS[digest_algorithm]
        if dry_run:
            return bytes(self._key.key_size // 4)
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), algorithm)
        return self._key.sign(data, ec.ECDSA(algorithm))


def _store() -> Any:
    made: Any = SimpleCertificateStore
    return made()


_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
}  # fmt: skip


def pack(key: Key, passphrase: str, rounds: int | None = None) -> bytes:
    """The key as PKCS#12, encrypted (AES-256, PBKDF2) under a passphrase that is kept nowhere."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds or ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(_composed(passphrase).encode())
    )
    certificates = [pyca_x509.load_der_x509_certificate(one) for one in (key.der, *key.chain)]
    return pkcs12.serialize_key_and_certificates(
        b"dondoc", key.private, certificates[0], certificates[1:] or None, encryption
    )


def unpack(data: bytes, passphrase: str) -> Key:
    """The key of a PKCS#12 file. Raises `BadKeystore` where the passphrase, the file or its kind of key is wrong."""
    private, certificate, chain = _opened(data, passphrase)
    if certificate is None or not isinstance(private, PrivateKey) or certificate.public_key() != private.public_key():
        raise BadKeystore()
    return Key(private, _der(certificate), tuple(map(_der, _to_root(certificate, chain))))


def _opened(data: bytes, passphrase: str) -> Any:
    """With the passphrase as all keyboards would write it, else (a file of others) as it was typed."""
    for said in dict.fromkeys((_composed(passphrase), passphrase)):
        with suppress(ValueError):
            return pkcs12.load_key_and_certificates(data, said.encode())
    raise BadKeystore()


def _composed(passphrase: str) -> str:
    """Vietnamese letters are one sign on one machine and two on another (NFC, NFD): the same passphrase."""
    return unicodedata.normalize("NFC", passphrase)


def _to_root(certificate: pyca_x509.Certificate, chain: Iterable[pyca_x509.Certificate]) -> list[pyca_x509.Certificate]:
    """The chain in order, without the root: whoever checks has that one himself."""
    left, found = list(chain), list[pyca_x509.Certificate]()
    while above := next((one for one in left if one.subject == certificate.issuer and one.subject != one.issuer), None):
        left.remove(above)
        found.append(above)
        certificate = above
    return found


def _der(certificate: pyca_x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def subject_name(der: bytes) -> str:
    """The certificate's common name (CN)."""
    return str(x509.Certificate.load(der).subject.native.get("common_name", ""))


def held_at(der: bytes, at: datetime) -> bool:
    """Whether the certificate is within its days at that moment."""
    certificate = x509.Certificate.load(der)
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)
