"""Hồ sơ chứng minh and Mốc niêm phong: who is offered them, what they say, what is given out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from documents.proof.verifying.bundles import verify
from states import database as db
from states import offices
from states.log import keys
from states.settings import Settings
from tests.http_world import Api
from tests.pages.page_reader import Reader, words
from tests.sealing_machine import seal, sealing_machine, sent_report
from tests.world import DISTRICTS, PROVINCE, WARDS

pytestmark = pytest.mark.usefixtures("report")


@pytest.fixture(scope="module", autouse=True)
def machine(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    home = tmp_path_factory.mktemp("home")
    with sealing_machine(api, home, home / "moc") as there:
        yield there


@pytest.fixture(scope="module")
def report(api: Api) -> int:
    """Sent by Phường Một, not sealed yet."""
    _, made = sent_report(api)
    return made


@pytest.fixture
def auditor(api: Api) -> Reader:
    return Reader(api, PROVINCE, "auditor")


def test_before_the_first_checkpoint_the_page_says_when_it_comes(auditor: Reader, report: int) -> None:
    page = auditor.page(f"/van-ban/{report}/chung-minh")
    assert "Chưa có hồ sơ để tải." in page and "dự kiến 09:17 16/12/2026" in page
    assert "chung-minh.zip" not in page and "dondoc verify HO-SO.zip" in page
    led = auditor.get(f"/van-ban/{report}/chung-minh.zip")  # by an old link: to the page that says why
    assert led.url.path == f"/van-ban/{report}/chung-minh" and "chưa nằm dưới mốc niêm phong nào" in words(led.text)
    listed = words(auditor.page("/moc-niem-phong"))
    assert "Chưa có mốc niêm phong nào" in listed and "Mốc đầu tiên dự kiến lúc 16/12/2026 09:17" in listed


def test_the_page_leads_to_a_file_that_the_separate_verifier_accepts(
    api: Api, auditor: Reader, report: int, machine: Settings
) -> None:
    note = seal(api, machine)
    for path in (f"/van-ban/{report}", f"/nhat-ky/van-ban/{report}"):
        assert f'href="/van-ban/{report}/chung-minh"' in auditor.page(path)
    page = auditor.page(f"/van-ban/{report}/chung-minh")
    assert "Mọi bước, đến bước 4 (lấy số và gửi, 16/12/2026 09:00)." in words(page)
    assert note.split("\n")[2] in page and keys.of(machine).verifier.line in page
    file = auditor.get(f"/van-ban/{report}/chung-minh.zip")
    assert file.headers["content-type"] == "application/zip"
    assert verify(file.content, key=keys.of(machine).verifier.line, checkpoint=note).whole


def test_checkpoints_are_listed_with_where_they_are_kept_and_given_out(
    api: Api, auditor: Reader, machine: Settings
) -> None:
    seal(api, machine)
    page = auditor.page("/moc-niem-phong")
    assert 'href="/moc-niem-phong"' in auditor.page("/") and "thư mục mốc" in words(page)
    size = page.partition("/moc-niem-phong/")[2].partition(".txt")[0]
    note = auditor.get(f"/moc-niem-phong/{size}.txt")
    assert machine.checkpoints is not None
    assert note.text == (machine.checkpoints / f"moc-{int(size):012d}.txt").read_text("utf-8")
    assert auditor.get("/moc-niem-phong/999999.txt").status_code == 404


def test_who_may_not_see_all_of_it_is_told_so(api: Api, report: int) -> None:
    clerk, stranger = Reader(api, WARDS[0], "clerk"), Reader(api, WARDS[1], "clerk")
    assert clerk.get(f"/van-ban/{report}/chung-minh.zip").status_code == 200
    assert clerk.get("/moc-niem-phong").status_code == 403
    assert stranger.get(f"/van-ban/{report}/chung-minh").status_code == 404
    (plan,) = api.rows("SELECT plan_id FROM document WHERE id = %s", report)
    path = f"/van-ban/{plan['plan_id']}"
    assert f'href="{path}/chung-minh"' not in clerk.page(path)
    refused = clerk.get(f"{path}/chung-minh")
    assert refused.status_code == 403 and "đề nghị người kiểm tra" in words(refused.text)
    assert clerk.get(f"{path}/chung-minh.zip").status_code == 403


def test_a_step_after_the_checkpoint_is_said_to_wait_and_a_late_sealing_is_loud(api: Api, report: int) -> None:
    api.at("2026-12-17")
    due = "2026-12-20T17:00:00+07:00"
    api.as_(DISTRICTS[0], "supervisor").step(report, "return", reason_code="figures-wrong", reason="Sai", due_at=due)
    supervisor = Reader(api, DISTRICTS[0], "supervisor")
    page = words(supervisor.page(f"/van-ban/{report}/chung-minh"))
    assert "Đến bước 4 (lấy số và gửi, 16/12/2026 09:00). 1 bước sau đó" in page
    assert "Mốc sau dự kiến 17/12/2026 09:17." in page
    assert "hơn hai giờ" not in page
    api.at("2026-12-17", 14)
    assert "hơn hai giờ" in words(supervisor.page(f"/van-ban/{report}/chung-minh"))


def test_a_change_that_waits_for_its_sealing_is_told_on_the_page(
    api: Api, auditor: Reader, report: int, machine: Settings
) -> None:
    seal(api, machine)
    with db.transaction(db.engine(api.urls.program)) as session:
        offices.end(session, api.world.act(WARDS[0], "clerk").office_id, api.world.today)
    led = auditor.get(f"/van-ban/{report}/chung-minh.zip")
    assert led.url.path == f"/van-ban/{report}/chung-minh" and "vừa được đổi hợp lệ" in words(led.text)
