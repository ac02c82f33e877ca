"""Signed notes of C2SP (signed-note, tlog-checkpoint): what a checkpoint is written as, with Ed25519.

Four lines: the log's name, its size, the root in base64, the moment in UTC; a blank line; then a line of a dash, the
name, and in base64 the key's number and the signature.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from states.errors import Invalid

ED25519 = b"\x01"


class BadNote(Invalid):
    """Mốc niêm phong không đọc được ({why}) (this is no checkpoint): give the file as it was received, whole."""


class BadKey(Invalid):
    """Khóa kiểm không đọc được ({why}) (this is no verifier key): `dondoc audit key` prints it, one line."""


@dataclass(frozen=True)
class Note:
    """A checkpoint as it was signed: the tree's `size` and `root`, the log's name, the moment of sealing (UTC)."""

    origin: str
    size: int
    root: bytes
    at: str
    text: str
    """The signed words."""
    signatures: tuple[tuple[str, bytes, bytes], ...] = ()
    """Name, the key's number (4 bytes), signature."""


@dataclass(frozen=True)
class Verifier:
    """The public half of a log's key."""

    name: str
    public: bytes

    @property
    def number(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(f"{self.name}\n".encode() + ED25519 + self.public).digest()[:4]

    @property
    def line(self) -> str:
        """The key in one line, to be published: name+number+key."""
        return f"{self.name}+{self.number.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, line: str) -> "Verifier":
        """From that line. Raises `BadKey`."""
        name, number, key = ([*line.strip().split("+", 2), "", ""])[:3]
        try:
            raw = base64.b64decode(key, validate=True)
        except binascii.Error:
            raise BadKey(why="base64") from None
        made = cls(name, raw[1:])
        if not name or raw[:1] != ED25519 or len(raw) != 33 or made.number.hex() != number:
            raise BadKey(why=name or "?")
        return made

    def signed(self, note: Note) -> bool:
        """Whether this key signed the note."""
        for name, number, signature in note.signatures:
            if (name, number) == (self.name, self.number):
                try:
                    Ed25519PublicKey.from_public_bytes(self.public).verify(signature, note.text.encode())
                except (InvalidSignature, ValueError):
                    return False
                return note.origin == self.name
        return False


@dataclass(frozen=True)
class Signer:
    """A log's key; its name is the log's origin."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, size: int, root: bytes, at: datetime) -> str:
        """The note over a tree at a moment."""
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\n{moment}\n"
        signature = base64.b64encode(self.verifier.number + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def read(words: str) -> Note:
    """A note as it was received; its signatures are not checked yet. Raises `BadNote`."""
    text, blank, below = words.replace("\r\n", "\n").rpartition("\n\n")
    lines = text.split("\n")
    if not blank or len(lines) < 3 or not lines[1].isascii() or not lines[1].isdecimal() or len(lines[1]) > 18:
        raise BadNote(why="?")
    try:
        root = base64.b64decode(lines[2], validate=True)
        signatures = tuple(_signature(line) for line in below.strip("\n").split("\n"))
    except (binascii.Error, ValueError):
        raise BadNote(why="base64") from None
    if len(root) != 32:
        raise BadNote(why="root")
    return Note(lines[0], int(lines[1]), root, lines[3] if len(lines) > 3 else "", text + "\n", signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, value = line.split(" ", 2)
    raw = base64.b64decode(value, validate=True)
    if dash != "—" or len(raw) < 5 or base64.b64encode(raw).decode() != value:
        raise ValueError(line)
    return name, raw[:4], raw[4:]
