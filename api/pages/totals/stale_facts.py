"""An old total (số tổng hợp đã cũ): what moved below it, when and by whom, and what it changes cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from states.figures import Cell, Figure
from states.reading import staleness
from states.reading.signing import SIGNED, Signature, signature, signed_sql
from states.reading.staleness import Cause, Changed, Difference


@dataclass(frozen=True)
class Moved:
    """A report that moved on: by which step of whom, why; what it says instead (nothing while it is being corrected),
    and who signed that.
    """

    cause: Cause
    at: datetime | None
    person: str | None
    title: str | None
    reason: str | None
    new_revision: int | None
    signed: Signature | None
    cells: tuple[Changed, ...]


@dataclass(frozen=True)
class Cut:
    """A cell of the total before and after, and how much whose report moves it; `rest`: what came newly, or is more
    than plain numbers tell.
    """

    cell: Cell
    old: Figure | None
    new: Figure | None
    units: tuple[tuple[str, Figure], ...]

    @property
    def by(self) -> Figure | None:
        """How much more (less below zero); None where one side is no figure, or only a bound."""
        if self.old is None or self.new is None or not (self.old.is_exact and self.new.is_exact):
            return None
        return Figure(self.new.amount - self.old.amount)

    @property
    def rest(self) -> Figure | None:
        """What reports sent meanwhile bring; None where those that moved explain it all."""
        told = _amount(self.new) - _amount(self.old) - sum((one.amount for _, one in self.units), Decimal(0))
        return Figure(told) if told else None


@dataclass(frozen=True)
class Stale:
    """A total with what made it old, and the difference that making it anew gives. `old`: the content it holds."""

    causes: tuple[Moved, ...]
    cells: tuple[Cut, ...]
    old: int | None
    old_signed: Signature | None


def read(session: Session, document_id: int) -> Stale:
    """Computed now, never stored. Raises `NoTotalYet`."""
    pending = staleness.pending_difference(session, document_id)
    found = staleness.stale_totals(session, document_id=document_id)
    causes = tuple(_moved(session, cause) for one in found for cause in one.causes)
    whose: dict[Cell, list[tuple[str, Figure]]] = {}
    for moved in causes:
        for changed in moved.cells:
            by = Figure(_amount(changed.new) - _amount(changed.old))
            whose.setdefault(changed.cell, []).append((moved.cause.unit, by))
    cells = tuple(Cut(one.cell, one.old, one.new, tuple(whose.get(one.cell, ()))) for one in pending.cells)
    return Stale(causes, cells, pending.old_revision, _signed(session, document_id, pending))


def moments(session: Session, causes: Iterable[Cause]) -> dict[int, datetime]:
    """When each report moved on, by document: its new sending, else the step that opened it."""
    told = list(causes)
    keys = {"ids": [one.document_id for one in told], "seqs": [one.seq for one in told]}
    rows = session.connection().exec_driver_sql(_MOMENTS, keys).all() if told else []
    return {document: at for document, at in rows if at is not None}


def _moved(session: Session, cause: Cause) -> Moved:
    keys = {"id": cause.document_id, "seq": cause.seq}
    at, person, title, reason, signed = session.connection().exec_driver_sql(_MOVED, keys).one()
    now: int | None = signed if cause.why == "corrected" else None
    # No revision has the number 0: what is being corrected says nothing now.
    told = staleness.difference(session, cause.revision_id, now or 0)
    return Moved(cause, at, person, title, reason, now, told.accepted if now else None, told.cells)


def _signed(session: Session, document_id: int, pending: Difference) -> Signature | None:
    row = session.connection().exec_driver_sql(_SIGNED, {"id": document_id, "revision": pending.old_revision}).one()
    return signature(iter(tuple(row)))


def _amount(figure: Figure | None) -> Decimal:
    return figure.amount if figure is not None else Decimal(0)


_MOVED = """
SELECT s.at, p.full_name, o.title, s.reason, d.revision_id
  FROM document d LEFT JOIN step s ON s.document_id = d.id AND s.seq = %(seq)s
  LEFT JOIN person p ON p.id = s.person_id LEFT JOIN office o ON o.id = s.office_id
 WHERE d.id = %(id)s
"""
_MOMENTS = """
SELECT m.id, coalesce(CASE WHEN d.state IN ('submitted','consolidated') THEN
         (SELECT max(n.sent_at) FROM sending n WHERE n.document_id = d.id AND n.seq > m.seq) END, s.at)
  FROM unnest(%(ids)s::bigint[], %(seqs)s::integer[]) m (id, seq) JOIN document d ON d.id = m.id
  LEFT JOIN step s ON s.document_id = m.id AND s.seq = m.seq
"""
_SIGNED = f"SELECT {SIGNED} FROM (SELECT 1) one {signed_sql('%(id)s', '%(revision)s')}"
