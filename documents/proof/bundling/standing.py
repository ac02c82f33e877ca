"""How far a bundle would prove a document now: which of its steps stand under the newest checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states.log import notes
from states.log.notes import Note


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint (mốc niêm phong) as it was signed, and the moment of its row."""

    note: Note
    words: str
    """The whole note, signature and all: what outsiders keep."""
    at: datetime

    @property
    def root(self) -> str:
        """The root as the note writes it (base64)."""
        return self.note.text.split("\n")[2]

    @property
    def signer(self) -> str:
        """The log's name and the key's number, as the verifier's line names them."""
        return "; ".join(f"{name}+{number.hex()}" for name, number, _ in self.note.signatures)


@dataclass(frozen=True)
class Proven:
    """A step of the document; `sealed`: whether the newest checkpoint holds it."""

    seq: int
    action: str
    at: datetime
    sealed: bool


@dataclass(frozen=True)
class Standing:
    """The newest checkpoint (None: nothing was ever sealed) and the document's steps beside it."""

    checkpoint: Checkpoint | None
    steps: Sequence[Proven]

    @property
    def last(self) -> Proven | None:
        """The last step that it proves."""
        return next((step for step in reversed(self.steps) if step.sealed), None)

    @property
    def waiting(self) -> Sequence[Proven]:
        """The steps that wait for the next checkpoint."""
        return [step for step in self.steps if not step.sealed]

    @property
    def signed(self) -> bool:
        """Whether somebody ever signed it, or it was registered as signed elsewhere."""
        return any(step.action in _SIGNS for step in self.steps)

    @property
    def proves(self) -> bool:
        """Whether such a signature stands under the checkpoint: without one there is nothing to prove."""
        return any(step.sealed and step.action in _SIGNS for step in self.steps)


_SIGNS = ("sign", "register")


def standing(session: Session, document: int) -> Standing:
    """Of a document that is there."""
    (newest, *_) = [*checkpoints(session, 1), None]
    keys = {"id": document, "size": newest.note.size if newest else 0}
    rows = session.connection().exec_driver_sql(_STEPS, keys)
    return Standing(newest, [Proven(*row) for row in rows])


def checkpoints(session: Session, most: int, below: int | None = None) -> list[Checkpoint]:
    """The newest first, those of a smaller size than `below`."""
    rows = session.connection().exec_driver_sql(_CHECKPOINTS, {"most": most, "below": below})
    return [Checkpoint(notes.read(words), words, at) for words, at in rows]


_STEPS = """
SELECT s.seq, s.action, s.at, EXISTS (SELECT FROM leaf l WHERE l.kind = 'step'
           AND l.key = s.document_id || ':' || s.seq AND l.position < %(size)s)
  FROM step s WHERE s.document_id = %(id)s ORDER BY s.seq
"""
_CHECKPOINTS = """
SELECT note, at FROM checkpoint WHERE %(below)s::bigint IS NULL OR size < %(below)s ORDER BY size DESC LIMIT %(most)s
"""
