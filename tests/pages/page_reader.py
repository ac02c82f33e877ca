"""Somebody at the pages by a token: reads a form as a browser would, fills in, sends."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.http_world import Api, Voice

HTML = {"Accept": "text/html", "Accept-Language": "vi"}


class Form(HTMLParser):
    """The fields of the first form whose action begins so, with what stands in them."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.wanted, self.inside, self.action = action, False, ""
        self.fields: list[tuple[str, str]] = []
        self._select = self._area = ""
        self.feed(page)
        assert self.action, f"no form {action}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = not self.action and said.get("action", "").startswith(self.wanted)
            self.action = said["action"] if self.inside else self.action
        elif self.inside and tag == "input" and said.get("type") != "file":
            if said.get("type") not in ("radio", "checkbox") or "checked" in said:
                self.fields.append((said.get("name", ""), said.get("value", "")))
        elif self.inside and tag == "textarea":
            self._area = said["name"]
            self.fields.append((self._area, ""))
        elif self.inside and tag == "select":
            self._select = said["name"]
        elif self.inside and tag == "option" and "selected" in said:
            self.fields.append((self._select, said.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[-1] = (self._area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self.inside = self.inside and tag != "form"


class Reader:
    """One person at the pages."""

    def __init__(self, api: Api, unit: str, seat: str) -> None:
        self.voice = Voice(api.browser(), api.as_(unit, seat).secret)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.voice.say("GET", path, headers={**HTML, **headers})

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, fields: dict[str, Any], **more: Any) -> httpx.Response:
        headers = {**HTML, "Sec-Fetch-Site": "same-origin"}
        return self.voice.say("POST", path, data=fields, headers=headers, follow_redirects=False, **more)

    def act(self, document: int, action: str, **filled: Any) -> httpx.Response:
        """Open the form of an act, fill in, send."""
        path = f"/van-ban/{document}/viec/{action}"
        return self.send(path, path, **filled)

    def send(self, page: str, action: str, **filled: Any) -> httpx.Response:
        """Send the form on a page with what stands in it and what is filled in."""
        form = Form(self.page(page), action)
        fields: dict[str, Any] = {}
        for name, value in form.fields:
            fields[name] = [*fields.get(name, []), value]
        return self.post(form.action, {**fields, **filled})


def words(page: str) -> str:
    """A page's text without its marks."""
    inner = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())
