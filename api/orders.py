"""From a plan as it is sent to one as it is ordered, each wrong place told; whose it is, `workflows.planning` says."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

from api.auth import Caller
from api.schemas.plans import LevelIn, PlanIn, RequirementIn, WindowIn
from documents.forms import form
from states import periods, units
from states.calendar import Calendar
from states.errors import DonDocError, Invalid, Reason
from states.lifecycle import Kind
from states.periods import Window
from states.units import Place
from workflows.planning import LevelOrder, PlanNotPossible, PlanOrder, RequirementOrder

Made = TypeVar("Made")


def order(session: Session, sent: PlanIn, by: Caller, calendar: Calendar) -> PlanOrder:
    """The order, or `PlanNotPossible` with a reason per place that can't be read."""
    wrong: list[Reason] = []
    unit = _try(wrong, "unit_id", _unit, session, sent.unit_id, by)
    for n, one in enumerate(sent.addressees):
        _try(wrong, f"addressees.{n}", units.get, session, one.unit_id)
    _try(wrong, "form", form, sent.form, sent.form_version)
    window = _try(wrong, "window", _window, sent.window) if sent.window else None
    asked = [_requirement(wrong, f"requirements.{n}", it, calendar) for n, it in enumerate(sent.requirements)]
    if wrong or unit is None:
        raise PlanNotPossible(reasons=wrong, why="; ".join(f"{r.place}: {r.message}" for r in wrong))
    return PlanOrder(
        unit.id, sent.title, [(one.unit_id, one.subtree) for one in sent.addressees],
        [one for one in asked if one is not None], sent.subject, sent.field, sent.form, sent.form_version,
        sent.issuer_id, sent.drafter_id, sent.legal_basis, window,
    )  # fmt: skip


def _try(wrong: list[Reason], place: str, make: Callable[..., Made], *told: Any) -> Made | None:
    """What is made, or None with the reason why not, at its place."""
    try:
        return make(*told)
    except DonDocError as error:
        wrong.append(Reason(place, error.message))
        return None


def _unit(session: Session, unit_id: int | None, by: Caller) -> Place:
    """The unit whose plan it is: the one named, else the caller's own, or the one that his department belongs to."""
    own = units.get(session, unit_id or by.held.unit_id)
    if unit_id is None and own.level == "body" and own.parent_id is not None:
        return units.get(session, own.parent_id)
    return own


def _requirement(wrong: list[Reason], place: str, one: RequirementIn, calendar: Calendar) -> RequirementOrder | None:
    window = _try(wrong, f"{place}.window", _window, one.window)
    _try(wrong, f"{place}.form", form, one.form, one.form_version)
    levels = [_try(wrong, f"{place}.levels.{n}", _level, lv, calendar) for n, lv in enumerate(one.levels)]
    if window is None or None in levels:
        return None
    return RequirementOrder(
        Kind(one.kind), one.title, one.form, one.form_version, window, [lv for lv in levels if lv is not None],
        one.legal_basis, one.series, one.urgency, one.straddle, one.periodic,
    )  # fmt: skip


def _window(sent: WindowIn) -> Window:
    return periods.asked(**vars(sent))


def _level(sent: LevelIn, calendar: Calendar) -> LevelOrder:
    if (sent.due_on is None) == (sent.due_at is None):
        raise Invalid("một cấp có một thời hạn: due_on (hết ngày) hoặc due_at (đúng giờ)")
    due = calendar.due_at(sent.due_on) if sent.due_on else sent.due_at
    assert due is not None
    more: dict[str, Any] = sent.model_dump(exclude={"level", "due_on", "due_at"})
    return LevelOrder(sent.level, due, **more)
