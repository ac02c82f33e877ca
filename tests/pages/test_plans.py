"""Kế hoạch: the list by seat, and a deadline moved for one level."""

from __future__ import annotations

import pytest

from tests.http_world import Api, issue_plan, report_of, send_report
from tests.pages.page_reader import Reader, words
from tests.world import PROVINCE, WARDS

TITLE = "Kế hoạch Tháng hành động năm 2026 (mẫu)"


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    plan = issue_plan(api)
    send_report(api, report_of(api, plan, WARDS[0]), WARDS[0])
    return plan


def test_everybody_sees_his_plans_with_deadlines_and_what_has_come(api: Api, plan: int) -> None:
    above = Reader(api, PROVINCE, "supervisor").page("/ke-hoach")
    assert f'href="/ke-hoach/{plan}"' in above
    said = words(above)
    assert TITLE in said and "Cấp xã : 18/12/2026" in said.replace("Cấp xã:", "Cấp xã :") and "1/7 báo cáo" in said
    below = Reader(api, WARDS[0], "drafter")
    assert TITLE in words(below.page("/ke-hoach?cua=received")) and TITLE not in words(below.page("/ke-hoach?cua=own"))
    assert TITLE in words(Reader(api, PROVINCE, "auditor").page("/ke-hoach?cua=all"))


@pytest.mark.usefixtures("plan")
def test_the_list_is_filtered_by_its_address(api: Api) -> None:
    reader = Reader(api, PROVINCE, "leader")
    assert TITLE in words(reader.page("/ke-hoach?tinh_trang=hien-hanh&nam=2026"))
    empty = words(reader.page("/ke-hoach?tinh_trang=xong"))
    assert "Chưa có kế hoạch nào ở đây" in empty and "Bỏ bộ lọc" in empty
    assert TITLE not in words(reader.page("/ke-hoach?nam=2019"))
    assert "Hết danh sách" in words(reader.page("/ke-hoach?trang=40"))


def test_a_deadline_moves_after_a_look_at_what_moves(api: Api, plan: int) -> None:
    path = f"/ke-hoach/{plan}/gia-han-chung"
    leader = Reader(api, PROVINCE, "leader")
    look = leader.send(path, path, level="commune", until="2026-12-21", reason="Bão số 9 (mẫu)", viec="xem")
    said = words(look.text)
    assert "3 báo cáo chưa gửi sẽ chuyển hạn" in said and "18/12/2026 → 21/12/2026" in said
    assert api.rows("SELECT 1 FROM dispensation WHERE kind = 'amendment'") == []
    done = leader.send(path, path, level="commune", until="2026-12-21", reason="Bão số 9 (mẫu)", viec="lam")
    assert (done.status_code, done.headers["location"]) == (303, f"/ke-hoach/{plan}")
    moved = api.rows("SELECT reason FROM dispensation WHERE kind = 'amendment'")
    assert len(moved) == 3 and {row["reason"] for row in moved} == {"Bão số 9 (mẫu)"}
    assert "trước là 18/12/2026" in words(leader.page("/ke-hoach"))


def test_a_move_that_is_not_possible_says_why(api: Api, plan: int) -> None:
    path = f"/ke-hoach/{plan}/gia-han-chung"
    leader = Reader(api, PROVINCE, "leader")
    wrong = leader.send(path, path, level="commune", until="2027-03-01", reason="Giữ chữ này (mẫu)", viec="lam")
    assert wrong.status_code == 422 and "trái thứ tự" in wrong.text and "Giữ chữ này (mẫu)" in wrong.text
    bare = leader.send(path, path, level="commune", until="", reason="", viec="xem")
    assert bare.status_code == 422 and "Chưa ghi hạn mới." in bare.text and "Chưa ghi lý do" in bare.text


def test_only_the_issuers_leader_moves_it(api: Api, plan: int) -> None:
    path = f"/ke-hoach/{plan}/gia-han-chung"
    ward, drafter = Reader(api, WARDS[0], "leader"), Reader(api, PROVINCE, "drafter")
    for reader in (ward, drafter):
        assert path not in reader.page("/ke-hoach")
        fields = {"level": "commune", "until": "2026-12-22", "reason": "x", "viec": "lam"}
        assert (reader.get(path).status_code, reader.post(path, fields).status_code) == (403, 403)
