"""Chênh lệch: an old total says what moved, by whom, by how much, and offers what the engine allows this person."""

from __future__ import annotations

import pytest

from tests.http_world import Api, report_text, send_report
from tests.pages.total_readers import DISTRICT, FIRST, SECOND, District, Reader
from tests.world import PROVINCE


@pytest.fixture
def district(api: Api) -> District:
    made = District(api)
    send_report(api, made.second, SECOND, report_text(5, 6, 7))
    made.run()
    return made


def difference(district: District) -> str:
    return f"/van-ban/{district.total}/chenh-lech"


def seq(district: District) -> int:
    return int(district.api.rows("SELECT seq FROM document WHERE id = %s", district.total)[0]["seq"])


def test_nothing_has_moved(district: District) -> None:
    assert "Không có chênh lệch" in district.reader().read(difference(district))
    assert "đã cũ" not in district.reader().read(district.table)


def test_a_reopened_ward_makes_the_total_old_and_its_figures_a_gap(district: District) -> None:
    district.reopen(district.second)
    page = district.reader().read(district.table)
    assert f"Số tổng hợp này đã cũ: {SECOND} đã mở lại, đang sửa" in page and "số cũ" in page
    told = district.reader().read(difference(district))
    assert "47 40 −7" in told and f"{SECOND} −7" in told and "«Số nữ chưa khớp»" in told
    assert "chưa có; đơn vị đang sửa" in told


def test_a_corrected_ward_is_told_with_its_new_signer(district: District) -> None:
    district.reopen(district.second)
    send_report(district.api, district.second, SECOND, report_text(5, 6, 9))
    told = district.reader().read(difference(district))
    assert "đã gửi lại số liệu mới" in told and "47 49 +2" in told and "Số mới ký bởi KT. Phó Chủ tịch Hoa" in told


def test_the_cells_stand_by_table_and_row_what_moved_most_first(district: District) -> None:
    district.reopen(district.second)
    send_report(district.api, district.second, SECOND, report_text(5, 6, 90))
    page = district.reader().get(difference(district))
    told = district.reader().read(difference(district))
    assert "Biểu 1. Tổ chức phát động" in told and "1 ô khác Nữ +83" in told
    assert page.index("accept-name") < page.index("diff-name"), "the way to accept stands first"


def test_in_a_draft_whoever_may_run_accepts_and_others_are_told_who(district: District) -> None:
    district.reopen(district.second)
    assert "lãnh đạo hoặc người theo dõi" in district.reader("drafter").read(difference(district))
    district.reader("drafter").post(difference(district), 403, seq=seq(district))
    district.reader().post(difference(district), seq=seq(district))
    assert "mở lại, đang sửa" in district.reader().read(district.table)
    assert "Không có chênh lệch" in district.reader().read(difference(district))


def test_a_sent_total_is_recalled_with_a_reason_and_made_anew_in_one_act(district: District) -> None:
    district.send_total()
    district.reopen(district.second)
    assert "lãnh đạo của Huyện An Mẫu rút về" in district.reader().read(difference(district))
    leader = district.reader("leader")
    assert "Rút về và tổng hợp lại" in leader.read(difference(district))
    leader.post(difference(district), 422, seq=seq(district))
    assert district.state(district.total) == "submitted"
    leader.post(difference(district), 409, seq=seq(district) - 1, ly_do="Số đã đổi")
    leader.post(difference(district), seq=seq(district), ly_do="Số đã đổi")
    assert district.state(district.total) == "draft"
    assert "Không có chênh lệch" in leader.read(difference(district))


def test_what_went_further_up_is_reopened_from_the_top(district: District) -> None:
    district.send_total()
    top = Reader(district.api, PROVINCE, "supervisor")
    top.post(district.table, don_vi=top.unit)
    district.reopen(district.second)
    told = district.reader("leader").read(difference(district))
    assert f"{PROVINCE} mở lại báo cáo này trước" in told
    district.reader("leader").post(difference(district), 403, seq=seq(district), ly_do="x")
    assert f"mở lại báo cáo của {DISTRICT}" in top.read(difference(district))
    assert SECOND in top.read(f"/ke-hoach/{district.plan}/tong-hop"), "the total at the top is old as well"


def test_what_is_no_total_has_no_difference(district: District) -> None:
    Reader(district.api, FIRST, "drafter").get(f"/van-ban/{district.first}/chenh-lech", 404)
