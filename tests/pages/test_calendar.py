"""Lịch làm việc and sổ đăng ký: what a year's days are, who decides one otherwise; registers and their entries."""

from __future__ import annotations

from datetime import date

from api.pages import months
from states.calendar import Calendar
from tests.http_world import Api, issue_plan
from tests.pages.page_reader import Reader, words
from tests.world import PROVINCE, WARDS

PATH = "/thiet-lap/lich"


def test_a_month_tells_rest_days_swaps_and_what_falls_on_them() -> None:
    known = Calendar.vietnam()
    august = months.month(known, 2026, 8, {date(2026, 8, 31): ["hạn"]})
    days = {one.day: one for one in august.days}
    assert days[date(2026, 8, 22)].swapped and not days[date(2026, 8, 23)].holiday
    assert days[date(2026, 8, 31)].holiday and days[date(2026, 8, 31)].marks == ("hạn",)
    assert august.working == sum(known.is_working(day) for day in days) and len(august.weeks[0]) == 7
    assert months.months_of(known, {date(1999, 1, 1): ["xa"]}) == []


def test_the_root_decides_a_day_and_the_others_read_it(api: Api) -> None:
    root, ward = Reader(api, "Việt Nam", "admin"), Reader(api, WARDS[0], "drafter")
    assert "Ngày Văn hóa Việt Nam" in ward.page(f"{PATH}?nam=2026") and "chưa công bố" in ward.page(f"{PATH}?nam=2040")
    done = root.send(PATH, PATH, day="2026-12-14", off="1", source="Thông báo mẫu số 7", announced="1")
    assert (done.status_code, done.headers["location"]) == (303, f"{PATH}?nam=2026")
    said = words(ward.page(f"{PATH}?nam=2026"))
    assert "Thông báo mẫu số 7 · quyết định tại đây" in said
    assert root.send(PATH, PATH, day="2026-12-14", off="0", source="Thông báo mẫu số 8").status_code == 303
    (row,) = api.rows("SELECT off, source, announced FROM calendar_day WHERE day = '2026-12-14'")
    assert row == {"off": False, "source": "Thông báo mẫu số 8", "announced": True}


def test_a_day_without_its_paper_is_refused_and_nobody_else_decides(api: Api) -> None:
    root = Reader(api, "Việt Nam", "admin")
    bare = root.send(PATH, PATH, day="2026-12-15", source="")
    assert bare.status_code == 422 and "Chưa ghi văn bản" in bare.text and 'value="2026-12-15"' in bare.text
    assert root.send(PATH, PATH, day="2140-01-01", source="x").status_code == 422
    province = Reader(api, PROVINCE, "admin")
    assert 'name="source"' not in province.page(PATH)
    fields = {"day": "2026-12-15", "off": "1", "source": "x"}
    assert {one.post(PATH, fields).status_code for one in (province, Reader(api, WARDS[0], "clerk"))} == {403}
    assert api.rows("SELECT 1 FROM calendar_day WHERE day = '2026-12-15'") == []


def test_a_clerk_opens_a_register_where_the_paper_one_stopped(api: Api) -> None:
    clerk = Reader(api, WARDS[0], "clerk")
    filled = {"series": "CV", "year": "2026", "number": "36", "reason": "Đếm tiếp sổ giấy (mẫu)"}
    assert clerk.send("/so-dang-ky", "/so-dang-ky", **filled).status_code == 303
    assert "số 36" in words(clerk.page("/so-dang-ky")) and "Đếm tiếp sổ giấy (mẫu)" in clerk.page("/so-dang-ky")
    again = clerk.send("/so-dang-ky", "/so-dang-ky", **filled)
    assert again.status_code == 409 and 'value="36"' in again.text
    bad = clerk.send("/so-dang-ky", "/so-dang-ky", **{**filled, "number": "0", "year": "hai"})
    assert bad.status_code == 422 and "từ 1 trở lên" in bad.text and "Không phải năm" in bad.text
    drafter = Reader(api, WARDS[0], "drafter")
    assert 'name="number"' not in drafter.page("/so-dang-ky")
    assert drafter.post("/so-dang-ky", filled).status_code == 403


def test_a_registers_entries_are_read_by_its_unit_and_from_above(api: Api) -> None:
    plan = issue_plan(api)
    (register,) = api.rows("SELECT register_id AS id FROM register_entry WHERE document_id = %s", plan)
    path = f"/so-dang-ky/{register['id']}"
    page = Reader(api, PROVINCE, "clerk").page(path)  # leads on to the book
    assert f"/van-ban/{plan}" in page and "01/KH-UBND" in page and "UBND các huyện" in words(page)
    assert Reader(api, WARDS[0], "clerk").get(path).status_code == 404
    beneath = api.world.unit(WARDS[0])
    assert "CV" in Reader(api, PROVINCE, "auditor").page(f"/so-dang-ky?don-vi={beneath}")
