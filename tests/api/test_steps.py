"""Steps and drafts through HTTP: stale ones are told what is there now, signatures are about what was read."""

from __future__ import annotations

from states.settings import Settings
from tests.http_world import PLAN_TEXT, Api, another_machine, issue_plan, plan_order, report_of, report_text
from tests.world import PROVINCE, WARDS


def fresh_report(api: Api) -> int:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    return report_of(api, plan, WARDS[0])


def test_a_stale_step_is_answered_with_the_present_state(api: Api) -> None:
    report, drafter = fresh_report(api), api.as_(WARDS[0], "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    answer = drafter.say("POST", f"/documents/{report}/steps", json={"action": "present", "seq": 1})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "stale")
    assert told["present"] == {"document": report, "state": "draft", "seq": 2, "desk": "leader"}
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_step_without_its_sequence_is_not_taken(api: Api) -> None:
    report = fresh_report(api)
    answer = api.as_(WARDS[0], "drafter").say("POST", f"/documents/{report}/steps", json={"action": "present"})
    assert answer.status_code == 422
    assert [reason["place"] for reason in answer.json()["reasons"]] == ["body.seq"]


def test_a_signature_is_about_the_content_that_was_read(api: Api) -> None:
    report, drafter, leader = fresh_report(api), api.as_(WARDS[0], "drafter"), api.as_(WARDS[0], "leader")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    seen = leader.get(f"/documents/{report}")
    blind = leader.say("POST", f"/documents/{report}/steps", json={"action": "sign", "seq": seen["seq"]})
    assert (blind.status_code, blind.json()["code"]) == (422, "name-what-you-sign")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(3), "version": 1})
    drafter.step(report, "present")
    now = leader.get(f"/documents/{report}")
    old = {"action": "sign", "seq": now["seq"], "revision_id": seen["newest_revision_id"]}
    refused = leader.say("POST", f"/documents/{report}/steps", json=old)
    assert (refused.status_code, refused.json()["code"]) == (422, "not-ready")
    signed = leader.step(report, "sign")
    assert (signed["state"], len(signed["digest"])) == ("signed", 64)


def test_an_explained_finding_lets_the_signature_through(api: Api) -> None:
    report, drafter, leader = fresh_report(api), api.as_(WARDS[0], "drafter"), api.as_(WARDS[0], "leader")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(9), "version": 0})  # 7 people at 9 talks
    drafter.step(report, "present")
    seen = leader.get(f"/documents/{report}")
    body = {"action": "sign", "seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
    (reason,) = leader.say("POST", f"/documents/{report}/steps", json=body).json()["reasons"]
    words = {"code": "people-per-event", "place": reason["place"], "words": "Tổ chức lưu động tại nhà"}
    drafter.post(f"/documents/{report}/explanations", words)
    assert leader.step(report, "sign")["state"] == "signed"
    (revision,) = leader.get(f"/documents/{report}/revisions")
    found = leader.get(f"/documents/{report}/revisions/{revision['no']}")["findings"]
    assert ("people-per-event", words["words"]) in [(one["code"], one["explained"]) for one in found]


def test_what_is_offered_says_what_stands_in_the_way(api: Api) -> None:
    report, leader = fresh_report(api), api.as_(WARDS[0], "leader")
    offered = {one["action"]: one["reasons"] for one in leader.get(f"/documents/{report}")["allowed"]}
    assert [reason["place"] for reason in offered["sign"]] == ["nội dung"]
    assert "submit" not in offered


def test_a_step_of_another_seat_is_refused(api: Api) -> None:
    report = fresh_report(api)
    body = {"action": "present", "seq": 1}
    drafter = api.as_(WARDS[0], "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    answer = api.as_(WARDS[0], "clerk").say("POST", f"/documents/{report}/steps", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-yours")
    assert drafter.get(f"/documents/{report}")["newest_revision_id"] is None  # nothing was cut by half
    for action in ("open", "consolidate"):  # no step of people
        assert drafter.say("POST", f"/documents/{report}/steps", json={"action": action, "seq": 1}).status_code == 422


def test_two_who_write_lose_nothing(api: Api) -> None:
    report, drafter, leader = fresh_report(api), api.as_(WARDS[0], "drafter"), api.as_(WARDS[0], "leader")
    over = {"If-Match": '"v0"'}
    first = drafter.say("PUT", f"/documents/{report}/draft", json={"content": report_text(1)}, headers=over)
    assert (first.status_code, first.headers["etag"]) == (200, '"v1"')
    late = leader.say("PUT", f"/documents/{report}/draft", json={"content": report_text(2), "version": 0})
    told = late.json()
    assert (late.status_code, told["code"], told["present"]["version"]) == (409, "edited-meanwhile", 1)
    assert told["present"]["content"]["rows"][0]["values"]["1"] == "1"
    assert told["present"]["yours"]["rows"][0]["values"]["1"] == "2"
    unsaid = drafter.say("PUT", f"/documents/{report}/draft", json={"content": report_text(3)})
    assert unsaid.status_code == 428


def test_what_can_not_be_read_is_told_place_by_place(api: Api) -> None:
    report, drafter = fresh_report(api), api.as_(WARDS[0], "drafter")
    content = report_text()
    content["rows"][0]["values"] = {"1": "hai ba", "99": "1"}
    content["rows"].append({"table": 77, "values": {}})
    answer = drafter.say("PUT", f"/documents/{report}/draft", json={"content": content, "version": 0})
    assert answer.status_code == 422
    places = [reason["place"] for reason in answer.json()["reasons"]]
    assert {"rows.1.values.1", "rows.2"} <= set(places)
    content = report_text()
    content["rows"][0]["values"]["1"] = "trên 540 lượt"
    saved = drafter.put(f"/documents/{report}/draft", {"content": content, "version": 0})
    assert saved["content"]["rows"][0]["values"]["1"] == ">540"


def test_a_document_that_has_not_moved_is_not_sent_again(api: Api) -> None:
    report, drafter = fresh_report(api), api.as_(WARDS[0], "drafter")
    first = drafter.say("GET", f"/documents/{report}")
    same = drafter.say("GET", f"/documents/{report}", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    moved = drafter.say("GET", f"/documents/{report}", headers={"If-None-Match": first.headers["etag"]})
    assert (moved.status_code, moved.json()["draft_version"]) == (200, 1)


def test_an_unknown_form_and_unit_are_told_by_place(api: Api) -> None:
    order = plan_order(api)
    order["requirements"][0]["form"] = "no-such-form"
    order["addressees"].append({"unit_id": 2_000_000_000})
    answer = api.as_(PROVINCE, "drafter").say("POST", "/plans", json=order)
    assert (answer.status_code, answer.json()["code"]) == (422, "plan-not-possible")
    assert [reason["place"] for reason in answer.json()["reasons"]] == ["addressees.1", "requirements.0.form"]


def test_a_plan_that_lists_its_requirements(api: Api) -> None:
    api.at("2026-10-05")
    drafter = api.as_(PROVINCE, "drafter")
    plan = drafter.post("/plans", plan_order(api))["document_id"]
    (asked,) = drafter.get(f"/plans/{plan}/requirements")
    assert asked["due"]["commune"] == "2026-12-19T00:00:00+07:00"
    assert (asked["period_first"], asked["period_last"]) == ("2026-11-15", "2026-12-15")


def test_a_clerk_opens_his_register_at_a_number(api: Api) -> None:
    report = fresh_report(api)
    drafter, leader, clerk = (api.as_(WARDS[0], seat) for seat in ("drafter", "leader", "clerk"))
    clerk.post("/registers", {"year": 2026, "series": "BC", "at_number": 36, "reason": "Đã có 35 báo cáo giấy"})
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    leader.step(report, "sign")
    assert clerk.step(report, "submit")["number"] == "36/BC-UBND"
    again = clerk.say("POST", "/registers", json={"year": 2026, "series": "BC", "at_number": 1, "reason": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "register-already-open")


def test_an_issued_plan_asks_prefect_for_its_fan_out_after_the_commit(api: Api) -> None:
    api.at("2026-10-05")
    drafter, leader, clerk = (api.as_(PROVINCE, seat) for seat in ("drafter", "leader", "clerk"))
    plan = drafter.post("/plans", plan_order(api))["document_id"]
    drafter.put(f"/documents/{plan}/draft", {"content": PLAN_TEXT, "version": 0})
    drafter.step(plan, "present")
    leader.step(plan, "sign")
    api.prefect.looks_at = lambda: api.rows("SELECT state FROM document WHERE id = %s", plan)
    clerk.step(plan, "submit", recipients=["UBND các huyện"])
    path, body, states = api.prefect.heard[-1]
    assert path == "/api/deployments/5f0c/create_flow_run"
    assert body["parameters"] == {"plan_id": plan} and f"-{plan}-" in body["idempotency_key"]
    assert states == [{"state": "submitted"}]  # another connection sees it: it was committed before


def test_a_step_does_not_fail_with_prefect(api: Api) -> None:
    api.at("2026-10-05")
    nobody = Settings(prefect_api_url="http://127.0.0.1:9/api")
    with another_machine(api.app, settings=lambda: nobody):
        plan = issue_plan(api)
    assert api.rows("SELECT state FROM document WHERE id = %s", plan) == [{"state": "submitted"}]
