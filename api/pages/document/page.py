"""All that the page of a document shows, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from api import lists
from api.pages.document import news as document_news
from api.pages.document import places as document_places
from api.pages.document import text as document_text
from api.pages.document import turn as document_turn
from api.pages.document.news import Look, News
from api.pages.document.offers import Offered, offered
from api.pages.document.paper import signer
from api.pages.document.shown import Shown, form_of, shown
from api.pages.document.text import Said, TextTable
from api.pages.document.turn import Coming
from api.pages.draft.facts import word_of_return
from api.pages.formats import moment
from api.pages.shell import Visit
from api.seeing import Sight
from documents.forms import Form
from documents.writing.composing import compose
from documents.writing.paper import Paper
from states import notes, policy, steps
from states.errors import Reason
from states.lifecycle import Action, Desk, Seat, State
from states.reading import links, talk, timeline
from states.reading.links import Link
from states.reading.staleness import stale_totals
from states.reading.talk import Thread
from states.reading.timeline import Event

Row = Mapping[str, Any]
_OPEN = (State.DRAFT, State.SIGNED, State.RETURNED)


@dataclass(frozen=True)
class Document:
    """A document for one visitor at one moment. `came_back`: the last word with which it came back and that no
    presentation has answered. `stale`: units whose figures in this total are no longer what they say."""

    seen: Sight
    row: Row
    shown: Shown | None
    form: Form | None
    paper: Paper | None
    text: Sequence[Said | TextTable]
    offers: Offered
    turn: str
    why_nothing: str
    news: News
    events: Sequence[Event]
    desks: Mapping[str, timedelta]
    coming: Sequence[Coming]
    sendings: Sequence[Row]
    requests: Sequence[Row]
    links: Mapping[str, Sequence[Link]]
    threads: Sequence[Thread]
    places: Sequence[tuple[str, str]]
    talks: bool
    writes: bool
    asks_time: bool
    answers_time: bool
    came_back: Event | None
    stale: Sequence[str]
    visit: Visit

    @property
    def id(self) -> int:
        """Its number."""
        return self.seen.id

    @property
    def deadline(self) -> datetime | None:
        """What it must keep now: the date of a correction, else the deadline in force."""
        due: datetime | None = self.row["correction_due"] or self.row["deadline"]
        return due if self.seen.state in _OPEN else None

    @property
    def findings(self) -> Mapping[str, list[Row]]:
        """What the checks found, by severity, the worst first."""
        found: dict[str, list[Row]] = {"refuse": [], "explain": [], "note": []}
        for one in self.shown.findings if self.shown else ():
            found[one["severity"]].append(one)
        return found

    @property
    def unanswered(self) -> int:
        """Findings that keep a signature away: to be corrected, or to be explained by the drafter."""
        found = self.findings
        return len(found["refuse"]) + sum(not one["explained"] for one in found["explain"])

    @property
    def signing(self) -> tuple[Reason, ...] | None:
        """What stands in the way of my signature; None where I am not to sign."""
        offer = self.offers.get(Action.SIGN)
        return offer.reasons if offer else None

    @property
    def has_mandate(self) -> bool:
        """Whether my mandate covers this signature."""
        return not any(reason.place == "thẩm quyền ký" for reason in self.signing or ())

    @property
    def other_eyes(self) -> bool:
        """Whether I did not write what I am to sign."""
        return not any(reason.place == "người ký" for reason in self.signing or ())

    @property
    def signed_as(self) -> str:
        """As what I would sign: the last lines of the block under the paper («KT. CHỦ TỊCH, PHÓ CHỦ TỊCH»)."""
        return signed_as(self.paper) if self.paper else ""

    def place(self, place: str | None) -> str:
        """A place in words."""
        return document_places.name(place, self.form, self.shown.content if self.shown else {}, self.visit.say)

    def known(self, place: str | None) -> bool:
        """Whether a place has an element on the page."""
        return bool(place) and any(one == place for one, _ in self.places) or bool(place and self._cells(place))

    def _cells(self, place: str) -> bool:
        tables = (one for one in self.text if isinstance(one, TextTable))
        return any(cell.place == place for table in tables for row in table.rows for cell in row.cells)


def document(session: Session, seen: Sight, visit: Visit, no: int | None, look: Look | None) -> Document:
    """Everything for the page. Raises `NoSuchRevision`."""
    row = lists.document(session, seen.id)
    found, form = shown(session, seen, row, visit.by, no), form_of(row)
    events = told(timeline.timeline(session, seen.id))
    seats = policy.seats(visit.me.holder, seen.parties, visit.by.day)
    writes = Seat.DRAFTER in seats and seen.state in (State.DRAFT, State.RETURNED)
    may = offered(steps.allowed(session, seen.id, visit.me.actor, visit.now), seen.kind, seen.state,
                  Desk(row["desk"]), writes)  # fmt: skip
    sendings = lists.sendings(session, seen.id)
    holder = _at_desk(session, row["desk_office_id"])
    paper = compose(session, seen.id, found.id, visit.now, office_id=signer(seen, visit.by)) if found else None
    content = found.content if found else {}
    return Document(
        seen, row, found, form, paper, document_text.text_of(paper, form, content) if paper else (), may,
        document_turn.turn(row, holder, visit.me.office_id, visit.say, moment),
        document_turn.not_offered(seen, seats, visit.say),
        document_news.news(session, seen, visit.by, look, found, events, form), events,
        timeline.time_on_desks(events, visit.now),
        document_turn.coming(row, holder, not (sendings and sendings[-1]["received_at"])), sendings,
        lists.requests(session, seen.id), _by_role(links.links(session, seen.id)),
        talk.threads(session, seen.id), document_places.choices(form, content, visit.say),
        notes.may_talk(visit.me.holder, visit.by.outlook, seen.parties, visit.by.day), writes,
        *_deadlines(seen, row, visit), word_of_return(events) if seen.state in _OPEN else None,
        _stale(session, seen) if paper and paper.annexes else (), visit,
    )  # fmt: skip


def signed_as(paper: Paper) -> str:
    """In what authority it is signed, as the block under it says."""
    return ", ".join(paper.signatory.lines[-2:])


def told(events: Sequence[Event]) -> list[Event]:
    """The timeline as people tell it: the incoming number stands with the step that gave it."""
    numbers = {one.at: one.words for one in events if one.topic == "received"}
    return [
        replace(one, number=numbers[one.at]) if one.what == "receive" and one.at in numbers else one
        for one in events if one.topic != "received"
    ]  # fmt: skip


def _deadlines(seen: Sight, row: Row, visit: Visit) -> tuple[bool, bool]:
    """Whether the visitor may ask for more time, and whether he answers such requests."""
    owed = row["due_at"] is not None and seen.state in _OPEN and not row["waived"] and not row["cancelled"]
    asks = owed and seen.is_ours(visit.by) and visit.seat in ("drafter", "leader", "clerk")
    return asks, owed and visit.me.unit_id == seen.parties.receiver_id and visit.seat in ("supervisor", "leader")


def _stale(session: Session, seen: Sight) -> list[str]:
    """The units whose figures stand in this total although they have moved on."""
    return [cause.unit for total in stale_totals(session, document_id=seen.id) for cause in total.causes]


def _at_desk(session: Session, office_id: int | None) -> str | None:
    return str(lists.office(session, office_id)["person"]) if office_id else None


def _by_role(found: Sequence[Link]) -> dict[str, list[Link]]:
    """Links under «answers», «plan», …; those that point here under «answers<», …."""
    made: dict[str, list[Link]] = {}
    for one in found:
        made.setdefault(one.role if one.outward else f"{one.role}<", []).append(one)
    return made
