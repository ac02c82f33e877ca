"""The days that a paper says its figures are of go before the decree's; a plan's and another paper's do not."""

from __future__ import annotations

from datetime import date

import pytest

from documents.reading.days.period import Period, period_of
from documents.reading.flow import Flow
from documents.reading.formats import plain
from documents.reading.model import Line, Place, Read
from documents.reading.names.gazetteer import shipped
from documents.reading.recognising import recognise

YEAR = "Kết quả công tác gia đình năm 2025"
RULE = (date(2024, 12, 15), date(2025, 12, 14))


def read(title: str, *body: str, type_word: str = "Báo cáo", opening: int = 1) -> Read[Period]:
    """The period of a paper; its opening is the first `opening` paragraphs."""
    flow = Flow([Line(said, 1, at) for at, said in enumerate(body, 2)])
    found = period_of(title, Place(1, 1), type_word, flow, sum(len(said) + 1 for said in body[:opening]))
    assert found is not None
    return found


def days(found: Read[Period]) -> tuple[date, date]:
    return found.value.first, found.value.last


@pytest.mark.parametrize(
    "said",
    [
        "UBND xã Mẫu báo cáo như sau (số liệu từ ngày 01/01/2025 đến hết ngày 10/12/2025):",
        "Kỳ số liệu: từ ngày 01 tháng 01 năm 2025 đến ngày 10 tháng 12 năm 2025.",
        "(Thời điểm lấy số liệu: từ 01/01/2025 đến 10/12/2025)",
        "(Từ ngày 01/01 đến ngày 10/12/2025)",
    ],
)
def test_the_papers_own_days_go_before_the_rules_which_are_kept(said: str) -> None:
    found = read(YEAR, said)
    assert days(found) == (date(2025, 1, 1), date(2025, 12, 10)) and not found.asks
    assert found.value.regular == RULE and "văn bản ghi" in found.said and found.place.line == 2


def test_days_may_stand_in_the_title() -> None:
    found = read("Kết quả 6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 10/6/2026)", "UBND xã báo cáo.")
    assert days(found) == (date(2025, 12, 15), date(2026, 6, 10))


def test_a_last_day_alone_leaves_the_first_to_the_rule_and_asks() -> None:
    found = read(YEAR, "UBND xã báo cáo số liệu tại thời điểm 30/11/2025 như sau:")
    assert days(found) == (RULE[0], date(2025, 11, 30)) and found.asks
    calendar = read("Thu ngân sách 9 tháng năm 2025", "Số liệu chốt đến hết ngày 30/9/2025.")
    assert days(calendar) == (date(2025, 1, 1), date(2025, 9, 30)) and calendar.asks


def test_days_unlike_the_period_are_told_beside_the_rules() -> None:
    found = read("Kết quả quý III năm 2025", "Sở báo cáo (số liệu từ ngày 15/6/2025 đến ngày 05/8/2025), cụ thể:")
    assert found.value.last == date(2025, 8, 5) and found.asks and "14/09/2025" in found.said


def test_one_day_of_figures_in_the_text_is_taken_and_asked_two_are_not() -> None:
    one = "Qua rà soát đến ngày 30/11/2025, xã còn 5 hộ."
    assert days(read(YEAR, "UBND xã báo cáo.", one)) == (RULE[0], date(2025, 11, 30))
    assert read(YEAR, "UBND xã báo cáo.", one).asks
    assert days(read(YEAR, "UBND xã báo cáo.", one, "Tính đến ngày 20/11/2025 có 3 xã gửi.")) == RULE


@pytest.mark.parametrize(
    ("said", "type_word"),
    [
        ("Ghi chú: số liệu tính đến 30/11/2025.", "Báo cáo"),
        ("Số liệu cùng kỳ: số liệu từ 01/01/2024 đến 30/11/2024.", "Báo cáo"),
        ("Số liệu từ ngày 01/3/2019 đến ngày 31/12/2020 của Thông tư.", "Báo cáo"),
        ("UBND xã tập huấn từ ngày 03/3/2025 đến ngày 05/3/2025.", "Báo cáo"),
        ("Tính đến ngày 28/02/2025, xã có 9 thôn.", "Báo cáo"),
    ],
)
def test_other_days_are_no_period(said: str, type_word: str) -> None:
    assert days(read(YEAR, said, type_word=type_word)) == RULE


def test_a_plans_figures_are_older_than_its_period() -> None:
    found = read("Công tác gia đình năm 2026", "Số liệu chốt đến ngày 28/02/2026.", type_word="Kế hoạch")
    assert days(found) == (date(2026, 1, 1), date(2026, 12, 31))


# ── campaigns (đợt, chiến dịch) ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    [
        "2. Thời gian thực hiện: từ ngày 16/3/2026 đến hết ngày 15/4/2026.",
        "Chiến dịch được tổ chức từ ngày 16/3 đến ngày 15/4/2026 tại Trạm Y tế.",
    ],
)
def test_a_campaign_has_the_days_that_its_paper_gives(said: str) -> None:
    found = read("Tiêm phòng dại đợt II năm 2026", "Theo đề nghị của Trạm.", said, type_word="Kế hoạch")
    assert (found.value.kind, found.value.index) == ("campaign", 2)
    assert days(found) == (date(2026, 3, 16), date(2026, 4, 15)) and not found.asks


def test_days_below_a_heading_of_time_are_taken_together_and_asked() -> None:
    body = ("II- THỜI GIAN, ĐỊA ĐIỂM", "- Ngày uống: thứ Hai 08/6 và 09/6/2026; uống vét từ 10/6 đến 14/6/2026.")
    found = read("Uống vitamin A đợt 1 năm 2026", *body, type_word="Kế hoạch")
    assert days(found) == (date(2026, 6, 8), date(2026, 6, 14)) and found.asks


def test_a_campaign_without_days_is_asked_about() -> None:
    found = read("Kết quả chiến dịch diệt loăng quăng năm 2025", "UBND xã báo cáo.")
    assert found.value.kind == "campaign" and found.asks and "không rõ ngày" in found.said
    assert not read("Tháng hành động vì bình đẳng giới năm 2025", "UBND xã báo cáo.").asks


def test_what_is_regular_stays_regular() -> None:
    assert read("Tiêm chủng, chiến dịch tiêm vét quý II năm 2025", "Báo cáo.").value.kind == "quarter"
    assert read("Tổng kết các đợt phát động thi đua năm 2025", "Báo cáo.").value.kind == "year"


@pytest.mark.parametrize(
    ("title", "kind", "index", "asks"),
    [
        ("Sơ kết học kỳ I năm học 2025 - 2026", "semester", 1, True),
        ("Tổng kết năm học 2025-2026", "school_year", None, True),
        ("Công tác hội tháng 4 và 4 tháng đầu năm 2026", "month", 4, False),
        ("Tiến độ 11 tháng năm 2025", "months", 11, True),
        ("Công tác 3 tháng đầu năm 2026", "quarter", 1, False),
        ("Kết quả 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2025", "nine_months", None, False),
        ("Kết quả năm 2025 của trẻ dưới 11 tháng tuổi", "year", None, False),
    ],
)
def test_kinds_of_period(title: str, kind: str, index: int | None, asks: bool) -> None:
    found = read(title, "UBND xã báo cáo.")
    assert (found.value.kind, found.value.index, found.asks) == (kind, index, asks)


def test_usual_days_accuse_nobody() -> None:
    """Rules compare with days that the decree or the paper gives."""
    for title in ("Sơ kết học kỳ I năm học 2025 - 2026", "Kết quả chiến dịch diệt loăng quăng năm 2025"):
        assert not read(title, "UBND xã báo cáo.").value.is_known
    assert read(YEAR, "UBND xã báo cáo.").value.is_known
    assert read("Tiêm phòng đợt 1 năm 2026", "Thời gian: từ ngày 16/3/2026 đến ngày 15/4/2026.").value.is_known


def test_a_title_without_a_period_has_its_days_where_it_gives_both() -> None:
    found = read("Kết quả công tác tuần 12", "(Từ ngày 14/3/2026 đến ngày 20/3/2026)")
    assert found.value.kind == "custom" and days(found) == (date(2026, 3, 14), date(2026, 3, 20))
    until = Flow([Line("Số liệu tính đến ngày 14/3/2026.", 1, 2)])
    assert period_of("Kết quả công tác", Place(1, 1), "Báo cáo", until, 40) is None


# ── in a paper ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bracket_below_the_title_is_no_part_of_it() -> None:
    said = (
        "UBND XÃ NHƯ THANH\nSố: 5/BC-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Như Thanh, ngày 20 tháng 3 năm 2026\n\nBÁO CÁO\nKết quả công tác dân số quý I năm 2026\n"
        "(Thời điểm lấy số liệu: từ 15/12/2025 đến 10/3/2026)\n\nKính gửi: UBND tỉnh.\n\nI. KẾT QUẢ\nCó 5 hộ.\n"
    )
    assert shipped()
    found = recognise(plain.read("a.txt", "00", said.encode()))
    assert found.title.value == "Kết quả công tác dân số quý I năm 2026"
    assert found.period is not None and days(found.period) == (date(2025, 12, 15), date(2026, 3, 10))
    other = recognise(plain.read("a.txt", "00", said.replace("(Thời điểm lấy số liệu: từ 15/12/2025 đến 10/3/2026)",
                                                             "(lần thứ hai)").encode()))  # fmt: skip
    assert other.title.value == "Kết quả công tác dân số quý I năm 2026 (lần thứ hai)"
