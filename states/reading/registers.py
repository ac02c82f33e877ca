"""Registers as they are read (sổ đăng ký văn bản đi, văn bản đến): every number with what became of it.

Nghị định 30/2020/NĐ-CP, Phụ lục IV: what a register tells of a number. A number is never given again, so one whose
paper was recalled, withdrawn or sent anew stays in its place and says so. Numbers read from paper stand among those
that were counted.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.reading.links import NUMBER
from states.reading.signing import signed_sql

MOST = 20_000
"""Rows of a register that is read whole, for paper or a file: a province's year has some hundreds."""


@dataclass(frozen=True)
class Asked:
    """Which part of a unit's registers; what is None or empty asks nothing. `first`, `last`: local days, inclusive."""

    unit_id: int
    year: int | None = None
    series: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def keys(self) -> dict[str, Any]:
        """What the statements need to be told."""
        return {"unit": self.unit_id, "year": self.year, "series": self.series or None, "first": self.first,
                "last": self.last}  # fmt: skip


@dataclass(frozen=True)
class Book:
    """One register. Opened at a number above 1: by whom and why (the paper one had come so far); `last`: the count."""

    id: int
    year: int
    series: str
    direction: str
    opened_at: int
    opened_by: str | None
    opened_title: str | None
    reason: str | None
    last: int
    entries: int
    last_date: date | None


@dataclass(frozen=True)
class Outgoing:
    """A number that was given, or read from paper (`paper`: ký ngoài hệ thống, its clerk not ours).

    `keeper`: the unit that drafted and keeps the copy. `passed_at`: when it was passed on. `received_*`: the incoming
    number at the receiver. `undone`: what took it back (recall, withdraw, return, reopen) before anything was sent
    again, when and why; `replaces`, `replaced_by`: numbers of the same document.
    """

    document_id: int
    kind: str
    number: str
    day: date
    series: str
    title: str
    unit: str
    signer: str
    paper: bool
    recipients: tuple[str, ...]
    keeper: str
    passed_at: datetime
    received_number: int | None
    received_at: datetime | None
    received_by: str | None
    clerk: str | None
    replaces: str | None
    replaced_by: str | None
    undone: str | None
    undone_at: datetime | None
    undone_why: str | None


@dataclass(frozen=True)
class Incoming:
    """A paper that was received: the number that it got here, and its author's own number and day."""

    document_id: int
    kind: str
    number: int
    arrived_at: datetime
    author: str
    their_number: str
    day: date
    title: str
    unit: str
    paper: bool
    handed_to: str
    clerk: str
    replaces: str | None
    undone: str | None
    undone_at: datetime | None
    undone_why: str | None


@dataclass(frozen=True)
class OutPage:
    """Part of an outgoing register; `total`: all rows that were asked for."""

    rows: tuple[Outgoing, ...]
    total: int


@dataclass(frozen=True)
class InPage:
    """Part of an incoming register; `total`: all rows that were asked for."""

    rows: tuple[Incoming, ...]
    total: int


def books(session: Session, unit_id: int) -> list[Book]:
    """A unit's registers, the newest year first, outgoing ones before incoming."""
    return [Book(*row) for row in session.connection().exec_driver_sql(_BOOKS, {"unit": unit_id})]


def outgoing(
    session: Session, asked: Asked, *, limit: int = MOST, offset: int = 0, newest_first: bool = False
) -> OutPage:
    """Numbers given, series by series in their order (or the newest first), in one statement."""
    rows = _run(session, _OUT, asked, limit, offset, newest_first)
    found = [(*row[:9], tuple(row[9]), *row[10:21]) for row in rows]
    return OutPage(tuple(Outgoing(*values) for values in found), rows[0][21] if rows else 0)


def incoming(
    session: Session, asked: Asked, *, limit: int = MOST, offset: int = 0, newest_first: bool = False
) -> InPage:
    """Papers received, in the order of their numbers here, in one statement; `series` asks nothing."""
    rows = _run(session, _IN, asked, limit, offset, newest_first)
    return InPage(tuple(Incoming(*row[:16]) for row in rows), rows[0][16] if rows else 0)


def _run(session: Session, sql: str, asked: Asked, limit: int, offset: int, newest_first: bool) -> list[Any]:
    keys = {**asked.keys, "limit": limit, "offset": offset}
    way = "DESC" if newest_first else "ASC"
    return list(session.connection().exec_driver_sql(sql.replace("{way}", way), keys))


_BOOKS = """
SELECT r.id, r.year, r.series, r.direction, r.opened_at_number, p.full_name, o.title, r.reason, r.last,
       count(e.number), max(e.date)
  FROM register r LEFT JOIN office o ON o.id = r.opened_by LEFT JOIN person p ON p.id = o.person_id
  LEFT JOIN register_entry e ON e.register_id = r.id
 WHERE r.unit_id = %(unit)s GROUP BY r.id, p.full_name, o.title
 ORDER BY r.year DESC, r.direction DESC, r.series
"""
# What took a sending back before the document was sent again, and the number that it bears then.
_UNDONE = """
  LEFT JOIN LATERAL (SELECT n.seq, n.number, n.symbol FROM sending n WHERE n.document_id = m.document_id
                      AND n.no = m.no + 1) next ON true
  LEFT JOIN LATERAL (SELECT t.action, t.at, t.reason FROM step t WHERE t.document_id = m.document_id AND t.seq > m.seq
                        AND (next.seq IS NULL OR t.seq < next.seq)
                        AND t.action IN ('recall','withdraw','return','reopen')
                      ORDER BY t.seq DESC LIMIT 1) undone ON true
  LEFT JOIN sending old ON old.id = m.replaces
"""
_OUT = f"""
SELECT d.id, d.kind, {NUMBER.format("m")}, m.date, m.series, d.title, u.name,
       CASE WHEN m.paper THEN m.signer ELSE concat_ws(' ', nullif(signed.authority, ''), signed.title, signed.signer)
            END, m.paper, m.recipients, keeper.name, m.sent_at, rc.number, rc.received_at, at.name, clerk.full_name,
       {NUMBER.format("old")}, {NUMBER.format("next")}, undone.action, undone.at, undone.reason, count(*) OVER ()
  FROM sending m JOIN document d ON d.id = m.document_id JOIN unit u ON u.id = d.unit_id
  JOIN unit keeper ON keeper.id = d.drafter_id
  LEFT JOIN receipt rc ON rc.sending_id = m.id LEFT JOIN unit at ON at.id = rc.unit_id
  LEFT JOIN step did ON did.document_id = m.document_id AND did.seq = m.seq AND did.action = 'submit'
  LEFT JOIN person clerk ON clerk.id = did.person_id {_UNDONE} {signed_sql("m.document_id", "m.revision_id")}
 WHERE m.issuer_id = %(unit)s AND (%(year)s::integer IS NULL OR m.year = %(year)s)
   AND (%(series)s::varchar IS NULL OR m.series = %(series)s)
   AND (%(first)s::date IS NULL OR m.date >= %(first)s) AND (%(last)s::date IS NULL OR m.date <= %(last)s)
 ORDER BY m.year {{way}}, m.series, m.number {{way}} LIMIT %(limit)s OFFSET %(offset)s
"""
_DAY = "(rc.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_IN = f"""
SELECT d.id, d.kind, rc.number, rc.received_at, author.name, {NUMBER.format("m")}, m.date, d.title, u.name, m.paper,
       place.name, clerk.full_name, {NUMBER.format("old")}, undone.action, undone.at, undone.reason, count(*) OVER ()
  FROM receipt rc JOIN sending m ON m.id = rc.sending_id JOIN document d ON d.id = m.document_id
  JOIN unit u ON u.id = d.unit_id JOIN unit author ON author.id = m.issuer_id JOIN unit place ON place.id = rc.unit_id
  JOIN office o ON o.id = rc.office_id JOIN person clerk ON clerk.id = o.person_id {_UNDONE}
 WHERE rc.unit_id = %(unit)s
   AND (%(year)s::integer IS NULL OR extract(year FROM {_DAY}) = %(year)s)
   AND (%(first)s::date IS NULL OR {_DAY} >= %(first)s) AND (%(last)s::date IS NULL OR {_DAY} <= %(last)s)
 ORDER BY {_DAY} {{way}}, rc.number {{way}} LIMIT %(limit)s OFFSET %(offset)s
"""
