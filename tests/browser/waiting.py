"""A report that waits for a signature, and what the one who may sign it would post."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.conftest import Site
from tests.browser.hands import visit
from tests.http_world import issue_plan, report_of, report_text


@dataclass
class Waiting:
    """A report that waits for the Vice-chair's signature, and the form by which he would sign it."""

    report: int
    act: str
    fields: dict[str, str]


def wait_to_be_signed(site: Site, ward: str) -> Waiting:
    """The ward's drafter has presented; the form is read from the Vice-chair's page."""
    site.api.at("2026-12-09")
    report = report_of(site.api, issue_plan(site.api), ward)
    drafter = site.api.as_(ward, "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    page = site.as_(ward, "leader")
    visit(page, f"/van-ban/{report}/viec/sign")
    form = page.locator("form.act-form")
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    return Waiting(report, f"/van-ban/{report}/viec/sign", fields)
