"""Bảng theo dõi: who sees what, what the address filters, the files, what opens in its place."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.http_world import Api, report_of
from tests.pages.board_story import LATE, SENT, ask, begin, supervisor
from tests.pages.visitor import words
from tests.world import DISTRICTS, PROVINCE, WARDS


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    return begin(api)


def test_a_district_sees_its_wards_their_deadline_and_who_is_late(api: Api, plan: int) -> None:
    page = supervisor(api, f"/ke-hoach/{plan}")
    said = words(page)
    assert page.status_code == 200
    assert "Kế hoạch Tháng hành động năm 2026 (mẫu)" in said and "18/12/2026" in said and "(quá hạn 1 ngày)" in said
    assert "Đơn vị quá hạn 1" in said and f'aria-label="Nhắc {LATE}"' in page.text
    assert f"{SENT}: Đã gửi" in page.text and f"{LATE}: quá hạn 1 ngày, chưa soạn" in page.text  # the map's tiles
    assert WARDS[2] not in page.text  # of the other district
    assert "style=" not in page.text and "onclick" not in page.text


def test_the_province_counts_all_and_goes_down_by_links(api: Api, plan: int) -> None:
    said = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}?xem=bang")
    assert "Đang xem" not in said.text and all(name in said.text for name in (*WARDS, *DISTRICTS))
    assert "1/7" in words(said)  # four wards, two districts, the province
    below = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}?don-vi={api.world.unit(DISTRICTS[0])}")
    assert f'<a href="/ke-hoach/{plan}">{PROVINCE}</a>' in below.text and f">{DISTRICTS[0]}</span>" in below.text


def test_the_address_filters_sorts_and_searches_without_diacritics(api: Api, plan: int) -> None:
    late = words(supervisor(api, f"/ke-hoach/{plan}?xem=bang&tinh-trang=qua-han&xep=ten"))
    assert "Quá hạn 1 ngày" in late and f"{SENT} Đã gửi" not in late
    found = words(supervisor(api, f"/ke-hoach/{plan}?xem=bang&tim=phuong+mot"))
    assert f"{SENT} Đã gửi" in found and f"{LATE} Quá hạn" not in found
    kept = supervisor(api, f"/ke-hoach/{plan}?xem=bang&tinh-trang=dung-han")
    assert f"{SENT} Đã gửi" in words(kept) and f"{LATE} Quá hạn" not in words(kept)
    tile = kept.text.split('class="pair"')[1].split("</div>")[0]
    assert "tinh-trang=dung-han" in tile and "1/3" in tile and "gui-cham" not in tile  # nobody has sent late
    nothing = words(supervisor(api, f"/ke-hoach/{plan}?xem=bang&tim=khong+co"))
    assert "Không có đơn vị nào theo bộ lọc này" in nothing


@pytest.mark.parametrize("asked", ["xem=gi&tinh-trang=la&xep=kia&trang=chin&cap=x&yeu-cau=y&loai=z", "trang=99999"])
def test_what_is_not_understood_is_left_out(api: Api, plan: int, asked: str) -> None:
    assert supervisor(api, f"/ke-hoach/{plan}?{asked}").status_code == 200


def test_another_district_is_not_to_be_looked_at(api: Api, plan: int) -> None:
    page = supervisor(api, f"/ke-hoach/{plan}?don-vi={api.world.unit(DISTRICTS[1])}")
    assert page.status_code == 403 and "không thuộc phạm vi theo dõi" in words(page)


def test_a_ward_sees_its_own_line_and_no_act(api: Api, plan: int) -> None:
    page = ask(api, LATE, "drafter", f"/ke-hoach/{plan}")
    assert "Quá hạn 1 ngày" in words(page) and WARDS[2] not in page.text
    assert '<form method="post"' not in page.text.split('id="main"')[1] and "/nhac" not in page.text


def test_the_files_hold_what_is_shown(api: Api, plan: int) -> None:
    table = supervisor(api, f"/ke-hoach/{plan}/bang.csv?tinh-trang=qua-han")
    text = table.content.decode("utf-8-sig")
    assert LATE in text and SENT not in text and 'filename="bang-theo-doi' in table.headers["content-disposition"]
    book = zipfile.ZipFile(io.BytesIO(supervisor(api, f"/ke-hoach/{plan}/bang.xlsx").content))
    strings = book.read("xl/sharedStrings.xml").decode()
    assert LATE in strings and SENT in strings and "BẢNG THEO DÕI" in strings


def test_htmx_gets_the_part_that_it_shows(api: Api, plan: int) -> None:
    part = supervisor(api, f"/ke-hoach/{plan}", part=True).text
    assert part.lstrip().startswith('<div id="bang"') and "<html" not in part


def test_a_board_of_nothing_says_what_comes_next(api: Api, plan: int) -> None:
    page = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}?loai=ke-hoach")
    assert page.status_code == 200 and "Chưa có đơn vị nào phải gửi ở đây" in words(page)


def test_a_strange_plan_is_not_found(api: Api, plan: int) -> None:
    report = report_of(api, plan, LATE)
    assert supervisor(api, f"/ke-hoach/{report}").status_code == 404
    assert supervisor(api, "/ke-hoach/999999").status_code == 404
