"""Duties move by rows: extensions, waivers, refusals, amendments and cancellations."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from states import duties
from states.duties import (
    IN_FORCE,
    AmendedTooEarly,
    NoSuchRequest,
    NotItsOwn,
    NotOwed,
    NotTheReceiver,
    OutOfOrder,
    UntilTooEarly,
)
from states.periods import LOCAL
from tests.world import World

DUE = datetime(2026, 12, 19, tzinfo=LOCAL)  # the midnight that ends 18 December
LATER = DUE + timedelta(days=3)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16")
    return world


@pytest.fixture
def report(world: World) -> int:
    return world.report_of("Phường Một")


def ask(world: World, report: int, kind: str = "extension", until: datetime | None = LATER,
        unit: str = "W1") -> int:  # fmt: skip
    reason = "Trạm Y tế chưa gửi số liệu"
    return duties.ask(world.session, report, kind, until, reason, world.holder(unit, "drafter"), world.now)


def grant(world: World, report: int, kind: str = "extension", until: datetime | None = LATER,
          request: int | None = None, unit: str = "AM", seat: str = "supervisor") -> int:  # fmt: skip
    holder = world.holder(unit, seat)
    return duties.grant(
        world.session, report, kind, until, "Có lý do chính đáng", holder, world.now, request_id=request
    )


def deadline(world: World, report: int) -> datetime:
    """The deadline in force."""
    found: datetime = world.value(f"SELECT {IN_FORCE} FROM document d WHERE d.id = %s", report)
    return found


def rows(world: World, report: int) -> list[tuple[str, bool]]:
    found = world.rows("SELECT kind, in_time FROM dispensation WHERE document_id = %s ORDER BY id", report)
    return [(row["kind"], row["in_time"]) for row in found]


def test_an_extension_asked_for_below_and_granted_above_moves_the_deadline(world: World, report: int) -> None:
    assert deadline(world, report) == DUE
    request = ask(world, report)
    assert deadline(world, report) == DUE
    grant(world, report, request=request)
    assert deadline(world, report) == LATER
    assert rows(world, report) == [("extension", True)]
    assert world.document(report)["due_at"] == DUE  # what was owed at first stays written
    assert world.trace(report) == ["open"]


@pytest.mark.parametrize(("moment", "counts"), [(DUE - timedelta(seconds=1), True), (DUE, False)])
def test_an_extension_counts_only_if_granted_before_the_deadline(
    world: World, report: int, moment: datetime, counts: bool
) -> None:
    world.now = moment
    grant(world, report)
    assert rows(world, report) == [("extension", counts)]
    assert deadline(world, report) == (LATER if counts else DUE)


def test_the_next_extension_is_measured_against_the_last(world: World, report: int) -> None:
    grant(world, report)
    world.now = DUE + timedelta(days=1)
    grant(world, report, until=LATER + timedelta(days=1))
    assert rows(world, report) == [("extension", True), ("extension", True)]
    assert deadline(world, report) == LATER + timedelta(days=1)


@pytest.mark.parametrize("until", [None, DUE, DUE - timedelta(days=1)])
def test_an_extension_gives_a_later_day(world: World, report: int, until: datetime | None) -> None:
    for act in (ask, grant):
        with pytest.raises(UntilTooEarly):
            act(world, report, until=until)
    assert rows(world, report) == []


@pytest.mark.parametrize(("late", "counts"), [(False, True), (True, False)])
def test_a_waiver_leaves_the_count_only_if_given_before_the_deadline(
    world: World, report: int, late: bool, counts: bool
) -> None:
    if late:
        world.now = DUE + timedelta(hours=1)
    grant(world, report, "waiver", None)
    assert rows(world, report) == [("waiver", counts)]
    assert (world.state(report), deadline(world, report)) == ("draft", DUE)


def test_a_refusal_answers_and_moves_nothing(world: World, report: int) -> None:
    grant(world, report, "refusal", None, ask(world, report))
    assert rows(world, report) == [("refusal", True)]
    assert deadline(world, report) == DUE


def test_a_request_is_answered_once(world: World, report: int) -> None:
    request = ask(world, report)
    grant(world, report, request=request)
    with pytest.raises(NoSuchRequest):
        grant(world, report, "refusal", None, request)
    with pytest.raises(NoSuchRequest):
        grant(world, world.report_of("Phường Hai"), request=ask(world, report, until=LATER + timedelta(days=1)))
    assert rows(world, report) == [("extension", True)]


def test_only_who_owes_asks(world: World, report: int) -> None:
    for unit in ("W2", "AM"):
        with pytest.raises(NotItsOwn):
            ask(world, report, unit=unit)
    assert world.rows("SELECT * FROM dispensation_request") == []


@pytest.mark.parametrize(
    ("unit", "seat"), [("W1", "leader"), ("AM", "drafter"), ("MG", "supervisor"), ("BM", "leader")]
)
def test_only_the_receiver_moves_a_deadline(world: World, report: int, unit: str, seat: str) -> None:
    with pytest.raises(NotTheReceiver):
        grant(world, report, unit=unit, seat=seat)
    assert rows(world, report) == []


def test_what_nobody_owes_has_no_deadline_to_move(world: World) -> None:
    with pytest.raises(NotOwed):
        grant(world, world.plan, unit="MG")
    with pytest.raises(NotOwed):
        ask(world, 10**9)


def amend(world: World, level: str = "commune", until: datetime = LATER) -> int:
    leader = world.holder("MG", "leader")
    return duties.amend(world.session, world.plan, level, until, "Sửa đổi kế hoạch", leader, world.now)


def test_an_amended_plan_moves_the_open_duties_of_the_level(world: World, report: int) -> None:
    done = world.report("Phường Hai")
    assert amend(world) == 3
    assert deadline(world, report) == deadline(world, world.report_of("Phường Ba")) == LATER
    assert deadline(world, done) == DUE
    assert deadline(world, world.report_of("Huyện An Mẫu")) == DUE + timedelta(days=4)
    assert rows(world, report) == [("amendment", True)]


def test_the_newest_word_counts_amendment_or_extension(world: World, report: int) -> None:
    grant(world, report)
    world.later(hours=1)
    amend(world, until=DUE + timedelta(days=1))
    assert deadline(world, report) == DUE + timedelta(days=1)


def test_an_amended_day_is_after_the_plan_was_opened(world: World, report: int) -> None:
    opened = world.document(world.plan)["opened_at"]
    for until in (opened, opened - timedelta(days=400)):
        with pytest.raises(AmendedTooEarly, match="không sau lúc lập kế hoạch"):
            amend(world, until=until)
    assert rows(world, report) == []


@pytest.mark.parametrize(
    ("level", "until", "refused"),
    [
        ("commune", DUE + timedelta(days=4), False),  # the same day as the districts
        ("commune", DUE + timedelta(days=4, seconds=1), True),
        ("district", DUE, False),
        ("district", DUE - timedelta(seconds=1), True),
        ("district", DUE + timedelta(days=10, seconds=1), True),
        ("province", DUE + timedelta(days=90), False),
    ],
)
def test_an_amended_day_keeps_the_order_of_the_levels(world: World, level: str, until: datetime, refused: bool) -> None:
    if refused:
        with pytest.raises(OutOfOrder, match="muộn hơn hạn của cấp trên|sớm hơn hạn của cấp dưới"):
            amend(world, level, until)
    moved = 0 if refused else amend(world, level, until)
    assert world.value("SELECT count(*) FROM dispensation") == moved
    assert refused or moved


def test_levels_that_move_together_go_from_the_top_down(world: World, report: int) -> None:
    with pytest.raises(OutOfOrder):
        amend(world, "commune", DUE + timedelta(days=9))
    amend(world, "district", DUE + timedelta(days=9))
    world.later(minutes=1)
    amend(world, "commune", DUE + timedelta(days=9))
    assert deadline(world, report) == DUE + timedelta(days=9)


def test_an_extension_of_one_report_does_not_bind_the_level_above(world: World, report: int) -> None:
    grant(world, report, until=DUE + timedelta(days=2))
    assert amend(world, "district", DUE + timedelta(days=1)) == 2


def test_an_amended_plan_leaves_out_what_is_waived_in_time(world: World, report: int) -> None:
    late = world.report_of("Phường Hai")
    grant(world, report, "waiver", None)
    world.now = DUE + timedelta(hours=1)
    grant(world, late, "waiver", None)
    assert amend(world) == 3  # a waiver that came too late lets nobody off
    assert rows(world, report) == [("waiver", True)]
    assert rows(world, late) == [("waiver", False), ("amendment", True)]


def test_amending_the_reports_leaves_the_plans_alone(session: Session) -> None:
    world = World(session)
    world.issue_plan(plans=True)
    plan = world.plan_of("Huyện An Mẫu")
    before = deadline(world, plan)
    assert amend(world, "district", DUE + timedelta(days=9)) == 2
    assert deadline(world, plan) == before


def test_a_withdrawn_plan_cancels_what_is_still_owed_in_the_same_act(world: World, report: int) -> None:
    done = world.report("Phường Hai")
    with pytest.raises(ZeroDivisionError), world.session.begin_nested():
        world.withdraw(world.plan)
        raise ZeroDivisionError
    assert rows(world, report) == []

    world.withdraw(world.plan, "Hoãn đến năm sau")
    assert world.state(world.plan) == "withdrawn"
    assert rows(world, report) == [("cancellation", True)]
    assert rows(world, done) == []
    reasons = world.rows("SELECT DISTINCT reason, office_id FROM dispensation")
    assert reasons == [{"reason": "Hoãn đến năm sau", "office_id": world.act("MG", "leader").office_id}]
    assert (
        world.value("SELECT count(*) FROM dispensation") == 6
    )  # four wards and two districts and the province, less one
    assert world.state(report) == "draft"  # an owed report is cancelled by a row, never withdrawn
