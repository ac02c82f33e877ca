"""The board while it is open: what is sent when something changed, how much of it, and when it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from starlette.requests import Request

from api import auth
from api.pages import shell
from api.pages.board import live
from api.pages.board.asked import Asked
from states import clock
from states import database as db
from states.reading.pulse import pulse
from states.settings import Settings
from tests.http_world import Api, report_of, send_report
from tests.pages.board_story import LATE, ask, begin
from tests.world import DISTRICTS, WARDS


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    return begin(api)


@pytest.fixture
def watch(api: Api, plan: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[live.Watch]:
    """The district's supervisor before an open board."""
    monkeypatch.setattr(clock, "now", lambda: api.world.now)
    monkeypatch.setattr(live, "CALM", 0.0)
    monkeypatch.setattr(live, "RESTS", 0)
    engine = db.engine(api.urls.program)
    secret = api.as_(DISTRICTS[0], "supervisor").secret
    headers = [(b"authorization", f"Bearer {secret}".encode()), (b"accept-language", b"vi")]
    request = Request({"type": "http", "method": "GET", "path": f"/ke-hoach/{plan}/song", "query_string": b"",
                       "headers": headers, "server": ("t", 80), "scheme": "http", "nonce": "n"})  # fmt: skip
    actor = api.world.act(DISTRICTS[0], "supervisor")
    with db.transaction(engine) as session:
        by = auth.caller(session, api.world.now, auth.Person(actor.person_id), actor.office_id)
        there = Settings()
        visit = shell.visit(request, session, by, there)
        token = pulse(session, plan, by.outlook)
    yield live.Watch(visit, auth.Person(actor.person_id), there, engine, Asked(plan), by.outlook, token)


def test_nothing_is_said_while_nothing_changes(watch: live.Watch) -> None:
    assert watch.look() == "" and watch.look() == ""


def test_a_sending_changes_the_counts_and_calls_for_the_rest(api: Api, plan: int, watch: live.Watch) -> None:
    assert watch.look() == ""
    send_report(api, report_of(api, plan, LATE), LATE)
    said = watch.look()
    assert said is not None and '<hx-partial id="so-lieu">' in said and "2/3" in said
    assert said.endswith("event: bang\ndata: 1\n\n")
    assert "hx-get" not in said and "hx-post" not in said and "hx-nonce" not in said
    for line in said.strip().splitlines():
        assert not line or line.startswith(("data: ", "event: "))
    assert watch.look() == ""


def test_what_takes_long_to_read_is_read_less_often(api: Api, plan: int, watch: live.Watch) -> None:
    watch.rests = time.monotonic() + 60
    send_report(api, report_of(api, plan, WARDS[2]), WARDS[2])
    watch.token = "older"
    assert watch.look() == ""
    watch.rests = 0.0
    assert "so-lieu" in (watch.look() or "")


def test_the_stream_ends_with_the_token_that_opened_it(api: Api, watch: live.Watch) -> None:
    watch.checked -= live.CHECK + 1
    assert watch.look() == ""
    watch.checked -= live.CHECK + 1
    with db.transaction(watch.bind) as session:
        token = api.rows("SELECT id FROM token WHERE person_id = %s ORDER BY id DESC LIMIT 1", watch.person.id)[0]["id"]
        session.connection().exec_driver_sql("UPDATE token SET revoked_at = now() WHERE id = %(id)s", {"id": token})
    assert watch.look() is None


def test_a_stream_says_that_it_ended_and_counts_itself_out(watch: live.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "WHOLE", 0.0)

    async def heard() -> list[str]:
        return [said async for said in live.stream(watch)]

    assert asyncio.run(heard())[-1] == "event: het\ndata: 1\n\n"
    assert live._open[watch.person.id] == 0


def test_one_person_opens_a_few_streams_and_no_more(api: Api, plan: int, monkeypatch: pytest.MonkeyPatch) -> None:
    person = api.world.act(DISTRICTS[1], "supervisor").person_id
    monkeypatch.setitem(live._open, person, live.MOST)
    answer = ask(api, DISTRICTS[1], "supervisor", f"/ke-hoach/{plan}/song")
    assert answer.status_code == 204 and not answer.content


def test_the_page_says_where_to_listen_and_how_without(api: Api, plan: int) -> None:
    api.voice(api.world.act(DISTRICTS[1], "supervisor"))
    page = ask(api, DISTRICTS[1], "supervisor", f"/ke-hoach/{plan}").text
    assert f'hx-sse:connect="/ke-hoach/{plan}/song?nhip=' in page and "Làm mới</a>" in page
