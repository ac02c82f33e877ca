"""The whole life of a ward's report through the pages, by six people."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.http_world import issue_plan, report_of
from tests.world import DISTRICTS, WARDS


def test_first_look(site: Site) -> None:
    site.api.at("2026-10-05")
    plan = issue_plan(site.api)
    report = report_of(site.api, plan, WARDS[0])
    drafter = site.as_(WARDS[0], "drafter")
    drafter.goto("/")
    expect(drafter.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    drafter.goto(f"/soan/{report}")
    expect(drafter.get_by_role("heading", level=1)).to_contain_text("Soạn")
    assert DISTRICTS
