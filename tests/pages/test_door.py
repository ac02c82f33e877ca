"""The code at the door as people meet it: asked by choice or by the unit, set up there, and no page before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyotp
import pytest

from states import database as db
from states import door
from tests.http_world import Api, Voice
from tests.pages.test_account import enter
from tests.pages.visitor import GOOD, Visitor, account, machine, words
from tests.world import PROVINCE, WARDS


@pytest.fixture(autouse=True)
def _machine(api: Api) -> Iterator[None]:
    api.at("2026-10-05")
    machine(api)
    yield


def asking(api: Api, ward: str, asked: bool = True) -> None:
    with db.transaction(db.engine(api.urls.program)) as session:
        door.ask_in(session, api.world.unit(ward), asked)


def code(api: Api, secret: str) -> str:
    return pyotp.TOTP(secret).at(api.world.now)


def set_up(api: Api, me: Visitor) -> str:
    """Through the pages, from a session; returns the secret."""
    me.post("/tai-khoan/hai-lop", {"password": GOOD})
    letters = re.findall(r'class="secret mono">([^<]+)<', me.get("/tai-khoan/hai-lop").text)
    secret: str = letters[0].replace(" ", "")
    assert me.post("/tai-khoan/hai-lop/xac-nhan", {"code": code(api, secret)}).status_code == 303
    return secret


def test_i_choose_to_be_asked_and_am_in_only_after_the_code(api: Api) -> None:
    me = enter(api, WARDS[0], "leader")
    assert me.post("/tai-khoan/hai-lop/khi-dang-nhap", {"asked": "true", "password": GOOD}).status_code == 403
    secret = set_up(api, me)
    assert "đang không hỏi mã" in words(me.get("/tai-khoan"))
    choice = {"asked": "true", "password": "sai"}
    assert me.post("/tai-khoan/hai-lop/khi-dang-nhap", choice).status_code == 422
    assert me.post("/tai-khoan/hai-lop/khi-dang-nhap", {**choice, "password": GOOD}).status_code == 303
    assert "đang hỏi thêm mã" in words(me.get("/tai-khoan"))
    api.world.later(minutes=5)
    name = f"p{api.world.act(WARDS[0], 'leader').person_id}"
    new = Visitor(api)
    asked = new.sign_in(name, den="/tai-khoan")
    assert (asked.status_code, asked.headers["location"]) == (303, "/dang-nhap/ma?den=%2Ftai-khoan")
    assert new.cookie is None and not new.is_in()
    page = new.get(asked.headers["location"])
    assert page.status_code == 200 and 'autocomplete="one-time-code"' in page.text and "Bạn đã chọn" in words(page)
    wrong = new.post("/dang-nhap/ma", {"code": "000 000", "den": "/tai-khoan"})
    assert wrong.status_code == 422 and "Mã không đúng" in words(wrong) and new.cookie is None
    right = new.post("/dang-nhap/ma", {"code": code(api, secret), "den": "/tai-khoan"})
    assert (right.status_code, right.headers["location"]) == (303, "/tai-khoan")
    assert new.is_in() and "dondoc-half" not in new.client.cookies
    assert new.get("/dang-nhap/ma").headers["location"] == "/dang-nhap"  # done with


def test_whoever_has_no_telephone_yet_sets_it_up_on_the_way_in(api: Api) -> None:
    actor = api.world.act(WARDS[1], "clerk")
    account(api, actor, "minh.hai")
    asking(api, WARDS[1])
    minh = Visitor(api)
    page = minh.get(minh.sign_in("minh.hai").headers["location"])
    assert f"{WARDS[1]} đòi mã" in words(page) and "chưa thiết lập" in words(page)
    assert minh.get("/dang-nhap/ma-qr.svg").headers["content-type"] == "image/svg+xml"
    assert minh.get("/tai-khoan").headers["location"].startswith("/dang-nhap")
    (letters,) = re.findall(r'class="secret mono">([^<]+)<', page.text)
    assert letters == re.findall(r'class="secret mono">([^<]+)<', minh.get("/dang-nhap/ma").text)[0]
    assert minh.post("/dang-nhap/ma", {"code": code(api, letters.replace(" ", ""))}).headers["location"] == "/"
    assert minh.is_in() and "đòi mã của mọi người" in words(minh.get("/tai-khoan"))
    assert api.rows("SELECT FROM account WHERE person_id = %s AND totp_since IS NOT NULL", actor.person_id)
    asking(api, WARDS[1], False)


def test_half_way_runs_out_and_a_stranger_is_never_there(api: Api) -> None:
    account(api, api.world.act(WARDS[2], "clerk"), "minh.ba")
    asking(api, WARDS[2])
    minh, stranger = Visitor(api), Visitor(api)
    assert stranger.get("/dang-nhap/ma").headers["location"] == "/dang-nhap"
    assert stranger.get("/dang-nhap/ma-qr.svg").status_code == 303
    assert stranger.post("/dang-nhap/ma", {"code": "123456"}).headers["location"] == "/dang-nhap"
    minh.sign_in("minh.ba")
    api.world.later(minutes=5)
    sent = minh.post("/dang-nhap/ma", {"code": "123456", "den": "/thiet-lap"})
    assert sent.headers["location"] == "/dang-nhap?den=%2Fthiet-lap"
    assert "đăng nhập lại từ đầu" in words(minh.get(sent.headers["location"]))
    asking(api, WARDS[2], False)


def test_a_token_that_signs_takes_the_password_and_a_code(api: Api) -> None:
    me = enter(api, WARDS[0], "clerk")
    fields = {"name": "máy ký", "days": "30", "password": GOOD, "sign": "true"}
    assert me.post("/tai-khoan/ma-truy-cap", fields).status_code == 403  # no second factor yet
    assert "không ký văn bản được" in words(me.get("/tai-khoan"))
    secret = set_up(api, me)
    wrong = me.post("/tai-khoan/ma-truy-cap", {**fields, "code": "000000"})
    assert wrong.status_code == 422 and "Mã không đúng" in words(wrong)
    assert api.rows("SELECT FROM token WHERE name = 'máy ký'") == []
    api.world.later(minutes=1)
    issued = me.post("/tai-khoan/ma-truy-cap", {**fields, "code": code(api, secret)})
    assert re.search(r"dd_[\w-]{43}", issued.text) and "được ký" in words(issued)
    me.post("/tai-khoan/ma-truy-cap", {"name": "máy đọc", "days": "30", "password": GOOD})
    rows = api.rows("SELECT name, may_sign FROM token WHERE name LIKE 'máy %%'")
    kept = {row["name"]: row["may_sign"] for row in rows}
    assert (kept["máy ký"], kept["máy đọc"]) == (True, False)


def test_an_administrator_asks_it_of_a_unit_and_tokens_go_on(api: Api) -> None:
    admin, ward = enter(api, PROVINCE, "admin"), api.world.unit(WARDS[3])
    account(api, api.world.act(WARDS[3], "clerk"), "minh.bon")
    token: Voice = api.as_(WARDS[3], "clerk")
    assert 'name="enter"' in admin.get(f"/don-vi/{ward}/sua").text
    assert admin.post(f"/don-vi/{ward}/sua", {"phone": "", "enter": "1"}).status_code == 303
    assert "cần mã xác thực hai bước" in words(admin.get(f"/don-vi/{ward}"))
    assert re.search(rf"{WARDS[3]} 1 người có tài khoản chưa bật", words(admin.get("/thiet-lap/tai-khoan")))
    assert Visitor(api).sign_in("minh.bon").headers["location"] == "/dang-nhap/ma"
    assert token.say("GET", "/me").status_code == 200
    admin.post(f"/don-vi/{ward}/sua", {"phone": ""})
    assert Visitor(api).sign_in("minh.bon").headers["location"] == "/"
