"""Refusals and failures: always a problem, in words, with nothing of what was sent and nothing of our insides."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from psycopg import errors as pg
from sqlalchemy.exc import IntegrityError

from api import problems
from api.deps import InTransaction
from api.wall import NotReadable, check_json
from states import acting
from states.connecting import Busy, DatabaseUnreachable
from states.errors import Conflict, Invalid, Reason
from tests import http_world
from tests.http_world import Api, issue_plan, plan_order, report_of, report_text
from tests.world import PROVINCE, WARDS

FIELDS = {"type", "title", "status", "detail", "code", "reasons"}


def test_a_key_that_speaks_at_the_commit_is_heard_before_the_answer(api: Api) -> None:
    """A step whose document would not stand where the step says: the deferred key refuses it at the commit."""
    app = FastAPI()
    problems.install(app)
    app.state.machine = api.app.state.machine

    @app.post("/", status_code=201)
    def write(session: InTransaction) -> dict[str, str]:
        acting.tell_clock(session)
        session.connection().exec_driver_sql(_NO_FIRST_STEP, {"unit": api.world.unit(PROVINCE)})
        return {"status": "written"}

    answer = http_world.TestClient(app, raise_server_exceptions=False).post("/")
    assert (answer.status_code, answer.json()["code"]) == (422, "refers-to-nothing")
    assert api.rows("SELECT 1 FROM document WHERE title = 'không có bước nào'") == []


_NO_FIRST_STEP = """
INSERT INTO document (kind, unit_id, issuer_id, drafter_id, level, path, title, opened_at, state, seq, head, desk,
                      desk_since)
VALUES ('plan', %(unit)s, %(unit)s, %(unit)s, 'province', '/', 'không có bước nào', now(), 'draft', 1, '\\x00',
        'drafter', now())
"""


def answer_to(error: Exception) -> Any:
    """How an error that leaves a route is answered."""
    app, router = FastAPI(), APIRouter()
    problems.install(app)

    @router.get("/")
    def fail() -> None:
        raise error

    app.include_router(router)
    return http_world.TestClient(app, raise_server_exceptions=False).get("/")


def test_an_error_of_the_family_speaks_for_itself() -> None:
    told = answer_to(Invalid(what="Bảng 1", reasons=[Reason("dòng 2", "sai", "sửa")]))
    assert told.headers["content-type"] == "application/problem+json"
    assert (told.status_code, told.json()["type"]) == (422, "urn:dondoc:problem:invalid")
    assert told.json()["reasons"] == [{"place": "dòng 2", "message": "sai", "remedy": "sửa"}]
    assert set(told.json()) == FIELDS
    assert answer_to(Conflict(what="x", present={"seq": 3})).json()["present"] == {"seq": 3}


def test_busy_says_when_to_come_again() -> None:
    told = answer_to(Busy())
    assert (told.status_code, told.headers["retry-after"]) == (503, "2")


def test_what_ails_the_machine_is_not_for_the_caller() -> None:
    told = answer_to(DatabaseUnreachable(why="connection to 10.0.0.7 failed"))
    assert (told.status_code, told.json()["code"]) == (503, "unavailable")
    assert "10.0.0.7" not in told.text


@pytest.mark.parametrize(("key", "status", "code"), [
    (pg.UniqueViolation, 409, "already-there"), (pg.ForeignKeyViolation, 422, "refers-to-nothing"),
    (pg.CheckViolation, 422, "not-keepable"), (pg.InsufficientPrivilege, 409, "kept-as-written"),
    (pg.NumericValueOutOfRange, 422, "not-keepable"), (pg.QueryCanceled, 503, "busy"),
])  # fmt: skip
def test_what_a_key_says_is_put_into_words(key: type[Exception], status: int, code: str) -> None:
    told = answer_to(IntegrityError("INSERT INTO step …", {}, key("step_rule_fkey")))
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert "step" not in told.json()["detail"]


def test_the_unexpected_shows_nothing_of_our_insides() -> None:
    told = answer_to(RuntimeError("secret"))
    assert (told.status_code, set(told.json())) == (500, FIELDS)
    assert "secret" not in told.text
    told = answer_to(IntegrityError("SELECT 1", {}, pg.UndefinedTable("no table")))
    assert told.status_code == 500 and "table" not in told.text


def test_no_such_address_or_method_is_a_problem_too(api: Api) -> None:
    for method, path, status in (("GET", "/nowhere", 404), ("DELETE", "/plans", 405)):
        answer = api.client.request(method, path)
        assert (answer.status_code, set(answer.json())) == (status, FIELDS)


def test_a_request_unlike_its_description_is_told_where_and_not_what(api: Api) -> None:
    order = {**plan_order(api), "title": 7, "secret-plan": "x"}
    answer = api.as_(PROVINCE, "drafter").say("POST", "/plans", json=order)
    assert (answer.status_code, answer.json()["code"]) == (422, "not-as-described")
    assert {reason["place"] for reason in answer.json()["reasons"]} == {"body.title", "body.secret-plan"}
    assert '"input"' not in answer.text


def test_what_can_not_be_text_is_refused_in_addresses_and_headers_too(api: Api) -> None:
    drafter = api.as_(PROVINCE, "drafter")
    for address in ("/units?name=%00", "/units?name=%ff", "/forms/%00/1"):
        assert drafter.say("GET", address).json()["code"] == "not-readable", address
    assert api.client.get("/me", headers={"Authorization": b"Bearer dd_\xff\xfe"}).status_code == 401
    assert drafter.say("GET", "/inbox", headers={"Dondoc-Office": b"\xff"}).status_code == 422


def test_answers_are_kept_by_nobody_in_between(api: Api) -> None:
    answer = api.as_(PROVINCE, "drafter").say("GET", "/me")
    assert answer.headers["cache-control"] == "private, no-store"


def test_numbers_beyond_the_database_are_not_its_trouble(api: Api) -> None:
    drafter = api.as_(PROVINCE, "drafter")
    for path in (f"/documents/{2**63}", "/documents/0", "/documents/x", f"/units/{2**31}", "/documents/1/cells/-1"):
        assert drafter.say("GET", path).status_code in (404, 422), path
    far = {"words": "x", "number": "9" * 30, "cursor": 2**63 - 1}
    assert drafter.say("GET", "/documents", params=far).status_code in (200, 422)


def test_bodies_have_a_size(api: Api) -> None:
    drafter = api.as_(PROVINCE, "drafter")
    big = b'{"name": "' + b"x" * 1_000_001 + b'"}'
    json_type = {"Content-Type": "application/json"}
    answer = drafter.say("POST", "/tokens", content=big, headers=json_type)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-big")
    admin = api.as_(PROVINCE, "admin")
    csv = {"Content-Type": "text/csv"}
    # A file of this size is read, and then refused for what it is.
    assert admin.say("POST", "/units/import", content=big, headers=csv).status_code == 422
    assert admin.say("POST", "/units/import", content=b"x" * 5_000_001, headers=csv).status_code == 413


@pytest.mark.parametrize("text", [
    '{"a": NaN}', '{"a": -Infinity}', '{"a": 1, "a": 2}', '{"a": "\\ud800"}', '{"a": "\\u0000"}', '{"\\udc00": 1}',
    "[" * 40 + "]" * 40, '{"a": ' + "9" * 50 + "}", "{", '{"a": "x', '"\\', "[" * 100_000,
])  # fmt: skip
def test_the_wall_refuses_what_could_not_be_kept(text: str) -> None:
    with pytest.raises(NotReadable):
        check_json(text)


def test_the_wall_lets_through_what_people_write() -> None:
    check_json('{"a": "Đắk Lắk \\u0111 {[[[ \\" }", "b": [1, -2.5, 1e3, null, true]}')


def test_the_wall_takes_no_longer_for_hostile_quotes() -> None:
    with pytest.raises(NotReadable):
        check_json('{"a": "' + '\\"' * 400_000)


def test_random_bytes_never_break_the_server(api: Api) -> None:
    """Two hundred broken requests: each is answered, none with 5xx."""
    api.at("2026-10-05")
    report = report_of(api, issue_plan(api), WARDS[0])
    drafter, dice = api.as_(WARDS[0], "drafter"), random.Random(2026)
    routes: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", f"/documents/{report}/steps", {"action": "present", "seq": 1, "reason": "vì sao"}),
        ("PUT", f"/documents/{report}/draft", {"content": report_text(), "version": 0}),
        ("POST", f"/documents/{report}/explanations", {"code": "x", "place": "y", "words": "z"}),
        ("POST", f"/documents/{report}/extensions", {"kind": "extension", "reason": "x",
                                                    "until": "2026-12-30T00:00:00+07:00"}),
        ("POST", f"/documents/{report}/contributions", {"assignee": "Trạm Y tế"}),
        ("POST", "/plans", plan_order(api)),
    ]  # fmt: skip
    statuses = set()
    for _ in range(200):
        method, path, body = dice.choice(routes)
        raw = broken(dice, body)
        kind = dice.choice(["application/json"] * 8 + ["text/plain", "application/problem+json"])
        answer = drafter.say(method, path, content=raw, headers={"Content-Type": kind})
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (path, raw)
        assert answer.is_success or set(answer.json()) >= FIELDS
    assert 400 in statuses and 422 in statuses


ODD = ["NaN", "-Infinity", "1e999", "9" * 60, '"\\ud800"', '"\\u0000"', "[]", "{}", "null", "true", '""', "-1",
       '"9999-12-31T23:59:59-14:00"', '"0001-01-01T00:00:00+14:00"', "[[[[[[]]]]]]", "0.1"]  # fmt: skip


def broken(dice: random.Random, body: dict[str, Any]) -> bytes:
    """A body with something wrong in it: a value replaced, bytes flipped, cut off, repeated."""
    text = json.dumps(body, ensure_ascii=False)
    way = dice.randrange(4)
    if way == 0:
        values = [part for part in _values(body) if part in text]
        text = text.replace(dice.choice(values), dice.choice(ODD), 1)
    raw = bytearray(text.encode())
    if way == 1:
        for _ in range(dice.randint(1, 6)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
    if way == 2:
        raw = raw[: dice.randrange(len(raw))]
    if way == 3:
        raw = bytearray(dice.randbytes(dice.randint(1, 200)))
    return bytes(raw)


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in _values(item)]
    if isinstance(value, list):
        return [found for item in value for found in _values(item)]
    return [json.dumps(value, ensure_ascii=False)]


def test_the_description_names_problems_and_stable_operations(api: Api) -> None:
    described = api.app.openapi()
    assert "Problem" in described["components"]["schemas"]
    assert "HTTPValidationError" not in json.dumps(described)
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names) and "take_step" in names
    for one in operations:
        assert one["summary"] and one["tags"]
        if one["operationId"] != "health":
            assert "application/problem+json" in one["responses"]["default"]["content"]
            assert {"HTTPBearer": []} in one["security"]


def test_the_doors_do_not_load_prefect() -> None:
    said = "import sys, api.app; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
