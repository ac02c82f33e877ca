"""Which total a page shows: those of a plan that one may see, the one asked for, and where it hangs in the tree."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from api.auth import Access, Caller
from api.seeing import VISIBLE, Sight, visible
from documents.forms import Form, form
from states.errors import NotFound
from states.reading.links import NUMBER
from states.reading.signing import SIGNED, Signature, signature, signed_sql

RUNNING = Access.SUPERVISOR | Access.LEADER | Access.ADMIN
"""Who may have the figures taken up, as over the API."""
_RUNNERS = ("supervisor", "leader", "admin")
_MOST = 20


class NoTotalThere(NotFound):
    """Đơn vị này không có bảng tổng hợp nào bạn xem được trong kế hoạch này (no total of that unit here): chọn một
    đơn vị trong danh sách ở trang Bảng tổng hợp.
    """


@dataclass(frozen=True)
class Total:
    """A report that is made from those below it. `closed`: its plan is done or withdrawn."""

    id: int
    plan_id: int
    unit_id: int
    unit: str
    level: str
    path: str
    state: str
    seq: int
    title: str
    form_code: str
    form_version: int
    requirement_id: int
    parent_id: int | None
    issuer_id: int
    drafter_id: int
    below: str
    plan: str
    plan_number: str | None
    closed: bool

    @property
    def form(self) -> Form:
        """Its form."""
        return form(self.form_code, self.form_version)

    @property
    def open(self) -> bool:
        """Whether what is sent may still be taken up into it."""
        return self.state in ("draft", "returned")


@dataclass(frozen=True)
class Version:
    """A content of a total that may be looked at: what the program summed, or what was put up and signed."""

    id: int
    no: int
    part: str
    cut_at: datetime
    covered: int
    expected: int
    number: str | None
    dated: date | None
    signed: Signature | None


def of_plan(session: Session, plan_id: int, by: Caller) -> list[Total]:
    """The plan's totals that one may see, in the tree's order, the highest first."""
    rows = session.connection().exec_driver_sql(_TOTALS, {"plan": plan_id, **visible(by)})
    return [Total(*row) for row in rows]


def choose(found: list[Total], by: Caller, unit_id: int | None, requirement_id: int | None) -> Total:
    """The unit's total; without a unit the highest below where one looks down from. Raises `NoTotalThere`."""
    mine = [one for one in found if requirement_id in (None, one.requirement_id)]
    if unit_id is None:
        mine = [one for one in mine if one.path.startswith(by.outlook)] or mine
    chosen = next((one for one in mine if unit_id in (None, one.unit_id)), None)
    if chosen is None:
        raise NoTotalThere()
    return chosen


def may_run(total: Total, by: Caller) -> bool:
    """Whether his page offers to take up what was sent: he leads or watches the very unit whose total it is."""
    home = by.held.unit_id in (total.unit_id, total.issuer_id, total.drafter_id) or by.outlook == total.path
    return home and by.held.seat in _RUNNERS and total.path.startswith(by.outlook)


def versions(session: Session, document_id: int) -> list[Version]:
    """The newest contents that may be looked at, and all that were signed; the newest first."""
    rows = session.connection().exec_driver_sql(_VERSIONS, {"id": document_id, "most": _MOST})
    return [_version(tuple(row)) for row in rows]


def _version(row: tuple[Any, ...]) -> Version:
    return Version(*[*row[:8], signature(iter(row[8:]))])


def plan_words(seen: Sight, session: Session) -> tuple[str, str | None]:
    """The plan's title and number."""
    row = session.connection().exec_driver_sql(_PLAN, {"id": seen.id}).one()
    return row[0], row[1]


_PLAN = f"""
SELECT p.title, (SELECT {NUMBER.format("n")} FROM sending n WHERE n.document_id = p.id ORDER BY n.no DESC LIMIT 1)
  FROM document p WHERE p.id = %(id)s
"""
_TOTALS = f"""
SELECT d.id, d.plan_id, d.unit_id, u.name, d.level, d.path, d.state, d.seq, d.title, d.form, d.form_version,
       d.requirement_id, d.parent_id, d.issuer_id, d.drafter_id, child.level, p.title, sent.number,
       p.state IN ('consolidated','withdrawn')
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN document p ON p.id = d.plan_id
  JOIN LATERAL (SELECT c.level FROM document c WHERE c.parent_id = d.id AND c.kind = 'report' LIMIT 1) child ON true
  LEFT JOIN LATERAL (SELECT {NUMBER.format("n")} AS number FROM sending n WHERE n.document_id = p.id
                      ORDER BY n.no DESC LIMIT 1) sent ON true
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.supplement = 0 AND d.form IS NOT NULL AND {VISIBLE}
 ORDER BY d.requirement_id, u.depth, string_to_array(trim('/' FROM d.path), '/')::integer[]
"""
_VERSIONS = f"""
SELECT r.id, r.no, r.part, r.cut_at, r.covered, r.expected, sent.number, sent.date, {SIGNED}
  FROM revision r {signed_sql("r.document_id", "r.id")}
  LEFT JOIN LATERAL (SELECT {NUMBER.format("n")} AS number, n.date FROM sending n
                      WHERE n.document_id = r.document_id AND n.revision_id = r.id ORDER BY n.no DESC LIMIT 1) sent
    ON true
 WHERE r.document_id = %(id)s AND r.part IN ('total','whole')
   AND (signed.seq IS NOT NULL OR r.no > (SELECT max(no) FROM revision WHERE document_id = %(id)s) - %(most)s)
   AND EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)
 ORDER BY r.no DESC
"""
