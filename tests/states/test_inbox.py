"""What lies on a desk: each finds its work in its inbox, and nothing that waits for nobody."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from states.reading import inbox
from tests.states.late_board import WARD, grant, two_levels
from tests.world import PROVINCE, World


@pytest.fixture
def world(session: Session) -> World:
    return two_levels(session)


def test_each_desk_finds_its_work_in_its_inbox(world: World) -> None:
    report = world.report_of(WARD)
    world.at("2026-12-14")

    def where() -> set[tuple[str, str]]:
        seats = [(WARD, seat) for seat in ("drafter", "leader", "clerk")] + [
            (PROVINCE, "clerk"),
            (PROVINCE, "supervisor"),
        ]
        return {
            (seat, name)
            for unit, seat in seats
            for name, items in inbox.inbox(world.session, world.holder(unit, seat), world.today).items()
            if report in [item.document_id for item in items] and name != "to_register"
        }

    told = [where()]
    world.write(report)
    world.present(report)
    told.append(where())
    world.sign(report)
    told.append(where())
    world.submit(report)
    told.append(where())
    world.receive(report)
    told.append(where())
    world.return_(report)
    told.append(where())
    assert told == [
        {("drafter", "to_draft")}, {("leader", "presented")}, {("clerk", "to_send")},
        {("clerk", "to_receive"), ("supervisor", "to_accept")}, {("supervisor", "to_accept")},
        {("drafter", "returned")},
    ]  # fmt: skip


def test_a_waived_report_waits_on_nobodys_desk(world: World) -> None:
    drafter = world.holder(WARD, "drafter")
    assert len(inbox.queue(world.session, "to_draft", drafter)) == 1
    grant(world, "waiver")
    assert inbox.queue(world.session, "to_draft", drafter) == []


def test_a_queue_of_another_seat_is_refused_by_name(world: World) -> None:
    with pytest.raises(inbox.NoSuchQueue, match="to_draft, returned"):
        inbox.queue(world.session, "to_send", world.holder(WARD, "drafter"))
