"""Nhật ký: searched, paged, exported; who may look at what; a person's signatures and a document's chain."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.journal import found as journal_found
from api.pages.journal.chart import chart
from tests.http_world import Api, issue_plan, report_of, send_report
from tests.pages.page_reader import Reader, words
from tests.world import DISTRICTS, PROVINCE, WARDS

PAGE = "/nhat-ky?tu=2026-10-01&den=2026-12-31"

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    api.at("2026-10-05")
    made = issue_plan(api)
    api.at("2026-12-16")
    send_report(api, report_of(api, made, WARDS[0]), WARDS[0])
    api.at("2026-12-17")
    return made


@pytest.fixture
def auditor(api: Api) -> Reader:
    return Reader(api, PROVINCE, "auditor")


def rows(page: str) -> int:
    return page.count('class="digest"')


def places(page: str) -> list[str]:
    """The digests of the steps shown."""
    return re.findall(r"<summary><code>(\w+)", page)


def test_the_newest_step_stands_first_with_who_and_his_authority_then(auditor: Reader) -> None:
    page = auditor.page(PAGE)
    first = words(page[page.index("<tbody data-rows>") :])
    assert first.startswith("16/12/2026 09:00 01/BC-UBND Phường Một")
    assert "KT. Phó Chủ tịch · Phường Một" in first and "từ 01/01/2020" in first


def test_a_name_without_marks_is_the_person_or_a_choice(auditor: Reader) -> None:
    one = auditor.page(PAGE + "&ten=hoa+phuong+mot")
    assert "Người: Hoa, Phường Một (mẫu)" in words(one) and rows(one) == 1
    several = auditor.page(PAGE + "&ten=hoa")
    assert "«hoa» là:" in several and rows(several) == 0 and "nguoi=" in several
    assert "Không tìm thấy «Ghi%»" in auditor.page(PAGE + "&ten=Ghi%25")


def test_unit_action_authority_and_number_narrow_it(auditor: Reader, api: Api, plan: int) -> None:
    assert "Đơn vị: Phường Một" in words(auditor.page(PAGE + "&noi=phuong+mot"))
    signed = auditor.page(PAGE + "&viec=sign&quyen=KT.")
    assert rows(signed) == 2 and "Việc: Ký" in words(signed) and "Thẩm quyền: KT." in words(signed)
    report = report_of(api, plan, WARDS[0])
    numbered = auditor.page(PAGE + "&so=01/BC-UBND")
    assert f'name="van-ban" value="{report}"' in numbered and rows(numbered) == 4
    assert rows(auditor.page(PAGE + "&ngoai=1")) == 0
    form = "/nhat-ky?so=01/BC-UBND&tu=2026-11-18&den=2026-12-17"  # the days that the form carries along
    assert "05/10/2026" in words(auditor.page(form))  # hide none of a document's life


def test_a_days_bar_asks_for_that_day(auditor: Reader) -> None:
    page = auditor.page("/nhat-ky?den=2026-12-17")
    (href,) = re.findall(r'href="(/nhat-ky\?tu=2026-12-16&amp;den=2026-12-16)"', page)
    assert "Ngày 16/12/2026" in auditor.page(href.replace("&amp;", "&"))


def test_pages_go_on_and_come_back(auditor: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_found, "PAGE", 5)
    first = auditor.page(PAGE)
    older = re.findall(r'href="([^"]*cu-hon=[^"]*)"', first)[0].replace("&amp;", "&")
    second = auditor.page(older)
    newer = re.findall(r'href="([^"]*moi-hon=[^"]*)"', second)[0].replace("&amp;", "&")
    assert rows(first) == rows(second) == 5 and places(auditor.page(newer)) == places(first)
    assert set(places(first)).isdisjoint(places(second))
    assert auditor.get(PAGE + "&cu-hon=xx").status_code == 422


def test_who_follows_sees_his_part_and_others_nothing(api: Api, plan: int) -> None:
    district = Reader(api, DISTRICTS[1], "supervisor")
    assert "Phường Ba" in district.page(PAGE) and "Phường Một" not in district.page(PAGE)
    assert district.get(f"{PAGE}&don-vi={api.world.unit(WARDS[0])}").status_code == 403
    assert rows(district.page(f"{PAGE}&van-ban={report_of(api, plan, WARDS[0])}")) == 0
    for seat in ("drafter", "clerk"):
        assert Reader(api, DISTRICTS[1], seat).get("/nhat-ky").status_code == 403


def test_what_was_found_goes_out_as_files(auditor: Reader) -> None:
    file = auditor.get("/nhat-ky/nhat-ky.csv?viec=sign&tu=2026-10-01&den=2026-12-31")
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 3 and lines[1][9] == "KT." and "attachment" in file.headers["content-disposition"]
    assert auditor.get("/nhat-ky/nhat-ky.xlsx?viec=sign").content[:2] == b"PK"
    unclear = auditor.get("/nhat-ky/nhat-ky.csv?ten=hoa")  # never more than was asked for
    assert unclear.status_code == 422 and "«hoa» không rõ" in words(unclear.text)


def test_everything_a_person_signed_with_his_mandate(api: Api, auditor: Reader) -> None:
    leader = api.world.act(WARDS[0], "leader").person_id
    page = words(auditor.page(f"/nhat-ky/nguoi/{leader}?den=2026-12-31"))
    assert "KT. Phó Chủ tịch Phường Một theo chức vụ 1" in page and "01/BC-UBND" in page
    assert "Không ký văn bản nào" in auditor.page(f"/nhat-ky/nguoi/{leader}?tu=2026-01-01&den=2026-02-01")
    assert Reader(api, WARDS[0], "leader").get(f"/nhat-ky/nguoi/{leader}").status_code == 200
    assert Reader(api, WARDS[1], "leader").get(f"/nhat-ky/nguoi/{leader}").status_code == 403
    assert auditor.get("/nhat-ky/nguoi/999999").status_code == 404


def test_a_documents_chain_who_could_sign_and_who_did(api: Api, auditor: Reader, plan: int) -> None:
    report = report_of(api, plan, WARDS[0])
    page = words(auditor.page(f"/nhat-ky/van-ban/{report}"))
    assert "Dũng, Phường Một (mẫu) TM. Chủ tịch Ký được" in page and "Hoa, Phường Một (mẫu) Đã ký" in page
    assert "4 bước" in page and "Chuỗi nguyên vẹn" not in page
    assert "Kiểm tra lại chuỗi" not in Reader(api, WARDS[0], "drafter").page(f"/nhat-ky/van-ban/{report}")
    assert Reader(api, WARDS[0], "drafter").get(f"/nhat-ky/van-ban/{report}/kiem-tra").status_code == 403
    assert Reader(api, DISTRICTS[1], "supervisor").get(f"/nhat-ky/van-ban/{report}").status_code == 404


def test_the_check_tells_a_whole_chain_from_one_that_was_touched(api: Api, auditor: Reader, plan: int) -> None:
    check = f"/nhat-ky/van-ban/{report_of(api, plan, WARDS[0])}/kiem-tra"
    assert "Chuỗi nguyên vẹn: 4 bước" in words(auditor.page(check))
    with psycopg.connect(api.urls.owner) as owner:  # around the program, with all rights
        owner.execute("SET session_replication_role = replica")
        owner.execute(_TOUCH, (report_of(api, plan, WARDS[0]),))
    assert "Chuỗi không nguyên vẹn" in words(auditor.page(check))


@given(st.integers(1, 1200))
def test_bars_are_few_and_lose_nothing(length: int) -> None:
    days = [(date(2024, 1, 1) + timedelta(n), n % 7) for n in range(length)]
    drawn = chart(days, lambda first, last: f"{first}{last}")
    assert len(drawn.bars) <= 44 and drawn.total == sum(count for _, count in days)
    assert [bar.first for bar in drawn.bars] == sorted({bar.first for bar in drawn.bars})
    assert all(0 <= bar.height <= 100 and (bar.height > 0) == (bar.count > 0) for bar in drawn.bars)


_TOUCH = "UPDATE figure SET amount = amount + 1 WHERE revision_id IN (SELECT id FROM revision WHERE document_id = %s)"
