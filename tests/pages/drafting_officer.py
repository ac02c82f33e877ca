"""An officer at a draft's page without JavaScript: sees the form's fields, fills some in, presses a button."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import httpx

from tests.http_world import Api, Voice


class _Fields(HTMLParser):
    """The fields of one form as a browser would send them, template elements left out."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.spare = form, False, 0
        self.fields: list[tuple[str, str]] = []
        self.writing: str | None = None
        self.choosing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == self.form
        self.spare += tag == "template"
        if not self.inside or self.spare or not (tag == "option" or said.get("name")):
            return
        if tag == "input" and (said.get("type") not in ("checkbox", "radio") or "checked" in said):
            self.fields.append((said["name"], said.get("value", "")))
        elif tag == "textarea":
            self.writing = said["name"]
            self.fields.append((said["name"], ""))
        elif tag == "select":
            self.choosing = said["name"]
            self.fields.append((said["name"], ""))
        elif tag == "option" and self.choosing and "selected" in said:
            self.fields[-1] = (self.choosing, said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.fields[-1] = (self.writing, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self.spare -= tag == "template"
        self.inside = self.inside and tag != "form"
        self.writing = None if tag == "textarea" else self.writing
        self.choosing = None if tag == "select" else self.choosing


class Officer:
    """Somebody with one draft open; `page` is what he sees, `fields` what stands in the form."""

    def __init__(self, api: Api, voice: Voice, document: int, *, path: str = "", form: str = "draft") -> None:
        self.api, self.voice, self.form = api, voice, form
        self.fields: list[tuple[str, str]] = []
        self.path = path or f"/soan/{document}"
        self.open()

    def open(self, query: str = "") -> Officer:
        self._seen(self.voice.say("GET", self.path + query, headers={"Accept": "text/html"}))
        return self

    def write(self, **fields: str) -> Officer:
        """Put words into fields by their names, dots as they are: ``write(**{"t.results": "…"})``."""
        for name, value in fields.items():
            self.fields = [(one, said) for one, said in self.fields if one != name] + [(name, value)]
        return self

    def press(self, do: str = "save", **more: str) -> httpx.Response:
        """Press a button; a page that comes back is what he sees next."""
        answer = self.send(self.path, {"do": do, **more}, "text/html")
        if answer.status_code != 303:
            self._seen(answer)
        return answer

    def type_on(self, **more: str) -> httpx.Response:
        """What the page's script sends while he types."""
        return self.send(f"{self.path}/luu", more, "application/json")

    def send(self, path: str, more: dict[str, str], accept: str) -> httpx.Response:
        body: dict[str, Any] = {}
        for name, value in [*self.fields, *more.items()]:
            body[name] = value
        headers = {"Accept": accept, "Sec-Fetch-Site": "same-origin"}
        answer = self.voice.say("POST", path, data=body, headers=headers, follow_redirects=False)
        self.voice.client.cookies.clear()  # the sentence for the next page; the others who share the client have none
        return answer

    def _seen(self, answer: httpx.Response) -> None:
        self.status, self.page = answer.status_code, answer.text
        reader = _Fields(self.form)
        reader.feed(answer.text)
        self.fields = reader.fields

    def reads(self, name: str) -> str:
        """What stands in a field."""
        return dict(self.fields)[name]

    def has(self, name: str) -> bool:
        """Whether the form has such a field."""
        return name in dict(self.fields)
