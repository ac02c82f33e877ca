"""What lies on an office's desk (việc của tôi): one indexed statement per queue, the most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.duties import IN_FORCE
from states.errors import NotFound
from states.policy import Holder


class NoSuchQueue(NotFound):
    """There is no queue {name} for a {seat}: ask for one of {queues}."""


@dataclass(frozen=True)
class Item:
    """A document that waits. `due_at`: of the correction where it was returned, else the deadline in force."""

    document_id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    state: str
    seq: int
    desk: str
    since: datetime
    due_at: datetime | None
    urgency: str
    number: str | None  # of the last sending
    sent_at: datetime | None


QUEUES: dict[str, tuple[str, ...]] = {
    "to_draft": ("drafter",),  # cần soạn
    "returned": ("drafter",),  # bị trả lại, cần sửa
    "presented": ("leader",),  # chờ ký
    "to_send": ("clerk",),  # đã ký, cần lấy số và gửi
    "to_receive": ("clerk",),  # văn bản đến, cần vào sổ
    "to_register": ("clerk",),  # chưa đến bản điện tử, có thể đến bằng giấy
    "to_accept": ("supervisor", "leader"),  # đã đến, cần tổng hợp hoặc trả lại
}
"""The queues, and the seats that they are for."""


def inbox(session: Session, holder: Holder, day: date, *, limit: int = 200) -> dict[str, list[Item]]:
    """The queues of one office on a local day; empty where it is not held then.

    An office that was named for a document sees it, the other holders of the same seat don't.
    """
    if not holder.holds_on(day):
        return {}
    return {name: queue(session, name, holder, limit=limit) for name in queues_of(holder)}


def queues_of(holder: Holder) -> list[str]:
    """The queues that this office has."""
    return [name for name, seats in QUEUES.items() if holder.seat in seats]


def queue(session: Session, name: str, holder: Holder, *, limit: int = 200) -> list[Item]:
    """One queue of an office. Raises `NoSuchQueue`."""
    if name not in queues_of(holder):
        raise NoSuchQueue(name=name, seat=holder.seat, queues=", ".join(queues_of(holder)) or "none")
    keys: dict[str, Any] = {"unit": holder.unit_id, "office": holder.office_id, "limit": limit}
    rows = session.connection().exec_driver_sql(_ITEMS.format(_WHERE[name]), keys)
    return [Item(*row) for row in rows]


def counts(session: Session, holder: Holder, outlook: str, at: datetime) -> dict[str, int]:
    """How many wait in each queue of the office, `papers` that came as files and are not decided on, and `overdue`:
    reports past their deadline under that path.

    A plan that is closed is chased no more; its board still shows who never sent.
    """
    keys: dict[str, Any] = {"unit": holder.unit_id, "office": holder.office_id, "at": at, "path": outlook,
                            "end": outlook[:-1] + "0"}  # fmt: skip
    wanted = {name: _COUNT.format(_WHERE[name]) for name in queues_of(holder)} | {"overdue": _OVERDUE}
    if holder.seat in ("clerk", "drafter"):
        wanted["papers"] = _PAPERS
    sql = "SELECT " + ", ".join(f"({count})" for count in wanted.values())
    return dict(zip(wanted, session.connection().exec_driver_sql(sql, keys).one(), strict=True))


_MINE = "AND (d.desk_office_id IS NULL OR d.desk_office_id = %(office)s)"
_UNRECEIVED = """
    d.receiver_id = %(unit)s AND d.state = 'submitted'
    AND NOT EXISTS (SELECT FROM receipt r WHERE r.sending_id = s.id)
"""
_WHERE = {
    "to_draft": f"d.drafter_id = %(unit)s AND d.state = 'draft' AND d.desk = 'drafter' {_MINE}",
    "returned": f"d.drafter_id = %(unit)s AND d.state = 'returned' AND d.desk = 'drafter' {_MINE}",
    "presented": f"d.issuer_id = %(unit)s AND d.state IN ('draft','returned') AND d.desk = 'leader' {_MINE}",
    "to_send": f"d.issuer_id = %(unit)s AND d.state = 'signed' AND d.desk = 'clerk' {_MINE}",
    "to_receive": _UNRECEIVED,
    "to_register": "d.receiver_id = %(unit)s AND d.state IN ('draft','returned')",
    "to_accept": "d.receiver_id = %(unit)s AND d.state = 'submitted' AND d.kind = 'report'",
}
# Duties that are waived or cancelled wait for nobody.
_WAITS = """
    (d.state = 'submitted' OR NOT EXISTS (
        SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind IN ('waiver','cancellation')))
"""
PLAN_RUNS = "NOT EXISTS (SELECT FROM document p WHERE p.id = d.plan_id AND p.state IN ('consolidated','withdrawn'))"
_COUNT = f"""
SELECT count(*) FROM document d
  LEFT JOIN LATERAL (SELECT n.id FROM sending n WHERE n.document_id = d.id ORDER BY n.no DESC LIMIT 1) s ON true
 WHERE {{0}} AND {_WAITS}
"""
_OVERDUE = f"""
SELECT count(*) FROM document d
 WHERE d.kind = 'report' AND d.state IN ('draft','signed','returned') AND d.requirement_id IS NOT NULL
   AND d.supplement = 0 AND d.path >= %(path)s AND d.path < %(end)s
   AND coalesce(d.correction_due, {IN_FORCE}) <= %(at)s AND {_WAITS} AND {PLAN_RUNS}
"""
_PAPERS = """
SELECT count(*) FROM incoming i WHERE i.unit_id = %(unit)s
   AND NOT EXISTS (SELECT FROM incoming_outcome o WHERE o.incoming_id = i.id)
"""
_ITEMS = f"""
SELECT d.id, d.kind, d.title, d.unit_id, u.name, d.state, d.seq, d.desk, d.desk_since,
       coalesce(d.correction_due, {IN_FORCE}) AS due, d.urgency, to_char(s.number, 'FM9900') || '/' || s.symbol,
       s.sent_at
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT n.id, n.number, n.symbol, n.sent_at FROM sending n WHERE n.document_id = d.id
                      ORDER BY n.no DESC LIMIT 1) s ON true
 WHERE {{0}} AND {_WAITS}
 ORDER BY array_position(ARRAY['hỏa tốc','thượng khẩn','khẩn'], d.urgency::text), due NULLS LAST, d.path, d.id
 LIMIT %(limit)s
"""
