"""Hôm nay put together for whoever works on papers: one look at each reading, nothing reckoned twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from api import auth
from api.pages import months
from api.pages.months import Month
from api.pages.shell import Visit
from api.pages.signing import facts as signing_facts
from api.pages.signing.facts import Ending
from api.pages.today.changes import News, gathered
from api.pages.today.queues import Pile, piles
from states.calendar import Calendar
from states.days import calendar
from states.offices import Held
from states.periods import local_day
from states.reading import changes, inbox, talk, today
from states.reading.standings import Standing
from states.reading.talk import Question
from states.reading.today import Ahead, Duty, Promise

OPEN = ("draft", "signed", "returned")
_LET_OFF = (Standing.WAIVED, Standing.CANCELLED)
_MONTHS = 2
"""So many months are drawn beside the list."""


@dataclass(frozen=True)
class WeekDay:
    """A day of this week: why nobody works (`rest`), what must be sent, what is owed from below, what was promised."""

    day: date
    working: bool
    rest: str
    duties: list[Duty]
    below: list[Ahead]
    promises: list[Promise]


@dataclass(frozen=True)
class Next:
    """The next date to keep: the unit's own, or (`below`) one that units below must keep."""

    day: date
    title: str
    href: str
    below: bool


@dataclass(frozen=True)
class Today:
    """All that the page shows. `elsewhere`: my other offices with how many wait for me there; `ending`: my
    certificates that run out soon."""

    piles: list[Pile]
    week: list[WeekDay]
    months: list[tuple[date, list[Duty]]]
    drawn: list[Month]
    ahead: list[tuple[Ahead, date | None]]
    promises: list[Promise]
    questions: list[Question]
    since: datetime
    news: list[News]
    next: Next | None
    elsewhere: list[tuple[Held, int]]
    ending: list[Ending]

    @property
    def waiting(self) -> list[Pile]:
        """The queues in which something lies."""
        return [pile for pile in self.piles if pile.count]

    @property
    def clear(self) -> list[Pile]:
        """The queues that are empty."""
        return [pile for pile in self.piles if not pile.count]


def read(session: Session, visit: Visit) -> Today:
    """Everything for the office acted in, as of the visit's moment."""
    known, holder, day, now = calendar(session), visit.me.holder, visit.by.day, visit.now
    monday, _ = today.week(day)
    owed = today.duties(session, holder, now, known, since=min(monday, day.replace(day=1)))
    follows = visit.seat in ("supervisor", "leader")
    promised = today.promises(session, holder, now) if follows else []
    below = today.ahead(session, holder, now)
    since = changes.last_morning(now, known)
    return Today(
        piles(session, visit, known), _week(monday, known, (owed, below, promised)), by_month(owed),
        _drawn(known, owed, day, visit),
        [(one, _day(known, one)) for one in below], promised, talk.asked_of(session, holder, day), since,
        gathered(changes.changes(session, holder, since, now)), _next(owed, below, known, day),
        _elsewhere(session, visit), signing_facts.mine_ending(session, visit.me.person_id, now),
    )  # fmt: skip


def is_open(duty: Duty) -> bool:
    """Whether it still has to be sent."""
    return duty.line.state in OPEN and duty.line.standing not in _LET_OFF


def by_month(owed: Iterable[Duty]) -> list[tuple[date, list[Duty]]]:
    """Duties under the first day of their month, in order."""
    found: dict[date, list[Duty]] = {}
    for duty in sorted(owed, key=lambda one: one.day):
        found.setdefault(duty.day.replace(day=1), []).append(duty)
    return list(found.items())


def _week(
    monday: date, known: Calendar, told: tuple[Sequence[Duty], Sequence[Ahead], Sequence[Promise]]
) -> list[WeekDay]:
    owed, below, promised = told
    days = [monday + timedelta(days=n) for n in range(7)]
    return [
        WeekDay(day, known.is_working(day), known.rest_reason(day), [one for one in owed if one.day == day],
                [one for one in below if _day(known, one) == day], [one for one in promised if one.promised == day])
        for day in days
    ]  # fmt: skip


def _day(known: Calendar, one: Ahead) -> date | None:
    return known.due_day(one.next_due) if one.next_due is not None else None


def _drawn(known: Calendar, owed: Iterable[Duty], day: date, visit: Visit) -> list[Month]:
    """The months in which something must still be sent, from this one on."""
    marks: Mapping[date, Sequence[str]] = {one.day: (visit.say("hạn"),) for one in owed if is_open(one)}
    ahead = {at: words for at, words in marks.items() if at >= day.replace(day=1)}
    return months.months_of(known, ahead)[:_MONTHS]


def _next(owed: Iterable[Duty], below: Iterable[Ahead], known: Calendar, day: date) -> Next | None:
    mine = [Next(one.day, one.line.title, f"/van-ban/{one.line.document_id}", False) for one in owed
            if is_open(one) and one.day >= day]  # fmt: skip
    theirs = [Next(known.due_day(one.next_due), one.plan, f"/ke-hoach/{one.plan_id}", True) for one in below
              if one.next_due is not None]  # fmt: skip
    return min([*mine, *theirs], key=lambda one: (one.day, one.below), default=None)


def _elsewhere(session: Session, visit: Visit) -> list[tuple[Held, int]]:
    """What waits in the offices that one does not act in now: nobody should find it by chance.

    Papers that have not come yet wait for their senders.
    """
    found = []
    for held in visit.held:
        if held.office_id != visit.me.office_id and held.holder.holds_on(local_day(visit.now)):
            by = auth.of_office(held, visit.now)
            told = inbox.counts(session, held.holder, by.outlook, visit.now)
            found.append(
                (held, sum(told.get(name, 0) for name in inbox.queues_of(held.holder) if name != "to_register"))
            )
    return found
