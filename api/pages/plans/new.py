"""Kế hoạch mới: a plan issued by form, read over, then opened in its drafter's hands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import one_time, typed
from api.pages.plans import new_facts as facts
from api.pages.plans import new_form as new_plan_form
from api.pages.plans import new_order as new_plan_order
from api.pages.plans import new_wrong as new_plan_wrong
from api.pages.plans.new_form import TypedPlan, TypedRequirement
from api.pages.plans.new_words import LEVELS, PERIODS, where
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Sent
from api.pages.units import facts as unit_facts
from states import units
from states.calendar import Calendar
from states.days import calendar
from states.errors import DonDocError
from states.units import Place

router = APIRouter()
_SILENT = "xem"


@router.get("/ke-hoach/moi", dependencies=[allowed(Access.DRAFTER)])
def empty(visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The form with one requirement, addressed to the unit with all below it."""
    root = facts.unit_of(session, visit.me.unit_id)
    plan = TypedPlan(drafter=str(visit.me.unit_id), issuer=str(root.id), chosen=((root.id, True),),
                     requirements=(_fresh(1, visit),))  # fmt: skip
    return _form(visit, session, plan, calendar(session), one_time.new_key())


@router.get("/ke-hoach/moi/cay/{unit_id}", dependencies=[allowed(Access.DRAFTER)])
def branch(unit_id: int, visit: Visiting, session: InTransaction, ngay: str = "") -> HTMLResponse:
    """The units just below one, with boxes, for the tree that is there."""
    day = typed.day(ngay) or visit.by.day
    node = unit_facts.tree(session, units.get(session, unit_id), day)
    return HTMLResponse(visit.part("new_plan/branch.html", node=node, day=day, chosen_parts={}, tops=[]))


@router.post("/ke-hoach/moi", dependencies=[allowed(Access.DRAFTER)])
def act(visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """What its button says: change the form, read it over, or draft the plan. Whatever was typed stays."""
    plan, known, key = new_plan_form.read(form), calendar(session), typed.words(form, "khoa")
    name, _, number = typed.words(form, "viec", _SILENT).partition(":")
    if name == "lap":
        return _draft(visit, session, plan, known, key)
    if name == "xem-lai":
        return _review(visit, session, form, plan, known, key)
    change = _CHANGES.get(name)
    if change is not None:
        plan = change(plan, int(number) if number.isdecimal() else 0, visit, session, known)
    return _form(visit, session, plan, known, key)


def _draft(visit: Visit, session: Session, plan: TypedPlan, known: Calendar, key: str) -> Response:
    def once() -> int:
        first, made = one_time.claim(session, visit.me.person_id, key, visit.now)
        if first:
            made = new_plan_order.draft(session, plan, visit.by, known, visit.say)
            if key:
                one_time.keep(session, visit.me.person_id, key, made)
        return int(made)

    made, error = tried(session, once)
    if error is not None:
        return _form(visit, session, plan, known, key, error)
    return visit.back_to(f"/soan/{made}", visit.say("Đã lập dự thảo kế hoạch; viết nội dung rồi trình ký."))


def _review(
    visit: Visit, session: Session, form: FormData, plan: TypedPlan, known: Calendar, key: str
) -> Response:  # fmt: skip
    error = new_plan_order.why_not(session, plan, visit.by, known, visit.say)
    if error is not None:
        return _form(visit, session, plan, known, key, error)
    kept = [(name, value) for name, value in form.multi_items() if name != "viec" and isinstance(value, str)]
    return visit.page("new_plan/review.html", kept=kept, **_shown(visit, session, plan, known))


def _form(
    visit: Visit, session: Session, plan: TypedPlan, known: Calendar, key: str, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    shown = _shown(visit, session, plan, known)
    told = new_plan_wrong.told(error, plan, shown["level_words"]) if error else None
    errors = {one.place: one.message for one in told.reasons} if told else {}
    root, day = shown["root"], shown["day"]
    return visit.page(
        "new_plan/form.html", error.status if error else 200, key=key, error=told, errors=errors,
        where={place: where(place, visit.say) for place in errors},
        tree=facts.tree(session, root, day, plan, shown["chosen"]), **facts.options(session, root, day), **shown,
    )  # fmt: skip


def _shown(visit: Visit, session: Session, plan: TypedPlan, known: Calendar) -> dict[str, Any]:
    root = facts.unit_of(session, visit.me.unit_id)
    day = typed.day(plan.day) or _day_of(root, visit.by.day)
    there = unit_facts.below_by_level(session, root.path, day)
    words = {level: visit.say(word) for level, word in LEVELS.items()}
    chosen = facts.chosen(session, plan)
    return {
        "plan": plan, "root": root, "day": day, "chosen": chosen, "level_words": words,
        "reached": facts.reached(session, plan, day),
        "requirements": facts.seen(session, plan, known, visit.by.day, there, words),
        "tops": [one.place.path for one in chosen if one.subtree],
        "chosen_parts": {one.place.id: "ca" if one.subtree else "rieng" for one in chosen},
        "periods": [(visit.say(group), [(key, visit.say(word)) for key, word in some]) for group, some in PERIODS],
        "most": new_plan_form.MOST_REQUIREMENTS,
    }  # fmt: skip


def _day_of(root: Place, today: date) -> date:
    """Today, or the last day on which the plan's unit is valid."""
    return root.valid_to if root.valid_to is not None and root.valid_to < today else today


def _fresh(n: int, visit: Visit) -> TypedRequirement:
    return TypedRequirement(n, year=str(visit.by.day.year), periodic=True)


def _more(plan: TypedPlan, _n: int, visit: Visit, _s: Session, _known: Calendar) -> TypedPlan:
    if len(plan.requirements) >= new_plan_form.MOST_REQUIREMENTS:
        return plan
    return replace(plan, requirements=(*plan.requirements, _fresh(len(plan.requirements) + 1, visit)))


def _fewer(plan: TypedPlan, n: int, _visit: Visit, _s: Session, _known: Calendar) -> TypedPlan:
    left = new_plan_form.without(plan.requirements, n)
    return replace(plan, requirements=left or plan.requirements)


def _suggest(plan: TypedPlan, n: int, _visit: Visit, session: Session, known: Calendar) -> TypedPlan:
    def filled(one: TypedRequirement) -> TypedRequirement:
        window = new_plan_order.window(one)
        if one.n != n or window is None:
            return one
        levels = list(facts.reached(session, plan, window.last))
        return facts.suggested(one, levels, known)

    return replace(plan, requirements=tuple(map(filled, plan.requirements)))


_Change = Callable[[TypedPlan, int, Visit, Session, Calendar], TypedPlan]
_CHANGES: dict[str, _Change] = {"them": _more, "bo": _fewer, "goi-y": _suggest}
