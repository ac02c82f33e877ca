"""Totals that no longer say what their sources say (số tổng hợp đã cũ), and what changes when they are made anew.

A reopened report moves only itself: totals above keep what they were signed with and are shown as stale, computed from
the frozen derivation, never stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from states.adding import NORMAL_BOUND, parts
from states.errors import NotFound
from states.figures import Cell, Figure
from states.reading.signing import CURRENT, SIGNED, Signature, signature, signed_sql


class NoTotalYet(NotFound):
    """Văn bản này chưa có số tổng hợp (there is no total yet): take up the reports below first."""


@dataclass(frozen=True)
class Cause:
    """A report whose figures stand in a total although it has moved on.

    `why`: reopened, returned, recalled, withdrawn (it is being corrected, a gap: «đang sửa»), or corrected: its new
    figures were sent. `revision_id`: the content that the total still holds. `seq`: the step that moved it.
    """

    document_id: int
    unit: str
    revision_id: int
    why: str
    seq: int | None


@dataclass(frozen=True)
class StaleTotal:
    """A total that holds figures of reports that have moved on since, at any level below it."""

    document_id: int
    unit_id: int
    unit: str
    level: str
    state: str
    revision_id: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Changed:
    """A cell that differs; None where no figure stands (missing is not zero)."""

    cell: Cell
    old: Figure | None
    new: Figure | None


@dataclass(frozen=True)
class Difference:
    """A total before and after, cell by cell. `accepted`: who signed the new one; None while nobody has."""

    old_revision: int | None
    new_revision: int | None
    cells: tuple[Changed, ...]
    accepted: Signature | None


def stale_totals(
    session: Session, *, plan_id: int | None = None, document_id: int | None = None
) -> list[StaleTotal]:  # fmt: skip
    """The stale totals under a plan, or this one document if it is stale; the topmost first."""
    found: dict[tuple[Any, ...], list[Cause]] = {}
    for row in session.connection().exec_driver_sql(_STALE, {"plan": plan_id, "document": document_id}):
        found.setdefault(tuple(row[:6]), []).append(Cause(*row[6:]))
    return [StaleTotal(*[*total, tuple(causes)]) for total, causes in found.items()]


def difference(session: Session, old_revision: int, new_revision: int) -> Difference:
    """What changed from one revision to another, and who accepted it by his signature."""
    rows = session.connection().exec_driver_sql(_DIFFERENCE, {"old": old_revision, "new": new_revision})
    return _difference(tuple(row) for row in rows)


def pending_difference(session: Session, document_id: int) -> Difference:
    """What stands in a total now against what taking up again, at every level below, would give at this moment.

    Reopened, recalled and returned reports are gaps; corrected ones count with their new figures once they are sent;
    the unit's own figures and contributions stay as they were. Raises `NoTotalYet`.
    """
    rows = [tuple(row) for row in session.connection().exec_driver_sql(_PENDING, {"document": document_id})]
    if not rows:
        raise NoTotalYet()
    return _difference(rows)


def _difference(rows: Iterable[tuple[Any, ...]]) -> Difference:
    """From rows (old, new, cell, amount and bound before, amount and bound after, signature); no cell: no change."""
    rows = list(rows)
    cells = tuple(
        Changed(Cell(cell), _figure(was, was_bound), _figure(now, now_bound))
        for _, _, cell, was, was_bound, now, now_bound, *_ in rows
        if cell is not None
    )
    return Difference(rows[0][0], rows[0][1], cells, signature(iter(rows[0][7:])))


def _figure(amount: Any, bound: Any) -> Figure | None:
    return None if amount is None else Figure.of(amount, bound)


# The reports whose taken-up content is no longer what they say, then everything that was made from it.
_STALE = f"""
WITH RECURSIVE asked AS (
    SELECT d.id, d.plan_id, d.path FROM document d WHERE d.id = %(document)s
    UNION SELECT NULL, %(plan)s, '/' WHERE %(plan)s::bigint IS NOT NULL),
moved AS (
    SELECT DISTINCT r.id, c.id AS document_id, c.unit_id, c.state, c.revision_id
      FROM asked a JOIN document c ON c.plan_id = a.plan_id AND c.path >= a.path AND c.path < left(a.path, -1) || '0'
       AND c.kind = 'report'
      JOIN revision r ON r.document_id = c.id AND r.part = 'whole'
     WHERE (c.state NOT IN ('submitted','consolidated') OR c.revision_id IS DISTINCT FROM r.id)
       AND EXISTS (SELECT FROM derivation v WHERE v.source_id = r.id)),
above AS (
    SELECT v.revision_id, m.id AS cause FROM moved m JOIN derivation v ON v.source_id = m.id
    UNION
    SELECT v.revision_id, a.cause FROM above a JOIN derivation v ON v.source_id = a.revision_id)
SELECT d.id, u.id, u.name, d.level, d.state, above.revision_id, m.document_id, place.name, m.id,
       CASE WHEN m.state IN ('submitted','consolidated') THEN 'corrected' ELSE coalesce(s.words, 'revised') END, s.seq
  FROM above JOIN revision r ON r.id = above.revision_id JOIN document d ON d.id = r.document_id
  JOIN unit u ON u.id = d.unit_id JOIN moved m ON m.id = above.cause JOIN unit place ON place.id = m.unit_id
  LEFT JOIN LATERAL (
      SELECT s.seq, CASE s.action WHEN 'reopen' THEN 'reopened' WHEN 'return' THEN 'returned'
                    WHEN 'recall' THEN 'recalled' WHEN 'withdraw' THEN 'withdrawn' END AS words
        FROM step s WHERE s.document_id = m.document_id AND s.action IN ('reopen','return','recall','withdraw')
       ORDER BY s.seq DESC LIMIT 1) s ON true
 WHERE above.revision_id = {CURRENT.format("d")} AND (%(document)s::bigint IS NULL OR d.id = %(document)s)
 ORDER BY length(d.path), d.path, d.id, place.path, m.id
"""
# Lines of free rows count in their cell: a difference is told of cells.
_CELLS = f"""
    SELECT cell, amount, {NORMAL_BOUND.format("bound")} AS bound FROM (
        SELECT cell, sum(amount) AS amount, bit_or(bound) AS bound FROM {{0}} GROUP BY cell) summed
"""
_COMPARED = f"""
SELECT pair.old, pair.new, c.cell, c.was, c.was_bound, c.now, c.now_bound, {SIGNED}
  FROM pair LEFT JOIN (
      SELECT cell, old.amount AS was, old.bound AS was_bound, new.amount AS now, new.bound AS now_bound
        FROM old FULL JOIN new USING (cell)
       WHERE (old.amount, old.bound) IS DISTINCT FROM (new.amount, new.bound)) c ON true
  LEFT JOIN revision made ON made.id = pair.new
  {signed_sql("made.document_id", "made.id")}
 ORDER BY c.cell
"""
_DIFFERENCE = f"""
WITH pair AS (SELECT %(old)s::bigint AS old, %(new)s::bigint AS new),
old AS ({_CELLS.format("figure WHERE revision_id = %(old)s")}),
new AS ({_CELLS.format("figure WHERE revision_id = %(new)s")})
{_COMPARED}
"""
# The tree as taking up would build it now; its leaves carry the figures, a free row is mapped by the unit just above.
_IS_TOTAL = """
    (EXISTS (SELECT FROM revision r WHERE r.id = {0} AND r.part = 'total')
     OR EXISTS (SELECT FROM derivation v WHERE v.revision_id = {0}))
"""
_PENDING = f"""
WITH RECURSIVE root AS (
    SELECT * FROM (SELECT d.id, {CURRENT.format("d")} AS revision_id FROM document d WHERE d.id = %(document)s) d
     WHERE {_IS_TOTAL.format("d.revision_id")}),
walk AS (
    SELECT id AS document_id, revision_id, 'whole'::varchar AS part, NULL::bigint AS above FROM root
    UNION ALL
    SELECT n.document_id, n.revision_id, n.part, w.document_id
      FROM walk w JOIN document x ON x.id = w.document_id
      LEFT JOIN document main ON main.requirement_id = x.requirement_id AND main.unit_id = x.unit_id
       AND main.supplement = 0
      CROSS JOIN LATERAL (
          SELECT s.document_id, s.id AS revision_id, s.part FROM derivation v JOIN revision s ON s.id = v.source_id
            JOIN document c ON c.id = s.document_id
           WHERE v.revision_id = w.revision_id
             AND (s.part <> 'whole' OR c.state = 'consolidated' AND c.revision_id = s.id)
          UNION ALL  -- a supplement below takes up nothing more: what comes late comes to its main report
          SELECT c.id, c.revision_id, 'whole' FROM document c
           WHERE c.parent_id = main.id AND c.kind = 'report' AND c.state = 'submitted'
             AND (x.supplement = 0 OR w.above IS NULL)) n
     WHERE w.part = 'whole' AND {_IS_TOTAL.format("w.revision_id")}),
taken AS (
    SELECT w.above AS document_id, w.revision_id AS source_id FROM walk w
     WHERE w.above IS NOT NULL AND NOT (w.part = 'whole' AND {_IS_TOTAL.format("w.revision_id")})),
counted AS (  -- what stays with its unit goes no further than the total just above
    SELECT part.cell, part.amount, part.bound FROM ({parts("taken", "'infinity'::timestamptz")}) part
      JOIN document a ON a.id = part.document_id JOIN form o ON o.code = a.form AND o.version = a.form_version
     WHERE a.id = (SELECT id FROM root) OR NOT part.cell = ANY (o.kept)),
pair AS (SELECT revision_id AS old, NULL::bigint AS new FROM root),
old AS ({_CELLS.format("figure WHERE revision_id = (SELECT revision_id FROM root)")}),
new AS ({_CELLS.format("counted")})
{_COMPARED}
"""
