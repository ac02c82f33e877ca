"""Hàng chờ: what waits for a seat, one by one and several at once; empty ones say so pleasantly."""

from __future__ import annotations

import pytest

from tests.http_world import Api, issue_plan, plan_order, report_of, report_text
from tests.pages.page_reader import Reader, words
from tests.world import PROVINCE

WARD = "Phường Một"


@pytest.fixture(scope="module")
def reports(api: Api) -> list[int]:
    """Three reports of Phường Một, put up for signature; of the last one a finding is unanswered."""
    found = []
    drafter = api.as_(WARD, "drafter")
    for text in (report_text(), report_text(events=5), {**report_text(), "texts": {}}):
        report = report_of(api, issue_plan(api), WARD)
        drafter.put(f"/documents/{report}/draft", {"content": text, "version": 0})
        drafter.step(report, "present")
        found.append(report)
    return found


def test_a_queue_that_is_not_yours_says_whose_it_is(api: Api) -> None:
    page = words(Reader(api, WARD, "drafter").page("/viec/presented"))
    assert "Danh sách này dành cho vị trí khác" in page and "Lãnh đạo" in page
    assert Reader(api, WARD, "drafter").get("/viec/nothing").status_code == 404


def test_an_empty_queue_is_a_pleasant_state(api: Api) -> None:
    assert "Không còn văn bản nào phải gửi" in Reader(api, "Phường Ba", "clerk").page("/viec/to_send")


def test_the_signers_queue_tells_what_each_one_needs(api: Api, reports: list[int]) -> None:
    page = Reader(api, WARD, "leader").page("/viec/presented")
    assert "3 văn bản chờ bạn" in words(page) and f'href="/cho-ky/{reports[0]}"' in page
    assert "điểm chưa giải trình" in words(page) and "đủ điều kiện" in words(page)
    found = words(Reader(api, WARD, "leader").page("/viec/presented?tim=khong-co-dau"))
    assert "Không có văn bản nào khớp" in found


def test_going_through_one_by_one_and_on_to_the_next(api: Api, reports: list[int]) -> None:
    leader = Reader(api, WARD, "leader")
    page = leader.page(f"/cho-ky/{reports[0]}")
    assert "Văn bản 1 trong 3 đang chờ ký" in words(page) and "hôm nay đã ký 0" in words(page)
    assert f'href="/cho-ky/{reports[1]}"' in page and 'data-key="n"' in page
    form = f"/van-ban/{reports[0]}/viec/sign"
    answer = leader.send(f"{form}?tiep=cho-ky", form)
    assert answer.headers["location"] == f"/cho-ky/{reports[1]}"
    page = words(leader.page(f"/cho-ky/{reports[1]}"))
    assert "Văn bản 1 trong 2 đang chờ ký" in page and "hôm nay đã ký 1" in page
    assert leader.get(f"/cho-ky/{reports[0]}").history[0].headers["location"] == f"/van-ban/{reports[0]}"


def test_several_at_once_each_its_own_step_and_the_rest_told_why(api: Api, reports: list[int]) -> None:
    leader = Reader(api, WARD, "leader")
    chosen = "&".join(f"chon={one}" for one in reports)
    page = leader.page(f"/cho-ky?{chosen}")
    assert "1 văn bản chưa đủ điều kiện" in words(page) and "Ký 1 văn bản" in words(page)
    assert "số cuộc/đoàn 5" in words(page)
    seq, revision = (api.as_(WARD, "leader").get(f"/documents/{reports[2]}")[k] for k in ("seq", "newest_revision_id"))
    marks = [part.split('"')[0] for part in page.split('name="van-ban" value="')[1:]]
    assert len(marks) == 1 and marks[0].startswith(f"{reports[1]}.")
    answer = leader.post("/cho-ky", {"van-ban": [*marks, f"{reports[2]}.{seq}.{revision}", "7.x", f"{2**40}.1.1"]})
    assert answer.status_code == 200 and "Đã ký 1 văn bản." in words(answer.text)
    assert "Chưa ký được" in answer.text
    states = {row["id"]: row["state"] for row in api.rows("SELECT id, state FROM document WHERE id = ANY(%s)", reports)}
    assert [states[one] for one in reports] == ["signed", "signed", "draft"]


def test_the_same_confirmation_twice_signs_nothing_twice(api: Api, reports: list[int]) -> None:
    answer = Reader(api, WARD, "leader").post("/cho-ky", {"van-ban": f"{reports[1]}.2.1"})
    assert answer.status_code == 422
    rows = api.rows("SELECT seq FROM step WHERE document_id = %s AND action = 'sign'", reports[1])
    assert len(rows) == 1


def test_several_are_numbered_one_after_the_other(api: Api, reports: list[int]) -> None:
    clerk = Reader(api, WARD, "clerk")
    assert "Xem lại rồi gửi" in clerk.page("/viec/to_send")
    path = f"/can-gui?chon={reports[0]}&chon={reports[1]}"
    assert "Lấy số và gửi 2 văn bản" in words(clerk.page(path))
    answer = clerk.send(path, "/can-gui")
    assert "Đã lấy số và gửi 2 văn bản." in words(answer.text)
    rows = api.rows("SELECT number FROM sending WHERE document_id = ANY(%s) ORDER BY number", reports)
    assert [row["number"] for row in rows] == [1, 2]


def test_others_can_neither_sign_nor_send_together(api: Api, reports: list[int]) -> None:
    assert Reader(api, WARD, "clerk").post("/cho-ky", {"van-ban": f"{reports[2]}.2.1"}).status_code == 403
    other = Reader(api, "Phường Hai", "leader").post("/cho-ky", {"van-ban": f"{reports[2]}.2.1"})
    assert other.status_code == 422 and "Không có văn bản" in other.text


def test_what_came_is_received_from_the_queue(api: Api, reports: list[int]) -> None:
    page = Reader(api, "Huyện An Mẫu", "clerk").page("/viec/to_receive")
    assert f"/van-ban/{reports[0]}/viec/receive" in page and WARD in words(page)
    accept = Reader(api, "Huyện An Mẫu", "supervisor").page("/viec/to_accept")
    assert "/tong-hop?don-vi=" in accept


def test_a_plan_sent_from_the_queue_asks_for_its_fan_out(api: Api) -> None:
    drafter, leader, clerk = (api.as_(PROVINCE, seat) for seat in ("drafter", "leader", "clerk"))
    plan = drafter.post("/plans", plan_order(api))["document_id"]
    text = {"texts": {"purpose": "Nâng cao nhận thức.", "budget": "Từ dự toán."},
            "tasks": [{"number": 1, "title": "Tọa đàm", "due": "2026-12-15"}],
            "assignees": [{"name": "Trạm Y tế (mẫu)", "asked": False}]}  # fmt: skip
    drafter.put(f"/documents/{plan}/draft", {"content": text, "version": 0})
    drafter.step(plan, "present")
    leader.step(plan, "sign")
    heard = len(api.prefect.heard)
    answer = Reader(api, PROVINCE, "clerk").send(f"/can-gui?chon={plan}", "/can-gui")
    assert answer.status_code == 200, words(answer.text)
    assert len(api.prefect.heard) > heard and clerk.get(f"/documents/{plan}")["state"] == "submitted"
