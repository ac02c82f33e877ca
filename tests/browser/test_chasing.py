"""A supervisor chases a late ward: sees it, reminds it by a mail that really arrives, calls, gives time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from api.pages.board import live
from states import database, settings
from tests.browser.conftest import Site
from tests.browser.hands import act, done, settled, visit
from tests.http_world import report_of, report_text
from tests.notifications.served import Mail, serving
from tests.pages.board_story import LATE, begin
from tests.world import DISTRICTS
from workflows import mail

DISTRICT = DISTRICTS[0]
READY = [settings.current, database.program_engine, database.request_engine]


@pytest.fixture
def post_office(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    """An SMTP server of its own process, and this process's settings leading to it and to the world's database."""
    with serving(Mail(tmp_path / "mail")) as server:
        told = {"DATABASE_URL": site.api.urls.program, "DONDOC_SMTP_PORT": str(server.port),
                "DONDOC_SMTP_HOST": "127.0.0.1", "DONDOC_PUBLIC_URL": site.url}  # fmt: skip
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        for one in READY:
            one.cache_clear()
        yield server
    for one in READY:
        one.cache_clear()


def test_a_late_ward_is_seen_found_and_reminded_and_the_mail_leads_to_its_report(site: Site, post_office: Mail) -> None:
    plan = begin(site.api)
    report = report_of(site.api, plan, LATE)
    lan = site.world.act(LATE, "drafter")
    site.change("UPDATE person SET email = 'lan@mau.example' WHERE id = %s", lan.person_id)
    board = _board(site, plan)
    expect(board.locator("a.t", has_text=LATE.removeprefix("Phường "))).to_have_class("t t-late1")
    board.get_by_role("link", name="Quá hạn 1 lâu nhất 1 ngày").click()
    expect(board).to_have_url(f"{site.url}/ke-hoach/{plan}?tinh-trang=qua-han")
    settled(board)
    expect(board.locator("table.beside tbody tr")).to_have_count(1)
    expect(board.locator("table.beside tbody .late-days")).to_have_text("1 ngày")
    board.get_by_role("button", name=f"Nhắc {LATE}").click()
    expect(board.locator(f"#nhac-{report}")).to_contain_text("Đã nhắc 09:00")

    site.world.later(hours=5)
    mail.post(site.world.now)
    (came,) = [one for one in post_office.mails if "lan@mau.example" in str(one["To"])]
    link = f"{site.url}/van-ban/{report}"
    text = came.get_body(("plain",))
    assert text is not None and link in text.get_content()
    reader = site.actor(lan)
    reader.goto(link)
    expect(reader.get_by_role("main")).to_contain_text("Quá hạn")
    assert [row["rung"][:8] for row in _rows(site, "reminder", report)] == ["by-hand/"]


def test_a_call_is_noted_with_its_promise_and_time_is_given_with_a_reason(site: Site) -> None:
    plan = begin(site.api)
    report = report_of(site.api, plan, LATE)
    board = _board(site, plan)
    sheet = _sheet(board, "Ghi cuộc gọi")
    sheet.get_by_label("Ai nghe máy, nói gì").fill("Chị Lan: chờ trạm y tế, thứ tư gửi.")
    sheet.get_by_label("Hẹn gửi ngày").fill("2026-12-23")
    sheet.get_by_role("button", name="Ghi lại").click()
    done(board)
    expect(board.locator("table.beside")).to_contain_text("Hẹn 23/12")
    (note,) = _rows(site, "note", report)
    assert (note["kind"], note["promised"].isoformat()) == ("call", "2026-12-23")

    sheet = _sheet(board, "Gia hạn")
    expect(sheet).to_contain_text("chờ trạm y tế")
    sheet.get_by_label("Hạn mới, hết ngày").fill("2026-12-24")
    sheet.locator("details[open]").get_by_label("Lý do").fill("Trạm y tế gửi số muộn.")
    sheet.get_by_role("button", name="Gia hạn").click()
    done(board)
    (given,) = _rows(site, "dispensation", report)
    assert (given["kind"], given["reason"], given["in_time"]) == ("extension", "Trạm y tế gửi số muộn.", False)
    visit(board, f"/van-ban/{report}")
    expect(board.locator("#qua-trinh")).to_contain_text("Trạm y tế gửi số muộn.")


def test_an_open_board_changes_when_somebody_sends(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY", 0.2)
    plan = begin(site.api)
    report = report_of(site.api, plan, LATE)
    drafter = site.api.as_(LATE, "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    site.api.as_(LATE, "leader").step(report, "sign")
    board = _board(site, plan)
    board.evaluate("window.here = true")
    expect(board.locator("#so-lieu")).to_contain_text("1/3")
    expect(board.locator("html.live-on")).to_be_attached()
    act(site.as_(LATE, "clerk"), report, "Lấy số và gửi")

    expect(board.locator("#so-lieu")).to_contain_text("2/3")
    expect(board.locator("#so-lieu .loud")).to_have_count(0)
    expect(board.locator("a.t", has_text=LATE.removeprefix("Phường "))).not_to_have_class("t t-late1")
    assert board.evaluate("window.here") is True


def _board(site: Site, plan: int) -> Page:
    board = site.as_(DISTRICT, "supervisor")
    visit(board, f"/ke-hoach/{plan}")
    return board


def _sheet(board: Page, name: str) -> Locator:
    board.get_by_role("link", name=f"Gọi, gia hạn, miễn: {LATE}").click()
    sheet = board.get_by_role("dialog")
    sheet.locator("summary", has_text=name).click()
    return sheet


def _rows(site: Site, table: str, report: int) -> list[Any]:
    return site.api.rows(f"SELECT * FROM {table} WHERE document_id = %s", report)
