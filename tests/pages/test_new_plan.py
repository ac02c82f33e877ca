"""Kế hoạch mới: a plan by form, from the tree of units to the draft, with everything typed kept on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from starlette.datastructures import FormData

from api.pages.plans import new_form as new_plan_form
from tests.http_world import Api
from tests.pages.page_reader import Form, Reader, words
from tests.world import PROVINCE, WARDS

PATH = "/ke-hoach/moi"
FILLED = {
    "title": "Kế hoạch Tháng hành động năm 2026 theo biểu (mẫu)", "legal_basis": "Kế hoạch số 100/KH-UBND (mẫu)",
    "yc1-title": "Báo cáo Tháng hành động (mẫu)", "yc1-form": "action-month/2", "yc1-year": "2026",
    "yc1-commune-due": "2026-12-18", "yc1-province-due": "2026-12-28",
}  # fmt: skip


@pytest.fixture
def reader(api: Api) -> Reader:
    return Reader(api, PROVINCE, "drafter")


def filled(reader: Reader, **more: Any) -> tuple[str, dict[str, Any]]:
    """The form as it first stands, with a plan written in it."""
    form = Form(reader.page(PATH), PATH)
    fields: dict[str, Any] = {}
    for name, value in form.fields:
        fields[name] = [*fields.get(name, []), value]
    return form.action, {**fields, **FILLED, **more}


def test_a_plan_is_read_over_and_drafted_once(api: Api, reader: Reader) -> None:
    action, fields = filled(reader, viec="xem-lai")
    review = reader.post(action, fields)
    said = words(review.text)
    assert review.status_code == 200 and "Lập dự thảo" in said and "4 xã, phường" in said and "18/12/2026" in said
    assert api.rows("SELECT 1 FROM document WHERE title = %s", FILLED["title"]) == []
    form = Form(review.text, PATH)
    kept: dict[str, Any] = {}
    for name, value in form.fields:
        kept[name] = [*kept.get(name, []), value]
    made = [reader.post(form.action, {**kept, "viec": "lap"}) for _ in range(2)]
    (plan,) = api.rows("SELECT id, state, unit_id FROM document WHERE title = %s", FILLED["title"])
    assert {one.headers["location"] for one in made} == {f"/soan/{plan['id']}"}
    levels = api.rows("SELECT l.level, l.due_at FROM requirement r JOIN requirement_level l ON l.requirement_id = r.id"
                      " WHERE r.plan_id = %s ORDER BY l.due_at", plan["id"])  # fmt: skip
    assert [(row["level"], row["due_at"].astimezone(api.world.now.tzinfo).date()) for row in levels] == [
        ("commune", date(2026, 12, 19)), ("province", date(2026, 12, 29))]  # fmt: skip
    steps = api.rows("SELECT action FROM step WHERE document_id = %s", plan["id"])
    assert [row["action"] for row in steps] == ["open"]


def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(reader: Reader) -> None:
    action, fields = filled(reader, viec="lap", **{"yc1-form": "", "yc1-commune-due": "", "yc1-province-due": ""})
    answer = reader.post(action, fields)
    said = words(answer.text)
    assert answer.status_code == 422
    assert "Yêu cầu 1, Biểu mẫu: Chưa chọn biểu mẫu." in said and "Chưa có thời hạn cho cấp nào." in said
    assert 'href="#yc1-form"' in answer.text and FILLED["title"] in answer.text
    assert FILLED["legal_basis"] in answer.text


def test_what_the_engine_refuses_is_told_in_the_pages_words(reader: Reader) -> None:
    late = {"yc1-commune-due": "2026-12-30", "yc1-periodic": "1"}
    action, fields = filled(reader, viec="xem-lai", **late)
    answer = reader.post(action, fields)
    assert answer.status_code == 422
    assert "hạn muộn hơn hạn của cấp tỉnh" in words(answer.text) and 'href="#yc1-commune-due"' in answer.text


def test_dates_say_what_they_mean(reader: Reader) -> None:
    more = {"yc1-commune-due": "2026-12-20", "yc1-province-due": "2026-12-18"}
    action, fields = filled(reader, viec="xem", **more)
    said = words(reader.post(action, fields).text)
    assert "Ngày nghỉ (cuối tuần); ngày làm việc tiếp theo là 21/12/2026" in said
    assert "Sau hạn của cấp tỉnh (18/12/2026)" in said and "3 ngày làm việc sau khi chốt số liệu" in said
    assert "Tháng 12/2026" in said and "Số liệu từ 15/11/2026 đến hết 15/12/2026 (31 ngày)" in said


def test_requirements_come_and_go_and_empty_deadlines_are_suggested(reader: Reader) -> None:
    action, fields = filled(reader, viec="them")
    two = reader.post(action, fields).text
    assert "Yêu cầu 2" in words(two) and 'name="so-yc" value="2"' in two
    gone = reader.post(action, {**fields, "so-yc": "2", "yc2-title": "Ở lại", "viec": "bo:1"}).text
    assert 'value="Ở lại"' in gone and FILLED["yc1-title"] not in gone
    bare = {"yc1-commune-due": "", "yc1-district-due": "", "yc1-province-due": "", "viec": "goi-y:1"}
    suggested = dict(Form(reader.post(action, {**fields, **bare}).text, PATH).fields)
    assert [suggested[f"yc1-{level}-due"] for level in ("commune", "district", "province")] == [
        "2026-12-18", "2026-12-23", "2026-12-28"]  # fmt: skip


def test_only_the_ticked_units_are_addressed(api: Api, reader: Reader) -> None:
    units = [api.world.unit(name) for name in WARDS[:2]]
    action, fields = filled(reader, viec="xem")
    shown = {"nhan": [f"{unit}:ca" for unit in units], "hien": [" ".join(map(str, [api.world.unit(PROVINCE), *units]))]}
    page = reader.post(action, {**fields, **shown}).text
    chosen = words(page.split('id="chosen"')[1].split("</div>")[0])
    assert "2 xã, phường" in chosen and WARDS[0] in chosen and "Tỉnh Mẫu Giang" not in chosen
    dropped = reader.post(action, {**fields, **shown, "bo-don-vi": str(units[0])}).text
    assert WARDS[0] not in words(dropped.split('id="chosen"')[1].split("</div>")[0])
    lone = reader.page(f"{PATH}/cay/{api.world.unit('Huyện An Mẫu')}")
    assert WARDS[0] in lone and "<html" not in lone


def test_a_unit_not_shown_stays_chosen_and_one_shown_unticked_goes() -> None:
    sent = FormData([("giu", "7:ca"), ("giu", "8:rieng"), ("giu", "9:ca"), ("hien", "7 9"), ("nhan", "9:rieng")])
    assert dict(new_plan_form.read(sent).chosen) == {8: False, 9: False}
    both = FormData([("nhan", "9:rieng"), ("nhan", "9:ca"), ("nhan", "x:ca")])
    assert dict(new_plan_form.read(both).chosen) == {9: True}


def test_a_plan_is_for_who_drafts(api: Api, reader: Reader) -> None:
    leader = Reader(api, PROVINCE, "leader")
    assert leader.get(PATH).status_code == 403 and leader.post(PATH, {"viec": "lap"}).status_code == 403
    assert PATH not in leader.page("/ke-hoach") and PATH in reader.page("/ke-hoach")


def test_days_that_are_no_days_or_too_far_are_told_beside_what_was_typed(reader: Reader) -> None:
    own = {"yc1-period": "custom", "yc1-first": "2026-12-10", "yc1-last": "2026-12-01"}
    action, fields = filled(reader, viec="xem-lai", **own)
    turned = reader.post(action, fields)
    assert turned.status_code == 422 and "Ngày cuối kỳ trước ngày đầu kỳ" in words(turned.text)
    for viec in ("xem", "goi-y:1", "xem-lai"):
        far = reader.post(action, {**fields, "yc1-period": "year", "yc1-year": "2190", "yc1-commune-due": "2199-01-01",
                                   "viec": viec})  # fmt: skip
        assert far.status_code in (200, 422) and FILLED["title"] in far.text
    none = reader.post(action, {**fields, "yc1-commune-due": "mai", "yc1-year": "nay", "yc1-period": "year"})
    assert none.status_code == 422 and "Không phải ngày; viết như 18/12/2026." in words(none.text)


def test_a_window_over_the_reform_of_units_is_told_and_split(api: Api, reader: Reader) -> None:
    more = {"yc1-period": "year", "yc1-year": "2025", "yc1-province-due": "2026-12-28", "yc1-periodic": "1"}
    action, fields = filled(reader, viec="xem-lai", **more)
    refused = words(reader.post(action, fields).text)
    assert "vắt qua ngày 01/7/2025" in refused and "straddle" not in refused
    title = "Kế hoạch chia kỳ (mẫu)"
    made = reader.post(action, {**fields, "title": title, "yc1-split": "1", "viec": "lap"})
    assert made.status_code == 303
    parts = api.rows("SELECT r.period_last FROM requirement r JOIN document d ON d.id = r.plan_id WHERE d.title = %s"
                     " ORDER BY r.id", title)  # fmt: skip
    assert [row["period_last"] for row in parts] == [date(2025, 6, 30), date(2025, 12, 14)]
