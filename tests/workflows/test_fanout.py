"""A plan goes down: what it requires becomes documents, once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from states import units
from states.contents import explain
from states.lifecycle import Kind
from states.offices import holder
from states.periods import LOCAL, custom
from tests.world import DISTRICTS, PROVINCE, WARDS, World
from workflows.fanout import NotIssued, fan_out, tasks, to_fan_out
from workflows.planning import LevelOrder, NotYourPlan, PlanNotPossible, PlanOrder, RequirementOrder, draft_plan


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_an_issued_plan_opens_a_report_for_each_unit_with_its_own_deadline(world: World) -> None:
    world.issue_plan()
    owed = world.rows("SELECT u.name, d.level, d.due_at, d.parent_id, p.unit_id AS above FROM document d"
                      " JOIN unit u ON u.id = d.unit_id LEFT JOIN document p ON p.id = d.parent_id"
                      " WHERE d.plan_id = %s", world.plan)  # fmt: skip
    assert {row["name"] for row in owed} == {PROVINCE, *DISTRICTS, *WARDS}
    ward = next(row for row in owed if row["name"] == "Phường Một")
    assert ward["due_at"].astimezone(LOCAL) == datetime(2026, 12, 19, tzinfo=LOCAL)
    assert ward["above"] == world.unit("Huyện An Mẫu")
    report = world.report_of("Phường Một")
    assert (world.state(report), world.trace(report)) == ("draft", ["open"])
    assert world.document(report)["receiver_id"] == world.unit("Huyện An Mẫu")


def test_the_requirement_names_who_issues_drafts_and_receives(world: World) -> None:
    world.issue_plan(bodies=True)
    report = world.document(world.report_of("Huyện An Mẫu"))
    assert report["issuer_id"] == world.unit("AM-BAN")
    assert report["drafter_id"] == world.unit("AM-PH")
    assert report["receiver_id"] == world.unit("MG-SO")


def test_running_it_again_changes_nothing(world: World) -> None:
    world.issue_plan(plans=True)
    before = world.rows("SELECT id, seq, head FROM document ORDER BY id")
    again = fan_out(world.session, world.plan, world.later(hours=1))
    assert (again.reports, again.plans, again.attached) == (0, 0, [])
    assert world.rows("SELECT id, seq, head FROM document ORDER BY id") == before


def test_a_draft_does_not_fan_out(world: World) -> None:
    plan = world.draft_plan()
    with pytest.raises(NotIssued):
        tasks(world.session, plan)


def test_the_sweep_finds_an_issued_plan_that_nobody_fanned_out(world: World) -> None:
    plan = world.draft_plan()
    world.write_plan(plan)
    world.send(plan)
    assert to_fan_out(world.session) == [plan]
    fan_out(world.session, plan, world.now)
    assert to_fan_out(world.session) == []


def test_plans_go_down_step_by_step_and_name_the_plan_above(world: World) -> None:
    world.issue_plan(plans=True)
    district = world.plan_of("Huyện An Mẫu")
    assert world.document(district)["legal_basis"] == (
        "Thực hiện Kế hoạch số 01/KH-UBND ngày 05 tháng 10 năm 2026 của UBND tỉnh Mẫu Giang"
    )
    none_yet = "SELECT count(*) FROM document WHERE kind = 'plan' AND level = 'commune'"
    assert world.value(none_yet) == 0
    world.at("2026-10-14", 10)
    world.write_plan(district)
    world.send(district)
    done = fan_out(world.session, district, world.now)
    assert done.plans == 2
    ward = world.document(world.plan_of("Phường Một"))
    assert ward["legal_basis"] == "Thực hiện Kế hoạch số 01/KH-UBND ngày 14 tháng 10 năm 2026 của UBND huyện An Mẫu"
    assert ward["due_at"].astimezone(LOCAL).date() == date(2026, 10, 25)
    assert done.reports == 0, "a child plan makes no new duties"


def test_a_child_plan_issued_before_its_parent_is_attached_not_doubled(world: World) -> None:
    world.at("2026-10-01", 9)
    early = _own_plan(world, "Huyện An Mẫu")
    world.at("2026-10-08", 9)
    world.issue_plan(plans=True)
    attached = world.document(early)
    assert attached["parent_id"] == world.plan
    assert world.plan_of("Huyện An Mẫu") == early
    (finding,) = world.rows(
        "SELECT code, severity, message FROM finding WHERE document_id = %s AND revision_id IS NULL", early
    )
    assert finding["code"] == "child-before-parent"
    assert finding["severity"] == "explain"
    assert "01/KH-UBND" in finding["message"] and "8/10/2026" in finding["message"]
    drafter = holder(world.session, world.act("Huyện An Mẫu", "drafter"), world.today).holder
    explain(
        world.session,
        early,
        "child-before-parent",
        "legal_basis",
        "Làm theo hướng dẫn miệng của Sở",
        drafter,
        world.now,
    )
    assert to_fan_out(world.session) == [early]
    assert fan_out(world.session, early, world.now).plans == 2


def test_departments_can_be_addressed_too(world: World) -> None:
    report = _one_report(LevelOrder("body", datetime(2026, 10, 9, 11, tzinfo=LOCAL)), urgency="hỏa tốc")
    plan = _issue(world, PlanOrder(world.unit(PROVINCE), "Báo cáo nhanh", [(world.unit("MG-SO"), False)], [report]))
    world.plan = plan
    owed = world.document(world.report_of("MG-SO"))
    assert owed["due_at"].astimezone(LOCAL) == datetime(2026, 10, 9, 11, tzinfo=LOCAL), "due at an hour"
    assert owed["urgency"] == "hỏa tốc"
    assert owed["receiver_id"] == world.unit(PROVINCE)


def test_a_unit_that_does_not_exist_at_the_plan_s_date_is_refused_by_name(world: World) -> None:
    old = units.one(world.session, "vn3:00244", date(2024, 1, 1))
    with pytest.raises(PlanNotPossible) as refused:
        draft_plan(world.session, _order(world, [(old.id, True)]), world.act(PROVINCE, "drafter"), world.now)
    assert "Phường Bạch Đằng (Quận Hai Bà Trưng, hết hiệu lực" in refused.value.message
    assert world.value("SELECT count(*) FROM document") == 0


def test_a_window_over_the_reform_is_refused_unless_the_requirement_splits_it(world: World) -> None:
    over = custom(date(2024, 12, 15), date(2025, 12, 14))
    levels = [LevelOrder("commune", datetime(2025, 12, 18, tzinfo=LOCAL))]
    year = replace(_one_report(*levels), window=over)
    world.at("2025-01-10")
    old = units.one(world.session, "vn3:21439", world.today)
    new = units.one(world.session, "vn2:21439", date(2025, 8, 1))  # below the province that the old one becomes part of
    province = units.one(world.session, "vn3:51", world.today)
    world.staff(province.id, province.name)
    order = PlanOrder(province.id, "Năm 2025", [(old.id, False), (new.id, False)], [year])
    with pytest.raises(PlanNotPossible, match="vắt qua ngày 01/7/2025"):
        draft_plan(world.session, order, world.act(province.id, "drafter"), world.now)
    world.plan = _issue(world, replace(order, requirements=[replace(year, straddle="split")]))
    rows = world.rows(
        "SELECT d.unit_id, d.period_first, d.period_last FROM document d WHERE d.plan_id = %s ORDER BY 2", world.plan
    )
    assert [(row["unit_id"], row["period_first"], row["period_last"]) for row in rows] == [
        (old.id, date(2024, 12, 15), date(2025, 6, 30)), (new.id, date(2025, 7, 1), date(2025, 12, 14)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "addressee", "bodies", "who", "said"),
    [
        ("AM", "Phường Ba", {}, "AM", "đơn vị nhận: Phường Ba (Huyện Bình Mẫu) không trực thuộc Huyện An Mẫu"),
        ("AM", "MG", {}, "AM", "Tỉnh Mẫu Giang (Việt Nam) không trực thuộc Huyện An Mẫu"),
        ("AM", "Phường Một", {"issuer_id": "BM-BAN"}, "AM", "Ban VSTBPN Bình Mẫu không phải cơ quan của Huyện An Mẫu"),
        ("AM", "Phường Một", {"drafter_id": "W1"}, "W1", "Phường Một không phải cơ quan của Huyện An Mẫu"),
        ("AM", "Phường Một", {}, "BM", "kế hoạch do công chức tham mưu của Huyện An Mẫu soạn lập"),
    ],
)
def test_nobody_orders_beyond_his_own_unit(
    world: World, unit: str, addressee: str, bodies: dict[str, str], who: str, said: str
) -> None:
    given: dict[str, Any] = {role: world.unit(name) for role, name in bodies.items()}
    order = replace(_order(world, [(world.unit(addressee), True)]), unit_id=world.unit(unit), **given)
    with pytest.raises(NotYourPlan) as refused:
        draft_plan(world.session, order, world.act(who, "drafter"), world.now)
    assert said in refused.value.message
    assert all(reason.remedy for reason in refused.value.reasons)
    assert world.value("SELECT count(*) FROM document") == 0


def test_a_plan_is_issued_and_drafted_by_bodies_of_its_unit(world: World) -> None:
    order = replace(_order(world, [(world.unit("Phường Một"), True)]), unit_id=world.unit("AM"),
                    issuer_id=world.unit("AM-BAN"), drafter_id=world.unit("AM-PH"))  # fmt: skip
    plan = draft_plan(world.session, order, world.act("AM-PH", "drafter"), world.now)
    row = world.document(plan)
    assert (row["unit_id"], row["issuer_id"], row["drafter_id"]) == tuple(map(world.unit, ("AM", "AM-BAN", "AM-PH")))


def test_the_nation_asks_of_everybody(world: World) -> None:
    world.staff(units.ROOT, "Việt Nam")
    order = replace(_order(world, [(world.unit("Phường Ba"), False)]), unit_id=units.ROOT)
    assert draft_plan(world.session, order, world.act(units.ROOT, "drafter"), world.now)


def test_a_level_that_does_not_exist_is_said(world: World) -> None:
    order = _order(world, [(world.unit(PROVINCE), True)], LevelOrder("ward", datetime(2026, 12, 20, tzinfo=LOCAL)))
    with pytest.raises(PlanNotPossible, match="không có cấp «ward»"):
        draft_plan(world.session, order, world.act(PROVINCE, "drafter"), world.now)


def test_a_lower_level_is_due_before_the_one_above(world: World) -> None:
    late = LevelOrder("commune", datetime(2026, 12, 30, tzinfo=LOCAL))
    soon = LevelOrder("district", datetime(2026, 12, 20, tzinfo=LOCAL))
    with pytest.raises(PlanNotPossible, match="hạn muộn hơn hạn của cấp district"):
        draft_plan(world.session, _order(world, [(world.unit(PROVINCE), True)], soon, late),
                   world.act(PROVINCE, "drafter"), world.now)  # fmt: skip


def _one_report(*levels: LevelOrder, urgency: str = "") -> RequirementOrder:
    window = custom(date(2026, 11, 15), date(2026, 12, 15))
    return RequirementOrder(
        Kind.REPORT, "Báo cáo (mẫu)", "action-month", 2, window, levels, "Kế hoạch mẫu", urgency=urgency
    )


def _order(world: World, addressees: list[tuple[int, bool]], *levels: LevelOrder) -> PlanOrder:
    chosen = levels or (LevelOrder("commune", datetime(2026, 12, 20, tzinfo=LOCAL)),)
    return PlanOrder(world.unit(PROVINCE), "Kế hoạch (mẫu)", addressees, [_one_report(*chosen)])


def _issue(world: World, order: PlanOrder) -> int:
    plan = draft_plan(world.session, order, world.act(order.unit_id, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    fan_out(world.session, plan, world.now)
    return plan


def _own_plan(world: World, unit: str) -> int:
    """A unit's own plan about the same subject, issued before anybody asked for it."""
    order = PlanOrder(world.unit(unit), "Kế hoạch Tháng hành động (mẫu)", [(world.unit(unit), True)], [
        _one_report(LevelOrder("village", datetime(2026, 12, 10, tzinfo=LOCAL)))], subject="action-month")  # fmt: skip
    plan = draft_plan(world.session, order, world.act(unit, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    fan_out(world.session, plan, world.now)
    return plan
