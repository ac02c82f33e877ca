"""Tịnh Biên 2024: a ward's year with bounds and money, sent before its window ends."""

from typing import Any

from api.demo import show
from api.demo.others.common import child_plan, data_of, due, issue, noted_on, own_plan, report_order, say_noted, stated
from api.demo.stage import DEPARTMENT, Stage
from states import acting, links
from states.periods import Window, vi_date
from states.periods import year as year_window
from workflows.planning import LevelOrder


def nhon_hung(stage: Stage) -> dict[str, Any]:
    data, window = data_of("nhon_hung"), year_window(2024)
    stage.at("2024-03-05", 8)
    town, ward = stage.unit("vn3:890"), stage.unit("vn3:30511")
    stage.staff(town, ward)
    stage.staff(stage.unit("demo:890-PLDTBXH"), parts=DEPARTMENT)
    reports = [LevelOrder("district", due(stage, "2024-12-20"), drafter_role="phong_ldtbxh"),
               LevelOrder("commune", due(stage, "2024-12-17"), receiver_role="phong_ldtbxh")]  # fmt: skip
    basis = "Kế hoạch năm 2024 của UBND thị xã Tịnh Biên"
    orders = [
        report_order("Báo cáo năm 2024", "year", window, reports, basis),
        child_plan("Kế hoạch năm 2024", "plan", window, due(stage, "2024-03-20"), basis),
    ]
    plan, number = issue(stage, town, "Công tác bình đẳng giới năm 2024", [(town, False), (ward, False)], orders,
                          1018, subject="gender-equality-2024")  # fmt: skip
    stage.fan_out(plan)
    own, own_number = own_plan(stage, plan, ward, "2024-03-13", 37, "Bình đẳng giới trên địa bàn phường năm 2024.")
    report = stage.owed(plan, ward)
    stage.at("2024-10-31", 8)
    stage.write(report, {"figures": data["figures"], "texts": data["texts"]})
    stage.starts_at(ward, "BC", 236)
    sent = stage.send(report, "Phòng LĐTBXH thị xã", words="Số nữ dự không tách được.")
    with stage.transaction() as session:
        links.link(session, report, "answers", stage.now, target_id=own)
    early = _note_early(stage, report, window)
    noted = noted_on(stage, report)
    stage.say(f"Phường Nhơn Hưng: {own_number}, báo cáo năm [bold]{sent.number}[/] theo {number}; {early}")
    say_noted(stage, noted)
    return {"plan": number, "own_plan": own_number, "report": sent.number, "figures": show.figures_of(stage, report),
            "stated": stated(stage, report), "early": early, "noted": noted}  # fmt: skip


def _note_early(stage: Stage, report: int, window: Window) -> str:
    """The receiver's supervisor notes that figures of the rest of the window can't be in it."""
    if stage.now >= window.cut_off:
        return ""
    words = f"gửi {vi_date(stage.today)}, trước khi hết kỳ số liệu {vi_date(window.last)}: phần còn lại chưa có."
    by = stage.who(stage.document(report)["receiver_id"], "supervisor")
    with stage.transaction() as session:
        keys = {"id": report, "office": by.office_id, "words": words, "at": stage.now}
        acting.tell(session, by.office_id)
        session.connection().exec_driver_sql(_NOTE, keys)
    return words


_NOTE = """
INSERT INTO note (document_id, office_id, kind, place, words, at)
VALUES (%(id)s, %(office)s, 'comment', 'period', %(words)s, %(at)s)
"""
