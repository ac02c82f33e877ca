"""Contributions inside a ward: asked of a plan's assignees, given in any way, covered by the ward's signature."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from documents import contributing
from documents.contributing import AlreadyAsked, BadContribution
from documents.filled import BadContent
from states.contents import NotADraft, NotItsDrafter
from states.figures import Cell, Figure
from states.lifecycle import Kind
from states.opening import NewDocument, open_document
from states.periods import LOCAL
from states.reading.provenance import trace, trace_down
from states.steps import NotReady
from tests.world import World

TALKS = Cell.of(1, 2, 1)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    return world


def test_what_comes_by_phone_is_kept_with_who_gave_it_and_who_took_it(world: World) -> None:
    report = world.report_of("W1")
    asked = _ask(world, report, "Trạm Y tế", due_days=3)
    world.later(days=1)
    _give(world, asked, "5", channel="phone")

    (found,) = contributing.state_of(world.session, report)

    assert (found.assignee, found.given_by, found.channel) == ("Trạm Y tế", "BS. Bình (mẫu)", "phone")
    assert (found.asked_by, found.taken_by) == ("Lan, Phường Một (mẫu)", "Lan, Phường Một (mẫu)")
    assert found.given_at == world.now and not found.late(world.now)
    assert found.in_draft and not found.signed


def test_the_wards_signature_covers_its_own_rows_and_every_contribution(world: World) -> None:
    report = world.report_of("W1")
    world.write(report, events=2, men=30)
    for name, events in (("Trạm Y tế", "5"), ("Các trường", "trên 7")):
        _give(world, _ask(world, report, name), events)
    world.later(minutes=5)
    world.send(report)

    total = trace(world.session, TALKS, document_id=report)

    assert total.figure == Figure.from_canonical(">14") and total.adds_up
    assert [(part.part, part.words, part.figure.canonical) for part in total.parts] == [
        ("contribution", "Trạm Y tế (BS. Bình (mẫu))", "5"),
        ("contribution", "Các trường (BS. Bình (mẫu))", ">7"),
        ("own", "", "2"),
    ]
    assert all(found.signed for found in contributing.state_of(world.session, report))
    world.later(hours=1)
    world.consolidate("AM")
    assert trace_down(world.session, TALKS, document_id=world.report_of("AM")).figure == total.figure
    assert world.value("SELECT covered FROM revision WHERE id = %s", total.revision_id) == 1


def test_what_is_given_again_takes_the_place_of_what_was_given_before(world: World) -> None:
    report = world.report_of("W1")
    asked = _ask(world, report, "Trạm Y tế")
    first = _give(world, asked, "5")
    second = _give(world, asked, "6")

    (found,) = contributing.state_of(world.session, report)

    assert (found.revision_id, found.times) == (second, 2)
    assert [row["source_id"] for row in _intake(world, report)] == [second]
    assert world.value("SELECT count(*) FROM figure WHERE revision_id = %s AND cell = %s", first, TALKS) == 1


def test_what_was_put_up_before_a_contribution_came_is_not_signed(world: World) -> None:
    report = world.report_of("W1")
    world.write(report)
    asked = _ask(world, report, "Trạm Y tế")
    world.present(report)
    world.later(minutes=1)
    _give(world, asked, "5")

    with pytest.raises(NotReady, match="nội dung đã sửa sau khi chốt"):
        world.sign(report)
    world.send(report)
    assert trace(world.session, TALKS, document_id=report).figure == Figure.exact(7)


def test_who_enters_a_contribution_is_an_author_and_cannot_sign_it(world: World) -> None:
    report = world.report_of("W1")
    world.write(report)
    asked = _ask(world, report, "Trạm Y tế")
    world.later(minutes=1)
    _give(world, asked, "5", seat="leader")
    world.later(minutes=1)
    world.present(report)

    with pytest.raises(NotReady, match="người ký cũng là người soạn"):
        world.sign(report)
    world.sign(report, as_=world.act("W1", "chair"))
    assert world.state(report) == "signed"


def test_who_is_only_asked_is_never_late_and_who_owes_is_after_his_day(world: World) -> None:
    report = world.report_of("W1")
    _ask(world, report, "Trạm Y tế", due_days=1)
    _ask(world, report, "Hội Liên hiệp Phụ nữ", due_days=1, asked_only=True)
    in_time = _ask(world, report, "Các trường", due_days=1)
    _give(world, in_time, "1")
    world.later(days=2)

    late = {c.assignee: c.late(world.now) for c in contributing.state_of(world.session, report)}

    assert late == {"Trạm Y tế": True, "Các trường": False, "Hội Liên hiệp Phụ nữ": False}


def test_every_assignee_of_the_wards_plan_is_asked_once(world: World) -> None:
    new = NewDocument(Kind.PLAN, world.unit("W1"), "Kế hoạch của phường (mẫu)", "KH", form="ward-plan", form_version=1)
    plan = open_document(world.session, new, world.act("W1", "drafter"), world.now)
    typed = {"assignees": [
        {"name": "Trạm Y tế", "tasks": ["khám", "tư vấn"]},
        {"name": "Công an phường", "task": "trực", "due": "2026-12-10"},
        {"name": "Hội Liên hiệp Phụ nữ"}, {"name": "Đoàn Thanh niên", "asked": True}, {"name": " "}]}  # fmt: skip
    world._save(plan, typed, None)
    report, holder = world.report_of("W1"), world.holder("W1", "drafter")
    _ask(world, report, "trạm y tế")

    new_ones = contributing.ask_all_from_plan(world.session, plan, report, holder, world.now)
    again = contributing.ask_all_from_plan(world.session, plan, report, holder, world.now)

    assert (len(new_ones), again) == (3, [])
    found = contributing.state_of(world.session, report)
    assert [(c.assignee, c.task, c.asked_only) for c in found] == [
        ("trạm y tế", "tọa đàm", False), ("Công an phường", "trực", False), ("Hội Liên hiệp Phụ nữ", "", True),
        ("Đoàn Thanh niên", "", True),
    ]  # fmt: skip
    assert found[1].due_at == datetime(2026, 12, 11, tzinfo=LOCAL)


def test_nothing_is_asked_twice_or_given_badly_by_strangers_or_after_the_signature(world: World) -> None:
    report = world.report_of("W1")
    asked = _ask(world, report, "Trạm Y tế")

    with pytest.raises(AlreadyAsked):
        _ask(world, report, "TRẠM Y TẾ")
    with pytest.raises(BadContribution, match="cách nào"):
        _give(world, asked, "5", channel="rumour")
    with pytest.raises(BadContribution, match="chưa có số liệu"):
        _give(world, asked, "")
    with pytest.raises(BadContent):
        _give(world, asked, "chừng nửa")
    with pytest.raises(NotItsDrafter):
        _give(world, asked, "5", unit="W2")
    with pytest.raises(contributing.NoSuchContribution):
        _give(world, asked + 1, "5")
    world.write(report)
    world.send(report)
    with pytest.raises(NotADraft):
        _give(world, asked, "5")
    assert _intake(world, report) == []


def test_a_body_of_the_ward_gives_its_own_figures_in_the_program(world: World) -> None:
    report = world.report_of("W1")
    asked = contributing.ask(world.session, report, "Trạm Y tế", world.holder("W1", "drafter"), world.now,
                             unit_id=world.unit("W2"))  # fmt: skip
    _give(world, asked, "5", unit="W2", channel="program")

    (found,) = contributing.state_of(world.session, report)
    assert found.taken_by == "Lan, Phường Hai (mẫu)"


def _ask(world: World, report: int, name: str, *, due_days: int | None = None, asked_only: bool = False) -> int:
    due = world.now + timedelta(days=due_days) if due_days else None
    holder = world.holder("W1", "drafter")
    return contributing.ask(world.session, report, name, holder, world.now, "tọa đàm", due, asked_only=asked_only)


def _give(world: World, asked: int, events: str, *, unit: str = "W1", seat: str = "drafter",
          channel: str = "phone") -> int:  # fmt: skip
    row = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": events, "2": "", "3": ""}}
    holder = world.holder(unit, seat)
    return contributing.give(world.session, asked, {"rows": [row]}, "BS. Bình (mẫu)", channel, holder, world.now)


def _intake(world: World, report: int) -> list[Any]:
    return list(world.rows("SELECT source_id FROM intake WHERE document_id = %s", report))
