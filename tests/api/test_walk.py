"""Every route and every act of the pages, walked by each kind of person who may not take it: refused, nothing written.

The routes come from the app itself, so that a new one is walked from its first day. What each person may open is told
by the route (`declared`); what he may do with a document of another unit is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from fastapi.routing import APIRoute

from api import pages
from api.auth import Access, declared
from api.routes import ROUTERS
from states import database as db
from states import offices, tokens
from states.tokens import NotForToken
from tests.fuzz.town import NOT_BUSINESS
from tests.http_world import Api, Voice, issue_plan, report_of, report_text
from tests.pages.visitor import machine
from tests.world import WARDS

SEATS = ("drafter", "leader", "clerk", "supervisor", "auditor", "admin")
ALL = [one for router in (*ROUTERS, *pages.ROUTERS) for one in router.routes if isinstance(one, APIRoute)]
WALKS = [(route, method) for route in ALL for method in sorted(route.methods or ()) if method not in ("GET", "HEAD")]
OWN = ("/tokens", "/tai-khoan", "/thiet-lap", "/mat-khau", "/ma-xac-nhan", "/dang-xuat", "/vi-tri")
"""One's own session, account, settings and tokens: open to whoever is signed in, an auditor too."""

OF_RUNS = ("running", "flow_note")
"""What a job leaves that found nothing to do."""


class Town:
    """A plan, the first ward's report; one person of each seat in a ward that has nothing to do with it."""

    def __init__(self, api: Api) -> None:
        self.api, self.plan = api, issue_plan(api)
        self.report = report_of(api, self.plan, WARDS[0])
        far = api.world.unit(WARDS[3])
        self.strangers = {seat: api.voice(api.seat(far, seat, f"Xa {seat}")) for seat in SEATS}
        with db.transaction(db.engine(api.urls.program)) as session:
            nobody = offices.add_person(session, "Không vị trí (mẫu)", sample=True)
            self.nobody = Voice(api.client, tokens.issue(session, nobody, "thử", api.world.now))

    def path(self, route: APIRoute) -> str:
        known = {"document_id": self.report, "plan_id": self.plan, "unit_id": self.api.world.unit(WARDS[0]),
                 "action": "present", "act": "khoa", "code": "action-month", "name": "to_draft"}  # fmt: skip
        return re.sub(r"{(\w+)(?::\w+)?}", lambda place: str(known.get(place[1], 1)), route.path)

    def say(self, voice: Voice, route: APIRoute, method: str) -> int:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        answer = voice.say(method, self.path(route), headers=headers, follow_redirects=False)
        return int(answer.status_code)

    def rows(self) -> list[Any]:
        """How many rows each table of business has."""
        names = [row["name"] for row in self.api.rows(_TABLES) if row["name"] not in (*NOT_BUSINESS, *OF_RUNS)]
        counts = " UNION ALL ".join(f"SELECT '{one}' AS name, count(*) AS n FROM {one}" for one in names)
        return self.api.rows(f"{counts} ORDER BY name")


@pytest.fixture(scope="module")
def town(api: Api) -> Iterator[Town]:
    api.at("2026-10-05")
    yield Town(api)


def test_the_walk_is_long() -> None:
    assert len(WALKS) > 90, len(WALKS)


@pytest.mark.parametrize("seat", SEATS)
def test_no_seat_of_a_foreign_unit_acts_on_what_is_not_its_own(town: Town, seat: str) -> None:
    """All unsafe routes: those of a document answer as if it were not there, or that it is not for this seat."""
    before = town.rows()
    for route, method in WALKS:
        if route.path.startswith(OWN):
            continue
        status = town.say(town.strangers[seat], route, method)
        foreign = "{document_id" in route.path  # the plan addresses this ward, too: it is seen, and takes no act
        closed = Access[seat.upper()] not in declared(route)[0]
        assert status < 500, (method, route.path, status)
        if foreign or closed:
            assert status in (403, 404, 422) and not (closed and status == 422), (method, route.path, status)
    assert town.rows() == before


def test_auditors_and_people_without_office_write_nowhere(town: Town) -> None:
    before = town.rows()
    for route, method in WALKS:
        if not route.path.startswith(OWN):
            assert town.say(town.strangers["auditor"], route, method) in (403, 404), (method, route.path)
            assert town.say(town.nobody, route, method) in (403, 404), (method, route.path)
    assert town.rows() == before


def test_a_machine_gets_no_token_and_one_that_became_a_machine_does_nothing(town: Town) -> None:
    api = town.api
    person = api.seat(api.world.unit(WARDS[0]), "leader", "Máy")
    voice = api.voice(person)
    assert voice.say("GET", "/me").status_code == 200
    with psycopg.connect(api.urls.owner) as owner:
        owner.execute("UPDATE person SET machine = true WHERE id = %s", (person.person_id,))
    with db.transaction(db.engine(api.urls.program)) as session, pytest.raises(NotForToken):
        tokens.issue(session, person.person_id, "thử", api.world.now)
    before = town.rows()
    for route, method in WALKS:
        if "{document_id" in route.path and not route.path.endswith("/seen"):
            assert town.say(voice, route, method) < 500, (method, route.path)
    sign = voice.say("POST", f"/documents/{town.report}/steps", json={"action": "sign", "seq": 1, "revision_id": 1})
    assert sign.status_code in (401, 403)
    assert town.rows() == before


def test_a_token_signs_for_nobody_who_must_give_a_code(town: Town) -> None:
    """A bearer token gives no code: whose unit asks for one signs on the pages, whatever right the token has."""
    api, ward = town.api, WARDS[1]
    machine(api)
    api.client.cookies.clear()
    report = report_of(api, town.plan, ward)
    drafter, leader = (api.as_(ward, seat) for seat in ("drafter", "leader"))
    drafter.put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    drafter.step(report, "present")
    seen = leader.get(f"/documents/{report}")
    sign = {"action": "sign", "seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
    with db.transaction(db.engine(api.urls.program)) as session:
        session.connection().exec_driver_sql(
            "UPDATE unit SET totp_to_sign = true WHERE id = %s", (api.world.unit(ward),))  # fmt: skip
    refused = leader.say("POST", f"/documents/{report}/steps", json=sign)
    assert refused.status_code in (401, 403), refused.text
    assert api.rows("SELECT state FROM document WHERE id = %s", report)[0]["state"] == "draft"


_TABLES = """
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1
"""
