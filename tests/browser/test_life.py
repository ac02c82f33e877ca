"""The whole life of a ward's report through the pages: asked for by a plan, written, signed, sent, taken up."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.hands import (
    EVENTS,
    MEN,
    WOMEN,
    act,
    actions,
    done,
    field,
    number_in,
    saved,
    settled,
    state,
    trace,
    visit,
    write,
)
from tests.http_world import issue_plan, report_of
from tests.pages.signing_office import PASSPHRASE, issue, put_up
from tests.world import DISTRICTS, PROVINCE, WARDS

WARD, DISTRICT = WARDS[0], DISTRICTS[0]
FIRST, OWN = "tre xanh bên dòng sông nhỏ", "con đường làng rợp bóng tre"


def test_a_plan_is_ordered_by_form_written_signed_and_issued(site: Site) -> None:
    site.api.at("2026-10-05")
    drafter = site.as_(PROVINCE, "drafter")
    _order(drafter)
    plan = number_in(drafter)
    _write_plan(drafter)
    drafter.get_by_role("button", name="Trình ký", exact=True).click()
    done(drafter)
    act(site.next_(PROVINCE, "leader"), plan, "Ký")
    act(site.next_(PROVINCE, "clerk"), plan, "Lấy số và gửi")

    assert state(site, plan) == "submitted"
    assert trace(site, plan) == [
        ("open", "Lan", ""), ("present", "Lan", ""), ("sign", "Hoa", "KT."), ("submit", "Minh", ""),
    ]  # fmt: skip
    assert site.api.prefect.asked_for()[-1]["parameters"] == {"plan_id": plan}


def test_a_wards_report_goes_through_six_people(site: Site) -> None:
    site.api.at("2026-12-07")
    plan = issue_plan(site.api)
    report = report_of(site.api, plan, WARD)
    drafter = site.world.act(WARD, "drafter").office_id
    act(site.next_(WARD, "chair"), report, "Giao việc", to_office=str(drafter), reason="Trước thứ sáu.")
    _draft_and_present(_first_entry(site), report)
    issue(site.api, site.world.act(WARD, "leader"))
    issue(site.api, WARD)
    act(site.next_(WARD, "leader"), report, "Ký", passphrase=PASSPHRASE)
    act(site.next_(WARD, "clerk"), report, "Lấy số và gửi", passphrase=PASSPHRASE)
    act(site.next_(DISTRICT, "clerk"), report, "Tiếp nhận")
    supervisor = site.as_(DISTRICT, "supervisor")
    _consolidate(supervisor, plan)

    assert state(site, report) == "consolidated"
    assert actions(site, report) == ["open", "assign", "present", "sign", "submit", "receive", "consolidate"]
    _reads_who_did_what(supervisor, report)


def test_three_are_signed_with_one_passphrase_and_the_page_tells_of_each(site: Site) -> None:
    site.api.at("2026-12-08")
    signer = site.world.act(WARDS[1], "leader")
    issue(site.api, signer)
    reports = put_up(site.api, 3, WARDS[1])
    page = site.actor(signer)
    visit(page, "/cho-ky?" + "&".join(f"chon={one}" for one in reports))
    page.get_by_label("Mật khẩu chứng thư").fill("không phải")
    page.get_by_role("button", name="Ký 3 văn bản").click()
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu của chứng thư số không đúng")
    settled(page)
    page.get_by_label("Mật khẩu chứng thư").fill(PASSPHRASE)
    page.get_by_role("button", name="Ký 3 văn bản").click()
    expect(page.get_by_role("main")).to_contain_text("Đã ký 3 văn bản.")
    assert [state(site, one) for one in reports] == ["signed"] * 3


def _order(drafter: Page) -> None:
    visit(drafter, "/ke-hoach/moi")
    drafter.get_by_label("Tên kế hoạch").fill("Kế hoạch Tháng hành động qua biểu (mẫu)")
    drafter.locator("#legal_basis").fill("Kế hoạch số 100/KH-UBND (mẫu)")
    drafter.get_by_label("Tên báo cáo, kế hoạch phải gửi").fill("Báo cáo Tháng hành động (mẫu)")
    field(drafter, "yc1-form").select_option("action-month/2")
    field(drafter, "yc1-year").fill("2026")
    for level, day in (("commune", "2026-12-18"), ("district", "2026-12-22"), ("province", "2026-12-28")):
        field(drafter, f"yc1-{level}-due").fill(day)
    drafter.get_by_role("button", name="Xem lại").click()
    expect(drafter.get_by_role("main")).to_contain_text("4 xã, phường")
    settled(drafter)
    drafter.get_by_role("button", name="Lập dự thảo").first.click()
    expect(drafter.get_by_role("heading", level=1)).to_contain_text("Soạn: Kế hoạch Tháng hành động qua biểu (mẫu)")
    settled(drafter)


def _write_plan(drafter: Page) -> None:
    field(drafter, "t.purpose").fill("Nâng cao nhận thức về bình đẳng giới.")
    field(drafter, "t.budget").fill("Từ dự toán được giao.")
    drafter.get_by_role("button", name="Thêm nhiệm vụ").click()
    drafter.get_by_label("Nội dung", exact=True).fill("Tổ chức tọa đàm")
    drafter.get_by_label("Thời hạn", exact=True).fill("2026-12-15")
    drafter.get_by_role("button", name="Thêm người, đơn vị").click()
    drafter.get_by_label("Người, đơn vị", exact=True).fill("Trạm Y tế (mẫu)")
    saved(drafter)


def _first_entry(site: Site) -> Page:
    """The ward's drafter comes with a temporary password, and may do nothing before it is his own."""
    site.account(site.world.act(WARD, "drafter"), "lan.phuongmot", FIRST, must_change=True)
    page = site.page(site.window())
    visit(page, "/soan")
    page.get_by_label("Tên đăng nhập").fill("lan.phuongmot")
    page.get_by_label("Mật khẩu").fill(FIRST)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu của riêng bạn")
    visit(page, "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu của riêng bạn")
    page.get_by_label("Mật khẩu tạm").fill(FIRST)
    page.get_by_label("Mật khẩu mới", exact=True).fill(OWN)
    page.get_by_label("Nhập lại mật khẩu mới").fill(OWN)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator(".me")).to_contain_text("Lan, Phường Một (mẫu)")
    return page


def _draft_and_present(drafter: Page, report: int) -> None:
    write(drafter, report, {EVENTS: "2", MEN: "35", WOMEN: "1.118"})
    expect(drafter.locator(".grid").first).to_contain_text("đọc «1.118» là 1118")
    expect(drafter.locator("#foot-1-3")).to_have_text("1.118")
    drafter.get_by_role("button", name="Trình ký", exact=True).click()
    done(drafter)


def _consolidate(supervisor: Page, plan: int) -> None:
    visit(supervisor, f"/ke-hoach/{plan}/tong-hop")
    supervisor.get_by_role("button", name="Tổng hợp ngay").click()
    expect(supervisor.locator("#flash")).to_contain_text("Đã tổng hợp thêm 1 báo cáo")
    expect(supervisor.locator("#total")).to_contain_text("1.118")


def _reads_who_did_what(page: Page, report: int) -> None:
    visit(page, f"/van-ban/{report}")
    signed = page.locator("#chu-ky-so .threads > li").filter(has_text="Còn hiệu lực")
    expect(signed).to_contain_text(["con dấu của cơ quan", "Hoa, Phường Một (mẫu)"])
    line = page.locator("#qua-trinh .timeline > li")
    for words in (
        ("Dũng, Phường Một (mẫu)", "giao việc", "TM. Chủ tịch"), ("Lan, Phường Một (mẫu)", "trình ký"),
        ("Hoa, Phường Một (mẫu)", "ký", "KT. Phó Chủ tịch"), ("Minh, Phường Một (mẫu)", "gửi", "Văn thư"),
        ("Minh, Huyện An Mẫu (mẫu)", "tiếp nhận", "Văn thư"), ("tổng hợp",),
    ):  # fmt: skip
        found = line
        for one in words:
            found = found.filter(has_text=one)
        expect(found.first).to_be_visible()
