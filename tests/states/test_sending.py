"""Numbers, sendings, receipts, papers; and what comes back: returns, recalls, withdrawals."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from states.lifecycle import Action, Kind, State
from states.opening import NewDocument, open_document
from states.policy import CLOCK
from states.steps import NoSuchWay, NotReady, NotYours, Request, take
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


def test_sending_gives_number_date_and_a_row_of_its_own(world: World, report: int) -> None:
    world.write(report)
    taken = world.send(report)
    (sending,) = world.sendings(report)
    assert taken.number == "01/BC-UBND"
    assert (sending["no"], sending["number"], sending["symbol"]) == (1, 1, "BC-UBND")
    assert (sending["date"], sending["sent_at"], sending["seq"]) == (date(2026, 12, 16), world.now, taken.seq)
    assert (sending["paper"], sending["replaces"], sending["recipients"]) == (False, None, ["Như trên"])
    assert '"number":"01/BC-UBND"' in world.steps(report)[-1]["details"]


def test_a_corrected_paper_takes_a_new_number_and_says_which_it_replaces(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    world.return_(report)
    world.write(report, women=5)
    world.send(report)
    first, second = world.sendings(report)
    assert (second["no"], second["number"], second["replaces"]) == (2, 2, first["id"])
    assert world.document(report)["correction_due"] is None


def test_a_report_without_receiver_needs_recipients(world: World) -> None:
    world.issue_plan()
    top = world.report_of("Tỉnh Mẫu Giang")
    world.write(top)
    world.present(top)
    world.sign(top)
    with pytest.raises(NotReady, match="chưa có nơi nhận"):
        world.take(top, Action.SUBMIT)
    world.submit(top)
    assert world.state(top) == "submitted"


def test_the_incoming_number_is_given_once_per_sending(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    world.receive(report)
    with pytest.raises(NotReady, match="đã vào sổ đến"):
        world.receive(report)
    world.return_(report)
    world.send(report)
    world.receive(report)
    receipts = world.rows("SELECT s.no, r.number, r.unit_id FROM receipt r JOIN sending s ON s.id = r.sending_id"
                          " ORDER BY s.no")  # fmt: skip
    assert [(r["no"], r["number"], r["unit_id"]) for r in receipts] == [
        (1, 1, world.unit("AM")), (2, 2, world.unit("AM")),
    ]  # fmt: skip


def test_a_paper_is_registered_with_what_stands_on_it(world: World, report: int) -> None:
    taken = world.register(report, 7, day="2026-12-14")
    (sending,) = world.sendings(report)
    step = world.steps(report)[-1]
    assert (taken.state, taken.number) == (State.SUBMITTED, "07/BC-UBND")
    assert (sending["paper"], sending["signer"]) == (True, "Phạm Văn Giấy (mẫu)")
    assert (sending["number"], sending["date"], sending["sent_at"]) == (7, date(2026, 12, 14), world.now)
    assert (step["action"], step["person_id"]) == ("register", world.act("AM", "clerk").person_id)
    assert bytes(step["file_digest"]) == b"\x01" * 32
    assert '"paper":true' in step["details"]
    assert world.value("SELECT number FROM receipt WHERE sending_id = %s", sending["id"]) == 1
    assert "sign" not in world.trace(report)


def test_a_paper_is_registered_by_its_receiver_only(world: World, report: int) -> None:
    with pytest.raises(NotYours):
        world.register(report, as_=world.act("W1", "clerk"))


@pytest.mark.parametrize(
    ("number", "day", "signer", "place"),
    [
        (0, "2026-12-14", "Ai đó (mẫu)", "số, ký hiệu"),
        (7, "2026-12-17", "Ai đó (mẫu)", "ngày văn bản"),
        (7, "2026-12-14", " ", "người ký"),
    ],
)
def test_a_paper_needs_number_date_and_signer(
    world: World, report: int, number: int, day: str, signer: str, place: str
) -> None:
    with pytest.raises(NotReady) as refused:
        world.register(report, number, day=day, signer=signer)
    assert [reason.place for reason in refused.value.reasons] == [place]


def test_a_return_has_code_words_and_a_day(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    with pytest.raises(NotReady) as refused:
        take(world.session, Request(report, Action.RETURN), world.act("AM", "supervisor"), world.now)
    assert [reason.place for reason in refused.value.reasons] == ["lý do", "mã lý do", "hạn gửi lại"]
    with pytest.raises(NotReady, match="chưa chọn mã lý do"):
        world.return_(report, code="because")
    with pytest.raises(NotReady, match="hạn gửi lại"):
        world.return_(report, due=world.now)

    due = world.now + timedelta(days=2)
    world.return_(report, due=due, code="figures-missing", reason="Thiếu bảng 2")
    step = world.steps(report)[-1]
    assert (step["reason_code"], step["reason"], step["due_at"]) == ("figures-missing", "Thiếu bảng 2", due)
    assert world.document(report)["correction_due"] == due


@pytest.mark.parametrize("words", ["", "   "])
@pytest.mark.parametrize("act", ["recall", "reopen", "send_back", "withdraw"])
def test_whoever_takes_something_back_says_why(world: World, report: int, act: str, words: str) -> None:
    world.write(report)
    world.send(report)
    if act == "reopen":
        world.consolidate("Huyện An Mẫu")
        target, action, actor = report, Action.REOPEN, world.act("AM", "supervisor")
    elif act == "recall":
        target, action, actor = report, Action.RECALL, world.act("W1", "leader")
    elif act == "send_back":
        target, action, actor = world.report_of("Phường Hai"), Action.SEND_BACK, world.act("W2", "leader")
    else:
        target, action, actor = world.plan, Action.WITHDRAW, world.act("MG", "leader")
    before = world.trace(target)
    with pytest.raises(NotReady, match="chưa nêu lý do"):
        take(world.session, Request(target, action, reason=words), actor, world.now)
    assert world.trace(target) == before


def test_a_recalled_report_goes_out_again_under_a_new_number(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    world.recall(report, "Gửi nhầm bản")
    assert (world.state(report), world.desk(report)[0]) == ("draft", "drafter")
    world.write(report, women=6)
    world.send(report)
    assert [sending["number"] for sending in world.sendings(report)] == [1, 2]


def test_what_is_consolidated_is_not_recalled(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    world.consolidate("Huyện An Mẫu")
    with pytest.raises(NoSuchWay):
        world.recall(report)


def test_a_report_is_consolidated_with_its_figures_never_alone(world: World, report: int) -> None:
    world.write(report)
    world.send(report)
    for actor in (world.act("AM", "supervisor"), CLOCK):
        with pytest.raises(NotReady, match="cùng số liệu của cả cấp"):
            world.take(report, Action.CONSOLIDATE, actor)
    assert world.state(report) == "submitted"


def test_an_owed_report_is_not_withdrawn_one_that_nobody_owes_is(world: World, report: int) -> None:
    with pytest.raises(NotReady, match="báo cáo phải gửi theo kế hoạch"):
        world.withdraw(report)
    new = NewDocument(Kind.REPORT, world.unit("W1"), "Báo cáo đột xuất (mẫu)",
                      "BC", receiver_id=world.unit("AM"), form="action-month", form_version=2)  # fmt: skip
    free = open_document(world.session, new, world.act("W1", "drafter"), world.now)
    world.withdraw(free, "Lập nhầm")
    assert (world.state(free), world.trace(free)) == ("withdrawn", ["open", "withdraw"])
