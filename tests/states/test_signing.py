"""What a signature needs: content that was read, findings answered, a mandate, four eyes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from documents import drafting
from states import contents, offices
from states.lifecycle import Action
from states.offices import NewOffice
from states.policy import CLOCK, Actor
from states.steps import NotReady, NotYours
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


def test_nothing_is_signed_before_its_content_is_put_up(world: World, report: int) -> None:
    world.write(report)
    with pytest.raises(NotReady) as refused:
        world.take(report, Action.SIGN)
    assert reasons(refused) == ["nội dung: chưa có nội dung được chốt"]
    with pytest.raises(drafting.NothingWritten):
        world.present(world.report_of("Phường Hai"))


def test_the_leader_names_the_content_that_he_read(world: World, report: int) -> None:
    world.write(report)
    world.present(report)
    with pytest.raises(NotReady, match="chưa nêu bản nội dung được ký"):
        world.take(report, Action.SIGN)


def test_only_the_newest_content_is_signed(world: World, report: int) -> None:
    world.write(report)
    world.present(report)
    old = world.newest(report)
    world.later(minutes=1)
    world.write(report, women=9)
    with pytest.raises(NotReady, match="nội dung đã sửa sau khi chốt"):
        world.take(report, Action.SIGN, revision_id=old)
    world.present(report)
    with pytest.raises(NotReady, match="nội dung đã sửa sau khi chốt"):
        world.take(report, Action.SIGN, revision_id=old)
    world.sign(report)
    assert world.state(report) == "signed"


def test_a_total_is_not_signed_while_newer_figures_stand_in_its_draft(world: World) -> None:
    world.issue_plan()
    district = world.report_of("Huyện An Mẫu")
    world.report("Phường Một")
    world.consolidate("Huyện An Mẫu")
    world.write(district)
    world.present(district)
    world.report("Phường Hai")
    world.consolidate("Huyện An Mẫu")
    with pytest.raises(NotReady, match="nội dung đã sửa sau khi chốt"):
        world.sign(district)
    world.present(district)
    world.sign(district)


def test_a_total_is_not_signed_over_a_reopened_child(world: World) -> None:
    world.issue_plan()
    ward, district = world.report("Phường Một"), world.report_of("Huyện An Mẫu")
    world.consolidate("Huyện An Mẫu")
    world.write(district)
    world.present(district)
    world.reopen(ward)
    with pytest.raises(NotReady, match="số liệu của Phường Một đã bị rút hoặc mở lại"):
        world.sign(district)


def test_another_documents_content_is_no_content(world: World, report: int) -> None:
    other = world.report("Phường Hai")
    world.write(report)
    world.present(report)
    for action in (Action.SIGN, Action.PRESENT):
        with pytest.raises(NotReady, match="nội dung"):
            world.take(report, action, revision_id=world.newest(other))
    assert world.trace(report) == ["open", "present"]


def test_the_clerk_sends_what_was_signed_and_nothing_else(world: World, report: int) -> None:
    world.write(report)
    world.present(report)
    world.take(report, Action.SEND_BACK, reason="sửa")
    first = world.newest(report)
    world.write(report, women=9)
    world.present(report)
    world.sign(report)
    with pytest.raises(NotReady, match="bản nội dung nêu không phải"):
        world.take(report, Action.SUBMIT, revision_id=first, recipients=("Như trên",))
    world.submit(report)
    (sending,) = world.sendings(report)
    assert sending["revision_id"] == world.newest(report) != first


def test_a_finding_is_mended_or_explained(world: World, report: int) -> None:
    drafting.save(world.session, report, {"rows": [ROW], "nil": [2, 3]}, 0, world.holder("W1", "drafter"), world.now)
    world.present(report)
    with pytest.raises(NotReady) as refused:
        world.sign(report)
    places = [reason.place for reason in refused.value.reasons]
    assert places == ["texts.direction", "texts.results"]
    assert "mã text-missing" in refused.value.reasons[0].remedy

    drafter = world.holder("W1", "drafter")
    contents.explain(world.session, report, "text-missing", places[0], "Tỉnh chưa ban hành.", drafter, world.now)
    with pytest.raises(NotReady) as refused:
        world.sign(report)
    assert [reason.place for reason in refused.value.reasons] == places[1:]
    contents.explain(world.session, report, "text-missing", places[1], "Xem phần II.", drafter, world.now)
    world.sign(report)
    assert '"explained":["text-missing"]' in world.steps(report)[-1]["details"]


def test_an_explanation_answers_the_figures_that_it_was_given_for(world: World, report: int) -> None:
    drafter = world.holder("W1", "drafter")
    world.write(report, events=50)
    world.present(report)
    places = [one["place"] for one in _to_explain(world, report)]
    assert places
    for place in places:
        contents.explain(world.session, report, "people-per-event", place, "Mỗi tổ một cuộc.", drafter, world.now)
    world.later(minutes=1)
    world.take(report, Action.SEND_BACK, reason="xem lại số cuộc")
    world.write(report, events=60)
    world.present(report)
    with pytest.raises(NotReady, match="7 người cho 60 cuộc") as refused:
        world.sign(report)
    assert [reason.place for reason in refused.value.reasons] == places

    world.later(minutes=1)
    for place in places:
        contents.explain(world.session, report, "people-per-event", place, "60 tổ, mỗi tổ một cuộc.", drafter,
                         world.now)  # fmt: skip
    world.sign(report)


def _to_explain(world: World, report: int) -> list[Mapping[str, Any]]:
    return world.rows(
        "SELECT code, place FROM finding WHERE document_id = %s AND severity = 'explain' ORDER BY id", report
    )


def test_what_must_be_refused_is_not_explained_away(world: World, report: int) -> None:
    drafting.save(world.session, report, {"rows": [ROW], "nil": [3], "texts": TEXTS}, 0,
                  world.holder("W1", "drafter"), world.now)  # fmt: skip
    world.present(report)
    contents.explain(world.session, report, "table-blank", "tables.2", "Chưa có.", world.holder("W1", "drafter"),
                     world.now)  # fmt: skip
    with pytest.raises(NotReady, match="Biểu 2 để trống"):
        world.sign(report)


def test_an_explanation_comes_from_those_who_write(world: World, report: int) -> None:
    for unit, seat in (("W2", "drafter"), ("AM", "supervisor"), ("W1", "clerk")):
        with pytest.raises(contents.NotItsDrafter):
            contents.explain(world.session, report, "x", "y", "z", world.holder(unit, seat), world.now)


@pytest.mark.parametrize(
    ("limits", "why"),
    [({"kinds": ["plan"]}, "không được giao ký loại văn bản này"), ({"fields": ["y tế"]}, "không phụ trách lĩnh vực")],
)
def test_a_leader_signs_within_his_mandate(world: World, report: int, limits: dict[str, list[str]], why: str) -> None:
    other = given_leader(world, "Phó Chủ tịch (mẫu)", **limits)
    world.write(report)
    world.present(report)
    with pytest.raises(NotReady, match=why):
        world.sign(report, as_=other)
    assert world.state(report) == "draft"


def test_a_substitute_signs_on_his_days_only(world: World, report: int) -> None:
    first = world.today + timedelta(days=1)
    substitute = given_leader(world, "Q. Chủ tịch (mẫu)", authority="Q.", valid_from=first, valid_to=first)
    world.write(report)
    world.present(report)
    with pytest.raises(NotYours):
        world.sign(report, as_=substitute)
    world.later(days=2)
    with pytest.raises(NotYours):
        world.sign(report, as_=substitute)
    world.later(days=-1)
    world.sign(report, as_=substitute)
    assert world.steps(report)[-1]["authority"] == "Q."


def test_a_signature_counts_by_the_day_in_vietnam(world: World, report: int) -> None:
    """On the evening of the last day in Greenwich it is already tomorrow in Mẫu Giang."""
    substitute = given_leader(world, "Q. Chủ tịch (mẫu)", authority="Q.", valid_to=world.today)
    world.write(report)
    world.present(report)
    world.at(world.today + timedelta(days=1), 1)
    with pytest.raises(NotYours):
        world.sign(report, as_=substitute)


def test_four_eyes_the_author_does_not_sign(world: World, report: int) -> None:
    leader = world.act("W1", "leader")
    world.write(report, as_=leader)
    world.present(report)
    with pytest.raises(NotReady, match="người soạn nội dung"):
        world.sign(report)
    world.sign(report, as_=world.act("W1", "chair"))


def test_what_was_written_before_the_last_signature_no_longer_counts(world: World, report: int) -> None:
    world.write(report, as_=world.act("W1", "leader"))
    world.present(report)
    world.sign(report, as_=world.act("W1", "chair"))
    world.revise(report)
    world.write(report, women=8)
    world.present(report)
    world.sign(report)
    assert world.state(report) == "signed"


def test_in_a_small_unit_the_same_eyes_are_told(world: World, report: int) -> None:
    world.session.connection().execute(text(f"UPDATE unit SET small = true WHERE id = {world.unit('W1')}"))
    world.write(report, as_=world.act("W1", "leader"))
    world.present(report)
    world.sign(report)
    assert '"drafter_signs":true' in world.steps(report)[-1]["details"]


def test_the_machine_never_signs(world: World, report: int) -> None:
    world.write(report)
    world.present(report)
    with pytest.raises(NotYours):
        world.sign(report, as_=CLOCK)
    assert world.state(report) == "draft"


ROW = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "2", "2": "3", "3": "4"}}
TEXTS = {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}


def reasons(refused: pytest.ExceptionInfo[NotReady]) -> list[str]:
    return [f"{reason.place}: {reason.message}" for reason in refused.value.reasons]


def given_leader(world: World, title: str, **more: object) -> Actor:
    """One more leader of Phường Một."""
    person = offices.add_person(world.session, "Sơn, Phường Một (mẫu)", sample=True)
    new = NewOffice(person, world.unit("W1"), "leader", title, **{"valid_from": date(2026, 1, 1), **more})  # type: ignore[arg-type]
    return Actor(person, offices.give(world.session, new))
