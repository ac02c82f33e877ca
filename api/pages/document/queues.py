"""Việc của tôi, queue by queue: what waits, since when, from whom, until when; several may be signed together."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.document import queue_facts
from api.pages.document.queue_facts import MOST, Waiting
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting
from api.pages.vocabulary import SEATS
from states.lifecycle import Action
from states.names import search_form
from states.reading import inbox
from states.reading.inbox import QUEUES, Item, NoSuchQueue

router = APIRouter()
PER_PAGE = 50


@dataclass(frozen=True)
class Queue:
    """One page of a queue. `together`: where the chosen ones go; `counts`: all that wait, by queue."""

    name: str
    lines: list[Waiting]
    all: int
    found: int
    page: int
    words: str
    together: str

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // PER_PAGE))

    def href(self, page: int) -> str:
        """Another page of the same list."""
        asked = {"tim": self.words} if self.words else {}
        return f"/viec/{self.name}?" + urlencode(asked | {"trang": str(page)})


@router.get("/viec/{name}", dependencies=[allowed(Access.OFFICE)])
def show(
    name: str, visit: Visiting, session: InTransaction, tim: Annotated[str, Query(max_length=200)] = "",
    trang: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """A queue of the office, what must be done first in front; `tim` finds in titles and units."""
    holder = visit.me.holder
    if name in QUEUES and name not in inbox.queues_of(holder):
        seats = ", ".join(visit.say(SEATS[seat]) for seat in QUEUES[name])
        return visit.page("queues/not_yours.html", name=name, seats=seats)
    if name not in QUEUES:
        raise NoSuchQueue(name=name, seat=visit.seat, queues=", ".join(inbox.queues_of(holder)))
    items = inbox.queue(session, name, holder, limit=MOST)
    found = [one for one in items if _matches(one, tim)]
    page = min(trang, max(1, -(-len(found) // PER_PAGE)))
    lines = queue_facts.waiting(session, found[(page - 1) * PER_PAGE : page * PER_PAGE])
    queue = Queue(name, lines, len(items), len(found), page, tim.strip(), _TOGETHER.get(name, ""))
    return visit.page("queues/page.html", queue=queue, last=_last(session, name, visit) if not items else None, **TOOLS)


def _matches(item: Item, words: str) -> bool:
    text = search_form(f"{item.title} {item.unit} {item.number or ''}")
    return all(word in text for word in search_form(words).split())


def _last(session: Session, name: str, visit: Visit) -> object:
    return queue_facts.last_done(session, visit.me.holder, _ACTS[name]) if name in _ACTS else None


_TOGETHER = {"presented": "/cho-ky", "to_send": "/can-gui"}
_ACTS = {"presented": Action.SIGN, "to_send": Action.SUBMIT, "to_draft": Action.PRESENT, "to_receive": Action.RECEIVE}
