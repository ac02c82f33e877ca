"""What must not work in a real browser: the wrong seat, a stolen session, an act from another origin, a way out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from api.auth import COOKIE
from tests.browser.conftest import Site
from tests.browser.hands import actions, state, visit
from tests.http_world import issue_plan, report_of, report_text
from tests.world import DISTRICTS, WARDS

WARD = WARDS[0]
PASSWORD = "con đường làng rợp bóng tre"
ELSEWHERE = ["//evil.example/", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "javascript:alert(1)",
             "https:evil.example", "///evil.example"]  # fmt: skip


@dataclass
class Waiting:
    """A report that waits for the Vice-chair's signature, and the form by which he would sign it."""

    report: int
    act: str
    fields: dict[str, str]


@pytest.fixture
def waiting(site: Site) -> Waiting:
    site.api.at("2026-12-09")
    report = report_of(site.api, issue_plan(site.api), WARD)
    drafter = site.api.as_(WARD, "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    page = site.as_(WARD, "leader")
    visit(page, f"/van-ban/{report}/viec/sign")
    form = page.locator("form.act-form")
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    return Waiting(report, f"/van-ban/{report}/viec/sign", fields)


@pytest.mark.parametrize(
    ("unit", "seat", "status"),
    [(WARD, "drafter", 403), (WARD, "clerk", 403), (WARD, "supervisor", 403), (DISTRICTS[0], "leader", 403),
     (WARDS[1], "leader", 404)],
)  # fmt: skip
def test_the_wrong_seat_sees_no_button_and_is_refused_when_it_posts(
    site: Site, waiting: Waiting, unit: str, seat: str, status: int
) -> None:
    page = site.as_(unit, seat)
    visit(page, f"/van-ban/{waiting.report}")
    expect(page.get_by_role("link", name="Ký", exact=True)).to_have_count(0)
    before = actions(site, waiting.report)
    answer = _posted(page, waiting.act, waiting.fields)

    assert answer["status"] == status and answer["url"] == site.url + waiting.act
    assert state(site, waiting.report) == "draft" and actions(site, waiting.report) == before
    owner = site.as_(WARD, "leader")  # the same request from whose it is
    visit(owner, "/")
    assert _posted(owner, waiting.act, waiting.fields)["status"] == 200
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
    assert _posted(thief, "/dang-xuat", {})["url"].startswith(f"{site.url}/dang-nhap")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same site, another port", "another site"])
def test_an_act_from_another_origin_is_refused(site: Site, waiting: Waiting, host: str) -> None:
    victim = site.as_(WARD, "leader")
    page = victim.context.new_page()  # what its console says is the other's affair
    with _another_origin(site.url + waiting.act, waiting.fields) as port:
        page.goto(f"http://{host}:{port}/")
        with page.expect_response(site.url + waiting.act) as answered:
            page.get_by_role("button").click()
        assert answered.value.status == 403
        page.goto(f"http://{host}:{port}/")
        silent = "([to, body]) => fetch(to, {method: 'POST', mode: 'no-cors', credentials: 'include', body})"
        page.evaluate(silent, [site.url + waiting.act, "&".join(f"{k}={v}" for k, v in waiting.fields.items())])
        page.goto(f"http://{host}:{port}/")
        page.evaluate("to => { const it = document.createElement('iframe'); it.src = to; document.body.append(it); }", site.url)
        expect(page.locator("iframe")).to_be_attached()
        page.wait_for_function("() => window.frames.length")
        page.wait_for_load_state("networkidle")
        assert [one.url for one in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    assert state(site, waiting.report) == "draft" and actions(site, waiting.report)[-1] == "present"


def test_no_address_leads_out(site: Site) -> None:
    page = site.as_(WARDS[1], "leader")
    office = str(site.world.act(WARDS[1], "leader").office_id)
    for where in ELSEWHERE:
        visit(page, f"/dang-nhap?den={quote(where)}")
        assert page.url == f"{site.url}/", where
        for path, fields in (("/ngon-ngu", {"language": "vi"}), ("/vi-tri", {"office": office})):
            answer = _posted(page, path, {**fields, "ve": where})
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


def _posted(page: Page, path: str, fields: dict[str, str]) -> dict[str, Any]:
    """The form's fields sent by a script of the page's own origin: where it ended, and with what status."""
    send = """async ([path, fields]) => {
        const answer = await fetch(path, {method: 'POST', body: new URLSearchParams(fields), headers: {Accept: 'text/html'}});
        return {status: answer.status, url: answer.url}; }"""
    return dict(page.evaluate(send, [path, fields]))


@contextmanager
def _another_origin(action: str, fields: dict[str, str]) -> Iterator[int]:
    """Another site with a button that posts to ours."""
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    page = f'<!doctype html><title>Khác</title><form method="post" action="{action}">{inputs}<button>Trúng thưởng</button></form>'

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
