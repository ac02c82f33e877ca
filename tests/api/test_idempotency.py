"""Said twice, done once: the same key gives the same answer, another request under it is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.http_world import Api, issue_plan, plan_order, report_of, report_text
from tests.world import PROVINCE, WARDS


def count_plans(api: Api) -> int:
    return int(api.rows("SELECT count(*) AS n FROM document WHERE kind = 'plan'")[0]["n"])


def test_the_same_key_gives_the_same_answer(api: Api) -> None:
    drafter, key = api.as_(PROVINCE, "drafter"), {"Idempotency-Key": "k-1"}
    before = count_plans(api)
    first = drafter.say("POST", "/plans", json=plan_order(api), headers=key)
    again = drafter.say("POST", "/plans", json=plan_order(api), headers=key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["idempotency-replayed"] == "true" and "idempotency-replayed" not in first.headers
    assert count_plans(api) == before + 1


def test_a_key_belongs_to_one_request_and_one_person(api: Api) -> None:
    key = {"Idempotency-Key": "k-2"}
    drafter = api.as_(PROVINCE, "drafter")
    drafter.post("/plans", plan_order(api), headers=key)
    other = drafter.say("POST", "/plans", json=plan_order(api, title="Kế hoạch khác (mẫu)"), headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "key-used-otherwise")
    elsewhere = drafter.say("POST", "/tokens", json={"name": "x"}, headers=key)
    assert elsewhere.status_code == 422
    assert api.as_(PROVINCE, "clerk").say("POST", "/tokens", json={"name": "x"}, headers=key).status_code == 201


def test_a_refused_act_leaves_its_key_free(api: Api) -> None:
    drafter, key = api.as_(PROVINCE, "drafter"), {"Idempotency-Key": "k-3"}
    wrong = plan_order(api, addressees=[])
    for _ in range(2):
        refused = drafter.say("POST", "/plans", json=wrong, headers=key)
        assert (refused.status_code, refused.json()["code"]) == (422, "plan-not-possible")
    assert drafter.say("POST", "/plans", json=plan_order(api), headers=key).status_code == 201


def test_a_key_that_can_not_be_kept_is_refused(api: Api) -> None:
    drafter = api.as_(PROVINCE, "drafter")
    for key in ("", "x" * 201, "hai từ".encode()):
        answer = drafter.say("POST", "/tokens", json={"name": "x"}, headers={"Idempotency-Key": key})
        assert answer.status_code == 422, key


def test_a_secret_is_not_kept_with_its_answer(api: Api) -> None:
    drafter, key = api.as_(PROVINCE, "drafter"), {"Idempotency-Key": "k-4"}
    first = drafter.post("/tokens", {"name": "máy"}, headers=key)
    again = drafter.post("/tokens", {"name": "máy"}, headers=key)
    assert again == {**first, "secret": None} and first["secret"]
    assert api.rows("SELECT 1 FROM idempotency WHERE answer::text LIKE '%%dd_%%'") == []


def test_sixteen_at_once_do_one_act_and_hear_one_answer(api: Api) -> None:
    drafter, before = api.as_(PROVINCE, "drafter"), count_plans(api)

    def say(_: int) -> tuple[int, str]:
        answer = drafter.say("POST", "/plans", json=plan_order(api), headers={"Idempotency-Key": "k-5"})
        return answer.status_code, answer.text

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(say, range(16)))
    assert len(set(answers)) == 1 and answers[0][0] == 201
    assert count_plans(api) == before + 1


def test_sixteen_steps_without_a_key_are_one_step_and_fifteen_refusals(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    report, drafter = report_of(api, plan, WARDS[0]), api.as_(WARDS[0], "drafter")
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})

    def say(_: int) -> tuple[int, str | None]:
        answer = drafter.say("POST", f"/documents/{report}/steps", json={"action": "present", "seq": 1})
        return answer.status_code, answer.json().get("code")

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(say, range(16)))
    assert sorted(answers, key=str) == [(201, None), *[(409, "stale")] * 15]
    assert api.rows("SELECT count(*) AS n FROM step WHERE document_id = %s", report) == [{"n": 2}]
