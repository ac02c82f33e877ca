"""Hai Bà Trưng 2023: a ward's Action Month as one child of its quận; what others have not sent is named."""

from typing import Any

from api.demo import show
from api.demo.others.common import child_plan, data_of, due, issue, outside, own_plan, report_order
from api.demo.stage import DEPARTMENT, Stage
from documents.filled import BadContent
from states import links
from states.periods import action_month
from workflows.planning import LevelOrder


def hai_ba_trung(stage: Stage) -> dict[str, Any]:
    data, window = data_of("hai_ba_trung"), action_month(2023)
    stage.at("2023-10-16", 8)
    quan = stage.unit("vn3:007")
    ward = stage.below(quan, "commune")["00244"]
    stage.staff(quan, ward)
    stage.staff(stage.unit("demo:007-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", due(stage, "2023-12-22"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", due(stage, "2023-12-19"), follower_roles=["phong_ldtbxh"])]  # fmt: skip
    basis = "Kế hoạch của UBND quận Hai Bà Trưng (mẫu)"
    orders = [
        report_order("Báo cáo Tháng hành động năm 2023", "action-month", window, reports, basis),
        child_plan("Kế hoạch Tháng hành động năm 2023", "plan", window, due(stage, "2023-10-31"), basis),
    ]
    plan, number = issue(stage, quan, "Kế hoạch Tháng hành động năm 2023 (mẫu)", [(quan, True)], orders, 317,
                          subject="action-month")  # fmt: skip
    opened = stage.fan_out(plan)
    own, own_number = own_plan(stage, plan, ward, "2023-10-23", 150, "Hưởng ứng Tháng hành động trên địa bàn phường.")
    report = stage.owed(plan, ward)
    stage.at("2023-12-18", 8)
    refused = _refused(stage, report, data)
    stage.write(report, {"rows": data["rows"], "nil": data["nil"], "texts": data["texts"]})
    stage.starts_at(ward, "BC", 187)
    sent = stage.send(report, *data["recipients"])
    with stage.transaction() as session:
        links.link(session, report, "answers", stage.now, target_id=own)
    outside(stage, report, "basis", data["resolution"], "25/02/2023 là thứ Bảy")
    stage.at("2023-12-20", 9)
    done = stage.consolidate(plan, "district")
    gaps = [gap for names in done.gaps.values() for gap in names]
    total = stage.owed(plan, quan)
    stage.say(f"Phường Bạch Đằng: {own_number}, báo cáo [bold]{sent.number}[/] (số mẫu), một trong "
              f"{opened.opened['commune']} phường của quận.")  # fmt: skip
    stage.say(f"Gõ «{data['typed_frequency']}»: bị từ chối. {refused}")
    covered, expected = show.coverage_of(stage, total)
    stage.say(f"Quận tổng hợp {covered}/{expected} phường; thiếu {len(gaps)}: {', '.join(gaps[:3])} …")
    return {"plan": number, "own_plan": own_number, "report": sent.number, "sample": data["sample"],
            "figures": show.figures_of(stage, report), "refused": refused, "coverage": (covered, expected),
            "total": show.figures_of(stage, total), "gaps": gaps}  # fmt: skip


def _refused(stage: Stage, report: int, data: dict[str, Any]) -> str:
    """What the program answers to a frequency where a number must stand."""
    typed = {"table": 2, "row": 1, "label": "Phát thanh", "values": {"1": data["typed_frequency"]}}
    try:
        stage.write(report, {"rows": [typed]})
    except BadContent as error:
        return error.reasons[0].message
    return ""
