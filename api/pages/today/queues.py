"""My queues as Hôm nay shows them: a few of each, what presses most in front, how late each one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from api.pages.shell import Visit
from states.calendar import Calendar
from states.periods import local_day
from states.reading import inbox
from states.reading.inbox import Item
from states.reading.standings import Standing

SHOWN = 5
_IN_ORDER = ("returned", "presented", "to_send", "to_draft", "to_receive", "to_accept", "to_register")


@dataclass(frozen=True)
class Waits:
    """A document that waits, the day that it must keep, and its standing as `ui.standing` shows it."""

    item: Item
    due: date | None
    standing: Standing
    days_late: int
    days_left: int | None


@dataclass(frozen=True)
class Pile:
    """One queue: how many wait in all, and the first of them."""

    name: str
    count: int
    lines: tuple[Waits, ...]

    @property
    def late(self) -> int:
        """How many of those shown are past their date."""
        return sum(line.standing is Standing.OVERDUE for line in self.lines)


def piles(session: Session, visit: Visit, calendar: Calendar) -> list[Pile]:
    """The queues of the office acted in, in the order in which they press."""
    holder = visit.me.holder
    found = inbox.inbox(session, holder, visit.by.day, limit=SHOWN) if holder.holds_on(visit.by.day) else {}
    return [
        Pile(name, visit.counts.get(name, len(found[name])), tuple(waits(found[name], visit.now, calendar)))
        for name in _IN_ORDER if name in found
    ]  # fmt: skip


def waits(items: Iterable[Item], now: datetime, calendar: Calendar) -> Iterable[Waits]:
    """Each item with how it stands to its date. What has been sent is late no more."""
    for item in items:
        due = item.due_at
        day = calendar.due_day(due) if due is not None else None
        if due is None or day is None or item.state not in _AT_HOME:
            yield Waits(item, day, standing_of(item.state, item.desk), 0, None)
        elif due <= now:
            yield Waits(item, day, Standing.OVERDUE, calendar.days_late(due, now), None)
        else:
            left = calendar.working_days_between(local_day(now), day)
            yield Waits(item, day, standing_of(item.state, item.desk), 0, left)


def standing_of(state: str, desk: str) -> Standing:
    """How a document stands, its date aside."""
    if state == "draft":
        return Standing.PRESENTED if desk == "leader" else Standing.DRAFTING
    return _STANDINGS[state]


_AT_HOME = ("draft", "signed", "returned")
_STANDINGS = {
    "signed": Standing.SIGNED_NOT_SENT, "returned": Standing.RETURNED, "submitted": Standing.SENT_ON_TIME,
    "consolidated": Standing.CONSOLIDATED, "withdrawn": Standing.CANCELLED,
}  # fmt: skip
