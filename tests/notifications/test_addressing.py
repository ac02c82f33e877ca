"""Each step is told to whom it concerns, once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from documents.shelf import keep_forms
from notifications import recipients
from notifications.outbox import address
from states import offices, units
from states.calendar import Calendar
from states.lifecycle import Action, Kind
from states.offices import NewOffice
from states.periods import LOCAL
from tests.world import DISTRICTS, PROVINCE, WARDS, WINDOW, World
from workflows.fanout import fan_out
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan

CALENDAR = Calendar.vietnam()
WARD, DISTRICT = "Phường Một", "Huyện An Mẫu"


@dataclass
class Told:
    """The world, and what its people have been told since the last question."""

    world: World

    def address(self) -> int:
        return address(self.world.session, self.world.now, CALENDAR)

    def new(self) -> list[dict[str, Any]]:
        """Address what happened, and give the notices that this wrote."""
        last = self.world.value("SELECT coalesce(max(id), 0) FROM notice")
        self.address()
        return [dict(row) for row in self.world.rows("SELECT * FROM notice WHERE id > %s ORDER BY id", last)]

    def who(self) -> set[tuple[str, str, str]]:
        """(topic, unit, seat) of each new notice."""
        sql = "SELECT u.name, o.seat FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.person_id = %s"
        found = [(notice["topic"], self.world.rows(sql, notice["person_id"])[0]) for notice in self.new()]
        return {(topic, row["name"], row["seat"]) for topic, row in found}


@pytest.fixture
def told(session: Session) -> Told:
    keep_forms(session)
    world = World(session)
    world.issue_plan()
    made = Told(world)
    made.address()
    return made


def test_a_fan_out_tells_the_drafters_of_every_unit_and_nobody_twice(session: Session) -> None:
    keep_forms(session)
    world = World(session)
    world.issue_plan()
    notices = Told(world).new()
    opened = [n for n in notices if n["topic"] == "open" and n["document_id"] != world.plan]
    assert {n["document_id"] for n in opened} == {world.report_of(unit) for unit in (*WARDS, *DISTRICTS, PROVINCE)}
    ward = next(n for n in opened if n["document_id"] == world.report_of(WARD))
    assert ward["person_id"] == world.act(WARD, "drafter").person_id
    assert ward["key"] == f"step/{world.report_of(WARD)}/1/{ward['person_id']}"
    assert ward["data"]["unit"] == WARD
    assert datetime.fromisoformat(ward["data"]["due"]) == datetime(2026, 12, 19, tzinfo=LOCAL)
    assert Told(world).new() == [] and world.value("SELECT count(*) FROM outbox") == 0


def test_a_step_addressed_again_says_nothing_more(told: Told) -> None:
    written = told.world.value("SELECT count(*) FROM notice")
    told.world.rows("INSERT INTO outbox SELECT document_id, seq FROM step RETURNING seq")
    assert told.address() == 0
    assert told.world.value("SELECT count(*) FROM notice") == written > 0


def test_a_report_on_its_way_up_tells_each_desk_in_turn(told: Told) -> None:
    world = told.world
    report = world.report_of(WARD)
    world.write(report)
    world.present(report)
    assert told.who() == {("present", WARD, "leader")}
    world.sign(report)
    assert told.who() == {("sign", WARD, "clerk")}
    world.submit(report)
    assert told.who() == {("submit", DISTRICT, "clerk"), ("submit", DISTRICT, "supervisor")}
    world.receive(report)
    assert told.who() == set()


def test_a_return_is_urgent_and_names_number_reason_and_day_but_not_its_words(told: Told) -> None:
    world = told.world
    report = world.report(WARD)
    told.address()
    world.return_(report, due=datetime(2026, 12, 22, tzinfo=LOCAL), reason="Bảng 1: 45 nữ, phải là 54")
    notices = told.new()
    people = {world.act(WARD, seat).person_id for seat in ("drafter", "leader", "chair")}
    assert {n["person_id"] for n in notices} == people and all(n["urgent"] for n in notices)
    data = notices[0]["data"]
    assert (data["number"], data["reason_code"]) == ("01/BC-UBND", "figures-wrong")
    assert datetime.fromisoformat(data["due"]) == datetime(2026, 12, 22, tzinfo=LOCAL)
    assert "45" not in str(data)


def test_a_recall_a_paper_and_a_reopening_tell_the_other_side(told: Told) -> None:
    world = told.world
    report = world.report(WARD)
    told.address()
    world.recall(report)
    assert told.who() == {("recall", DISTRICT, "clerk"), ("recall", DISTRICT, "supervisor")}
    other = world.report_of("Phường Hai")
    world.register(other)
    assert told.who() == {("register", "Phường Hai", "drafter")}
    world.consolidate(DISTRICT)
    assert told.who() == set()
    world.reopen(other)
    assert told.who() == {("reopen", "Phường Hai", "drafter"), ("reopen", "Phường Hai", "leader")}


def test_whoever_is_named_is_told_alone(told: Told) -> None:
    world, report = told.world, told.world.report_of(WARD)
    second = offices.add_person(world.session, "Người thứ hai (mẫu)", sample=True)
    new = NewOffice(second, world.unit(WARD), "drafter", "Công chức", date(2026, 1, 1))
    office = offices.give(world.session, new)
    world.take(report, Action.ASSIGN, to_office=office)
    assert [n["person_id"] for n in told.new()] == [second]
    world.take(report, Action.SEND_BACK, reason="Bổ sung")
    assert {n["person_id"] for n in told.new()} == {second, world.act(WARD, "drafter").person_id}


def test_one_person_in_two_seats_is_told_once_and_not_of_his_own_step(told: Told) -> None:
    world = told.world
    clerk = world.act(DISTRICT, "clerk").person_id
    new = NewOffice(clerk, world.unit(DISTRICT), "supervisor", "Kiêm theo dõi", date(2026, 1, 1))
    offices.give(world.session, new)
    world.report(WARD)
    notices = [n for n in told.new() if n["topic"] == "submit"]
    assert sorted(n["person_id"] for n in notices) == sorted({clerk, world.act(DISTRICT, "supervisor").person_id})
    signer = world.act("Phường Hai", "leader").person_id
    offices.give(world.session, NewOffice(signer, world.unit("Phường Hai"), "clerk", "Kiêm văn thư", date(2026, 1, 1)))
    report = world.report_of("Phường Hai")
    world.write(report)
    world.present(report)
    told.address()
    world.sign(report)
    assert [n["person_id"] for n in told.new()] == [world.act("Phường Hai", "clerk").person_id]


def test_only_offices_of_that_day_and_leaders_of_that_field_are_told(told: Told) -> None:
    world, report = told.world, told.world.report_of(WARD)
    offices.end(world.session, world.act(WARD, "chair").office_id, world.today - timedelta(days=1))
    other = offices.add_person(world.session, "Phó Chủ tịch khác (mẫu)", sample=True)
    give = NewOffice(other, world.unit(WARD), "leader", "Phó Chủ tịch", date(2026, 1, 1), "KT.", fields=("xây dựng",))
    offices.give(world.session, give)
    world.write(report)
    world.present(report)
    assert {n["person_id"] for n in told.new()} == {world.act(WARD, "leader").person_id}


def test_a_withdrawn_plan_is_told_to_all_who_still_owe_under_it(told: Told) -> None:
    world = told.world
    world.report(WARD)
    told.address()
    world.withdraw(world.plan)
    said = told.who()
    assert {unit for _, unit, _ in said} == {*WARDS[1:], *DISTRICTS, PROVINCE}
    assert {(topic, seat) for topic, _, seat in said} == {("withdraw", "drafter"), ("withdraw", "leader")}


def test_quiet_hours_and_slots_are_kept(told: Told) -> None:
    world, report = told.world, told.world.report_of(WARD)
    world.at("2026-12-18", 19)  # a Friday evening
    world.write(report)
    world.send(report)
    monday = datetime(2026, 12, 21, 7, 30, tzinfo=LOCAL)
    assert {n["send_after"] for n in told.new()} == {monday}
    world.at("2026-12-21", 9, 12)
    world.return_(report)
    assert {n["send_after"] for n in told.new()} == {world.now}


def test_what_a_document_of_urgency_says_does_not_wait_for_a_slot(told: Told) -> None:
    world = told.world
    due = [LevelOrder("commune", datetime(2026, 10, 6, 16, tzinfo=LOCAL))]
    asked = RequirementOrder(Kind.REPORT, "Báo cáo nhanh", "action-month", 2, WINDOW, due, "Công điện mẫu",
                             urgency="hỏa tốc", periodic=False)  # fmt: skip
    order = PlanOrder(world.unit(PROVINCE), "Công điện (mẫu)", [(world.unit(WARD), False)], [asked], subject="khác")
    plan = draft_plan(world.session, order, world.act(PROVINCE, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    told.address()
    fan_out(world.session, plan, world.now)
    (notice,) = told.new()
    assert (notice["urgent"], notice["send_after"]) == (True, world.now)
    assert notice["person_id"] == world.act(WARD, "drafter").person_id


def test_the_table_of_recipients_names_only_what_the_lifecycle_has() -> None:
    table = recipients.columns()
    assert len({len(column) for column in table.values()}) == 1
    assert {Action.CONSOLIDATE, Action.RECEIVE, Action.REVISE}.isdisjoint(row.action for row in recipients.WHO)
    assert set(table["seat"]) <= set(offices.SEATS)


def test_a_fan_out_over_the_nation_is_addressed_in_three_statements(session: Session) -> None:
    plan, at = _national_plan(session)
    statements: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
    written = address(session, at, CALENDAR)
    wards = connection.exec_driver_sql(
        "SELECT count(DISTINCT n.person_id) FROM notice n JOIN document d ON d.id = n.document_id"
        " WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND n.topic = 'open'", {"plan": plan},
    ).scalar_one()  # fmt: skip
    assert wards == 3321 and written >= 3321
    assert len([s for s in statements if "outbox" in s or "advisory" in s]) == 3


def _national_plan(session: Session) -> tuple[int, datetime]:
    """A plan to the nation's communes, issued and fanned out, each with a drafter of its own."""
    keep_forms(session)
    units.load(session)
    world = World(session)  # its people only draft and sign here
    world.units[PROVINCE] = units.ROOT
    world.staff(units.ROOT, "Việt Nam")
    run = session.connection().exec_driver_sql
    run("""INSERT INTO person (full_name, sample)
           SELECT 'Soạn ' || id || ' (mẫu)', true FROM unit WHERE level = 'commune'""")
    run("""INSERT INTO office (person_id, unit_id, seat, title, valid_from)
           SELECT p.id, u.id, 'drafter', 'Công chức', '2025-07-01'
             FROM unit u JOIN person p ON p.full_name = 'Soạn ' || u.id || ' (mẫu)' WHERE u.valid_to IS NULL""")
    due = [LevelOrder("commune", datetime(2026, 12, 19, tzinfo=LOCAL))]
    asked = RequirementOrder(Kind.REPORT, "Báo cáo Tháng hành động", "action-month", 2, WINDOW, due, "Kế hoạch mẫu")
    tops = [row[0] for row in run("SELECT id FROM unit WHERE level = 'province' AND registry = 'vn2'")]
    addressees = [(top, True) for top in tops]
    order = PlanOrder(units.ROOT, "Kế hoạch quốc gia (mẫu)", addressees, [asked], subject="action-month")
    plan = draft_plan(session, order, world.act(units.ROOT, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    fan_out(session, plan, world.now)
    return plan, world.now
