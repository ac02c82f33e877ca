"""Who holds which office, as of a day; what was held is never edited."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from states import offices
from states.offices import ActedAfterwards, BadOffice, NewOffice, NoSuchHolder
from states.policy import Actor
from tests.world import World

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def give(world: World, seat: str = "leader", title: str = "Phó Chủ tịch", **more: object) -> Actor:
    person = offices.add_person(world.session, "Sơn (mẫu)", email="son@mau.example", sample=True)
    new = {"valid_from": FIRST, "valid_to": LAST, **more}
    office = NewOffice(person, world.unit("W1"), seat, title, **new)  # type: ignore[arg-type]
    return Actor(person, offices.give(world.session, office))


@pytest.mark.parametrize(
    ("day", "held"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True), (LAST + timedelta(days=1), False)],
)
def test_an_office_is_held_from_its_first_to_its_last_day(world: World, day: date, held: bool) -> None:
    actor = give(world)
    assert (actor.office_id in [o.office_id for o in offices.of_person(world.session, actor.person_id, day)]) == held
    assert (actor.office_id in [o.office_id for o in offices.of_unit(world.session, world.unit("W1"), day)]) == held
    if not held:
        with pytest.raises(NoSuchHolder):
            offices.holder(world.session, actor, day)


def test_an_office_is_kept_with_all_that_it_says(world: World) -> None:
    actor = give(world, authority="TUQ.", mandate="12/GUQ-UBND", kinds=("report",), fields=("bình đẳng giới",))
    held = offices.holder(world.session, actor, FIRST)
    assert (held.person, held.unit, held.seat, held.title) == ("Sơn (mẫu)", "Phường Một", "leader", "Phó Chủ tịch")
    assert (held.authority, held.mandate, held.kinds) == ("TUQ.", "12/GUQ-UBND", ("report",))
    assert held.actor == actor
    assert (held.holder.fields, held.holder.unit_id) == (("bình đẳng giới",), world.unit("W1"))
    assert held.holder.holds_on(LAST) and not held.holder.holds_on(LAST + timedelta(days=1))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"seat": "boss"}, "không có vị trí «boss»"),
        ({"seat": "clock"}, "không có vị trí «clock»"),
        ({"authority": "PP."}, "không có thẩm quyền ký «PP.»"),
        ({"authority": "TUQ."}, "cần văn bản ủy quyền"),
        ({"valid_to": FIRST - timedelta(days=1)}, "trước ngày bắt đầu"),
    ],
)
def test_an_office_that_cannot_be_is_told(world: World, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(BadOffice, match=says):
        give(world, **wrong)  # type: ignore[arg-type]


def test_an_office_ends_and_the_past_stays(world: World) -> None:
    actor = give(world, valid_to=None)
    offices.end(world.session, actor.office_id, LAST)
    assert offices.holder(world.session, actor, LAST).valid_to == LAST
    with pytest.raises(NoSuchHolder):
        offices.holder(world.session, actor, LAST + timedelta(days=1))


def test_an_end_comes_nearer_never_further_nor_before_the_beginning(world: World) -> None:
    actor = give(world)
    for day in (LAST + timedelta(days=1), LAST, FIRST - timedelta(days=1)):
        with pytest.raises(BadOffice):
            offices.end(world.session, actor.office_id, day)
    offices.end(world.session, actor.office_id, LAST - timedelta(days=1))
    with pytest.raises(BadOffice):
        offices.end(world.session, 10**9, LAST)


def test_what_was_done_in_an_office_stays_lawful(world: World) -> None:
    world.issue_plan()
    world.report("W1")
    leader, signed = world.act("W1", "leader"), world.today
    with pytest.raises(ActedAfterwards, match=f"{signed:%d/%m/%Y}"):
        offices.end(world.session, leader.office_id, signed - timedelta(days=1))
    offices.end(world.session, leader.office_id, signed)
    assert offices.holder(world.session, leader, signed).valid_to == signed


def test_nobody_acts_in_anothers_office(world: World) -> None:
    leader, drafter = world.act("W1", "leader"), world.act("W1", "drafter")
    with pytest.raises(NoSuchHolder):
        offices.holder(world.session, Actor(drafter.person_id, leader.office_id), world.today)


def test_who_sits_in_a_seat(world: World) -> None:
    assert offices.in_seat(world.session, world.unit("W1"), "clerk", world.today).actor == world.act("W1", "clerk")
    with pytest.raises(NoSuchHolder, match="auditor"):
        offices.in_seat(world.session, world.unit("W1"), "auditor", world.today)


def test_who_could_have_signed_is_told_as_of_the_moment(world: World) -> None:
    plan = world.draft_plan(field="bình đẳng giới")
    limited = NewOffice(world.act("W1", "leader").person_id, world.unit("MG"), "leader", "Phó Chủ tịch (mẫu)",
                        FIRST, "KT.", fields=("y tế",), valid_to=world.today)  # fmt: skip
    offices.give(world.session, limited)
    today = {held.title: why for held, why in offices.who_could_sign(world.session, plan, world.now)}
    assert today == {
        "Chủ tịch": None,
        "Phó Chủ tịch": None,
        "Phó Chủ tịch (mẫu)": "Phó Chủ tịch (mẫu) không phụ trách lĩnh vực «bình đẳng giới»",
    }
    later = [held.title for held, _ in offices.who_could_sign(world.session, plan, world.later(days=1))]
    assert later == ["Chủ tịch", "Phó Chủ tịch"]
