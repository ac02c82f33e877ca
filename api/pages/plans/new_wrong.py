"""What is wrong with a new plan, at the places of its form and in the office's words."""

import re
from collections.abc import Callable
from typing import Any

from api.pages.plans.new_form import TypedPlan, TypedRequirement
from states.errors import DonDocError, Reason

Say = Callable[[str], str]
_LEVEL_CODE = re.compile(r"(?:\bcấp )?\b(nation|province|district|commune|village|body)\b")


def missing(errors: Any, plan: TypedPlan, say: Say) -> list[Reason]:
    """What an order that can't be read lacks (errors of pydantic), once for each field."""
    return [Reason(*one) for one in {_place(error["loc"], plan): _why(error, say) for error in errors}.items()]


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
        return say("Dài quá %d ký tự; viết gọn lại.") % int(one["ctx"]["max_length"])
    if last in ("due_on", "first", "last"):
        return say("Không phải ngày; viết như 18/12/2026.")
    if last == "due_at":
        return say("Không phải ngày giờ; viết ngày như 18/12/2026, giờ như 11:00.")
    if last == "year":
        return say("Không phải năm; viết như 2026.")
    return say("Giá trị này không dùng được; xem lại.")


def _in_words(text: str, levels: dict[str, str]) -> str:
    said = text.replace(" (straddle: split)", "")  # that is how a program says it
    return _LEVEL_CODE.sub(lambda found: levels[found.group(1)].lower(), said)


def _(sentence: str) -> str:
    """Mark a sentence for translation; `_why` says it."""
    return sentence


_MISSING = {
    "title": _("Chưa ghi tên."), "form": _("Chưa chọn biểu mẫu."), "form_version": _("Chưa chọn biểu mẫu."),
    "legal_basis": _("Chưa ghi căn cứ của yêu cầu (hoặc căn cứ chung của kế hoạch)."), "year": _("Chưa ghi năm."),
    "first": _("Chưa ghi ngày đầu kỳ."), "last": _("Chưa ghi ngày cuối kỳ."), "due_on": _("Chưa ghi thời hạn."),
}  # fmt: skip
