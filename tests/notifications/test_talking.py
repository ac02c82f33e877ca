"""Questions and answers are told to whom they concern, at once, and never what they say."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from documents.shelf import keep_forms
from notifications.outbox import address
from states import notes, preferences
from states.calendar import Calendar
from states.periods import LOCAL
from tests.notifications.served import THURSDAY, Mail, Office
from tests.world import DISTRICTS, WARDS, World

CALENDAR = Calendar.vietnam()
WARD, DISTRICT = WARDS[0], DISTRICTS[0]


@pytest.fixture
def world(session: Session) -> World:
    keep_forms(session)
    world = World(session)
    world.issue_plan()
    world.at("2026-12-14", 9)
    address(session, world.now, CALENDAR)
    return world


def new(world: World) -> list[dict[str, Any]]:
    """Address, and give the notices that this wrote."""
    last = world.value("SELECT coalesce(max(id), 0) FROM notice")
    written = address(world.session, world.now, CALENDAR)
    found = [dict(row) for row in world.rows("SELECT * FROM notice WHERE id > %s ORDER BY id", last)]
    assert written == len(found)
    return found


def ask(world: World, unit: str = DISTRICT, seat: str = "supervisor") -> int:
    words = "Bảng 1 ghi 45 nữ, sao khác bảng 2?"
    return notes.ask(world.session, world.report_of(WARD), words, world.holder(unit, seat), world.now)


def test_a_question_is_told_at_once_to_those_who_are_asked_and_its_words_stay_inside(world: World) -> None:
    question = ask(world)
    told = new(world)
    people = {world.act(WARD, seat).person_id for seat in ("drafter", "leader", "chair")}
    assert {n["person_id"] for n in told} == people
    assert {(n["topic"], n["send_after"], n["urgent"]) for n in told} == {("question", world.now, False)}
    assert {n["key"] for n in told} == {f"note/{question}/{person}" for person in people}
    assert (told[0]["data"]["by_unit"], told[0]["data"]["unit"]) == (DISTRICT, WARD)
    assert not any("Bảng 1" in str(n["data"]) for n in told)
    world.later(minutes=1)
    assert new(world) == []


def test_an_answer_is_told_to_who_asked(world: World) -> None:
    question = ask(world)
    new(world)
    notes.answer(world.session, question, "Đã sửa.", world.holder(WARD, "drafter"), world.later(minutes=5))
    (told,) = new(world)
    assert (told["person_id"], told["topic"]) == (world.act(DISTRICT, "supervisor").person_id, "answer")
    assert told["data"]["by_unit"] == WARD


def test_neither_comments_nor_calls_are_told_and_an_old_note_is_no_news(world: World) -> None:
    follows = world.holder(DISTRICT, "supervisor")
    notes.comment(world.session, world.report_of(WARD), "Được", follows, world.now)
    notes.call(world.session, world.report_of(WARD), "Mai gửi", follows, world.now)
    assert new(world) == []
    ask(world)
    world.later(days=8)
    assert new(world) == []


def test_a_question_at_night_waits_for_the_morning_and_one_for_a_digest_for_its_slot(world: World) -> None:
    leader = world.act(WARD, "leader").person_id
    preferences.put(world.session, leader, "notice:question", "digest")
    ask(world)
    slots = {n["person_id"]: n["send_after"] for n in new(world)}
    assert slots.pop(leader) == datetime(2026, 12, 14, 13, 30, tzinfo=LOCAL)
    assert set(slots.values()) == {world.now}
    world.at("2026-12-14", 22)
    ask(world)
    assert {n["send_after"] for n in new(world)} == {datetime(2026, 12, 15, 7, 30, tzinfo=LOCAL)}


# ── what a person chose, whoever wrote the notice ───────────────────────────────────────────────────────────


def choose(office: Office, person: int, topic: str, way: str) -> None:
    with office.session() as session:
        preferences.put(session, person, f"notice:{topic}", way)


def test_what_is_turned_off_is_not_sent_and_says_why_and_others_still_get_it(office: Office, mail: Mail) -> None:
    quiet, other = office.person("dao"), office.person("hoa")
    choose(office, quiet, "submit", "off")
    off, kept, told = office.notice(quiet, "submit"), office.notice(quiet, "return"), office.notice(other, "submit")
    done = office.deliver(mail.channel())
    assert (done.sent, done.moot, done.dead) == (2, 1, 0)
    assert [(a["outcome"], a["error"]) for a in office.attempts(off)] == [
        ("dead", "không gửi: người nhận đã tắt loại tin này")]  # fmt: skip
    assert [office.attempts(notice)[0]["outcome"] for notice in (kept, told)] == ["sent", "sent"]
    assert office.deliver(mail.channel()).moot == 0


def test_what_asks_something_of_a_person_can_not_be_turned_off(office: Office, mail: Mail) -> None:
    person = office.person("dao")
    for topic in ("return", "overdue", "present"):
        office.run("INSERT INTO preference VALUES (%s, %s, '\"off\"')", person, f"notice:{topic}")
        office.notice(person, topic)
    assert office.deliver(mail.channel()).sent == 3


def test_who_wants_it_now_does_not_wait_for_the_slot(office: Office, mail: Mail) -> None:
    eager, patient = office.person("dao"), office.person("hoa")
    choose(office, eager, "submit", "now")
    slot = THURSDAY + timedelta(hours=4)
    mine, theirs = office.notice(eager, "submit", after=slot), office.notice(patient, "submit", after=slot)
    assert office.deliver(mail.channel()).sent == 1
    assert office.attempts(theirs) == [] and office.attempts(mine)[0]["outcome"] == "sent"
    assert office.deliver(mail.channel(), now=slot).sent == 1
