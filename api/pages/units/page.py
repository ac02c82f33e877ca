"""Đơn vị: the tree of units as of a day, search by name or code, one unit with its people."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api.auth import Access, Caller, allowed
from api.deps import Id, IdQuery, InTransaction
from api.pages import typed
from api.pages.shell import Visiting
from api.pages.units import facts as unit_facts
from api.pages.units import words as unit_words
from states import units
from states.periods import TWO_LEVELS_FROM
from states.units import Place

router = APIRouter()
_MOST = 50
_BEFORE_REFORM = date.fromordinal(TWO_LEVELS_FROM.toordinal() - 1)


@router.get("/don-vi", dependencies=[allowed(Access.OFFICE)])
def tree(
    visit: Visiting, session: InTransaction, ngay: str = "", tim: str = "", cap: str = "", mo: IdQuery = None
) -> HTMLResponse:  # fmt: skip
    """The tree, opened down to the unit `mo`; or what was searched for."""
    day = typed.day(ngay) or visit.by.day
    facts = {"day": day, "wrong_day": bool(ngay) and typed.day(ngay) is None, "tim": tim[:200], "cap": cap,
             "before_reform": _BEFORE_REFORM, "most": _MOST, "mo": mo}  # fmt: skip
    if tim.strip():
        facts |= _found(session, tim[:200], day, cap, visit.by.day)
        return HTMLResponse(visit.part("units/found.html", **facts)) if visit.partial else visit.page(
            "units/tree.html", **facts, root=None)  # fmt: skip
    root = units.get(session, units.ROOT)
    facts["root"] = unit_facts.tree(session, root, day, _line(session, mo, root))
    return HTMLResponse(visit.part("units/found.html", found=None, **facts)) if visit.partial else visit.page(
        "units/tree.html", **facts, found=None)  # fmt: skip


@router.get("/don-vi/{unit_id}/cay", dependencies=[allowed(Access.OFFICE)])
def branch(unit_id: Id, visit: Visiting, session: InTransaction, ngay: str = "") -> HTMLResponse:
    """The units just below one, as a part that stands in the tree that is there."""
    day = typed.day(ngay) or visit.by.day
    node = unit_facts.tree(session, units.get(session, unit_id), day)
    return HTMLResponse(visit.part("units/branch.html", node=node, day=day))


@router.get("/don-vi/{unit_id}", dependencies=[allowed(Access.OFFICE)])
def unit(unit_id: Id, visit: Visiting, session: InTransaction, ngay: str = "") -> HTMLResponse:
    """One unit as of a day."""
    place = units.get(session, unit_id)
    day = typed.day(ngay) or own_day(place, visit.by.day)
    children = unit_facts.tree(session, place, day).children or ()
    return visit.page(
        "units/unit.html", place=place, day=day, facts=unit_facts.facts(session, place.id),
        above=unit_facts.ancestors(session, place), children=children,
        below=unit_facts.below_by_level(session, place.path, day),
        people=unit_facts.seated(session, place.id, day), others=unit_facts.other_times(session, place.id, day),
        after=units.successors(session, place.id), before=units.predecessors(session, place.id),
        kinds=unit_words.said(unit_words.KINDS, visit.say), ways=unit_words.said(unit_words.SUCCESSIONS, visit.say),
        manages=manages(place, visit.by), reaches=_reaches(place, visit.by), looks_on=looks_on(place, visit.by),
        is_valid=_valid(place, day), is_valid_today=_valid(place, visit.by.day), wrong_day=_wrong(ngay),
    )  # fmt: skip


def own_day(place: Place, today: date) -> date:
    """Today, or the last (first) day on which the unit is valid."""
    if place.valid_to is not None and place.valid_to < today:
        return place.valid_to
    return max(place.valid_from, today)


def manages(place: Place, by: Caller) -> bool:
    """Whether he is the administrator of this part of the tree."""
    return by.held.seat == "admin" and place.path.startswith(by.held.path)


def looks_on(place: Place, by: Caller) -> bool:
    """Whether the unit is his own or below him; an auditor looks at all."""
    return by.held.seat == "auditor" or place.path.startswith(by.outlook)


def _reaches(place: Place, by: Caller) -> bool:
    """Whether telephone and e-mail of its people are shown: to those above it, and in its own line."""
    return looks_on(place, by) or by.held.path.startswith(place.path)


def _valid(place: Place, day: date) -> bool:
    return place.valid_from <= day and (place.valid_to is None or day <= place.valid_to)


def _wrong(text: str) -> bool:
    return bool(text) and typed.day(text) is None


def _line(session: Session, unit_id: int | None, root: Place) -> list[int]:
    """The identities from the root down to the unit, to be opened."""
    if unit_id is None or unit_id == root.id:
        return []
    return [int(part) for part in units.get(session, unit_id).path.strip("/").split("/")]


def _found(session: Session, words: str, day: date, level: str, today: date) -> dict[str, object]:
    """Exact names first; where nothing is found, how many there are on the other side of the reform."""
    wanted = level if level in units.LEVELS else None
    found = unit_facts.with_code(session, words, day) or units.find(session, words, day, level=wanted, limit=_MOST + 1)
    other = today if day < TWO_LEVELS_FROM else _BEFORE_REFORM
    elsewhere = [] if found else units.find(session, words, other, level=wanted, limit=_MOST)
    return {"found": found[:_MOST], "more": len(found) > _MOST, "other_day": other, "elsewhere": elsewhere}
