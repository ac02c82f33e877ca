"""Papers that came in (văn bản đến, chưa vào sổ): arrived, read, and what an officer made of them; only appended to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlmodel import Session

from states.acting import tell, tell_clock
from states.driver import one_or_none
from states.errors import Conflict, Invalid
from states.policy import Actor


class AlreadyDecided(Conflict):
    """Tệp này đã được xử lý rồi (this file was dealt with already): xem kết quả trên trang của nó."""


class SayWhy(Invalid):
    """Chưa nêu lý do để sang một bên (say why it is put aside): viết lý do cho người xem sau hiểu."""


@dataclass(frozen=True)
class Arrival:
    """A kept file that comes to a unit: its digest, its own name, how it came (upload, folder)."""

    unit_id: int
    digest: bytes
    name: str
    media_type: str
    came_by: str


def arrive(session: Session, arrival: Arrival, actor: Actor, at: datetime) -> tuple[int, bool]:
    """Note that a file came; the same file comes to a unit once. Returns its number, and whether it is new there."""
    keys = {"unit": arrival.unit_id, "digest": arrival.digest, "name": arrival.name, "type": arrival.media_type,
            "by": arrival.came_by, "person": actor.person_id, "office": actor.office_id, "at": at}  # fmt: skip
    tell(session, actor.office_id)
    new = one_or_none(session, _ARRIVE, keys)
    row = new or one_or_none(session, _THERE, keys)
    assert row is not None  # nothing is ever deleted there
    return int(row[0]), new is not None


def note_reading(
    session: Session, incoming_id: int, reader: str, at: datetime, *, content: Mapping[str, Any] | None = None,
    refusal: str | None = None,
) -> int:  # fmt: skip
    """Keep what a reader found, or the one sentence why it could not read; a later reading stands beside it."""
    keys = {"id": incoming_id, "reader": reader, "at": at, "refusal": None if content else _keepable(refusal or ""),
            "content": Jsonb(_keepable(dict(content))) if content else None}  # fmt: skip
    tell_clock(session)
    return int(session.connection().exec_driver_sql(_NOTE, keys).scalar_one())


def put_aside(session: Session, incoming_id: int, words: str, actor: Actor, at: datetime) -> None:
    """Lay it aside with a reason. Raises `SayWhy`, `AlreadyDecided`."""
    if not words.strip():
        raise SayWhy()
    _decide(session, incoming_id, "put_aside", None, {}, words.strip(), actor, at)


def decide(
    session: Session, incoming_id: int, outcome: str, document_id: int, confirmed: Mapping[str, Any], actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Note what it became: the `draft` that it filled, the document that it was `registered` as.

    `confirmed`: each field as it was read and as the officer let it stand. Raises `AlreadyDecided`.
    """
    _decide(session, incoming_id, outcome, document_id, confirmed, "", actor, at)


def _decide(
    session: Session, incoming_id: int, outcome: str, document_id: int | None, confirmed: Mapping[str, Any],
    words: str, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    keys = {"id": incoming_id, "outcome": outcome, "document": document_id, "confirmed": Jsonb(_keepable(confirmed)),
            "words": _keepable(words), "person": actor.person_id, "office": actor.office_id, "at": at}  # fmt: skip
    tell(session, actor.office_id)
    if one_or_none(session, _DECIDE, keys) is None:
        raise AlreadyDecided()


def _keepable(value: Any) -> Any:
    """The same without what PostgreSQL has no place for: NUL, and half a character."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_keepable(name): _keepable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_keepable(item) for item in value]
    return value


_ARRIVE = """
INSERT INTO incoming (unit_id, file_digest, name, media_type, came_by, person_id, office_id, arrived_at)
VALUES (%(unit)s, %(digest)s, %(name)s, %(type)s, %(by)s, %(person)s, %(office)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING id
"""
_THERE = "SELECT id FROM incoming WHERE unit_id = %(unit)s AND file_digest = %(digest)s"
_NOTE = """
INSERT INTO incoming_reading (incoming_id, reader, content, refusal, at)
VALUES (%(id)s, %(reader)s, %(content)s, %(refusal)s, %(at)s) RETURNING id
"""
_DECIDE = """
INSERT INTO incoming_outcome (incoming_id, outcome, document_id, confirmed, words, person_id, office_id, at)
VALUES (%(id)s, %(outcome)s, %(document)s, %(confirmed)s, %(words)s, %(person)s, %(office)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING incoming_id
"""
