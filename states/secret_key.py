"""The key of this machine (khóa của máy chủ): what the database keeps in secret is of no use to whoever steals a copy.

AES-256-GCM (package `cryptography`). What is sealed names its owner, so that a sealed text moved to another row opens
nothing. The key is DONDOC_SECRET_KEY, else a file that only we may read; several machines share the variable.
"""

import secrets
from functools import cache
from pathlib import Path
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from states import secret_file
from states.errors import DonDocError, StartupError
from states.settings import Settings

SecretKey = NewType("SecretKey", bytes)
"""32 bytes, for `seal` and `unseal`."""
FILE = "secret.key"
_NONCE = 12


class KeyNotOurs(StartupError):
    """The key file {path} {why}: give it to the program's user with mode 0600, or set DONDOC_SECRET_KEY."""


class OtherKey(DonDocError):
    """Dữ liệu này được mã hóa bằng khóa khác (sealed with another key): restore DONDOC_SECRET_KEY or the file
    `secret.key` of that time, or let an administrator remove the second factor.
    """

    status = 503


@cache
def of(settings: Settings) -> SecretKey:
    """This machine's key; makes the file the first time. Raises `KeyNotOurs`."""
    given = settings.secret_key
    words = given.get_secret_value() if given is not None else _from_file(settings.home / FILE)
    return SecretKey(HKDF(SHA256(), 32, salt=None, info=b"dondoc sealed v1").derive(words.encode()))


def seal(key: SecretKey, text: str, owner: str) -> bytes:
    """Encrypt; `owner` says whose it is and must be said again to read it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), owner.encode())


def unseal(key: SecretKey, sealed: bytes, owner: str) -> str:
    """Decrypt. Raises `OtherKey` where key or owner are others, or a bit was changed."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode()).decode()
    except InvalidTag:
        raise OtherKey() from None


def _from_file(path: Path) -> str:
    try:
        if not path.exists():
            secret_file.keep(path, secrets.token_urlsafe(32).encode())
        if path.stat().st_mode & 0o077:
            raise KeyNotOurs(path=path, why="can be read by others")
        words = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyNotOurs(path=path, why=f"can't be used ({error})") from None
    if len(words) < 32:
        raise KeyNotOurs(path=path, why="is too short to be a key")
    return words
