"""Cây kế hoạch: a level at a time, in its place and by links, never beyond what one looks down on."""

from __future__ import annotations

import pytest

from tests.http_world import Api
from tests.pages.board_story import LATE, SENT, ask, begin
from tests.pages.visitor import words
from tests.world import DISTRICTS, PROVINCE


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    return begin(api)


def test_the_tree_begins_with_the_plan_and_the_level_below(api: Api, plan: int) -> None:
    page = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/cay")
    district = api.world.unit(DISTRICTS[0])
    assert page.status_code == 200 and LATE not in page.text
    assert f'hx-get="/ke-hoach/{plan}/cay?don-vi={district}"' in page.text
    assert f'<a href="/ke-hoach/{plan}/cay?don-vi={district}">Xem bên dưới {DISTRICTS[0]}</a>' in page.text
    assert page.text.count('class="node w-late"') == 2 and "1 quá hạn" in words(page)


def test_a_node_opens_in_its_place(api: Api, plan: int) -> None:
    district = api.world.unit(DISTRICTS[0])
    part = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/cay?don-vi={district}", part=True)
    assert part.text.strip().startswith(f'<ul id="k-{district}"') and "<html" not in part.text
    assert "gửi 16/12/2026" in words(part) and "hạn 18/12/2026" in words(part)
    assert part.text.index(SENT) < part.text.index(LATE)


def test_without_javascript_the_same_level_is_a_page_with_the_way_back(api: Api, plan: int) -> None:
    page = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/cay?don-vi={api.world.unit(DISTRICTS[0])}")
    assert f'<a href="/ke-hoach/{plan}/cay">{PROVINCE}</a>' in page.text and LATE in page.text


def test_the_board_shows_the_same_tree(api: Api, plan: int) -> None:
    page = ask(api, DISTRICTS[0], "supervisor", f"/ke-hoach/{plan}?xem=cay")
    assert SENT in page.text and "Mở riêng cây kế hoạch" in words(page)


def test_another_branch_is_refused(api: Api, plan: int) -> None:
    path = f"/ke-hoach/{plan}/cay?don-vi={api.world.unit(DISTRICTS[1])}"
    assert ask(api, DISTRICTS[0], "supervisor", path).status_code == 403
