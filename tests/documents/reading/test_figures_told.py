"""Figures as sentences of reports tell them: both sexes, so many of so many, shares, rises, goals, gifts."""

from __future__ import annotations

from documents.reading.events.told import Event, events
from documents.reading.figures.marking import Marked
from documents.reading.figures.money import money
from documents.reading.figures.numbers import numbers
from documents.reading.flow import Flow
from documents.reading.indicators.indicator import Indicator
from documents.reading.indicators.told import indicators
from documents.reading.model import Line, Read
from states.figures import Figure


def read(said: str) -> tuple[list[Read[Event]], list[Read[Indicator]]]:
    """The events and indicators of one paragraph."""
    marked = Marked(Flow([Line(said, 1, 1)]))
    happened, taken = events(marked)
    return happened, indicators(marked, taken)


def told(said: str) -> list[dict[str, str]]:
    """What each indicator has, by name."""
    return [_filled(one.value) for one in read(said)[1]]


def _filled(one: Indicator) -> dict[str, str]:
    values = {"part": one.numerator, "whole": one.denominator, "percent": one.percent, "other": one.other,
              "by": one.moved_by}  # fmt: skip
    said = {name: figure.canonical for name, figure in values.items() if isinstance(figure, Figure)}
    return said | ({"sex": one.sex} if one.sex else {}) | ({"moved": one.moved} if one.moved else {})


def test_men_and_women_of_a_total_in_any_order() -> None:
    wanted = [{"part": "41", "whole": "90", "other": "49", "sex": "female"}]
    for said in ("Có 90 cháu ra lớp (nam 49, nữ 41).", "Có 90 cháu ra lớp (41 nữ, 49 nam).",
                 "Giải quyết việc làm cho 90 lao động, gồm 49 nam và 41 nữ."):  # fmt: skip
        assert told(said) == wanted, said


def test_both_sexes_without_a_total_have_none_made_up() -> None:
    assert told("Nạn nhân được tư vấn: 16 nam, 07 nữ.") == [{"part": "7", "other": "16", "sex": "female"}]


def test_so_many_of_so_many_with_its_share() -> None:
    assert told("Trong 40 hộ nghèo có 12 hộ do phụ nữ làm chủ, chiếm 30%.")[0] == {
        "part": "12", "whole": "40", "percent": "30", "sex": "female"}  # fmt: skip


def test_so_many_over_all() -> None:
    assert told("Lao động nữ có việc làm mới là 134 người trên tổng số 251 người, chiếm tỷ lệ 53,4%.") == [
        {"part": "134", "whole": "251", "percent": "53.4", "sex": "female"}]  # fmt: skip


def test_what_is_counted_gives_the_name_where_nothing_stands_before() -> None:
    assert read("Có 26 học sinh bỏ học, trong đó có 14 em gái.")[1][0].value.name == "học sinh bỏ học"


def test_a_count_keeps_the_share_told_behind_it_and_an_age_is_no_figure() -> None:
    assert told("Toàn xã có 33 hộ nghèo, chiếm 2,81% tổng số hộ.") == [{"part": "33", "percent": "2.81"}]
    (one,) = told("Có 420/560 phụ nữ từ 18 tuổi trở lên tham gia sinh hoạt Hội, đạt 75%.")
    assert (one["part"], one["whole"], one["percent"]) == ("420", "560", "75")


def test_women_behind_a_share_of_all() -> None:
    (women, *_) = told("Có 6.150 trẻ em dưới 16 tuổi, chiếm 31% dân số; trong đó trẻ em nữ 2.900 em (47,2%).")
    assert women == {"part": "2900", "whole": "6150", "percent": "47.2", "sex": "female"}


def test_women_named_before_a_comma_are_no_part_of_the_next_number() -> None:
    found = told("Phục vụ 1.300 hội viên phụ nữ, trên 500 đoàn viên thanh niên.")
    assert [(one["part"], one.get("whole")) for one in found] == [("1300", None), (">500", None)]


def test_who_came_and_the_share_of_women_among_them() -> None:
    (event,), (share,) = read("Tổ chức 03 cuộc tuyên truyền, có 165 người dự (nữ: 98 người, tỷ lệ 59,4%).")
    assert event.value.participants and event.value.participants.canonical == "165"
    assert _filled(share.value) == {"part": "98", "whole": "165", "percent": "59.4", "sex": "female"}
    (event,), (goal,) = read("Mở 05 lớp tập huấn cho 150 học viên, trong đó nữ chiếm ít nhất 50%.")
    assert event.value.female is None
    assert _filled(goal.value) == {"whole": "150", "percent": ">=50", "sex": "female"}


def test_people_behind_a_slash_belong_to_the_event() -> None:
    (event,), _ = read("Tổ chức 02 lớp/85 lượt người (trong đó nữ 51, chiếm 60%) tập huấn nghiệp vụ.")
    assert [one.canonical for one in (event.value.count, event.value.participants, event.value.female) if one] == [
        "2", "85", "51"]  # fmt: skip


def test_behind_a_semicolon_other_people_are_meant() -> None:
    (event,), found = read("Tổ chức 04 buổi truyền thông; khám sàng lọc cho không dưới 250 phụ nữ.")
    assert event.value.participants is None
    assert [one.value.numerator and one.value.numerator.canonical for one in found] == [">=250"]
    (event,), _ = read("Tổ chức 04 buổi truyền thông; thu hút 320 người tham dự.")
    assert event.value.participants and event.value.participants.canonical == "320"


def test_men_and_women_behind_an_age_and_with_a_share() -> None:
    (one,) = told("Toàn xã có 900 trẻ em dưới 16 tuổi, trong đó nam 480 em, nữ 420 em (chiếm 46,7%).")
    assert one == {"part": "420", "whole": "900", "other": "480", "percent": "46.7", "sex": "female"}


def test_the_name_of_a_field_hides_no_women() -> None:
    assert told("1. Lĩnh vực chính trị: Nữ tham gia cấp ủy xã 3/12 đồng chí, đạt 25%.")[0]["sex"] == "female"


def test_a_fraction_in_brackets_is_of_the_share_before_it_and_a_day_or_hours_are_none() -> None:
    for said in ("100% thôn (07/07 thôn) treo khẩu hiệu.", "100% tổ dân phố (24/24) treo khẩu hiệu."):
        (one,) = read(said)[1]
        assert one.value.numerator == one.value.denominator and one.value.percent
        assert one.value.name.endswith("treo khẩu hiệu")
    assert told("Đường dây nóng trực 24/24.") == told("Tổ chức mít tinh (07/8).") == []
    (half,) = told("Có 45/50 thôn đã gửi báo cáo 6 tháng đầu năm, đạt 90%.")
    assert half["percent"] == "90"


def test_that_nothing_happened_is_a_zero_and_a_goal_is_none() -> None:
    assert told("Số vụ phải xử lý hình sự: Không.") == told("Không có trẻ em bị xâm hại.") == [{"part": "0"}]
    assert told("100% thôn không có trẻ em bị xâm hại.") == [{"percent": "100"}]


def test_items_of_a_list_keep_what_leads_it() -> None:
    names = [one.value.name for one in read("Mức thiếu hụt của hộ nghèo: việc làm 15 hộ; nhà ở 18 hộ.")[1]]
    assert names == ["Mức thiếu hụt của hộ nghèo: việc làm", "Mức thiếu hụt của hộ nghèo: nhà ở"]
    names = [one.value.name for one in read("Số trẻ mồ côi là 40 em, chiếm 2%; đã trợ giúp 35 em, đạt 87,5%.")[1]]
    assert names == ["trẻ mồ côi", "trẻ mồ côi đã trợ giúp"]
    names = [one.value.name for one in read("Hộ nghèo 40 hộ; hộ cận nghèo 35 hộ.")[1]]
    assert names == ["Hộ nghèo", "hộ cận nghèo"]


def test_households_come_and_times_a_week_and_what_is_shared_out_is_no_event() -> None:
    (event,), _ = read("Tổ chức 03 cuộc họp dân với trên 200 hộ tham dự.")
    assert event.value.participants and event.value.participants.canonical == ">200"
    (event,), _ = read("Phát thanh tối thiểu 02 lần/tuần.")
    assert event.value.count and (event.value.count.canonical, event.value.per) == (">=2", "tuần")
    (event,), _ = read("Tổ chức 08 buổi nói chuyện (mỗi thôn 01 buổi).")
    assert event.value.count and event.value.count.canonical == "8"


def test_a_rise_is_told_as_one_and_a_gift_is_none() -> None:
    assert told("Có 31 vụ bạo lực gia đình, giảm 12 vụ so với cùng kỳ.") == [{"part": "31", "by": "-12"}]
    assert told("Phấn đấu giảm ít nhất 12 vụ bạo lực gia đình.") == [{"part": ">=12", "moved": "giảm"}]
    (gift,) = read("Thăm, tặng 25 suất quà cho học sinh nghèo.")[1]
    assert _filled(gift.value) == {"part": "25"} and gift.value.name.startswith("Thăm, tặng")


def test_the_sex_ratio_at_birth() -> None:
    (event, found) = read("Tỷ số giới tính khi sinh 111,9 bé trai/100 bé gái.")
    assert event == [] and [(one.value.numerator and one.value.numerator.canonical) for one in found] == ["111.9"]


def test_a_unit_that_is_no_person_and_a_body_that_is_no_event() -> None:
    happened, found = read("Toàn xã có 07 chi hội, trên 500 đoàn viên.")
    assert happened == [] and all(one.value.sex == "" for one in found)


def test_a_range_is_its_lower_end_and_asked_about_and_years_and_ages_are_none() -> None:
    (one,) = numbers("phấn đấu từ 40 đến 45 hội viên")
    assert one.figure.canonical == ">=40" and one.doubt
    assert [one.raw for one in numbers("04 - 06 buổi")] == ["04 - 06"]
    assert [one.figure.canonical for one in numbers("khoảng 30 đến 35 người")] == ["~30"]
    for said in ("giai đoạn 2021 - 2025", "nữ từ 15 đến 49 tuổi", "từ 7 đến 9 giờ"):
        assert all(not one.doubt for one in numbers(said)), said


def test_an_amount_behind_a_month_is_no_label() -> None:
    (one,) = money(Marked(Flow([Line("đã thực hiện 6 tháng 48.500.000 đồng", 1, 1)])))
    assert one.value.amount.canonical == "48500000"
