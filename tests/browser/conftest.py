"""The pages in a real browser: the named province served by uvicorn, its people each in a window of their own.

- `site`: the app on the module's database, the world's clock, real HTTP on a free port.
- `site.as_("Phường Một", "drafter")`: a page of a new window in which that person is signed in.
What goes wrong in a page's console fails the test that looked at it (`quiet`).
"""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect, sync_playwright

from api.auth import COOKIE
from states import accounts, clock, sessions
from states import database as db
from states.policy import Actor
from tests.api.conftest import api
from tests.browser.chromium import find_or_install
from tests.eventually import eventually
from tests.http_world import Api
from tests.pages.signing_office import signing_machine

__all__ = ["api"]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync",
          "--js-flags=--no-opt,--always-sparkplug,--min-semi-space-size=32"]  # fmt: skip
"""The last: no page lives long enough to earn what compiling its scripts thoroughly costs."""
_PROVOKED = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
"""What a console says of a refusal, or a broken line, that a test brought about."""
PATIENCE = 120_000
"""Milliseconds for anything that a page is to show or do: what works costs none of it, however busy the machine is."""
WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


class Site:
    """The served app, and windows onto it."""

    def __init__(self, api: Api, browser: Browser, url: str, home: Path) -> None:
        self.api, self.browser, self.url, self.home = api, browser, url, home
        self.complaints: list[str] = []
        self._windows: dict[BrowserContext, str] = {}
        self._swept: dict[str, list[BrowserContext]] = defaultdict(list)
        self._empty: dict[BrowserContext, Page] = {}
        self._common: Page | None = None
        self._sizes: dict[BrowserContext, ViewportSize] = {}
        self._known: set[int] = set()

    @property
    def world(self) -> Any:
        return self.api.world

    def window(self, *, size: ViewportSize | None = None, language: str = "vi-VN", **more: Any) -> BrowserContext:
        """A window of its own in which nobody is signed in and nothing is kept."""
        look: dict[str, Any] = {"viewport": size or WIDE, "locale": language, **more}
        kind = repr(sorted(look.items()))
        window = self._swept[kind].pop() if self._swept[kind] else self._opened(look)
        self._windows[window], self._sizes[window] = kind, look["viewport"]
        return window

    def _opened(self, look: dict[str, Any]) -> BrowserContext:
        opened = self.browser.new_context(base_url=self.url, **look)
        opened.set_default_timeout(PATIENCE)
        return opened

    def as_(self, unit: str, seat: str, **more: Any) -> Page:
        """Somebody by where he sits, signed in."""
        return self.actor(self.world.act(unit, seat), **more)

    def next_(self, unit: str, seat: str) -> Page:
        """Somebody for one act, at the one window where people sit down by turns; who sat there before has left."""
        if self._common is None:
            self._common = self.page(self.window())
        self.enter(self._common.context, self.world.act(unit, seat))
        return self._common

    def actor(self, actor: Actor, **more: Any) -> Page:
        """Somebody of the world, signed in in a new window, in this office of his."""
        window = self.window(**more)
        self.enter(window, actor)
        return self.page(window)

    def enter(self, window: BrowserContext, actor: Actor) -> None:
        """Somebody sits down at a window, as if he had just signed in; whoever was there before is gone."""
        if actor.person_id not in self._known:
            self.account(actor, f"nguoi.{actor.person_id}")
        with db.transaction(db.engine(self.api.urls.program)) as session:
            opened = sessions.open_session(session, actor.person_id, self.world.now)
            if actor.office_id:
                sessions.choose_office(session, opened.web, actor.office_id, self.world.now)
        window.clear_cookies()
        window.add_cookies([{"name": COOKIE, "value": opened.secret, "url": self.url}])

    def account(self, actor: Actor, name: str, password: str | None = None, *, must_change: bool = False) -> None:
        """An account, with a password for whoever signs in by the form."""
        self._known.add(actor.person_id)
        with db.transaction(db.engine(self.api.urls.program)) as session:
            accounts.open_account(session, actor.person_id, name, password, self.world.now, must_change=must_change)

    def change(self, sql: str, *values: Any) -> None:
        """One statement of the program's own, committed."""
        with db.transaction(db.engine(self.api.urls.program)) as session:
            session.connection().exec_driver_sql(sql, values)

    def page(self, window: BrowserContext) -> Page:
        """A page that writes down what its console complains of."""
        if window in self._empty:
            return self._empty.pop(window)
        page = window.new_page()
        page.on("console", lambda said: self._heard(page, said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and not any(one in text for one in _PROVOKED):
            self.complaints.append(f"{page.url}: {text}")

    def leave_windows(self) -> None:
        """Every window is swept for the next test; none is closed, which costs a second each and, where the machine
        is busy, Chromium now and then never answers."""
        for window, kind in self._windows.items():
            if window.pages:
                self._sweep(window)
                self._swept[kind].append(window)
        self._windows.clear()
        self._common = None

    def _sweep(self, window: BrowserContext) -> None:
        """Nobody is signed in, nothing is kept, one page stands empty."""
        page, *others = window.pages
        for other in others:
            other.close()
        window.set_offline(False)
        try:
            page.evaluate(_FORGET)
        except Error:  # the test's last act is still leading to another page
            page.wait_for_load_state()
            page.evaluate(_FORGET)
        page.goto("about:blank")
        page.set_viewport_size(self._sizes[window])
        window.clear_permissions()
        window.clear_cookies()
        self._empty[window] = page


_FORGET = "() => { try { localStorage.clear(); } catch { /* no page of ours */ } }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: while it is open, its event loop runs in this thread, and other tests want their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(find_or_install()), args=_FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def served(api: Api, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app behind real HTTP; what asks for the moment by itself (streams) is told the world's."""
    home = tmp_path_factory.mktemp("may")
    with signing_machine(api, home), pytest.MonkeyPatch.context() as patch, _listening(api) as url:
        patch.setattr(clock, "now", lambda: api.world.now)
        yield Site(api, browser, url, home)


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    """The site for one test: its windows are closed at the end, and no console may have complained."""
    served.complaints.clear()
    yield served
    said = list(served.complaints)
    served.leave_windows()
    assert said == []


@contextmanager
def _listening(api: Api) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(64)
        config = uvicorn.Config(api.app, log_level="warning", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        thread.start()
        eventually(lambda: server.started, "the server")
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join(60)
