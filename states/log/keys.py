"""The log's key (khóa niêm phong): DONDOC_LOG_KEY, else the file `log.key` in the data folder that only we may read.

Whoever has it can sign another history; that one is caught by any checkpoint that an outsider keeps.
"""

import base64
import binascii
import secrets
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from states import secret_file
from states.errors import StartupError
from states.log.notes import ED25519, Signer
from states.settings import Settings

FILE = "log.key"
_MARK = "PRIVATE+KEY"


class LogKeyNotOurs(StartupError):
    """The log's key {path} {why}: give the file to the program's user with mode 0600, or set DONDOC_LOG_KEY."""


@cache
def of(settings: Settings) -> Signer:
    """This log's key; makes the file the first time. Raises `LogKeyNotOurs`."""
    if settings.log_key is not None:
        return _read(settings.log_key.get_secret_value(), "DONDOC_LOG_KEY")
    path = settings.home / FILE
    try:
        if not path.exists():
            secret_file.keep(path, f"{new()}\n".encode())
        if path.stat().st_mode & 0o077:
            raise LogKeyNotOurs(path=path, why="can be read by others")
        return _read(path.read_text("ascii"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise LogKeyNotOurs(path=path, why=f"can't be used ({error})") from None


def new(name: str | None = None) -> str:
    """A new key in one line, as the file keeps it; without a name the log gets one of its own."""
    origin = name or f"dondoc/{secrets.token_hex(4)}"
    seed = secrets.token_bytes(32)
    number = Signer(origin, Ed25519PrivateKey.from_private_bytes(seed)).verifier.number.hex()
    return f"{_MARK}+{origin}+{number}+{base64.b64encode(ED25519 + seed).decode()}"


def _read(words: str, path: str) -> Signer:
    mark, _, rest = words.strip().partition(f"{_MARK}+")
    name, _, rest = rest.partition("+")
    number, _, key = rest.partition("+")
    try:
        raw = base64.b64decode(key, validate=True)
        made = Signer(name, Ed25519PrivateKey.from_private_bytes(raw[1:]))
    except (binascii.Error, ValueError):
        raise LogKeyNotOurs(path=path, why="is no key") from None
    if mark or raw[:1] != ED25519 or made.verifier.number.hex() != number:
        raise LogKeyNotOurs(path=path, why="is no key")
    return made
