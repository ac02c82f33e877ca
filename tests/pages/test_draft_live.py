"""Saving while one types: what the script is told, and two people at one draft."""

from __future__ import annotations

import pytest

from tests.http_world import Api, issue_plan, report_of
from tests.pages.drafting_officer import Officer

WARD = "Phường Ba"
EVENTS, MEN, WOMEN = (f"r.1.c2n1.v{column}" for column in (1, 2, 3))


@pytest.fixture
def report(api: Api) -> int:
    return report_of(api, issue_plan(api), WARD)


@pytest.fixture
def officer(api: Api, report: int) -> Officer:
    return Officer(api, api.as_(WARD, "drafter"), report)


@pytest.fixture
def other(api: Api, report: int) -> Officer:
    """A second drafter of the same ward, with the same page open."""
    second = api.seat(api.world.unit(WARD), "drafter", "Sửu")
    return Officer(api, api.voice(second), report)


def test_each_save_tells_how_numbers_were_read_and_what_they_make(officer: Officer) -> None:
    told = officer.write(**{EVENTS: "2", MEN: "1,118", WOMEN: "5", "t.results": "Đạt."}).type_on().json()

    assert told["version"] == 1 and told["said"].startswith("Đã lưu nháp")
    assert told["unread"] == [MEN] and [tone for tone, _ in told["notes"][MEN]] == ["bad"]
    told = officer.write(version="1", base=told["base"], **{MEN: "1.118"}).type_on().json()
    assert told["notes"][MEN] == [["read", "đọc «1.118» là 1118"]]
    assert told["sums"]["sum-r-1-c2n1-2"] == "1.123" and told["sums"]["foot-1-2"] == "1.118"
    assert set(told["parts"]) == {"steps", "checks"}


def test_what_is_saved_already_is_not_saved_again(api: Api, officer: Officer, other: Officer, report: int) -> None:
    told = officer.write(**{EVENTS: "2"}).type_on().json()
    other.open()
    assert other.type_on().json()["version"] == told["version"] == 1
    assert len(api.rows("SELECT unnest(authors) FROM working_copy WHERE document_id = %s", report)) == 1


def test_two_who_write_in_different_places_are_brought_together(
    api: Api, officer: Officer, other: Officer, report: int
) -> None:
    officer.write(**{EVENTS: "2", MEN: "3"}).type_on()

    answer = other.write(**{"t.results": "Đạt yêu cầu."}).type_on()

    told = answer.json()
    assert answer.status_code == 200 and told["version"] == 2 and "fields" in told["parts"]
    assert any("cột Số cuộc/đoàn" in words for words in told["came"])
    content = api.as_(WARD, "drafter").get(f"/documents/{report}/draft")["content"]
    assert content["rows"][0]["values"] == {"1": "2", "2": "3"} and content["texts"] == {"results": "Đạt yêu cầu."}


def test_two_who_write_in_one_place_are_both_shown_and_nothing_is_lost(officer: Officer, other: Officer) -> None:
    officer.write(**{EVENTS: "2", "t.results": "Đạt."}).type_on()

    answer = other.write(**{EVENTS: "9", "t.direction": "Có kế hoạch."}).type_on()

    assert answer.status_code == 409
    panel = answer.json()["parts"]["clash"]
    assert "cột Số cuộc/đoàn" in panel and "<span>9</span>" in panel and "<span>2</span>" in panel
    assert "Đạt." not in panel  # only what both changed is to be chosen

    assert other.press().status_code == 409  # the same without JavaScript
    assert other.reads(EVENTS) == "9" and other.reads("t.results") == "Đạt."
    place = next(name for name, _ in other.fields if name.startswith("pick:"))
    assert other.press("save", **{place: "theirs"}).status_code == 200
    assert other.reads(EVENTS) == "2" and other.reads("t.direction") == "Có kế hoạch."


@pytest.mark.parametrize(("button", "stands"), [("take-mine", "9"), ("take-theirs", "2")])
def test_one_button_chooses_everywhere(officer: Officer, other: Officer, button: str, stands: str) -> None:
    officer.write(**{EVENTS: "2", MEN: "4"}).type_on()
    other.write(**{EVENTS: "9", MEN: "8"}).press()

    assert other.press(button).status_code == 200
    assert other.reads(EVENTS) == stands


def test_the_page_asks_whether_somebody_else_has_saved(officer: Officer, other: Officer) -> None:
    def ask(version: int) -> int:
        path = f"{officer.path}/moi?version={version}"
        return officer.voice.say("GET", path, headers={"Accept": "application/json"}).status_code

    assert ask(0) == 204
    other.write(**{EVENTS: "2"}).type_on()
    assert (ask(0), ask(1)) == (200, 204)


def test_a_stranger_saves_nothing_and_is_told_why(api: Api, officer: Officer, report: int) -> None:
    clerk = Officer(api, api.as_(WARD, "clerk"), report)
    answer = clerk.write(**{EVENTS: "1"}).type_on()
    assert answer.status_code == 403 and answer.json()["code"] == "not-its-drafter"
    assert api.as_("Phường Một", "drafter").say("POST", f"{officer.path}/luu", data={}).status_code == 404
