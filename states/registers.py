"""Registers (sổ đăng ký văn bản): numbers without gaps, sendings and receipts.

Nghị định 30/2020/NĐ-CP: a number is unique within issuer and year, starts at 01 on 1 January, is given after the
signature and is never used again. The row of the register is locked while a number is given, so concurrent clerks
wait for each other; the number comes back if the transaction fails, and so there is no gap.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.acting import tell
from states.driver import one_or_none
from states.errors import Conflict, Invalid
from states.facts import Facts
from states.lifecycle import Action
from states.periods import LOCAL


class RegisterAlreadyOpen(Conflict):
    """The register {series} of {year} was already opened at number {number}: its count can't be moved."""


class NumberTaken(Conflict):
    """Số {number}/{symbol} năm {year} của đơn vị này đã có (this number is already used): look at the paper again."""


class DateBeforeLast(Invalid):
    """Ngày {date} trước ngày của số liền trước ({last}): dates follow the order of the numbers."""


@dataclass(frozen=True)
class Numbered:
    """A number as it was given, or as the paper bears it."""

    number: int
    symbol: str
    date: date
    series: str
    paper: bool = False

    @property
    def text(self) -> str:
        """Số, ký hiệu: "36/BC-UBND"; a leading zero below 10 (Nghị định 30/2020, Phụ lục I)."""
        return f"{self.number:02d}/{self.symbol}"

    def details(self) -> dict[str, Any]:
        """What the step keeps of it."""
        kept: dict[str, Any] = {"number": self.text, "date": self.date.isoformat()}
        return {**kept, "paper": True} if self.paper else kept


def open_register(
    session: Session, unit_id: int, year: int, series: str, *, at_number: int, office_id: int, reason: str
) -> int:
    """Open an outgoing register at a stated number, with who and why: an office that starts in March is at 36."""
    tell(session, office_id)
    register, created = _register(session, unit_id, year, series, "out", at_number, office_id, reason)
    if not created:
        raise RegisterAlreadyOpen(series=series, year=year, number=register[1] + 1)
    return int(register[0])


def give_number(session: Session, facts: Facts, request: Any, at: datetime) -> Numbered:
    """The number that this sending bears. For a paper: what stands on it, refused if it is used already."""
    if request.action is Action.REGISTER:
        paper = request.paper
        day = paper.date.astimezone(LOCAL).date()
        used = {"unit": facts.parties.issuer_id, "year": day.year, "series": facts.series, "number": paper.number}
        if session.connection().exec_driver_sql(_USED, used).scalar():
            raise NumberTaken(number=paper.number, symbol=paper.symbol, year=day.year)
        return Numbered(paper.number, paper.symbol, day, facts.series, paper=True)
    day = at.astimezone(LOCAL).date()
    number = _next(session, facts.parties.issuer_id, day, facts.series, "out", facts, at)
    return Numbered(number, f"{facts.series}-{facts.issuer_symbol}", day, facts.series)


def write_sending(session: Session, facts: Facts, request: Any, at: datetime, taken: Any, numbered: Numbered) -> None:
    """Keep this submission: its revision, number, date, moment, and the sending that it replaces."""
    paper = request.paper
    session.connection().exec_driver_sql(
        _SENDING,
        {
            "document": facts.document_id, "seq": taken.seq,
            "revision": request.revision_id if paper else facts.revision_id,
            "issuer": facts.parties.issuer_id, "year": numbered.date.year, "series": numbered.series,
            "number": numbered.number, "symbol": numbered.symbol, "date": numbered.date,
            "sent": paper.arrived_at if paper else at, "paper": paper is not None,
            "signer": paper.signer if paper else None, "recipients": list(request.recipients),
        },
    )  # fmt: skip


def write_receipt(session: Session, facts: Facts, _request: Any, at: datetime, _taken: Any, _numbered: Any) -> None:
    """Give the incoming number (số đến) of the receiver's register and keep the receipt."""
    receiver = facts.parties.receiver_id
    assert receiver is not None  # the receiver's clerk has just acted
    day = at.astimezone(LOCAL).date()
    number = _next(session, receiver, day, "đến", "in", facts, at)
    session.connection().exec_driver_sql(
        _RECEIPT,
        {"document": facts.document_id, "unit": receiver, "number": number, "at": at, "office": facts.holder.office_id},
    )


def _next(session: Session, unit_id: int, day: date, series: str, direction: str, facts: Facts, at: datetime) -> int:
    (register_id, last, opened_at), _ = _register(session, unit_id, day.year, series, direction, 1, None, None)
    run = session.connection().exec_driver_sql
    entry = {"register": register_id, "first": opened_at, "office": facts.holder.office_id, "date": day, "at": at}
    while True:
        newest, paper = run(_AROUND, {"register": register_id, "last": last}).one()
        if newest is not None and day < newest:
            raise DateBeforeLast(date=day.isoformat(), last=newest.isoformat())
        last += 1
        run(_ENTRY, {**entry, "number": last, "document": paper or facts.document_id})
        if paper is None:
            return int(last)


def _register(
    session: Session, unit_id: int, year: int, series: str, direction: str, at_number: int, office: int | None,
    reason: str | None,
) -> tuple[tuple[int, int, int], bool]:  # fmt: skip
    """The register, locked; opened where it is not there yet."""
    keys = {"unit": unit_id, "year": year, "series": series, "direction": direction, "first": at_number,
            "last": at_number - 1, "office": office, "reason": reason}  # fmt: skip
    if row := one_or_none(session, _LOCK, keys):
        return (row[0], row[1], row[2]), False
    opened = one_or_none(session, _OPEN, keys)  # of two at once one opens it, the other waits and finds it
    row = opened or one_or_none(session, _LOCK, keys)
    assert row is not None
    return (row[0], row[1], row[2]), opened is not None


_OPEN = """
INSERT INTO register (unit_id, year, series, direction, opened_at_number, opened_by, reason, last)
VALUES (%(unit)s, %(year)s, %(series)s, %(direction)s, %(first)s, %(office)s, %(reason)s, %(last)s)
ON CONFLICT DO NOTHING RETURNING id, last, opened_at_number
"""
_LOCK = """
SELECT id, last, opened_at_number FROM register
 WHERE unit_id = %(unit)s AND year = %(year)s AND series = %(series)s AND direction = %(direction)s FOR UPDATE
"""
# The date of the last number, and the paper that bears the next one: that number is used, the count passes over it.
_AROUND = """
SELECT (SELECT date FROM register_entry WHERE register_id = r.id AND number = %(last)s),
       (SELECT s.document_id FROM sending s WHERE s.issuer_id = r.unit_id AND s.year = r.year AND s.series = r.series
           AND s.number = %(last)s + 1 AND r.direction = 'out')
  FROM register r WHERE r.id = %(register)s
"""
_ENTRY = """
INSERT INTO register_entry (register_id, number, before, document_id, office_id, date, at)
VALUES (%(register)s, %(number)s, nullif(%(number)s, %(first)s) - 1, %(document)s, %(office)s, %(date)s, %(at)s)
"""
_USED = """
SELECT EXISTS (SELECT FROM sending WHERE issuer_id = %(unit)s AND year = %(year)s AND series = %(series)s
                  AND number = %(number)s)
"""
_SENDING = """
INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date, sent_at, paper,
                     signer, recipients, replaces)
SELECT %(document)s, coalesce(max(no), 0) + 1, %(seq)s, %(revision)s, %(issuer)s, %(year)s, %(series)s, %(number)s,
       %(symbol)s, %(date)s, %(sent)s, %(paper)s, %(signer)s, %(recipients)s, max(id)
  FROM sending WHERE document_id = %(document)s
"""
_RECEIPT = """
INSERT INTO receipt (sending_id, unit_id, number, received_at, office_id)
SELECT id, %(unit)s, %(number)s, %(at)s, %(office)s FROM sending
 WHERE document_id = %(document)s ORDER BY no DESC LIMIT 1
"""
