"""So sánh: two revisions side by side, with the reasons that were given at each place."""

from __future__ import annotations

import pytest

from tests.http_world import Api, issue_plan, report_of, report_text
from tests.pages.page_reader import Reader, words

WARD = "Phường Một"


@pytest.fixture(scope="module")
def report(api: Api) -> int:
    """Put up, sent back, corrected, put up again; a question about the cell that changed."""
    report = report_of(api, issue_plan(api), WARD)
    drafter, leader = api.as_(WARD, "drafter"), api.as_(WARD, "leader")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    Reader(api, WARD, "leader").post(
        f"/van-ban/{report}/hoi", {"words": "Đủ người chưa?", "place": "rows.1.values.3", "kind": "question"}
    )
    leader.step(report, "send_back", reason="Xem lại số nữ")
    text = report_text(women=9)
    text["texts"]["results"] = "Đạt yêu cầu, đúng hạn."
    text["rows"].append({"table": 1, "row": 4, "label": "Tặng quà", "values": {"1": "1", "2": "2", "3": "3"}})
    drafter.put(f"/documents/{report}/draft", {"content": text, "version": 1})
    drafter.step(report, "present")
    return report


def test_the_last_two_by_default_with_counts_and_differences(api: Api, report: int) -> None:
    page = Reader(api, WARD, "leader").page(f"/van-ban/{report}/so-sanh")
    said = words(page)
    assert "Bản 1 → bản 2" in said and "3 thay đổi" in said
    assert "1 đoạn văn" in said and "1 ô số liệu" in said and "1 dòng thêm hoặc bỏ" in said
    assert "+5" in said and "Tặng quà" in said


def test_words_that_went_and_came_are_marked_for_every_ear(api: Api, report: int) -> None:
    page = Reader(api, WARD, "leader").page(f"/van-ban/{report}/so-sanh/1..2")
    assert '<ins><span class="sr">thêm: </span>, đúng hạn</ins>' in page
    assert '<del><span class="sr">trước: </span>4</del>' in page


def test_the_reasons_stand_beside_the_change(api: Api, report: int) -> None:
    said = words(Reader(api, WARD, "leader").page(f"/van-ban/{report}/so-sanh"))
    assert "Đủ người chưa?" in said and "Xem lại số nữ" in said and "không ghi" in said


def test_two_are_chosen_by_a_form_and_equal_ones_say_so(api: Api, report: int) -> None:
    leader = Reader(api, WARD, "leader")
    answer = leader.get(f"/van-ban/{report}/so-sanh?tu=1&den=1")
    assert answer.status_code == 200 and "Hai bản giống nhau" in answer.text
    assert leader.get(f"/van-ban/{report}/so-sanh/1..9").status_code == 404
    assert leader.get(f"/van-ban/{report}/so-sanh/1..99999999999").status_code == 404


def test_the_draft_as_it_is_now_is_for_those_who_write_it(api: Api, report: int) -> None:
    assert "bản nháp" in Reader(api, WARD, "drafter").page(f"/van-ban/{report}/so-sanh/2..nhap")
    assert Reader(api, "Huyện An Mẫu", "supervisor").get(f"/van-ban/{report}/so-sanh/2..nhap").status_code == 404


def test_with_one_revision_there_is_nothing_to_compare(api: Api) -> None:
    report = report_of(api, issue_plan(api), "Phường Hai")
    page = Reader(api, "Phường Hai", "drafter").page(f"/van-ban/{report}/so-sanh")
    assert "Chưa có hai bản để so sánh" in page
