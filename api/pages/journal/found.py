"""A search of the journal carried out: names looked up, one page of steps, how many there were day by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from api.auth import Caller
from api.pages.journal import names as journal_names
from api.pages.journal.asked import DAYS, Search
from api.pages.journal.chart import Chart, chart
from api.pages.journal.names import Name
from api.scope import path_of
from states.errors import Invalid
from states.reading.journal import Asked, Leaf, Mark, journal, per_day

PAGE = 50
_SHORT = 7
"""A range of fewer days is drawn with the days around it."""


class ChooseOne(Invalid):
    """«{words}» không rõ là ai, ở đâu (the name is not clear): go back, choose one of the list, then export."""


@dataclass(frozen=True)
class Choice:
    """Something that was typed and means several, or none; `href` is the search with one of them chosen."""

    words: str
    names: Sequence[Name]
    href: Callable[[int], str]


@dataclass(frozen=True)
class Found:
    """A search understood. `chosen`: what the search is narrowed to; `open`: names that mean several things."""

    search: Search
    asked: Asked
    first: date
    last: date
    chosen: dict[str, Name]
    open: list[Choice] = field(default_factory=list)

    @property
    def earlier(self) -> date:
        """A year before the first day, for whoever found nothing."""
        return self.first - timedelta(days=365)


def clear(session: Session, search: Search, by: Caller) -> Found:
    """The same for a file, which nobody can choose in. Raises `ChooseOne` where a name is not clear."""
    found = understand(session, search, by)
    if found.open:
        raise ChooseOne(words=found.open[0].words)
    return found


def understand(session: Session, search: Search, by: Caller) -> Found:
    """The names looked up. Raises `NotBelowYou` for a unit that is not the visitor's to look at."""
    search = search.unless_usual(by.day)
    told: dict[str, Name] = {}
    left: list[Choice] = []
    widest = path_of(session, None, by)
    for part, words, look in _LOOKS:
        text = str(getattr(search, words))
        names = look(session, text, widest, by.day) if text else ()
        if text and len(names) == 1:
            found: dict[str, Any] = {part: names[0].id, words: ""}
            search = replace(search, **found)
        elif text:
            left.append(Choice(text, names, _chosen(search, part, words)))
    for part, name in journal_names.of(session, search.person, search.unit, search.document, widest).items():
        told[part] = name
    first, last = search.days(by.day)
    asked = Asked(
        path_of(session, search.unit, by), search.person, search.actions, first, last, search.document,
        search.authority or None, bool(search.outside),
    )  # fmt: skip
    return Found(search, asked, first, last, told, left)


def _chosen(search: Search, part: str, words: str) -> Callable[[int], str]:
    changes: dict[str, Any] = {words: ""}
    return lambda one: search.href(**{**changes, part: one})


def leaf(session: Session, found: Found) -> Leaf:
    """The page of steps. Raises `BadMark`. Nothing is shown before the names are clear."""
    if found.open:
        return Leaf((), None, None)
    older, newer = found.search.older, found.search.newer
    return journal(session, found.asked, older_than=Mark.read(older) if older else None,
                   newer_than=Mark.read(newer) if newer else None, limit=PAGE)  # fmt: skip


def drawn(session: Session, found: Found, today: date) -> Chart:
    """The chart of the range; of a few days, the weeks around them, with those days marked."""
    first, last = found.first, found.last
    if (last - first).days + 1 < _SHORT:
        last = min(max(today, last), last + timedelta(days=DAYS // 2))
        first = last - timedelta(days=DAYS - 1)
    days = per_day(session, replace(found.asked, first=first, last=last))
    search = found.search
    return chart(days, lambda a, b: search.href(first=a, last=b), marked=(found.first, found.last))


_Look = Callable[[Session, str, str, date], Sequence[Name]]
_LOOKS: tuple[tuple[str, str, _Look], ...] = (
    ("person", "who", journal_names.people), ("unit", "where", journal_names.units_below),
    ("document", "number", journal_names.documents_numbered),
)  # fmt: skip
