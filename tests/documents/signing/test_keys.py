"""Keystores as they really are, and the file of the test authority."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from documents.signing import keys, testing
from documents.signing.keys import BadKeystore, Key
from documents.signing.testing import Subject
from states import clock
from tests.documents.signing.desk import _PACK, PASSPHRASE, authority


def test_a_keystore_opens_with_its_passphrase_only() -> None:
    key = officer()
    packed = _PACK(key, PASSPHRASE, 1000)
    assert keys.unpack(packed, PASSPHRASE).private.private_numbers() == key.private.private_numbers()
    for data, passphrase in ((packed, "khác"), (packed, ""), (b"xx", PASSPHRASE), (packed[:-1], PASSPHRASE)):
        with pytest.raises(BadKeystore):
            keys.unpack(data, passphrase)
    assert keys.ROUNDS >= 600_000
    assert PASSPHRASE not in repr(key) and "private" not in repr(key)


def test_of_two_processes_that_begin_at_once_one_makes_the_authority(tmp_path: Path) -> None:
    said = "import sys; from pathlib import Path; from documents.signing import testing; " \
           "print(testing.authority(Path(sys.argv[1])).root.der.hex())"  # fmt: skip
    both = [subprocess.Popen([sys.executable, "-c", said, str(tmp_path)], stdout=subprocess.PIPE, env=os.environ)
            for _ in range(2)]  # fmt: skip
    first, second = (one.communicate()[0] for one in both)
    assert first == second == testing.authority(tmp_path).root.der.hex().encode() + b"\n"
    assert [path.name for path in tmp_path.iterdir()] == [testing.FILE]
    assert io.BytesIO(first).readable()


def officer(name: str = "Trần Thị Mẫu") -> Key:
    return authority().issue(Subject(name, "UBND"), clock.now())


def p12(key: Key, certificate: bytes | None, more: list[bytes], passphrase: str = PASSPHRASE) -> bytes:
    """A file as other programs write it."""
    others = [x509.load_der_x509_certificate(one) for one in more]
    one = x509.load_der_x509_certificate(certificate) if certificate else None
    return pkcs12.serialize_key_and_certificates(
        b"x", key.private, one, others, BestAvailableEncryption(passphrase.encode())
    )


def test_of_two_certificates_in_a_file_the_keys_own_counts() -> None:
    mine, other = officer(), officer("Lê Văn Mẫu")
    for order in ([other.der], [other.der, authority().root.der], [mine.der, other.der]):
        found = keys.unpack(p12(mine, mine.der, order), PASSPHRASE)
        assert found.der == mine.der
        assert found.chain == ()  # another officer's is no link to the root, and whoever checks has the root himself
    with pytest.raises(BadKeystore):  # a key with everybody's certificate but its own
        keys.unpack(p12(mine, None, [other.der]), PASSPHRASE)


@pytest.mark.parametrize(("closed", "tried"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_a_passphrase_in_vietnamese_opens_from_every_keyboard(closed: str, tried: str) -> None:
    """The same letters are other bytes on a Mac than on Windows."""
    words = {"NFC": unicodedata.normalize("NFC", "mật khẩu thử"), "NFD": unicodedata.normalize("NFD", "mật khẩu thử")}
    key = officer()
    assert words["NFC"] != words["NFD"]
    assert keys.unpack(_PACK(key, words[closed], 1), words[tried]).der == key.der


def test_the_passphrase_of_a_file_from_elsewhere_is_also_taken_as_typed() -> None:
    key, typed = officer(), unicodedata.normalize("NFD", "mật khẩu thử")
    assert keys.unpack(p12(key, key.der, [], typed), typed).der == key.der
