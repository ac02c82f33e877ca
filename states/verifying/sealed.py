"""Checkpoints against the log: the ones in the database, and those that an outsider kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from states.log.notes import BadNote, Note, Verifier, read
from states.verifying.faults import Fault, fault
from states.verifying.reading import Connection, all_of


@dataclass(frozen=True)
class Kept:
    """A checkpoint as the database has it."""

    size: int
    root: bytes
    note: str
    at: datetime


def kept(connection: Connection) -> list[Kept]:
    """All checkpoints, by size."""
    found = all_of(connection, "SELECT size, root, note, at FROM checkpoint ORDER BY size")
    return [Kept(size, bytes(root), note, at) for size, root, note, at in found]


def check(found: Kept, root: bytes | None, verifier: Verifier) -> list[Fault]:
    """A checkpoint of the database beside the root that its leaves really have (None: the log is shorter)."""
    try:
        note = read(found.note)
    except BadNote as error:
        return [fault("checkpoint", found.size, error.message, error.message)]
    moment = found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    faults = []
    if (note.size, note.root, note.at) != (found.size, found.root, moment):
        faults.append(fault("checkpoint", found.size, "cột không khớp với bản đã ký",
                            "its columns are not what was signed"))  # fmt: skip
    if not verifier.signed(note):
        faults.append(fault("checkpoint", found.size, "chữ ký không phải của khóa niêm phong",
                            "it is not signed by the log's key"))  # fmt: skip
    if note.root != root:
        faults.append(fault("checkpoint", found.size, "nhật ký không còn như lúc niêm phong",
                            "the log is not what was sealed"))  # fmt: skip
    return faults


def check_outside(note: Note, root: bytes | None, verifier: Verifier) -> list[Fault]:
    """A note that somebody else kept, beside the root that the log has at its size today."""
    place = f"{note.size} ({note.at})"
    if not verifier.signed(note):
        return [fault("outside", place, "chữ ký không phải của khóa niêm phong", "it is not signed by the log's key")]
    if root is None:
        return [fault("outside", place, "nhật ký ngắn hơn lúc niêm phong: đã bị cắt hoặc thay",
                      "the log is shorter than what was sealed: it was cut or replaced")]  # fmt: skip
    if note.root != root:
        return [fault("outside", place, "nhật ký không còn như lúc niêm phong: đã bị viết lại",
                      "the log is not what was sealed: it was rewritten")]  # fmt: skip
    return []


def sizes(found: Sequence[Kept], outside: Sequence[Note]) -> list[int]:
    """Every size whose root is asked for."""
    return sorted({each.size for each in found} | {note.size for note in outside})
