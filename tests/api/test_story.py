"""A whole plan through HTTP alone: down to the wards, their reports up, late ones reminded, totals made and traced."""

from __future__ import annotations

from tests.http_world import Api, issue_plan, report_of, report_text, send_report
from tests.world import DISTRICTS, PROVINCE, WARDS


def test_a_plan_goes_down_and_its_figures_come_up(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    ward = api.as_(WARDS[0], "drafter")
    assert plan in [one["id"] for one in ward.get("/plans")["items"]]  # whom it addresses sees it
    waiting = ward.get("/inbox")["to_draft"]
    assert [one["unit"] for one in waiting] == [WARDS[0]]

    api.at("2026-12-17")
    for ward_name in WARDS[:3]:
        send_report(api, report_of(api, plan, ward_name), ward_name)
    api.at("2026-12-21")  # the fourth is late, one working day
    district = api.as_(DISTRICTS[1], "supervisor")
    board = district.get(f"/plans/{plan}/board", params={"level": "commune"})
    assert (board["counts"]["expected"], board["counts"]["received"]) == (2, 1)
    late = district.get(f"/plans/{plan}/late", params={"level": "commune"})["items"]
    assert [(line["unit"], line["standing"], line["days_late"]) for line in late] == [(WARDS[3], "overdue", 1)]
    assert late[0]["must_by"] == "2026-12-19T00:00:00+07:00"
    told = district.post(f"/plans/{plan}/remind", {"words": "Đề nghị gửi ngay"})
    assert list(told["told"]) == [str(report_of(api, plan, WARDS[3]))]

    for name in DISTRICTS:
        done = api.as_(name, "supervisor").post(f"/plans/{plan}/consolidate", {"level": "district"})
        assert done["totals"] == 1
    gaps = api.as_(PROVINCE, "supervisor").get(f"/plans/{plan}/gaps", params={"level": "district"})
    assert gaps == {DISTRICTS[1]: [f"{WARDS[3]} (chưa gửi)"]}

    total = report_of(api, plan, DISTRICTS[0])
    assert total_cells(api, total)[10201] == {"value": "4", "words": "4"}
    traced = api.as_(DISTRICTS[0], "drafter").get(f"/documents/{total}/cells/10201", params={"level": "commune"})
    assert [(part["unit"], part["figure"]["value"]) for part in traced["parts"]] == [(WARDS[0], "2"), (WARDS[1], "2")]
    assert traced["parts"][0]["signed"]["authority"] == "KT."


def total_cells(api: Api, document: int) -> dict[int, dict[str, str]]:
    """The cells of a district's total as its supervisor reads them."""
    found = api.as_(DISTRICTS[0], "supervisor").get(f"/documents/{document}/total")
    return {cell["cell"]: cell["figure"] for cell in found["cells"]}


def test_a_reopened_report_makes_the_total_stale_until_it_is_made_again(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-17")
    reports = {name: report_of(api, plan, name) for name in (*WARDS[:2], DISTRICTS[0])}
    first, _ = (send_report(api, reports[name], name)["number"] for name in WARDS[:2])
    above = api.as_(DISTRICTS[0], "supervisor")
    above.post(f"/plans/{plan}/consolidate", {"level": "district"})
    assert above.get(f"/documents/{reports[DISTRICTS[0]]}/stale")["stale"] is False

    again = {"reason": "Số nữ sai", "reason_code": "figures-wrong", "due_at": "2026-12-20T17:00:00+07:00"}
    above.step(reports[WARDS[0]], "reopen", **again)
    stale = above.get(f"/documents/{reports[DISTRICTS[0]]}/stale")
    assert stale["stale"] is True
    assert [(cause["unit"], cause["why"]) for cause in stale["causes"]] == [(WARDS[0], "reopened")]

    api.at("2026-12-18")
    sent = send_report(api, reports[WARDS[0]], WARDS[0], report_text(5))
    assert sent["number"] > first  # a correction takes a new number
    above.post(f"/plans/{plan}/consolidate", {"level": "district"})
    assert above.get(f"/documents/{reports[DISTRICTS[0]]}/stale")["stale"] is False
    assert total_cells(api, reports[DISTRICTS[0]])[10201]["value"] == "7"
    events = [one["what"] for one in above.get(f"/documents/{reports[WARDS[0]]}/timeline") if one["topic"] == "step"]
    assert events.count("sign") == 2 and "reopen" in events


def test_a_paper_is_registered_by_the_receiver_and_shown_as_such(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-17")
    report, clerk = report_of(api, plan, WARDS[2]), api.as_(DISTRICTS[1], "clerk")
    paper = {"number": 77, "symbol": "BC-UBND", "date": "2026-12-16", "signer": "Phạm Văn Giấy (mẫu)",
             "arrived_at": "2026-12-17T08:00:00+07:00", "content": report_text()}  # fmt: skip
    assert clerk.step(report, "register", paper=paper)["number"] == "77/BC-UBND"
    (sending,) = clerk.get(f"/documents/{report}")["sendings"]
    assert (sending["paper"], sending["signer"], sending["received_number"]) == (True, "Phạm Văn Giấy (mẫu)", 1)
    auditor = api.as_(PROVINCE, "auditor")
    found = auditor.get("/audit/exceptions", params={"first": "2026-12-01", "last": "2026-12-31"})
    assert "signed-elsewhere" in [one["kind"] for one in found["items"]]


def test_an_extension_is_asked_for_from_below_and_granted_from_above(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    report, below, above = report_of(api, plan, WARDS[0]), api.as_(WARDS[0], "drafter"), api.as_(DISTRICTS[0], "leader")
    ask = {"kind": "extension", "reason": "Mất điện", "until": "2026-12-24T00:00:00+07:00"}
    (asked,) = below.post(f"/documents/{report}/extensions", ask)
    answer = {**ask, "reason": "Đồng ý", "request_id": asked["request_id"]}
    (granted,) = above.post(f"/documents/{report}/extensions/grant", answer)
    assert (granted["answer"], granted["in_time"]) == ("extension", True)
    assert below.get(f"/documents/{report}")["deadline"] == "2026-12-24T00:00:00+07:00"


def test_a_contribution_is_asked_for_and_taken_by_phone(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-10")
    report, drafter = report_of(api, plan, WARDS[1]), api.as_(WARDS[1], "drafter")
    asked = drafter.post(f"/documents/{report}/contributions", {"assignee": "Trạm Y tế (mẫu)", "task": "Bảng 1"})
    given = {"content": report_text(), "given_by": "Trạm trưởng", "channel": "phone"}
    drafter.post(f"/documents/{report}/contributions/{asked['id']}/given", given)
    (one,) = drafter.get(f"/documents/{report}/contributions")
    assert (one["given_by"], one["channel"], one["in_draft"], one["late"]) == ("Trạm trưởng", "phone", True, False)


def test_a_row_in_a_wards_own_words_counts_where_the_district_says(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-22")
    content = report_text(3)
    content["rows"][0] |= {"row": 0, "label": "Hội thi nấu ăn"}
    send_report(api, report_of(api, plan, WARDS[0]), WARDS[0], content)
    above = api.as_(DISTRICTS[0], "supervisor")
    above.post(f"/plans/{plan}/consolidate", {"level": "district"})
    total, drafter = report_of(api, plan, DISTRICTS[0]), api.as_(DISTRICTS[0], "drafter")
    (row,) = drafter.get(f"/documents/{total}/free-rows")
    assert (row["unit"], row["label"]) == (WARDS[0], "Hội thi nấu ăn")
    assert 10201 not in total_cells(api, total)
    api.world.later(minutes=1)
    assert drafter.post(f"/documents/{total}/free-rows/place", {"table": 1, "label": row["label"], "row": 2}) == []
    api.world.later(minutes=1)
    above.post(f"/plans/{plan}/consolidate", {"level": "district"})
    assert total_cells(api, total)[10201]["value"] == "3"
