"""The board while it is open (trực tiếp): a stream of what has changed, until the session ends or half an hour is over.

Every two seconds the pulse is asked in a short transaction of its own; only when it is another one is the board read
again, and what stands in sight (counts, running work) is sent as it looks now. What holds forms is not sent but
fetched anew by the page, when it hears the event `bang`. The stream is no sign of life: an unattended screen ends.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse
from fastapi.security.utils import get_authorization_scheme_param
from sqlalchemy import Engine
from sqlmodel import Session

from api import deps
from api.auth import Access, Person, SignedIn, allowed, cookie_name, let_in
from api.deps import InTransaction, OfMachine
from api.pages.board import tiles as board_tiles
from api.pages.board.asked import Asked, AskedOf
from api.pages.board.facts import Facts, read
from api.pages.board.words import WORDS
from api.pages.shell import Visit, Visiting
from api.scope import path_of
from api.seeing import SeenPlan, look
from states import clock, offices, sessions, tokens
from states.errors import DonDocError
from states.periods import local_day
from states.reading.pulse import pulse
from states.reading.runs import running_now
from states.settings import Settings

router = APIRouter(prefix="/ke-hoach")
log = logging.getLogger("dondoc.live")

EVERY = 2.0
"""Seconds between two looks."""
BEAT = 15.0
"""Seconds of silence after which a word is sent, so that nothing in between takes the line for dead."""
WHOLE = 30 * 60.0
"""Seconds after which the page must be loaded again."""
CHECK = 20.0
"""Seconds between two looks at whether the session is still in force."""
CALM = 5.0
"""Seconds between two invitations to fetch the board anew."""
RESTS = 20
"""How many times as long as it took to read a board the next reading waits: a nation is read less often than a ward."""
MOST = 6
"""Streams of one person at a time."""
_open: Counter[int] = Counter()


@router.get("/{plan_id:int}/song", dependencies=[allowed(Access.OFFICE)])
def live(
    seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction, person: SignedIn, machine: OfMachine,
    bind: Annotated[Engine, Depends(deps.engine)], known: Annotated[str, Query(alias="nhip", max_length=200)] = "",
) -> Response:  # fmt: skip
    """The stream of one board; 204 (nothing, and no second try) where the person has too many open."""
    if _open[person.id] >= MOST:
        return Response(status_code=204)
    path = path_of(session, asked.unit, visit.by, seen)
    watch = Watch(visit, person, machine, bind, asked, path, known or pulse(session, seen.id, path))
    quiet = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(watch), media_type="text/event-stream", headers=quiet)


@dataclass
class Watch:
    """One open board: who looks, at what, and what he was told last."""

    visit: Visit
    person: Person
    machine: Settings
    bind: Engine
    asked: Asked
    path: str
    token: str
    checked: float = field(default_factory=time.monotonic)
    called: float = 0.0
    rests: float = 0.0
    owing: bool = False

    def look(self) -> str | None:
        """What to send now: messages, "" for nothing new, None where it is over."""
        now = clock.now()
        with let_in(self.bind, self.visit.me.office_id) as session:
            token = pulse(session, self.asked.plan_id, self.path)
            if time.monotonic() - self.checked > CHECK:
                self.checked = time.monotonic()
                if not self._still_allowed(session, now):
                    return None
            said: str | None = ""
            if token != self.token and time.monotonic() >= self.rests:
                began = time.monotonic()
                said, self.token, self.owing = self._changed(session, now), token, True
                self.rests = time.monotonic() + RESTS * (time.monotonic() - began)
            return None if said is None else said + self._invitation()

    def _invitation(self) -> str:
        if not self.owing or time.monotonic() - self.called < CALM:
            return ""
        self.owing, self.called = False, time.monotonic()
        return message("1", event="bang")

    def _changed(self, session: Session, now: datetime) -> str | None:
        by = replace(self.visit.by, at=now)
        visit = replace(self.visit, session=session, by=by)
        seen = look(session, self.asked.plan_id, by)
        if seen is None:  # the right to see it has ended since
            return None
        facts = read(session, seen, self.asked, by)
        return message(in_sight(visit, facts, running_now(session, seen.id, now)))

    def _still_allowed(self, session: Session, now: datetime) -> bool:
        held = offices.of_person(session, self.person.id, local_day(now))
        here = any(one.office_id == self.visit.me.office_id for one in held) and self._signed_in(session, now)
        return here and look(session, self.asked.plan_id, replace(self.visit.by, at=now)) is not None

    def _signed_in(self, session: Session, now: datetime) -> bool:
        request = self.visit.request
        if self.person.web is None:
            _, secret = get_authorization_scheme_param(request.headers.get("authorization"))
            return tokens.verify(session, secret, now) == self.person.id
        found = sessions.find(session, request.cookies.get(cookie_name(self.machine), ""), now)
        return found is not None and found.id == self.person.web.id


async def stream(watch: Watch) -> AsyncIterator[str]:
    """The messages of one stream, until it is over or the reader has gone."""
    _open[watch.person.id] += 1
    began = beaten = time.monotonic()
    try:
        yield ": xin chào\n\n"
        while time.monotonic() - began < WHOLE:
            said = await asyncio.to_thread(_looked, watch)
            if said is None:
                break
            if said or time.monotonic() - beaten > BEAT:
                beaten = time.monotonic()
                yield said or ": còn đây\n\n"
            await asyncio.sleep(EVERY)
        yield message("1", event="het")
    finally:
        _open[watch.person.id] -= 1
        if not _open[watch.person.id]:
            del _open[watch.person.id]


def _looked(watch: Watch) -> str | None:
    """A look that fails for a moment (no database) says nothing; the next one may."""
    try:
        return watch.look()
    except DonDocError as error:
        log.info("a look at board %s said nothing (%s)", watch.asked.plan_id, type(error).__name__)
        return ""


def in_sight(visit: Visit, facts: Facts, runs: object) -> str:
    """The parts of the page that hold no forms, each to stand in the place of its like."""
    told = {"facts": facts, "asked": facts.asked, "tally": facts.tally, "runs": runs, **WORDS,
            "shares": board_tiles.shares(facts.tally)}  # fmt: skip
    return visit.part("board/in_sight.html", **told)


def message(data: str, *, event: str = "") -> str:
    """One message of a stream."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return (f"event: {event}\n" if event else "") + lines + "\n"
