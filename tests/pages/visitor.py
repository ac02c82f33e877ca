"""Somebody with a browser: keeps cookies, follows nothing by himself, acts from our own pages."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import httpx

from states import accounts
from states import database as db
from states.policy import Actor
from states.settings import Settings
from tests.http_world import Api

GOOD = "con đường làng rợp bóng tre"
KEY = "khóa của các bài thử, đủ dài cho mọi việc"


class Visitor:
    """One browser."""

    def __init__(self, api: Api, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0") -> None:
        headers = {"Accept": "text/html", "Accept-Language": "vi", "User-Agent": agent}
        self.client = api.browser(follow_redirects=False, headers=headers)

    def get(self, path: str, **headers: str) -> httpx.Response:
        answer: httpx.Response = self.client.get(path, headers=headers)
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        headers = {"Sec-Fetch-Site": "same-origin", **headers}
        answer: httpx.Response = self.client.post(path, data=fields or {}, headers=headers)
        return answer

    def sign_in(self, name: str, password: str = GOOD, **more: str) -> httpx.Response:
        return self.post("/dang-nhap", {"name": name, "password": password, **more})

    @property
    def cookie(self) -> str | None:
        kept: str | None = self.client.cookies.get("dondoc")
        return kept

    def is_in(self) -> bool:
        return self.get("/thiet-lap").status_code == 200

    def with_cookie(self, secret: str | None) -> Visitor:
        """The same browser, with a cookie that somebody put into it."""
        self.client.cookies.clear()
        if secret is not None:
            self.client.cookies.set("dondoc", secret, domain="testserver.local", path="/")
        return self


def account(api: Api, actor: Actor, name: str, password: str | None = GOOD, *, must_change: bool = False) -> None:
    """Give somebody of the world an account."""
    with db.transaction(db.engine(api.urls.program)) as session:
        accounts.open_account(session, actor.person_id, name, password, api.world.now, must_change=must_change)


def machine(api: Api, **more: Any) -> Settings:
    """Have the app run on a machine with these settings; a key of its own, so that no file is made."""
    unhurried = {"prefect_seconds": 60, "session_requests_per_minute": 0, "address_requests_per_minute": 0}
    there = Settings(**{"prefect_api_url": api.prefect.url, "secret_key": KEY, **unhurried, **more})
    api.app.state.machine = replace(api.app.state.machine, settings=lambda: there)
    return there


def words(answer: httpx.Response) -> str:
    """The page's text without its signs, for looking for sentences."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
