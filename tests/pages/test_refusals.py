"""What a page says when it says no: in the reader's language, with the rail beside whoever is signed in."""

from __future__ import annotations

import pytest

from api.pages import misread
from api.pages.language import say
from tests.http_world import Api
from tests.pages.page_reader import Reader, words
from tests.pages.visitor import Visitor
from tests.world import PROVINCE, WARDS

ENGLISH = ("Input should", "Field required", "valid integer", "String should")


@pytest.mark.parametrize(("address", "status"), [
    ("/khong-co", 404), ("/van-ban/999999", 404), ("/van-ban/muoi", 404), ("/thiet-lap/tai-khoan", 403),
    ("/kho?vi-tri=abc", 422), ("/nhat-ky?cu-hon=xx", 403),
])  # fmt: skip
def test_a_refusal_keeps_the_rail_of_whoever_is_signed_in(api: Api, address: str, status: int) -> None:
    answer = Reader(api, WARDS[0], "drafter").get(address)
    assert answer.status_code == status and 'class="rail"' in answer.text and answer.text.count("<h1") == 1
    assert "private" in answer.headers["cache-control"]
    stranger = Visitor(api).get("/khong-co")
    assert stranger.status_code == 404 and 'class="rail"' not in stranger.text


def test_a_part_that_is_refused_is_a_part(api: Api) -> None:
    answer = Reader(api, WARDS[0], "drafter").get("/van-ban/999999", **{"HX-Request": "true"})
    assert answer.status_code == 404 and "<html" not in answer.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_address_that_cannot_be_read_is_told_in_the_readers_words(api: Api, language: str) -> None:
    answer = Reader(api, PROVINCE, "auditor").get("/kho?vi-tri=abc", **{"Accept-Language": language})
    said = words(answer.text)
    assert answer.status_code == 422 and "vi-tri" in said and say(language)("cần là số nguyên") in said
    assert "abc" not in said and not any(english in said for english in ENGLISH)


@pytest.mark.parametrize(("kind", "told", "words"), [
    ("missing", {}, "còn thiếu"), ("int_parsing", {}, "cần là số nguyên"), ("greater_than_equal", {"ge": 1}, "từ 1"),
    ("less_than_equal", {"le": 200}, "chỉ đến 200"), ("less_than_equal", {"le": 2**63 - 1}, "số quá lớn"),
    ("string_too_long", {"max_length": 100}, "nhiều nhất 100 ký tự"), ("date_parsing", {}, "ngày có thật"),
    ("enum", {"expected": "'plan' or 'report'"}, "một trong: 'plan', 'report'"), ("never_heard", {}, "không dùng được"),
])  # fmt: skip
def test_each_kind_of_mistake_has_its_sentence(kind: str, told: dict[str, object], words: str) -> None:
    (reason,) = misread.reasons([{"loc": ("body", "due"), "type": kind, "ctx": told, "msg": "English"}], say("vi"))
    assert reason.place == "due" and words in reason.message


def test_what_is_too_big_or_unreadable_is_a_page_too(api: Api) -> None:
    visitor = Visitor(api)
    big = visitor.post("/dang-nhap", {"name": "x" * 1_000_001})
    odd = visitor.get("/kho?tim=%00")
    for answer, status, title in ((big, 413, "Nội dung quá lớn"), (odd, 400, "Yêu cầu chưa rõ")):
        assert answer.status_code == status and title in words(answer.text)
        assert "content-security-policy" in answer.headers
