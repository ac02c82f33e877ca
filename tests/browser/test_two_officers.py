"""Two officers at one draft, a line that breaks, a block from a spreadsheet: nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.hands import EVENTS, MEN, WOMEN, content, field, saved, version, visit
from tests.http_world import issue_plan, report_of
from tests.world import WARDS

WARD = WARDS[2]
ROWS = [[f"r.1.c{row}n1.v{column}" for column in (1, 2, 3)] for row in (1, 2)]


@pytest.fixture
def report(site: Site) -> int:
    """A ward's report that nobody has begun."""
    site.api.at("2026-12-08")
    return report_of(site.api, issue_plan(site.api), WARD)


@pytest.fixture
def lan(site: Site, report: int) -> Page:
    """The ward's drafter, with the draft open."""
    return _opened(site.as_(WARD, "drafter"), report)


@pytest.fixture
def suu(site: Site, report: int) -> Page:
    """A second drafter of the ward, with the same draft open."""
    return _opened(site.actor(site.api.seat(site.world.unit(WARD), "drafter", "Sửu")), report)


def test_what_two_write_in_different_cells_is_brought_together(site: Site, report: int, lan: Page, suu: Page) -> None:
    field(lan, EVENTS).fill("2")
    saved(lan)
    field(suu, "t.results").fill("Đạt yêu cầu.")
    saved(suu)

    expect(field(suu, EVENTS)).to_have_value("2")
    expect(suu.locator("#restored")).to_contain_text("Đã cập nhật phần người khác vừa sửa")
    kept = content(site, report)
    assert kept["rows"][0]["values"] == {"1": "2"} and kept["texts"] == {"results": "Đạt yêu cầu."}


@pytest.mark.parametrize(("chosen", "stands"), [("mine", "9"), ("theirs", "2")])
def test_one_cell_written_twice_is_shown_with_both_and_chosen(
    site: Site, report: int, lan: Page, suu: Page, chosen: str, stands: str
) -> None:
    field(lan, EVENTS).fill("2")
    saved(lan)
    field(suu, EVENTS).fill("9")
    suu.keyboard.press("Tab")
    clash = suu.locator("#clash")
    expect(clash.get_by_role("radio")).to_have_count(2)
    expect(clash.locator("tbody")).to_contain_text("Số cuộc/đoàn")
    expect(clash.locator("label")).to_have_text(["9", "2"])
    assert content(site, report)["rows"][0]["values"] == {"1": "2"}
    clash.locator(f'input[value="{chosen}"]').check()
    clash.get_by_role("button", name="Lưu theo lựa chọn").click()

    expect(suu.locator("#clash")).to_have_count(0)
    expect(field(suu, EVENTS)).to_have_value(stands)
    assert content(site, report)["rows"][0]["values"] == {"1": stands}


def test_what_is_typed_without_a_line_is_kept_and_sent_when_it_is_back(site: Site, report: int, lan: Page) -> None:
    lan.context.set_offline(True)
    field(lan, MEN).fill("35")
    lan.keyboard.press("Tab")
    expect(lan.locator("#saved")).to_contain_text("Mất kết nối")
    expect(lan.locator("#offline")).to_be_visible()
    assert version(site, report) == 0
    lan.context.set_offline(False)

    saved(lan)
    expect(lan.locator("#offline")).to_be_hidden()
    assert content(site, report)["rows"][0]["values"] == {"2": "35"}


def test_a_window_closed_without_a_line_gives_back_what_stood_in_it(site: Site, report: int, lan: Page) -> None:
    window = lan.context
    window.set_offline(True)
    field(lan, MEN).fill("35")
    lan.keyboard.press("Tab")
    expect(lan.locator("#saved")).to_contain_text("Mất kết nối")
    lan.close()
    window.set_offline(False)
    again = _opened(site.page(window), report)

    expect(again.locator("#restored")).to_contain_text("Có 1 ô chưa gửi")
    expect(field(again, MEN)).to_have_value("35")
    saved(again)
    assert content(site, report)["rows"][0]["values"] == {"2": "35"}


def test_a_block_from_a_spreadsheet_is_pasted_read_and_taken_back(site: Site, report: int, lan: Page) -> None:
    lan.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lan.evaluate("text => navigator.clipboard.writeText(text)", "1\t1.250\t2.300\n3\t\t41\n")
    field(lan, ROWS[0][0]).focus()
    lan.keyboard.press("Control+v")

    for name, value in zip(sum(ROWS, []), ["1", "1.250", "2.300", "3", "", "41"], strict=True):
        expect(field(lan, name)).to_have_value(value)
    expect(lan.locator("[data-pasted='1']")).to_contain_text("Đã dán 6 ô: 2 dòng × 3 cột.")
    saved(lan)
    expect(lan.locator("#foot-1-3")).to_have_text("2.341")
    expect(lan.locator(".grid").first).to_contain_text("đọc «1.250» là 1250")
    assert [row["values"] for row in content(site, report)["rows"]] == [
        {"1": "1", "2": "1250", "3": "2300"}, {"1": "3", "3": "41"}]  # fmt: skip
    lan.locator("[data-pasted='1']").get_by_role("button", name="Hoàn tác").click()
    expect(lan.locator("#foot-1-3")).to_have_text("–")
    expect(field(lan, WOMEN)).to_have_value("")


def _opened(page: Page, report: int) -> Page:
    visit(page, f"/soan/{report}")
    expect(page.get_by_role("button", name="Trình ký", exact=True)).to_be_visible()
    return page
