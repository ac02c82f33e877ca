"""Bảng kế hoạch × đơn vị: cells that lead to boards; a ward's own duties; the year."""

from __future__ import annotations

import pytest

from tests.http_world import Api
from tests.pages.board_story import LATE, ask, begin
from tests.pages.visitor import words
from tests.world import DISTRICTS, PROVINCE


@pytest.fixture(scope="module", autouse=True)
def plan(api: Api) -> int:
    return begin(api)


def test_each_cell_leads_to_its_board_with_rate_and_late(api: Api, plan: int) -> None:
    page = ask(api, PROVINCE, "supervisor", "/bang")
    district = api.world.unit(DISTRICTS[0])
    assert f'href="/ke-hoach/{plan}?don-vi={district}"' in page.text
    said = words(page)
    assert "An Mẫu" in said and "33 % 1 trễ" in said  # two wards and the district itself: one sent, one late
    assert "Tổng cộng 14 % 3 trễ" in said
    assert "01/KH-UBND" in said


def test_the_year_and_what_is_owed_are_parts_of_the_address(api: Api) -> None:
    assert "Không có kế hoạch nào trong kỳ này" in words(ask(api, PROVINCE, "supervisor", "/bang?nam=2024"))
    assert "01/KH-UBND" in words(ask(api, PROVINCE, "supervisor", "/bang?nam=tat-ca"))
    assert "Không có kế hoạch nào" in words(ask(api, PROVINCE, "supervisor", "/bang?loai=ke-hoach"))
    assert ask(api, PROVINCE, "supervisor", "/bang?nam=x&trang=0&don-vi=abc").status_code == 200


def test_a_ward_sees_what_it_owes_and_nobody_else(api: Api) -> None:
    said = words(ask(api, LATE, "drafter", "/bang"))
    assert "Còn phải gửi 1" in said and "Quá hạn 1 ngày" in said and "18/12/2026" in said
    assert ask(api, LATE, "drafter", f"/bang?don-vi={api.world.unit(PROVINCE)}").status_code == 403
