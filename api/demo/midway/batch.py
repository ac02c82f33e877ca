"""Reports that wait for one signature in numbers: a Vice-chair with forty, one with twelve, one of a ward with nine."""

from collections.abc import Sequence

from api.demo.midway.extras import CAM_THANH, HO_CHI_MINH, QUANG_NGAI
from api.demo.simulation import explain_all
from api.demo.stage import Stage
from documents import drafting
from states import offices
from states.lifecycle import Kind
from states.opening import NewDocument, open_document

_TITLE = "Báo cáo kết quả kiểm tra công tác bình đẳng giới năm 2026 tại {} (mẫu)"


def play(stage: Stage) -> None:
    """Each has been to see a place, and its report was put up in the last days."""
    with stage.progress("Báo cáo chờ ký hàng loạt", 61) as step:
        for unit, count, day in ((HO_CHI_MINH, 40, "2026-12-28"), (QUANG_NGAI, 12, "2026-12-28")):
            place = stage.unit(unit)
            names = [row["name"] for row in stage.rows(_WARDS, above=place)][:count]
            _put_up(stage, place, names, day)
            step(count)
        _put_up(stage, stage.unit(CAM_THANH), [f"Tổ dân phố số {number}" for number in range(1, 10)], "2026-12-25")
        step(9)


def _put_up(stage: Stage, unit: int, names: Sequence[str], day: str) -> None:
    stage.at(day, 8)
    by, vice = stage.who(unit, "drafter"), stage.who(unit, "vice")
    with stage.transaction() as session:
        writer = offices.holder(session, by, stage.today).holder
        for place, name in enumerate(names):
            new = NewDocument(
                Kind.REPORT, unit, _TITLE.format(name), "BC", subject="inspection", field="bình đẳng giới",
                form="half-year", form_version=1, legal_basis="Kế hoạch kiểm tra năm 2026 (mẫu)",
            )  # fmt: skip
            report = open_document(session, new, by, stage.now)
            drafting.save(session, report, _written(name, place), 0, writer, stage.later(minutes=4))
            drafting.present(session, report, by, stage.later(minutes=2), to_office=vice.office_id)
            if place % 5:
                explain_all(session, report, writer, stage.now)


def _written(name: str, place: int) -> dict[str, object]:
    """What was seen; every ninth says nothing of how many came, which asks for words."""
    people = 40 + 7 * place % 90
    counted = {} if place % 9 == 8 else {"10102": str(people), "10103": str(people * 3 // 5)}
    texts = {
        "direction": f"{name} đã ban hành kế hoạch, phân công người phụ trách (mẫu).",
        "coordination": "Phối hợp với Hội Liên hiệp Phụ nữ, Công an (mẫu).",
        "difficulties": "Người làm công tác bình đẳng giới kiêm nhiệm nhiều việc (mẫu)." if place % 3 else "",
        "proposals": "Đề nghị tập huấn nghiệp vụ trong quý I năm 2027 (mẫu).",
    }
    return {"figures": {"10101": str(1 + place % 4), **counted},
            "texts": {code: words for code, words in texts.items() if words}}  # fmt: skip


_WARDS = "SELECT name FROM unit WHERE parent_id = %(above)s AND level = 'commune' AND registry = 'vn2' ORDER BY code"
