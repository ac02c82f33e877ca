"""Lai Châu, October and November 2023: people take their seats, and the plans go down."""

from datetime import datetime

from api.demo import certificates, show
from api.demo.lai_chau.story import WINDOW, Story, plan_text
from api.demo.scene import Part
from api.demo.stage import COMMITTEE, DATA, DEPARTMENT, DIRECTORATE
from states.calendar import Calendar
from states.lifecycle import Kind
from states.opening import NewDocument, open_document
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

_SUBJECT = "action-month"


def settle(story: Story) -> None:
    """đơn vị và người (mẫu)"""
    stage = story.stage
    stage.at("2023-10-09")
    stage.bodies(DATA / "bodies.csv")
    for called, name in (("province", "vn3:12"), ("district", "vn3:109"), ("so", "demo:12-SLDTBXH"),
                         ("ban", "demo:109-BVSTBPN"), ("phong", "demo:109-PLDTBXH")):  # fmt: skip
        story.units[called] = stage.unit(name)
    story.communes = stage.below(story.units["district"], "commune")
    stage.staff(story.units["province"], story.units["district"], *story.communes.values())
    stage.staff(story.units["so"], parts=DIRECTORATE)
    stage.staff(story.units["phong"], parts=DEPARTMENT)
    # The committee's head is the district's Vice-chair, and the district's clerk keeps its register.
    stage.staff(story.units["ban"], parts=COMMITTEE, same_as=story.units["district"])
    _certificates(story)
    story.step()


def _certificates(story: Story) -> None:
    """The province, the district's committee and three communes sign with certificates, the others plainly."""
    stage = story.stage
    if stage.means is None:
        return
    stage.staff(story.units["province"], parts=(Part("admin", "admin", "Quản trị chương trình"),))
    units = [story.units["province"], story.units["ban"], *list(story.communes.values())[:3]]
    admin = stage.who(story.units["province"], "admin")
    certificates.issue(stage, admin, [stage.who(unit, "vice").office_id for unit in units], units)


def earlier_plan(story: Story) -> None:
    """kế hoạch 265 của huyện, ban hành trước"""
    stage, district = story.stage, story.units["district"]
    stage.at("2023-10-12", 8)
    stage.starts_at(district, "KH", 265)
    new = NewDocument(
        Kind.PLAN, district, "Kế hoạch Tháng hành động năm 2023 của huyện", "KH", drafter_id=story.units["phong"],
        subject=_SUBJECT, form="plan", form_version=1, period_first=WINDOW.first, period_last=WINDOW.last,
    )  # fmt: skip
    with stage.transaction() as session:
        story.own_plan = open_document(session, new, stage.who(story.units["phong"], "drafter"), stage.now)
    stage.write(story.own_plan, plan_text("Hưởng ứng Tháng hành động trên địa bàn huyện.", "Ban VSTBPN huyện"))
    sent = stage.send(story.own_plan, "UBND các xã, thị trấn", "Các thành viên Ban VSTBPN huyện")
    stage.say(f"UBND huyện Phong Thổ ban hành kế hoạch [bold]{sent.number}[/], khi tỉnh chưa có kế hoạch.")
    story.told["own_plan"] = sent.number
    story.step()


def province_plan(story: Story) -> None:
    """kế hoạch 4161 của tỉnh, triển khai"""
    stage = story.stage
    stage.at("2023-10-30", 8)
    stage.starts_at(story.units["province"], "KH", 4161)
    story.plan = stage.draft_plan(_order(story, stage.calendar()))
    stage.write(story.plan, plan_text("Triển khai Tháng hành động năm 2023 trên địa bàn tỉnh.", "Sở LĐTB&XH"))
    sent = stage.send(story.plan, "UBND huyện Phong Thổ", "Sở LĐTB&XH")
    done = stage.fan_out(story.plan)
    below = stage.sweep()
    reports = ", ".join(f"{show.LEVELS[level]} {number}" for level, number in done.opened.items())
    stage.say(f"UBND tỉnh Lai Châu ban hành [bold]{sent.number}[/]: mở {done.reports} báo cáo ({reports}).")
    stage.say(f"{'; '.join(done.attached)} đã có trước: gắn vào {sent.number}, không mở thêm; "
              f"từ đó mở {sum(b.plans for b in below)} kế hoạch xã.")  # fmt: skip
    found = stage.explain(story.own_plan, "Huyện chủ động ban hành sớm theo chương trình công tác năm; nội dung "
                          "đã rà lại, phù hợp với kế hoạch của tỉnh.")  # fmt: skip
    stage.say(f"[yellow]Giải trình[/]: {found[0]}.")
    story.told |= {"plan": sent.number, "opened": done.opened, "attached": done.attached, "explained": found,
                   "commune_plans": sum(b.plans for b in below)}  # fmt: skip
    story.step()


def commune_plans(story: Story) -> None:
    """17 kế hoạch xã"""
    stage = story.stage
    basis = ""
    for place, (code, unit) in enumerate(story.communes.items()):
        stage.at(f"2023-11-{6 + place % 5:02d}", 8)
        stage.starts_at(unit, "KH", 58 + 3 * place)
        stage.starts_at(unit, "BC", 131 + 7 * place)
        plan = stage.owed(story.plan, unit, "plan")
        stage.write(plan, plan_text("Hưởng ứng Tháng hành động tại xã.", "Công chức Văn hóa - Xã hội"))
        stage.send(plan)
        basis = stage.document(plan)["legal_basis"]
        if code == "03549":
            stage.say(f"Kế hoạch xã mở sẵn với căn cứ: «{basis}».")
        story.step()
    story.told["basis"] = basis


def _order(story: Story, days: Calendar) -> PlanOrder:
    """Plan 4161: the Action Month's report from district and communes (and the province's own), and their plans."""

    def due(day: str) -> datetime:
        return days.due_at(datetime.fromisoformat(day).date())

    basis = "Kế hoạch của UBND tỉnh Lai Châu về Tháng hành động năm 2023"
    reports = [
        LevelOrder("province", due("2023-12-29"), drafter_role="so_ldtbxh"),
        LevelOrder("district", due("2023-12-22"), "ban_vstbpn", "phong_ldtbxh", "so_ldtbxh"),
        LevelOrder("commune", due("2023-12-19"), receiver_role="phong_ldtbxh"),
    ]
    plans = [LevelOrder("district", due("2023-11-10")), LevelOrder("commune", due("2023-11-17"))]
    province, district = story.units["province"], story.units["district"]
    return PlanOrder(
        province, "Kế hoạch triển khai Tháng hành động năm 2023", [(province, False), (district, True)],
        [RequirementOrder(Kind.REPORT, "Báo cáo Tháng hành động năm 2023", "action-month", 2, WINDOW, reports, basis),
         RequirementOrder(Kind.PLAN, "Kế hoạch Tháng hành động năm 2023", "plan", 1, WINDOW, plans, basis, "KH")],
        subject=_SUBJECT, window=WINDOW,
    )  # fmt: skip
