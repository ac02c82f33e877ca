"""Bảng tổng hợp: who brought what and who nothing, in whose hands the buttons are, previews and files."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest

from tests.http_world import Api, report_text, send_report
from tests.pages.total_readers import DISTRICT, EVENTS, FIRST, SECOND, WOMEN, District, Reader, line_of, words
from tests.world import PROVINCE


@pytest.fixture
def district(api: Api) -> District:
    return District(api)


def test_what_is_missing_is_named_with_why_and_is_never_a_zero(district: District) -> None:
    district.run()
    page = district.reader().get(district.table)
    assert line_of(page, FIRST).startswith(f"1 {FIRST}") and " 2 30 40 " in line_of(page, FIRST)
    missing = line_of(page, SECOND)
    assert "chưa gửi · còn" in missing and not re.search(r"\b0\b", missing.partition("·")[0])
    assert "1 /2 xã, phường" in words(page) and f"{SECOND} (chưa gửi)" in words(page)
    foot = words(page[page.index("<tfoot>") :])
    assert foot.startswith("Tổng cộng … … … 2 30 40 …")


def test_a_late_unit_is_loud_and_says_how_long(district: District) -> None:
    world = district.api.world
    before = world.now
    try:
        world.at("2026-12-24")
        missing = district.reader().get(district.table)
        assert "chưa gửi · trễ 4 ngày" in line_of(missing, SECOND)
        assert 'class="hatch"' in missing
    finally:
        world.now = before


def test_before_the_first_run_the_table_says_where_everybody_stands(district: District) -> None:
    page = district.reader().get(district.table)
    assert "Chưa tổng hợp lần nào" in words(page) and "đã gửi, chờ tổng hợp" in line_of(page, FIRST)
    assert "<tfoot>" not in page and ".xlsx" not in page


def test_headings_are_merged_as_the_form_has_them(district: District) -> None:
    page = district.reader().get(district.table)
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert 'scope="colgroup" colspan="3"' in head and 'scope="colgroup" colspan="2"' in head
    assert 'scope="col" rowspan="3" class="who"' in head and "Số người tham gia" in head
    one = district.reader().get(f"{district.table}?nhom=2")
    assert one.count('colspan="3"') == 3, "one heading, and two lines that say why there are no figures"


def test_the_button_takes_up_and_says_how_much_and_who_is_missing(district: District) -> None:
    answer = district.run()
    assert answer.headers["location"].startswith(f"{district.table}?don-vi=")
    noted = district.api.rows("SELECT done FROM flow_note WHERE subject = %s", str(district.plan))[-1]["done"]
    assert (noted["reports"], noted["totals"]) == (1, 1)
    told = district.api.rows("SELECT words, outcome FROM running WHERE plan_id = %s AND flow = 'consolidate'",
                             district.plan)[-1]  # fmt: skip
    assert told["outcome"] == "done" and "1 báo cáo" in told["words"]
    again = district.run()
    assert again.status_code == 303, "pressed again it finds nothing new"
    assert district.api.rows("SELECT count(*) FROM revision WHERE document_id = %s", district.total)[0]["count"] == 1


@pytest.mark.parametrize("seat", ["drafter", "clerk"])
def test_whose_seat_may_not_run_sees_no_button_and_is_refused(district: District, seat: str) -> None:
    assert "Tổng hợp ngay" not in district.reader(seat).read(district.table)
    district.run(seat, status=403)
    assert "Tổng hợp ngay" in district.reader("leader").read(district.table)


def test_a_ward_has_no_total_and_another_district_is_not_found(district: District) -> None:
    ward = Reader(district.api, FIRST, "drafter")
    assert "không có bảng tổng hợp" in ward.read(district.table)
    assert "Chưa có bảng tổng hợp nào" in ward.read("/tong-hop")
    other = Reader(district.api, "Huyện Bình Mẫu", "supervisor")
    other.get(f"{district.table}?don-vi={district.reader().unit}", 404)
    other.post(district.table, 404, don_vi=district.reader().unit)
    other.get(f"/van-ban/{district.total}/o/{EVENTS}", 404)


def test_the_preview_adds_all_levels_marks_what_is_unsigned_and_changes_nothing(district: District) -> None:
    steps = district.api.rows("SELECT count(*) FROM step")
    province = Reader(district.api, PROVINCE, "supervisor")
    page = province.get(f"{district.table}?xem=truoc")
    line = line_of(page, DISTRICT)
    assert " 2 30 40 " in line and "chưa ký" in line
    assert "từ 1/4 đơn vị cơ sở đã gửi" in words(page)
    assert f"don-vi={district.reader().unit}" in page, "an unsigned figure leads one level down"
    below = district.reader().get(f"{district.table}?xem=truoc")
    assert f'<a href="/van-ban/{district.first}/o/{WOMEN}">40</a>' in below
    assert district.api.rows("SELECT count(*) FROM step") == steps
    assert not district.api.rows("SELECT 1 FROM revision WHERE document_id = %s", district.total)


def test_bounds_stay_bounds_in_the_sum(district: District) -> None:
    text = report_text(1, 3)
    text["rows"][0]["values"]["3"] = ">540"
    send_report(district.api, district.second, SECOND, text)
    district.run()
    page = district.reader().get(district.table)
    assert "trên 540" in line_of(page, SECOND) and "trên 580" in words(page[page.index("<tfoot>") :])


def test_an_earlier_content_is_shown_as_it_was(district: District) -> None:
    district.run()
    first = district.api.rows("SELECT max(id) AS id FROM revision WHERE document_id = %s", district.total)[0]["id"]
    send_report(district.api, district.second, SECOND, report_text(5, 6, 7))
    district.run()
    now = district.reader().get(district.table)
    then = district.reader().get(f"{district.table}?ban={first}")
    assert " 5 6 7 " in line_of(now, SECOND) and "không có trong bản này" in line_of(then, SECOND)
    assert f"&amp;ban={first}" in then and "Bạn đang xem bản 1" in words(then)
    district.reader().get(f"{district.table}?ban=987654321", 404)


def test_a_late_report_goes_into_a_numbered_supplement(district: District) -> None:
    district.run()
    district.send_total()
    send_report(district.api, district.second, SECOND, report_text(5, 6, 7))
    page = district.reader().read(district.table)
    assert "1 báo cáo gửi sau khi bản tổng hợp đã ký" in page and "Tổng hợp phần gửi muộn" in page
    district.run()
    made = district.api.rows("SELECT id, state FROM document WHERE plan_id = %s AND supplement = 1", district.plan)
    assert [one["state"] for one in made] == ["draft"] and district.state(district.second) == "consolidated"


def test_rows_in_a_wards_own_words_are_placed_by_whoever_writes_the_total(district: District) -> None:
    text = report_text()
    text["rows"] = [{"table": 1, "row": 0, "label": "Chiếu phim lưu động", "values": {"1": "4", "2": "10", "3": "20"}}]
    send_report(district.api, district.second, SECOND, text)
    district.run()
    tab = f"{district.table}?bieu=dong"
    assert "Dòng chưa xếp nhóm" in district.reader().read(district.table)
    page = district.reader().get(tab)
    assert "Chiếu phim lưu động" in page and 'name="nhom" required' not in page
    where = {"don_vi": district.reader().unit, "bang": 1, "dong": "Chiếu phim lưu động", "nhom": 2}
    district.reader().post(f"{district.table}/xep-nhom", 403, **where)
    assert 'name="nhom" required' in district.reader("drafter").get(tab)
    district.api.world.later(minutes=1)
    district.reader("drafter").post(f"{district.table}/xep-nhom", **where)
    district.api.world.later(minutes=1)
    district.run()
    page = district.reader().get(district.table)
    assert words(page[page.index("<tfoot>") :]).startswith("Tổng cộng … … … 6 40 60")
    part = district.reader().read(f"/van-ban/{district.total}/o/{EVENTS}?don-vi={district.api.world.unit(SECOND)}")
    assert "= 4" in part and "Chiếu phim lưu động" in part


def test_what_the_wards_wrote_is_gathered_under_their_names(district: District) -> None:
    text = report_text()
    text["texts"] = {**text["texts"], "difficulties": "Thiếu kinh phí <b>lớn</b>."}
    send_report(district.api, district.second, SECOND, text)
    district.run()
    page = district.reader().get(f"{district.table}?bieu=loi")
    assert "Thiếu kinh phí &lt;b&gt;lớn&lt;/b&gt;." in page and f'<a href="/van-ban/{district.second}">' in page


def test_files_hold_what_is_shown(district: District) -> None:
    district.run()
    reader = district.reader()
    answer = reader.voice.say("GET", f"{district.table}.xlsx", headers={"Accept": "text/html"})
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    assert "xl/workbook.xml" in ZipFile(io.BytesIO(answer.content)).namelist()
    csv = reader.voice.say("GET", f"{district.table}.csv?xem=truoc", headers={"Accept": "text/html"}).content.decode()
    assert f"{SECOND};whole" in csv and ";chưa gửi" in csv and "10202" in csv


def test_the_list_tells_coverage_by_plan_and_level(district: District) -> None:
    district.run()
    province = Reader(district.api, PROVINCE, "supervisor").read("/tong-hop")
    assert "Cấp huyện 0/2 bản tổng hợp đã gửi" in province and "1/2 đơn vị cơ sở" in province
    nothing = district.reader().read("/tong-hop?tim=khong co")
    assert "Không có bản tổng hợp nào như vậy" in nothing and "Bỏ bộ lọc" in nothing
    mine = district.reader().read("/tong-hop?tim=an mau")
    assert DISTRICT in mine and "Huyện Bình Mẫu" not in mine
