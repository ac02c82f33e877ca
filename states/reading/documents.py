"""Finding documents (kho văn bản): by number, symbol, unit, title, state, period, deadline; sorted, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from states.duties import IN_FORCE
from states.names import search_form
from states.reading.lateness import LATENESS, OVERDUE, SENT_LATE
from states.reading.links import NUMBER
from states.reading.scope import SEEN
from states.reading.scope import Seer as Seer
from states.reading.search_words import numbered, symbol_pattern, titles_with, understand, word_of_name
from states.reading.unit_names import UnitNames, unit_names

COUNTED_UP_TO = 1000
"""Nobody reads further: a list that is longer is told as "hơn 1.000"."""


class Sort(StrEnum):
    """How a list is sorted."""

    NEWEST = "newest"  # mới nhất trước
    DUE = "due"  # đến hạn trước
    UNIT = "unit"  # theo tên đơn vị, thứ tự chữ cái tiếng Việt


class Late(StrEnum):
    """How a report stands to its deadline: the board says the same."""

    OVERDUE = "overdue"  # quá hạn, chưa gửi
    SENT_LATE = "sent_late"  # gửi chậm


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None or empty asks nothing.

    `number`: "236", "236/BC-UBND" or "/BC-UBND". `words`: each must begin a word of the title, with or without
    diacritics. `unit_id`: the document's unit; `path`: it and all below. `on`: a local day within the period of the
    data. `text`: the one search box, see `search_words.understand`. `unit_words`: each begins a word in the name of the
    unit or of the issuing body. `year`: of the period, else of the opening. `first`, `last`: periods that lie inside.
    `late` needs the moment. `paper`: sent as a paper signed outside the system (ký ngoài hệ thống).
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
    text: str = ""
    unit_words: str = ""
    level: str | None = None
    year: int | None = None
    first: date | None = None
    last: date | None = None
    late: str | None = None
    paper: bool = False


@dataclass(frozen=True)
class Found:
    """A document in a list. `due_at`: the deadline in force; `number`, `dated` of its newest sending; `late`: one of
    `Late`, where a moment was named."""

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
    seq: int
    correction_due: datetime | None
    desk_since: datetime
    late: str | None


@dataclass(frozen=True)
class Page:
    """Documents in the order asked for. `after` asks for the next page, `before` for the one before; None at the ends.

    `total`: all that were found, no more than `COUNTED_UP_TO` + 1; None where it was not asked for.
    """

    documents: tuple[Found, ...]
    after: int | None
    before: int | None = None
    total: int | None = None

    @property
    def total_words(self) -> str:
        """As it stands above a list: "36", "hơn 1.000"."""
        if self.total is None:
            return ""
        told = f"{min(self.total, COUNTED_UP_TO):,}".replace(",", ".")
        return f"hơn {told}" if self.total > COUNTED_UP_TO else told


def find(
    session: Session, wanted: Wanted, *, seer: Seer | None = None, after: int | None = None, before: int | None = None,
    limit: int = 50, sort: Sort = Sort.NEWEST, now: datetime | None = None, count: bool = False,
) -> Page:  # fmt: skip
    """One page of documents; `seer` None sees all (auditors).

    `after` or `before`: what the page before gave. `now`: the moment that lateness is told of. `count`: also count,
    in a second statement.
    """
    edge, back = (before, True) if before is not None else (after, False)
    scope, keys = _scope(session, wanted, seer)
    keys |= {"limit": limit + 1, "edge": edge, "now": now}
    if sort is Sort.UNIT:
        keys["order"] = unit_names(session).in_order
    run = session.connection().exec_driver_sql
    found = list(run(_page(scope, sort, edge is not None, back), keys).scalars())
    more, ids = len(found) > limit, found[:limit]
    if back:
        ids.reverse()
    rows = {row[0]: Found(*row) for row in run(_DETAILS[now is not None], {"ids": ids, "now": now})}
    total = run(_COUNT.format(scope), {**keys, "most": COUNTED_UP_TO + 1}).scalar_one() if count else None
    onward, backward = (True, more) if back else (more, edge is not None)
    return Page(tuple(rows[one] for one in ids), ids[-1] if ids and onward else None,
                ids[0] if ids and backward else None, total)  # fmt: skip


def _scope(session: Session, wanted: Wanted, seer: Seer | None) -> tuple[str, dict[str, Any]]:
    """Only the conditions that were asked for, each search being planned for itself, and their values."""
    box = understand(wanted.text)
    number, symbol = numbered(wanted.number)
    keys: dict[str, Any] = {
        "number": number if number is not None else box.number, "symbol": symbol_pattern(symbol or box.symbol),
        "unit": wanted.unit_id, "path": wanted.path, "kind": wanted.kind, "states": list(wanted.states) or None,
        "subject": wanted.subject, "on": wanted.on, "plan": wanted.plan_id, "level": wanted.level,
        "year": wanted.year, "said_year": box.year, "first": wanted.first, "last": wanted.last,
        "paper": wanted.paper or None, "late": wanted.late,
    }  # fmt: skip
    asked = [sql for name, sql in _CONDITIONS.items() if keys[name] is not None]
    asked += [_LATE[Late(wanted.late)]] if wanted.late is not None else []
    asked += [SEEN] if seer is not None else []
    keys |= {"end": wanted.path and wanted.path[:-1] + "0", "said_year_word": str(box.year)}
    found = [*_by_words(session, wanted, box.words)]
    for place, (titles, units) in enumerate(found):
        asked.append(_FOUND.format(place))
        keys |= {f"titles{place}": titles, f"units{place}": units}
    return " AND ".join(asked) or "true", keys | (seer.keys if seer else {})


def _by_words(session: Session, wanted: Wanted, words: Sequence[str]) -> Iterator[tuple[list[str], list[int]]]:
    """For each word or unit's name that was said: the titles that have it, and the units. Titles are few."""
    said, named = search_form(wanted.words).split(), search_form(wanted.unit_words).split()
    if not (said or named or words):
        return
    run = session.connection().exec_driver_sql
    titles = list(run("SELECT DISTINCT title FROM document").scalars()) if said or words else []
    for word in said:
        yield titles_with(word, titles), []
    for word in named:
        yield [], list(run(_NAMED, {"word": word_of_name(word)}).scalars())
    for phrase, units in _phrases(unit_names(session), words):
        if units:  # a unit's full name: it and all below
            yield titles_with(phrase, titles), list(run(_BELOW, {"ids": units}).scalars())
        else:
            yield titles_with(phrase, titles), list(run(_NAMED, {"word": word_of_name(phrase)}).scalars())


def _phrases(names: UnitNames, words: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """The words one by one, but a unit's name of two or more words together, the longest first."""
    place = 0
    while place < len(words):
        longest = next(
            (n for n in range(len(words) - place, 1, -1) if names.named(" ".join(words[place : place + n]))), 1
        )
        phrase = " ".join(words[place : place + longest])
        yield phrase, list(names.named(phrase)) if longest > 1 else []
        place += longest


def _page(scope: str, sort: Sort, from_edge: bool, back: bool) -> str:
    """The numbers of one page, in its order; read backwards where the page before is asked for."""
    key, join, falling = _SORTS[sort]
    way, than = ("DESC", "<") if falling is not back else ("ASC", ">")
    edge = f"({key}, d.id) {than} ((SELECT {key} FROM document d {join} WHERE d.id = %(edge)s), %(edge)s)"
    where = f"{scope} AND {edge}" if from_edge else scope
    return f"SELECT d.id FROM document d {join} WHERE {where} ORDER BY {key} {way}, d.id {way} LIMIT %(limit)s"


_YEAR = "extract(year FROM coalesce(d.period_last, (d.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))"
_SENT = "d.id IN (SELECT s.document_id FROM sending s WHERE {0})"
_CONDITIONS = {
    "unit": "d.unit_id = %(unit)s",
    "path": "d.path >= %(path)s AND d.path < %(end)s",
    "kind": "d.kind = %(kind)s",
    "states": "d.state = ANY (%(states)s)",
    "subject": "d.subject = %(subject)s",
    "on": "%(on)s BETWEEN d.period_first AND d.period_last",
    "plan": "(d.plan_id = %(plan)s OR d.id = %(plan)s)",
    "level": "d.level = %(level)s",
    "year": f"{_YEAR} = %(year)s",
    "said_year": f"({_YEAR} = %(said_year)s OR d.title LIKE '%%' || %(said_year_word)s || '%%')",
    "first": "d.period_first >= %(first)s",
    "last": "d.period_last <= %(last)s",
    "number": _SENT.format("s.number = %(number)s"),
    "symbol": _SENT.format("lower(s.symbol COLLATE pg_c_utf8) LIKE %(symbol)s"),
    "paper": _SENT.format("s.paper"),
}
_LATE = {Late.OVERDUE: OVERDUE, Late.SENT_LATE: SENT_LATE}
_FOUND = """(d.title = ANY (%(titles{0})s::varchar[]) OR d.unit_id = ANY (%(units{0})s::integer[])
    OR d.issuer_id = ANY (%(units{0})s::integer[]))"""
_NAMED = "SELECT u.id FROM unit u WHERE ' ' || u.search_key LIKE %(word)s"
_BELOW = """
SELECT b.id FROM unit a JOIN unit b ON b.path >= a.path AND b.path < rtrim(a.path, '/') || '0'
 WHERE a.id = ANY (%(ids)s::integer[])
"""
# The same deadline as IN_FORCE, as a join: few were ever moved, and every row is asked.
_MOVED = """LEFT JOIN (
    SELECT DISTINCT ON (x.document_id) x.document_id, x.until FROM dispensation x
     WHERE x.kind IN ('extension','amendment') AND x.in_time ORDER BY x.document_id, x.at DESC, x.id DESC) moved
    ON moved.document_id = d.id"""
_PLACED = "JOIN unnest(%(order)s::integer[]) WITH ORDINALITY place (unit_id, no) ON place.unit_id = d.unit_id"
_SORTS: dict[Sort, tuple[str, str, bool]] = {
    # the key, what it needs to be joined, whether it falls
    Sort.NEWEST: ("d.id", "", True),
    Sort.DUE: ("coalesce(d.correction_due, moved.until, d.due_at, 'infinity')", _MOVED, False),
    Sort.UNIT: ("place.no", _PLACED, False),
}  # fmt: skip
_COUNT = "SELECT count(*) FROM (SELECT FROM document d WHERE {0} LIMIT %(most)s) found"
_DETAIL = f"""
SELECT d.id, d.kind, d.title, u.id, u.name, issuer.name, d.level, d.state, d.desk, d.subject, d.period_first,
       d.period_last, {IN_FORCE}, d.plan_id, d.supplement, sent.number, sent.date, coalesce(sent.paper, false),
       d.seq, d.correction_due, d.desk_since, {{0}}
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit issuer ON issuer.id = d.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date, s.paper FROM sending s
                      WHERE s.document_id = d.id ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = ANY (%(ids)s::bigint[])
"""
_DETAILS = {True: _DETAIL.format(LATENESS), False: _DETAIL.format("NULL")}
