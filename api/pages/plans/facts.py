"""The plans that one may see, a page of them: state, number, deadlines of each level, how much has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from api.auth import Caller
from api.seeing import VISIBLE, visible
from states.periods import local, local_day
from states.reading import board
from states.reading.links import NUMBER
from states.reading.standings import Counts
from states.units import LEVELS

PER_PAGE = 25
_ONE_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Deadline:
    """When a level must send: `until` in force for the level, `first` where it was moved from another moment."""

    level: str
    until: datetime
    first: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """What is asked for: whose plans, in which state, of which year, which page (from 1)."""

    whose: str = ""
    state: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True)
class PlanLine:
    """A plan of the list. `asks`: how many things it requires; `counts`: what is owed below the viewer."""

    id: int
    title: str
    state: str
    unit_id: int
    unit: str
    issuer_id: int
    drafter_id: int
    period_first: date | None
    period_last: date | None
    due_at: datetime | None
    plan_id: int | None
    number: str | None
    dated: date | None
    asks: int
    deadlines: tuple[Deadline, ...] = ()
    counts: Counts | None = None


@dataclass(frozen=True)
class PlanPage:
    """A page of plans, how many there are in all, and the years that have any."""

    lines: tuple[PlanLine, ...]
    total: int
    years: tuple[int, ...]


WHOSE = ("", "own", "received", "below", "all")
STATES: Mapping[str, Sequence[str]] = {
    "": ("draft", "signed", "returned", "submitted", "consolidated", "withdrawn"),
    "du-thao": ("draft", "signed", "returned"), "hien-hanh": ("submitted",), "xong": ("consolidated",),
    "thu-hoi": ("withdrawn",),
}  # fmt: skip


def due(moment: datetime | None) -> str:
    """A deadline as people say it: the midnight that ends a day is that day, an hour is told with it."""
    if moment is None:
        return ""
    at = local(moment)
    day = f"{local_day(moment - _ONE_TICK):%d/%m/%Y}"
    return day if at.time() == time() else f"{at:%H:%M} {day}"


def page(session: Session, by: Caller, wanted: Wanted) -> PlanPage:
    """The page, the newest plan first."""
    run = session.connection().exec_driver_sql
    keys = {**visible(by), "states": list(STATES.get(wanted.state, STATES[""])), "year": wanted.year,
            "limit": PER_PAGE, "offset": (wanted.page - 1) * PER_PAGE}  # fmt: skip
    where = _WHOSE.get(wanted.whose, _WHOSE[""])
    rows = run(_PAGE.format(whose=where), keys).all()
    years = tuple(run(_YEARS.format(whose=where), keys).scalars())
    asking = [row[0] for row in rows if row[13]]
    moved = deadlines(session, asking)
    counted = _counts(session, by) if asking else {}
    lines = [replace(PlanLine(*row[:14]), deadlines=moved.get(row[0], ()), counts=counted.get(row[0])) for row in rows]
    return PlanPage(tuple(lines), rows[0][14] if rows else 0, years)


def deadlines(session: Session, plans: Sequence[int]) -> dict[int, tuple[Deadline, ...]]:
    """For each plan the deadlines of its reports by level from above: as amended last, else as the plan says."""
    found: dict[int, dict[str, Deadline]] = {}
    for plan, level, until, first in session.connection().exec_driver_sql(_DEADLINES, {"plans": list(plans)}):
        found.setdefault(plan, {})[level] = Deadline(level, until, first if first != until else None)
    return {plan: tuple(sorted(by_level.values(), key=lambda one: LEVELS.index(one.level)))
            for plan, by_level in found.items()}  # fmt: skip


def _counts(session: Session, by: Caller) -> dict[int, Counts]:
    place: Any = "/" if by.held.seat == "auditor" else by.outlook
    return {one.id: one.counts for one in board.all_plans(session, place, by.at)}


_OWN = "(d.path = %(outlook)s OR %(unit)s IN (d.unit_id, d.issuer_id, d.drafter_id))"
_ABOVE = f"(NOT {_OWN} AND %(outlook)s::varchar LIKE d.path || '%%')"
_WHOSE = {
    "": f"({_OWN} OR {_ABOVE})", "own": _OWN, "received": _ABOVE, "below": f"NOT {_OWN} AND NOT {_ABOVE}",
    "all": "true",
}  # fmt: skip
_YEAR = "extract(year FROM coalesce(d.period_last, d.opened_at::date))::integer"
_FROM = f"""
  FROM document d WHERE d.kind = 'plan' AND d.state = ANY(%(states)s) AND {VISIBLE} AND {{whose}}
"""
_PAGE = f"""
SELECT d.id, d.title, d.state, d.unit_id, u.name, d.issuer_id, d.drafter_id, d.period_first, d.period_last, d.due_at,
       d.plan_id, sent.number, sent.date,
       (SELECT count(*) FROM requirement r WHERE r.plan_id = d.id)::integer AS asks, d.total
  FROM (SELECT d.*, count(*) OVER ()::integer AS total {_FROM} AND (%(year)s::integer IS NULL OR {_YEAR} = %(year)s)
         ORDER BY coalesce(d.period_last, d.opened_at::date) DESC, d.plan_id NULLS FIRST, d.id DESC
         LIMIT %(limit)s OFFSET %(offset)s) d
  JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = d.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 ORDER BY coalesce(d.period_last, d.opened_at::date) DESC, d.plan_id NULLS FIRST, d.id DESC
"""
_YEARS = f"SELECT DISTINCT {_YEAR} {_FROM} ORDER BY 1 DESC LIMIT 40"
_DEADLINES = """
SELECT r.plan_id, l.level, coalesce(max(moved.until), max(l.due_at)), max(l.due_at)
  FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id
  LEFT JOIN LATERAL (
      SELECT x.until FROM document o JOIN dispensation x ON x.document_id = o.id AND x.kind = 'amendment'
       WHERE o.requirement_id = r.id AND o.level = l.level AND o.kind = 'report' ORDER BY x.at DESC, x.id DESC LIMIT 1
  ) moved ON true
 WHERE r.plan_id = ANY(%(plans)s::bigint[]) AND r.kind = 'report' GROUP BY 1, 2
"""
