"""A plan whose wards owe a report, and the late board on which it is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from states import duties
from states.calendar import Calendar
from states.reading.board import board
from states.reading.standings import Board, Line
from tests.world import PROVINCE, WARDS, World

CALENDAR = Calendar.vietnam()
WARD = WARDS[0]


def two_levels(session: Session) -> World:
    """A province of four wards, two levels; the wards' reports are due by the end of 18/12/2026, a Friday."""
    world = World(session, districts=False)
    world.issue_plan(plans=False)
    return world


def look(world: World, **more: Any) -> Board:
    """The board as the province sees it now."""
    return board(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR, **more)


def line(world: World, ward: str = WARD) -> Line:
    """The ward's line on it."""
    return next(found for found in look(world).lines if found.unit == ward)


def grant(world: World, kind: str, until: datetime | None = None, ward: str = WARD) -> None:
    """The province grants the ward an extension or a waiver."""
    receiver = world.holder(PROVINCE, "supervisor")
    duties.grant(world.session, world.report_of(ward), kind, until, "lũ lụt", receiver, world.now)
