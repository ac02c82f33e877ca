"""Duties moved by rows: extensions (gia hạn), waivers (miễn báo cáo), asked for from below and answered from above."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from states.acting import tell
from states.errors import Conflict, Invalid, NotFound, Refused
from states.facts import Facts
from states.lifecycle import Kind
from states.periods import LOCAL
from states.policy import Holder
from states.units import LEVELS


class NotOwed(Conflict):
    """Văn bản này không phải báo cáo đang phải gửi (nobody owes this document): there is no deadline to move."""


class NotTheReceiver(Refused):
    """Only the receiver of a report may move its deadline or waive it."""


class NotItsOwn(Refused):
    """Only the unit that owes a report asks for more time or to be let off: ask in an office held there."""


class UntilTooEarly(Invalid):
    """Hạn mới {until} không sau hạn đang có {deadline}: an extension gives a later day."""


class AmendedTooEarly(Invalid):
    """Hạn mới {until} không sau lúc lập kế hoạch {opened} (before the plan was there): give a later day."""


class OutOfOrder(Invalid):
    """Hạn mới {until} của cấp {level} trái thứ tự (a lower level is due before the one above): {why}. Give a day in
    between, or move the other level first.
    """


class NoSuchRequest(NotFound):
    """No open request {request}: it may have been answered already."""


# What is in force: the newest amendment or extension granted in time, else the day frozen at fan-out.
IN_FORCE = """
    coalesce((SELECT x.until FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('extension','amendment')
               AND x.in_time ORDER BY x.at DESC, x.id DESC LIMIT 1), d.due_at)
"""


def ask(session: Session, document_id: int, kind: str, until: datetime | None, reason: str, holder: Holder,
        at: datetime) -> int:  # fmt: skip
    """The unit that owes it asks for more time, or to be let off. Returns the request's number.

    Raises `NotOwed`, `NotItsOwn`, `UntilTooEarly`.
    """
    owed = _owed(session, document_id, lock=False)
    if holder.unit_id not in owed.units or not holder.holds_on(at.astimezone(LOCAL).date()):
        raise NotItsOwn()
    _refuse_too_early(kind, until, owed.deadline)
    keys = {"id": document_id, "kind": kind, "until": until, "reason": reason, "office": holder.office_id, "at": at}
    tell(session, holder.office_id)
    return int(session.connection().exec_driver_sql(_ASK, keys).scalar_one())


def grant(session: Session, document_id: int, kind: str, until: datetime | None, reason: str, holder: Holder,
          at: datetime, *, request_id: int | None = None) -> int:  # fmt: skip
    """The receiver extends, waives or refuses. It counts only if granted before the deadline in force (§2).

    Raises `NotOwed`, `NotTheReceiver`, `UntilTooEarly`, `NoSuchRequest`.
    """
    owed = _owed(session, document_id, lock=True)
    valid = holder.holds_on(at.astimezone(LOCAL).date())
    if holder.unit_id != owed.receiver or holder.seat not in ("supervisor", "leader") or not valid:
        raise NotTheReceiver()
    _refuse_too_early(kind, until, owed.deadline)
    if request_id is not None:
        _open_request(session, request_id, document_id)
    keys = {"id": document_id, "kind": kind, "until": until, "reason": reason, "office": holder.office_id, "at": at,
            "in_time": at < owed.deadline, "request": request_id}  # fmt: skip
    tell(session, holder.office_id)
    return int(session.connection().exec_driver_sql(_GRANT, keys).scalar_one())


def counts(session: Session, dispensation_id: int) -> bool:
    """Whether what was granted was granted in time, and so moves the deadline or lets the unit off."""
    sql = "SELECT in_time FROM dispensation WHERE id = %(id)s"
    return bool(session.connection().exec_driver_sql(sql, {"id": dispensation_id}).scalar_one())


def amend(session: Session, plan_id: int, level: str, until: datetime, reason: str, holder: Holder,
          at: datetime) -> int:  # fmt: skip
    """A plan's deadline for the reports of one level is moved: every open one of that level moves with it, by rows.

    What is waived or cancelled stays as it is. Returns how many moved. Raises `AmendedTooEarly`, `OutOfOrder`.
    """
    keys = {"plan": plan_id, "level": level, "until": until, "reason": reason, "office": holder.office_id, "at": at}
    tell(session, holder.office_id)
    _refuse_before_the_plan(session, keys)
    _refuse_out_of_order(session, keys)
    return int(session.connection().exec_driver_sql(_AMEND, keys).rowcount)


def cancel_what_it_asked(session: Session, facts: Facts, request: Any, at: datetime, *_: Any) -> None:
    """A plan withdrawn after its fan-out cancels the open duties under it, in the same transaction."""
    if facts.kind is Kind.PLAN:
        keys = {"plan": facts.document_id, "reason": request.reason, "office": facts.holder.office_id, "at": at}
        session.connection().exec_driver_sql(_CANCEL, keys)


@dataclass(frozen=True)
class _Owed:
    """Who owes and who receives, and until when."""

    receiver: int | None
    units: tuple[int, ...]
    deadline: datetime


def _owed(session: Session, document_id: int, *, lock: bool) -> _Owed:
    sql = _OWED + (" FOR NO KEY UPDATE OF d" if lock else "")
    row = session.connection().exec_driver_sql(sql, {"id": document_id}).one_or_none()
    if row is None:
        raise NotOwed()
    return _Owed(row[0], tuple(row[1:4]), row[4])


def _refuse_too_early(kind: str, until: datetime | None, deadline: datetime) -> None:
    if kind == "extension" and (until is None or until <= deadline):
        raise UntilTooEarly(until=_said(until) if until else "(chưa nêu)", deadline=_said(deadline))


def _refuse_before_the_plan(session: Session, keys: dict[str, Any]) -> None:
    opened = session.connection().exec_driver_sql(_PLAN_OPENED, keys).scalar()
    if opened is not None and keys["until"] <= opened:
        raise AmendedTooEarly(until=_said(keys["until"]), opened=_said(opened))


def _refuse_out_of_order(session: Session, keys: dict[str, Any]) -> None:
    """Below sends before above does. An extension of one report is its receiver's own affair and counts for nothing."""
    level, until = keys["level"], keys["until"]
    for other, deadline in session.connection().exec_driver_sql(_OTHER_LEVELS, keys) if level != "body" else ():
        above = LEVELS.index(other) < LEVELS.index(level)
        if until > deadline if above else until < deadline:
            side = "muộn hơn hạn của cấp trên" if above else "sớm hơn hạn của cấp dưới"
            raise OutOfOrder(until=_said(until), level=level, why=f"{side} ({other}: {_said(deadline)})")


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M %d/%m/%Y}"


def _open_request(session: Session, request_id: int, document_id: int) -> None:
    keys = {"request": request_id, "id": document_id}
    if not session.connection().exec_driver_sql(_IS_OPEN, keys).scalar():
        raise NoSuchRequest(request=request_id)


_OWED = f"""
SELECT d.receiver_id, d.unit_id, d.issuer_id, d.drafter_id, {IN_FORCE} FROM document d
 WHERE d.id = %(id)s AND d.due_at IS NOT NULL
"""
_ASK = """
INSERT INTO dispensation_request (document_id, kind, until, reason, office_id, at)
VALUES (%(id)s, %(kind)s, %(until)s, %(reason)s, %(office)s, %(at)s) RETURNING id
"""
_IS_OPEN = """
SELECT EXISTS (SELECT FROM dispensation_request q WHERE q.id = %(request)s AND q.document_id = %(id)s
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.request_id = q.id))
"""
_GRANT = """
INSERT INTO dispensation (document_id, kind, until, reason, office_id, at, in_time, request_id)
VALUES (%(id)s, %(kind)s, %(until)s, %(reason)s, %(office)s, %(at)s, %(in_time)s, %(request)s) RETURNING id
"""
_OPEN_DUTY = """
  FROM document d WHERE d.plan_id = %(plan)s AND d.state IN ('draft','signed','returned')
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind = 'cancellation')
"""
_CANCEL = f"""
INSERT INTO dispensation (document_id, kind, reason, office_id, at, in_time)
SELECT d.id, 'cancellation', %(reason)s, %(office)s, %(at)s, true {_OPEN_DUTY}
"""
_STILL_EXPECTED = f"""
{_OPEN_DUTY} AND d.kind = 'report'
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind = 'waiver' AND x.in_time)
"""
_AMEND = f"""
INSERT INTO dispensation (document_id, kind, until, reason, office_id, at, in_time)
SELECT d.id, 'amendment', %(until)s, %(reason)s, %(office)s, %(at)s, true {_STILL_EXPECTED} AND d.level = %(level)s
"""
_PLAN_OPENED = "SELECT opened_at FROM document WHERE id = %(plan)s"
# What the same requirements still ask of the other levels: as the plan says, or as it was amended last.
_OTHER_LEVELS = f"""
SELECT DISTINCT d.level, coalesce((SELECT x.until FROM dispensation x WHERE x.document_id = d.id
                                      AND x.kind = 'amendment' ORDER BY x.at DESC, x.id DESC LIMIT 1), d.due_at)
{_STILL_EXPECTED} AND d.level NOT IN (%(level)s, 'body')
   AND d.requirement_id IN (SELECT d.requirement_id {_STILL_EXPECTED} AND d.level = %(level)s)
"""
