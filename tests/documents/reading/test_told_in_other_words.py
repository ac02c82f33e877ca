"""What other writers' words say: replies that open a report, amounts that are none, whom a plan charges, whose days."""

from __future__ import annotations

from datetime import date

import pytest

from documents.reading.days.period import Period, period_of
from documents.reading.events.told import events
from documents.reading.figures.marking import Marked
from documents.reading.figures.money import money
from documents.reading.flow import Flow
from documents.reading.formats import plain
from documents.reading.incoming import Incoming
from documents.reading.indicators.indicator import Indicator
from documents.reading.indicators.told import indicators
from documents.reading.model import Line, Place
from documents.reading.names.gazetteer import shipped
from documents.reading.parts import outline
from documents.reading.parts.layout import Parts
from documents.reading.parts.titles import title_of
from documents.reading.recognising import recognise

HEAD = """ỦY BAN NHÂN DÂN
XÃ HÀM THUẬN BẮC
Số: 12/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hàm Thuận Bắc, ngày 20 tháng 12 năm 2025

BÁO CÁO
Kết quả công tác gia đình năm 2025
"""
CENTRE, PARAGRAPH = (0.28, 0.17, 0.76, 0.19), (0.2, 0.2, 0.9, 0.22)


def read(said: str) -> Incoming:
    assert shipped()
    return recognise(plain.read("a.txt", "00", (HEAD + said).encode()))


def told(*said: str) -> list[Indicator]:
    marked = Marked(Flow([Line(one, 1, at) for at, one in enumerate(said, 1)]))
    taken = events(marked)[1]
    return [one.value for one in indicators(marked, taken)]


def figures(one: Indicator) -> tuple[str, ...]:
    parts = (one.numerator, one.denominator, one.percent, one.other)
    return (*(part.canonical if part else "" for part in parts), one.sex)


def title(*lines: Line) -> str | None:
    type_line = Line("BÁO CÁO", 1, 1, bold=True, tail=False)
    return title_of(Parts(type_line=type_line, type_word="Báo cáo", body=list(lines)), "Báo cáo")[0].value


def charged(*said: str) -> list[str]:
    return [one.value for one in outline.assignees([], [Line(one, 1, at) for at, one in enumerate(said)])]


def days(title: str, *body: str, type_word: str = "Báo cáo") -> tuple[date, date]:
    flow = Flow([Line(one, 1, at) for at, one in enumerate(body, 2)])
    found = period_of(title, Place(1, 1), type_word, flow, len(flow.text))
    assert found is not None and isinstance(found.value, Period)
    return found.value.first, found.value.last


@pytest.mark.parametrize(
    "opening",
    [
        "Phúc đáp Công văn số 511/SYT-BTXH ngày 01/12/2025 của Sở Y tế về việc báo cáo công tác gia đình, xã báo cáo:",
        "Tiếp theo Báo cáo số 9/BC-UBND, thi hành Kế hoạch số 7/KH-UBND ngày 05/01/2025, UBND xã báo cáo như sau:",
        "Nhận được Công văn số 511/SYT-BTXH ngày 01/12/2025 của Sở Y tế, UBND xã báo cáo như sau:",
    ],
)
def test_a_title_ends_before_a_letter_begins(opening: str) -> None:
    said = read(f"{opening}\nI. KẾT QUẢ\nTốt.\n")
    assert said.title.value == "Kết quả công tác gia đình năm 2025"
    assert {"511/SYT-BTXH", "7/KH-UBND"} & {one.value.code for one in said.references}


def test_a_title_ends_where_bold_and_centring_end_and_goes_on_where_it_does_not() -> None:
    first = Line("Kết quả công tác gia đình và trẻ em", 1, 2, bold=True, tail=False, box=CENTRE)
    behind = Line("Sau một năm cố gắng của cả xã, công tác gia đình", 1, 3, tail=False, box=PARAGRAPH)
    assert title(first, behind) == first.text
    more = Line("Thực hiện trong năm học mới của toàn xã", 1, 3, bold=True, tail=False, box=CENTRE)
    assert title(first, more) == f"{first.text} {more.text}"


def test_the_letter_that_is_replied_to_is_the_one_answered() -> None:
    plan = "Kế hoạch số 7/KH-UBND ngày 05/01/2025 của UBND tỉnh Lâm Đồng về gia đình"
    letter = "Công văn số 511/SYT-BTXH ngày 01/12/2025 của Sở Y tế về việc báo cáo"
    replied = read(f"Phúc đáp {letter}; căn cứ {plan}, UBND xã báo cáo:\nI. KẾT QUẢ\n").answers
    carried = read(f"Căn cứ {letter}; {plan}, UBND xã báo cáo:\nI. KẾT QUẢ\n").answers
    assert replied and replied.value.code == "511/SYT-BTXH"
    assert carried and carried.value.code == "7/KH-UBND"


def test_only_the_money_s_own_letters_make_an_amount() -> None:
    def sums(said: str) -> list[str]:
        return [one.value.amount.canonical for one in money(Marked(Flow([Line(said, 1, 1)])))]

    for none in ("1.2. Động viên cộng tác viên.", "1.2. Đồng thuận của dân.", "Có 12.000 đồng chí, 30 đồng bào dự."):
        assert sums(none) == [], none
    assert sums("Còn 2.520.000 đồng chi trong tháng 12; đã chi 500.000 đ.") == ["2520000", "500000"]


def test_whom_a_plan_charges_by_items_below_its_heading() -> None:
    assert charged("3. KINH PHÍ", "3.1. Quỹ xã: 5 triệu đồng.", "4. PHÂN CÔNG", "4.1. Trạm Y tế xã: làm đầu mối.",
                   "4.2. Giao Phòng Kinh tế bố trí kinh phí.", "4.3. Đề nghị Hội Nông dân, Đoàn xã vận động hội viên.",
                   "4.4. Báo cáo gửi trước ngày 05/01.", "5. KIẾN NGHỊ", "- Sở Y tế: hỗ trợ.") == [
        "Trạm Y tế xã", "Phòng Kinh tế", "Hội Nông dân, Đoàn xã"]  # fmt: skip
    assert charged("Đ. TỔ CHỨC THỰC HIỆN", "- Công an xã: nắm tình hình.", "E. KHÁC", "- Hội: vui.") == ["Công an xã"]
    assert charged("4. KẾT QUẢ", "- Trạm Y tế xã: khám 30 cháu.") == []


def test_days_of_the_inquiry_that_the_title_names() -> None:
    held = "Cuộc rà soát tiến hành từ ngày 02/9/2025 đến ngày 10/11/2025 tại các thôn."
    rule = (date(2024, 12, 15), date(2025, 12, 14))
    assert days("Kết quả rà soát hộ nghèo năm 2025", held) == (date(2025, 9, 2), date(2025, 11, 10))
    assert days("Kết quả công tác gia đình năm 2025", held) == rule
    assert days("Công tác gia đình năm 2025", "UBND xã báo cáo (số liệu tính đến hết ngày 20/10/2025):") == rule


def test_busy_weeks_are_not_all_of_a_campaign() -> None:
    title = "Tổ chức Tháng hành động quốc gia về phòng, chống bạo lực gia đình năm 2026"
    body = ("I/ PHẠM VI, THỜI GIAN", "+ Toàn xã, từ 02/6/2026 đến 29/6/2026.",
            "+ Cao điểm: tuần lễ từ 20/6 đến 26/6/2026.", "II/ NỘI DUNG")  # fmt: skip
    assert days(title, *body, type_word="Kế hoạch") == (date(2026, 6, 2), date(2026, 6, 29))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Sở có 80 công chức, viên chức; phái nữ 36 đồng chí (45%).", [("36", "80", "45", "", "female")]),
        ("Toàn tỉnh có 1.500 hòa giải viên, nữ 600 người (40%).", [("600", "1500", "40", "", "female")]),
        ("Tiếp nhận 30 cuộc gọi nhờ giúp, trong đó 25 cuộc của phụ nữ, 05 cuộc của nam giới.",
         [("25", "30", "", "5", "female")]),
        ("Phổ biến pháp luật cho 900 lượt người nghe, ước 60% là nữ.", [("", "900", "~60", "", "female")]),
        ("Năm nay 12 trên tổng số 30 cán bộ nữ được đi học, chiếm tỷ lệ 40%.", [("12", "30", "40", "", "")]),
        ("Ban giám hiệu các trường: 05/08 hiệu trưởng là nữ.", [("5", "8", "", "", "female")]),
        ("Tỷ lệ nữ theo cấp học: mầm non 48%, tiểu học 47%.",
         [("", "", "48", "", "female"), ("", "", "47", "", "female")]),
        ("Tỷ lệ hộ nghèo theo vùng: thấp 4%, cao 7%.", [("", "", "4", "", ""), ("", "", "7", "", "")]),
        ("Toàn xã còn 50 hộ trên 1.000 hộ dân, tỷ lệ 5% (đầu năm 81/900 hộ, 9%).",
         [("50", "1000", "5", "", ""), ("81", "900", "9", "", "")]),
        ("Hộ cận nghèo: 40 hộ, 5,5%.", [("40", "", "5.5", "", "")]),
    ],
)  # fmt: skip
def test_figures_in_other_words(said: str, wanted: list[tuple[str, ...]]) -> None:
    assert [figures(one) for one in told(said)] == wanted


def test_parts_that_a_count_and_a_colon_lead_have_its_name_and_its_whole() -> None:
    _, light, short = told("Cân 400 cháu dưới 5 tuổi: thể nhẹ cân 36 cháu, tương ứng 9%; thể thấp còi 40 cháu, "
                           "tương ứng 15%.")  # fmt: skip
    assert figures(light)[:3] == ("36", "400", "9") and "dưới 5 tuổi: thể nhẹ cân" in light.name
    assert figures(short)[:3] == ("40", "400", "15") and "dưới 5 tuổi: thể thấp còi" in short.name


def test_a_rise_is_of_what_stands_outside_brackets_that_are_closed() -> None:
    now, then = told("Còn 50 hộ nghèo trên 1.000 hộ, tỷ lệ 5% (đầu năm 81/900 hộ, 9%), số hộ nghèo giảm 31 hộ.")
    assert now.moved_by and now.moved_by.canonical == "-31" and then.moved_by is None


def test_places_counted_side_by_side_are_no_parts_of_each_other() -> None:
    names = [one.name for one in told("Tổng hợp báo cáo của 24 cơ quan khối tỉnh và 40 xã, phường như sau:")]
    assert names[1] == "Tổng hợp báo cáo xã, phường"
