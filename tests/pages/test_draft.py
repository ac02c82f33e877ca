"""Soạn without JavaScript: an officer fills in a form, is read back, corrected, presents; others only look."""

from __future__ import annotations

import html

import pytest

from tests.http_world import PLAN_TEXT, Api, issue_plan, plan_order, report_of, report_text, send_report
from tests.pages.drafting_officer import Officer

WARD, OTHER = "Phường Một", "Phường Hai"
EVENTS, MEN, WOMEN = (f"r.1.c2n1.v{column}" for column in (1, 2, 3))
TEXTS = {"t.direction": "Đã ban hành kế hoạch.", "t.results": "Đạt yêu cầu."}
NIL = {"n.2": "1", "n.3": "1"}


@pytest.fixture
def report(api: Api) -> int:
    """The report that a ward owes under a new plan; its draft is blank."""
    return report_of(api, issue_plan(api), WARD)


@pytest.fixture
def officer(api: Api, report: int) -> Officer:
    return Officer(api, api.as_(WARD, "drafter"), report)


def seen(officer: Officer) -> str:
    return html.unescape(officer.page)


def kept(api: Api, report: int) -> dict[str, object]:
    content: dict[str, object] = api.as_(WARD, "drafter").get(f"/documents/{report}/draft")["content"]
    return content


def test_a_blank_form_has_a_row_for_each_category_and_says_what_is_missing(officer: Officer) -> None:
    assert officer.status == 200
    assert officer.reads("r.1.c2n1.l").startswith("Tọa đàm")
    assert 'aria-label="Nam, Tọa đàm' in officer.page
    assert "nhập số liệu hoặc chọn không phát sinh" in officer.page
    assert "Số người tham gia" in officer.page and 'colspan="3"' in officer.page


def test_what_is_typed_is_kept_through_the_one_door_and_read_back(api: Api, officer: Officer, report: int) -> None:
    officer.write(**{EVENTS: "2", MEN: "1.118", WOMEN: "trên 540", "f.40106": "20 triệu", **TEXTS, **NIL})
    assert officer.press().status_code == 200

    assert "đọc «1.118» là 1118" in seen(officer) and "đọc «20 triệu» là 20000000" in seen(officer)
    content = kept(api, report)
    assert content["rows"] == [{"table": 1, "row": 2, "label": officer.reads("r.1.c2n1.l"),
                                "values": {"1": "2", "2": "1118", "3": ">540"}}]  # fmt: skip
    assert (content["figures"], content["nil"]) == ({"40106": "20000000"}, [2, 3])
    officer.open()
    assert (officer.reads(MEN), officer.reads(WOMEN)) == ("1.118", "trên 540")
    assert '<output id="sum-r-1-c2n1-2">trên 1.658</output>' in officer.page


def test_one_cell_that_cannot_be_read_keeps_nothing_else_from_being_saved(
    api: Api, officer: Officer, report: int
) -> None:
    officer.write(**{EVENTS: "2", MEN: "10/tháng", **TEXTS, **NIL}).press()

    assert officer.reads(MEN) == "10/tháng" and "đây là tần suất" in seen(officer)
    assert 'aria-invalid="true"' in officer.page
    assert kept(api, report)["texts"] == {"direction": TEXTS["t.direction"], "results": TEXTS["t.results"]}
    assert officer.press("present").status_code == 422
    assert "Chưa trình ký được" in officer.page and 'href="#r-1-c2n1-v2"' in officer.page
    assert api.rows("SELECT desk FROM document WHERE id = %s", report) == [{"desk": "drafter"}]


def test_presenting_says_what_stands_in_the_way_and_then_lays_it_on_the_leaders_desk(
    api: Api, officer: Officer, report: int
) -> None:
    officer.write(**{MEN: "3", WOMEN: "4", **TEXTS, **NIL})
    assert officer.press("present").status_code == 422
    assert "thiếu «Số cuộc/đoàn»" in seen(officer) and "Chưa trình ký được: còn 1 chỗ cần sửa" in seen(officer)

    answer = officer.write(**{EVENTS: "2"}).press("present")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/van-ban/{report}")
    assert api.rows("SELECT desk, state FROM document WHERE id = %s", report) == [{"desk": "leader", "state": "draft"}]
    officer.open()
    assert "Đã trình ký" in officer.page and "Sửa dự thảo" in officer.page and not officer.has("do")
    assert 'value="present"' not in officer.page
    assert 'value="present"' in officer.open("?sua=1").page


def test_what_may_be_explained_is_explained_in_its_box_and_the_leader_can_sign(
    api: Api, officer: Officer, report: int
) -> None:
    officer.write(**{EVENTS: "2", **TEXTS, **NIL}).press()
    assert "để trống số người theo nam, nữ" in seen(officer)
    assert officer.press("present").status_code == 422

    officer.press("explain:1", **{"why.1.words": "Cuộc họp không điểm danh."})

    assert "Đã giải trình: Cuộc họp không điểm danh." in " ".join(seen(officer).split())
    assert officer.press("present").status_code == 303
    assert api.as_(WARD, "leader").step(report, "sign")["state"] == "signed"


def test_rows_come_and_go_and_free_words_are_kept(api: Api, officer: Officer, report: int) -> None:
    officer.press("add:1")
    officer.write(**{"r.1.x1.l": "Chạy việt dã hưởng ứng", "r.1.x1.c": "6", "r.1.x1.v1": "1", "r.1.x1.v2": "10"})
    officer.press()
    rows = kept(api, report)["rows"]
    assert isinstance(rows, list) and rows[0]["label"] == "Chạy việt dã hưởng ứng" and rows[0]["row"] == 6

    officer.press("drop:r.1.x1")

    assert kept(api, report)["rows"] == []


def test_pasting_no_number_but_khong_makes_the_table_nil(api: Api, officer: Officer, report: int) -> None:
    officer.press("add:2")
    officer.write(**{"r.2.x1.l": "Không"}).press()

    assert kept(api, report)["nil"] == [2]


def test_last_periods_figures_stand_beside_and_are_copied_only_when_asked(api: Api, report: int) -> None:
    send_report(api, report, WARD, report_text(events=64, men=100, women=200))
    with_next = _next_year(api, report)
    officer = Officer(api, api.as_(WARD, "drafter"), with_next)
    assert "kỳ trước 64" in officer.page and officer.reads(EVENTS) == ""

    officer.write(**{MEN: "7"}).press("copy:table.1")

    assert (officer.reads(EVENTS), officer.reads(MEN), officer.reads(WOMEN)) == ("64", "7", "200")
    officer.write(**{"t.results": "Mới."}).press("copy:t.results")
    assert officer.reads("t.results").replace("\n", "|") == "Mới.||Đạt yêu cầu."


def test_others_may_look_but_have_no_button_and_are_refused(api: Api, officer: Officer, report: int) -> None:
    officer.write(**{EVENTS: "2", **TEXTS}).press()
    clerk = Officer(api, api.as_(WARD, "clerk"), report)
    assert clerk.status == 200 and 'value="present"' not in clerk.page and "người soạn của đơn vị" in clerk.page
    assert clerk.write(**{EVENTS: "9"}).press().status_code == 403
    assert Officer(api, api.as_(OTHER, "drafter"), report).status == 404
    rows = kept(api, report)["rows"]
    assert isinstance(rows, list) and rows[0]["values"]["1"] == "2"


def test_a_signed_report_is_read_only_and_a_late_save_is_refused_in_words(
    api: Api, officer: Officer, report: int
) -> None:
    officer.write(**{EVENTS: "2", MEN: "3", WOMEN: "4", **TEXTS, **NIL})
    assert officer.press("present").status_code == 303
    api.as_(WARD, "leader").step(report, "sign")

    assert officer.write(**{EVENTS: "5"}).press().status_code == 403
    assert officer.reads(EVENTS) == "5" and "Chưa lưu được" in officer.page
    assert "Văn bản đã ký" in officer.open().page and "readonly" in officer.page


def test_the_words_of_a_return_stand_beside_the_form(api: Api, officer: Officer, report: int) -> None:
    send_report(api, report, WARD)
    district = api.as_("Huyện An Mẫu", "supervisor")
    district.step(report, "return", reason="Bảng 1 thiếu số nữ", reason_code="figures-wrong",
                  due_at="2026-12-30T00:00:00+07:00")  # fmt: skip

    assert "Bị trả lại" in officer.open().page and "Bảng 1 thiếu số nữ" in officer.page


def test_a_plan_is_drafted_with_its_tasks_and_assignees(api: Api) -> None:
    plan = _own_plan(api)
    officer = Officer(api, api.as_("Tỉnh Mẫu Giang", "drafter"), plan)
    assert "Kế hoạch không nêu thời hạn" in seen(officer)
    officer.press("add:tasks")
    officer.press("add:assignees")
    officer.write(**{
        "t.purpose": "Nâng cao nhận thức.", "t.budget": "Từ dự toán.", "k.n1.title": "Tổ chức tọa đàm",
        "k.n1.due": "2026-12-15", "k.n1.assignees": "Trạm Y tế; Các trường", "a.n1.name": "Trạm Y tế",
        "a.n1.asked": "1", "a.n1.tasks": "Cho số nạn nhân\nCho số ca tư vấn", "f.20106": "50 triệu đồng",
    }).press()  # fmt: skip

    content = api.as_("Tỉnh Mẫu Giang", "drafter").get(f"/documents/{plan}/draft")["content"]
    assert content["tasks"] == [{"title": "Tổ chức tọa đàm", "due": "2026-12-15", "number": 1,
                                 "assignees": ["Trạm Y tế", "Các trường"]}]  # fmt: skip
    assert content["assignees"] == [{"name": "Trạm Y tế", "asked": True,
                                     "tasks": ["Cho số nạn nhân", "Cho số ca tư vấn"]}]  # fmt: skip
    assert officer.press("present").status_code == 303


def test_soan_alone_is_the_queue(api: Api) -> None:
    answer = api.as_(WARD, "drafter").say("GET", "/soan", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/viec/to_draft")


def _next_year(api: Api, report: int) -> int:
    """The same duty one year later: a report of a plan for the next Action Month."""
    drafter, leader, clerk = (api.as_("Tỉnh Mẫu Giang", seat) for seat in ("drafter", "leader", "clerk"))
    order = plan_order(api)
    order["requirements"][0]["window"] = {"kind": "action_month", "year": 2027}
    plan: int = drafter.post("/plans", order)["document_id"]
    drafter.put(f"/documents/{plan}/draft", {"content": PLAN_TEXT, "version": 0})
    drafter.step(plan, "present")
    leader.step(plan, "sign")
    clerk.step(plan, "submit", recipients=["UBND các huyện"])
    leader.post(f"/plans/{plan}/fan-out")
    assert report_of(api, plan, WARD) != report
    return report_of(api, plan, WARD)


def _own_plan(api: Api) -> int:
    return int(api.as_("Tỉnh Mẫu Giang", "drafter").post("/plans", plan_order(api))["document_id"])
