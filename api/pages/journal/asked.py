"""What the address of the journal asks for; every choice is a part of it, so that a link shows the same.

What is not understood is left out, never refused. A name that was typed (`who`, `where`, `number`) is looked up and
stands for the one that it means, or for the few to choose from.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query

from api.pages import typed
from api.pages.addresses import changed, query
from states.lifecycle import Action
from states.offices import AUTHORITIES

DAYS = 30
"""So many days are shown where nobody says from when to when."""
_OF_A_DOCUMENT = 2 * 366
"""Of one document its whole life, near enough."""
_BIG = 2**63 - 1


@dataclass(frozen=True)
class Search:
    """The address taken apart. `older`, `newer`: the mark beyond which the page lies."""

    person: int | None = None
    who: str = ""
    unit: int | None = None
    where: str = ""
    document: int | None = None
    number: str = ""
    actions: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    authority: str = ""
    outside: str = ""
    older: str = ""
    newer: str = ""

    def href(self, ending: str = "", **changes: object) -> str:
        """The same search with something else asked, from its newest page on."""
        return f"/nhat-ky{ending}{changed(self, {'older': '', 'newer': ''}, changes).query}"

    @property
    def query(self) -> str:
        """As it follows an address, with its «?»; "" where nothing is asked."""
        return query(self, _NAMES)

    @property
    def narrowed(self) -> bool:
        """Whether anything but days is asked."""
        return any(getattr(self, part) for part in _NAMES if part not in ("first", "last", "older", "newer"))

    def unless_usual(self, today: date) -> "Search":
        """Without the days that a form carries along where nobody chose any."""
        usual = (today - timedelta(days=DAYS - 1), today)
        return replace(self, first=None, last=None) if (self.first, self.last) == usual else self

    def days(self, today: date) -> tuple[date, date]:
        """From which local day to which, both inclusive; the last `DAYS` unless they are named."""
        last = self.last or (max(today, self.first) if self.first else today)
        first = self.first or last - timedelta(days=(_OF_A_DOCUMENT if self.document else DAYS) - 1)
        return (first, last) if first <= last else (last, first)


_NAMES = {"person": "nguoi", "who": "ten", "unit": "don-vi", "where": "noi", "document": "van-ban", "number": "so",
          "actions": "viec", "first": "tu", "last": "den", "authority": "quyen", "outside": "ngoai", "older": "cu-hon",
          "newer": "moi-hon"}  # fmt: skip
assert set(_NAMES) == {one.name for one in fields(Search)}
_Text = Annotated[str, Query(max_length=200)]


def asked(
    nguoi: _Text = "", ten: _Text = "", noi: _Text = "", so: _Text = "", tu: _Text = "", den: _Text = "",
    quyen: _Text = "", ngoai: _Text = "", unit: Annotated[str, Query(alias="don-vi", max_length=20)] = "",
    document: Annotated[str, Query(alias="van-ban", max_length=20)] = "",
    actions: Annotated[list[str] | None, Query(alias="viec", max_length=30)] = None,
    older: Annotated[str, Query(alias="cu-hon", max_length=80)] = "",
    newer: Annotated[str, Query(alias="moi-hon", max_length=80)] = "",
) -> Search:  # fmt: skip
    """The address of the journal. What is typed anew takes the place of what was chosen before."""
    person, place = typed.number(nguoi), typed.number(unit)
    return Search(
        None if ten.strip() else person, ten.strip(), None if noi.strip() else place, noi.strip(),
        None if so.strip() else typed.number(document, _BIG), so.strip(),
        tuple(one for one in Action if one in (actions or ())), typed.day(tu), typed.day(den),
        quyen if quyen in AUTHORITIES else "", "1" if ngoai else "", older, newer,
    )  # fmt: skip


SearchOf = Annotated[Search, Depends(asked)]
