"""Another origin in the same browser: its forms, its scripts and its frames reach nothing here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.hands import actions, state
from tests.browser.waiting import Waiting, wait_to_be_signed
from tests.world import WARDS

WARD = WARDS[0]
SILENT = "([to, body]) => fetch(to, {method: 'POST', mode: 'no-cors', credentials: 'include', body})"
FRAME = "to => { const it = document.createElement('iframe'); it.src = to; document.body.append(it); }"


@pytest.fixture
def waiting(site: Site) -> Waiting:
    return wait_to_be_signed(site, WARD)


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
        page.evaluate(FRAME, site.url)
        expect(page.locator("iframe")).to_be_attached()
        page.wait_for_function("() => window.frames.length")
        page.wait_for_load_state("networkidle")
        assert [one.url for one in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    assert state(site, waiting.report) == "draft" and actions(site, waiting.report)[-1] == "present"


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
