"""Reminders by hand (đôn đốc), and the late list of a công văn."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from states import acting, duties
from tests.workflows.one_late_ward import CALENDAR, WARD, look, notices, one_late_ward
from tests.world import PROVINCE, WARDS, World
from workflows.deadlines import NotYoursToRemind, Told, late_list, remind


@pytest.fixture
def world(session: Session) -> World:
    return one_late_ward(session)


def by_hand(world: World, *wards: str, who: str = "supervisor", unit: str = PROVINCE, again: bool = False) -> Told:
    documents = [world.report_of(ward) for ward in wards or (WARD,)]
    holder = world.holder(unit, who)
    return remind(world.session, documents, holder, world.now, "Đề nghị gửi ngay", CALENDAR, again=again)


def test_a_supervisor_reminds_and_sees_who_was_told(world: World) -> None:
    world.at("2026-12-21", 9)
    report = world.report_of(WARD)
    names = (f"Dũng, {WARD} (mẫu)", f"Hoa, {WARD} (mẫu)", f"Lan, {WARD} (mẫu)")
    assert by_hand(world, *WARDS[:2]) == Told({report: names}, {world.report_of(WARDS[1]): "đã gửi"})
    (first, *_) = notices(world)
    assert (first["topic"], first["send_after"], first["urgent"]) == ("manual-reminder", world.now, True)
    assert (first["data"]["words"], first["data"]["days"]) == ("Đề nghị gửi ngay", 1)
    assert first["data"]["by"] == f"Tâm, {PROVINCE} (mẫu)"


def test_once_in_four_hours_unless_he_insists(world: World) -> None:
    world.at("2026-12-21", 9)
    report = world.report_of(WARD)
    by_hand(world)
    world.later(hours=3, minutes=59)
    assert by_hand(world) == Told({}, {report: "đã nhắc trong bốn giờ qua"})
    assert list(by_hand(world, again=True).told) == [report]
    world.later(hours=4)
    assert list(by_hand(world).told) == [report]


def test_the_ladder_and_a_reminder_by_hand_do_not_hinder_each_other(world: World) -> None:
    look(world, "2026-12-21", 9)
    assert by_hand(world).told
    assert look(world, "2026-12-23").climbed


@pytest.mark.parametrize(("unit", "who"), [(PROVINCE, "drafter"), (WARDS[1], "leader"), (WARD, "supervisor")])
def test_nobody_else_reminds(world: World, unit: str, who: str) -> None:
    world.at("2026-12-21", 9)
    with pytest.raises(NotYoursToRemind):
        by_hand(world, unit=unit, who=who)
    assert notices(world) == []


def test_a_follower_reminds(world: World) -> None:
    world.at("2026-12-21", 9)
    follows = "UPDATE document SET followers = %s WHERE id = %s RETURNING id"
    acting.tell_clock(world.session)
    world.value(follows, [world.unit(WARDS[1])], world.report_of(WARD))
    assert by_hand(world, unit=WARDS[1], who="leader").told


def test_who_is_let_off_is_not_reminded_by_hand(world: World) -> None:
    world.at("2026-12-21", 9)
    report = world.report_of(WARD)
    supervisor = world.holder(PROVINCE, "supervisor")
    duties.grant(world.session, report, "waiver", None, "lũ", supervisor, world.now)
    assert by_hand(world).skipped == {report: "đã được miễn, hoặc kế hoạch đã thu hồi"}
    assert remind(world.session, [0], supervisor, world.now, "", CALENDAR).skipped == {0: "không có văn bản này"}


def test_the_late_list_cites_the_plan_and_names_who_is_late_below(world: World) -> None:
    world.at("2026-12-30", 9)  # the province's own report is late too, but it doesn't write to itself
    found = late_list(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR)
    assert (found.number, found.date, found.unit) == ("01/KH-UBND", date(2026, 10, 5), PROVINCE)
    assert [(line.unit, line.days_late) for line in found.lines] == [(WARD, 8)]
