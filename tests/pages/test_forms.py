"""Biểu mẫu: forms and their versions, one as people know it."""

from __future__ import annotations

import pytest

from api.pages.office import forms_shown, forms_told
from documents.forms import form, load_forms
from tests.http_world import Api
from tests.pages.page_reader import Reader, words
from tests.world import PROVINCE, WARDS


def test_forms_are_listed_with_their_versions(api: Api) -> None:
    page = Reader(api, WARDS[0], "drafter").page("/bieu-mau")
    for one in load_forms().values():
        assert f'href="/bieu-mau/{one.key}"' in page


def test_a_form_is_shown_with_merged_heads_and_how_it_adds_up(api: Api) -> None:
    page = Reader(api, WARDS[0], "drafter").page("/bieu-mau/action-month/2")
    said = words(page)
    assert '<th scope="colgroup" colspan="2">Số người tham gia</th>' in page
    assert "«Chưa tách nam, nữ» chỉ ghi số chưa tách" in said and "phải giải trình" in said
    assert "Khác bản 1" in said and "Biểu: Kinh phí tổ chức" in said
    yearly = words(Reader(api, WARDS[0], "drafter").page("/bieu-mau/year/1"))
    assert "giữ tại đơn vị" in yearly and "lấy tại thời điểm" in yearly and "tính lại từ tử số, mẫu số" in yearly


def test_a_form_names_the_plans_that_use_it(api: Api) -> None:
    plan = api.as_(PROVINCE, "drafter").post("/plans", {
        "title": "Kế hoạch dùng biểu (mẫu)", "addressees": [{"unit_id": api.world.unit(PROVINCE)}],
        "requirements": [{"title": "Báo cáo (mẫu)", "form": "half-year", "form_version": 1, "legal_basis": "Mẫu",
                          "window": {"kind": "half", "year": 2026, "index": 1},
                          "levels": [{"level": "commune", "due_on": "2026-12-18"}]}],
    })["document_id"]  # fmt: skip
    assert f"/van-ban/{plan}" in Reader(api, PROVINCE, "leader").page("/bieu-mau/half-year/1")
    assert f"/van-ban/{plan}" not in Reader(api, WARDS[0], "leader").page("/bieu-mau/half-year/1")


def test_no_such_form_is_told(api: Api) -> None:
    reader = Reader(api, WARDS[0], "drafter")
    answer = reader.get("/bieu-mau/year/99")
    assert answer.status_code == 404 and "Không có biểu mẫu year/99" in answer.text


@pytest.mark.parametrize("key", sorted(f"{code}/{version}" for code, version in load_forms()))
def test_each_head_is_as_wide_as_its_table(key: str) -> None:
    for grid in forms_shown.grids(form(key)):
        assert sum(head.wide for head in grid.heads[0]) == len(grid.table.columns)
        assert all(len(row.cells) == len(grid.table.columns) for row in grid.rows)
    assert all(words and severity in ("refuse", "explain", "note")
               for _, words, severity in forms_told.rules(form(key), str))  # fmt: skip
