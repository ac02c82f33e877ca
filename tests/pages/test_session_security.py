"""What a thief, a foreign site, a clever link and an old cookie can do with a session: nothing."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pyotp
import pytest
from fastapi.routing import APIRoute

from api.pages import ROUTERS
from api.pages.shell import inside
from states import accounts, second_factor, secret_key
from states import database as db
from tests.http_world import Api, issue_plan, report_of, report_text
from tests.pages.visitor import GOOD, Visitor, account, machine, words
from tests.world import PROVINCE, WARDS

EVIL = ("//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "///evil.example",
        "/\t/evil.example", "/\n/evil.example", "\\\\evil.example", "evil.example", " //evil.example",
        "/\r\nX: 1")  # fmt: skip
NAMES = iter(f"nguoi.{n}" for n in range(100))


@pytest.fixture(autouse=True)
def _machine(api: Api) -> None:
    api.at("2026-10-05")
    machine(api)


def somebody(api: Api, ward: str = WARDS[0], seat: str = "clerk", **more: Any) -> tuple[Visitor, str]:
    """Somebody new, signed in, and his name."""
    name = next(NAMES)
    account(api, api.seat(api.world.unit(ward), seat, name), name, **more)
    visitor = Visitor(api)
    assert visitor.sign_in(name).status_code == 303
    return visitor, name


def is_dead(api: Api, secret: str | None) -> bool:
    thief = Visitor(api).with_cookie(secret)
    told = thief.get("/me", Accept="application/json")
    return not thief.is_in() and (told.status_code, told.json()["code"]) == (401, "not-signed-in")


# ── stolen and planted cookies ───────────────────────────────────────────────────────────────────────────


def test_a_stolen_cookie_is_dead_after_signing_out_and_after_each_new_secret(api: Api) -> None:
    visitor, _ = somebody(api)
    stolen = visitor.cookie
    assert not is_dead(api, stolen)
    visitor.post("/mat-khau", {"old": GOOD, "new": GOOD + " xanh", "again": GOOD + " xanh"})
    assert is_dead(api, stolen) and visitor.is_in()
    newer = visitor.cookie
    assert newer not in (None, stolen)
    out = visitor.post("/dang-xuat")
    assert out.headers["clear-site-data"] == '"cache"' and visitor.cookie is None
    assert is_dead(api, newer)


def test_everywhere_means_every_browser(api: Api) -> None:
    here, name = somebody(api)
    there = Visitor(api)
    there.sign_in(name)
    stolen = there.cookie
    assert here.post("/dang-xuat/moi-noi").headers["location"] == "/dang-nhap"
    assert is_dead(api, stolen) and not here.is_in()


def test_a_session_ends_after_four_quiet_hours_and_after_twelve_in_any_case(api: Api) -> None:
    quiet, _ = somebody(api)
    busy, _ = somebody(api)
    for _ in range(11):
        api.world.later(hours=1)
        assert busy.is_in()
    assert is_dead(api, quiet.cookie) and busy.is_in()
    api.world.later(hours=1, seconds=1)
    assert is_dead(api, busy.cookie)


def test_a_closed_account_has_no_session(api: Api) -> None:
    visitor, name = somebody(api)
    (row,) = api.rows("SELECT person_id FROM account WHERE name = %s", name)
    with db.transaction(db.engine(api.urls.program)) as session:
        accounts.close_account(session, row["person_id"], api.world.now)
    assert is_dead(api, visitor.cookie)
    assert "Tài khoản này đã đóng" in words(Visitor(api).sign_in(name))


def test_a_planted_cookie_is_never_taken_over(api: Api) -> None:
    _, name = somebody(api)
    planted = "x" * 43
    victim = Visitor(api).with_cookie(planted)
    victim.sign_in(name)
    assert planted not in [cookie.value for cookie in victim.client.cookies.jar if cookie.domain == "testserver.local"
                           and cookie.path == "/" and cookie.name == "dondoc"]  # fmt: skip
    assert is_dead(api, planted)


def test_the_older_session_of_a_browser_ends_when_somebody_else_signs_in(api: Api) -> None:
    _, second = somebody(api)
    browser, first = somebody(api)
    older = browser.cookie
    browser.sign_in(second)
    mine = browser.get("/tai-khoan").text
    assert is_dead(api, older) and second in mine and first not in mine


def test_nobody_ends_or_sees_another_persons_session(api: Api) -> None:
    _, name = somebody(api)
    (row,) = api.rows("SELECT w.id FROM web_session w JOIN account a USING (person_id) WHERE a.name = %s", name)
    other, _ = somebody(api)
    assert other.post(f"/tai-khoan/phien/{row['id']}/ket-thuc").status_code == 404
    assert f"phien/{row['id']}/" not in other.get("/tai-khoan").text
    assert api.rows("SELECT FROM web_session WHERE id = %s AND ended_at IS NULL", row["id"])


# ── acts from elsewhere ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:81"},
        {},
    ],
)
def test_an_act_from_another_site_is_refused(api: Api, headers: dict[str, str]) -> None:
    visitor, _ = somebody(api)
    for path, more in (
        ("/dang-xuat", {}), ("/thiet-lap", {"data": {"language": "en"}}), ("/vi-tri", {"data": {"office": 1}}),
        ("/tokens", {"json": {"name": "của kẻ khác"}}), ("/dang-xuat/moi-noi", {}), ("/tai-khoan/hai-lop", {}),
    ):  # fmt: skip
        answer = visitor.client.post(path, headers={"Accept": "application/json", **headers}, **more)
        assert (answer.status_code, answer.json()["code"]) == (403, "from-elsewhere"), path
    assert visitor.is_in() and api.rows("SELECT FROM token WHERE name = 'của kẻ khác'") == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"},
                                     {"Origin": "http://testserver"}])  # fmt: skip
def test_an_act_from_our_own_pages_is_taken(api: Api, headers: dict[str, str]) -> None:
    visitor, _ = somebody(api)
    assert visitor.client.post("/dang-xuat", headers=headers).status_code == 303


def test_nobody_is_signed_in_by_another_sites_form(api: Api) -> None:
    _, name = somebody(api)
    victim = Visitor(api)
    answer = victim.client.post("/dang-nhap", data={"name": name, "password": GOOD},
                                headers={"Sec-Fetch-Site": "cross-site"})  # fmt: skip
    assert answer.status_code == 403 and victim.cookie is None


# ── links that lead away ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("away", EVIL)
def test_no_link_leads_away(api: Api, away: str) -> None:
    visitor, name = somebody(api)
    newcomer = Visitor(api)
    answers = [newcomer.sign_in(name, den=away), visitor.post("/ngon-ngu", {"language": "en", "ve": away}),
               visitor.client.get("/dang-nhap", params={"den": away}),
               visitor.client.get("/vi-tri", params={"den": away})]  # fmt: skip
    office = re.search(r'name="office" value="(\d+)"', visitor.get("/tai-khoan").text)
    assert office is not None
    answers.append(visitor.post("/vi-tri", {"office": office[1], "ve": away}))
    for answer in answers:
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert inside(away) == "/"
    page = Visitor(api).client.get("/dang-nhap", params={"den": away})
    assert "evil" not in page.text and "alert(1)" not in page.text


def test_an_encoded_way_out_stays_inside(api: Api) -> None:
    _, name = somebody(api)
    location = Visitor(api).sign_in(name, den="/%2f%2fevil.example").headers["location"]
    assert httpx.URL("http://testserver/").join(location).host == "testserver"


# ── what the browser is told ─────────────────────────────────────────────────────────────────────────────


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(api: Api) -> None:
    _, name = somebody(api)
    (cookie,) = [one for one in Visitor(api).sign_in(name).headers.get_list("set-cookie") if one.startswith("dondoc=")]
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert flags == {"httponly", "samesite=lax", "path=/"}  # no Expires, no Max-Age, no Domain
    assert len(cookie.split(";")[0]) >= len("dondoc=") + 43


def test_over_https_only_this_host_can_set_the_cookie(api: Api) -> None:
    _, name = somebody(api)
    machine(api, public_url="https://dondoc.example")
    visitor = Visitor(api)
    answer = visitor.sign_in(name)
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if "dondoc=" in one]
    assert cookie.startswith("__Host-dondoc=") and "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    secret = cookie.split(";")[0].split("=", 1)[1]
    assert visitor.client.get("/thiet-lap", headers={"Cookie": f"__Host-dondoc={secret}"}).status_code == 200
    assert visitor.client.get("/thiet-lap", headers={"Cookie": f"dondoc={secret}"}).status_code == 303


OPEN_PAGES = ("/dang-nhap", "/khong-co-trang-nay")
OWN_PAGES = ("/", "/tai-khoan", "/thiet-lap", "/mat-khau", "/ma-xac-nhan", "/thiet-lap/tai-khoan", "/tac-vu",
             "/tac-vu/ghi-nhan", "/tac-vu/prefect")  # fmt: skip


def test_every_page_runs_only_our_scripts_and_is_kept_by_nobody(api: Api) -> None:
    machine(api, prefect_api_url="http://127.0.0.1:1/api")
    visitor, _ = somebody(api, PROVINCE, "admin")
    nonces = set()
    for path in (*OPEN_PAGES, *OWN_PAGES):
        answer = (Visitor(api) if path in OPEN_PAGES else visitor).get(path)
        assert answer.status_code in (200, 404), path
        policy = answer.headers["content-security-policy"]
        (nonce,) = re.findall(r"script-src 'nonce-([\w-]{20,})';", policy)
        assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert set(re.findall(r"<script[^>]*", answer.text)) == {
            one for one in re.findall(r"<script[^>]*", answer.text) if f'nonce="{nonce}"' in one
        }, path
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text), path
        assert answer.headers["cache-control"] == "private, no-store", path
        nonces.add(nonce)
    assert len(nonces) == len(OPEN_PAGES) + len(OWN_PAGES)


def test_no_page_is_open_without_signing_in(api: Api) -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    nobody = Visitor(api).with_cookie("x" * 43)
    for route in routes:
        path = re.sub(r"{[^}]*}", "1", route.path)
        for method in route.methods or ():
            answer = nobody.client.request(method, path, headers={"Sec-Fetch-Site": "same-origin"})
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/dang-nhap"), route.path
    assert len(routes) > 20


# ── the second factor when signing ───────────────────────────────────────────────────────────────────────


def test_signing_takes_a_fresh_code_where_the_office_asks_it(api: Api) -> None:
    report, seq, revision = _presented(api, WARDS[1])
    leader = api.world.act(WARDS[1], "leader")
    account(api, leader, "hoa.ky")
    with db.transaction(db.engine(api.urls.program)) as session:
        second_factor.ask_to_sign(session, api.world.unit(WARDS[1]), True)
    body = {"action": "sign", "seq": seq, "revision_id": revision}
    token = api.voice(leader).say("POST", f"/documents/{report}/steps", json=body)
    assert (token.status_code, token.json()["code"]) == (403, "second-factor-needed")
    assert "ký trên trang web" in token.json()["reasons"][0]["remedy"]
    hoa = Visitor(api)
    hoa.sign_in("hoa.ky")
    refused = _sign(hoa, report, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "second-factor-needed")
    assert "thiết lập xác thực hai lớp" in refused.json()["detail"]
    assert "bạn chưa thiết lập" in words(hoa.get("/ma-xac-nhan"))
    code = _enrol(api, hoa, leader.person_id)
    api.world.later(minutes=5, seconds=1)
    from_page = {"Sec-Fetch-Site": "same-origin", "Referer": "http://testserver/tai-khoan"}
    stale = hoa.client.post(f"/documents/{report}/steps", json=body, headers=from_page)
    assert (stale.status_code, stale.headers["location"]) == (303, "/ma-xac-nhan?den=/tai-khoan")  # as a page is told
    assert hoa.post("/ma-xac-nhan", {"code": "000000"}).status_code == 422
    before = hoa.cookie
    proved = hoa.post("/ma-xac-nhan", {"code": code.at(api.world.now), "den": "/tai-khoan"})
    assert (proved.status_code, proved.headers["location"]) == (303, "/tai-khoan")
    assert is_dead(api, before)  # the session goes on under a new secret
    assert hoa.get("/ma-xac-nhan?den=/tai-khoan").headers["location"] == "/tai-khoan"  # still fresh
    assert api.voice(leader).say("POST", f"/documents/{report}/steps", json=body).status_code == 403  # a token never
    assert _sign(hoa, report, body).status_code == 201


def test_an_office_that_asks_nothing_signs_by_token_as_before(api: Api) -> None:
    report, seq, revision = _presented(api, WARDS[2])
    body = {"action": "sign", "seq": seq, "revision_id": revision}
    assert api.as_(WARDS[2], "leader").say("POST", f"/documents/{report}/steps", json=body).status_code == 201


def test_a_code_is_told_to_wait_after_five_wrong_ones(api: Api) -> None:
    visitor, name = somebody(api, WARDS[3], "leader")
    (row,) = api.rows("SELECT person_id FROM account WHERE name = %s", name)
    code = _enrol(api, visitor, row["person_id"])
    api.world.later(minutes=6)
    right = code.at(api.world.now)
    wrong = next(one for one in ("000000", "111111", "222222", "333333", "444444") if not code.verify(
        one, for_time=api.world.now, valid_window=2))  # fmt: skip
    for _ in range(5):
        assert visitor.post("/ma-xac-nhan", {"code": wrong}).status_code == 422
    waiting = visitor.post("/ma-xac-nhan", {"code": right})
    assert waiting.status_code == 429 and "thử lại sau" in words(waiting)


def _presented(api: Api, ward: str) -> tuple[int, int, int]:
    """A report put up to the leader: its number, where it stands, the content he reads."""
    plan = issue_plan(api)
    api.at("2026-12-16")
    report = report_of(api, plan, ward)
    drafter = api.as_(ward, "drafter")
    version = drafter.get(f"/documents/{report}/draft")["version"]
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": version})
    drafter.step(report, "present")
    seen = api.as_(ward, "leader").get(f"/documents/{report}")
    return report, seen["seq"], seen["newest_revision_id"]


def _sign(visitor: Visitor, report: int, body: dict[str, Any]) -> httpx.Response:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    answer: httpx.Response = visitor.client.post(f"/documents/{report}/steps", json=body, headers=headers)
    return answer


def _enrol(api: Api, visitor: Visitor, person: int) -> pyotp.TOTP:
    """Set the second factor up through the pages; what the telephone then shows."""
    assert visitor.post("/tai-khoan/hai-lop", {"password": GOOD}).headers["location"] == "/tai-khoan/hai-lop"
    letters = re.search(r'class="secret mono">([A-Z2-7 ]+)<', visitor.get("/tai-khoan/hai-lop").text)
    assert letters is not None
    phone = pyotp.TOTP(letters[1].replace(" ", ""))
    picture = visitor.get("/tai-khoan/ma-qr.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml") and "<path" in picture.text
    assert picture.headers["cache-control"] == "private, no-store"
    assert visitor.post("/tai-khoan/hai-lop/xac-nhan", {"code": phone.at(api.world.now)}).status_code == 303
    with db.transaction(db.engine(api.urls.program)) as session:
        assert second_factor.in_force(session, person)
        assert second_factor.pending(session, person, secret_key.of(machine(api)), "Đôn Đốc") is None
    assert visitor.get("/tai-khoan/ma-qr.svg").status_code == 403  # shown no more
    return phone
