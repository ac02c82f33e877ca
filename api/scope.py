"""The part of the tree that a board, a late list or a run is about: never more than the caller looks down on."""

from typing import Annotated

from fastapi import Query
from sqlmodel import Session

from api.auth import Caller
from api.schemas.base import Number
from api.seeing import Sight
from states import units
from states.errors import Refused

UnitAsked = Annotated[Number | None, Query(description="with all beneath it; left out: all that you look down on")]


class NotBelowYou(Refused):
    """«{unit}» không thuộc phạm vi theo dõi của bạn (not below you): ask about your own unit or one beneath it."""


def path_of(session: Session, unit_id: int | None, by: Caller, plan: Sight | None = None) -> str:
    """The path asked about. Who drafts or issues a plan, and an auditor, looks at the whole of it."""
    whole = plan.parties.path if plan is not None else "/"
    widest = whole if by.held.seat == "auditor" or (plan is not None and plan.is_ours(by)) else by.outlook
    if unit_id is None:
        return widest
    place = units.get(session, unit_id)
    if not place.path.startswith(widest):
        raise NotBelowYou(unit=place.name)
    return place.path
