"""What must not work in a real browser: an act from the wrong seat, a stolen session, an address that leads out."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from api.auth import COOKIE
from tests.browser.conftest import Site
from tests.browser.hands import actions, posted, state, visit
from tests.browser.waiting import wait_to_be_signed
from tests.world import DISTRICTS, WARDS

WARD = WARDS[0]
PASSWORD = "con đường làng rợp bóng tre"
ELSEWHERE = ["//evil.example/", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "javascript:alert(1)",
             "https:evil.example", "///evil.example"]  # fmt: skip


WRONG = ((WARD, "drafter", 403), (WARD, "clerk", 403), (WARD, "supervisor", 403), (DISTRICTS[0], "leader", 403),
         (WARDS[1], "leader", 404))  # fmt: skip
"""Whose seat is not the signer's, and what his post is answered."""


def test_the_wrong_seat_sees_no_button_and_is_refused_when_it_posts(site: Site) -> None:
    waiting = wait_to_be_signed(site, WARD)
    before, page = actions(site, waiting.report), site.page(site.window())
    for unit, seat, status in WRONG:
        site.enter(page.context, site.world.act(unit, seat))
        visit(page, f"/van-ban/{waiting.report}")
        expect(page.locator("#main h1")).to_have_count(1)
        expect(page.get_by_role("link", name="Ký", exact=True)).to_have_count(0)
        answer = posted(page, waiting.act, waiting.fields)
        assert answer["status"] == status and answer["url"] == site.url + waiting.act, seat
        assert state(site, waiting.report) == "draft" and actions(site, waiting.report) == before, seat
    site.enter(page.context, site.world.act(WARD, "leader"))  # the same request from whose it is
    visit(page, "/")
    assert posted(page, waiting.act, waiting.fields)["status"] == 200
    assert state(site, waiting.report) == "signed"


def test_a_stolen_cookie_is_dead_after_signing_out(site: Site) -> None:
    actor = site.world.act(WARDS[1], "drafter")
    site.account(actor, "lan.hai", PASSWORD)
    page = site.page(site.window())
    _sign_in(page, "lan.hai")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == COOKIE]
    assert cookie["httpOnly"] and cookie["sameSite"] in ("Lax", "Strict")
    assert COOKIE not in page.evaluate("document.cookie")
    thief = site.page(site.window())
    thief.context.add_cookies([{"name": COOKIE, "value": cookie["value"], "url": site.url}])
    visit(thief, "/")
    expect(thief.locator(".me")).to_contain_text("Lan")

    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{site.url}/dang-nhap")
    visit(thief, "/kho")
    expect(thief.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()
    assert posted(thief, "/dang-xuat", {})["url"].startswith(f"{site.url}/dang-nhap")


def test_no_address_leads_out(site: Site) -> None:
    page = site.as_(WARDS[1], "leader")
    office = str(site.world.act(WARDS[1], "leader").office_id)
    for where in ELSEWHERE:
        visit(page, f"/dang-nhap?den={quote(where)}")
        assert page.url == f"{site.url}/", where
        for path, fields in (("/ngon-ngu", {"language": "vi"}), ("/vi-tri", {"office": office})):
            answer = posted(page, path, {**fields, "ve": where})
            assert (answer["status"], answer["url"]) == (200, f"{site.url}/"), where


def test_signing_in_leads_in_and_nowhere_else(site: Site) -> None:
    site.account(site.world.act(WARDS[3], "drafter"), "lan.bon", PASSWORD)
    for den, lands in (("/kho?tim=xã", "/kho?tim=x%C3%A3"), ("//evil.example/", "/")):
        page = site.page(site.window())
        visit(page, f"/dang-nhap?den={den}")
        _sign_in(page, "lan.bon")
        expect(page).to_have_url(site.url + lands)


def _sign_in(page: Page, name: str) -> None:
    if "/dang-nhap" not in page.url:
        visit(page, "/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator(".me")).to_be_visible()
