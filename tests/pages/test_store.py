"""Kho: one box that says what it understood, filters in the address, pages both ways, what to try where none is."""

from __future__ import annotations

import re

import pytest

from api.pages.store import page as store
from tests.http_world import Api, issue_plan, report_of, send_report
from tests.pages.page_reader import Reader, words
from tests.world import DISTRICTS, PROVINCE, WARDS

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    api.at("2026-10-05")
    made = issue_plan(api)
    api.at("2026-12-16")
    send_report(api, report_of(api, made, WARDS[0]), WARDS[0])
    api.at("2026-12-21")
    return made


@pytest.fixture
def auditor(api: Api) -> Reader:
    return Reader(api, PROVINCE, "auditor")


def links(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/van-ban/(\d+)"', page)


def test_the_box_says_what_it_understood(auditor: Reader, api: Api, plan: int) -> None:
    page = auditor.page("/kho?tim=01/BC-UBND")
    assert "Hiểu là: số 1 ký hiệu BC-UBND" in words(page)
    assert links(page) == [str(report_of(api, plan, WARDS[0]))] and "16/12/2026" in page
    bare = auditor.page("/kho?tim=phuong+mot+thang+hanh+dong+2026")
    assert "năm 2026 có các từ «phuong mot thang hanh dong»" in words(bare) and len(links(bare)) == 1


def test_nothing_found_tells_what_to_try(auditor: Reader) -> None:
    page = auditor.page("/kho?tim=phuong+mot+thang+2019&loai=report")
    assert "Không tìm thấy văn bản nào như vậy" in page
    assert 'href="/kho?tim=phuong+mot+thang&amp;loai=report"' in page and "Bỏ năm 2019" in page
    assert 'href="/kho?tim=phuong+mot+thang+2019"' in page and "Mọi loại văn bản" in page
    assert "Chỉ tìm số 77" in auditor.page("/kho?tim=77/BC-UBND")


def test_filters_stand_in_the_address(auditor: Reader, api: Api, plan: int) -> None:
    late = auditor.page("/kho?tre=overdue&xep=due")
    assert len(links(late)) == 3 and "Quá hạn 1 ngày" in words(late)
    assert links(auditor.page("/kho?loai=plan")) == [str(plan)]
    assert links(auditor.page("/kho?trang-thai=submitted&cap=commune")) == [str(report_of(api, plan, WARDS[0]))]
    district = auditor.page(f"/kho?don-vi={api.world.unit(DISTRICTS[1])}")
    assert len(links(district)) == 3 and "Đơn vị và cấp dưới: Huyện Bình Mẫu" in words(district)
    assert links(auditor.page("/kho?ngoai=1")) == [] and len(links(auditor.page("/kho?loai=x&nam=y&sau=z"))) == 8


def test_pages_go_both_ways(auditor: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PAGE", 3)
    first = auditor.page("/kho?xep=unit")
    (onward,) = re.findall(r'href="(/kho\?xep=unit&amp;sau=\d+)"', first)
    second = auditor.page(onward.replace("&amp;", "&"))
    (back,) = re.findall(r'href="(/kho\?xep=unit&amp;truoc=\d+)"', second)
    assert links(auditor.page(back.replace("&amp;", "&"))) == links(first) and set(links(first)).isdisjoint(
        links(second)
    )


def test_only_what_may_be_seen_is_found(api: Api, plan: int) -> None:
    ward = Reader(api, WARDS[1], "drafter")
    assert set(links(ward.page("/kho"))) == {str(plan), str(report_of(api, plan, WARDS[1]))}
    assert "được xem" in ward.page("/kho?tim=01/BC-UBND")
