"""A preview of the totals at any moment, through all levels: it marks what is unsigned and changes nothing.

A report that is signed and sent speaks for itself and for all below it. Where a level has not signed yet, its value
is the sum of what stands below and of its own parts, and is marked as not signed.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from states.adding import summed
from states.figures import Cell, Figure
from workflows.consolidation import NoTotal
from workflows.planning import LEVELS


@dataclass
class Preview:
    """What a total would hold now. Coverage counts leaf units: expected, signed and sent, and drafts counted in."""

    document_id: int
    unit: str
    level: str
    signed: bool
    expected: int = 0
    sent: int = 0
    unsigned: int = 0
    figures: dict[Cell, Figure] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Leaf units that have said nothing that could be counted."""
        return self.expected - self.sent - self.unsigned


def preview(session: Session, plan_id: int, now: datetime, *, level: str | None = None, unit_path: str = "/",
            drafts: bool = False) -> list[Preview]:  # fmt: skip
    """The totals of one level (the highest below `unit_path` without one) as they would be now, one per unit.

    `drafts`: also count contents that were put up for signature and are not sent yet; they are told as unsigned.
    One statement. Raises `NoTotal` where the plan has no such level.
    """
    levels = _levels(session, plan_id, unit_path)
    chosen = level or (levels[0] if levels else "")
    if chosen not in levels:
        raise NoTotal(level=chosen or unit_path)
    going_up = list(reversed(levels[levels.index(chosen) :]))
    keys = {"plan": plan_id, "path": unit_path, "now": now, "drafts": drafts}
    found: dict[int, Preview] = {}
    run = session.connection().exec_driver_sql
    for row in run(_COUNTS, {**keys, "level": chosen}):
        found[row[0]] = Preview(*row)
    for document, cell, amount, bound in run(_statement(going_up, drafts), keys):
        found[document].figures[Cell(cell)] = Figure(amount, bound)
    return list(found.values())


def _levels(session: Session, plan_id: int, unit_path: str) -> list[str]:
    """The levels that hold reports of this plan, from the top down."""
    found = session.connection().exec_driver_sql(_LEVELS, {"plan": plan_id, "path": unit_path}).scalars()
    return sorted(found, key=LEVELS.index)


def _statement(going_up: list[str], drafts: bool) -> str:
    """One statement with a step per level, from the leaves up: what is sent, else the sum of the level below."""
    steps = []
    for number, level in enumerate(going_up):
        steps.append(f"at_{number} AS (SELECT * FROM doc WHERE level = '{level}')")
        below = []
        if number:
            steps.append(f"pairs_{number} AS (SELECT c.parent_id AS document_id, c.revision_id AS source_id "
                         f"FROM at_{number - 1} c JOIN at_{number} p ON p.id = c.parent_id AND NOT p.speaks "
                         f"WHERE c.speaks UNION ALL {_PARTS.format(number)})")  # fmt: skip
            below.append(f"SELECT document_id, cell, amount, bound FROM ({summed(f'pairs_{number}', '%(now)s')}) own")
        if number > 1:
            below.append(f"SELECT c.parent_id, v.cell, v.amount, v.bound FROM value_{number - 1} v "
                         f"JOIN at_{number - 1} c ON c.id = v.document_id AND NOT c.speaks "
                         f"JOIN at_{number} p ON p.id = c.parent_id AND NOT p.speaks")  # fmt: skip
        if number == len(going_up) - 1:  # only the level that is asked for needs its own sent figures
            below.append(f"SELECT s.id, f.cell, f.amount, f.bound FROM at_{number} s "
                         "JOIN figure f ON f.revision_id = s.revision_id WHERE s.speaks")  # fmt: skip
        if below:  # a level just above the leaves has one source, which is added up already
            alone = number == 1 and len(below) == 1
            steps.append(f"value_{number} AS ({below[0] if alone else _joined(below)})")
    last = f"value_{len(going_up) - 1}"
    documents = _DOCUMENTS.format(_PUT_UP if drafts else _SENT)
    steps.insert(0, f"doc AS MATERIALIZED ({documents})")
    return f"WITH {', '.join(steps)} SELECT document_id, cell, amount, bound FROM {last}"


def _joined(below: list[str]) -> str:
    """What stands below from several sides, added up."""
    return (
        "SELECT document_id, cell, sum(amount) AS amount, bit_or(bound) AS bound "
        f"FROM ({' UNION ALL '.join(below)}) AS x (document_id, cell, amount, bound) GROUP BY 1, 2"
    )


# A document «speaks» where it has signed and sent content, or, if drafts are wanted, content put up.
_SENT = "CASE WHEN d.state IN ('submitted','consolidated') THEN d.revision_id END"
_PUT_UP = f"""coalesce({_SENT}, (SELECT w.id FROM revision w WHERE d.state IN ('draft','signed','returned')
    AND w.document_id = d.id AND w.part = 'whole' ORDER BY w.no DESC LIMIT 1))"""
_DOCUMENTS = """
SELECT *, revision_id IS NOT NULL AS speaks FROM (
    SELECT d.id, d.parent_id, d.level, d.supplement, {} AS revision_id FROM document d
     WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.path LIKE %(path)s || '%%') said
"""
# A total that has not spoken counts its own part and its contributions beside what comes from below; a supplement
# counts what it has taken up, for the units below answer to the total that it supplements.
_PARTS = """
SELECT p.id, i.source_id FROM at_{0} p JOIN intake i ON i.document_id = p.id
  JOIN revision r ON r.id = i.source_id AND (r.part = 'contribution' OR p.supplement > 0 AND r.part = 'whole')
 WHERE NOT p.speaks
UNION ALL
SELECT p.id, (SELECT r.id FROM revision r WHERE r.document_id = p.id AND r.part = 'own' ORDER BY r.no DESC LIMIT 1)
  FROM at_{0} p WHERE NOT p.speaks
"""
_LEVELS = """
SELECT DISTINCT level FROM document WHERE plan_id = %(plan)s AND kind = 'report' AND path LIKE %(path)s || '%%'
"""
_COUNTS = """
WITH leaf AS (
    SELECT o.id, o.path, o.requirement_id, o.state IN ('submitted','consolidated') AS sent,
           %(drafts)s AND o.state IN ('draft','signed','returned')
             AND EXISTS (SELECT FROM revision r WHERE r.document_id = o.id AND r.part = 'whole') AS unsigned
      FROM document o
     WHERE o.plan_id = %(plan)s AND o.kind = 'report' AND o.supplement = 0 AND o.path LIKE %(path)s || '%%'
       AND NOT EXISTS (SELECT FROM document c WHERE c.parent_id = o.id)
       AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = o.id AND x.in_time
                          AND x.kind IN ('waiver','cancellation'))),
above AS (
    SELECT d.id, u.name, d.level, d.state IN ('submitted','consolidated') AS signed, d.path, d.requirement_id,
           place.depth
      FROM document d JOIN unit u ON u.id = d.issuer_id JOIN unit place ON place.id = d.unit_id
     WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.supplement = 0 AND d.level = %(level)s
       AND d.path LIKE %(path)s || '%%')
SELECT a.id, a.name, a.level, a.signed, count(l.id), count(l.id) FILTER (WHERE l.sent),
       count(l.id) FILTER (WHERE l.unsigned)
  FROM above a LEFT JOIN leaf l ON l.requirement_id = a.requirement_id
   AND array_to_string((string_to_array(l.path, '/'))[1:a.depth + 2], '/') || '/' = a.path
 GROUP BY a.id, a.name, a.level, a.signed ORDER BY a.id
"""
