"""Every page under axe (WCAG 2.2 AA and good practice), in both languages, at both widths; no console complains, and
none weighs more than 250 KB when it is first visited.

A page is visited once, wide and in Vietnamese. Then it is made narrow, and the server's English words are laid into
it: a visit costs as much as axe itself. What opens by a script is visited in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page, expect

from api import pages
from tests.browser.conftest import NARROW, WIDE, Site
from tests.browser.every_page import NO_PAGES, NOBODY, OPENED, PAGES, REFUSED, THREE, TWO
from tests.browser.everything import Story, tell
from tests.browser.weights import LIMIT, Scales
from tests.http_world import another_machine

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(pages.__file__).parents[1] / "static/vendor/axe.min.js"
LOOK = """async ([tags, but]) => {
    const rules = Object.fromEntries(but.map(it => [it, {enabled: false}]));
    const ran = await axe.run({runOnly: tags, rules, resultTypes: ['violations'], selectors: false, preload: false});
    const said = at => at.html.slice(0, 160) + ' ' + at.failureSummary;
    return {lang: document.documentElement.lang, title: document.title.trim() !== '',
            heads: document.querySelectorAll('h1').length,
            found: ran.violations.map(it => `${it.id}: ${it.nodes.slice(0, 3).map(said).join(' | ')}`)}; }"""
"""What axe finds. Nothing of ours plays or turns (preload), and a piece of the page says where it is (selectors)."""
IN_ENGLISH = """async () => {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html', 'Accept-Language': 'en'}});
    const english = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.documentElement.lang = english.documentElement.lang;
    document.title = english.title;
    document.body.replaceWith(english.body); }"""
"""The same page as the server writes it in English, without what its scripts add."""
HEAVIER = {"/van-ban/{second}/giay": 400_000}
"""Pages that weigh more unpacked: the sheets of a paper are pictures, each as heavy as its letters."""
WAYS = {"vi": ("vi-VN", WIDE), "en": ("en-US", NARROW)}


class Looker:
    """One window for each language, at which one person after the other sits down: a new one costs a second."""

    def __init__(self, story: Story) -> None:
        self.story, self.site = story, story.site
        self._open: dict[str, Page] = {}
        self._there: dict[str, tuple[str, str]] = {}
        self.scales: dict[str, Scales] = {}

    def at(self, unit: str, seat: str, language: str) -> Page:
        page = self._open.get(language) or self._new(language)
        if self._there.get(language) != (unit, seat):
            self._seat(page, unit, seat)
            self._there[language] = (unit, seat)
        if page.viewport_size != WAYS[language][1]:
            page.set_viewport_size(WAYS[language][1])
        return page

    def _new(self, language: str) -> Page:
        locale, size = WAYS[language]
        window = self.site.window(language=locale, size=size, reduced_motion="reduce")
        window.add_init_script(path=AXE)
        self._open[language] = self.site.page(window)
        self.scales[language] = Scales(self._open[language])
        return self._open[language]

    def _seat(self, page: Page, unit: str, seat: str) -> None:
        if unit == NOBODY:
            page.context.clear_cookies()
        else:
            self.site.enter(page.context, self.site.world.act(unit, seat))


@pytest.fixture(scope="module")
def looker(served: Site) -> Looker:
    return Looker(tell(served))


def test_every_page_is_looked_at() -> None:
    routes = [route for router in (*pages.ROUTERS, *pages.PUBLIC) for route in router.routes]
    asked = {route.path for route in routes if isinstance(route, APIRoute) and "GET" in (route.methods or ())}
    looked_at = {route for route, *_ in PAGES}
    assert looked_at | set(NO_PAGES) == asked
    assert not looked_at & set(NO_PAGES)


@pytest.mark.parametrize(("unit", "seat", "address"), [one[1:] for one in PAGES], ids=lambda it: it)
def test_axe_finds_nothing(looker: Looker, unit: str, seat: str, address: str) -> None:
    looker.site.complaints.clear()
    page = looker.at(unit, seat, "vi")
    weight = looker.scales["vi"].begin()
    answer = page.goto(looker.story.path(address), wait_until="load")

    assert answer is not None and answer.status == (403 if address == "/chua-co-vi-tri" else 200)
    _is_sound(page, "vi")
    sent, raw = weight.whole
    assert 10_000 < sent <= LIMIT and 50_000 < raw <= HEAVIER.get(address, LIMIT), weight.heaviest()
    _fits_a_telephone(page)
    _is_sound_in_english(page)
    _fits_a_telephone(page)
    assert looker.site.complaints == []


@pytest.mark.parametrize(("status", "unit", "seat", "address"), REFUSED, ids=str)
def test_axe_finds_nothing_in_a_refusal(looker: Looker, status: int, unit: str, seat: str, address: str) -> None:
    page = looker.at(unit, seat, "vi")
    answer = page.goto(looker.story.path(address), wait_until="load")

    assert answer is not None and answer.status == status
    _is_sound(page, "vi")
    _fits_a_telephone(page)
    _is_sound_in_english(page)


@pytest.mark.parametrize("language", list(WAYS))
@pytest.mark.parametrize(("unit", "seat", "address", "pressed", "seen"), OPENED, ids=str)
def test_axe_finds_nothing_in_what_opens(
    looker: Looker, unit: str, seat: str, address: str, pressed: str, seen: str, language: str
) -> None:
    looker.site.complaints.clear()
    page = looker.at(unit, seat, language)
    page.goto(looker.story.path(address), wait_until="domcontentloaded")
    page.locator(pressed).click()
    expect(page.locator(seen)).to_be_visible()

    _is_sound(page, language)
    assert looker.site.complaints == []


@pytest.mark.parametrize("language", list(WAYS))
def test_axe_finds_nothing_where_somebody_was_quicker(looker: Looker, language: str) -> None:
    page = looker.at(TWO, "leader", language)
    page.goto(looker.story.path("/van-ban/{second}/viec/send_back"), wait_until="domcontentloaded")
    page.locator("#reason").fill("Xem lại số nữ.")
    page.locator(".act-form [name=seq]").evaluate("it => { it.value = 1; }")
    with page.expect_navigation() as answered:
        page.locator(".act-form button[type=submit]").click()

    assert answered.value is not None and answered.value.status == 409
    _is_sound(page, language)


@pytest.mark.parametrize("language", list(WAYS))
def test_axe_finds_nothing_where_the_program_fails(looker: Looker, language: str) -> None:
    page = looker.at(TWO, "leader", language)
    with another_machine(looker.site.api.app, now=lambda: 1 // 0):
        answer = page.goto("/", wait_until="load")

    assert answer is not None and answer.status == 500
    _is_sound(page, language)


@pytest.mark.parametrize("language", list(WAYS))
def test_axe_finds_nothing_where_the_line_is_down(looker: Looker, language: str) -> None:
    page = looker.at(THREE, "drafter", language)
    page.goto(looker.story.path("/soan/{third}"), wait_until="load")
    page.context.set_offline(True)
    try:
        expect(page.locator("#offline")).to_be_visible()
        _is_sound(page, language)
    finally:
        page.context.set_offline(False)


def test_axe_speaks_where_something_is_wrong(looker: Looker) -> None:
    page = looker.at(NOBODY, "", "vi")
    page.goto("/dang-nhap")
    page.locator("label").first.evaluate("it => it.remove()")
    assert [found.partition(":")[0] for found in page.evaluate(LOOK, [TAGS, []])["found"]] == ["label"]


def _is_sound(page: Page, language: str, *, but: Sequence[str] = ()) -> None:
    """Its language, one heading of the first order, a title, and nothing that axe finds (by all rules but these)."""
    assert page.evaluate(LOOK, [TAGS, but]) == {"lang": language, "title": True, "heads": 1, "found": []}


def _is_sound_in_english(page: Page) -> None:
    """By all rules but the one that asks for no words: the colours were looked at, and they take half of the time."""
    page.evaluate(IN_ENGLISH)
    _is_sound(page, "en", but=["color-contrast"])


def _fits_a_telephone(page: Page) -> None:
    """Nothing of it lies beside the screen."""
    if page.viewport_size != NARROW:
        page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
