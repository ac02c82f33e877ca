"""Bad input at a real port, a sample of `make fuzz`: no 5xx, no hang, nothing written; limits told in words."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from api import patience
from api.pace import Buckets
from api.wall import Wall
from states.settings import Settings
from tests.fuzz import raw, schema, town
from tests.fuzz.town import Target, in_thread
from tests.http_world import Api, Voice, another_machine, issue_plan, report_of
from tests.world import PROVINCE, WARDS


@pytest.fixture(scope="module")
def target(api: Api) -> Iterator[Target]:
    api.at("2026-10-05")
    plan = issue_plan(api)
    seats = [(PROVINCE, "auditor"), (PROVINCE, "supervisor"), *((WARDS[0], s) for s in ("drafter", "leader", "clerk"))]
    voices = tuple(town.Voice(seat, api.world.unit(unit), api.world.act(unit, seat).office_id,
                              api.as_(unit, seat).secret) for unit, seat in seats)  # fmt: skip
    with in_thread(api.app) as port:
        yield Target(port, api.urls.program, plan, report_of(api, plan, WARDS[0]), api.app.openapi(), voices)


def test_raw_bytes_are_answered_and_write_nothing(target: Target) -> None:
    before = target.rows()
    found = raw.run(target, 420, workers=4)
    assert found.failures == []
    assert target.rows() == before
    assert len(found.kinds) == 6 and sum(found.answers[status] for status in (400, 401, 403, 404, 422)) > 200


def test_flipped_requests_of_who_may_write_are_answered(target: Target) -> None:
    found = raw.run(target, 80, workers=4, may_write=True)
    assert found.failures == [] and found.cases == 80


def test_what_the_description_allows_and_just_does_not(target: Target) -> None:
    found = schema.run(target, 18, every=9)
    assert found.failures == [] and found.cases >= 18
    shares = found.shares()
    assert len(shares) >= 3, "many seats spoke"
    assert sum(share["good"] * share["asked"] for share in shares.values()) > 2, "some came all the way"


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bucket_refills_and_says_how_long() -> None:
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    assert [buckets.take("a", 60) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 60) == pytest.approx(1.0) and buckets.take("b", 60) == 0.0
    now[0] = 0.5
    assert buckets.take("a", 60) == pytest.approx(0.5)
    now[0] = 1.0
    assert buckets.take("a", 60) == 0.0 and buckets.take("a", 60) > 0
    assert buckets.take("a", 0) == 0.0


@pytest.mark.parametrize("limits", [{"session_requests_per_minute": 3}, {"address_requests_per_minute": 3}])
def test_who_asks_too_often_is_told_when_to_come_again(api: Api, limits: dict[str, int]) -> None:
    settings = Settings(session_requests_per_minute=0, address_requests_per_minute=0).model_copy(update=limits)
    me = Voice(api.browser(), f"dd_{'x' * 43}")
    _fresh(api)
    with another_machine(api.app, settings=lambda: settings):
        answers = [me.say("GET", "/me") for _ in range(4)]
        assert me.say("GET", "/static/js/app.js").status_code != 429
    _fresh(api)
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    told = answers[-1]
    assert told.json()["code"] == "too-many-requests" and 1 <= int(told.headers["retry-after"]) <= 20
    assert told.headers["retry-after"] in told.json()["detail"] and "content-security-policy" in told.headers


def _fresh(api: Api) -> None:
    """The app's buckets are full again."""
    layer: Any = api.app.middleware_stack
    while not hasattr(layer, "buckets"):
        layer = layer.app
    layer.buckets = Buckets()


def test_a_body_that_does_not_come_is_answered_408() -> None:
    told: list[Any] = []

    async def app(*_: Any) -> None:
        raise AssertionError("never reached")

    async def receive() -> Any:
        if told:
            await asyncio.sleep(0.005)
        told.append("asked")
        return {"type": "http.request", "body": b"{", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    sent: list[Any] = []
    scope = {"type": "http", "method": "POST", "path": "/plans", "raw_path": b"/plans", "query_string": b"",
             "headers": [(b"accept", b"application/json")]}  # fmt: skip
    asyncio.run(Wall(app, seconds=0.05)(scope, receive, send))
    assert sent[0]["status"] == 408 and json.loads(sent[1]["body"])["code"] == "too-slow"


def test_a_head_that_does_not_end_is_let_go_of(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.2)
    for said, answered in ((b"GET /me HTTP/1.1\r\nHost", b"HTTP/1.1 408"), (b"", b"")):
        with socket.create_connection(("127.0.0.1", target.port), timeout=60) as line:
            line.sendall(said)
            assert line.recv(4096).startswith(answered) and line.recv(4096) == b""


@pytest.mark.parametrize("end", [b"", b"\r\nHost: x\r\n\r\n"], ids=["unfinished", "whole"])
def test_a_head_that_is_too_long_is_refused(target: Target, end: bytes) -> None:
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nX-Long: " + b"y" * (2 * patience.HEAD_BYTES) + end)
        assert line.recv(4096).startswith(b"HTTP/1.1 4")
