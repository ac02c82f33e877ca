"""The API's pages: all that the description holds, readable by anybody, small, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.pages import docs
from tests.http_world import Api
from tests.pages.page_reader import Reader, words
from tests.pages.visitor import Visitor
from tests.world import PROVINCE


@pytest.fixture
def groups(api: Api) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """The description's operations by group."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in api.app.openapi()["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append((method.upper(), path, said))
    return found


def test_every_operation_stands_on_its_groups_page_with_all_that_it_takes(api: Api, groups: dict[str, Any]) -> None:
    anybody = Visitor(api)
    index = anybody.get("/docs").text
    for group, operations in groups.items():
        answer = anybody.get(f"/docs/{group}")
        said = words_of(answer.text)
        assert answer.status_code == 200 and len(answer.content) < 250_000, group
        for method, path, one in operations:
            assert f'href="/docs/{group}#{one["operationId"]}"' in index
            assert f'id="{one["operationId"]}"' in answer.text and f"{method} {path}" in said
            assert all(given["name"] in said for given in one.get("parameters", ())), path


def test_every_group_has_a_name_in_the_offices_words(groups: dict[str, Any]) -> None:
    assert set(groups) - set(docs.GROUPS) == set()


def test_every_link_to_a_shape_leads_to_its_fields(api: Api, groups: dict[str, Any]) -> None:
    anybody = Visitor(api)
    for group in groups:
        page = anybody.get(f"/docs/{group}").text
        places = set(re.findall(r'id="(\w+)"', page))
        assert set(re.findall(r'href="#(\w+)"', page)) <= places, group
    assert 'id="Problem"' in anybody.get("/docs").text


def test_a_step_tells_who_may_its_body_its_answer_and_what_a_limit_is(api: Api) -> None:
    page = words_of(Visitor(api).get("/docs/steps").text)
    assert "Ai được gọi Soạn thảo drafter , Lãnh đạo leader , Văn thư clerk , Theo dõi supervisor" in page
    assert "Gửi lên StepIn application/json" in page and "Trả lời 201 StepOut application/json" in page
    assert "seq bắt buộc số nguyên từ 1" in page
    assert "reason_code chữ hoặc null tối đa 100 ký tự" in page


def test_words_are_in_the_readers_language_and_a_rail_stands_beside_whoever_is_signed_in(api: Api) -> None:
    anybody = Visitor(api)
    assert '<html lang="en"' in anybody.get("/docs", **{"Accept-Language": "en"}).text
    assert 'class="rail"' not in anybody.get("/docs").text
    drafter = Reader(api, PROVINCE, "drafter")
    assert 'class="rail"' in drafter.page("/docs") and 'class="rail"' in drafter.page("/docs/steps")


def test_a_group_that_is_none_is_not_found(api: Api) -> None:
    answer = Visitor(api).get("/docs/nothing")
    assert answer.status_code == 404 and "Không tìm thấy" in answer.text


def words_of(page: str) -> str:
    """The page's words; an address in one piece."""
    return words(page.replace("<wbr>", ""))
