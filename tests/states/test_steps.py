"""The door: one document's whole life, the desks it passes, and who may do what when."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from documents import drafting
from states import offices
from states.errors import Conflict
from states.facts import NoSuchDocument, NoSuchOffice
from states.lifecycle import Action
from states.policy import CLOCK, Actor
from states.steps import NoSuchWay, NotReady, NotYours, Request, Stale, allowed, take
from tests.world import World


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


@pytest.fixture
def report(world: World) -> int:
    """Phường Một's report, owed to huyện An Mẫu, not written yet."""
    world.issue_plan()
    world.at("2026-12-16")
    return world.report_of("Phường Một")


def test_a_wards_report_lives_its_whole_life(world: World, report: int) -> None:
    world.write(report)
    life = [world.present(report), world.sign(report), world.submit(report), world.receive(report)]
    world.later(hours=2)
    life.append(world.return_(report))
    world.write(report, women=5)
    life += [world.present(report), world.sign(report), world.submit(report), world.receive(report)]
    assert [(step.action.value, step.state.value) for step in life] == [
        ("present", "draft"), ("sign", "signed"), ("submit", "submitted"), ("receive", "submitted"),
        ("return", "returned"),
        ("present", "returned"), ("sign", "signed"), ("submit", "submitted"), ("receive", "submitted"),
    ]  # fmt: skip

    world.consolidate("Huyện An Mẫu")
    assert world.state(report) == "consolidated"
    world.reopen(report)
    assert world.state(report) == "returned"

    assert world.trace(report) == [
        "open", "present", "sign", "submit", "receive", "return", "present", "sign", "submit", "receive",
        "consolidate", "reopen",
    ]  # fmt: skip
    world.assert_chained(report)


def test_each_step_says_who_in_which_office_with_what_authority(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    opened, presented, signed, submitted = world.steps(report)
    for step, unit, seat in ((presented, "W1", "drafter"), (signed, "W1", "leader"), (submitted, "W1", "clerk")):
        actor = world.act(unit, seat)
        assert (step["person_id"], step["office_id"], step["at"]) == (actor.person_id, actor.office_id, world.now)
    assert (opened["person_id"], opened["office_id"]) == (CLOCK.person_id, CLOCK.office_id)
    assert (signed["authority"], submitted["authority"]) == ("KT.", "")
    assert signed["revision_id"] == world.newest(report) == world.document(report)["revision_id"]
    assert signed["revision_digest"] == world.rows("SELECT digest FROM revision WHERE id = %s", signed["revision_id"])[
        0]["digest"]  # fmt: skip


def test_every_step_leaves_a_row_for_those_who_are_told(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    told = world.rows("SELECT seq FROM outbox WHERE document_id = %s ORDER BY seq", report)
    assert [row["seq"] for row in told] == [1, 2, 3, 4]


def test_a_plan_is_withdrawn_from_every_open_state_and_keeps_its_number(world: World) -> None:
    plan = world.issue_plan()
    world.withdraw(plan, "Ban hành nhầm")
    assert world.state(plan) == "withdrawn"
    assert world.trace(plan) == ["open", "present", "sign", "submit", "withdraw"]
    assert [row["number"] for row in world.sendings(plan)] == [1]
    with pytest.raises(NoSuchWay):
        world.revise(plan)
    second = world.issue_plan()
    assert [row["number"] for row in world.sendings(second)] == [2]


def test_the_paper_moves_between_desks_and_the_state_stays(world: World, report: int) -> None:
    drafter = world.act("W1", "drafter")
    assert world.desk(report) == ("drafter", None)
    world.take(report, Action.ASSIGN, to_office=drafter.office_id)
    assert world.desk(report) == ("drafter", drafter.office_id)
    world.write(report)
    world.later(hours=1)
    world.present(report)
    assert world.desk(report) == ("leader", None)
    world.later(hours=1)
    world.take(report, Action.SEND_BACK, reason="Thiếu số nữ")
    assert world.desk(report) == ("drafter", None)
    assert world.document(report)["desk_since"] == world.now
    assert world.state(report) == "draft"
    assert world.trace(report) == ["open", "assign", "present", "send_back"]


def test_the_clock_of_a_desk_runs_on_while_the_paper_lies_there(world: World, report: int) -> None:
    world.write(report)
    since = world.now
    world.present(report)
    world.later(days=1)
    world.present(report)
    assert world.document(report)["desk_since"] == since


def test_a_signed_paper_is_moved_too_and_the_clerk_sends_it_back(world: World, report: int) -> None:
    world.write(report)
    world.present(report)
    world.sign(report)
    assert world.desk(report)[0] == "clerk"
    world.take(report, Action.SEND_BACK, world.act("W1", "clerk"), reason="Sai thể thức")
    assert (world.state(report), world.desk(report)[0]) == ("signed", "drafter")
    world.revise(report)
    assert (world.state(report), world.document(report)["revision_id"]) == ("draft", None)


@pytest.mark.parametrize("named", ["nobody", "stranger", "clerk", "former"])
def test_work_is_given_to_somebody_who_sits_there(world: World, report: int, named: str) -> None:
    drafter = world.act("W1", "drafter")
    if named == "former":
        offices.end(world.session, drafter.office_id, world.today - timedelta(days=1))
    office = {
        "nobody": None, "stranger": world.act("W2", "drafter").office_id, "former": drafter.office_id,
        "clerk": world.act("W1", "clerk").office_id,
    }[named]  # fmt: skip
    with pytest.raises(NotReady) as refused:
        world.take(report, Action.ASSIGN, to_office=office)
    assert [reason.place for reason in refused.value.reasons] == ["người nhận việc"]
    assert world.trace(report) == ["open"]


def test_a_paper_is_laid_on_the_desk_of_a_named_leader(world: World, report: int) -> None:
    world.write(report)
    chair = world.act("W1", "chair")
    drafting.present(world.session, report, world.act("W1", "drafter"), world.now, to_office=chair.office_id)
    assert world.desk(report) == ("leader", chair.office_id)


def test_who_saw_an_older_step_is_told_the_present_one(world: World, report: int) -> None:
    world.write(report)
    seen = world.document(report)["seq"]
    world.present(report, seq=seen)
    with pytest.raises(Stale) as refused:
        world.take(report, Action.PRESENT, seq=seen)
    assert refused.value.present == {"document": report, "state": "draft", "seq": 2, "desk": "leader"}
    assert world.trace(report) == ["open", "present"]


def test_there_is_no_way_where_the_table_has_none(world: World, report: int) -> None:
    with pytest.raises(NoSuchWay) as refused:
        world.submit(report)
    assert "«submit»" in refused.value.message
    assert isinstance(refused.value, Conflict)


@pytest.mark.parametrize(("unit", "seat"), [("W1", "drafter"), ("W1", "clerk"), ("W2", "leader"), ("AM", "leader")])
def test_others_do_not_sign(world: World, report: int, unit: str, seat: str) -> None:
    world.write(report)
    world.present(report)
    with pytest.raises(NotYours):
        world.sign(report, as_=world.act(unit, seat))
    assert world.state(report) == "draft"


def test_nobody_acts_in_another_mans_office_nor_on_nothing(world: World, report: int) -> None:
    mixed = Actor(world.act("W1", "drafter").person_id, world.act("W1", "leader").office_id)
    with pytest.raises(NoSuchOffice):
        world.take(report, Action.PRESENT, mixed)
    with pytest.raises(NoSuchDocument):
        take(world.session, Request(10**9, Action.PRESENT), world.act("W1", "drafter"), world.now)


@pytest.mark.parametrize("words", ["a\0b", "nửa \ud83d chữ"])
def test_words_that_cannot_be_kept_are_refused_in_words(world: World, report: int, words: str) -> None:
    world.write(report)
    world.send(report)
    with pytest.raises(NotReady, match="ký tự không lưu được"):
        world.return_(report, reason=words)
    assert world.state(report) == "submitted"


def test_what_is_offered_is_what_can_be_done_with_what_stands_in_the_way(world: World, report: int) -> None:
    leader, drafter = world.act("W1", "leader"), world.act("W1", "drafter")
    assert offered(world, report, drafter) == {"present": []}
    assert offered(world, report, leader) == {
        "assign": [], "send_back": [], "sign": ["nội dung"], "withdraw": ["báo cáo"],
    }  # fmt: skip
    world.write(report)
    world.present(report)
    assert offered(world, report, leader)["sign"] == []
    world.write(report, women=9, as_=leader)
    world.present(report)
    assert offered(world, report, leader)["sign"] == ["người ký"]
    assert offered(world, report, world.act("W2", "leader")) == {}


def offered(world: World, document: int, actor: Actor) -> dict[str, list[str]]:
    return {
        action.value: [reason.place for reason in standing]
        for action, standing in allowed(world.session, document, actor, world.now)
    }
