"""Hôm nay: what each seat sees first, questions answered on the spot, what is late loud; empty is pleasant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.pages.today.changes import gathered
from states import database as db
from states import notes, offices
from states.offices import holder
from states.reading.changes import changes
from tests.http_world import Api, issue_plan, report_of, send_report
from tests.pages.page_reader import Reader, words
from tests.world import DISTRICTS, PROVINCE, WARDS

SENT, LATE = WARDS[0], WARDS[1]

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    """On the Monday after the wards' deadline: one ward has sent, its neighbour has not and promised by telephone."""
    api.at("2026-10-05")
    made = issue_plan(api)
    api.at("2026-12-21", 8)
    send_report(api, report_of(api, made, SENT), SENT)
    api.at("2026-12-21")
    with db.transaction(db.engine(api.urls.program)) as session:
        caller = holder(session, api.world.act(DISTRICTS[0], "supervisor"), date(2026, 12, 21)).holder
        late = report_of(api, made, LATE)
        notes.call(session, late, "Hứa gửi chiều mai", caller, api.world.now, promised=date(2026, 12, 22))
    return made


def ask(api: Api, document: int, unit: str, seat: str, said: str) -> int:
    with db.transaction(db.engine(api.urls.program)) as session:
        who = holder(session, api.world.act(unit, seat), api.world.today).holder
        return notes.ask(session, document, said, who, api.world.now)


def test_a_drafter_sees_what_is_late_and_what_the_unit_owes(api: Api, plan: int) -> None:
    page = Reader(api, LATE, "drafter").page("/")
    assert f'href="/soan/{report_of(api, plan, LATE)}"' in page and "Quá hạn 1 ngày" in words(page)
    assert f"{LATE} phải gửi" in words(page) and "18/12/2026" in page and "theo 01/KH-UBND" in words(page)


def test_who_follows_sees_what_is_owed_from_below_and_what_was_promised(api: Api, plan: int) -> None:
    page = Reader(api, DISTRICTS[0], "supervisor").page("/")
    assert f'href="/ke-hoach/{plan}?tinh-trang=qua-han"' in page and "Cấp dưới trực tiếp phải gửi" in page
    assert "Hứa gửi chiều mai" in page and "hẹn 22/12/2026" in words(page) and "Sai hẹn" not in page
    assert "Lấy số và gửi" in page  # what changed since the last working morning
    api.at("2026-12-23")
    assert "Sai hẹn" in Reader(api, DISTRICTS[0], "supervisor").page("/")
    assert "Hứa gửi chiều mai" not in Reader(api, DISTRICTS[0], "drafter").page("/")
    api.at("2026-12-21")


def test_the_week_marks_the_day_and_days_off(api: Api) -> None:
    api.at("2026-12-29")
    page = Reader(api, PROVINCE, "drafter").page("/")
    assert page.count('aria-current="date"') == 1 and "nghỉ: Tết Dương lịch" in words(page)
    api.at("2026-12-21")


def test_empty_is_pleasant_and_says_what_comes_next(api: Api) -> None:
    page = words(Reader(api, "Huyện Bình Mẫu", "leader").page("/"))
    assert "Không còn việc nào chờ bạn" in page and "Hạn gần nhất: 22/12/2026" in page


def test_a_question_is_answered_on_the_spot_and_once(api: Api, plan: int) -> None:
    late = report_of(api, plan, LATE)
    asked = ask(api, late, DISTRICTS[0], "supervisor", "Bao giờ gửi được?")
    drafter, action = Reader(api, LATE, "drafter"), f"/hom-nay/cau-hoi/{asked}"
    assert "Bao giờ gửi được?" in drafter.page("/")
    refused = drafter.send("/", action, loi="   ")
    assert refused.status_code == 422 and "Chưa có nội dung" in words(refused.text)
    answer = drafter.send("/", action, loi="Sáng mai ạ.")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert "Bao giờ gửi được?" not in drafter.page("/")
    again = drafter.post(action, {"loi": "Sáng mai ạ."})
    assert again.status_code == 409 and "không còn chờ bạn trả lời" in words(again.text)
    assert len(api.rows("SELECT id FROM note WHERE answers = %s", asked)) == 1


def test_nobody_else_answers_a_question(api: Api, plan: int) -> None:
    asked = ask(api, report_of(api, plan, LATE), DISTRICTS[0], "supervisor", "Thiếu gì?")
    for seat in ("clerk", "supervisor"):
        assert Reader(api, LATE, seat).post(f"/hom-nay/cau-hoi/{asked}", {"loi": "Không"}).status_code == 409
    assert Reader(api, PROVINCE, "auditor").post(f"/hom-nay/cau-hoi/{asked}", {"loi": "Không"}).status_code == 403
    assert not api.rows("SELECT id FROM note WHERE answers = %s", asked)


def test_auditors_and_administrators_start_elsewhere(api: Api) -> None:
    auditor = words(Reader(api, PROVINCE, "auditor").page("/"))
    assert "Bước đã ghi 7 ngày qua" in auditor and "Bảy ngày qua không có gì khác thường" in auditor
    admin = words(Reader(api, PROVINCE, "admin").page("/"))
    assert "Người chưa có tài khoản" in admin and "Mọi tác vụ đều xong" in admin


def test_what_waits_in_another_office_is_told(api: Api) -> None:
    other = api.world.act(LATE, "drafter").person_id
    with db.transaction(db.engine(api.urls.program)) as session:
        new = offices.NewOffice(other, api.world.unit(SENT), "clerk", "Văn thư", api.world.today)
        given = offices.give(session, new)
    page = Reader(api, LATE, "drafter").page(f"/?vi-tri={given}")
    assert "việc chờ ở vị trí Công chức tham mưu, Phường Hai" in words(page)


def test_the_same_done_many_times_is_told_once(api: Api, plan: int) -> None:
    api.at("2026-12-21", 10)
    for ward in WARDS[2:]:
        send_report(api, report_of(api, plan, ward), ward)
    with db.transaction(db.engine(api.urls.program)) as session:
        who = holder(session, api.world.act(DISTRICTS[1], "supervisor"), api.world.today).holder
        found = changes(session, who, api.world.now - timedelta(hours=1), api.world.now)
    (news,) = [one for one in gathered(found) if one.first.action == "submit"]
    assert len(found) > len(gathered(found)) and len(news.changes) == 2 and news.title
