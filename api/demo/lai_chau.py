"""Story 1, Lai Châu 2023, three levels: the province's plan down to 17 communes, and their Action Month back up.

The totals are those of huyện Phong Thổ's real report; how the communes share them is a sample (data/lai_chau.yaml).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import yaml

from api.demo import show
from api.demo.stage import COMMITTEE, DATA, DEPARTMENT, Stage
from documents.forms import form
from states import links
from states.calendar import Calendar
from states.figures import Cell
from states.lifecycle import Kind
from states.opening import NewDocument, open_document
from states.periods import LOCAL, action_month
from states.reading import board as boards
from states.reading.provenance import trace_down
from states.reading.staleness import Difference, difference, stale_totals
from states.reading.standings import Line
from states.steps import Paper
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

TITLE = "Lai Châu 2023: Tháng hành động ở huyện Phong Thổ"
WINDOW = action_month(2023)
FORM = form("action-month", 2)
WOMEN = Cell.of(1, 4, 3)
EVENTS, MEN, SESSIONS, BANNERS = Cell.of(1, 4, 1), Cell.of(1, 4, 2), Cell.of(2, 4, 1), Cell.of(3, 1, 1)
_SUBJECT = "action-month"
_ACTS = 17 + 15 + 12


@dataclass
class Story:
    """What the scenes know of each other: units, documents, and what is shown and kept at the end."""

    stage: Stage
    data: dict[str, Any]
    units: dict[str, int] = field(default_factory=dict)
    communes: dict[str, int] = field(default_factory=dict)
    plan: int = 0
    own_plan: int = 0
    told: dict[str, Any] = field(default_factory=dict)
    late: list[Line] = field(default_factory=list)
    step: Callable[..., None] = lambda *_: None

    def report(self, code: str) -> int:
        """The report that a unit owes: province, district, or a commune by its code."""
        return self.stage.owed(self.plan, self.units.get(code) or self.communes[code])

    def name(self, code: str) -> str:
        """A commune's name."""
        return str(self.stage.rows("SELECT name FROM unit WHERE id = %(id)s", id=self.communes[code])[0]["name"])


def play(stage: Stage) -> dict[str, Any]:
    """Play the story; returns its figures (cells as canonical strings) and what happened to whom."""
    story = Story(stage, yaml.safe_load((DATA / "lai_chau.yaml").read_text(encoding="utf-8")))
    stage.heading(TITLE)
    with stage.progress("Lai Châu 2023", _ACTS) as step:
        story.step = step
        for scene in (
            _settle, _earlier_plan, _province_plan, _commune_plans, _reports_come, _the_difficult_ones, _look_at_the_board,
            _district_reports, _province_takes_up, _reopened, _made_again,
        ):  # fmt: skip
            with stage.timed(f"Lai Châu: {_words(scene)}"):
                scene(story)
    return _end(story)


# ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _settle(story: Story) -> None:
    """đơn vị và người (mẫu)"""
    stage = story.stage
    stage.at("2023-10-09")
    stage.bodies(DATA / "bodies.csv")
    for called, name in (("province", "vn3:12"), ("district", "vn3:109"), ("so", "demo:12-SLDTBXH"),
                         ("ban", "demo:109-BVSTBPN"), ("phong", "demo:109-PLDTBXH")):  # fmt: skip
        story.units[called] = stage.unit(name)
    story.communes = stage.below(story.units["district"], "commune")
    stage.staff(story.units["province"], story.units["district"], *story.communes.values())
    stage.staff(story.units["so"], story.units["phong"], parts=DEPARTMENT)
    stage.staff(story.units["ban"], parts=COMMITTEE)
    story.step()


# ── the plans go down ───────────────────────────────────────────────────────────────────────────────────────


def _earlier_plan(story: Story) -> None:
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


def _province_plan(story: Story) -> None:
    """kế hoạch 4161 của tỉnh, triển khai"""
    stage = story.stage
    stage.at("2023-10-30", 8)
    stage.starts_at(story.units["province"], "KH", 4161)
    story.plan = stage.draft_plan(_order(story, stage.calendar()))
    stage.write(story.plan, plan_text("Triển khai Tháng hành động năm 2023 trên địa bàn tỉnh.", "Sở LĐTB&XH"))
    sent = stage.send(story.plan, "UBND huyện Phong Thổ", "Sở LĐTB&XH")
    done = stage.fan_out(story.plan)
    below = stage.sweep()
    reports = ", ".join(f"{level} {number}" for level, number in done.opened.items())
    stage.say(f"UBND tỉnh Lai Châu ban hành [bold]{sent.number}[/]: mở {done.reports} báo cáo ({reports}).")
    stage.say(f"{'; '.join(done.attached)} đã có trước: gắn vào {sent.number}, không mở thêm; "
              f"từ đó mở {sum(b.plans for b in below)} kế hoạch xã.")  # fmt: skip
    found = stage.explain(story.own_plan, "Huyện chủ động ban hành sớm theo chương trình công tác năm; nội dung "
                          "đã rà lại, phù hợp với kế hoạch của tỉnh.")  # fmt: skip
    stage.say(f"[yellow]Giải trình[/]: {found[0]}.")
    story.told |= {"plan": sent.number, "opened": done.opened, "attached": done.attached, "explained": found,
                   "commune_plans": sum(b.plans for b in below)}  # fmt: skip
    story.step()


def _commune_plans(story: Story) -> None:
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


# ── the reports come up ─────────────────────────────────────────────────────────────────────────────────────


def _reports_come(story: Story) -> None:
    """đôn đốc, báo cáo xã gửi lên"""
    stage, data = story.stage, story.data
    senders = [code for code in story.communes if code not in (data["late"], data["paper"])]
    for day, codes in (("2023-12-12", []), ("2023-12-15", []), ("2023-12-18", senders[:8]), ("2023-12-19", senders[8:])):
        stage.at(day, 7, 30)
        _remind(story)
        for code in codes:
            stage.at(day, 8)
            _commune_sends(story, code, data["first_said"].get(code))
            story.step()
    stage.say("Xã không làm băng rôn ghi «Không»: số 0 được báo cáo, không phải ô trống.")


def _commune_sends(story: Story, code: str, first_said: list[int] | None = None) -> str:
    report = story.report(code)
    story.stage.write(report, commune_text(first_said or story.data["communes"][code]))
    return str(story.stage.send(report, "Phòng LĐTB&XH huyện", words="Không có số người nghe theo nam, nữ.").number)


def _the_difficult_ones(story: Story) -> None:
    """trả lại, bản giấy, gửi lại số mới"""
    stage, data = story.stage, story.data
    stage.at("2023-12-19", 13)
    _return_one(story, data["returned"])
    _register_one(story, data["paper"])
    stage.at("2023-12-20", 7, 30)
    _remind(story)
    stage.at("2023-12-20", 8)
    _send_again(story, data["returned"])
    story.step(3)


def _remind(story: Story) -> None:
    """One look at the deadlines, as the flow takes it every quarter of an hour."""
    watched = story.stage.watch()
    climbed = story.told.setdefault("reminded", {})
    for rung, number in watched.climbed.items():
        climbed[rung] = climbed.get(rung, 0) + number
    if watched.climbed:
        rungs = ", ".join(f"{_rung(name)}: {number} văn bản" for name, number in watched.climbed.items())
        story.stage.say(f"Đôn đốc ({rungs}), {watched.notices} tin nhắn.")


def _rung(name: str) -> str:
    """A rung in words: "trước hạn 2 ngày làm việc"."""
    when, _, days = name.partition("-")
    words = {"before": f"trước hạn {days} ngày làm việc", "after": f"quá hạn {days} ngày làm việc"}
    return words.get(when, "đúng ngày hạn")


def _return_one(story: Story, code: str) -> None:
    stage = story.stage
    stage.receive(story.report(code))
    stage.give_back(story.report(code), "figures-wrong", "Một cuộc có 30 nữ dự, danh sách kèm theo có 3: xem lại.",
                    "2023-12-21")  # fmt: skip
    stage.say(f"Phòng LĐTB&XH [yellow]trả lại[/] báo cáo của {story.name(code)} (số liệu sai), hạn gửi lại 21/12.")


def _send_again(story: Story, code: str) -> None:
    stage = story.stage
    again = _commune_sends(story, code)
    numbers = [row["number"] for row in stage.rows(_NUMBERS, id=story.report(code))]
    stage.say(f"{story.name(code)} gửi lại với số mới [bold]{again}[/], thay số {numbers[0]}.")
    story.told["returned"] = {"unit": story.name(code), "numbers": numbers}


def _register_one(story: Story, code: str) -> None:
    stage = story.stage
    stage.at("2023-12-19", 15)
    signed = datetime(2023, 12, 18, 9, tzinfo=LOCAL)
    paper = Paper(41, "BC-UBND", signed, "Giàng A Mẫu (mẫu)", stage.now, sha256(b"ban giay mau").digest())
    stage.register(story.report(code), commune_text(story.data["communes"][code]), paper)
    stage.say(f"{story.name(code)} gửi bản giấy 41/BC-UBND: vào sổ, luôn hiện là «ký ngoài hệ thống».")
    story.told["paper"] = {"unit": story.name(code), "number": "41/BC-UBND"}


def _look_at_the_board(story: Story) -> None:
    """bảng theo dõi ngày 20/12"""
    stage = story.stage
    stage.at("2023-12-20", 13)
    with stage.transaction() as session:
        board = boards.board(session, story.plan, story.units["district"], stage.now, stage.calendar())
    story.late = board.late
    stage.console.print(show.board(board, "Bảng theo dõi huyện Phong Thổ, 20/12/2023 13:00"))
    story.told["board"] = show.counts(board.counts)
    story.told["late"] = [show.line_data(line) for line in board.late]


# ── the district's and the province's reports ───────────────────────────────────────────────────────────────


def _district_reports(story: Story) -> None:
    """huyện tổng hợp và gửi"""
    stage, report = story.stage, story.report("district")
    stage.at("2023-12-20", 14)
    first = stage.consolidate(story.plan, "district")
    gaps = [gap for names in first.gaps.values() for gap in names]
    stage.say(f"Tổng hợp {first.reports} báo cáo xã; [red]thiếu[/]: {', '.join(gaps)}.")
    stage.console.print(show.by_unit(stage, report, FORM, (EVENTS, MEN, WOMEN, SESSIONS), "Theo xã, 20/12/2023"))
    _late_one(story, story.data["late"])
    stage.at("2023-12-21", 14)
    second = stage.consolidate(story.plan, "district")
    stage.say(f"Báo cáo đến chậm vào tổng hợp: còn thiếu {second.missing} xã.")
    stage.at("2023-12-22", 8)
    stage.write(report, district_text(story.data["own"]))
    sent = _ban_sends(story)
    stage.say(f"Ban VSTBPN huyện gửi Sở [bold]{sent}[/]: Trưởng Ban ký, Phòng LĐTB&XH soạn.")
    story.told |= {"gaps": gaps, "first": show.figures_of(stage, report), "first_number": sent}
    _rest_on(story, report)
    story.step(2)


def _late_one(story: Story, code: str) -> None:
    stage = story.stage
    stage.at("2023-12-21", 8)
    _commune_sends(story, code)
    line = next(line for line in stage.board(story.plan, story.communes[code]).lines if line.received)
    stage.say(f"{story.name(code)} [red]gửi chậm {line.days_late} ngày làm việc[/].")
    story.told["sent_late"] = {"unit": story.name(code), "working_days": line.days_late}


def _ban_sends(story: Story) -> str:
    """The Phòng presents, the head of the committee signs, its own series gives the number; the Sở receives."""
    stage, report = story.stage, story.report("district")
    if not stage.rows("SELECT FROM sending WHERE document_id = %(id)s", id=report):
        stage.starts_at(story.units["ban"], "BC", 24)
    found = stage.present(report, "Không thống kê được số người tiếp cận; huyện chỉ đếm số buổi và số băng rôn.")
    stage.later(minutes=90)
    stage.sign(report)
    stage.later(minutes=30)
    sent = stage.submit(report, "Sở LĐTB&XH tỉnh Lai Châu", "TT Huyện ủy, HĐND huyện", "UBND các xã, thị trấn")
    stage.later(hours=3)
    stage.receive(report)
    story.told.setdefault("district_explained", found)
    return str(sent.number)


def _rest_on(story: Story, report: int) -> None:
    """The papers that the district's report names: its own plan, and those older than the program."""
    with story.stage.transaction() as session:
        links.link(session, report, "answers", story.stage.now, target_id=story.own_plan)
        for paper in story.data["basis"]:
            known = links.external(session, paper["number"], paper["issuer"], day=paper["day"], title=paper["title"])
            links.link(session, report, "basis", story.stage.now, external_id=known)


def _province_takes_up(story: Story) -> None:
    """tỉnh tổng hợp"""
    stage = story.stage
    stage.at("2023-12-25", 9)
    done = stage.consolidate(story.plan, "province")
    stage.say(f"Sở LĐTB&XH tổng hợp {done.reports} báo cáo huyện vào dự thảo của tỉnh.")
    story.step()


def _reopened(story: Story) -> None:
    """mở lại một xã sau tổng hợp"""
    stage, code = story.stage, story.data["reopened"]
    stage.at("2023-12-26", 9)
    stage.reopen(story.report(code), "figures-missing", "Thiếu một cuộc tổng vệ sinh ngày 10/12.", "2023-12-27")
    with stage.transaction() as session:
        stale = stale_totals(session, plan_id=story.plan)
    units = [total.unit for total in stale]
    stage.say(f"Mở lại {story.name(code)}: số tổng hợp của {', '.join(units)} thành [red]đã cũ[/], không bị xóa.")
    story.told |= {"reopened": story.name(code), "stale": units}
    story.step()


def _made_again(story: Story) -> None:
    """sửa từ dưới lên, số mới"""
    stage, code, report = story.stage, story.data["reopened"], story.report("district")
    old = int(stage.document(report)["revision_id"])
    stage.at("2023-12-27", 8)
    _commune_sends(story, code)
    stage.at("2023-12-27", 13)
    stage.reopen(report, "figures-wrong", f"{story.name(code)} đã sửa số liệu: tổng hợp lại.", "2023-12-28")
    stage.consolidate(story.plan, "district")
    number = _ban_sends(story)
    with stage.transaction() as session:
        changed = difference(session, old, int(stage.document(report)["revision_id"]))
    stage.console.print(show.changes(changed, FORM, f"Khác nhau giữa {story.told['first_number']} và {number}"))
    story.told |= {"number": number, "difference": _changes(changed)}
    _province_sends(story)
    story.step(2)


def _province_sends(story: Story) -> None:
    stage, report = story.stage, story.report("province")
    stage.at("2023-12-28", 8)
    stage.consolidate(story.plan, "province")
    stage.starts_at(story.units["province"], "BC", 512)
    stage.write(report, {"texts": {"direction": "Đã ban hành kế hoạch của tỉnh.", "results": "Đạt kế hoạch."}})
    sent = stage.send(report, "Bộ Lao động - Thương binh và Xã hội", words="Huyện không thống kê số người tiếp cận.")
    stage.close_plans()
    closed = stage.rows(_CLOSED, plan=story.plan)[0]["number"]
    stage.say(f"UBND tỉnh gửi báo cáo [bold]{sent.number}[/] (số mẫu); {closed} kế hoạch đã hoàn thành.")
    story.told["plans_done"] = closed
    with stage.transaction() as session:
        story.told["stale_after"] = [total.unit for total in stale_totals(session, plan_id=story.plan)]


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────


def _end(story: Story) -> dict[str, Any]:
    stage, report, top = story.stage, story.report("district"), story.report("province")
    title = f"Biểu tổng hợp kèm báo cáo {story.told['number']} của Ban VSTBPN huyện Phong Thổ"
    with stage.transaction() as session:
        traced = trace_down(session, WOMEN, document_id=top)
    return story.told | {
        "sample": story.data["sample"], "documents": {"plan": story.plan, "district": report, "province": top},
        "totals": show.figures_of(stage, report), "province": show.figures_of(stage, top),
        "coverage": show.coverage_of(stage, report), "trace": show.trace_data(traced),
        "_late": story.late, "_trace": traced, "_tables": show.tables(stage, report, FORM, title),
    }  # fmt: skip


def _changes(changed: Difference) -> list[dict[str, Any]]:
    return [{"cell": int(c.cell), "label": FORM.cell_label(c.cell), "old": c.old and c.old.canonical,
             "new": c.new and c.new.canonical} for c in changed.cells]  # fmt: skip


def _words(scene: Callable[[Story], None]) -> str:
    return (scene.__doc__ or "").strip()


# ── what people write ───────────────────────────────────────────────────────────────────────────────────────


def plan_text(purpose: str, assignee: str) -> dict[str, Any]:
    """A short plan: purpose, budget, one task with its day, who carries it out."""
    return {
        "texts": {"purpose": f"{purpose} (lời văn mẫu)", "budget": "Từ dự toán được giao."},
        "tasks": [{"number": 1, "title": "Tổ chức và báo cáo Tháng hành động", "due": "2023-12-15"}],
        "assignees": [{"name": assignee, "tasks": ["Tham mưu, tổng hợp"], "asked": False}],
    }


def commune_text(figures: list[int]) -> dict[str, Any]:
    """A commune's report: events with men and women, sessions, no banners."""
    events, men, women, sessions = map(str, figures)
    rows = [
        {"table": 1, "row": 4, "label": "Tổng vệ sinh, tặng quà nữ chủ hộ cao tuổi", "level": "Ban VSTBCPN cấp xã",
         "values": {"1": events, "2": men, "3": women}},
        {"table": 2, "row": 4, "label": "Tuyên truyền kế hoạch", "level": "Ban VSTBCPN cấp xã",
         "values": {"1": f"{sessions} buổi"}},
        {"table": 3, "row": 1, "label": "Băng rôn", "level": "Ban VSTBCPN cấp xã", "values": {"1": "Không"}},
    ]  # fmt: skip
    texts = {"direction": "Đã ban hành kế hoạch của xã.", "results": "Hoàn thành các hoạt động."}
    return {"rows": rows, "texts": texts}


def district_text(own: dict[str, str]) -> dict[str, Any]:
    """What the Phòng writes for the committee beside the communes' figures: the district's own."""
    rows = [
        {"table": 2, "row": 4, "label": "Tuyên truyền kế hoạch", "level": "Ban VSTBCPN cấp huyện",
         "values": {"1": own["sessions"]}},
        {"table": 3, "row": 1, "label": "Băng zôn", "level": "Ban VSTBCPN cấp huyện", "values": {"1": own["banners"]}},
    ]  # fmt: skip
    texts = {
        "direction": "Triển khai kế hoạch của tỉnh và của huyện.", "launch": "Phát động trên toàn huyện.",
        "results": "Các hoạt động hoàn thành.", "difficulties": "Thông tin, báo cáo của cơ sở chưa kịp thời.",
        "proposals": "Tăng cường các lớp tập huấn.",
    }  # fmt: skip
    figures = {"40106": own["state_budget"], "40206": own["mobilised"]}
    return {"rows": rows, "figures": figures, "texts": texts}


_CLOSED = """
SELECT count(*) AS number FROM document
 WHERE kind = 'plan' AND state = 'consolidated' AND (id = %(plan)s OR plan_id = %(plan)s)
"""
_NUMBERS = """
SELECT to_char(number, 'FM9900') || '/' || symbol AS number FROM sending WHERE document_id = %(id)s ORDER BY no
"""
