"""Talk beside a document: who may, who is asked, and what stays when the document moves on."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from states import notes, offices
from states.facts import NoSuchDocument
from states.offices import NewOffice
from states.policy import Actor, Holder
from states.reading.talk import asked_of, threads
from states.tables import Note
from tests.world import DISTRICTS, PROVINCE, WARDS, World

WARD, DISTRICT = WARDS[0], DISTRICTS[0]


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-14")
    return world


def ask(world: World, unit: str, seat: str, words: str = "Số nữ lấy từ đâu?") -> int:
    report = world.report_of(WARD)
    holder = world.holder(unit, seat)
    return notes.ask(world.session, report, words, holder, world.later(minutes=1))


def asked(world: World) -> set[tuple[str, str]]:
    """(unit, seat) of everybody who has a question to answer."""
    everybody = {(unit, seat): world.holder(unit, seat)
                 for unit in (PROVINCE, *DISTRICTS, *WARDS)
                 for seat in ("drafter", "leader", "chair", "clerk", "supervisor")}  # fmt: skip
    return {who for who, holder in everybody.items() if asked_of(world.session, holder, world.today)}


def given(world: World, person: int, unit: str, seat: str, **more: Any) -> Holder:
    """An office given to a person, as the policy sees it."""
    new = NewOffice(person, world.unit(unit), seat, "Kiêm nhiệm (mẫu)", date(2026, 1, 1), **more)
    actor = Actor(person, offices.give(world.session, new))
    return offices.holder(world.session, actor, world.today).holder


# ── who is asked ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_from_outside_is_asked_of_the_drafter_and_of_the_leaders_who_sign(world: World) -> None:
    ask(world, DISTRICT, "supervisor")
    assert asked(world) == {(WARD, "drafter"), (WARD, "leader"), (WARD, "chair")}


def test_the_signer_asks_the_drafter_alone(world: World) -> None:
    ask(world, WARD, "leader")
    assert asked(world) == {(WARD, "drafter")}


def test_the_drafter_asks_his_leaders_and_once_it_was_sent_the_receiver(world: World) -> None:
    first = ask(world, WARD, "drafter", "Có nêu số của trường học không?")
    assert asked(world) == {(WARD, "leader"), (WARD, "chair")}
    world.report(WARD)
    assert asked(world) == {(WARD, "leader"), (WARD, "chair")}  # it stays with those who were asked
    notes.answer(world.session, first, "Có.", world.holder(WARD, "leader"), world.later(minutes=1))
    world.return_(world.report_of(WARD))
    ask(world, WARD, "drafter", "Sửa biểu 1 hay biểu 2?")
    assert asked(world) == {(DISTRICT, "supervisor"), (DISTRICT, "leader"), (DISTRICT, "chair")}


def test_a_leader_of_another_field_and_who_asked_himself_are_not_asked(world: World) -> None:
    other = offices.add_person(world.session, "Phó Chủ tịch khác (mẫu)", sample=True)
    elsewhere = given(world, other, WARD, "leader", fields=("xây dựng",))
    himself = given(world, world.act(WARD, "drafter").person_id, WARD, "leader")
    ask(world, WARD, "drafter")
    assert asked_of(world.session, elsewhere, world.today) == asked_of(world.session, himself, world.today) == []
    assert asked_of(world.session, world.holder(WARD, "leader"), world.today) != []


def test_one_answer_closes_a_question_for_all(world: World) -> None:
    question = ask(world, DISTRICT, "supervisor")
    notes.answer(world.session, question, "Từ trạm y tế.", world.holder(WARD, "drafter"), world.later(minutes=5))
    assert asked(world) == set()
    (thread,) = threads(world.session, world.report_of(WARD))
    assert not thread.open and [said.words for said in thread.answers] == ["Từ trạm y tế."]
    with pytest.raises(notes.NoSuchQuestion):
        notes.answer(world.session, thread.answers[0].id, "Sao?", world.holder(WARD, "drafter"), world.now)


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_works_on_it_or_watches_from_above_may_talk_a_neighbour_does_not_even_see_it(world: World) -> None:
    for unit, seat in ((WARD, "clerk"), (DISTRICT, "drafter"), (PROVINCE, "supervisor"), (PROVINCE, "leader")):
        ask(world, unit, seat)
    for unit in (WARDS[1], DISTRICTS[1]):
        with pytest.raises(NoSuchDocument):
            ask(world, unit, "supervisor")
    with pytest.raises(notes.NotYoursToTalk):  # sees all below, follows nothing
        ask(world, PROVINCE, "drafter")


def test_auditors_read_and_never_write_and_an_ended_office_says_nothing(world: World) -> None:
    auditor = given(world, offices.add_person(world.session, "Thanh tra (mẫu)", sample=True), DISTRICT, "auditor")
    with pytest.raises(notes.NotYoursToTalk):
        notes.comment(world.session, world.report_of(WARD), "…", auditor, world.now)
    left = world.holder(DISTRICT, "supervisor")
    gone = Holder(**{**vars(left), "valid_to": world.today - timedelta(days=1)})
    with pytest.raises(notes.NotYoursToTalk):
        notes.comment(world.session, world.report_of(WARD), "…", gone, world.now)
    assert threads(world.session, world.report_of(WARD)) == []


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_comment_names_the_cell_and_the_revision_and_says_when_it_is_outdated(world: World) -> None:
    report = world.report_of(WARD)
    world.write(report)
    world.present(report)
    seen = world.newest(report)
    holder = world.holder(WARD, "leader")
    notes.comment(world.session, report, "  Xem lại  ", holder, world.now, place="cell:10203", revision_id=seen)
    (thread,) = threads(world.session, report)
    said = thread.first
    assert (said.words, said.place, said.revision_id, said.outdated) == ("Xem lại", "cell:10203", seen, False)
    world.write(report, women=5)
    world.present(report)
    assert threads(world.session, report)[0].first.outdated
    with pytest.raises(notes.NotItsRevision):
        notes.comment(world.session, world.plan, "?", world.holder(PROVINCE, "leader"), world.now, revision_id=seen)


def test_nothing_moves_and_nothing_is_taken_back(world: World) -> None:
    report, before = world.report_of(WARD), dict(world.document(world.report_of(WARD)))
    note = ask(world, DISTRICT, "supervisor")
    assert dict(world.document(report)) == before
    row = world.session.get(Note, note)
    assert row is not None and (row.kind, row.answers) == ("question", None)


def test_empty_and_endless_words_are_refused(world: World) -> None:
    with pytest.raises(notes.NothingSaid):
        ask(world, WARD, "leader", " \n ")
    with pytest.raises(notes.TooLong):
        ask(world, WARD, "leader", "a" * (notes.LONGEST + 1))


def test_a_call_keeps_the_day_that_was_promised_and_no_day_before_it(world: World) -> None:
    report, holder = world.report_of(WARD), world.holder(DISTRICT, "supervisor")
    notes.call(world.session, report, "Chiều mai gửi.", holder, world.now, promised=world.today + timedelta(days=1))
    with pytest.raises(notes.PromisedTooEarly):
        notes.call(world.session, report, "Hôm qua?", holder, world.now, promised=world.today - timedelta(days=1))
    (thread,) = threads(world.session, report)
    assert (thread.first.kind, thread.first.promised, thread.open) == ("call", date(2026, 12, 15), False)
