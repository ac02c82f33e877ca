"""Every page of the app under axe (WCAG 2.2 AA and good practice), in both languages, at both widths; none complains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from api import pages
from tests.browser.conftest import NARROW, WIDE, Site
from tests.browser.everything import NO_PAGES, NOBODY, PAGES, Story, tell

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(pages.__file__).parents[1] / "static/vendor/axe.min.js"
RUN = """async tags => (await axe.run({runOnly: tags, resultTypes: ['violations']})).violations.map(
    it => `${it.id}: ${it.nodes.map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).slice(0, 3).join(' | ')}`)"""
WAYS = {"vi": ("vi-VN", WIDE), "en": ("en-US", NARROW)}


class Looker:
    """Windows that stay open from page to page: one for each person and language."""

    def __init__(self, story: Story) -> None:
        self.story, self.site = story, story.site
        self._open: dict[tuple[str, str, str], Page] = {}

    def at(self, unit: str, seat: str, language: str) -> Page:
        key = (unit, seat, language)
        if key not in self._open:
            locale, size = WAYS[language]
            more = {"language": locale, "size": size, "reduced_motion": "reduce"}
            self._open[key] = self.site.page(self.site.window(**more)) if unit == NOBODY else self.site.as_(unit, seat, **more)
        self._open[key].set_viewport_size(WAYS[language][1])
        return self._open[key]


@pytest.fixture(scope="module")
def looker(served: Site) -> Iterator[Looker]:
    yield Looker(tell(served))
    served.close_windows()


def test_every_page_is_looked_at() -> None:
    asked = {route.path for router in (*pages.ROUTERS, *pages.PUBLIC) for route in router.routes if "GET" in route.methods}
    looked_at = {route for route, *_ in PAGES}
    assert looked_at | set(NO_PAGES) == asked
    assert not looked_at & set(NO_PAGES)


@pytest.mark.parametrize("language", list(WAYS))
@pytest.mark.parametrize(("unit", "seat", "address"), [one[1:] for one in PAGES], ids=lambda it: it)
def test_axe_finds_nothing(looker: Looker, unit: str, seat: str, address: str, language: str) -> None:
    looker.site.complaints.clear()
    page = looker.at(unit, seat, language)
    answer = page.goto(looker.story.path(address), wait_until="load")

    assert answer is not None and answer.status in (200, 403 if "chua-co" in address else 200)
    assert page.locator("html").get_attribute("lang") == language
    assert page.title().strip() and page.locator("h1").count() == 1
    page.evaluate(AXE.read_text())
    assert page.evaluate(RUN, TAGS) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert looker.site.complaints == []
