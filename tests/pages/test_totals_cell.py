"""Ô số liệu: a figure is followed down to the ward's row, asked about, and never leads where one may not look."""

from __future__ import annotations

import re

import pytest

from tests.http_world import Api, report_text, send_report
from tests.pages.total_readers import DISTRICT, EVENTS, FIRST, SECOND, WOMEN, District, Reader, words
from tests.world import PROVINCE


@pytest.fixture
def district(api: Api) -> District:
    made = District(api)
    send_report(api, made.second, SECOND, report_text(5, 6, 7))
    made.run()
    return made


def test_a_total_is_told_as_the_sum_of_its_parts(district: District) -> None:
    page = district.reader().get(f"/van-ban/{district.total}/o/{WOMEN}")
    assert f"{DISTRICT} · Nữ = 47" in words(page) and "Cộng từ 2 phần = 47" in words(page)
    assert "chưa ai ký số này" in words(page)
    for unit, figure in ((FIRST, 40), (SECOND, 7)):
        where = f"/van-ban/{district.total}/o/{WOMEN}?don-vi={district.api.world.unit(unit)}"
        assert where in page
        part = district.reader().read(where)
        assert f"{unit} · Nữ = {figure}" in part and "Phó Chủ tịch Hoa" in part and "dòng 1: Tọa đàm" in part


def test_the_drill_goes_on_from_the_top_to_the_row(district: District) -> None:
    district.send_total()
    top = Reader(district.api, PROVINCE, "supervisor")
    top.post(district.table, don_vi=top.unit)
    province = district.api.rows("SELECT parent_id FROM document WHERE id = %s", district.total)[0]["parent_id"]
    page = top.get(f"/van-ban/{province}/o/{WOMEN}?don-vi={district.reader().unit}")
    assert "Cộng từ 2 phần = 47" in words(page) and f'href="/van-ban/{province}/o/{WOMEN}">{PROVINCE}</a>' in page
    assert f"/van-ban/{district.total}/o/{WOMEN}?don-vi={district.api.world.unit(FIRST)}" in page


def test_a_part_for_the_panel_is_no_whole_page(district: District) -> None:
    part = district.reader().get(f"/van-ban/{district.total}/o/{WOMEN}", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div class="trace">') and "data-shut" in part and "<html" not in part


def test_what_nobody_reported_is_not_found_and_no_zero(district: District) -> None:
    assert "không có số liệu" in district.reader().read(f"/van-ban/{district.total}/o/10501", 404)
    district.reader().get(f"/van-ban/{district.total}/o/{EVENTS}?don-vi=1", 404)
    district.reader().get(f"/van-ban/{district.total}/o/{EVENTS}?ban=987654321", 404)


def test_a_question_is_tied_to_the_figure_and_said_once(district: District) -> None:
    reader = district.reader()
    where = f"/van-ban/{district.first}/o/{WOMEN}"
    fields = {"cho": "rows.1.values.3", "loi": "Số nữ có nhầm không?", "khoa": f"k{where}", "ve": district.table}
    assert 'value="rows.1.values.3"' in reader.get(where)
    assert reader.post(f"{where}/hoi", **fields).headers["location"] == district.table
    reader.post(f"{where}/hoi", **fields)
    said = district.api.rows("SELECT kind, place, words FROM note WHERE document_id = %s", district.first)
    assert [tuple(one.values()) for one in said] == [("question", "rows.1.values.3", "Số nữ có nhầm không?")]
    reader.post(f"{where}/hoi", 422, cho="javascript:1", loi="x")
    outside = reader.post(f"{where}/hoi", cho="figures.10203", loi="Và đây?", ve="//xau.example")
    assert outside.headers["location"] == where


def test_who_may_only_look_is_not_offered_the_question(district: District) -> None:
    where = f"/van-ban/{district.first}/o/{WOMEN}"
    auditor = Reader(district.api, PROVINCE, "auditor")
    assert "Hỏi lại đơn vị" not in auditor.read(where) and "Hỏi lại đơn vị" in district.reader().read(where)
    auditor.post(f"{where}/hoi", 403, cho="figures.10203", loi="x")


def test_the_units_own_part_is_covered_by_the_signature_on_its_report(district: District) -> None:
    content = {**report_text(1, 11, 12), "nil": [2, 3]}
    send_report(district.api, district.total, DISTRICT, content)
    page = district.reader().get(district.table)
    assert f"{DISTRICT} (số liệu của chính đơn vị)" in words(page)
    own = re.findall(rf"/van-ban/{district.total}/o/{WOMEN}\?phan=\d+", page)
    told = district.reader().read(own[0])
    assert "· Nữ = 12" in told and "số của chính đơn vị" in told and "Phó Chủ tịch Hoa" in told
    assert "Cộng từ 3 phần = 59" in district.reader().read(f"/van-ban/{district.total}/o/{WOMEN}")
