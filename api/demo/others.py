"""Story 2: four more papers of the field, each under the plan that it answers.

Hai Bà Trưng 2023 (a ward's Action Month), Đức Phổ 2024 (a ward's plan and the ten who carry it out), Tịnh Biên 2024 (a
ward's year), An Giang 2023 (a province's half year). Figures are those of the real papers; what is not is marked.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import yaml

from api.demo import show
from api.demo.stage import COMMITTEE, DATA, DEPARTMENT, Stage
from documents import contributing
from documents.forms import BadContent, form
from documents.forms import ratios_of as ratios
from states import contents, links, offices
from states.figures import Cell, Figure
from states.lifecycle import Kind
from states.periods import Window, action_month, first_half, vi_date
from states.periods import year as year_window
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

TITLE = "Bốn văn bản khác của ngành"


def play(stage: Stage) -> dict[str, Any]:
    """Play the four; returns each one's figures, numbers and what was noted."""
    stage.heading(TITLE)
    told: dict[str, Any] = {}
    scenes: Sequence[tuple[str, str, Callable[[Stage], dict[str, Any]]]] = (
        ("an_giang", "An Giang, 6 tháng 2023", _an_giang),
        ("hai_ba_trung", "Hai Bà Trưng, Tháng hành động 2023", _hai_ba_trung),
        ("nhon_hung", "Nhơn Hưng, báo cáo năm 2024", _nhon_hung),
        ("duc_pho", "Đức Phổ, kế hoạch năm 2024", _duc_pho),
    )
    with stage.progress("Bốn văn bản khác", len(scenes)) as step:
        for name, words, scene in scenes:
            with stage.timed(words):
                told[name] = scene(stage)
            if sample := told[name].get("sample"):
                stage.note(f"[dim]số mẫu: {sample}[/]")
            step()
    return told


# ── An Giang: a province's half year ────────────────────────────────────────────────────────────────────────


def _an_giang(stage: Stage) -> dict[str, Any]:
    data, window = _data("an_giang"), first_half(2023)
    stage.at("2023-02-02", 8)
    province, so, ban = stage.unit("vn3:89"), stage.unit("demo:89-SLDTBXH"), stage.unit("demo:89-BVSTBPN")
    stage.staff(province)
    stage.staff(so, parts=DEPARTMENT)
    stage.staff(ban, parts=COMMITTEE)
    level = LevelOrder("province", _due(stage, "2023-06-22"), "ban_vstbpn", "so_ldtbxh")
    asked = _report("Báo cáo 6 tháng đầu năm 2023", "half-year", window, [level], "Kế hoạch năm 2023 của UBND tỉnh")
    plan, number = _issue(stage, province, "Công tác bình đẳng giới năm 2023", [(province, False)], [asked], 58,
                          subject="gender-equality-2023")  # fmt: skip
    stage.fan_out(plan)
    days = (data["guidance"]["day"] - stage.today).days
    note = f"kế hoạch ban hành trước văn bản hướng dẫn {days} ngày"
    _outside(stage, plan, "basis", data["guidance"], note)
    _outside(stage, plan, "basis", data["programme"])
    report = stage.owed(plan, province)
    stage.at("2023-06-20", 8)
    stage.write(report, {"figures": data["figures"], "texts": data["texts"]})
    _outside(stage, report, "basis", data["guidance"])
    sent = stage.send(report, data["guidance"]["issuer"], words="Báo cáo nêu số theo cách ghi của các đơn vị.")
    noted = _noted(stage, report)
    ratio = ratios(_figures(stage, report), form("half-year", 1))[Cell.of(2, 1, 5)].percent()
    stage.say(f"An Giang: {number}, báo cáo [bold]{sent.number}[/] (số mẫu): trên 780 cuộc, trên 25.000 lượt; "
              f"584/2.302 ghi 25,36 %, tính là {str(ratio).replace('.', ',')} %.")  # fmt: skip
    _say_noted(stage, noted)
    return {"plan": number, "report": sent.number, "sample": data["sample"], "figures": show.figures_of(stage, report),
            "stated_percent": _stated(stage, report)["20105"], "computed_percent": str(ratio), "noted": noted, "basis_note": note}  # fmt: skip


# ── Hai Bà Trưng: a ward's report as one child of its quận ──────────────────────────────────────────────────


def _hai_ba_trung(stage: Stage) -> dict[str, Any]:
    data, window = _data("hai_ba_trung"), action_month(2023)
    stage.at("2023-10-16", 8)
    quan = stage.unit("vn3:007")
    ward = stage.below(quan, "commune")["00244"]
    stage.staff(quan, ward)
    stage.staff(stage.unit("demo:007-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", _due(stage, "2023-12-22"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", _due(stage, "2023-12-19"), follower_roles=["phong_ldtbxh"])]  # fmt: skip
    basis = "Kế hoạch của UBND quận Hai Bà Trưng (mẫu)"
    orders = [_report("Báo cáo Tháng hành động năm 2023", "action-month", window, reports, basis),
              _child_plan("Kế hoạch Tháng hành động năm 2023", "plan", window, _due(stage, "2023-10-31"), basis)]
    plan, number = _issue(stage, quan, "Kế hoạch Tháng hành động năm 2023 (mẫu)", [(quan, True)], orders, 317,
                          subject="action-month")  # fmt: skip
    opened = stage.fan_out(plan)
    own, own_number = _own_plan(stage, plan, ward, "2023-10-23", 150, "Hưởng ứng Tháng hành động trên địa bàn phường.")
    report = stage.owed(plan, ward)
    stage.at("2023-12-18", 8)
    refused = _refused(stage, report, data)
    stage.write(report, {"rows": data["rows"], "nil": data["nil"], "texts": data["texts"]})
    stage.starts_at(ward, "BC", 187)
    sent = stage.send(report, *data["recipients"])
    with stage.transaction() as session:
        links.link(session, report, "answers", stage.now, target_id=own)
    _outside(stage, report, "basis", data["resolution"], "25/02/2023 là thứ Bảy")
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


# ── Tịnh Biên: a ward's year, sent before its window ends ───────────────────────────────────────────────────


def _nhon_hung(stage: Stage) -> dict[str, Any]:
    data, window = _data("nhon_hung"), year_window(2024)
    stage.at("2024-03-05", 8)
    town, ward = stage.unit("vn3:890"), stage.unit("vn3:30511")
    stage.staff(town, ward)
    stage.staff(stage.unit("demo:890-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", _due(stage, "2024-12-20"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", _due(stage, "2024-12-17"), receiver_role="phong_ldtbxh")]  # fmt: skip
    basis = "Kế hoạch năm 2024 của UBND thị xã Tịnh Biên"
    orders = [_report("Báo cáo năm 2024", "year", window, reports, basis),
              _child_plan("Kế hoạch năm 2024", "plan", window, _due(stage, "2024-03-20"), basis)]
    plan, number = _issue(stage, town, "Công tác bình đẳng giới năm 2024", [(town, False), (ward, False)], orders,
                          1018, subject="gender-equality-2024")  # fmt: skip
    stage.fan_out(plan)
    own, own_number = _own_plan(stage, plan, ward, "2024-03-13", 37, "Bình đẳng giới trên địa bàn phường năm 2024.")
    report = stage.owed(plan, ward)
    stage.at("2024-10-31", 8)
    stage.write(report, {"figures": data["figures"], "texts": data["texts"]})
    stage.starts_at(ward, "BC", 236)
    sent = stage.send(report, "Phòng LĐTBXH thị xã", words="Số nữ dự không tách được.")
    with stage.transaction() as session:
        links.link(session, report, "answers", stage.now, target_id=own)
    early = _note_early(stage, report, window)
    noted = _noted(stage, report)
    stage.say(f"Phường Nhơn Hưng: {own_number}, báo cáo năm [bold]{sent.number}[/] theo {number}; {early}")
    _say_noted(stage, noted)
    return {"plan": number, "own_plan": own_number, "report": sent.number, "figures": show.figures_of(stage, report),
            "stated": _stated(stage, report), "early": early, "noted": noted}  # fmt: skip


def _note_early(stage: Stage, report: int, window: Window) -> str:
    """The receiver's supervisor notes that figures of the rest of the window can't be in it."""
    if stage.now >= window.cut_off:
        return ""
    words = f"gửi {vi_date(stage.today)}, trước khi hết kỳ số liệu {vi_date(window.last)}: phần còn lại chưa có."
    by = stage.who(stage.document(report)["receiver_id"], "supervisor")
    with stage.transaction() as session:
        keys = {"id": report, "office": by.office_id, "words": words, "at": stage.now}
        session.connection().exec_driver_sql(_NOTE, keys)
    return words


# ── Đức Phổ: a ward's plan and the ten who carry it out ─────────────────────────────────────────────────────


def _duc_pho(stage: Stage) -> dict[str, Any]:
    data, window = _data("duc_pho"), year_window(2024)
    stage.at("2024-04-11", 8)
    town, ward = stage.unit("vn3:534"), stage.unit("vn3:21439")
    stage.staff(town, ward)
    stage.staff(stage.unit("demo:534-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", _due(stage, "2024-12-20"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", _due(stage, "2024-12-17"), receiver_role="phong_ldtbxh")]  # fmt: skip
    basis = "Kế hoạch năm 2024 của UBND thị xã Đức Phổ"
    orders = [_report("Báo cáo năm 2024", "year", window, reports, basis),
              _child_plan("Kế hoạch năm 2024", "ward-plan", window, _due(stage, "2024-04-26"), basis)]
    plan, number = _issue(stage, town, "Công tác bình đẳng giới năm 2024", [(town, False), (ward, False)], orders, 74,
                          subject="gender-equality-2024")  # fmt: skip
    stage.fan_out(plan)
    own = stage.owed(plan, ward, "plan")
    prefilled = str(stage.document(own)["legal_basis"])
    stage.at("2024-04-22", 8)
    stage.starts_at(ward, "KH", 45)
    stage.write(own, _ward_plan(data))
    _outside(stage, own, "basis", data["circular"])
    sent = stage.send(own, *data["recipients"])
    stage.say(f"Phường Nguyễn Nghiêm: kế hoạch [bold]{sent.number}[/], {len(form('ward-plan', 1).task_groups)} nhóm "
              f"nhiệm vụ; căn cứ mở sẵn «{prefilled}».")  # fmt: skip
    gathered = _gather(stage, own, stage.owed(plan, ward), data)
    return {"plan": number, "own_plan": sent.number, "basis": prefilled, "sample": data["sample"],
            "noted": _noted(stage, own), **gathered}  # fmt: skip


def _ward_plan(data: dict[str, Any]) -> dict[str, Any]:
    """The plan in its form: eight groups of tasks, of which only the Action Month has a day, and ten assignees."""
    shape = form("ward-plan", 1)
    tasks = [{"number": group.number, "title": group.title} for group in shape.task_groups]
    tasks[5]["due"] = "2024-12-15"
    people = [{"name": one.name, "asked": one.asked, "tasks": [f"Phần việc của {one.name} (mẫu)"]} for one in shape.assignees]
    return {"texts": data["texts"], "tasks": tasks, "assignees": people}


def _gather(stage: Stage, own_plan: int, report: int, data: dict[str, Any]) -> dict[str, Any]:
    """The ten are asked for their part of the year report; some give by phone or on paper, one who must does not."""
    stage.at("2024-11-25", 8)
    by = stage.who(stage.document(report)["drafter_id"], "drafter")
    due = _due(stage, "2024-12-06")
    with stage.transaction() as session:
        holder = offices.holder(session, by, stage.today).holder
        asked = contributing.ask_all_from_plan(session, own_plan, report, holder, stage.now, due)
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


# ── what they have in common ────────────────────────────────────────────────────────────────────────────────


def _data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _due(stage: Stage, day: str) -> datetime:
    return stage.calendar().due_at(date.fromisoformat(day))


def _report(title: str, code: str, window: Window, levels: Sequence[LevelOrder], basis: str) -> RequirementOrder:
    return RequirementOrder(Kind.REPORT, title, code, 1, window, levels, basis)


def _child_plan(title: str, code: str, window: Window, due: datetime, basis: str) -> RequirementOrder:
    return RequirementOrder(Kind.PLAN, title, code, 1, window, [LevelOrder("commune", due)], basis, "KH")


def _issue(
    stage: Stage, unit: int, title: str, addressees: Sequence[tuple[int, bool]],
    requirements: Sequence[RequirementOrder], number: int, *, subject: str,
) -> tuple[int, str]:  # fmt: skip
    """Draft, sign and issue a plan under this number, at the stage's moment."""
    stage.starts_at(unit, "KH", number)
    window = requirements[0].window
    plan = stage.draft_plan(PlanOrder(unit, title, addressees, requirements, subject=subject, window=window))
    stage.write(plan, _plan_text(title, window))
    return plan, str(stage.send(plan, "Các đơn vị có tên", "Lưu: VT").number)


def _own_plan(stage: Stage, plan: int, ward: int, day: str, number: int, purpose: str) -> tuple[int, str]:
    """The ward issues its own plan, opened for it when the plan above was issued."""
    stage.at(day, 8)
    own = stage.owed(plan, ward, "plan")
    stage.starts_at(ward, "KH", number)
    stage.write(own, _plan_text(purpose, action_month(stage.today.year)))
    return own, str(stage.send(own, "Các ban, ngành của phường", "Lưu: VT").number)


def _plan_text(purpose: str, window: Window) -> dict[str, Any]:
    task = {"number": 1, "title": "Tổ chức thực hiện và báo cáo", "due": window.last.isoformat()}
    return {"texts": {"purpose": f"{purpose} (lời văn mẫu)", "budget": "Từ dự toán được giao."}, "tasks": [task],
            "assignees": [{"name": "Công chức Văn hóa - Xã hội", "tasks": ["Tham mưu"], "asked": False}]}  # fmt: skip


def _outside(stage: Stage, document: int, role: str, paper: dict[str, Any], note: str | None = None) -> None:
    """Link a paper of a body outside the system."""
    with stage.transaction() as session:
        known = links.external(session, paper["number"], paper["issuer"], day=paper["day"], title=paper["title"])
        links.link(session, document, role, stage.now, external_id=known, note=note)


def _figures(stage: Stage, document: int) -> dict[Cell, Figure]:
    return {Cell(key): Figure.from_canonical(text) for key, text in show.figures_of(stage, document).items()}


def _stated(stage: Stage, document: int) -> dict[str, str]:
    """Everything the draft says in cells, percentages that can't be added up included."""
    with stage.transaction() as session:
        return dict(contents.draft(session, document).content["figures"])


def _noted(stage: Stage, document: int) -> list[dict[str, str]]:
    return [dict(row) for row in stage.rows(_NOTED, id=document)]


def _say_noted(stage: Stage, noted: Sequence[dict[str, str]]) -> None:
    for code, words in {found["code"]: found["message"] for found in noted}.items():
        stage.note(f"[dim]{code}[/]: {words}")


_NOTED = """
SELECT f.code, f.severity, f.message FROM finding f
 WHERE f.document_id = %(id)s AND f.revision_id = (SELECT max(id) FROM revision r WHERE r.document_id = %(id)s
                                                      AND r.part = 'whole') ORDER BY f.id
"""
_NOTE = """
INSERT INTO note (document_id, office_id, kind, place, words, at)
VALUES (%(id)s, %(office)s, 'comment', 'period', %(words)s, %(at)s)
"""
