"""Finding documents (tra cứu văn bản) by number, title, unit, state, subject, period or plan; page by page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.duties import IN_FORCE
from states.names import search_form
from states.reading.links import NUMBER


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None or empty asks nothing.

    `number`: "236", "236/BC-UBND" or "/BC-UBND". `words`: each must stand in the title, with or without diacritics.
    `unit_id`: the document's unit; `path`: it and all below. `on`: a local day within the period of the data.
    """

    number: str = ""
    words: str = ""
    unit_id: int | None = None
    path: str | None = None
    kind: str | None = None
    states: Sequence[str] = ()
    subject: str | None = None
    on: date | None = None
    plan_id: int | None = None


@dataclass(frozen=True)
class Seer:
    """For whom the list is: an office's unit and its path sees what `states.policy.may_see` lets it see."""

    unit_id: int
    path: str


@dataclass(frozen=True)
class Found:
    """A document in a list. `due_at`: the deadline in force; `number`, `dated` of its newest sending."""

    id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    issuer: str
    level: str
    state: str
    desk: str
    subject: str
    period_first: date | None
    period_last: date | None
    due_at: datetime | None
    plan_id: int | None
    supplement: int
    number: str | None
    dated: date | None
    paper: bool


@dataclass(frozen=True)
class Page:
    """Documents, the newest first. `after`: what asks for the next page; None on the last."""

    documents: tuple[Found, ...]
    after: int | None


def find(
    session: Session, wanted: Wanted, *, seer: Seer | None = None, after: int | None = None, limit: int = 50
) -> Page:
    """One page of documents; `seer` None sees all (auditors). `after`: the `Page.after` of the page before."""
    keys = _keys(wanted) | {"after": after, "limit": limit + 1, "seer": seer.unit_id if seer else None,
                            "seen": seer.path if seer else None}  # fmt: skip
    rows = [Found(*row) for row in session.connection().exec_driver_sql(_FIND, keys)]
    return Page(tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)


def _keys(wanted: Wanted) -> dict[str, Any]:
    number, _, symbol = wanted.number.strip().partition("/")
    if not number.isdecimal():  # only a symbol was written
        number, symbol = "", symbol or number
    return {
        "number": min(int(number), 2**31 - 1) if number else None,
        "symbol": f"{symbol.strip()}%" if symbol.strip() else None,
        "words": [_pattern(word) for word in search_form(wanted.words).split()],
        "unit": wanted.unit_id, "path": wanted.path, "kind": wanted.kind,
        "states": list(wanted.states), "subject": wanted.subject, "on": wanted.on, "plan": wanted.plan_id,
    }  # fmt: skip


# Every small letter by what it is without its marks: "a" is also à, ầ, ắ …, "d" is also đ.
_MARKED: dict[str, str] = defaultdict(str)
for _letter in filter(str.islower, map(chr, range(0xC0, 0x1F00))):
    _MARKED[search_form(_letter)] += _letter


def _pattern(word: str) -> str:
    """A pattern that finds a bare word with or without marks: taking marks off all titles costs five times more."""
    return "".join(f"[{letter}{_MARKED[letter]}]" if letter in _MARKED else re.escape(letter) for letter in word)


_FIND = f"""
SELECT d.id, d.kind, d.title, u.id, u.name, issuer.name, d.level, d.state, d.desk, d.subject, d.period_first,
       d.period_last, {IN_FORCE}, d.plan_id, d.supplement, sent.number, sent.date, coalesce(sent.paper, false)
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit issuer ON issuer.id = d.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date, s.paper FROM sending s
                      WHERE s.document_id = d.id ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE (%(after)s::bigint IS NULL OR d.id < %(after)s)
   AND (%(unit)s::integer IS NULL OR d.unit_id = %(unit)s)
   AND (%(path)s::varchar IS NULL OR d.path LIKE %(path)s || '%%')
   AND (%(kind)s::varchar IS NULL OR d.kind = %(kind)s)
   AND (%(states)s::varchar[] = '{{}}' OR d.state = ANY (%(states)s))
   AND (%(subject)s::varchar IS NULL OR d.subject = %(subject)s)
   AND (%(on)s::date IS NULL OR %(on)s BETWEEN d.period_first AND d.period_last)
   AND (%(plan)s::bigint IS NULL OR d.plan_id = %(plan)s OR d.id = %(plan)s)
   AND (%(number)s::integer IS NULL AND %(symbol)s::varchar IS NULL OR d.id IN (
        SELECT s.document_id FROM sending s WHERE (%(number)s::integer IS NULL OR s.number = %(number)s)
           AND (%(symbol)s::varchar IS NULL OR s.symbol ILIKE %(symbol)s)))
   AND (%(seer)s::integer IS NULL OR d.path LIKE %(seen)s || '%%' OR d.issuer_id = %(seer)s OR d.unit_id = %(seer)s
        OR d.drafter_id = %(seer)s OR d.receiver_id = %(seer)s OR %(seer)s = ANY (d.followers))
   AND (%(words)s::varchar[] = '{{}}' OR lower(d.title) ~ ALL (%(words)s))
 ORDER BY d.id DESC LIMIT %(limit)s
"""
