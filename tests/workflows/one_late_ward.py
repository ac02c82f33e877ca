"""A province in which one ward has not sent: what the sweep does about it, and whom it tells."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from states.calendar import Calendar
from tests.world import WARDS, World
from workflows.deadlines import Watched, watch

CALENDAR = Calendar.vietnam()
WARD = WARDS[0]


def one_late_ward(session: Session) -> World:
    """A province of four wards; the wards' reports are due by the end of 18/12/2026, a Friday; three have sent."""
    world = World(session, districts=False)
    world.issue_plan()
    world.at("2026-12-01")
    for ward in WARDS[1:]:
        world.report(ward)
    return world


def look(world: World, day: str, hour: int = 8) -> Watched:
    """The sweep of that hour."""
    return watch(world.session, world.at(day, hour), CALENDAR)


def told(world: World, topic: str | None = None) -> list[str]:
    """Who is told, by first name, in the order of the notices of the one ward that is late."""
    return [
        row["full_name"].split(",")[0]
        for row in world.rows(
            "SELECT p.full_name FROM notice n JOIN person p ON p.id = n.person_id WHERE n.document_id = %s"
            " AND (%s::varchar IS NULL OR n.topic = %s) ORDER BY n.created_at, p.full_name",
            world.report_of(WARD), topic, topic,
        )
    ]  # fmt: skip


def notices(world: World) -> list[dict[str, Any]]:
    """The notices of the late ward's report."""
    found = world.rows("SELECT * FROM notice WHERE document_id = %s ORDER BY id", world.report_of(WARD))
    return [dict(row) for row in found]
