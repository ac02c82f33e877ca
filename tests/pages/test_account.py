"""One's own account and settings, and an administrator's hand in those of his people."""

from __future__ import annotations

import re

import pytest

from states import database as db
from states import preferences
from tests.http_world import Api, Voice
from tests.pages.visitor import GOOD, Visitor, account, machine, words
from tests.world import PROVINCE, WARDS

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def _machine(api: Api) -> None:
    api.at("2026-10-05")
    machine(api)


def enter(api: Api, unit: str, seat: str, agent: str = "") -> Visitor:
    """Somebody of the world, signed in by his own account."""
    actor = api.world.act(unit, seat)
    name = f"p{actor.person_id}"
    if not api.rows("SELECT FROM account WHERE person_id = %s", actor.person_id):
        account(api, actor, name)
    visitor = Visitor(api, *([agent] if agent else []))
    assert visitor.sign_in(name).status_code == 303
    return visitor


def test_i_see_where_i_am_signed_in_and_end_the_other_session(api: Api) -> None:
    here, there = enter(api, WARDS[0], "leader"), enter(api, WARDS[0], "leader", PHONE)
    page = here.get("/tai-khoan")
    assert "Chrome · Windows" in page.text and "Safari · iPhone" in page.text and "phiên này" in page.text
    (other,) = re.findall(r"/tai-khoan/phien/(\d+)/ket-thuc", page.text)
    assert here.post(f"/tai-khoan/phien/{other}/ket-thuc").status_code == 303
    assert here.is_in() and not there.is_in()
    third = enter(api, WARDS[0], "leader")
    here.post("/tai-khoan/phien/ket-thuc-khac")
    assert here.is_in() and not third.is_in()


def test_a_token_is_shown_once_and_only_to_whoever_knows_the_password(api: Api) -> None:
    me = enter(api, WARDS[0], "clerk")
    fields = {"name": "máy một cửa", "days": "30"}
    assert me.post("/tai-khoan/ma-truy-cap", {**fields, "password": "sai"}).status_code == 422
    assert api.rows("SELECT FROM token WHERE name = 'máy một cửa'") == []
    nameless = me.post("/tai-khoan/ma-truy-cap", {"name": "  ", "days": "30", "password": GOOD})
    assert nameless.status_code == 422 and "dùng để làm gì" in words(nameless)
    issued = me.post("/tai-khoan/ma-truy-cap", {**fields, "password": GOOD})
    (secret,) = set(re.findall(r"dd_[\w-]{43}", issued.text))
    assert secret not in me.get("/tai-khoan").text and "máy một cửa" in me.get("/tai-khoan").text
    program = Voice(api.client, secret)
    assert program.get("/me")["person"]["id"] == api.world.act(WARDS[0], "clerk").person_id
    (token,) = re.findall(r"/ma-truy-cap/(\d+)/thu-hoi", me.get("/tai-khoan").text)
    assert enter(api, WARDS[0], "drafter").post(f"/tai-khoan/ma-truy-cap/{token}/thu-hoi").status_code == 404
    assert program.say("GET", "/me").status_code == 200
    me.post(f"/tai-khoan/ma-truy-cap/{token}/thu-hoi")
    assert program.say("GET", "/me").status_code == 401


def test_a_session_gets_no_token_without_the_password(api: Api) -> None:
    me = enter(api, WARDS[0], "clerk")
    answer = me.client.post("/tokens", json={"name": "lén"},
                            headers={"Sec-Fetch-Site": "same-origin", "Accept": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (403, "on-the-page")
    assert api.rows("SELECT FROM token WHERE name = 'lén'") == []


def test_wrong_passwords_before_a_new_door_are_counted(api: Api) -> None:
    me = enter(api, WARDS[1], "clerk")
    for _ in range(5):
        assert me.post("/tai-khoan/hai-lop", {"password": "sai"}).status_code == 422
    waiting = me.post("/tai-khoan/hai-lop", {"password": GOOD})
    assert waiting.status_code == 429 and "thử lại sau" in words(waiting)
    assert api.rows("SELECT FROM account WHERE totp_secret IS NOT NULL") == []


def test_whoever_has_no_password_must_have_just_signed_in(api: Api) -> None:
    machine(api, demo_ahead="PT0S")
    actor = api.seat(api.world.unit(WARDS[1]), "clerk", "Không Mật Khẩu")
    me = Visitor(api)
    me.post("/dang-nhap/mau", {"person": actor.person_id})
    api.world.later(minutes=6)
    late = me.post("/tai-khoan/hai-lop")
    assert late.status_code == 422 and "đăng nhập lại" in words(late)
    me.post("/dang-xuat")
    me.post("/dang-nhap/mau", {"person": actor.person_id})
    assert me.post("/tai-khoan/hai-lop").headers["location"] == "/tai-khoan/hai-lop"


def test_a_bearer_token_reads_the_account_and_changes_nothing_of_it(api: Api) -> None:
    voice = api.as_(WARDS[1], "leader")
    page = {"Accept": "text/html"}
    assert voice.say("GET", "/tai-khoan", headers=page).status_code == 200
    for path in ("/tai-khoan/hai-lop", "/tai-khoan/ma-truy-cap", "/tai-khoan/phien/ket-thuc-khac", "/mat-khau"):
        answer = voice.say("POST", path, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (403, "needs-session"), path


def test_settings_are_kept_and_what_may_not_be_turned_off_is_not_offered(api: Api) -> None:
    me = enter(api, WARDS[2], "leader")
    page = me.get("/thiet-lap").text
    assert 'name="notice:submit" value="off"' in page and 'name="notice:present" value="off"' not in page
    assert 'name="notice:return"' not in page and "luôn gửi ngay" in page
    chosen = {"language": "en", "density": "compact", "notice:submit": "off", "notice:present": "now", "x": "y"}
    assert me.post("/thiet-lap", chosen).headers["location"] == "/thiet-lap"
    assert '<html lang="en">' in me.get("/thiet-lap").text and 'data-density="compact"' in me.get("/thiet-lap").text
    with db.transaction(db.engine(api.urls.program)) as session:
        kept = preferences.all_of(session, api.world.act(WARDS[2], "leader").person_id)
    assert {kept[name] for name in ("notice:submit", "notice:present", "density")} == {"off", "now", "compact"}
    assert me.post("/thiet-lap", {"notice:present": "off"}).status_code == 422
    assert me.get("/thong-bao").headers["location"] == "/thiet-lap#thong-bao"  # every mail's List-Unsubscribe


def test_an_administrator_opens_an_account_and_its_password_is_shown_once(api: Api) -> None:
    admin = enter(api, PROVINCE, "admin")
    person = api.world.act(WARDS[3], "leader").person_id
    listed = admin.get("/thiet-lap/tai-khoan?tim=phuong+bon")
    assert f"/thiet-lap/tai-khoan/{person}" in listed.text and WARDS[2] not in listed.text
    opened = admin.post(f"/thiet-lap/tai-khoan/{person}/mo", {"name": "hoa.bon"})
    (secret,) = re.findall(r'id="temporary">([^<]+)<', opened.text)
    assert secret not in admin.get(f"/thiet-lap/tai-khoan/{person}").text
    again = admin.post(f"/thiet-lap/tai-khoan/{person}/mo", {"name": "hoa.bon"})
    assert again.status_code == 422 and "đã có tài khoản" in words(again)
    hoa = Visitor(api)
    hoa.sign_in("hoa.bon", secret)
    assert hoa.get("/").headers["location"] == "/mat-khau"
    hoa.post("/mat-khau", {"old": secret, "new": GOOD, "again": GOOD})
    assert hoa.is_in()
    reset = admin.post(f"/thiet-lap/tai-khoan/{person}/cap-lai")
    (newer,) = re.findall(r'id="temporary">([^<]+)<', reset.text)
    assert newer != secret and not hoa.is_in()
    admin.post(f"/thiet-lap/tai-khoan/{person}/dong")
    assert "đã đóng" in words(Visitor(api).sign_in("hoa.bon", newer))
    assert "Đã đóng" in words(admin.get("/thiet-lap/tai-khoan?trang-thai=closed"))
    admin.post(f"/thiet-lap/tai-khoan/{person}/mo-lai")
    assert "Mở lại" not in admin.get(f"/thiet-lap/tai-khoan/{person}").text


def test_an_administrator_links_an_identity_and_asks_codes_of_an_office(api: Api) -> None:
    admin = enter(api, PROVINCE, "admin")
    person = api.world.act(WARDS[1], "drafter").person_id
    account(api, api.world.act(WARDS[1], "drafter"), f"p{person}")
    identity = {"issuer": "https://id.example", "subject": "s-1"}
    admin.post(f"/thiet-lap/tai-khoan/{person}/dinh-danh/gan", identity)
    assert "https://id.example" in admin.get(f"/thiet-lap/tai-khoan/{person}").text
    other = api.world.act(WARDS[0], "drafter").person_id
    assert admin.post(f"/thiet-lap/tai-khoan/{other}/dinh-danh/gan", identity).status_code == 409
    assert admin.post(f"/thiet-lap/tai-khoan/{other}/dinh-danh/go", identity).status_code == 404
    assert admin.post(f"/thiet-lap/tai-khoan/{person}/dinh-danh/go", identity).status_code == 303
    assert admin.post("/thiet-lap/ma-khi-ky", {"unit": "phường ba"}).status_code == 303
    ward = api.world.unit(WARDS[2])
    assert WARDS[2] in admin.get("/thiet-lap/tai-khoan").text
    assert api.rows("SELECT FROM unit WHERE id = %s AND totp_to_sign", ward)
    admin.post(f"/thiet-lap/ma-khi-ky/{ward}/thoi")
    assert api.rows("SELECT FROM unit WHERE totp_to_sign") == []


def test_an_administrator_reaches_nobody_outside_his_tree(api: Api) -> None:
    api.seat(api.world.unit(WARDS[0]), "admin", "Quản Phường")
    small = api.seat(api.world.unit(WARDS[0]), "admin", "Quản Phường Một")
    account(api, small, "quan.mot")
    admin = Visitor(api)
    admin.sign_in("quan.mot")
    above = api.world.act(PROVINCE, "leader").person_id
    assert admin.get(f"/thiet-lap/tai-khoan/{above}").status_code == 403
    for act in ("mo", "cap-lai", "dong", "mo-lai", "bo-hai-lop"):
        answer = admin.post(f"/thiet-lap/tai-khoan/{above}/{act}", {"name": "cua.toi"})
        assert answer.status_code == 403 and "không thuộc phạm vi" in words(answer), act
    assert admin.post("/thiet-lap/ma-khi-ky", {"unit": WARDS[1]}).status_code == 403
    assert admin.post("/thiet-lap/ma-khi-ky", {"unit": PROVINCE}).status_code == 403
    assert f"/{above}" not in admin.get("/thiet-lap/tai-khoan?tim=Mẫu+Giang").text
    assert api.rows("SELECT FROM account WHERE name = 'cua.toi'") == []


def test_nobody_else_administers_accounts(api: Api) -> None:
    for unit, seat in ((WARDS[0], "leader"), (PROVINCE, "supervisor"), (PROVINCE, "auditor")):
        visitor = enter(api, unit, seat)
        assert "/thiet-lap/tai-khoan" not in visitor.get("/thiet-lap").text
        assert visitor.get("/thiet-lap/tai-khoan").status_code == 403
        person = api.world.act(WARDS[0], "leader").person_id
        assert visitor.post(f"/thiet-lap/tai-khoan/{person}/cap-lai").status_code == 403
