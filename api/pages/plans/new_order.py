"""From the form of a new plan to the order that the API takes, each wrong place told in words; tried, then kept."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from api.auth import Caller
from api.orders import order
from api.pages import typed
from api.pages.plans import new_wrong as new_plan_wrong
from api.pages.plans.new_form import TypedLevel, TypedPlan, TypedRequirement
from api.schemas.plans import PlanIn
from documents.forms import load_forms
from states import units
from states.calendar import Calendar
from states.errors import DonDocError, Reason
from states.periods import LOCAL, Window, asked
from workflows.planning import PlanNotPossible, PlanOrder, draft_plan

Say = Callable[[str], str]


class _GiveUp(Exception):
    """The plan was possible, and is not to be kept yet."""


def ordered(session: Session, plan: TypedPlan, by: Caller, known: Calendar, say: Say) -> PlanOrder:
    """The order. Raises `PlanNotPossible` with a reason per place; places are ids of the form."""
    if wrong := [*_kinds(plan, say), *_days(plan, say)]:
        raise PlanNotPossible(reasons=wrong, why="")
    try:
        sent = PlanIn.model_validate(_data(session, plan, by))
    except ValidationError as error:
        raise PlanNotPossible(reasons=new_plan_wrong.missing(error.errors(), plan, say), why="") from None
    return order(session, sent, by, known)


def why_not(session: Session, plan: TypedPlan, by: Caller, known: Calendar, say: Say) -> DonDocError | None:
    """What stands against the plan, found by drafting it and giving it up; None where nothing does."""
    try:
        with session.begin_nested():
            draft(session, plan, by, known, say)
            raise _GiveUp()
    except _GiveUp:
        return None
    except DonDocError as error:
        return error


def draft(session: Session, plan: TypedPlan, by: Caller, known: Calendar, say: Say) -> int:
    """The plan in its drafter's hands; returns its number."""
    return draft_plan(session, ordered(session, plan, by, known, say), by.held.actor, by.at)


def window(one: TypedRequirement) -> Window | None:
    """The window as far as it can be read now."""
    try:
        data = _window(one)
        return asked(**{**data, "year": typed.number(one.year, 2199) if data.get("year") else None})
    except (DonDocError, ValueError):
        return None


def _data(session: Session, plan: TypedPlan, by: Caller) -> dict[str, Any]:
    own = units.get(session, by.held.unit_id)
    name, _, version = plan.form.partition("/")
    return {
        "title": plan.title, "subject": plan.subject, "field": plan.field, "legal_basis": plan.legal_basis,
        "form": name, "form_version": version, "issuer_id": plan.issuer or None,
        "drafter_id": plan.drafter or (own.id if own.level == "body" else None),
        "addressees": [{"unit_id": unit, "subtree": subtree} for unit, subtree in plan.chosen],
        "requirements": [_requirement(one, plan) for one in plan.requirements],
    }  # fmt: skip


def _requirement(one: TypedRequirement, plan: TypedPlan) -> dict[str, Any]:
    name, _, version = one.form.partition("/")
    series = one.series or ("KH" if one.kind == "plan" else "BC")
    return {
        "kind": one.kind, "title": one.title, "form": name, "form_version": version or 0, "window": _window(one),
        "levels": [_level(level) for level in one.levels if level.due], "series": series, "urgency": one.urgency,
        "legal_basis": one.legal_basis or plan.legal_basis[:500], "periodic": one.periodic,
        "straddle": "split" if one.split else "refuse",
    }  # fmt: skip


def _window(one: TypedRequirement) -> dict[str, Any]:
    if one.period == "custom":
        return {"first": _day(one.first), "last": _day(one.last), "label": one.label}
    kind, _, index = one.period.partition(":")
    return {"kind": kind, "year": one.year, **({"index": int(index)} if index.isdecimal() else {})}


def _level(one: TypedLevel) -> dict[str, Any]:
    due = _day(one.due)
    when = {"due_at": f"{due}T{one.hour}:00+07:00"} if one.hour else {"due_on": due}
    return {
        "level": one.level, **when, "issuer_role": one.issuer_role or None, "drafter_role": one.drafter_role or None,
        "receiver_role": one.receiver_role or None, "follower_roles": _list(one.follower_roles),
        "copies": _list(one.copies),
    }  # fmt: skip


def _day(text: str) -> str:
    found = typed.day(text)
    return found.isoformat() if found else text


def due_moment(one: TypedLevel, known: Calendar) -> Any:
    """The deadline as a moment, as far as it can be read now."""
    day = typed.day(one.due)
    if day is None:
        return None
    try:
        hour = time.fromisoformat(one.hour) if one.hour else None
    except ValueError:
        hour = None
    return known.due_at(day, hour).astimezone(LOCAL)


def due_day(one: TypedLevel) -> date | None:
    """The deadline's day, as far as it can be read now."""
    return typed.day(one.due)


def _list(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _days(plan: TypedPlan, say: Say) -> Iterator[Reason]:
    """Days of one's own that are the wrong way round."""
    for one in plan.requirements:
        first, last = typed.day(one.first), typed.day(one.last)
        if one.period == "custom" and first and last and last < first:
            yield Reason(f"yc{one.n}-last", say("Ngày cuối kỳ trước ngày đầu kỳ; xem lại hai ngày."))


def _kinds(plan: TypedPlan, say: Say) -> Iterator[Reason]:
    """A report is asked on a report's form, a plan on a plan's; the order itself takes either."""
    kinds = {form.key: form.kind.value for form in load_forms().values()}
    for one in plan.requirements:
        if one.form and kinds.get(one.form, one.kind) != one.kind:
            yield Reason(f"yc{one.n}-form", say("Biểu mẫu này không dùng cho loại văn bản đã chọn."))
