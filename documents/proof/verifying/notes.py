"""Checkpoints and keys of C2SP (signed-note, tlog-checkpoint), read and checked."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_BOM = "\ufeff"
"""What some editors put before a text."""


@dataclass(frozen=True)
class Checkpoint:
    """The signed words: whose log, how many leaves, their root, when."""

    origin: str
    size: int
    root: bytes
    at: str


def checked(words: str, key: str) -> Checkpoint | None:
    """The checkpoint of a note if this key signed it, else None. `key`: one line, name+number+base64."""
    try:
        name, number, encoded = key.removeprefix(_BOM).strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != number or raw[:1] != b"\x01":
            return None
        text, _, below = words.removeprefix(_BOM).replace("\r\n", "\n").rpartition("\n\n")
        text += "\n"
        if not any(_signed(line, name, bytes.fromhex(number), raw[1:], text) for line in below.split("\n")):
            return None
        lines = text.split("\n")
        root = base64.b64decode(lines[2], validate=True)
        size = int(lines[1])
    except (ValueError, IndexError):
        return None
    return Checkpoint(lines[0], size, root, lines[3]) if lines[0] == name and len(root) == 32 and size >= 0 else None


def is_plain(words: str) -> bool:
    """Whether a note is written as this program writes it: four lines, a blank one, one signature, nothing else."""
    lines = words.split("\n")
    return len(lines) == 7 and not lines[4] and not lines[6] and "\r" not in words and "\ufeff" not in words


def _signed(line: str, name: str, number: bytes, public: bytes, text: str) -> bool:
    if not line.startswith(f"— {name} "):
        return False
    encoded = line.removeprefix(f"— {name} ")
    raw = base64.b64decode(encoded, validate=True)
    if raw[:4] != number or base64.b64encode(raw).decode() != encoded:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
    except InvalidSignature:
        return False
    return True
