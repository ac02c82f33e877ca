"""Acts from the board: reminding one and all, calls with promises, more time, being let off, requests answered."""

from __future__ import annotations

import pytest

from tests.http_world import Api, issue_plan, report_of
from tests.pages.board_story import LATE, SENT, ask, begin, post, supervisor
from tests.pages.visitor import words
from tests.world import DISTRICTS, PROVINCE, WARDS

DISTRICT = DISTRICTS[0]


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    return begin(api)


def test_nhac_is_traced_tells_who_and_is_not_said_twice(api: Api, plan: int) -> None:
    api.at("2026-12-21", 9)
    report = report_of(api, plan, LATE)
    first = post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/nhac/{report}", part=True)
    assert "Đã nhắc 09:00" in words(first) and "Đã nhắc, gửi tới:" in words(first)
    climbed = api.rows("SELECT rung, office_id FROM reminder WHERE document_id = %s", report)
    assert [row["rung"].startswith("by-hand/") for row in climbed] == [True]
    assert climbed[0]["office_id"] == api.world.act(DISTRICT, "supervisor").office_id
    assert api.rows("SELECT 1 FROM notice WHERE document_id = %s AND topic = 'manual-reminder'", report)
    again = post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/nhac/{report}", part=True)
    assert "Chưa nhắc: đã nhắc trong bốn giờ qua" in words(again)
    assert len(api.rows("SELECT 1 FROM reminder WHERE document_id = %s", report)) == 1
    page = supervisor(api, f"/ke-hoach/{plan}")
    assert "Đã nhắc 09:00" in words(page) and f'id="nhac-{report}"' not in page.text


def test_reminding_all_names_who_is_told_first_and_leaves_out_who_was_just_reminded(api: Api, plan: int) -> None:
    api.at("2026-12-22", 9)
    before = api.rows("SELECT count(*) AS n FROM reminder")[0]["n"]
    asked = words(supervisor(api, f"/ke-hoach/{plan}/nhac"))
    assert "Nhắc 1 đơn vị quá hạn?" in asked and "người nhận thông báo" in asked and LATE in asked
    assert api.rows("SELECT count(*) AS n FROM reminder")[0]["n"] == before  # the page only rehearses
    report = report_of(api, plan, LATE)
    done = post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/nhac", {"van-ban": report, "loi": "Gấp."})
    assert done.status_code == 303 and done.headers["location"] == f"/ke-hoach/{plan}"
    assert api.rows("SELECT count(*) AS n FROM reminder")[0]["n"] == before + 1
    told = api.rows("SELECT data FROM notice WHERE document_id = %s ORDER BY id DESC LIMIT 1", report)[0]["data"]
    assert told["words"] == "Gấp."
    after = words(supervisor(api, f"/ke-hoach/{plan}/nhac"))
    assert "Không có đơn vị nào để nhắc lúc này" in after and "đã nhắc trong bốn giờ qua" in after


def test_reminding_all_reaches_nobody_beyond_the_board(api: Api, plan: int) -> None:
    api.at("2026-12-23", 9)
    stranger = report_of(api, plan, WARDS[2])
    post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/nhac", {"van-ban": stranger})
    assert not api.rows("SELECT 1 FROM reminder WHERE document_id = %s", stranger)


def test_whoever_does_not_receive_is_not_offered_and_is_refused(api: Api, plan: int) -> None:
    api.at("2026-12-23", 9)
    report = report_of(api, plan, LATE)
    sheet = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/don-doc/{report}")
    assert "Ghi cuộc gọi" in words(sheet) and "Nhắc kèm lời" not in words(sheet)
    assert f"Nhắc, gia hạn và miễn do {DISTRICT} (đơn vị nhận) làm." in words(sheet)
    fields = {"viec": "waiver", "ly-do": "thử"}
    assert post(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/don-doc/{report}/han", fields).status_code == 403
    assert post(api, LATE, "drafter", f"/ke-hoach/{plan}/nhac/{report}").status_code == 403
    assert not api.rows("SELECT 1 FROM dispensation WHERE document_id = %s", report)


def test_a_call_is_kept_with_its_promise_and_a_broken_one_is_marked(api: Api, plan: int) -> None:
    api.at("2026-12-23", 9)
    path = f"/ke-hoach/{plan}/don-doc/{report_of(api, plan, LATE)}"
    early = post(api, DISTRICT, "supervisor", f"{path}/goi", {"noi-dung": "Hẹn lại.", "hen": "2026-12-22"})
    assert early.status_code == 422 and "Hẹn lại." in early.text and "22/12/2026" in words(early)
    wrong = post(api, DISTRICT, "supervisor", f"{path}/goi", {"noi-dung": "", "hen": "mai"})
    assert wrong.status_code == 422 and "Ghi ai nghe máy" in words(wrong) and "không phải ngày" in words(wrong)
    kept = post(api, DISTRICT, "supervisor", f"{path}/goi", {"noi-dung": "Mai gửi.", "hen": "2026-12-24"})
    assert kept.status_code == 303 and kept.headers["location"].endswith(f"#vb-{report_of(api, plan, LATE)}")
    there = supervisor(api, f"/ke-hoach/{plan}", cookies=kept.cookies).text
    line = there.split(f'id="vb-{report_of(api, plan, LATE)}"')[1].split("</tr>")[0]
    assert "Đã ghi cuộc gọi." in line, "said where one lands, not only at the top of the page"
    assert "Hẹn 24/12" in words(supervisor(api, f"/ke-hoach/{plan}"))
    api.at("2026-12-25", 9)
    assert "Sai hẹn 24/12" in words(supervisor(api, f"/ke-hoach/{plan}"))
    assert "Mai gửi." in words(supervisor(api, path))


def test_more_time_needs_a_day_and_a_reason_and_moves_the_deadline(api: Api, plan: int) -> None:
    api.at("2026-12-23", 9)
    report = report_of(api, plan, LATE)
    path = f"/ke-hoach/{plan}/don-doc/{report}/han"
    bare = post(api, DISTRICT, "supervisor", path, {"viec": "extension", "den": "", "ly-do": ""})
    assert bare.status_code == 422 and "Chọn hạn mới" in words(bare) and "Ghi lý do" in words(bare)
    early = post(api, DISTRICT, "supervisor", path, {"viec": "extension", "den": "2026-12-01", "ly-do": "x"})
    assert early.status_code == 422 and "không sau hạn đang có" in words(early)
    done = post(api, DISTRICT, "supervisor", path, {"viec": "extension", "den": "30/12/2026", "ly-do": "Mưa lũ."})
    assert done.status_code == 303
    row = api.rows("SELECT kind, reason, until FROM dispensation WHERE document_id = %s", report)[0]
    assert row["kind"] == "extension" and row["reason"] == "Mưa lũ."
    assert f"{row['until'].astimezone(api.world.now.tzinfo):%d/%m %H:%M}" == "31/12 00:00"


def test_a_request_from_below_is_shown_and_answered_once(api: Api) -> None:
    plan = issue_plan_early(api)
    report = report_of(api, plan, LATE)
    drafter = api.as_(LATE, "drafter")
    drafter.post(f"/documents/{report}/extensions",
                 {"kind": "extension", "until": "2026-12-24T00:00:00+07:00", "reason": "Chưa đủ số liệu."})  # fmt: skip
    page = supervisor(api, f"/ke-hoach/{plan}?tinh-trang=xin-gia-han")
    assert "Đề nghị chờ trả lời 1" in words(page) and "Chưa đủ số liệu." in words(page)
    sheet = supervisor(api, f"/ke-hoach/{plan}/don-doc/{report}", part=True).text
    assert "<html" not in sheet and 'name="de-nghi"' in sheet and 'value="2026-12-23"' in sheet
    request = api.rows("SELECT id FROM dispensation_request WHERE document_id = %s", report)[0]["id"]
    fields = {"viec": "extension", "de-nghi": request, "den": "2026-12-23", "ly-do": "Đồng ý."}
    assert post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/don-doc/{report}/han", fields).status_code == 303
    again = post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/don-doc/{report}/han",
                 {**fields, "den": "2026-12-29"})  # fmt: skip
    assert again.status_code == 404  # answered already
    assert "đã gia hạn" in words(supervisor(api, f"/ke-hoach/{plan}?xem=bang"))


def test_tong_hop_takes_up_what_was_sent(api: Api, plan: int) -> None:
    api.at("2026-12-23", 9)
    page = supervisor(api, f"/ke-hoach/{plan}")
    assert "Tổng hợp 1 báo cáo mới" in words(page)
    done = post(api, DISTRICT, "supervisor", f"/ke-hoach/{plan}/chay-tong-hop")
    assert done.status_code == 303
    state = api.rows("SELECT state FROM document WHERE id = %s", report_of(api, plan, SENT))[0]["state"]
    assert state == "consolidated"
    run = api.rows("SELECT outcome, plan_id FROM running ORDER BY id DESC LIMIT 1")[0]
    assert run == {"outcome": "done", "plan_id": plan}


def issue_plan_early(api: Api) -> int:
    api.at("2026-10-06")
    plan = issue_plan(api)
    api.at("2026-12-14")
    return plan
