"""Phần gợi ý: the drafter of a total sees what is suggested, takes what he chooses; others only look."""

from __future__ import annotations

import pytest

from tests.http_world import Api, Voice
from tests.pages.total_readers import DISTRICT, FIRST, District, Reader, words


@pytest.fixture
def district(api: Api) -> District:
    district = District(api)
    district.run()
    return district


def draft_of(district: District) -> dict[str, object]:
    voice: Voice = district.api.as_(DISTRICT, "drafter")
    return dict(voice.get(f"/documents/{district.total}/draft"))


def test_the_drafter_takes_what_he_chooses_and_it_stands_in_the_draft(district: District) -> None:
    drafter = Reader(district.api, DISTRICT, "drafter")
    page = drafter.get(f"/soan/{district.total}")
    assert f'href="/soan/{district.total}/goi-y' in page
    offered = drafter.get(f"/soan/{district.total}/goi-y")
    assert "2 cuộc" in words(offered) and 'value="results" checked' in offered
    drafter.post(f"/soan/{district.total}/goi-y", version=0, take=["results"])
    texts = draft_of(district)["content"]["texts"]  # type: ignore[index]
    assert list(texts) == ["results"] and "Tổng hợp số liệu" in texts["results"]
    assert "Đã có trong dự thảo." in words(drafter.get(f"/soan/{district.total}/goi-y"))


def test_a_stale_page_changes_nothing_and_says_so(district: District) -> None:
    drafter = Reader(district.api, DISTRICT, "drafter")
    drafter.post(f"/soan/{district.total}/goi-y", version=0, take=["results"])
    answer = drafter.post(f"/soan/{district.total}/goi-y", version=0, take=["direction"])
    assert f"/soan/{district.total}/goi-y" in answer.headers["location"]
    assert "direction" not in draft_of(district)["content"]["texts"]  # type: ignore[index]


def test_who_does_not_draft_sees_no_button_and_is_refused(district: District) -> None:
    supervisor = Reader(district.api, DISTRICT, "supervisor")
    page = supervisor.get(f"/soan/{district.total}/goi-y")
    assert 'name="take"' not in page and "2 cuộc" in words(page)
    supervisor.post(f"/soan/{district.total}/goi-y", version=0, take=["results"])
    assert draft_of(district)["version"] == 0


def test_a_wards_own_report_is_offered_none(district: District) -> None:
    ward = Reader(district.api, FIRST, "drafter")
    assert "goi-y" not in ward.get(f"/soan/{district.first}")
    assert "Chưa có gì để gợi ý" in words(ward.get(f"/soan/{district.first}/goi-y"))
