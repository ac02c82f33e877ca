"""What the form of a new plan shows beside what is typed: whom it reaches, what each deadline means, what to choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from api.pages import months, typed
from api.pages.months import Month
from api.pages.plans import new_order as new_plan_order
from api.pages.plans.new_form import TypedLevel, TypedPlan, TypedRequirement
from api.pages.units import facts as unit_facts
from api.pages.units.facts import Node
from documents.forms import load_forms
from states import units
from states.calendar import Calendar
from states.periods import Window, local_day
from states.units import Place
from workflows.planning import LEVELS

SPARE_DAYS = 3
"""Working days that a suggestion leaves each level: after the figures end, then after the level below."""


@dataclass(frozen=True)
class Warned:
    """Something about a deadline that is no error: `what` names it, `day` and `words` go into its sentence."""

    what: str
    day: date | None = None
    words: str = ""


@dataclass(frozen=True)
class LevelSeen:
    """A level of a requirement: how many units it reaches, what its deadline means, in working days."""

    typed: TypedLevel
    units: int
    due: date | None = None
    left: int | None = None
    after: int | None = None
    warned: tuple[Warned, ...] = ()


@dataclass(frozen=True)
class RequirementSeen:
    """A requirement with its window as far as it can be read, its levels from above, the months of its deadlines."""

    typed: TypedRequirement
    window: Window | None
    levels: tuple[LevelSeen, ...]
    months: tuple[Month, ...]
    expected: tuple[int, ...] = ()  # years of deadlines whose calendar is not announced yet

    @property
    def due(self) -> list[LevelSeen]:
        """The levels that have a deadline."""
        return [one for one in self.levels if one.due]


@dataclass(frozen=True)
class Chosen:
    """A unit that is addressed, with all below it or alone."""

    place: Place
    subtree: bool


def unit_of(session: Session, unit_id: int) -> Place:
    """The unit whose plan somebody there would draft: his own, or the one that his department belongs to."""
    own = units.get(session, unit_id)
    body = own.level == "body" and own.parent_id is not None
    return units.get(session, own.parent_id) if body and own.parent_id else own


def chosen(session: Session, plan: TypedPlan) -> list[Chosen]:
    """The addressees that there are."""
    run = session.connection().exec_driver_sql
    there = set(run("SELECT id FROM unit WHERE id = ANY(%(ids)s)", {"ids": [one for one, _ in plan.chosen]}).scalars())
    return [Chosen(units.get(session, one), subtree) for one, subtree in plan.chosen if one in there]


def tree(session: Session, root: Place, day: date, plan: TypedPlan, there: Sequence[Chosen]) -> Node:
    """The tree opened where it was, and down to each unit that is chosen."""
    lines = {int(part) for one in there for part in one.place.path.strip("/").split("/")[:-1]}
    return unit_facts.tree(session, root, day, [*plan.opened, *lines])


def reached(session: Session, plan: TypedPlan, day: date) -> dict[str, int]:
    """How many units of each level are addressed, as of the day."""
    keys = {"ids": [one for one, _ in plan.chosen], "all": [one for _, one in plan.chosen], "day": day}
    found = {row[0]: row[1] for row in session.connection().exec_driver_sql(_REACHED, keys)}
    return {level: found[level] for level in LEVELS if level in found}


def seen(
    session: Session, plan: TypedPlan, known: Calendar, today: date, there: Mapping[str, int], words: dict[str, str]
) -> list[RequirementSeen]:  # fmt: skip
    """Every requirement with what its dates mean. `there`: levels below the plan's unit; `words`: levels in words."""
    return [_requirement(session, plan, one, known, today, there, words) for one in plan.requirements]


def suggested(one: TypedRequirement, levels: Sequence[str], known: Calendar) -> TypedRequirement:
    """Deadlines where there are none: the lowest level some working days after the figures end, each above later."""
    window = _reached_by(known, new_plan_order.window(one))
    if window is None:
        return one
    filled, day = {}, window.last
    for level in sorted(set(levels) - {"body"}, key=LEVELS.index, reverse=True):  # bodies send whenever
        given = typed.day(one.level(level).due)
        day = given or known.add_working_days(day, SPARE_DAYS)
        filled[level] = day.isoformat()
    return replace(one, levels=[replace(level, due=filled.get(level.level, level.due)) for level in one.levels])


def options(session: Session, root: Place, day: date) -> dict[str, Any]:
    """What may be chosen: forms, roles of bodies below, bodies of the unit, words used before."""
    run = session.connection().exec_driver_sql
    bodies = [one for one in units.children(session, root.id, day) if one.level == "body"]
    return {
        "forms": sorted(load_forms().values(), key=lambda form: (form.code, -form.version)),
        "roles": [tuple(row) for row in run(_ROLES, {"path": root.path, "day": day})],
        "bodies": [root, *bodies], "fields": unit_facts.known_fields(session),
        "subjects": list(run(_SUBJECTS).scalars()),
    }  # fmt: skip


def _requirement(
    session: Session, plan: TypedPlan, one: TypedRequirement, known: Calendar, today: date,
    there: Mapping[str, int], words: dict[str, str],
) -> RequirementSeen:  # fmt: skip
    window = new_plan_order.window(one)
    counts = reached(session, plan, window.last if window else typed.day(plan.day) or today)
    shown = [level for level in LEVELS if level in there or counts.get(level) or one.level(level).due]
    reach = _reached_by(known, window)
    levels = [_level(one, one.level(level), counts.get(level, 0), reach, known, today) for level in shown]
    levels = [replace(level, warned=(*level.warned, *_order(level, levels))) for level in levels]
    marks: dict[date, list[str]] = {}
    for level in levels:
        if level.due:
            marks.setdefault(level.due, []).append(words[level.typed.level])
    expected = sorted({day.year for day in marks if known.status(day) == "expected"})
    return RequirementSeen(one, window, tuple(levels), tuple(months.months_of(known, marks)), tuple(expected))


def _reached_by(known: Calendar, window: Window | None) -> Window | None:
    """The window if the calendar of working days reaches a year beyond it."""
    return window if window and known.first_year <= window.last.year < known.last_year else None


def _level(
    one: TypedRequirement, level: TypedLevel, count: int, window: Window | None, known: Calendar, today: date
) -> LevelSeen:  # fmt: skip
    moment = new_plan_order.due_moment(level, known)
    due = known.due_day(moment) if moment is not None else None
    if due is None or not known.first_year <= due.year <= known.last_year:
        return LevelSeen(level, count)
    after = known.working_days_between(window.last, due) if window and local_day(window.cut_off) <= due else None
    left = known.working_days_between(today, due)
    return LevelSeen(level, count, due, left, after, tuple(_warned(one, moment, due, count, window, known, today)))


def _warned(
    one: TypedRequirement, moment: Any, due: date, count: int, window: Window | None, known: Calendar, today: date
) -> Iterator[Warned]:  # fmt: skip
    if not count:
        yield Warned("nobody")
    if due < today:
        yield Warned("past")
    if not known.is_working(due):
        yield Warned("rest", known.add_working_days(due, 1), known.rest_reason(due))
    if window and one.kind == "report" and moment <= window.cut_off:
        yield Warned("early", known.earliest_due(window))


def _order(level: LevelSeen, levels: Sequence[LevelSeen]) -> Iterator[Warned]:
    """Below sends before above does; bodies send whenever."""
    rank = LEVELS.index(level.typed.level)
    above = [one for one in levels if one.due and level.due and LEVELS.index(one.typed.level) < rank
             and level.typed.level != "body" and one.due < level.due]  # fmt: skip
    if above:
        yield Warned("above", above[-1].due, above[-1].typed.level)


_REACHED = """
SELECT u.level, count(DISTINCT u.id) FROM unnest(%(ids)s::integer[], %(all)s::boolean[]) a (id, subtree)
  JOIN unit top ON top.id = a.id
  JOIN unit u ON (u.id = top.id OR a.subtree AND u.path LIKE top.path || '%%')
   AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
 GROUP BY 1
"""
_ROLES = """
SELECT role, min(name) FROM unit WHERE role IS NOT NULL AND path LIKE %(path)s || '%%'
   AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s) GROUP BY role ORDER BY role
"""
_SUBJECTS = "SELECT DISTINCT subject FROM document WHERE kind = 'plan' AND subject <> '' ORDER BY subject LIMIT 100"
