"""Saving what a page has sent: read, brought together with what others saved meanwhile, kept through the one door."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api.pages.draft.merge import Clash, Flat, choose, flat, merge, unflat
from api.pages.draft.post import Heard, hear
from api.pages.draft.sheet import Sheet, of_content, spoken
from documents import drafting
from documents.forms import Form
from states import contents
from states.policy import Holder


@dataclass(frozen=True)
class Sent:
    """What a page sent: its sheet, the version and content that it began from; `theirs`: where the other was chosen."""

    sheet: Sheet
    version: int
    base: Flat
    theirs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kept:
    """What is saved now. `saved`: whether this act wrote it. `came`: places that others had changed.

    `clashes`: nothing was saved, somebody must choose first; `sheet` then holds mine, with all else of theirs.
    """

    sheet: Sheet
    heard: Heard
    content: dict[str, Any]
    version: int
    saved: bool
    came: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def base(self) -> Flat:
        """What the page begins from next."""
        return flat(self.content)


def keep(session: Session, document_id: int, form: Form, sent: Sent, holder: Holder, at: datetime) -> Kept:
    """Save a page. Raises what the door refuses: `NotADraft`, `NotItsDrafter`, `BadContent`."""
    contents.lock_draft(session, document_id, holder)
    now, heard = contents.draft(session, document_id), hear(sent.sheet, form)
    theirs = flat(now.content)
    mine = _mine(sent, flat(heard.content), theirs)
    if now.version == sent.version and mine == flat(heard.content):
        return _write(session, document_id, form, sent.sheet, heard, now, holder, at)
    merged = merge(sent.base, mine, theirs)
    content = unflat(merged.flat, form)
    sheet = _again(of_content(content, form), sent.sheet, heard.unread)
    if merged.clashes:
        return Kept(sheet, heard, now.content, now.version, False, merged.came, merged.clashes)
    done = _write(session, document_id, form, sheet, hear(sheet, form), now, holder, at)
    return Kept(done.sheet, done.heard, done.content, done.version, done.saved, merged.came)


def stored(session: Session, document_id: int, form: Form) -> Kept:
    """What is saved, as a page shows it that nobody has written into yet."""
    now = contents.draft(session, document_id)
    sheet = of_content(now.content, form)
    return Kept(sheet, hear(sheet, form), now.content, now.version, False)


def base_of(text: str) -> Flat:
    """What the page says it began from; nothing where it says nothing readable, or what no content could say."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return {place: said for place, said in found.items() if _sayable(said)} if isinstance(found, dict) else {}


def _sayable(said: Any) -> bool:
    return isinstance(said, (str, int)) or isinstance(said, list) and all(isinstance(one, str) for one in said)


def shown(place: str, value: Any) -> str:
    """What stands at a place, for whoever must choose."""
    if value is None or value == "":
        return ""
    if value is True:
        return "✓"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return spoken(value) if place.startswith("figures|") or place.rpartition("|")[2].startswith("v") else str(value)


def _mine(sent: Sent, said: Flat, theirs: Flat) -> Flat:
    """What I said, with the other's word where I chose it: what I began from is then theirs. One chooses at places
    that one of both contents has, and at no other.
    """
    chosen = [place for place in said | theirs if place in sent.theirs]
    return choose(said, sent.base, chosen) if chosen else said


def _write(
    session: Session, document_id: int, form: Form, sheet: Sheet, heard: Heard, now: contents.Draft, holder: Holder,
    at: datetime,
) -> Kept:  # fmt: skip
    """Through the door, unless it says what is saved already: who saves is an author, who only looks is none."""
    if heard.content == {"form": form.key, **_empty(form), **now.content}:
        return Kept(sheet, heard, now.content, now.version, False)
    version, _ = drafting.save(session, document_id, heard.typed, now.version, holder, at)
    return Kept(sheet, heard, heard.content, version, True)


def _empty(form: Form) -> dict[str, Any]:
    plan: dict[str, Any] = {"tasks": [], "assignees": []} if form.kind == "plan" else {}
    return {"figures": {}, "rows": [], "nil": [], "texts": {}, **plan}


def _again(sheet: Sheet, sent: Sheet, unread: Iterable[str]) -> Sheet:
    """What could not be read stays in its field, for its writer to put right."""
    for name in unread:
        sheet.set(name, sent.get(name))
    return sheet
