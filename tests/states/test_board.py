"""The late board: standings, counts and lateness as people would count them by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from states import duties
from states.calendar import Calendar
from states.lifecycle import Action, Kind
from states.offices import NewOffice, add_person, give
from states.periods import LOCAL, action_month, custom
from states.reading import inbox
from states.reading.board import all_plans, board, late, summary_by
from states.reading.standings import Board, Line, Standing
from tests.world import PROVINCE, WARDS, World
from workflows.fanout import fan_out
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan

CALENDAR = Calendar.vietnam()
WARD = WARDS[0]


def moment(day: str, hour: int = 9, minute: int = 0) -> datetime:
    on = date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL)


@pytest.fixture
def world(session: Session) -> World:
    """A province of four wards, two levels; the wards' reports are due by the end of 18/12/2026, a Friday."""
    world = World(session, districts=False)
    world.issue_plan(plans=False)
    return world


def look(world: World, **more: Any) -> Board:
    return board(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR, **more)


def line(world: World, ward: str = WARD) -> Line:
    return next(found for found in look(world).lines if found.unit == ward)


def grant(world: World, kind: str, until: datetime | None = None, ward: str = WARD) -> None:
    receiver = world.holder(PROVINCE, "supervisor")
    duties.grant(world.session, world.report_of(ward), kind, until, "lũ lụt", receiver, world.now)


# ── one report's way ────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_is_followed_from_desk_to_desk(world: World) -> None:
    report = world.report_of(WARD)
    told = [(line(world).standing, line(world).desk, line(world).person)]
    world.at("2026-12-14", 8)
    world.write(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.present(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.sign(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    world.submit(report)
    told.append((line(world).standing, line(world).desk, line(world).person))
    drafter, clerk, supervisor = f"Lan, {WARD} (mẫu)", f"Minh, {WARD} (mẫu)", f"Tâm, {PROVINCE} (mẫu)"
    assert told == [
        (Standing.NOT_STARTED, "drafter", drafter),
        (Standing.DRAFTING, "drafter", drafter),
        (Standing.PRESENTED, "leader", None),  # the Chair or the Vice-chair: nobody was named
        (Standing.SIGNED_NOT_SENT, "clerk", clerk),
        (Standing.SENT_ON_TIME, "receiver", supervisor),
    ]
    assert line(world).number == "01/BC-UBND"


def test_a_report_that_nobody_has_looked_at_is_unopened_until_somebody_of_the_unit_sees_it(world: World) -> None:
    sees = "INSERT INTO seen (document_id, person_id, seq, at) VALUES (%s, %s, 1, %s) RETURNING seq"
    world.value(sees, world.report_of(WARD), world.act(PROVINCE, "supervisor").person_id, world.now)
    assert line(world).unopened
    world.value(sees, world.report_of(WARD), world.act(WARD, "drafter").person_id, world.now)
    assert not line(world).unopened


def test_time_on_a_desk_is_counted_in_office_hours(world: World) -> None:
    report = world.report_of(WARD)
    world.at("2026-12-11", 15)  # a Friday
    world.write(report)
    world.present(report)
    world.at("2026-12-14", 9, 30)  # Monday: two hours of Friday, two of Monday
    assert (line(world).hours, line(world).since) == (4.0, moment("2026-12-11", 15))


def test_the_desk_of_a_named_office_shows_its_holder(world: World) -> None:
    person = add_person(world.session, "Nga (mẫu)", sample=True)
    office = give(world.session, NewOffice(person, world.unit(WARD), "drafter", "Công chức", date(2020, 1, 1)))
    assert line(world).person is None  # two drafters, nobody named
    world.take(world.report_of(WARD), Action.ASSIGN, to_office=office)
    assert (line(world).person, line(world).desk_office_id) == ("Nga (mẫu)", office)


# ── late ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "standing", "days"),
    [
        (moment("2026-12-18", 23, 59), Standing.NOT_STARTED, 0),  # a deadline of a day ends at 24:00
        (moment("2026-12-19", 0), Standing.OVERDUE, 1),
        (moment("2026-12-20", 12), Standing.OVERDUE, 1),  # a Sunday: no working day has passed, but it is late
        (moment("2026-12-21", 8), Standing.OVERDUE, 1),
        (moment("2026-12-22", 8), Standing.OVERDUE, 2),
        (moment("2027-02-05", 8), Standing.OVERDUE, 32),  # 9 + 20 + 3: less New Year and, from the 4th, Tết
    ],
)
def test_overdue_by_working_days(world: World, now: datetime, standing: Standing, days: int) -> None:
    world.now = now
    assert (line(world).standing, line(world).days_late) == (standing, days)


def test_what_is_sent_late_raises_the_rate_and_not_the_on_time_rate(world: World) -> None:
    world.at("2026-12-18", 16)
    world.report(WARDS[0])
    world.at("2026-12-22", 8)
    world.report(WARDS[1])
    wards = look(world, level="commune")
    assert (line(world, WARDS[1]).standing, line(world, WARDS[1]).days_late) == (Standing.SENT_LATE, 2)
    assert (wards.counts.expected, wards.counts.received, wards.counts.on_time) == (4, 2, 1)
    assert (wards.counts.rate, wards.counts.on_time_rate) == (0.5, 0.25)


def test_what_is_sent_at_the_very_moment_of_its_deadline_is_late(world: World) -> None:
    world.at("2026-12-18", 23, 59)
    world.report(WARDS[0])
    world.return_(world.report_of(WARDS[0]), due=moment("2026-12-22", 17))
    world.at("2026-12-19", 0)
    world.report(WARDS[1])
    world.at("2026-12-22", 17)
    world.write(world.report_of(WARDS[0]), women=5)
    world.send(world.report_of(WARDS[0]))
    told = [(line(world, ward).standing, line(world, ward).days_late) for ward in WARDS[:2]]
    assert told == [(Standing.SENT_LATE, 1)] * 2


def test_the_late_list_has_the_worst_first_and_what_the_board_says(world: World) -> None:
    world.at("2026-12-17")
    world.report(WARDS[0])
    world.at("2026-12-18")
    world.return_(world.report_of(WARDS[0]), due=moment("2026-12-23", 11))
    grant(world, "extension", moment("2026-12-22", 0), WARDS[1])
    world.at("2026-12-28", 9)
    found = late(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR, level="commune")
    assert [(x.unit, x.days_late) for x in found] == [(WARDS[2], 6), (WARDS[3], 6), (WARDS[1], 5), (WARDS[0], 3)]
    assert found == look(world, level="commune").late
    assert found == late(world.session, None, world.unit(PROVINCE), world.now, CALENDAR, level="commune")


# ── moved by rows ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_extension_counts_only_when_granted_before_the_deadline(world: World) -> None:
    world.at("2026-12-18", 20)
    grant(world, "extension", moment("2026-12-24", 0), WARDS[0])
    world.at("2026-12-19", 1)
    grant(world, "extension", moment("2026-12-24", 0), WARDS[1])
    world.at("2026-12-23", 10)
    assert line(world, WARDS[0]).extended_to == moment("2026-12-24", 0)
    assert line(world, WARDS[1]).extended_to is None
    world.report(WARDS[0])
    world.report(WARDS[1])
    assert line(world, WARDS[0]).standing is Standing.SENT_ON_TIME
    assert (line(world, WARDS[1]).standing, line(world, WARDS[1]).days_late) == (Standing.SENT_LATE, 3)


def test_a_waiver_leaves_the_denominator_only_when_given_in_time(world: World) -> None:
    world.at("2026-12-18", 20)
    grant(world, "waiver", ward=WARDS[0])
    world.at("2026-12-19", 8)
    grant(world, "waiver", ward=WARDS[1])
    wards = look(world, level="commune")
    assert wards.counts.of(Standing.WAIVED) == 2 and wards.counts.of(Standing.OVERDUE) == 2
    assert wards.counts.expected == 3
    world.report(WARDS[1])  # it sends all the same: late
    assert line(world, WARDS[1]).standing is Standing.SENT_LATE
    world.report(WARDS[0])
    assert (line(world).standing, look(world, level="commune").counts.received) == (Standing.WAIVED, 1)


def test_a_withdrawn_plan_cancels_what_is_open_and_keeps_what_came(world: World) -> None:
    world.at("2026-12-10")
    world.report(WARD)
    world.withdraw(world.plan)
    world.at("2026-12-30")
    counts = look(world, level="commune").counts
    assert (counts.expected, counts.received) == (1, 1)
    assert counts.of(Standing.CANCELLED) == 3
    assert late(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR) == []


# ── returned, recalled, reopened ────────────────────────────────────────────────────────────────────────────


def test_a_return_answered_in_time_stays_on_time_though_the_deadline_has_passed(world: World) -> None:
    world.at("2026-12-18", 10)
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-22", 17))
    assert (line(world).standing, line(world).reason_code) == (Standing.RETURNED, "figures-wrong")
    assert look(world).counts.received == 0  # it is not with the receiver now
    world.at("2026-12-22", 16)
    world.write(report, women=5)
    assert (line(world).standing, line(world).days_left) == (Standing.RETURNED, 0)
    world.send(report)
    assert line(world).standing is Standing.SENT_ON_TIME


def test_a_return_answered_late_is_late_by_its_own_date(world: World) -> None:
    world.at("2026-12-15", 10)
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-17", 0))
    world.at("2026-12-18", 8)  # still before the plan's deadline
    assert (line(world).standing, line(world).stage, line(world).days_late) == (Standing.OVERDUE, Standing.RETURNED, 2)
    world.write(report, women=5)
    world.send(report)
    assert (line(world).standing, line(world).days_late, line(world).on_time) == (Standing.SENT_LATE, 2, False)


def test_a_recalled_report_is_a_gap_until_it_is_sent_again(world: World) -> None:
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    world.recall(report)
    assert (line(world).standing, look(world).counts.received) == (Standing.DRAFTING, 0)
    world.at("2026-12-21", 10)
    assert line(world).standing is Standing.OVERDUE
    world.write(report, women=5)
    world.send(report)
    assert line(world).on_time  # by its first sending


def test_a_reopened_report_is_being_corrected(world: World) -> None:
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    world.consolidate(PROVINCE)
    assert (line(world).standing, line(world).on_time) == (Standing.CONSOLIDATED, True)
    world.reopen(report, due=moment("2026-12-24", 0))
    assert (line(world).standing, look(world).counts.received) == (Standing.REOPENED, 0)
    world.at("2026-12-24", 0)
    assert (line(world).standing, line(world).stage) == (Standing.OVERDUE, Standing.REOPENED)


def test_a_paper_counts_from_its_arrival(world: World) -> None:
    world.at("2026-12-18", 15)
    world.register(world.report_of(WARD), 12, day="2026-12-17")
    assert (line(world).standing, line(world).paper, line(world).number) == (Standing.SENT_ON_TIME, True, "12/BC-UBND")


# ── parts of the tree, plans, periods ───────────────────────────────────────────────────────────────────────


def test_the_counts_of_the_parts_add_up_down_the_tree(session: Session) -> None:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-18", 10)
    world.report(WARDS[0])
    world.at("2026-12-21", 10)
    world.report(WARDS[2])
    parts = summary_by(session, world.plan, world.unit(PROVINCE), world.now)
    assert [(part.name, part.counts.expected, part.counts.received, part.counts.on_time) for part in parts] == [
        (PROVINCE, 1, 0, 0), ("Huyện An Mẫu", 3, 1, 1), ("Huyện Bình Mẫu", 3, 1, 0),
    ]  # fmt: skip
    whole = look(world).counts
    assert sum(part.counts.expected for part in parts) == whole.expected == 7
    assert sum(part.counts.of(Standing.OVERDUE) for part in parts) == whole.of(Standing.OVERDUE) == 2
    district = summary_by(session, world.plan, parts[1].path, world.now, level="commune")
    assert [(part.name, part.counts.received) for part in district] == [(WARDS[0], 1), (WARDS[1], 0)]
    (plan,) = all_plans(session, world.unit(PROVINCE), world.now)
    assert (plan.id, plan.counts) == (world.plan, whole)


def test_a_part_of_the_tree_never_takes_in_a_neighbour_whose_path_begins_alike(world: World) -> None:
    path = world.value("SELECT path FROM unit WHERE id = %s", world.unit(WARD))
    assert [x.unit for x in board(world.session, world.plan, path, world.now, CALENDAR).lines] == [WARD]
    assert board(world.session, world.plan, path[:-2] + "/", world.now, CALENDAR).lines == ()


def test_a_board_of_a_period_leaves_the_others_out(world: World) -> None:
    inside, outside = custom(date(2026, 11, 1), date(2026, 12, 31)), custom(date(2026, 1, 1), date(2026, 12, 1))
    assert len(look(world, period=inside).lines) == 5
    assert look(world, period=outside).lines == ()


def test_plans_that_wards_must_issue_have_a_board_of_their_own(session: Session) -> None:
    world = World(session)
    world.issue_plan(plans=True)
    world.at("2026-10-20", 9)  # a day after the districts' plans were due
    plans = look(world, kind=Kind.PLAN)
    assert [(x.level, x.standing, x.days_late) for x in plans.lines] == [("district", Standing.OVERDUE, 1)] * 2


def test_the_change_against_the_last_period(world: World) -> None:
    world.at("2026-12-17")
    world.report(WARD)
    assert look(world).change is None
    world.plan = _next_years_plan(world)
    earlier = look(world).before
    assert earlier is not None and (earlier.expected, earlier.received) == (5, 1)
    assert look(world).change == (-0.2, -0.2)  # one of five last year, none yet


def _next_years_plan(world: World) -> int:
    world.at("2027-10-05", 8)
    due = {"province": "2027-12-29", "commune": "2027-12-19"}
    levels = [LevelOrder(level, moment(day, 0)) for level, day in due.items()]
    asked = RequirementOrder(Kind.REPORT, "Báo cáo (mẫu)", "action-month", 2, action_month(2027), levels, "KH")
    province = world.unit(PROVINCE)
    order = PlanOrder(province, "Kế hoạch 2027 (mẫu)", [(province, True)], [asked], subject="action-month")
    plan = draft_plan(world.session, order, world.act(PROVINCE, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    fan_out(world.session, plan, world.now)
    return plan


# ── what lies on a desk ─────────────────────────────────────────────────────────────────────────────────────


def test_each_desk_finds_its_work_in_its_inbox(world: World) -> None:
    report = world.report_of(WARD)
    world.at("2026-12-14")

    def where() -> set[tuple[str, str]]:
        seats = [(WARD, seat) for seat in ("drafter", "leader", "clerk")] + [
            (PROVINCE, "clerk"),
            (PROVINCE, "supervisor"),
        ]
        return {
            (seat, name)
            for unit, seat in seats
            for name, items in inbox.inbox(world.session, world.holder(unit, seat), world.today).items()
            if report in [item.document_id for item in items] and name != "to_register"
        }

    told = [where()]
    world.write(report)
    world.present(report)
    told.append(where())
    world.sign(report)
    told.append(where())
    world.submit(report)
    told.append(where())
    world.receive(report)
    told.append(where())
    world.return_(report)
    told.append(where())
    assert told == [
        {("drafter", "to_draft")}, {("leader", "presented")}, {("clerk", "to_send")},
        {("clerk", "to_receive"), ("supervisor", "to_accept")}, {("supervisor", "to_accept")},
        {("drafter", "returned")},
    ]  # fmt: skip


def test_a_waived_report_waits_on_nobodys_desk(world: World) -> None:
    drafter = world.holder(WARD, "drafter")
    assert len(inbox.queue(world.session, "to_draft", drafter)) == 1
    grant(world, "waiver")
    assert inbox.queue(world.session, "to_draft", drafter) == []


def test_a_queue_of_another_seat_is_refused_by_name(world: World) -> None:
    with pytest.raises(inbox.NoSuchQueue, match="to_draft, returned"):
        inbox.queue(world.session, "to_send", world.holder(WARD, "drafter"))


# ── against counting by hand ────────────────────────────────────────────────────────────────────────────────


@dataclass
class Tale:
    """What is known of one ward's report by whoever lived through it."""

    deadline: datetime = moment("2026-12-19", 0)
    excused: bool = False
    waived: bool = False
    sent: list[datetime] = field(default_factory=list)
    returned: list[tuple[datetime, datetime | None]] = field(default_factory=list)  # due, answered
    there: bool = False

    def counts(self) -> tuple[bool, bool, bool]:
        answered = all(answer is not None and answer < due for due, answer in self.returned)
        received = self.there and not self.excused
        return not self.excused, received, received and self.sent[0] < self.deadline and answered

    def overdue(self, now: datetime) -> bool:
        due = self.returned[-1][0] if self.returned and self.returned[-1][1] is None else self.deadline
        return not self.there and not self.waived and not self.excused and due <= now


DEED = st.sampled_from(("send", "return", "recall", "extend", "waive"))
DEEDS = st.lists(st.tuples(st.sampled_from(WARDS), DEED, st.integers(1, 60)), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_board_agrees_with_counting_by_hand(world: World, deeds: list[tuple[str, str, int]]) -> None:
    for tales in _lived(world, deeds):
        wards = look(world, level="commune")
        by_hand = [tale.counts() for tale in tales.values()]
        counts = wards.counts
        assert (counts.expected, counts.received, counts.on_time) == tuple(map(sum, zip(*by_hand, strict=True)))
        assert {x.unit: (x.expected, x.received, x.on_time) for x in wards.lines} == {
            ward: tale.counts() for ward, tale in tales.items()
        }
        assert {x.unit for x in wards.late} == {ward for ward, tale in tales.items() if tale.overdue(world.now)}
        (plan,) = all_plans(world.session, world.unit(PROVINCE), world.now, level="commune")
        assert plan.counts == counts


def _lived(world: World, deeds: list[tuple[str, str, int]]) -> Iterator[dict[str, Tale]]:
    """Do the deeds that are possible, some hours apart over December, in a savepoint of their own."""
    with world.session.begin_nested() as kept:
        tales = {ward: Tale() for ward in WARDS}
        world.at("2026-12-14", 8)
        for ward, deed, hours in deeds:
            world.later(hours=hours)
            _do(world, tales[ward], ward, deed)
            yield tales
        kept.rollback()


def _do(world: World, tale: Tale, ward: str, deed: str) -> None:
    report, state = world.report_of(ward), world.state(world.report_of(ward))
    if deed == "send" and state in ("draft", "returned"):
        world.write(report, women=len(tale.sent))
        world.send(report)
        tale.sent.append(world.now)
        tale.there = True
        if tale.returned and tale.returned[-1][1] is None:
            tale.returned[-1] = (tale.returned[-1][0], world.now)
    elif deed == "return" and state == "submitted":
        tale.returned.append((world.now + timedelta(days=2), None))
        world.return_(report, due=tale.returned[-1][0])
        tale.there = False
    elif deed == "recall" and state == "submitted":
        world.recall(report)
        tale.there = False
    elif deed == "extend" and world.now < tale.deadline:
        tale.deadline += timedelta(days=2)
        grant(world, "extension", tale.deadline, ward)
    elif deed == "waive" and state in ("draft", "returned"):
        tale.excused |= world.now < tale.deadline
        tale.waived = True
        grant(world, "waiver", ward=ward)
