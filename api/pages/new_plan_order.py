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
from api.pages.new_plan_form import TypedLevel, TypedPlan, TypedRequirement
from api.schemas.plans import PlanIn
from documents.forms import load_forms
from states import units
from states.calendar import Calendar
from states.errors import DonDocError, Reason
from states.periods import LOCAL, Window, asked
from workflows.planning import PlanNotPossible, PlanOrder, draft_plan

Say = Callable[[str], str]
_LEVEL_CODE = re.compile(r"(?:\bcấp )?\b(nation|province|district|commune|village|body)\b")


class _GiveUp(Exception):
    """The plan was possible, and is not to be kept yet."""


def ordered(session: Session, plan: TypedPlan, by: Caller, known: Calendar, say: Say) -> PlanOrder:
    """The order. Raises `PlanNotPossible` with a reason per place; places are ids of the form."""
    if wrong := list(_kinds(plan, say)):
        raise PlanNotPossible(reasons=wrong, why="")
    try:
        sent = PlanIn.model_validate(_data(session, plan, by))
    except ValidationError as error:
        reasons = {_place(one["loc"], plan): _why(one, say) for one in error.errors()}
        raise PlanNotPossible(reasons=[Reason(*one) for one in reasons.items()], why="") from None
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


def told(error: DonDocError, plan: TypedPlan, levels: dict[str, str]) -> DonDocError:
    """The same refusal with places that the page knows and levels in words."""
    reasons = [Reason(place_of(one.place, plan), _in_words(one.message, levels), _in_words(one.remedy, levels))
               for one in error.reasons]  # fmt: skip
    return type(error)(error.message, reasons=reasons)


def place_of(place: str, plan: TypedPlan) -> str:
    """The id of the field that a reason is about, or the place as it is told."""
    parts = place.split(".")
    if parts[0] in ("addressees", "đơn vị nhận"):
        return "nhan"
    if parts[0] == "requirements" and len(parts) > 2:
        return _place(parts, plan)
    for one in plan.requirements:
        name = f"yêu cầu «{one.title}»"
        if place == name:
            return f"yc{one.n}-period"
        if place.startswith(f"{name}, cấp "):
            return f"yc{one.n}-{place.rpartition(' ')[2]}-due"
    return place


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


def _kinds(plan: TypedPlan, say: Say) -> Iterator[Reason]:
    """A report is asked on a report's form, a plan on a plan's; the order itself takes either."""
    kinds = {form.key: form.kind.value for form in load_forms().values()}
    for one in plan.requirements:
        if one.form and kinds.get(one.form, one.kind) != one.kind:
            yield Reason(f"yc{one.n}-form", say("Biểu mẫu này không dùng cho loại văn bản đã chọn."))


def _place(loc: Any, plan: TypedPlan) -> str:
    """The id of the field that a place of the order stands in."""
    parts = [str(part) for part in loc]
    if parts[0] != "requirements" or len(parts) < 3:
        return {"addressees": "nhan", "form_version": "form", "issuer_id": "issuer", "drafter_id": "drafter",
                "requirements": "yc1-title"}.get(parts[0], parts[0])  # fmt: skip
    one = plan.requirements[int(parts[1])]
    if parts[2] == "levels":
        return _level_place(one, parts[3:])
    name = {"window": "period", "form_version": "form"}.get(parts[2], parts[2])
    if parts[2] == "window" and len(parts) > 3 and parts[3] in ("first", "last", "year", "label"):
        name = parts[3]
    return f"yc{one.n}-{name}"


def _level_place(one: TypedRequirement, rest: list[str]) -> str:
    given = [level for level in one.levels if level.due]
    if not rest or not given:
        return f"yc{one.n}-levels"
    level = given[min(int(rest[0]), len(given) - 1)].level
    name = rest[1] if len(rest) > 1 else "due"
    return f"yc{one.n}-{level}-{'due' if name in ('due_on', 'level') else 'hour' if name == 'due_at' else name}"


def _why(one: Any, say: Say) -> str:
    """What is wrong with one field, in the office's words."""
    kind, last = one["type"], str(one["loc"][-1])
    if last == "levels":
        return say("Chưa có thời hạn cho cấp nào.")
    if kind in ("string_too_short", "missing") or one["input"] in ("", None, 0):
        return say(_MISSING.get(last, "Chưa điền."))
    if kind == "string_too_long":
        return say("Dài quá %d ký tự; viết gọn lại.") % one["ctx"]["max_length"]
    if last in ("due_on", "first", "last"):
        return say("Không phải ngày; viết như 18/12/2026.")
    if last == "due_at":
        return say("Không phải ngày giờ; viết ngày như 18/12/2026, giờ như 11:00.")
    if last == "year":
        return say("Không phải năm; viết như 2026.")
    return say("Giá trị này không dùng được; xem lại.")


def _in_words(text: str, levels: dict[str, str]) -> str:
    return _LEVEL_CODE.sub(lambda found: levels[found.group(1)].lower(), text)


def _(sentence: str) -> str:
    """Mark a sentence for translation; `_why` says it."""
    return sentence


_MISSING = {
    "title": _("Chưa ghi tên."), "form": _("Chưa chọn biểu mẫu."), "form_version": _("Chưa chọn biểu mẫu."),
    "legal_basis": _("Chưa ghi căn cứ của yêu cầu (hoặc căn cứ chung của kế hoạch)."), "year": _("Chưa ghi năm."),
    "first": _("Chưa ghi ngày đầu kỳ."), "last": _("Chưa ghi ngày cuối kỳ."), "due_on": _("Chưa ghi thời hạn."),
}  # fmt: skip
