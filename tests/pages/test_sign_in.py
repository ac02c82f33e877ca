"""Signing in as people do it: names, waits, the first password, offices, languages, the demo's sample people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from states import database as db
from states import offices, preferences
from states.offices import NewOffice
from tests.api.command_line import Cli
from tests.http_world import Api
from tests.pages.visitor import GOOD, Visitor, account, machine, words
from tests.world import PROVINCE, WARDS


@pytest.fixture(autouse=True)
def _machine(api: Api) -> Iterator[None]:
    api.at("2026-10-05")
    machine(api)
    yield


def test_one_signs_in_and_goes_on_to_the_page_that_was_asked_for(api: Api) -> None:
    account(api, api.world.act(WARDS[0], "leader"), "hoa.mot")
    hoa = Visitor(api)
    sent = hoa.get("/tai-khoan?a=1&b=2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/dang-nhap?den=/tai-khoan%3Fa%3D1%26b%3D2")
    form = hoa.get(sent.headers["location"])
    assert 'name="den" value="/tai-khoan?a=1&amp;b=2"' in form.text
    entered = hoa.sign_in("  HOA.MOT ", den="/tai-khoan?a=1&b=2")
    assert (entered.status_code, entered.headers["location"]) == (303, "/tai-khoan?a=1&b=2")
    page = hoa.get("/tai-khoan")
    assert page.status_code == 200 and "Phó Chủ tịch" in page.text and WARDS[0] in page.text
    assert hoa.get("/dang-nhap").headers["location"] == "/"  # in already


def test_whoever_does_not_know_the_password_learns_nothing(api: Api) -> None:
    account(api, api.world.act(WARDS[0], "clerk"), "minh.mot")
    answers = [Visitor(api).sign_in(name, "sai mật khẩu rồi") for name in ("minh.mot", "khong.co.ai")]
    known, unknown = [one.text.replace("minh.mot", "?").replace("khong.co.ai", "?") for one in answers]
    # What stands before differs by the nonce of the scripts.
    assert known.partition('id="sign-name"')[2] == unknown.partition('id="sign-name"')[2] != ""
    assert {one.status_code for one in answers} == {422}
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in words(answers[0])
    assert "sai mật khẩu rồi" not in answers[0].text and 'value="minh.mot"' in answers[0].text
    assert all("set-cookie" not in one.headers for one in answers)


def test_too_many_tries_wait_and_are_told_how_long(api: Api) -> None:
    account(api, api.world.act(WARDS[0], "drafter"), "lan.mot")
    lan = Visitor(api)
    for _ in range(5):
        assert lan.sign_in("lan.mot", "sai mật khẩu rồi").status_code == 422
    waiting = lan.sign_in("lan.mot")
    assert waiting.status_code == 429 and 55 <= int(waiting.headers["retry-after"]) <= 61
    assert "Đã thử sai nhiều lần; thử lại sau 1 phút." in words(waiting)
    api.world.later(minutes=1, seconds=1)
    assert lan.sign_in("lan.mot").status_code == 303


def test_the_first_password_opens_nothing_but_its_own_page(api: Api) -> None:
    account(api, api.world.act(WARDS[1], "leader"), "hoa.hai", "mượn tạm một câu dài", must_change=True)
    hoa = Visitor(api)
    assert hoa.sign_in("hoa.hai", "mượn tạm một câu dài", den="/thiet-lap").headers["location"] == "/thiet-lap"
    for path in ("/", "/thiet-lap", "/tai-khoan", "/vi-tri", "/don-vi"):
        sent = hoa.get(path)
        assert (sent.status_code, sent.headers["location"].split("?")[0]) == (303, "/mat-khau"), path
    told = hoa.get("/inbox", Accept="application/json")
    assert (told.status_code, told.json()["code"]) == (403, "change-password-first")
    assert "Mật khẩu tạm phải được đổi trước" in told.json()["detail"]
    assert hoa.get("/static/css/tokens.css").status_code == 200
    guessed = hoa.post("/mat-khau", {"old": "mượn tạm một câu dài", "new": "123456789012", "again": "123456789012"})
    assert guessed.status_code == 422 and hoa.get("/").status_code == 303
    twice = hoa.post("/mat-khau", {"old": "mượn tạm một câu dài", "new": GOOD, "again": GOOD + "!"})
    assert twice.status_code == 422 and "khác nhau" in words(twice)
    before = hoa.cookie
    fields = {"old": "mượn tạm một câu dài", "new": GOOD, "again": GOOD, "den": "/thiet-lap"}
    changed = hoa.post("/mat-khau", fields)
    assert (changed.status_code, changed.headers["location"]) == (303, "/thiet-lap")
    assert hoa.cookie != before and hoa.is_in()
    assert not Visitor(api).with_cookie(before).is_in()


def test_changing_the_password_ends_the_other_sessions(api: Api) -> None:
    account(api, api.world.act(WARDS[1], "clerk"), "minh.hai")
    here, there = Visitor(api), Visitor(api)
    here.sign_in("minh.hai")
    there.sign_in("minh.hai")
    new = "chiều về trên bến sông quê"
    assert here.post("/mat-khau", {"old": "không phải", "new": new, "again": new}).status_code == 422
    assert there.is_in()
    assert here.post("/mat-khau", {"old": GOOD, "new": new, "again": new}).status_code == 303
    assert here.is_in() and not there.is_in()
    assert Visitor(api).sign_in("minh.hai").status_code == 422
    assert Visitor(api).sign_in("minh.hai", new).status_code == 303


def test_whoever_holds_two_offices_chooses_and_the_page_says_as_whom_he_acts(api: Api) -> None:
    actor = api.seat(api.world.unit(WARDS[2]), "clerk", "Hai Vai")
    with db.transaction(db.engine(api.urls.program)) as session:
        new = NewOffice(actor.person_id, api.world.unit(PROVINCE), "admin", "Quản trị hệ thống", api.world.today)
        second = offices.give(session, new)
    account(api, actor, "hai.vai")
    hai = Visitor(api)
    sent = hai.sign_in("hai.vai", den="/thiet-lap").headers["location"]
    assert sent == "/vi-tri?den=%2Fthiet-lap"
    choice = hai.get(sent)
    assert "Quản trị hệ thống" in choice.text and WARDS[2] in choice.text
    assert hai.post("/vi-tri", {"office": second, "ve": "/thiet-lap"}).headers["location"] == "/thiet-lap"
    assert "Quản trị hệ thống" in hai.get("/thiet-lap").text.split('class="menu"')[0]
    # A page of the administrator is not there for the clerk: he is led to the first page, not to a refusal.
    assert hai.post("/vi-tri", {"office": actor.office_id, "ve": "/thiet-lap/tai-khoan"}).headers["location"] == "/"
    assert hai.post("/vi-tri", {"office": second, "ve": "/van-ban/999999"}).headers["location"] == "/"
    foreign = api.world.act(WARDS[0], "leader").office_id
    assert hai.post("/vi-tri", {"office": foreign}).status_code == 403


def test_whoever_holds_no_office_is_told_whom_to_ask(api: Api) -> None:
    with db.transaction(db.engine(api.urls.program)) as session:
        person = offices.add_person(session, "Chưa Có Việc (mẫu)", sample=True)
    actor = type(api.world.act(WARDS[0], "leader"))(person, 0)
    account(api, actor, "chua.co.viec")
    who = Visitor(api)
    who.sign_in("chua.co.viec")
    assert who.get("/").headers["location"] == "/chua-co-vi-tri"
    told = who.get("/chua-co-vi-tri")
    assert told.status_code == 403 and "Hôm nay bạn chưa giữ vị trí nào" in words(told)
    assert who.get("/mat-khau").status_code == 200
    assert who.post("/dang-xuat").status_code == 303 and who.cookie is None


def test_the_language_is_the_browsers_then_the_persons(api: Api) -> None:
    actor = api.world.act(WARDS[2], "leader")
    account(api, actor, "hoa.ba")
    hoa = Visitor(api)
    assert '<html lang="vi">' in hoa.get("/dang-nhap").text
    assert '<html lang="en">' in Visitor(api).get("/dang-nhap", **{"Accept-Language": "en-GB,en;q=0.8"}).text
    hoa.sign_in("hoa.ba")
    assert hoa.post("/ngon-ngu", {"language": "en", "ve": "/thiet-lap"}).headers["location"] == "/thiet-lap"
    assert '<html lang="en">' in hoa.get("/thiet-lap").text
    with db.transaction(db.engine(api.urls.program)) as session:
        assert preferences.get(session, actor.person_id, "language") == "en"
    hoa.post("/dang-xuat")
    assert '<html lang="vi">' in hoa.get("/dang-nhap").text  # the next person's browser speaks for him
    hoa.sign_in("hoa.ba")
    assert '<html lang="en">' in hoa.get("/").text
    assert Visitor(api).post("/ngon-ngu", {"language": "xx"}).headers.get("set-cookie") is None


def test_the_demo_offers_its_sample_people_and_one_click_enters(api: Api) -> None:
    machine(api, demo_ahead=timedelta())
    anybody = Visitor(api)
    page = anybody.get("/dang-nhap?den=/thiet-lap")
    assert "Bản trình diễn" in page.text and PROVINCE in page.text and "Kiểm tra và quản trị" in page.text
    found = anybody.get("/dang-nhap?tim=phuong+hai")
    drafter = api.world.act(WARDS[1], "drafter").person_id
    assert f'value="{drafter}"' in found.text and WARDS[0] not in found.text
    entered = anybody.post("/dang-nhap/mau", {"person": drafter, "den": "/thiet-lap"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/thiet-lap")
    assert WARDS[1] in anybody.get("/thiet-lap").text
    assert anybody.post("/dang-xuat") and anybody.post("/dang-nhap/mau", {"person": drafter}).status_code == 303


def test_a_real_office_offers_nobody_and_the_demo_no_real_person(api: Api) -> None:
    drafter = api.world.act(WARDS[0], "drafter").person_id
    anybody = Visitor(api)
    assert "Bản trình diễn" not in anybody.get("/dang-nhap").text
    refused = anybody.post("/dang-nhap/mau", {"person": drafter})
    assert refused.status_code == 403 and anybody.cookie is None
    machine(api, demo_ahead=timedelta())
    with db.transaction(db.engine(api.urls.program)) as session:
        real = offices.add_person(session, "Người Thật")
        offices.give(session, NewOffice(real, api.world.unit(WARDS[0]), "clerk", "Văn thư", api.world.today))
    for person in (real, 1, 2**31 - 1):  # a real person, the clock, nobody
        assert anybody.post("/dang-nhap/mau", {"person": person}).status_code == 403, person
    assert "Người Thật" not in anybody.get("/dang-nhap?tim=Th%E1%BA%ADt").text


def test_the_first_administrator_gets_in_by_the_command_line(api: Api) -> None:
    actor = api.seat(api.world.unit(WARDS[3]), "admin", "Đầu Tiên")
    dondoc = Cli(api.urls)
    name, _, rest = dondoc.say("people", "account", actor.person_id, "dau.tien").partition(": ")
    assert name == "dau.tien"
    assert "đã có tài khoản" in dondoc.say("people", "account", actor.person_id, "dau.tien", code=1)
    secret = rest.split()[0]
    first = Visitor(api)
    # The command's clock is the machine's, the world's is earlier: within the week in any case.
    assert first.sign_in("dau.tien", secret).status_code == 303
    assert first.get("/").headers["location"].startswith("/mat-khau")
    assert secret not in dondoc.say("people", "account", actor.person_id, "--reset")
