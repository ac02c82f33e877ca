"""The late board agrees with whoever lived through it and counts by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from states.reading.board import all_plans
from tests.moments import moment
from tests.states.late_board import grant, look, two_levels
from tests.world import PROVINCE, WARDS, World


@pytest.fixture
def world(session: Session) -> World:
    return two_levels(session)


@dataclass
class Tale:
    """What is known of one ward's report by whoever lived through it."""

    deadline: datetime = moment("2026-12-19", 0)
    excused: bool = False
    waived: bool = False
    sent: list[datetime] = field(default_factory=list)
    returned: list[tuple[datetime, datetime | None]] = field(default_factory=list)  # due, answered
    there: bool = False

    def counts(self) -> tuple[bool, bool, bool]:
        answered = all(answer is not None and answer < due for due, answer in self.returned)
        received = self.there and not self.excused
        return not self.excused, received, received and self.sent[0] < self.deadline and answered

    def overdue(self, now: datetime) -> bool:
        due = self.returned[-1][0] if self.returned and self.returned[-1][1] is None else self.deadline
        return not self.there and not self.waived and not self.excused and due <= now


DEED = st.sampled_from(("send", "return", "recall", "extend", "waive"))
DEEDS = st.lists(st.tuples(st.sampled_from(WARDS), DEED, st.integers(1, 60)), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_board_agrees_with_counting_by_hand(world: World, deeds: list[tuple[str, str, int]]) -> None:
    for tales in _lived(world, deeds):
        wards = look(world, level="commune")
        by_hand = [tale.counts() for tale in tales.values()]
        counts = wards.counts
        assert (counts.expected, counts.received, counts.on_time) == tuple(map(sum, zip(*by_hand, strict=True)))
        assert {x.unit: (x.expected, x.received, x.on_time) for x in wards.lines} == {
            ward: tale.counts() for ward, tale in tales.items()
        }
        assert {x.unit for x in wards.late} == {ward for ward, tale in tales.items() if tale.overdue(world.now)}
        (plan,) = all_plans(world.session, world.unit(PROVINCE), world.now, level="commune")
        assert plan.counts == counts


def _lived(world: World, deeds: list[tuple[str, str, int]]) -> Iterator[dict[str, Tale]]:
    """Do the deeds that are possible, some hours apart over December, in a savepoint of their own."""
    with world.session.begin_nested() as kept:
        tales = {ward: Tale() for ward in WARDS}
        world.at("2026-12-14", 8)
        for ward, deed, hours in deeds:
            world.later(hours=hours)
            _do(world, tales[ward], ward, deed)
            yield tales
        kept.rollback()


def _do(world: World, tale: Tale, ward: str, deed: str) -> None:
    report, state = world.report_of(ward), world.state(world.report_of(ward))
    if deed == "send" and state in ("draft", "returned"):
        world.write(report, women=len(tale.sent))
        world.send(report)
        tale.sent.append(world.now)
        tale.there = True
        if tale.returned and tale.returned[-1][1] is None:
            tale.returned[-1] = (tale.returned[-1][0], world.now)
    elif deed == "return" and state == "submitted":
        tale.returned.append((world.now + timedelta(days=2), None))
        world.return_(report, due=tale.returned[-1][0])
        tale.there = False
    elif deed == "recall" and state == "submitted":
        world.recall(report)
        tale.there = False
    elif deed == "extend" and world.now < tale.deadline:
        tale.deadline += timedelta(days=2)
        grant(world, "extension", tale.deadline, ward)
    elif deed == "waive" and state in ("draft", "returned"):
        tale.excused |= world.now < tale.deadline
        tale.waived = True
        grant(world, "waiver", ward=ward)
