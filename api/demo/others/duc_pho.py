"""Đức Phổ 2024: a ward's plan under the town's, and the ten who carry it out asked for their figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from api.demo import show
from api.demo.others.common import child_plan, data_of, due, issue, noted_on, outside, report_order
from api.demo.stage import DEPARTMENT, Stage
from documents import contributing
from documents.forms import form
from states import offices
from states.periods import year as year_window
from workflows.planning import LevelOrder


def duc_pho(stage: Stage) -> dict[str, Any]:
    data, window = data_of("duc_pho"), year_window(2024)
    stage.at("2024-04-11", 8)
    town, ward = stage.unit("vn3:534"), stage.unit("vn3:21439")
    stage.staff(town, ward)
    stage.staff(stage.unit("demo:534-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", due(stage, "2024-12-20"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", due(stage, "2024-12-17"), receiver_role="phong_ldtbxh")]  # fmt: skip
    basis = "Kế hoạch năm 2024 của UBND thị xã Đức Phổ"
    orders = [
        report_order("Báo cáo năm 2024", "year", window, reports, basis),
        child_plan("Kế hoạch năm 2024", "ward-plan", window, due(stage, "2024-04-26"), basis),
    ]
    plan, number = issue(stage, town, "Công tác bình đẳng giới năm 2024", [(town, False), (ward, False)], orders, 74,
                          subject="gender-equality-2024")  # fmt: skip
    stage.fan_out(plan)
    own = stage.owed(plan, ward, "plan")
    prefilled = str(stage.document(own)["legal_basis"])
    stage.at("2024-04-22", 8)
    stage.starts_at(ward, "KH", 45)
    stage.write(own, _ward_plan(data))
    outside(stage, own, "basis", data["circular"])
    sent = stage.send(own, *data["recipients"])
    stage.say(f"Phường Nguyễn Nghiêm: kế hoạch [bold]{sent.number}[/], {len(form('ward-plan', 1).task_groups)} nhóm "
              f"nhiệm vụ; căn cứ mở sẵn «{prefilled}».")  # fmt: skip
    gathered = _gather(stage, own, stage.owed(plan, ward), data)
    return {"plan": number, "own_plan": sent.number, "basis": prefilled, "sample": data["sample"],
            "noted": noted_on(stage, own), **gathered}  # fmt: skip


def _ward_plan(data: dict[str, Any]) -> dict[str, Any]:
    """The plan in its form: eight groups of tasks, of which only the Action Month has a day, and ten assignees."""
    shape = form("ward-plan", 1)
    tasks = [{"number": group.number, "title": group.title} for group in shape.task_groups]
    tasks[5]["due"] = "2024-12-15"
    people = [{"name": one.name, "asked": one.asked, "tasks": ["phần việc (mẫu)"]} for one in shape.assignees]
    return {"texts": data["texts"], "tasks": tasks, "assignees": people}


def _gather(stage: Stage, own_plan: int, report: int, data: dict[str, Any]) -> dict[str, Any]:
    """The ten are asked for their part of the year report; some give by phone or on paper, one who must does not."""
    stage.at("2024-11-25", 8)
    by = stage.who(stage.document(report)["drafter_id"], "drafter")
    until = due(stage, "2024-12-06")
    with stage.transaction() as session:
        holder = offices.holder(session, by, stage.today).holder
        asked = contributing.ask_all_from_plan(session, own_plan, report, holder, stage.now, until)
        names = {one.assignee: one.id for one in contributing.state_of(session, report)}
    for number, given in data["given"].items():
        name = form("ward-plan", 1).assignees[number - 1].name
        stage.at(date(2024, 12, 1 + int(number) // 2), 9)
        with stage.transaction() as session:
            contributing.give(session, names[name], {"figures": given["figures"]}, given["by"], given["channel"],
                              holder, stage.now)  # fmt: skip
    stage.at("2024-12-16", 8)
    stage.write(report, data["own"])
    stage.starts_at(stage.document(report)["issuer_id"], "BC", 402)
    sent = stage.send(report, "Phòng LĐTB&XH thị xã", words="Một số nơi chưa tách được theo giới (mẫu).")
    with stage.transaction() as session:
        told = contributing.state_of(session, report)
    _show_contributions(stage, told)
    return {"report": sent.number, "asked": len(asked), "asked_only": sum(one.asked_only for one in told),
            "given": {one.assignee: one.channel for one in told if one.given_by},
            "late": [one.assignee for one in told if one.late(stage.now)],
            "figures": show.figures_of(stage, report)}  # fmt: skip


def _show_contributions(stage: Stage, told: Sequence[contributing.Contribution]) -> None:
    for one in told:
        gave = f"{one.given_by}, {_CHANNELS[one.channel]}" if one.given_by and one.channel else show.NOT_SENT
        word = "[dim]đề nghị[/]" if one.asked_only else ("[red]quá ngày[/]" if one.late(stage.now) else "phân công")
        stage.note(f"{one.assignee}: {word}, {gave}")


_CHANNELS = {"program": "trên chương trình", "phone": "qua điện thoại", "paper": "bản giấy", "message": "tin nhắn"}
