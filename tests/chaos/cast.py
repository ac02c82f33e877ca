"""Who is there on a stage."""

from __future__ import annotations

from typing import Any

from states.policy import Actor
from tests.world import World


class Cast:
    """Who is there: units by name, people by (unit, seat), their tokens. Sent from process to process."""

    def __init__(self, world: World) -> None:
        self.units, self.people, self.levels = world.units, world.people, world.levels
        self.secrets: dict[int, str] = {}

    def on(self, session: Any, at: Any) -> World:
        """The world of the tests, seen through a session, at a moment."""
        twin: World = World.__new__(World)
        twin.session, twin.levels, twin.plan, twin.now = session, self.levels, 0, at
        twin.units, twin.people = self.units, self.people
        return twin

    def person(self, unit: int, seat: str) -> Actor:
        return self.people[unit, seat]
