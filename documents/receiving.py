"""Taking in papers (nhận văn bản): kept at once as they came, then read in a process apart, outside any transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session

from documents.reading import limits
from documents.reading.files import Opened, own_name, read_upload
from documents.reading.names.gazetteer import own_units
from documents.reading.refusals import EmptyFile, TooLarge
from states import files, incoming
from states.driver import one_or_none
from states.incoming import Arrival
from states.policy import Actor

READER = "dondoc 1"
"""The reader's name; a new one is given when what it recognises changes, so that old readings can be told apart."""
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".txt": "text/plain", ".eml": "message/rfc822",
    ".mbox": "application/mbox",
}  # fmt: skip

Transaction = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction of its own."""


@dataclass(frozen=True)
class TakenIn:
    """A file that was kept: its number among the unit's papers, the name it is kept by, whether it is new there."""

    id: int
    name: str
    new: bool


@dataclass(frozen=True)
class _Waiting:
    unit_id: int
    name: str
    came_by: str
    actor: Actor
    data: bytes
    decided: bool


def take_in(
    session: Session, unit_id: int, name: str, data: bytes, came_by: str, actor: Actor, at: datetime
) -> TakenIn:
    """Keep a file as it came, unread. Raises `EmptyFile`, `TooLarge`, and nothing is kept then."""
    known = own_name(name)
    if not data:
        raise EmptyFile(name=known)
    if len(data) > limits.FILE:
        raise TooLarge(name=known, most=f"{limits.FILE // limits.MEGA} MB")
    arrival = Arrival(unit_id, files.keep(session, data), known, media_type(known), came_by)
    number, new = incoming.arrive(session, arrival, actor, at)
    return TakenIn(number, known, new)


def read_one(transaction: Transaction, incoming_id: int, at: datetime, say: Callable[[str], str] = str) -> list[str]:
    """Read a kept file and note what was found; a mail is taken apart into papers of their own. Returns refusals.

    Never raises for what a file holds: a reading that fails is noted with its one sentence, as `say` says it.
    """
    with transaction() as session:
        waiting, units = _waiting(session, incoming_id), own_units(session)
    if waiting is None or waiting.decided:
        return []
    found = list(read_upload(waiting.name, waiting.data, units))
    with transaction() as session:
        if all(one.name == waiting.name for one in found):
            for one in found:
                _note(session, incoming_id, one, at, say)
        else:
            _take_apart(session, incoming_id, waiting, found, at, say)
    return [one.refused.said(say) for one in found if one.refused]


def media_type(name: str) -> str:
    """By the end of the name; what is told to a browser that saves it, never believed when it is read."""
    return _TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def _note(session: Session, incoming_id: int, one: Opened, at: datetime, say: Callable[[str], str]) -> None:
    if one.text is None or one.content is None:
        incoming.note_reading(session, incoming_id, READER, at, refusal=one.refused.said(say) if one.refused else "")
        return
    content = {**one.content, "text": one.text.as_data()}
    incoming.note_reading(session, incoming_id, READER, at, content=content)


def _take_apart(
    session: Session, mail_id: int, mail: _Waiting, found: list[Opened], at: datetime, say: Callable[[str], str]
) -> None:
    """Each file of a mail stands for itself; the mail is kept, and laid aside in the name of who brought it."""
    told = []
    for one in found:
        short = one.name.removeprefix(f"{mail.name} › ")
        if not one.data or len(one.data) > limits.FILE:
            told.append(f"{short}: {one.refused.said(say) if one.refused else ''}")
            continue
        taken = take_in(session, mail.unit_id, short, one.data, mail.came_by, mail.actor, at)
        told.append(taken.name)
        if taken.new:
            _note(session, taken.id, one, at, say)
    content = {"mail": told}
    incoming.note_reading(session, mail_id, READER, at, content=content)
    words = f"Thư đã được tách thành từng tệp: {'; '.join(told)}"
    incoming.put_aside(session, mail_id, words, mail.actor, at)


def _waiting(session: Session, incoming_id: int) -> _Waiting | None:
    row = one_or_none(session, _WAITING, {"id": incoming_id})
    if row is None:
        return None
    unit, name, came_by, person, office, data, decided = row
    return _Waiting(unit, name, came_by, Actor(person, office), bytes(data), decided)


_WAITING = """
SELECT i.unit_id, i.name, i.came_by, i.person_id, i.office_id, f.bytes,
       EXISTS (SELECT FROM incoming_outcome o WHERE o.incoming_id = i.id)
  FROM incoming i JOIN file f ON f.digest = i.file_digest WHERE i.id = %(id)s
"""
