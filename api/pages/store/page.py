"""Kho: documents found by one free box and filters, sorted, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.auth import Access, Caller, allowed
from api.deps import InTransaction
from api.pages.shell import Visit, Visiting
from api.pages.store.asked import LATES, SORTS, STATES, Asked, AskedOf, understood
from api.pages.today.queues import standing_of
from states import units
from states.calendar import Calendar
from states.days import calendar
from states.reading.documents import Found, Late, Seer, Sort, find
from states.reading.search_words import understand
from states.reading.standings import Standing

router = APIRouter()
PAGE = 50
_YEARS = 8


@dataclass(frozen=True)
class Row:
    """A result. `due`: the day that it must keep; `standing`: as `ui.standing` shows it, where it tells more."""

    it: Found
    due: date | None
    standing: Standing | None
    days_late: int = 0
    days_left: int | None = None


@dataclass(frozen=True)
class Try:
    """What to try where nothing was found: in words, and the search without it."""

    words: str
    href: str


@router.get("/kho", dependencies=[allowed(Access.OFFICE)])
def store(asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """What may be seen of it."""
    place = units.get(session, asked.unit) if asked.unit else None
    wanted = asked.wanted(place.path if place else None)
    found = find(
        session, wanted, seer=seer(visit.by), after=asked.after, before=asked.before, limit=PAGE,
        sort=Sort(asked.sort or Sort.NEWEST), now=visit.now, count=True,
    )  # fmt: skip
    known, year = calendar(session), visit.by.day.year
    return visit.page(
        "store/page.html", asked=asked, place=place, found=found, states=STATES,
        years=range(year + 1, year - _YEARS, -1), rows=[_row(one, visit.now, known) for one in found.documents],
        understood=understood(asked.text, visit.say),
        sorts={str(key): visit.say(word) for key, word in SORTS.items()},
        lates={str(key): visit.say(word) for key, word in LATES.items()},
        tries=[] if found.documents else list(_tries(asked, visit)),
    )  # fmt: skip


def seer(by: Caller) -> Seer | None:
    """For whom the list is; None: an auditor sees all."""
    return None if by.held.seat == "auditor" else Seer(by.held.unit_id, by.held.path, by.outlook)


def _row(one: Found, now: datetime, known: Calendar) -> Row:
    due = one.correction_due or one.due_at
    day = known.due_day(due) if due is not None else None
    if one.late == Late.OVERDUE and due is not None:
        return Row(one, day, Standing.OVERDUE, known.days_late(due, now))
    if one.late == Late.SENT_LATE and one.state == "submitted":
        return Row(one, day, Standing.SENT_LATE)
    lies = one.state == "draft" and one.desk == "leader"
    return Row(one, day, standing_of(one.state, one.desk) if lies else None)


def _tries(asked: Asked, visit: Visit) -> Iterator[Try]:
    """Each condition left out by itself."""
    names = {
        "kind": visit.say("Mọi loại văn bản"), "state": visit.say("Mọi trạng thái"), "year": visit.say("Mọi năm"),
        "unit": visit.say("Mọi đơn vị"), "unit_words": visit.say("Mọi đơn vị"), "level": visit.say("Mọi cấp"),
        "late": visit.say("Không kể sớm, chậm"), "outside": visit.say("Cả văn bản ký trong hệ thống"),
        "plan": visit.say("Mọi kế hoạch"), "first": visit.say("Kỳ sớm hơn nữa"), "last": visit.say("Kỳ muộn hơn nữa"),
    }  # fmt: skip
    for part in asked.active:
        yield Try(names[part], asked.href(**{part: "" if isinstance(getattr(asked, part), str) else None}))
    it = understand(asked.text)
    if it.year is not None and (it.words or it.number or it.symbol):
        yield Try(visit.say("Bỏ năm %d") % it.year, asked.href(text=_without(asked.text, str(it.year))))
    if len(it.words) > 2:
        yield Try(visit.say("Chỉ tìm «%s»") % " ".join(it.words[:2]), asked.href(text=" ".join(it.words[:2])))
    if it.number is not None and it.symbol:
        yield Try(visit.say("Chỉ tìm số %d") % it.number, asked.href(text=f"số {it.number}"))


def _without(text: str, word: str) -> str:
    return " ".join(one for one in text.split() if one != word)
