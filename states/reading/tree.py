"""The tree of a plan (cây kế hoạch): how it fans out, one level a call, each unit coloured by what is worst below it.

A node is a unit under the plan: the plan it must issue itself, the reports it owes, and the counts of all beneath.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from states.calendar import Calendar
from states.errors import NotFound
from states.reading.links import NUMBER
from states.reading.owed import CHILD, GROUP, LINES, OWED, count, keys_of, reader, scope
from states.reading.standings import Counts, Line, Standing


class NoSuchPlan(NotFound):
    """Không có kế hoạch số {plan} (no such plan): look at the list of plans."""


@dataclass(frozen=True)
class Head:
    """The plan at the top of the tree, that nobody above asked for. `issued_at`: when it was sent."""

    id: int
    title: str
    unit_id: int
    unit: str
    path: str
    state: str
    number: str | None
    dated: date | None
    issued_at: datetime | None
    period_first: date | None
    period_last: date | None


@dataclass(frozen=True)
class Node:
    """A unit in the tree. `lines`: what it owes itself, its own plan first; `below`: everything strictly beneath it.

    A line tells when it was sent or issued (`sent_at`, `number`, `dated`), its deadline and its own standing.
    """

    unit_id: int
    unit: str
    level: str
    path: str
    lines: tuple[Line, ...]
    own: Counts
    below: Counts

    @property
    def worst(self) -> Standing | None:
        """The worst standing in this part of the tree, the unit's own included; None where nothing is owed."""
        return (self.own + self.below).worst

    @property
    def opens(self) -> bool:
        """Whether there is anything beneath to open."""
        return self.below.opened > 0


@dataclass(frozen=True)
class Branch:
    """One level of the tree: the unit that was opened, and the units just below it in the registry's order."""

    at: datetime
    plan: Head
    here: Node
    children: tuple[Node, ...]


def branch(session: Session, plan_id: int, now: datetime, calendar: Calendar, place: str | int | None = None) -> Branch:
    """The level just below a unit (its path or number; None: the unit whose plan it is) under a plan.

    A plan that was asked for from above opens in its place in the tree of the plan that asked. Three statements,
    however many units lie beneath. Raises `NoSuchPlan`.
    """
    row = session.connection().exec_driver_sql(_HEAD, {"plan": plan_id}).one_or_none()
    if row is None:
        raise NoSuchPlan(plan=plan_id)
    head, own_path = Head(*row[:-1]), row[-1]
    keys = keys_of(session, place if place is not None else own_path, now, plan=head.id)
    parts = _parts(session, keys)
    lines = _lines(session, keys, now, calendar)
    nodes = [_node(unit, counts, lines.get(unit[0], ())) for unit, counts in parts.items()]
    return Branch(now, head, nodes[0], tuple(nodes[1:]))


Unit = tuple[int, str, str, str]


def _parts(session: Session, keys: dict[str, Any]) -> dict[Unit, tuple[Counts, Counts]]:
    """For the unit itself, first, and each one just below: what it owes itself, and what all beneath it owe."""
    rows: dict[Unit, tuple[list[Any], list[Any]]] = {}
    for row in session.connection().exec_driver_sql(_PARTS.format(scope(keys)), keys):
        found = rows.setdefault(tuple(row[:4]), ([], []))
        if row[5] is not None:  # some standing
            found[0 if row[4] else 1].append(row[5:])
    parts = {unit: (count(own), count(below)) for unit, (own, below) in rows.items()}
    top, *children = parts
    beneath = sum((own + below for own, below in (parts[child] for child in children)), Counts())
    return parts | {top: (parts[top][0], beneath)}


def _lines(session: Session, keys: dict[str, Any], now: datetime, calendar: Calendar) -> dict[int, list[Line]]:
    sql = LINES.format(scope(keys) + _THIS_LEVEL) + " ORDER BY o.kind, o.deadline, o.id"
    found: dict[int, list[Line]] = {}
    for line in map(reader(now, calendar), session.connection().exec_driver_sql(sql, keys)):
        found.setdefault(line.unit_id, []).append(line)
    return found


def _node(unit: Unit, counts: tuple[Counts, Counts], lines: Iterable[Line]) -> Node:
    return Node(*unit, tuple(lines), *counts)


_HEAD = f"""
SELECT p.id, p.title, u.id, u.name, u.path, p.state, sent.number, sent.date, sent.sent_at, p.period_first,
       p.period_last, asked.path
  FROM document asked JOIN document p ON p.id = coalesce(asked.plan_id, asked.id) AND p.kind = 'plan'
  JOIN unit u ON u.id = p.unit_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date, s.sent_at FROM sending s WHERE s.document_id = p.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE asked.id = %(plan)s
"""
# The unit that was opened stands here even if nothing is owed in its part.
_PARTS = f"""
WITH part AS MATERIALIZED (
    SELECT {CHILD} AS unit_id, split_part(substr(o.path, %(rest)s), '/', 2) = '' AS own, {GROUP}, count(*) AS number
      FROM ({OWED}) o GROUP BY 1, 2, {GROUP})
SELECT u.id, u.name, u.level, u.path, p.own, p.standing, p.expected, p.received, p.on_time, p.number
  FROM (SELECT * FROM part UNION ALL SELECT %(here)s, true, NULL, NULL, NULL, NULL, 0) p JOIN unit u ON u.id = p.unit_id
 ORDER BY u.path = %(path)s DESC, u.code, u.id
"""
# Own lines of the unit and of those just below; bodies owe in their unit's name and never stand between.
_THIS_LEVEL = """
 AND d.unit_id IN (SELECT t.id FROM unit t WHERE t.path = %(path)s
             UNION ALL SELECT t.id FROM unit t JOIN unit top ON top.id = t.parent_id WHERE top.path = %(path)s)
"""
