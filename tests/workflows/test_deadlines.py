"""The ladder of reminders, reminders by hand and the late list, with exact dates."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import Session

from states import acting, duties
from states.calendar import Calendar
from states.database import engine, transaction
from states.embedded import Urls
from states.lifecycle import Action
from states.offices import NewOffice, add_person, end, give
from states.periods import LOCAL
from states.policy import Actor
from tests.world import PROVINCE, WARDS, World
from workflows.deadlines import NotYoursToRemind, Told, Watched, late_list, remind, watch
from workflows.ladder import LADDER, Audience, Rung

CALENDAR = Calendar.vietnam()
WARD = WARDS[0]


def moment(day: str, hour: int = 9, minute: int = 0) -> datetime:
    on = date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL)


@pytest.fixture
def world(session: Session) -> World:
    """A province of four wards; the wards' reports are due by the end of 18/12/2026, a Friday; three have sent."""
    world = World(session, districts=False)
    world.issue_plan()
    world.at("2026-12-01")
    for ward in WARDS[1:]:
        world.report(ward)
    return world


def look(world: World, day: str, hour: int = 8) -> Watched:
    return watch(world.session, world.at(day, hour), CALENDAR)


def told(world: World, topic: str | None = None) -> list[str]:
    """Who is told, by first name, in the order of the notices of the one ward that is late."""
    return [
        row["full_name"].split(",")[0]
        for row in world.rows(
            "SELECT p.full_name FROM notice n JOIN person p ON p.id = n.person_id WHERE n.document_id = %s"
            " AND (%s::varchar IS NULL OR n.topic = %s) ORDER BY n.created_at, p.full_name",
            world.report_of(WARD), topic, topic,
        )
    ]  # fmt: skip


def notices(world: World, document: int | None = None) -> list[dict[str, object]]:
    return [
        dict(row)
        for row in world.rows(
            "SELECT * FROM notice WHERE document_id = %s ORDER BY id", document or world.report_of(WARD)
        )
    ]


# ── the ladder ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_whole_ladder_of_a_ward_that_never_sends(world: World) -> None:
    day, climbed = date(2026, 12, 7), {}
    while day < date(2026, 12, 31):
        for rung in look(world, day.isoformat()).climbed:
            if world.value("SELECT count(*) FROM reminder WHERE document_id = %s AND rung = %s AND at = %s",
                           world.report_of(WARD), rung, world.now):  # fmt: skip
                climbed[rung] = day.strftime("%d/%m")
        day += timedelta(days=1)
    assert climbed == {
        "before-5": "11/12", "before-2": "16/12", "before-1": "17/12", "on-the-day": "18/12",
        "after-1": "21/12", "after-3": "23/12", "after-5": "25/12",
    }  # fmt: skip
    assert [(n["topic"], n["urgent"]) for n in notices(world)] == [
        ("reminder-before", False), ("reminder-before", False),  # the drafter
        *[("reminder-before", False)] * 3, *[("reminder-due", True)] * 3, *[("overdue", True)] * 3,
        ("escalation-chair", False), ("escalation-above", False),
    ]  # fmt: skip
    assert told(world, "escalation-chair") == ["Dũng"]
    assert told(world, "escalation-above") == ["Tâm"]
    assert set(told(world, "overdue")) == {"Lan", "Hoa", "Dũng"}


def test_a_notice_says_the_unit_the_plan_the_day_and_how_many_days(world: World) -> None:
    look(world, "2026-12-17")
    data = notices(world)[-1]["data"]
    assert isinstance(data, dict)
    assert (data["unit"], data["plan"]) == (WARD, "Kế hoạch Tháng hành động năm 2026 (mẫu)")
    assert (data["due"], data["days"], data["rung"]) == ("2026-12-19T00:00:00+07:00", -1, "before-1")


def test_a_rung_is_climbed_once_however_often_one_looks(world: World) -> None:
    assert look(world, "2026-12-17").notices > 0
    for hour in (9, 12, 23):
        assert look(world, "2026-12-17", hour) == Watched(world.now)


def test_only_the_newest_of_missed_rungs_speaks(world: World) -> None:
    seen = look(world, "2026-12-18", 7)  # nobody looked for weeks; the province's own report is due on the 28th
    assert seen.climbed == {"on-the-day": 1}
    assert seen.passed == 3
    assert {n["topic"] for n in notices(world)} == {"reminder-due"}


def test_a_sending_ends_the_ladder_and_a_recall_takes_it_up_again(world: World) -> None:
    look(world, "2026-12-17")
    world.at("2026-12-17", 10)
    report = world.report(WARD)
    assert "on-the-day" not in look(world, "2026-12-18").climbed
    world.recall(report)
    assert look(world, "2026-12-18", 9).climbed == {"on-the-day": 1}


def test_a_returned_report_has_a_ladder_by_its_correction_date(world: World) -> None:
    report = world.report(WARD)
    world.return_(report, due=moment("2026-12-10", 0))  # by the end of the 9th, a Wednesday
    look(world, "2026-12-07")
    look(world, "2026-12-09")
    look(world, "2026-12-14")
    assert [n["topic"] for n in notices(world)] == ["return-due", *["return-due"] * 3, "escalation-chair"]
    world.at("2026-12-14", 9)
    world.write(report, women=5)
    world.send(report)
    assert look(world, "2026-12-18").climbed == {}


def test_an_extension_starts_a_new_ladder(world: World) -> None:
    look(world, "2026-12-17")
    world.at("2026-12-17", 10)
    supervisor = world.holder(PROVINCE, "supervisor")
    duties.grant(
        world.session, world.report_of(WARD), "extension", moment("2026-12-31", 0), "lũ", supervisor, world.now
    )
    assert look(world, "2026-12-21").climbed == {"before-5": 1}  # the province's own, due on the 28th
    assert look(world, "2026-12-23").climbed == {"before-5": 1}  # the ward's, now due on the 30th
    assert [str(row["deadline"].astimezone(LOCAL).date()) for row in world.rows(
        "SELECT DISTINCT deadline FROM reminder WHERE document_id = %s ORDER BY 1", world.report_of(WARD)
    )] == ["2026-12-19", "2026-12-31"]  # fmt: skip


@pytest.mark.parametrize("kind", ["waiver", "cancellation"])
def test_who_is_let_off_is_left_alone(world: World, kind: str) -> None:
    world.at("2026-12-22")  # a late waiver counts in the rate, but nobody is reminded of it
    if kind == "waiver":
        supervisor = world.holder(PROVINCE, "supervisor")
        duties.grant(world.session, world.report_of(WARD), "waiver", None, "lũ", supervisor, world.now)
    else:
        world.withdraw(world.plan)
    look(world, "2026-12-23")
    assert notices(world) == []


def test_child_plans_that_are_not_issued_have_the_same_ladder(session: Session) -> None:
    world = World(session)
    world.issue_plan(plans=True)  # the districts' plans are due by the end of 19/10/2026, a Monday
    assert look(world, "2026-10-12").climbed == {"before-5": 2}
    assert look(world, "2026-10-20").climbed == {"after-1": 2}


# ── rest days and quiet hours ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", ["2026-12-12", "2026-12-13", "2027-01-01"])
def test_on_a_rest_day_nothing_is_climbed(world: World, day: str) -> None:
    assert look(world, day) == Watched(world.now)


@pytest.mark.parametrize(
    ("now", "goes_out"),
    [
        (moment("2026-12-16", 0, 15), moment("2026-12-16", 7, 30)),  # at night: in the morning
        (moment("2026-12-16", 8), moment("2026-12-16", 13, 30)),  # not urgent: the next slot
        (moment("2026-12-18", 8), moment("2026-12-18", 8)),  # the day itself is urgent: at once
        (moment("2026-12-18", 5), moment("2026-12-18", 7, 30)),  # but nobody is woken
        (moment("2026-12-21", 19), moment("2026-12-22", 7, 30)),
    ],
)
def test_quiet_hours_are_respected(world: World, now: datetime, goes_out: datetime) -> None:
    watch(world.session, now, CALENDAR)
    assert {n["send_after"] for n in notices(world)} == {goes_out}


def test_the_days_are_those_of_the_morning_when_it_is_read(world: World) -> None:
    watch(world.session, moment("2026-12-17", 20), CALENDAR)  # goes out on the 18th, the day itself
    assert {(n["topic"], n["data"]["days"]) for n in notices(world)} == {("reminder-due", 0)}  # type: ignore[index]


def test_tet_is_no_working_time(session: Session) -> None:
    world = World(session, districts=False)
    world.issue_plan()
    report = world.report(WARD)
    world.return_(report, due=moment("2027-02-16", 0))  # by the end of Monday 15/2/2027; Tết is from the 4th
    before = [rung for rung in ("2027-02-01", "2027-02-02", "2027-02-03") if look(world, rung).climbed.get("before-5")]
    assert len(before) == 1
    count = CALENDAR.working_days_between(date.fromisoformat(before[0]), date(2027, 2, 15))
    assert count == 5 and date(2027, 2, 15) - date.fromisoformat(before[0]) > timedelta(days=11)


# ── who is told ─────────────────────────────────────────────────────────────────────────────────────────────


def _new_holder(world: World, name: str, seat: str, authority: str = "", unit: str = WARD) -> Actor:
    person = add_person(world.session, f"{name}, (mẫu)", sample=True)
    office = NewOffice(person, world.unit(unit), seat, "Chức vụ (mẫu)", date(2020, 1, 1), authority)
    return Actor(person, give(world.session, office))


def test_whoever_has_the_paper_is_told_beside_the_drafter(world: World) -> None:
    report = world.report_of(WARD)
    world.write(report)
    world.present(report)
    world.sign(report)
    look(world, "2026-12-16")
    assert told(world) == ["Lan", "Minh"]  # the clerk has it, and it isn't sent


def test_of_several_drafters_only_the_one_it_was_given_to(world: World) -> None:
    given = _new_holder(world, "Nga", "drafter")
    look(world, "2026-12-11")
    world.take(world.report_of(WARD), Action.ASSIGN, to_office=given.office_id)
    look(world, "2026-12-16")
    assert told(world) == ["Lan", "Nga", "Nga"]


def test_without_a_chair_the_acting_head_is_told_and_then_any_leader(world: World) -> None:
    end(world.session, world.act(WARD, "chair").office_id, date(2026, 12, 1))
    look(world, "2026-12-23")
    assert told(world) == ["Hoa"]
    _new_holder(world, "Quý", "leader", "Q.")
    ladder = (Rung("to-the-head", 3, Audience.CHAIR),)
    watch(world.session, world.at("2026-12-23", 9), CALENDAR, ladder)
    assert told(world) == ["Hoa", "Quý"]


def test_where_nobody_holds_a_seat_it_is_said(world: World) -> None:
    for seat in ("chair", "leader", "drafter", "clerk"):
        end(world.session, world.act(WARD, seat).office_id, date(2026, 12, 1))
    assert look(world, "2026-12-16").nobody == (world.report_of(WARD),)


def test_a_ladder_is_data(world: World) -> None:
    assert [rung.working_days for rung in LADDER] == [-5, -2, -1, 0, 1, 3, 5]
    ladder = (Rung("ten-before", -10, Audience.ABOVE), Rung("also-ten", -10, Audience.CHAIR))
    seen = watch(world.session, world.at("2026-12-04"), CALENDAR, ladder)
    assert seen.climbed == {"ten-before": 1, "also-ten": 1}
    assert told(world) == ["Dũng", "Tâm"]


# ── by hand ─────────────────────────────────────────────────────────────────────────────────────────────────


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
    assert isinstance(first["data"], dict)
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


# ── the late list of a công văn đôn đốc ─────────────────────────────────────────────────────────────────────


def test_the_late_list_cites_the_plan_and_names_who_is_late_below(world: World) -> None:
    world.at("2026-12-30", 9)  # the province's own report is late too, but it doesn't write to itself
    found = late_list(world.session, world.plan, world.unit(PROVINCE), world.now, CALENDAR)
    assert (found.number, found.date, found.unit) == ("01/KH-UBND", date(2026, 10, 5), PROVINCE)
    assert [(line.unit, line.days_late) for line in found.lines] == [(WARD, 8)]


# ── two at once, with real commits ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shared(database: Urls) -> Iterator[World]:
    with transaction(engine(database.program)) as session:
        world = World(session, districts=False)
        world.issue_plan()
    yield world


def test_two_sweeps_at_once_climb_each_rung_once(shared: World, program_url: str) -> None:
    now = moment("2026-12-18", 8)

    def sweep(_: int) -> Watched:
        with transaction(engine(program_url)) as session:
            return watch(session, now, CALENDAR)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(sweep, range(8)))
    assert sum(one.climbed.get("on-the-day", 0) for one in seen) == 4
    with transaction(engine(program_url)) as session:
        twin = shared.on(session)
        assert sum(one.notices for one in seen) == twin.value("SELECT count(*) FROM notice") == 4 * 3
        assert sum(one.passed for one in seen) + 4 == twin.value("SELECT count(*) FROM reminder")

    together = Barrier(4)

    def by_one(number: int) -> Told:
        with transaction(engine(program_url)) as session:
            twin = shared.on(session)
            report, holder = twin.report_of(WARD), twin.holder(PROVINCE, "supervisor")
            together.wait(timeout=30)
            return remind(session, [report], holder, now + timedelta(seconds=number), "", CALENDAR)

    with ThreadPoolExecutor(4) as pool:
        told_by = [one for one in pool.map(by_one, range(4)) if one.told]
    assert len(told_by) == 1
