"""Lai Châu, from 20 December 2023: the district's and the province's totals, and how they are made again."""

from typing import Any

from api.demo import show
from api.demo.lai_chau.story import EVENTS, FORM, MEN, SESSIONS, WOMEN, Story, district_text
from api.demo.lai_chau.up import commune_sends
from states import links
from states.reading.staleness import Difference, difference, stale_totals


def district_reports(story: Story) -> None:
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
    commune_sends(story, code)
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


def province_takes_up(story: Story) -> None:
    """tỉnh tổng hợp"""
    stage = story.stage
    stage.at("2023-12-25", 9)
    done = stage.consolidate(story.plan, "province")
    stage.say(f"Sở LĐTB&XH tổng hợp {done.reports} báo cáo huyện vào dự thảo của tỉnh.")
    story.step()


def reopened(story: Story) -> None:
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


def made_again(story: Story) -> None:
    """sửa từ dưới lên, số mới"""
    stage, code, report = story.stage, story.data["reopened"], story.report("district")
    old = int(stage.document(report)["revision_id"])
    stage.at("2023-12-27", 8)
    commune_sends(story, code)
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


def _changes(changed: Difference) -> list[dict[str, Any]]:
    return [{"cell": int(c.cell), "label": FORM.cell_label(c.cell), "old": c.old and c.old.canonical,
             "new": c.new and c.new.canonical} for c in changed.cells]  # fmt: skip


_CLOSED = """
SELECT count(*) AS number FROM document
 WHERE kind = 'plan' AND state = 'consolidated' AND (id = %(plan)s OR plan_id = %(plan)s)
"""
