"""The page Hôm nay: what a unit owes, what is owed to it, what others did since yesterday, what was promised."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from states import duties as moved
from states import notes, offices
from states.calendar import Calendar
from states.lifecycle import Action, Kind
from states.offices import NewOffice
from states.periods import LOCAL
from states.policy import CLOCK, Actor
from states.reading.changes import changes, last_morning
from states.reading.inbox import counts
from states.reading.standings import Standing
from states.reading.today import ahead, duties, promises, this_week, week
from tests.world import DISTRICTS, PROVINCE, WARDS, WINDOW, World
from workflows.fanout import fan_out
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan

CALENDAR = Calendar.vietnam()
WARD, DISTRICT = WARDS[0], DISTRICTS[0]


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan(plans=True)
    return world


def test_the_calendar_holds_what_the_unit_owes_in_the_order_of_its_days(world: World) -> None:
    owed = duties(world.session, world.holder(DISTRICT, "clerk"), world.now, CALENDAR)
    assert [(duty.line.kind, duty.day, duty.line.standing) for duty in owed] == [
        ("plan", date(2026, 10, 19), Standing.NOT_STARTED), ("report", date(2026, 12, 22), Standing.NOT_STARTED),
    ]  # fmt: skip
    assert (owed[1].form, owed[1].form_version, owed[1].plan_number) == ("action-month", 2, "01/KH-UBND")
    assert owed[1].plan == "Kế hoạch Tháng hành động năm 2026 (mẫu)" and owed[1].form_title


def test_what_is_sent_or_let_off_leaves_the_calendar_unless_it_is_asked_for(world: World) -> None:
    world.at("2026-12-14")
    receiver, holder = world.holder(DISTRICT, "supervisor"), world.holder(WARDS[1], "drafter")
    moved.grant(world.session, world.report_of(WARDS[1]), "waiver", None, "lũ lụt", receiver, world.now)
    world.report(WARD)
    sent = world.holder(WARD, "drafter")
    assert [duty.line.kind for duty in duties(world.session, holder, world.now, CALENDAR)] == []
    assert duties(world.session, sent, world.now, CALENDAR) == []
    (kept,) = duties(world.session, sent, world.now, CALENDAR, since=date(2026, 12, 1))
    assert kept.line.standing is Standing.SENT_ON_TIME
    assert duties(world.session, sent, world.now, CALENDAR, since=date(2026, 12, 19)) == []


def test_a_body_sees_what_it_drafts_and_issues_for_its_unit_and_no_more(session: Session) -> None:
    world = World(session)
    world.issue_plan(bodies=True)
    for body in ("Phòng Lao động An Mẫu", "Ban VSTBPN An Mẫu"):
        (duty,) = duties(session, world.holder(body, "leader"), world.now, CALENDAR)
        assert duty.line.document_id == world.report_of(DISTRICT)
    assert duties(session, world.holder("Sở Lao động Mẫu Giang", "drafter"), world.now, CALENDAR) == []


def test_the_week_ends_on_sunday_and_keeps_what_is_late(world: World) -> None:
    assert week(date(2026, 12, 14)) == week(date(2026, 12, 20)) == (date(2026, 12, 14), date(2026, 12, 20))
    holder = world.holder(WARD, "drafter")
    told = []
    for day in ("2026-12-11", "2026-12-14", "2026-12-21"):
        now = world.at(day)
        told.append(len(this_week(duties(world.session, holder, now, CALENDAR), now)))
    assert told == [0, 1, 1]


def test_a_supervisor_sees_plan_by_plan_what_is_owed_to_his_unit(world: World) -> None:
    world.at("2026-12-14")
    world.report(WARD)
    (plan,) = ahead(world.session, world.holder(DISTRICT, "supervisor"), world.now)
    assert (plan.plan_id, plan.overdue, plan.this_week, plan.open) == (world.plan, 0, 1, 1)
    assert plan.next_due == datetime(2026, 12, 19, tzinfo=LOCAL)
    world.at("2026-12-21")
    (plan,) = ahead(world.session, world.holder(DISTRICT, "supervisor"), world.now)
    assert (plan.overdue, plan.this_week, plan.next_due) == (1, 0, None)
    assert ahead(world.session, world.holder(DISTRICT, "clerk"), world.now) == []


def test_a_plan_that_is_over_is_chased_no_more(world: World) -> None:
    world.at("2026-12-21")
    supervisor = world.holder(DISTRICT, "supervisor")
    below = world.value("SELECT path FROM unit WHERE id = %s", world.unit(DISTRICT))

    def chased() -> tuple[int, list[int]]:
        plans = ahead(world.session, supervisor, world.now)
        return counts(world.session, supervisor, below, world.now)["overdue"], [one.overdue for one in plans]

    assert chased() == (2, [2])
    world.take(world.plan, Action.CONSOLIDATE, CLOCK)
    assert chased() == (0, [])


# ── what changed ────────────────────────────────────────────────────────────────────────────────────────────


def told(world: World, unit: str, seat: str, since: datetime) -> list[tuple[str, bool]]:
    found = changes(world.session, world.holder(unit, seat), since, world.now)
    return [(change.action, change.ours) for change in found]


def test_the_unit_sees_every_step_of_others_the_receiver_what_crosses_the_desk(world: World) -> None:
    since = world.at("2026-12-14")
    world.later(minutes=1)
    world.report(WARD)
    world.later(minutes=1)
    world.return_(world.report_of(WARD))
    assert told(world, WARD, "drafter", since) == [("return", True), ("submit", True), ("sign", True)]
    assert told(world, WARD, "clerk", since) == [("return", True), ("sign", True), ("present", True)]
    assert told(world, DISTRICT, "leader", since) == [("return", False), ("submit", False)]
    assert told(world, DISTRICT, "supervisor", since) == [("submit", False)]  # his own return is no news to him
    assert told(world, DISTRICTS[1], "supervisor", since) == []
    assert told(world, WARD, "drafter", world.now) == []


def test_what_was_granted_is_news_and_the_newest_comes_first_up_to_a_limit(world: World) -> None:
    since = world.at("2026-12-14")
    world.later(minutes=1)
    world.write(world.report_of(WARD))
    world.present(world.report_of(WARD))
    world.later(minutes=1)
    until = datetime(2026, 12, 24, tzinfo=LOCAL)
    receiver = world.holder(DISTRICT, "supervisor")
    moved.grant(world.session, world.report_of(WARD), "extension", until, "lũ", receiver, world.now)
    found = changes(world.session, world.holder(WARD, "leader"), since, world.now)
    assert [(change.topic, change.action, change.until) for change in found] == [
        ("granted", "extension", until), ("step", "present", None)]  # fmt: skip
    assert (found[0].person, found[0].by_unit) == (f"Tâm, {DISTRICT} (mẫu)", DISTRICT)
    assert changes(world.session, world.holder(WARD, "leader"), since, world.now, limit=1) == found[:1]


def test_a_follower_sees_what_is_sent_though_he_is_no_party(session: Session) -> None:
    world = World(session)
    days = {"district": 23, "commune": 19}
    levels = [LevelOrder(level, datetime(2026, 12, day, tzinfo=LOCAL), follower_roles=("ban_vstbpn",))
              for level, day in days.items()]  # fmt: skip
    asked = RequirementOrder(Kind.REPORT, "Báo cáo (mẫu)", "action-month", 2, WINDOW, levels, "Kế hoạch mẫu")
    order = PlanOrder(world.unit(PROVINCE), "Kế hoạch (mẫu)", [(world.unit(PROVINCE), True)], [asked])
    world.plan = draft_plan(session, order, world.act(PROVINCE, "drafter"), world.now)
    world.write_plan(world.plan)
    world.send(world.plan)
    fan_out(session, world.plan, world.now)
    since = world.at("2026-12-14")
    world.later(minutes=1)
    world.report(WARD)
    assert told(world, "Ban VSTBPN An Mẫu", "supervisor", since) == [("submit", False)]
    assert told(world, "Ban VSTBPN Bình Mẫu", "supervisor", since) == []


def test_since_yesterday_begins_with_the_last_working_morning() -> None:
    monday = datetime(2026, 12, 14, 9, tzinfo=LOCAL)
    assert last_morning(monday, CALENDAR) == datetime(2026, 12, 11, 7, 30, tzinfo=LOCAL)
    assert last_morning(monday + timedelta(days=1), CALENDAR) == datetime(2026, 12, 14, 7, 30, tzinfo=LOCAL)


# ── promised on the telephone ───────────────────────────────────────────────────────────────────────────────


def test_the_newest_promise_waits_until_the_report_is_there(world: World) -> None:
    world.at("2026-12-14")
    report, holder = world.report_of(WARD), world.holder(DISTRICT, "supervisor")
    notes.call(world.session, report, "Mai gửi", holder, world.now, promised=date(2026, 12, 15))
    world.later(hours=1)
    notes.call(world.session, report, "Thứ năm gửi", holder, world.now, promised=date(2026, 12, 17))
    world.at("2026-12-18")
    (promise,) = promises(world.session, world.holder(DISTRICT, "leader"), world.now)
    assert (promise.words, promise.broken(world.today), promise.unit) == ("Thứ năm gửi", True, WARD)
    assert promises(world.session, world.holder(PROVINCE, "supervisor"), world.now) == []
    world.report(WARD)
    assert promises(world.session, holder, world.now) == []


def test_an_office_that_has_ended_shows_nothing(world: World) -> None:
    person = offices.add_person(world.session, "Người cũ (mẫu)", sample=True)
    new = NewOffice(person, world.unit(WARD), "supervisor", "…", date(2020, 1, 1), valid_to=date(2026, 10, 1))
    held = Actor(person, offices.give(world.session, new))
    holder = offices.holder(world.session, held, date(2026, 9, 1)).holder
    assert duties(world.session, holder, world.now, CALENDAR) == []
    assert not ahead(world.session, holder, world.now) and not promises(world.session, holder, world.now)
    assert not changes(world.session, holder, datetime(2026, 1, 1, tzinfo=LOCAL), world.now)
