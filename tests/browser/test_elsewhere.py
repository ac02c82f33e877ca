"""Another origin in the same browser: its forms, its scripts and its frames reach nothing here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE, Site
from tests.browser.hands import actions, state
from tests.browser.waiting import Waiting, wait_to_be_signed
from tests.world import WARDS

WARD = WARDS[0]
SILENT = """([to, fields]) => {
    fetch(to, {method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams(fields)}); }"""
FRAME = "to => { const it = document.createElement('iframe'); it.src = to; document.body.append(it); }"


@pytest.fixture
def waiting(site: Site) -> Waiting:
    return wait_to_be_signed(site, WARD)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same site, another port", "another site"])
def test_what_another_origin_sends_or_frames_is_refused(site: Site, waiting: Waiting, host: str) -> None:
    act = site.url + waiting.act
    page = site.as_(WARD, "leader").context.new_page()  # what its console says is the other's affair
    with _another_origin(act, waiting.fields) as port:
        page.goto(f"http://{host}:{port}/")
        with page.expect_response(act) as scripted:
            page.evaluate(SILENT, [act, waiting.fields])
        page.evaluate(FRAME, f"{site.url}/kho")
        assert _framed(page) == ["chrome-error://chromewebdata/"]
        with page.expect_response(act) as pressed:
            page.get_by_role("button").click()

    assert (scripted.value.status, pressed.value.status) == (403, 403)
    assert state(site, waiting.report) == "draft" and actions(site, waiting.report)[-1] == "present"


def _framed(page: Page) -> list[str]:
    """Where the page's frames have come to, once each is somewhere."""
    for _ in range(PATIENCE // 50):
        urls = [one.url for one in page.frames[1:]]
        if urls and all(urls):
            break
        page.wait_for_timeout(50)
    return urls


@contextmanager
def _another_origin(action: str, fields: dict[str, str]) -> Iterator[int]:
    """Another site with a button that posts to ours."""
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    form = f'<form method="post" action="{action}">{inputs}<button>Trúng thưởng</button></form>'
    page = f"<!doctype html><title>Khác</title>{form}"

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
