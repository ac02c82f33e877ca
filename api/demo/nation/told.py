"""What the nation's year came to: the total checked against what was signed, a figure followed down, boards."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from states.errors import DonDocError
from states.figures import Cell, Figure
from states.reading.board import summary_by
from states.reading.provenance import Traced, trace
from states.reading.standings import Standing

NATION = 1
TRACED = Cell.of(1, 2, 3)
"""The figure that is followed down: women at talks and club meetings."""


class TotalsDiffer(DonDocError):
    """Ô {cell}: tổng toàn quốc là {total}, cộng các nội dung đã ký của xã, phường là {sum} (the totals differ)."""


def totals_of(session: Session, report: int) -> dict[Cell, Figure]:
    """The figures of the content that was signed."""
    rows = session.connection().exec_driver_sql(_TOTALS, {"report": report})
    return {Cell(cell): Figure(amount, bound) for cell, amount, bound in rows}


def check(session: Session, plan: int, totals: Mapping[Cell, Figure]) -> None:
    """Add up the signed contents of the wards and the provinces' own parts anew, from their JSON, not from rows.

    Raises `TotalsDiffer` where a national figure is not that sum.
    """
    summed = {Cell(cell): amount for cell, amount in session.connection().exec_driver_sql(_SIGNED, {"plan": plan})}
    for cell in totals.keys() | summed.keys():
        total = totals[cell].amount if cell in totals else 0
        if total != summed.get(cell, 0):
            raise TotalsDiffer(cell=int(cell), total=total, sum=summed.get(cell, 0))


def follow(session: Session, report: int) -> list[dict[str, Any]]:
    """One national figure down to a ward's row, each time by the biggest part that came from below."""
    node, path = trace(session, TRACED, document_id=report), []
    while node.parts:
        path.append(_told(node))
        below = [part for part in node.parts if part.part != "own"]
        biggest = max(below, key=lambda part: (part.figure.amount, -part.unit_id))
        node = biggest if biggest.part == "row" else trace(session, TRACED, revision_id=biggest.revision_id)
    return [*path, _told(node)]


def number(count: int) -> str:
    """As people write it: 3.321."""
    return f"{count:,}".replace(",", ".")


def _told(node: Traced) -> dict[str, Any]:
    signed = node.signed
    return {
        "unit": node.unit, "level": node.level, "part": node.part, "figure": str(node.figure), "words": node.words,
        "document": node.document_id, "revision": node.revision_id, "digest": node.digest, "parts": len(node.parts),
        "adds_up": node.adds_up, "signed_by": signed.words if signed else None,
        "signed_at": signed.at.isoformat() if signed else None,
    }  # fmt: skip


def board(session: Session, plan: int, now: datetime) -> dict[str, Any]:
    """The wards' board by province, the worst first, and the counts of the whole."""
    parts = [part for part in summary_by(session, plan, NATION, now, level="commune") if part.counts.expected]
    parts.sort(key=lambda part: (part.counts.rate or 0, part.counts.on_time_rate or 0, part.name))
    counts = [part.counts for part in parts]
    return {
        "at": now.isoformat(), "expected": sum(c.expected for c in counts), "received": sum(c.received for c in counts),
        "on_time": sum(c.on_time for c in counts), "standings": _standings(c.standings for c in counts),
        "provinces": [{"unit": part.name, "expected": part.counts.expected, "received": part.counts.received,
                       "on_time": part.counts.on_time, "standings": _standings([part.counts.standings])}
                      for part in parts],
    }  # fmt: skip


def _standings(counts: Iterable[Mapping[Standing, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for count in counts:
        found.update({standing.value: number for standing, number in count.items()})
    return dict(sorted(found.items()))


_TOTALS = """
SELECT f.cell, f.amount, f.bound FROM document d JOIN figure f ON f.revision_id = d.revision_id WHERE d.id = %(report)s
"""
# The signed JSON of each ward that stands in a total, and each province's own part, cell by cell.
_SIGNED = """
WITH content AS (
    SELECT r.content FROM document d JOIN revision r ON r.id = (
        SELECT s.revision_id FROM sending s WHERE s.document_id = d.id ORDER BY s.no DESC LIMIT 1)
     WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = 'commune' AND d.state = 'consolidated'
    UNION ALL
    SELECT (SELECT r.content FROM revision r WHERE r.document_id = d.id AND r.part = 'own' ORDER BY r.no DESC LIMIT 1)
      FROM document d WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = 'province' AND d.supplement = 0
       AND d.state = 'consolidated')
SELECT (line ->> 'table')::integer * 10000 + (line ->> 'row')::integer * 100 + value.key::integer,
       sum(regexp_replace(value.value, '[^0-9.-]', '', 'g')::numeric)
  FROM content, jsonb_array_elements(content -> 'rows') line, jsonb_each_text(line -> 'values') value
 GROUP BY 1
"""
