"""A total: made by a button, traced down to the ward's signed cell, reopened below, old, and made right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.hands import WOMEN, act, actions, done, field, saved, state, visit
from tests.pages.total_readers import DISTRICT, FIRST, District


@pytest.fixture
def district(site: Site) -> District:
    """A plan whose first ward has sent 30 men and 40 women."""
    site.api.at("2026-12-16")
    return District(site.api)


def test_a_number_of_the_total_opens_down_to_the_wards_signed_cell(site: Site, district: District) -> None:
    page = _total(site, district)
    page.locator("#total tfoot").get_by_role("link", name="40", exact=True).click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", level=2)).to_have_text(f"{DISTRICT} · Nữ = 40")
    expect(panel).to_contain_text("Cộng từ 1 phần = 40")
    panel.get_by_role("link", name=FIRST).click()
    expect(panel.get_by_role("heading", level=2)).to_have_text(f"{FIRST} · Nữ = 40")
    expect(panel.locator("dl")).to_contain_text(f"KT. Phó Chủ tịch Hoa, {FIRST} (mẫu), 16/12/2026")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#total tfoot").get_by_role("link", name="40", exact=True)).to_be_focused()


def test_a_ward_that_corrects_makes_the_total_old_and_it_is_accepted(site: Site, district: District) -> None:
    page = _total(site, district)
    due = (site.world.today + timedelta(days=2)).isoformat()
    act(page, district.first, "Mở lại", reason_code="figures-wrong", reason="Số nữ chưa khớp.", due=due)
    expect(page.locator("#qua-trinh")).to_contain_text("Số nữ chưa khớp.")
    _corrected(site, district)
    visit(page, district.table)
    expect(page.locator("#stale")).to_contain_text(f"Số tổng hợp này đã cũ: {FIRST} đã gửi lại số liệu mới")
    page.get_by_role("link", name="Xem chênh lệch và xử lý").click()
    expect(page.locator(".total-diff").first).to_contain_text("+5")
    expect(page.locator("del").first).to_have_text("40")
    expect(page.locator("ins").first).to_have_text("45")
    page.get_by_role("button", name="Tổng hợp lại").click()

    done(page)
    expect(page.locator("#stale")).to_have_count(0)
    expect(page.locator("#total tfoot")).to_contain_text("45")
    assert state(site, district.first) == "consolidated"
    assert actions(site, district.first)[-5:] == ["reopen", "present", "sign", "submit", "consolidate"]


def _total(site: Site, district: District) -> Page:
    """The supervisor makes the total by its button."""
    page = site.as_(DISTRICT, "supervisor")
    visit(page, district.table)
    page.get_by_role("button", name="Tổng hợp ngay").click()
    done(page, "Đã tổng hợp thêm 1 báo cáo")
    return page


def _corrected(site: Site, district: District) -> None:
    drafter = site.as_(FIRST, "drafter")
    visit(drafter, f"/soan/{district.first}")
    expect(drafter.locator(".returned")).to_contain_text("Số nữ chưa khớp.")
    field(drafter, WOMEN).fill("45")
    saved(drafter)
    drafter.get_by_role("button", name="Trình ký", exact=True).click()
    done(drafter)
    act(site.next_(FIRST, "leader"), district.first, "Ký")
    act(site.next_(FIRST, "clerk"), district.first, "Lấy số và gửi")
