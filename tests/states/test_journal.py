"""The journal: searched by person, unit, action, day and authority, paged both ways, told in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from states import units
from states.reading.journal import Asked, BadMark, Entry, Mark, all_entries, journal, per_day
from tests.world import World

DAY = date(2026, 10, 5)


@pytest.fixture
def world(session: Session) -> World:
    """Two wards have sent on two days, a third one's paper was registered."""
    world = World(session)
    world.issue_plan()
    world.report("W1")
    world.at("2026-10-06")
    world.report("W3")
    world.later(hours=1)
    world.return_(world.report_of("W3"))
    world.later(hours=1)
    world.register(world.report_of("W2"), 31)
    return world


def search(world: World, **asked: object) -> list[Entry]:
    return list(journal(world.session, Asked(**asked), limit=500).entries)  # type: ignore[arg-type]


def test_the_newest_step_comes_first_with_who_when_and_in_what_authority(world: World) -> None:
    registered, returned, sent, signed = search(world)[:4]

    assert [e.action for e in (registered, returned, sent, signed)] == ["register", "return", "submit", "sign"]
    assert (registered.signer, registered.number) == ("Phạm Văn Giấy (mẫu)", "31/BC-UBND")
    assert returned.reason_words == "Số liệu sai hoặc mâu thuẫn: Số nữ chưa khớp"
    assert (sent.action_words, sent.states_words, sent.number) == ("lấy số và gửi", "đã ký → đã gửi", "01/BC-UBND")
    assert (signed.authority, signed.office, signed.office_unit) == ("KT.", "Phó Chủ tịch", "Phường Ba")
    assert signed.mandate_words == "từ 01/01/2020"
    step = world.steps(signed.document_id)[signed.seq - 1]
    assert (signed.digest, signed.previous) == (step["digest"].hex(), step["previous"].hex())
    assert signed.revision_digest == step["revision_digest"].hex()


def test_a_plan_is_issued_where_a_report_is_sent(world: World) -> None:
    (issued,) = search(world, document_id=world.plan, actions=["submit"])
    assert (issued.action_words, issued.states_words) == ("lấy số và ban hành", "đã ký → đã ban hành")


def test_it_is_searched_by_person_unit_action_authority_and_day(world: World) -> None:
    leader = world.act("W1", "leader").person_id
    assert [e.action for e in search(world, person_id=leader)] == ["sign"]
    assert {e.unit for e in search(world, path=_path(world, "BM"))} == {"Huyện Bình Mẫu", "Phường Ba", "Phường Bốn"}
    assert [e.unit for e in search(world, actions=["return", "recall"])] == ["Phường Ba"]
    assert [e.unit for e in search(world, outside=True)] == ["Phường Hai"]
    assert {e.action for e in search(world, authority="KT.")} == {"sign"}
    assert search(world, authority="TUQ.") == []
    assert {e.unit for e in search(world, first=DAY + timedelta(1))} == {"Phường Hai", "Phường Ba"}
    assert "Phường Hai" not in {e.unit for e in search(world, last=DAY, actions=["sign", "register"])}
    assert search(world, path="/") == search(world) == list(all_entries(world.session, Asked(), at_once=3))


def test_pages_lead_to_one_another_both_ways_and_miss_nothing(world: World) -> None:
    whole = search(world)
    assert len({entry.at for entry in whole}) < len(whole), "steps of one moment, as a fan-out takes them"
    down, leaf = [], journal(world.session, Asked(), limit=4)
    assert leaf.newer is None
    while True:
        down.append(leaf)
        if leaf.older is None:
            break
        leaf = journal(world.session, Asked(), older_than=Mark.read(str(leaf.older)), limit=4)
    up = [down[-1]]
    while (mark := up[-1].newer) is not None:
        up.append(journal(world.session, Asked(), newer_than=mark, limit=4))

    assert [entry for leaf in down for entry in leaf.entries] == whole
    assert all(len(leaf.entries) == 4 for leaf in down[:-1])
    climbed = [entry for leaf in reversed(up) for entry in leaf.entries]
    assert climbed == whole


def test_a_mark_that_is_none_is_refused_in_words() -> None:
    for text in ("", "5", "20261005T080000~1~2", "x~y~z"):
        with pytest.raises(BadMark):
            Mark.read(text)


def test_the_chart_counts_each_day_of_the_range_empty_ones_too(world: World) -> None:
    days = per_day(world.session, Asked(first=DAY, last=DAY + timedelta(3), path=_path(world, "W1")))
    opened_and_sent = len(search(world, path=_path(world, "W1")))
    assert days == [(DAY, opened_and_sent), *[(DAY + timedelta(n), 0) for n in (1, 2, 3)]]


def _path(world: World, code: str) -> str:
    return units.get(world.session, world.unit(code)).path
