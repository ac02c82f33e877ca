"""Every rule of the careful officer: a paper that it must stop at, and one like it that is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import documents.checks
from documents.checks import RULES, Finding
from documents.checks.careful import check, of_paper
from documents.checks.papers.amounts import Amount, Change, Counted, Share, Split
from documents.checks.papers.of_form import of_form
from documents.checks.papers.paper import Annexed, Asked, Below, Grid, Paper, Said, Unit
from documents.checks.subjects import SUBJECTS
from documents.forms import form
from documents.reading.days.dates import PartialDate
from tests.documents.checks.check_papers import (
    AT,
    OWN,
    PAPER,
    PLAN,
    filled,
    grid,
    groups,
    meetings,
    n,
    people,
    row,
    saying,
    share,
    with_head,
)
from tests.documents.checks.row_cases import ROWS
from tests.documents.checks.said_cases import SAID, all_right, more

MONTH = replace(PAPER, period=("campaign", date(2024, 11, 15), date(2024, 12, 15), "trang 1, dòng 4"))
FULL = row("Tọa đàm", v1="1", v2="42", v3="55")
NIL = [2, 3]
ANNEX = Annexed("Báo cáo", "236", "BC-UBND", PartialDate(2024, 12, 16), "trang 4, dòng 2", own=True)
RATES = ("Đạt", "Tổng số", "Tỷ lệ (%)")
RATED = (("1", "9", "312", "2,88"), ("2", "8", "268", "2,99"), ("3", "17", "143", "11,89"))
STRATEGY = "Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - "
SPEECH = "Trên đây là"
MONTH_OF = "Tháng hành động vì bình đẳng giới"
CASES: dict[str, tuple[Paper, Paper]] = {
    "number-missing": (with_head(number=None), PAPER),
    "symbol-missing": (with_head(symbol=None), PAPER),
    "place-missing": (with_head(place=None), PAPER),
    "header-missing": (with_head(motto="", letterhead=False), PAPER),
    "motto-misspelt": (with_head(motto="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆTNAM"),
                       with_head(motto="CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    "type-missing": (with_head(type_line=False), replace(with_head(type_line=False), type_word="Công văn")),
    "signer-missing": (with_head(signer=None), PAPER),
    "post-missing": (with_head(post="", authority="", on_behalf=""), PAPER),
    "tm-missing": (with_head(with_tm=False), replace(with_head(with_tm=False), type_word="Quyết định")),
    "recipients-missing": (with_head(recipients=()), with_head(recipients=(), addressees=("UBND thị xã",))),
    "receiver-missing": (replace(PAPER, asked=Asked(receiver="Phòng Lao động - TB&XH thị xã")),
                         replace(PAPER, asked=Asked(receiver="Ủy ban nhân dân thị xã"))),
    "superior-not-recipient": (with_head(recipients=(Said("Các khóm", "x"),)),
                               with_head(recipients=(Said("Phòng LĐTBXH thị xã", "x"),))),
    "number-used-twice": (replace(PAPER, numbers={"236/BC-UBND": "bao-cao-khac.docx"}),
                          replace(PAPER, numbers={"237/BC-UBND": "bao-cao-khac.docx"})),
    "leading-zero": (with_head(date_words="ngày 5 tháng 3 năm 2024"), with_head(date_words="ngày 05 tháng 3 năm 2024")),
    "date-missing": (with_head(date=None), PAPER),
    "date-partial": (with_head(date=Said(PartialDate(2024, 12), "x")), PAPER),
    "child-before-parent": (replace(PAPER, cited=(PLAN, replace(OWN, date=PartialDate(2024, 2, 2)))),
                            replace(PAPER, cited=(PLAN, replace(OWN, date=PartialDate(2024, 2, 2),
                                                                title="Tháng hành động vì bình đẳng giới năm 2024")))),
    "basis-on-rest-day": (replace(PAPER, cited=(replace(PLAN, date=PartialDate(2024, 4, 13)),)),
                          replace(PAPER, cited=(replace(PLAN, issuer="Quốc hội", date=PartialDate(2024, 4, 13)),))),
    "closed-early": (with_head(date=Said(PartialDate(2024, 10, 31), "trang 1, dòng 3")), PAPER),
    "basis-incomplete": (replace(PAPER, cited=(replace(PLAN, date=PartialDate()),)), PAPER),
    "parent-not-cited": (replace(PAPER, cited=(OWN,)), PAPER),
    "issuer-differs": (replace(PAPER, issuers=(*PAPER.issuers, Said("Phòng Văn hóa - Xã hội phường Mẫu", "x"))),
                       replace(PAPER, issuers=(*PAPER.issuers, Said("Ủy ban nhân dân phường", "x")))),
    "symbol-differs": (with_head(symbol=Said("BC-PVHXH", "x")), PAPER),
    "type-unlike-symbol": (with_head(symbol=Said("KH-UBND", "x")), PAPER),
    "name-misspelt": (replace(PAPER, misspelt=(("Phong Thỏ", "Phong Thổ", "x"),)), PAPER),
    "title-differs": (replace(PAPER, closing_title=Said("công tác bình đẳng giới và sự tiến bộ của phụ nữ", "x")),
                      replace(PAPER, closing_title=Said("công tác bình đẳng giới", "x"))),
    "programme-differs": (saying(STRATEGY + "2025", STRATEGY + "2030", STRATEGY + "2030"),
                          saying(STRATEGY + "2030", STRATEGY.replace("2021", "2031") + "2040")),
    "annex-differs": (replace(PAPER, annexed=(replace(ANNEX, symbol="BC-BVSTBPN"),)), replace(PAPER, annexed=(ANNEX,))),
    "unit-unknown": (replace(PAPER, unit=Unit("Phường Mẫu", "commune", day=date(2025, 8, 5), instead="Phường Mẫu")),
                     PAPER),
    "unit-type-wrong": (with_head(date=Said(PartialDate(2025, 12, 16), "x"),
                                  recipients=(Said("UBND huyện Mẫu", "x"), Said("UBND thị xã", "x"))), PAPER),
    "period-differs": (replace(PAPER, asked=Asked(first=date(2022, 12, 15), last=date(2023, 12, 14))),
                       replace(PAPER, asked=Asked(first=date(2023, 12, 15), last=date(2024, 12, 14)))),
    "closing-year": (saying("Trên đây là báo cáo của Ban Vì sự tiến bộ của phụ nữ phường năm 2025./."),
                     saying("Trên đây là báo cáo kết quả năm 2024, phương hướng năm 2025 của UBND phường./.")),
    "year-in-month": (saying("Năm 2024 tổng số lao động được đào tạo là 1.260 người.", counts=True,
                             period=MONTH.period),
                      saying("Năm 2024 tổng số lao động được đào tạo là 1.260 người.", counts=True)),
    "plan-without-deadline": (replace(PAPER, plan_says={"deadline": False}),
                              replace(PAPER, plan_says={"deadline": True})),
    "plan-without-assignee": (replace(PAPER, plan_says={"assignee": False}), PAPER),
    "plan-without-targets": (replace(PAPER, plan_says={"targets": False}), PAPER),
    "plan-without-budget": (replace(PAPER, plan_says={"budget": False}), PAPER),
    "bad-value": (filled("year", figures={"10101": "mười"}), filled("year", figures={"10101": "10"})),
    "required-missing": (filled("action-month", rows=[row("Tập huấn", v2="1")], nil=NIL),
                         filled("action-month", rows=[FULL], nil=NIL)),
    "table-blank": (filled("action-month", nil=NIL), filled("action-month", nil=[1, 2, 3])),
    "nil-contradicted": (filled("action-month", rows=[FULL], nil=[1, 2, 3]), filled("action-month", nil=[1, 2, 3])),
    "rows-differ": (filled("action-month", rows=[FULL], nil=NIL, figures={"10201": "3"}),
                    filled("action-month", rows=[FULL], nil=NIL, figures={"10201": "1"})),
    "row-unmapped": (filled("action-month", rows=[row("Khác", 0, v1="1", v2="9", v3="9")], nil=NIL),
                     filled("action-month", rows=[FULL], nil=NIL)),
    "text-missing": (replace(filled("year"), filled=of_form(form("year"), {"form": "year/1", "texts": {}}).filled),
                     filled("year")),
    "part-over-whole": (share("41", "40"), share("40", "40")),
    "split-differs": (replace(PAPER, splits=(Split(AT, (n("3204"), n("3083")), n("6290")),)),
                      replace(PAPER, splits=(Split(AT, (n("5140"), n("4824")), n("9964")),))),
    "unsplit-is-total": (replace(PAPER, splits=(Split(AT, (n("10"), n("20")), n("30"), unsplit=True),)),
                         replace(PAPER, splits=(Split(AT, (n("10"), n("20")), n("5"), unsplit=True),))),
    "percent-wrong": (share("3576", "7388", "50.9"), share("678", "1527", ">44")),
    "percent-truncated": (share("584", "2302", "25.36"), share("584", "2302", "25.37")),
    "percent-without-fraction": (replace(PAPER, shares=(Share(AT, None, None, n("99.9")),)),
                                 share("999", "1000", "99.9")),
    "change-unchecked": (replace(PAPER, changes=(Change(AT, n("2.43")),)),
                         replace(PAPER, changes=(Change(AT, n("2"), n("27").amount, n("25").amount),))),
    "change-relative": (replace(PAPER, changes=(Change(AT, n("8"), n("27").amount, n("25").amount),)),
                        replace(PAPER, changes=(Change(AT, n("2"), n("27").amount, n("25").amount),))),
    "change-wrong": (replace(PAPER, changes=(Change(AT, n("5"), n("27").amount, n("25").amount),)),
                     replace(PAPER, changes=(Change(AT, n("8"), n("27").amount, n("25").amount),))),
    "people-per-event": (people(events=n("25"), people=n("107"), low=5, high=2000),
                         people(events=n("25"), people=n("125"), low=5, high=2000)),
    "split-blank": (people(given=n("39"), parts=(None, None)), people(given=n("0"), parts=(None, None))),
    "not-exact": (replace(PAPER, amounts=(Amount(AT, n(">540")),)), replace(PAPER, amounts=(Amount(AT, n("540")),))),
    "same-activity-twice": (groups("nhóm phòng, chống bạo lực gia đình", "Nhóm phòng chống bạo lực gia đình"),
                            groups("nhóm phòng, chống bạo lực gia đình", "câu lạc bộ nữ công")),
    "people-not-split": (people(events=n("9"), people=n("90"), told_in_text=True, parts=(None, None)),
                         people(events=n("9"), people=n("90"), told_in_text=True, parts=(None, n("60")))),
    "table-broken": (replace(PAPER, grids=(Grid(2, "Mẫu", (), (), (), False, "x", "bảng bị tách"),)), PAPER),
    "cell-misused": (grid(("STT", "Thời lượng"), ("1", "trên nhóm zalo")),
                     grid(("STT", "Thời lượng"), ("1", "10 phút"))),
    "count-is-rhythm": (grid(("STT", "Số lượng"), ("1", "1 buổi/tuần")), grid(("STT", "Số lượng"), ("1", "12 buổi"))),
    "total-row-differs": (grid(("STT", "Nội dung", "Nam"), ("1", "Tọa đàm", "30"), ("2", "Mít tinh", "45"),
                               ("", "Tổng cộng", "70")),
                          grid(("STT", "Nội dung", "Nam"), ("1", "Tọa đàm", "trên 30"), ("2", "Mít tinh", "45"),
                               ("", "Tổng cộng", "78"))),
    "nil-against-text": (grid((), nil=True, text=saying("Đã treo băng rôn tại trụ sở.").text),
                         grid((), nil=True, text=saying("Sẽ treo băng rôn.", section="V. PHƯƠNG HƯỚNG").text)),
    "told-not-in-table": (grid(("Hoạt động",), ("Tọa đàm",), text=saying("Tổ chức Lễ phát động tại xã.").text),
                          grid(("Hoạt động",), ("Lễ phát động",), text=saying("Tổ chức Lễ phát động tại xã.").text)),
    "decimal-marks": (saying("đạt 99.5%, tiêm phòng đạt 99,9%"), saying("đạt 99,5% của 1.260 người, mục 1.2")),
    "grouping-marks": (
        saying("Nữ đảng viên 1072/3459, THCS 3.576/7.388"),
        saying("Nữ đảng viên 1.072/3.459, Kế hoạch số 1018/KH-UBND năm 2024, 900 người, 3.576 em"),
    ),
    "text-cut-off": (with_head(signer=None, recipients=(), ends_with="phòng ngừa bạo lực trên cơ sở"),
                     with_head(signer=None, recipients=(), ends_with="trân trọng báo cáo./.")),
    "scope-of-another-level": (saying("Tuyên truyền trên địa bàn quận; vận động nhân dân."),
                               saying("Thực hiện kế hoạch của UBND quận trên địa bàn quận.")),
    "rhythm-differs": (saying("05 chuyên mục/năm (ngày chủ nhật tuần thứ 2 của tháng)"),
                       saying("12 chuyên mục/năm (chủ nhật của tháng)")),
    "term-misspelt": (saying("Tổ chức toa đàm tu vấn, treo băng zôn; MTTO phường tham gia."),
                      saying("Tổ chức toạ đàm tư vấn, kĩ năng sống; Tuyến truyền dẫn; MTTQ phường tham gia.")),
    "programme-misnamed": (saying(f"{MONTH_OF} và phòng, chống bạo lực trên cơ sở giới năm 2024"),
                           saying(f"{MONTH_OF} và phòng ngừa, ứng phó với bạo lực trên cơ sở giới năm 2024")),
    "surname-unusual": (with_head(signer=Said("Nguyên Thị Mẫu", "x")), with_head(signer=Said("Hờ A Mẫu", "x"))),
    "numbering-broken": (saying("1. Một.", "a) Một.", "b) Hai.", "c) Ba.", "- Bốn.", "- Năm.", "2. Hai."),
                         saying("1. Một.", "a) Một.", "b) Hai.", "c) Ba gồm:", "- Bốn.", "- Năm.", "2. Hai.")),
    "outlook-same-year": (saying("PHƯƠNG HƯỚNG, NHIỆM VỤ CUỐI NĂM 2024:"), saying("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025")),
    "target-without-figure": (saying("- Tỷ lệ lao động nữ dưới 45 tuổi được đào tạo nghề."),
                              saying("- Tỷ lệ lao động nữ dưới 45 tuổi được đào tạo nghề đạt 40%.")),
    "average-differs": (meetings("mỗi lần họp mời từ 25 người trở lên, tổ chức được 17 cuộc có 420 người dự"),
                        meetings("mỗi lần họp mời từ 20 người trở lên, tổ chức được 17 cuộc có 420 người dự")),
    "date-impossible": (saying("Gửi trước ngày 31/11/2024."), saying("Gửi trước ngày 30/11/2024, mục 1.31, 31/35 hộ.")),
    "number-too-high": (with_head(number=Said("2315", "x"), date=Said(PartialDate(2025, 1, 5), "x")),
                        with_head(number=Said("315", "x"), date=Said(PartialDate(2025, 1, 5), "x"))),
    "data-of-other-days": (saying("Số liệu (từ 01/7/2024 đến 30/11/2024)"),
                           saying("Số liệu (từ 15/12/2023 đến 30/11/2024)", "Họp từ 15/10/2024 đến 15/11/2024")),
    "row-parts-differ": (grid(("TT", "Số người|Tổng", "Số người|Nam", "Số người|Nữ"), ("1", "41", "26", "14")),
                         grid(("TT", "Số vụ", "Nạn nhân|Nam", "Nạn nhân|Nữ"), ("1", "41", "26", "14"))),
    "rate-row-differs": (grid(("TT", *RATES), *RATED, ("4", "40", "60", "66,1")),
                         grid(("TT", *RATES), *RATED, ("4", "40", "60", "66,6"))),
    "text-unlike-table": (replace(grid(("TT", "Chỉ tiêu", "Thực hiện"), ("1", "Hội viên mới phát triển (chị)", "46")),
                                  counts=(Counted(AT, "phát triển mới", "hội viên", n("64")),)),
                          replace(grid(("TT", "Chỉ tiêu", "Thực hiện"), ("1", "Hội viên mới phát triển (chị)", "46")),
                                  counts=(Counted(AT, "phát triển mới", "hội viên", n("45")),))),
    "list-count-differs": (saying("Ban gồm 03 thành viên:", "1.", "Ông Lê Văn Mẫu;", "2. Bà Lò Thị Mẫu.", "Điều 2."),
                           saying("Ban gồm 03 thành viên:", "1. Ông Lê Văn Mẫu;", "2. Các trưởng phòng.", "Điều 2.")),
    "tracked-changes": (replace(PAPER, tracked=(1, 1, "«04» → «05»")), PAPER),
    "coverage-gap": (replace(PAPER, below=Below(92, 96, ("Xã A",))), replace(PAPER, below=Below(96, 96))),
    "source-closed-early": (replace(PAPER, below=Below(1, 1, early=(("Xã A", "10/12/2024", "15/12/2024"),))), PAPER),
} | ROWS  # fmt: skip


def codes(paper: Paper) -> set[str]:
    """What is found in it."""
    return {one.code for one in of_paper(paper)}


def found(paper: Paper, code: str) -> Finding:
    """The one finding of this code."""
    [one] = [one for one in of_paper(paper) if one.code == code]
    return one


def test_every_rule_has_its_example() -> None:
    assert (CASES | SAID).keys() == RULES.keys() and not CASES.keys() & SAID.keys()
    assert all(one.title and one.title_en and one.basis and one.example for one in RULES.values())


@pytest.mark.parametrize("code", CASES | SAID)
def test_what_is_wrong_is_found_and_what_is_right_is_not_accused(code: str) -> None:
    wrong, right = (CASES | SAID)[code]
    assert code in codes(wrong)
    assert code not in codes(right)
    assert all(one.message and one.message_en for one in of_paper(wrong))


def test_nothing_is_said_of_a_report_in_which_all_is_right() -> None:
    assert of_paper(PAPER) == []


def test_what_is_not_known_accuses_nobody() -> None:
    assert of_paper(Paper()) == []
    assert of_paper(Paper(kind="plan", type_word="Kế hoạch")) == []


def test_every_file_with_a_rule_is_named_under_one_subject() -> None:
    """One that nobody names is never imported, and its rules would be silent."""
    house = Path(documents.checks.__file__).parent
    files = [one for one in house.rglob("*.py") if "\n@rule(" in one.read_text(encoding="utf-8")]
    named = [Path(str(one.__file__)) for many in SUBJECTS.values() for one in many]
    assert sorted(named) == sorted(files) and len(files) > 40


def test_both_values_and_both_places_are_told() -> None:
    one = found(CASES["child-before-parent"][0], "child-before-parent")
    assert one.values == ("02/02/2024", "11/04/2024") and one.other_place == "trang 1, dòng 5"
    assert "69 ngày" in one.message and "69 days" in one.message_en
    early = found(CASES["closed-early"][0], "closed-early")
    assert early.values == ("31/10/2024", "14/12/2024")
    assert (early.place, early.other_place) == ("trang 1, dòng 3", "trang 1, dòng 4")


def test_the_worst_stands_first_and_the_same_is_told_once() -> None:
    paper = replace(with_head(number=None, with_tm=False), shares=share("41", "40").shares * 2)
    assert [one.severity.value for one in of_paper(paper)] == ["refuse", "explain", "note"]


def test_a_number_used_by_two_sources_of_a_total_is_refused() -> None:
    paper = replace(PAPER, below=Below(2, 2, twice=(("Xã A", "Xã B", "12/BC-UBND"),)))
    assert found(paper, "number-used-twice").severity.value == "refuse"
    early = replace(PAPER, below=Below(1, 1, before=(("Xã A", "01/10/2024", "05/10/2024"),)))
    assert "Xã A" in found(early, "child-before-parent").message


def test_rows_that_wait_in_a_total_are_refused_by_their_own_names() -> None:
    waiting = replace(
        filled("action-month", nil=[1, 2, 3]), below=Below(1, 1, waiting=(("Xã A", "Loa", 2, "rows.7.1"),))
    )
    one = found(waiting, "row-unmapped")
    assert (one.severity.value, one.place) == ("refuse", "rows.7.1") and one.message.startswith("Xã A: dòng «Loa»")


def test_a_draft_s_words_are_read_too() -> None:
    content = {
        "form": "action-month/1",
        "texts": {"direction": f"{STRATEGY}2025. {STRATEGY}2030. {STRATEGY}2030", "results": "Đã treo băng rôn."},
        "nil": [1, 2, 3],
    }
    told = {(one.code, one.place) for one in check(form("action-month", 1), content)}
    assert told == {("programme-differs", "texts.direction"), ("nil-against-text", "tables.3")}


def test_a_total_that_the_text_repeats_is_told_there_too() -> None:
    table = grid(("STT", "Nội dung", "Kinh phí (triệu đồng)"), ("1", "Mái", "1.310"), ("2", "Nền", "240"),
                 ("", "Tổng cộng", "1.560"))  # fmt: skip
    paper = replace(table, text=saying("Tổng kinh phí 1.560.000.000 đồng, xã góp 1.560 công.").text)
    told = [(one.place, one.values) for one in of_paper(paper) if one.code == "total-row-differs"]
    assert told == [
        ("bảng 1, ô 4,3", ("1.560", "1.550")),
        ("trang 2, dòng 1", ("1.560.000.000", "1.550.000.000")),
    ]


def test_a_mass_organisation_is_told_only_of_a_year_closed_weeks_before() -> None:
    body = replace(PAPER, issuers=(Said("Hội LHPN phường Mẫu", "x"),))
    early, late = (replace(with_head(date=Said(PartialDate(2024, month, 20), "x")), issuers=body.issuers,
                           period=period) for month, period in ((10, PAPER.period), (10, MONTH.period)))  # fmt: skip
    assert "closed-early" in codes(early) and "closed-early" not in codes(late)


def test_whom_it_is_addressed_to_receives_it() -> None:
    alike = with_head(recipients=(Said("Như trên", "x"),), addressees=("Ủy ban nhân dân thị xã Mẫu",))
    assert codes(alike) == set()


@pytest.mark.parametrize(("code", "paper"), more())
def test_each_way_of_saying_it_twice_is_found(code: str, paper: Paper) -> None:
    assert code in codes(paper)


@pytest.mark.parametrize("paper", all_right())
def test_what_only_looks_wrong_is_not_accused(paper: Paper) -> None:
    assert codes(paper) & SAID.keys() == set()


def test_a_text_whose_own_parts_make_the_total_is_right_beside_a_wrong_row() -> None:
    table = grid(
        ("STT", "Xã", "Trẻ em"), ("1", "Xã Một", "21.510"), ("2", "Xã Hai", "19.776"), ("", "Tổng cộng", "41.266")
    )
    paper = replace(table, text=saying("Có 41.266 trẻ em, trong đó nam 21.500 em, nữ 19.766 em.").text)
    assert [one.place for one in of_paper(paper) if one.code == "total-row-differs"] == ["bảng 1, ô 4,3"]
