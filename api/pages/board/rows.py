"""What a board shows beside its lines: the plan's face, places with coordinates, open requests, whom I may remind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states import driver, units
from states.reading.links import NUMBER
from states.reading.standings import Line


@dataclass(frozen=True)
class Plan:
    """A plan as its board names it. `root_id`: the plan that asked for this one from above, if any."""

    id: int
    title: str
    state: str
    unit_id: int
    issuer: str
    number: str | None
    dated: date | None
    root_id: int | None


@dataclass(frozen=True)
class Due:
    """One thing that a plan asks of one level, with the deadline in force there."""

    requirement: int
    kind: str
    title: str
    level: str
    at: datetime


@dataclass(frozen=True)
class Spot:
    """A unit with where it lies."""

    id: int
    name: str
    level: str
    path: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Wish:
    """A request from below that nobody has answered (xin gia hạn, xin miễn)."""

    id: int
    document_id: int
    unit: str
    kind: str
    until: datetime | None
    reason: str
    at: datetime
    person: str
    person_title: str
    owed_kind: str
    level: str
    requirement: int | None


@dataclass(frozen=True)
class Reminded:
    """One reminder of a document: its rung (by-hand/…, after-1, …), and who gave it."""

    at: datetime
    rung: str
    person: str
    machine: bool


def plan(session: Session, plan_id: int) -> Plan:
    """The plan; it is there, for it was seen."""
    return Plan(*_rows(session, _PLAN, id=plan_id)[0])


def dues(session: Session, plan_id: int) -> list[Due]:
    """What the plan asks for, by level from the top; a deadline that was moved for a whole level is the moved one."""
    return [Due(*row) for row in _rows(session, _DUES, id=plan_id)]


def spots(session: Session, ids: Iterable[int]) -> dict[int, Spot]:
    """Units by number."""
    found = [Spot(*row) for row in _rows(session, _SPOTS, ids=list(ids))]
    return {one.id: one for one in found}


def way_to(session: Session, path: str, widest: str) -> list[Spot]:
    """The units from the widest one that may be looked at down to a place, both included.

    Who may look at everything (an auditor) begins at the root.
    """
    ids = way_ids(path, widest)
    known = spots(session, ids)
    return [known[one] for one in ids if one in known]


def way_ids(path: str, widest: str) -> list[int]:
    """Their numbers."""
    ids = [int(word) for word in path.strip("/").split("/") if word] or [units.ROOT]
    return ids[len(widest.strip("/").split("/")) - 1 if widest.strip("/") else 0 :]


def wishes(session: Session, plan_id: int, path: str) -> list[Wish]:
    """Requests in a part of the tree that wait for an answer, the oldest first."""
    return [Wish(*row) for row in _rows(session, _WISHES, plan=plan_id, **_span(path))]


def to_remind(session: Session, plan_id: int, path: str, unit_id: int, seat: str) -> dict[int, bool]:
    """The open documents that this office may remind of; True where its unit receives it, and may move its deadline."""
    if seat not in ("supervisor", "leader"):
        return {}
    return {row[0]: row[1] for row in _rows(session, _MINE, plan=plan_id, unit=unit_id, **_span(path))}


def reminders(session: Session, document_id: int) -> list[Reminded]:
    """What was reminded of, the newest first; of rungs climbed at one moment the last one."""
    return [Reminded(*row) for row in _rows(session, _REMINDERS, id=document_id)]


def unit_of(session: Session, plan_id: int, document_id: int) -> int | None:
    """The unit that owes a document under a plan; None where it is none of the plan's."""
    found = _rows(session, _UNIT_OF, plan=plan_id, id=document_id)
    return int(found[0][0]) if found else None


def receivers(session: Session, lines: Iterable[Line]) -> dict[int, str]:
    """The names of the units that receive these documents."""
    return {row[0]: row[1] for row in _rows(session, _RECEIVERS, ids=[line.document_id for line in lines])}


def _span(path: str) -> dict[str, str]:
    return {"path": path, "end": path[:-1] + "0"}


def _rows(session: Session, sql: str, **keys: Any) -> list[Any]:
    return driver.rows(session, sql, keys)


_PLAN = f"""
SELECT p.id, p.title, p.state, p.unit_id, issuer.name, sent.number, sent.date, p.plan_id
  FROM document p JOIN unit issuer ON issuer.id = p.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = p.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE p.id = %(id)s
"""
_DUES = """
SELECT r.id, r.kind, r.title, l.level, coalesce((
           SELECT x.until FROM dispensation x JOIN document d ON d.id = x.document_id
            WHERE x.kind = 'amendment' AND d.plan_id = r.plan_id AND d.requirement_id = r.id AND d.level = l.level
            ORDER BY x.at DESC, x.id DESC LIMIT 1), l.due_at)
  FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id WHERE r.plan_id = %(id)s
 ORDER BY r.id, array_position(ARRAY['nation','province','district','commune','village','body'], l.level::text)
"""
_SPOTS = "SELECT id, name, level, path, latitude, longitude FROM unit WHERE id = ANY (%(ids)s::integer[])"
_WISHES = """
SELECT q.id, q.document_id, u.name, q.kind, q.until, q.reason, q.at, p.full_name, o.title, d.kind,
       d.level, d.requirement_id
  FROM dispensation_request q JOIN document d ON d.id = q.document_id JOIN unit u ON u.id = d.unit_id
  JOIN office o ON o.id = q.office_id JOIN person p ON p.id = o.person_id
 WHERE d.plan_id = %(plan)s AND d.path >= %(path)s AND d.path < %(end)s AND d.state IN ('draft','signed','returned')
   AND NOT EXISTS (SELECT FROM dispensation x WHERE x.request_id = q.id)
 ORDER BY q.at, q.id
"""
_MINE = """
SELECT d.id, coalesce(d.receiver_id = %(unit)s, false) FROM document d
 WHERE d.plan_id = %(plan)s AND d.path >= %(path)s AND d.path < %(end)s AND d.state IN ('draft','signed','returned')
   AND d.due_at IS NOT NULL AND d.supplement = 0 AND (d.receiver_id = %(unit)s OR %(unit)s = ANY (d.followers))
"""
_REMINDERS = """
SELECT DISTINCT ON (m.at) m.at, m.rung, p.full_name, p.machine
  FROM reminder m JOIN office o ON o.id = m.office_id JOIN person p ON p.id = o.person_id
 WHERE m.document_id = %(id)s ORDER BY m.at DESC, m.deadline DESC, m.rung LIMIT 20
"""
_UNIT_OF = "SELECT unit_id FROM document WHERE id = %(id)s AND plan_id = %(plan)s"
_RECEIVERS = """
SELECT d.id, u.name FROM document d JOIN unit u ON u.id = d.receiver_id WHERE d.id = ANY (%(ids)s::bigint[])
"""
