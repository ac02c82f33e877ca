"""What an office has settled for its papers (thể thức của đơn vị), kept with its unit: `unit.paper`.

A setting counts from the moment at which it was made: a paper signed before keeps the head that it was signed with.
What a committee or department has not settled itself, the unit that it belongs to has (its place); what nobody has
settled follows the decree (`letterhead.House`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from documents.writing.letterhead import TERRITORIAL, Body, House, issuer_lines, parent_line
from states.errors import Invalid

LONGEST = 120
"""Characters of a line of the head, and of a place."""


class BadHead(Invalid):
    """«{words}» không đặt lên đầu văn bản được (not for a paper's head): one line of at most 120 characters."""


@dataclass(frozen=True)
class Settled:
    """What a unit settled. `parent_line`: None leaves it to the decree, "" is no line; `place`: "" leaves it."""

    parent_line: str | None = None
    place: str = ""


def house(session: Session, unit_id: int, at: datetime) -> House:
    """How papers that this unit issues are headed at a moment."""
    row = session.connection().exec_driver_sql(_UNIT, {"id": unit_id}).one()
    return _house(row, at)


def house_of(session: Session, document_id: int, at: datetime) -> House:
    """How a document is headed at a moment: as the unit that issues it has settled."""
    row = session.connection().exec_driver_sql(_DOCUMENT, {"id": document_id}).one()
    return _house(row, at)


def issuer(session: Session, unit_id: int) -> tuple[Body, str]:
    """A unit as the issuer of a paper, and its symbol."""
    row = session.connection().exec_driver_sql(_UNIT, {"id": unit_id}).one()
    return Body(*row[:4]), row[6]


def head_lines(session: Session, unit_id: int, at: datetime) -> list[str]:
    """The body above, where it is written, and the unit itself, in capitals: the left half of a table's letterhead."""
    body, _symbol = issuer(session, unit_id)
    above = parent_line(body, house(session, unit_id, at))
    return [*([above] if above else []), " ".join(issuer_lines(body))]


def settled(session: Session, unit_id: int, at: datetime) -> Settled:
    """What the unit itself has settled, as of a moment."""
    row = session.connection().exec_driver_sql(_UNIT, {"id": unit_id}).one()
    return _as_of(row[4], at)


def settle(session: Session, unit_id: int, wanted: Settled, at: datetime) -> bool:
    """Settle it from this moment on; what counted before is kept beside it. Whether anything changed.

    Raises `BadHead`.
    """
    for words in (wanted.parent_line or "", wanted.place):
        if len(words) > LONGEST or not words.isprintable():
            raise BadHead(words=words[:LONGEST])
    kept = session.connection().exec_driver_sql(_LOCKED, {"id": unit_id}).scalar_one()
    if _as_of(kept, at) == wanted:
        return False
    before = [*([{name: kept[name] for name in kept if name != "before"}] if kept else []), *kept.get("before", [])]
    said = {"place": wanted.place, "since": at.isoformat(), "before": before}
    said |= {} if wanted.parent_line is None else {"parent_line": wanted.parent_line}
    keys = {"id": unit_id, "paper": json.dumps(said, ensure_ascii=False)}
    session.connection().exec_driver_sql(_SETTLE, keys)
    return True


def _house(row: Sequence[Any], at: datetime) -> House:
    """A committee or department writes the place of the unit that it belongs to."""
    name, level, above, _above_level, own, of_above, *_ = row
    mine, theirs = _as_of(own, at), _as_of(of_above or {}, at)
    places = {name: mine.place} if mine.place else {}
    if above and level not in TERRITORIAL and (words := mine.place or theirs.place):
        places[above] = words
    return House(places=MappingProxyType(places), above=mine.parent_line)


def _as_of(kept: Mapping[str, Any], at: datetime) -> Settled:
    """The newest setting that was made by then."""
    for one in (kept, *kept.get("before", [])):
        if one and ("since" not in one or datetime.fromisoformat(one["since"]) <= at):
            return Settled(one.get("parent_line"), one.get("place", ""))
    return Settled()


_FIELDS = "i.name, i.level, above.name, above.level, i.paper, above.paper, i.symbol"
_UNIT = f"SELECT {_FIELDS} FROM unit i LEFT JOIN unit above ON above.id = i.parent_id WHERE i.id = %(id)s"
_DOCUMENT = f"""
SELECT {_FIELDS} FROM document d JOIN unit i ON i.id = d.issuer_id LEFT JOIN unit above ON above.id = i.parent_id
 WHERE d.id = %(id)s
"""
_LOCKED = "SELECT paper FROM unit WHERE id = %(id)s FOR NO KEY UPDATE"
_SETTLE = "UPDATE unit SET paper = %(paper)s::jsonb WHERE id = %(id)s"
