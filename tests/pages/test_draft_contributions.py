"""Contributions on a draft's page: asked, entered for who gave them by phone, never late where only asked."""

from __future__ import annotations

import html

import pytest

from states import database as db
from states.taking_up import take_up
from tests.http_world import Api, issue_plan, report_of, send_report
from tests.pages.drafting_officer import Officer

WARD = "Phường Bốn"


@pytest.fixture
def report(api: Api) -> int:
    return report_of(api, issue_plan(api), WARD)


@pytest.fixture
def officer(api: Api, report: int) -> Officer:
    return Officer(api, api.as_(WARD, "drafter"), report)


def ask(officer: Officer, who: str, **more: str) -> int:
    data = {"assignee": who, "task": "Số cuộc tọa đàm", **more}
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    answer = officer.voice.say("POST", f"{officer.path}/dong-gop", data=data, headers=headers, follow_redirects=False)
    officer.voice.client.cookies.clear()
    return answer.status_code


def given(api: Api, officer: Officer, report: int, number: int = 0) -> Officer:
    found = api.rows("SELECT id FROM contribution WHERE document_id = %s ORDER BY id", report)[number]["id"]
    return Officer(api, officer.voice, report, path=f"{officer.path}/dong-gop/{found}", form="given")


def test_who_is_only_asked_is_never_late(api: Api, officer: Officer) -> None:
    assert ask(officer, "Trạm Y tế (mẫu)", due="2026-10-06") == 303
    assert ask(officer, "Hội Phụ nữ (mẫu)", due="2026-10-06", asked_only="true") == 303
    now = api.world.now
    api.at("2026-10-09")

    page = officer.open().page
    api.world.now = now

    section = page[page.index('id="contributions"') :]
    assert section.count("Chậm</span>") == 1 and "chỉ đề nghị phối hợp" in section


def test_what_came_by_phone_is_entered_with_who_gave_it(api: Api, officer: Officer, report: int) -> None:
    ask(officer, "Trạm Y tế (mẫu)")
    form = given(api, officer, report)
    form.write(given_by="", channel="phone", **{"r.1.c2n1.v1": "trên 5"})
    assert form.press("give").status_code == 422 and "ghi rõ ai cung cấp" in form.page
    assert form.reads("r.1.c2n1.v1") == "trên 5"

    answer = form.write(given_by="BS. Bình (mẫu)", **{"r.1.c2n1.v2": "60", "r.1.c2n1.v3": "70"}).press("give")

    assert answer.status_code == 303
    page = officer.open().page
    assert "BS. Bình (mẫu) · điện thoại" in page and "đã lấy trên 5" in page


def test_a_number_that_cannot_be_read_stays_where_it_was_typed(api: Api, officer: Officer, report: int) -> None:
    ask(officer, "Các trường (mẫu)")
    form = given(api, officer, report)
    assert form.write(given_by="Cô Hạnh (mẫu)", **{"r.1.c2n1.v1": "vài"}).press("give").status_code == 422
    assert form.reads("r.1.c2n1.v1") == "vài" and 'href="#r-1-c2n1-v1"' in form.page


def test_asking_twice_is_told_and_strangers_are_refused(api: Api, officer: Officer, report: int) -> None:
    ask(officer, "Trạm Y tế (mẫu)")
    assert ask(officer, "Trạm  y tế (mẫu)") == 303
    assert len(api.rows("SELECT id FROM contribution WHERE document_id = %s", report)) == 1
    clerk = Officer(api, api.as_(WARD, "clerk"), report)
    assert ask(clerk, "Ai đó") == 303
    assert len(api.rows("SELECT id FROM contribution WHERE document_id = %s", report)) == 1


def test_rows_of_units_below_are_given_a_category_on_the_page_that_counts_them(api: Api) -> None:
    plan = issue_plan(api)
    ward, district = report_of(api, plan, "Phường Hai"), report_of(api, plan, "Huyện An Mẫu")
    own_words = {"table": 1, "label": "Chạy việt dã", "values": {"1": "2", "2": "30", "3": "40"}}
    content = {"rows": [own_words], "nil": [2, 3], "texts": {"direction": "Có.", "results": "Đạt."}}
    send_report(api, ward, "Phường Hai", content)
    with db.transaction(db.engine(api.urls.program)) as session:
        take_up(session, [district], api.at("2026-12-20"))
    officer = Officer(api, api.as_("Huyện An Mẫu", "drafter"), district)
    assert "Phường Hai: dòng «Chạy việt dã» chưa xếp" in html.unescape(officer.page)
    assert officer.press("present").status_code == 422
    (row,) = api.rows("SELECT revision_id, line FROM free_row WHERE label = %s", "Chạy việt dã")

    officer.send(f"{officer.path}/xep-nhom", {f"row.{row['revision_id']}.{row['line']}": "6"}, "text/html")

    assert "free-rows" not in officer.open().page
    assert 'aria-label="Số cuộc/đoàn, Hội thi' in officer.page and "đã lấy 2" in officer.page
