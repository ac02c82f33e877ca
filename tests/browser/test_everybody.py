"""For everybody: by the keyboard alone, without JavaScript, on a telephone, in forced colours, without movement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, Site
from tests.browser.hands import EVENTS, MEN, WOMEN, done, field, settled, state, trace, visit
from tests.http_world import report_of, report_text
from tests.pages.board_story import LATE, begin
from tests.world import DISTRICTS, PROVINCE, WARDS

PRESENTED = WARDS[2]


@pytest.fixture(scope="module")
def plan(served: Site) -> int:
    """The wards' deadline has passed; one has sent, one has presented, the others have not begun."""
    number = begin(served.api)
    report = report_of(served.api, number, PRESENTED)
    drafter = served.api.as_(PRESENTED, "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    return number


def test_the_keyboard_alone_finds_walks_and_signs(site: Site, plan: int) -> None:
    report = report_of(site.api, plan, PRESENTED)
    page = site.as_(PRESENTED, "leader")
    visit(page, "/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Tìm văn bản")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    expect(page.locator("[data-rows] > .at a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/cho-ky/{report}")
    settled(page)
    _tab_to(page, "Ký")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Ký")).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("k")  # the page's own key
    expect(sheet.get_by_role("button", name="Ký")).to_be_focused()
    page.keyboard.press("Enter")
    done(page)
    assert state(site, report) == "signed"


def test_j_and_k_walk_a_list(site: Site, plan: int) -> None:
    page = site.as_(PROVINCE, "supervisor")
    visit(page, f"/ke-hoach/{plan}?xem=bang")
    rows = page.locator("table.lines tbody tr")
    expect(rows.nth(2)).to_be_visible()
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(rows.nth(at)).to_have_class("at")
        expect(rows.nth(at).get_by_role("link").first).to_be_focused()


def test_without_javascript_a_report_is_written_presented_and_signed(site: Site, plan: int) -> None:
    report = report_of(site.api, plan, LATE)
    drafter = site.as_(LATE, "drafter", java_script_enabled=False)
    visit(drafter, f"/soan/{report}")
    for name, value in {EVENTS: "2", MEN: "35", WOMEN: "1,118"}.items():
        field(drafter, name).fill(value)
    for table in (2, 3):
        field(drafter, f"n.{table}").check()
    field(drafter, "t.direction").fill("Đã ban hành kế hoạch.")
    field(drafter, "t.results").fill("Đạt yêu cầu.")
    drafter.get_by_role("button", name="Trình ký", exact=True).click()
    expect(drafter.get_by_role("alert")).to_contain_text("Chưa trình ký được")
    expect(field(drafter, WOMEN)).to_have_value("1,118")
    field(drafter, WOMEN).fill("1.118")
    drafter.get_by_role("button", name="Trình ký", exact=True).click()
    done(drafter)

    leader = site.as_(LATE, "leader", java_script_enabled=False)
    visit(leader, f"/van-ban/{report}")
    leader.get_by_role("link", name="Ký", exact=True).click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("Ký")
    leader.get_by_role("button", name="Ký", exact=True).click()
    done(leader)
    assert trace(site, report)[-2:] == [("present", "Lan", ""), ("sign", "Hoa", "KT.")]


MAIN = [
    (LATE, "drafter", "/"), (LATE, "drafter", "/soan/{late}"), (LATE, "drafter", "/van-ban/{late}"),
    (DISTRICTS[0], "supervisor", "/"), (DISTRICTS[0], "supervisor", "/bang"),
    (DISTRICTS[0], "supervisor", "/ke-hoach/{plan}"), (DISTRICTS[0], "supervisor", "/ke-hoach/{plan}?xem=bang"),
    (DISTRICTS[0], "supervisor", "/ke-hoach/{plan}?xem=cay"), (DISTRICTS[0], "supervisor", "/ke-hoach/{plan}/tong-hop"),
    (DISTRICTS[0], "supervisor", "/kho"), (DISTRICTS[0], "supervisor", "/nhat-ky"),
    (PROVINCE, "drafter", "/ke-hoach/moi"),
]  # fmt: skip


@pytest.fixture(params=MAIN, ids=lambda it: f"{it[1]} {it[2]}")
def main_page(request: pytest.FixtureRequest, site: Site, plan: int) -> Iterator[tuple[str, str, str]]:
    unit, seat, path = request.param
    yield unit, seat, path.format(plan=plan, late=report_of(site.api, plan, LATE))


def test_a_main_page_fits_a_telephone_and_is_calm(site: Site, main_page: tuple[str, str, str]) -> None:
    unit, seat, path = main_page
    page = site.as_(unit, seat, size=NARROW, forced_colors="active", reduced_motion="reduce")
    visit(page, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for wish in ("(forced-colors: active)", "(prefers-reduced-motion)"):
        assert page.evaluate("wish => matchMedia(wish).matches", wish)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    moving = "document.getAnimations().filter(it => it.effect.getComputedTiming().activeDuration > 20).length"
    assert page.evaluate(moving) == 0
    page.set_viewport_size({"width": 720, "height": 450})  # 200 % zoom of a wide screen
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def _tab_to(page: Page, name: str) -> None:
    """Tab until a link of this name has the focus, and that it is seen to have it."""
    look = "() => { const at = document.activeElement; return [at.innerText, getComputedStyle(at).outlineStyle]; }"
    for _ in range(60):
        page.keyboard.press("Tab")
        words, outline = page.evaluate(look)
        if words.split()[:1] == [name] and page.locator(":focus").get_attribute("data-form") is not None:
            assert outline != "none"
            return
    raise AssertionError(f"no Tab leads to {name}")
