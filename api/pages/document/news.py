"""What changed since I last saw it (có gì mới từ lần xem trước): steps and words of others, and the content itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from api import lists
from api.auth import Caller
from api.pages.document.shown import Shown
from api.routes.documents import note_seen as note
from api.seeing import Sight
from documents.changes import Part
from documents.comparing import compare, count
from documents.forms import Form
from states.reading.timeline import Event

_KEPT_SECONDS = 1800
_COOKIE = "dondoc-xem"


@dataclass(frozen=True)
class Look:
    """How far somebody had seen a document."""

    seq: int
    at: datetime


@dataclass(frozen=True)
class News:
    """What is new since `look`, None for who sees it the first time. `parts`: the content against the revision `base`,
    which is the one that he saw then, else the one before."""

    look: Look | None
    events: tuple[Event, ...]
    base: int | None
    parts: tuple[Part, ...]
    saw_base: bool

    @property
    def changes(self) -> int:
        """How many places of the content changed."""
        return count(list(self.parts))


def news(
    session: Session, seen: Sight, by: Caller, look: Look | None, found: Shown | None, events: Sequence[Event],
    form: Form | None,
) -> News:  # fmt: skip
    """What is new; one comparison of two contents at most."""
    me = (by.held.person, by.held.title, by.held.unit)
    fresh = [one for one in events if look and one.at > look.at and (one.person, one.title, one.unit) != me
             and one.topic != "reminder"]  # fmt: skip
    base, saw = _base(found, look)
    parts = compare(lists.revision(session, seen.id, base["no"])[0]["content"], found.content, form) if (
        found and base) else []  # fmt: skip
    return News(look, tuple(fresh), base["no"] if base else None, tuple(parts), saw)


def last_look(session: Session, seen: Sight, by: Caller, request: Request) -> Look | None:
    """The last look before this visit; a page read again within half an hour still tells the same news."""
    kept = request.cookies.get(_COOKIE, "")
    if kept.count("~") == 2 and kept.split("~")[0] == str(seen.id):
        try:
            return Look(int(kept.split("~")[1]), datetime.fromisoformat(kept.split("~")[2]).astimezone())
        except (ValueError, OverflowError):  # somebody wrote it himself
            pass
    row = session.connection().exec_driver_sql(_SEEN, {"id": seen.id, "person": by.held.person_id}).one_or_none()
    return Look(row[0], row[1]) if row else None


def note_seen(session: Session, seen: Sight, by: Caller, look: Look | None, answer: Response, path: str) -> None:
    """Note this look; the last one is remembered for the visit, for this page alone."""
    if by.held.seat in ("auditor", "admin"):
        return
    note(seen, session, by)
    if look is not None:
        value = f"{seen.id}~{look.seq}~{look.at.isoformat()}"
        answer.set_cookie(_COOKIE, value, _KEPT_SECONDS, path=path, httponly=True, samesite="lax")


def _base(found: Shown | None, look: Look | None) -> tuple[Mapping[str, Any] | None, bool]:
    """The revision to compare with, and whether it is the one that was seen last."""
    if found is None:
        return None, False
    before = [one for one in found.all if found.no is None or one["no"] < found.no]
    known = [one for one in before if look and one["cut_at"] <= look.at]
    if look and found.cut_at and found.cut_at <= look.at and found.no is not None:
        return (before[-1] if before else None), False  # he has seen this one
    return (known[-1], True) if known else (before[-1] if before else None, False)


_SEEN = "SELECT seq, at FROM seen WHERE document_id = %(id)s AND person_id = %(person)s"
