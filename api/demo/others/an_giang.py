"""An Giang 2023: a province's half year, guided by a paper from outside, with bounds and a percentage cut short."""

from typing import Any

from api.demo import show
from api.demo.others.common import data_of, due, figures, issue, noted_on, outside, report_order, say_noted, stated
from api.demo.stage import COMMITTEE, DIRECTORATE, Stage
from documents.filled import ratios_of as ratios
from documents.forms import form
from states.figures import Cell
from states.periods import first_half
from workflows.planning import LevelOrder


def an_giang(stage: Stage) -> dict[str, Any]:
    data, window = data_of("an_giang"), first_half(2023)
    stage.at("2023-02-02", 8)
    province, so, ban = stage.unit("vn3:89"), stage.unit("demo:89-SLDTBXH"), stage.unit("demo:89-BVSTBPN")
    stage.staff(province)
    stage.staff(so, parts=DIRECTORATE)
    stage.staff(ban, parts=COMMITTEE, same_as=province)
    level = LevelOrder("province", due(stage, "2023-06-22"), "ban_vstbpn", "so_ldtbxh")
    asked = report_order(
        "Báo cáo 6 tháng đầu năm 2023", "half-year", window, [level], "Kế hoạch năm 2023 của UBND tỉnh"
    )
    plan, number = issue(stage, province, "Công tác bình đẳng giới năm 2023", [(province, False)], [asked], 58,
                          subject="gender-equality-2023")  # fmt: skip
    stage.fan_out(plan)
    days = (data["guidance"]["day"] - stage.today).days
    note = f"kế hoạch ban hành trước văn bản hướng dẫn {days} ngày"
    outside(stage, plan, "basis", data["guidance"], note)
    outside(stage, plan, "basis", data["programme"])
    report = stage.owed(plan, province)
    stage.at("2023-06-20", 8)
    stage.write(report, {"figures": data["figures"], "texts": data["texts"]})
    outside(stage, report, "basis", data["guidance"])
    sent = stage.send(report, data["guidance"]["issuer"], words="Báo cáo nêu số theo cách ghi của các đơn vị.")
    noted = noted_on(stage, report)
    ratio = ratios(figures(stage, report), form("half-year", 1))[Cell.of(2, 1, 5)].percent()
    stage.say(f"An Giang: {number}, báo cáo [bold]{sent.number}[/] (số mẫu): trên 780 cuộc, trên 25.000 lượt; "
              f"584/2.302 ghi 25,36 %, tính là {str(ratio).replace('.', ',')} %.")  # fmt: skip
    say_noted(stage, noted)
    return {"plan": number, "report": sent.number, "sample": data["sample"], "figures": show.figures_of(stage, report),
            "stated_percent": stated(stage, report)["20105"], "computed_percent": str(ratio), "noted": noted,
            "basis_note": note}  # fmt: skip
