"""What people's hands do on the pages, in sentences, and what the database says of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site

EVENTS, MEN, WOMEN = (f"r.1.c2n1.v{column}" for column in (1, 2, 3))
"""The first cells of the Action Month's form: talks held, men and women present."""


def field(page: Page, name: str) -> Locator:
    """A field by its name in the form."""
    return page.locator(f'[name="{name}"]')


def write(page: Page, report: int, figures: Mapping[str, str], *, texts: bool = True) -> None:
    """Open a draft, type figures cell by cell and the texts, and wait until the page says that they are saved."""
    visit(page, f"/soan/{report}")
    for name, value in figures.items():
        field(page, name).fill(value)
    if texts:
        for table in (2, 3):
            field(page, f"n.{table}").check()
        field(page, "t.direction").fill("Đã ban hành kế hoạch.")
        field(page, "t.results").fill("Đạt yêu cầu.")
    saved(page)


def saved(page: Page) -> None:
    """Wait until all that was typed is kept by the server."""
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("#saved")).to_contain_text("Đã lưu nháp")


def act(page: Page, document: int, name: str, **filled: str) -> None:
    """Open a document, press one of its acts, fill in the dialog's form, send, read that it was done."""
    visit(page, f"/van-ban/{document}")
    link = page.locator(".doc-acts").get_by_role("link", name=name, exact=True)
    if not link.count():  # it stands in the menu
        page.get_by_label("Việc khác").click()
    link.click()
    sheet = page.get_by_role("dialog")
    for place, words in filled.items():
        fill(sheet.locator(f'[name="{place}"]'), words)
    sheet.get_by_role("button", name=name, exact=True).click()
    done(page)


def fill(place: Locator, words: str) -> None:
    """Type into a field, or choose in a list by the value."""
    if place.evaluate("it => it.tagName") == "SELECT":
        place.select_option(words)
    else:
        place.fill(words)


def done(page: Page, words: str = "") -> None:
    """The page says that it was done."""
    expect(page.locator("#flash .note.good")).to_contain_text(words)
    settled(page)


def settled(page: Page) -> None:
    """The scripts of the page that a press led to have run: what is seen of it may be pressed before they came."""
    page.wait_for_load_state("domcontentloaded")


def visit(page: Page, path: str) -> None:
    """Open a page and wait for its scripts, not for every picture of a paper."""
    page.goto(path, wait_until="domcontentloaded")


def posted(page: Page, path: str, fields: dict[str, str]) -> dict[str, Any]:
    """The form's fields sent by a script of the page's own origin: where it ended, and with what status."""
    send = """async ([path, fields]) => {
        const body = new URLSearchParams(fields), headers = {Accept: 'text/html'};
        const answer = await fetch(path, {method: 'POST', body, headers});
        return {status: answer.status, url: answer.url}; }"""
    return dict(page.evaluate(send, [path, fields]))


def state(site: Site, document: int) -> str:
    """Where the document stands."""
    return str(site.api.rows("SELECT state FROM document WHERE id = %s", document)[0]["state"])


def trace(site: Site, document: int) -> list[tuple[str, str, str]]:
    """Its steps in order: action, first name of who took it, in whose authority."""
    found = site.api.rows(_TRACE, document)
    return [(row["action"], row["full_name"].split(",")[0], row["authority"]) for row in found]


def actions(site: Site, document: int) -> list[str]:
    """Its actions in order."""
    return [action for action, _, _ in trace(site, document)]


def version(site: Site, report: int) -> int:
    """How many times the draft was saved."""
    rows = site.api.rows("SELECT version FROM working_copy WHERE document_id = %s", report)
    return int(rows[0]["version"]) if rows else 0


def content(site: Site, report: int) -> dict[str, Any]:
    """What the draft says, as it is kept."""
    (row,) = site.api.rows("SELECT content FROM working_copy WHERE document_id = %s", report)
    return dict(row["content"])


def number_in(page: Page) -> int:
    """The number in the page's address: of /soan/7?… it is 7."""
    found = re.search(r"/(\d+)(?:[?#/]|$)", page.url)
    assert found, page.url
    return int(found[1])


_TRACE = """SELECT s.action, p.full_name, s.authority FROM step s JOIN person p ON p.id = s.person_id
WHERE s.document_id = %s ORDER BY s.seq"""
