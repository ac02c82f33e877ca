"""Who may call what: every route declared and closed without a token; auditors read, strangers see nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from api import app as the_app
from api import seeing
from api.auth import Access, Caller, declared
from api.deps import Paging
from api.lists import plans
from api.routes import ROUTERS
from states import database as db
from states import offices, tokens
from states.reading.documents import Seer, Wanted, find
from tests.http_world import Api, Voice, issue_plan, plan_order, report_of, report_text, send_report
from tests.world import DISTRICTS, PROVINCE, WARDS

PUBLIC = {"/healthz"}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
READING = {"GET"}
# One's own tokens are no paper: whoever is signed in, an auditor too, has and revokes them.
OF_ONESELF = {"/tokens", "/tokens/{token_id}/revoke"}


def filled(path: str) -> str:
    """The path with something in each of its places."""
    return re.sub(r"{(\w+)}", lambda m: {"day": "2026-12-01", "code": "plan", "flow": "deliver"}.get(m[1], "1"), path)


def test_every_route_says_once_who_may_call_it() -> None:
    assert len(ROUTES) > 50
    assert [route.path for route in ROUTES if len(declared(route)) != 1] == []


def test_a_route_that_says_nothing_is_refused_when_the_app_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = APIRouter()
    silent.add_api_route("/silent", lambda: None)
    monkeypatch.setattr(the_app, "ROUTERS", (*ROUTERS, silent))
    with pytest.raises(the_app.NotDeclared):
        the_app.create_app()


def test_the_walk_knows_every_path_of_the_app(api: Api) -> None:
    described = api.app.openapi()["paths"]
    assert set(described) == {route.path for route in ROUTES} | PUBLIC


@pytest.mark.parametrize("token", [None, "dd_nobody", "other"])
def test_no_route_is_open_without_a_token(api: Api, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for route in ROUTES:
        for method in route.methods or ():
            answer = api.client.request(method, filled(route.path), headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), route.path
            assert answer.headers["www-authenticate"] == "Bearer"


def test_only_the_description_and_health_are_public(api: Api) -> None:
    for path in ("/openapi.json", "/docs", "/healthz"):
        assert api.client.get(path).status_code == 200
    assert api.client.get("/redoc").status_code == 404


def test_auditors_and_administrators_never_write_on_papers() -> None:
    for route in ROUTES:
        if (route.methods or set()) <= READING or route.path in OF_ONESELF:
            continue
        access = declared(route)[0]
        assert Access.AUDITOR not in access and Access.SIGNED_IN not in access, route.path
        if "{document_id}" in route.path:
            assert Access.ADMIN not in access, route.path


def test_every_document_in_a_path_is_looked_at_before_anything_is_done() -> None:
    guards = {"{document_id}": seeing.seen_document, "{plan_id}": seeing.seen_plan}
    for route in ROUTES:
        for place, guard in guards.items():
            if place in route.path:
                assert guard in {given.call for given in route.dependant.dependencies}, route.path


def test_an_auditor_reads_everything_and_moves_nothing(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    auditor, report = api.as_(PROVINCE, "auditor"), report_of(api, plan, WARDS[0])
    assert auditor.get(f"/documents/{report}")["allowed"] == []
    assert auditor.get(f"/documents/{report}/draft")["version"] == 0
    step = auditor.say("POST", f"/documents/{report}/steps", json={"action": "present", "seq": 1})
    draft = auditor.say("PUT", f"/documents/{report}/draft", json={"content": report_text(), "version": 0})
    order = auditor.say("POST", "/plans", json=plan_order(api))
    assert {answer.status_code for answer in (step, draft, order)} == {403}
    assert step.json()["code"] == "not-for-you"


def test_a_stranger_finds_nothing(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    report, neighbour = report_of(api, plan, WARDS[0]), api.as_(WARDS[1], "leader")
    for path in ("", "/draft", "/timeline", "/total", "/cells/10201", "/revisions", "/contributions", "/extensions"):
        answer = neighbour.say("GET", f"/documents/{report}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-document"), path
    assert report not in [one["id"] for one in neighbour.get("/documents", params={"plan": plan})["items"]]
    other = neighbour.say("GET", f"/plans/{plan}/board", params={"unit": api.world.unit(WARDS[0])})
    assert (other.status_code, other.json()["code"]) == (403, "not-below-you")
    assert [line["unit"] for line in neighbour.get(f"/plans/{plan}/board")["items"]] == [WARDS[1]]


def test_a_draft_is_read_by_those_who_write_it(api: Api) -> None:
    api.at("2026-10-05")
    report = report_of(api, issue_plan(api), WARDS[0])
    assert api.as_(WARDS[0], "clerk").say("GET", f"/documents/{report}/draft").status_code == 200
    assert api.as_(DISTRICTS[0], "supervisor").say("GET", f"/documents/{report}/draft").status_code == 403


def test_lists_show_what_the_policy_shows(api: Api) -> None:
    api.at("2026-10-05")
    issue_plan(api)
    api.as_(PROVINCE, "drafter").post("/plans", plan_order(api))  # a draft: nobody below sees it
    documents = [row["id"] for row in api.rows("SELECT id FROM document")]
    listed = [row["id"] for row in api.rows("SELECT id FROM document WHERE kind = 'plan'")]
    with db.transaction(db.engine(api.urls.program)) as session:
        for (unit, seat), actor in api.world.people.items():
            held = offices.holder(session, actor, api.world.today)
            by = Caller(held, api.world.now, held.path)
            seen = {number for number in documents if seeing.look(session, number, by)}
            shown = {row["id"] for row in plans(session, by, Paging(200, 0))}
            assert shown == seen & set(listed), (unit, seat)
            seer = None if seat == "auditor" else Seer(held.unit_id, held.path)
            found = {one.id for one in find(session, Wanted(), seer=seer, limit=200).documents}
            assert found <= seen, (unit, seat)


def test_a_plan_asks_only_of_what_is_below_its_unit(api: Api) -> None:
    ward = api.as_(WARDS[0], "drafter")
    answer = ward.say("POST", "/plans", json=plan_order(api))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-plan")
    foreign = plan_order(api, unit_id=api.world.unit(PROVINCE), drafter_id=api.world.unit(WARDS[0]))
    assert ward.say("POST", "/plans", json=foreign).json()["code"] == "not-your-plan"


def test_whoever_holds_two_offices_names_one(api: Api) -> None:
    actor = api.seat(api.world.unit(WARDS[2]), "clerk", "Hai vai")
    with db.transaction(db.engine(api.urls.program)) as session:
        new = offices.NewOffice(actor.person_id, api.world.unit(WARDS[2]), "drafter", "Tham mưu", api.world.today)
        second = offices.give(session, new)
    voice = api.voice(actor)
    unnamed = voice.say("GET", "/inbox")
    assert (unnamed.status_code, unnamed.json()["code"]) == (400, "name-your-office")
    assert {reason["place"] for reason in unnamed.json()["reasons"]} == {str(actor.office_id), str(second)}
    assert set(voice.get("/inbox", headers={"Dondoc-Office": str(second)})) == {"to_draft", "returned"}
    foreign = api.world.act(WARDS[0], "leader").office_id
    assert voice.say("GET", "/inbox", headers={"Dondoc-Office": str(foreign)}).json()["code"] == "not-your-office"


def test_a_token_ends_when_it_expires_or_is_revoked(api: Api) -> None:
    me = api.as_(WARDS[3], "leader")
    until = (api.world.now + timedelta(hours=1)).isoformat()
    issued = me.post("/tokens", {"name": "máy ở cơ quan", "expires_at": until})
    assert re.fullmatch(r"dd_[\w-]{43}", issued["secret"])
    (row,) = api.rows("SELECT digest FROM token WHERE id = %s", issued["id"])
    assert issued["secret"].encode() not in bytes(row["digest"]) and len(row["digest"]) == 32
    fresh = Voice(api.client, issued["secret"])
    assert fresh.get("/me")["person"]["id"] == api.world.act(WARDS[3], "leader").person_id
    api.world.later(hours=1)
    assert fresh.say("GET", "/me").status_code == 401
    other = me.post("/tokens", {"name": "máy ở nhà"})
    stolen = Voice(api.client, other["secret"])
    until = (api.world.now + timedelta(hours=1)).isoformat()
    short = Voice(api.client, stolen.post("/tokens", {"name": "một giờ", "expires_at": until})["secret"])
    assert short.say("POST", "/tokens", json={"name": "mãi mãi"}).json()["code"] == "not-for-token"
    stranger = api.as_(WARDS[2], "leader").say("POST", f"/tokens/{other['id']}/revoke")
    assert stranger.status_code == 403
    stolen.post(f"/tokens/{other['id']}/revoke")
    assert stolen.say("GET", "/me").status_code == 401


def test_a_token_signs_only_where_its_person_gave_it_the_right(api: Api) -> None:
    """An administrator may make a token for a leader, a token one for itself: neither is the leader's signature."""
    api.at("2026-10-05")
    report = report_of(api, issue_plan(api), WARDS[0])
    drafter, leader = (api.world.act(WARDS[0], seat) for seat in ("drafter", "leader"))
    api.voice(drafter).put(f"/documents/{report}/draft", {"content": report_text(), "version": 0})
    api.voice(drafter).step(report, "present")
    seen = api.voice(leader).get(f"/documents/{report}")
    sign = {"action": "sign", "seq": seen["seq"], "revision_id": seen["newest_revision_id"]}
    made = [api.as_(PROVINCE, "admin").post("/tokens", {"name": "thay ông Hoa", "person_id": leader.person_id}),
            api.voice(leader).post("/tokens", {"name": "máy"})]  # fmt: skip
    for token in made:
        assert not token["may_sign"]
        refused = Voice(api.client, token["secret"]).say("POST", f"/documents/{report}/steps", json=sign)
        assert (refused.status_code, refused.json()["code"]) == (403, "token-may-not-sign")
    assert api.voice(leader).say("POST", f"/documents/{report}/steps", json=sign).status_code == 201


def test_an_administrator_below_fans_out_nothing_of_a_plan_that_addresses_him(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    below = api.voice(api.seat(api.world.unit(WARDS[0]), "admin", "Quản trị phường"))
    assert below.say("GET", f"/plans/{plan}/requirements").status_code == 200
    refused = below.say("POST", f"/plans/{plan}/fan-out")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-your-tree")
    assert api.as_(WARDS[0], "leader").say("POST", f"/plans/{plan}/fan-out").status_code == 403
    assert api.as_(PROVINCE, "admin").say("POST", f"/plans/{plan}/fan-out").status_code == 200


def test_the_clock_gets_no_token(api: Api) -> None:
    with db.transaction(db.engine(api.urls.program)) as session, pytest.raises(tokens.NotForToken):
        tokens.issue(session, 1, "đồng hồ", api.world.now)


def test_a_sent_report_is_seen_from_above_and_its_content_is_too(api: Api) -> None:
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    report = report_of(api, plan, WARDS[0])
    send_report(api, report, WARDS[0])
    above = api.as_(DISTRICTS[0], "supervisor")
    (revision,) = above.get(f"/documents/{report}/revisions")
    whole = above.get(f"/documents/{report}/revisions/{revision['no']}")
    assert whole["content"]["rows"][0]["values"] == {"1": "2", "2": "3", "3": "4"}
    assert whole["digest"] == revision["digest"]
    assert above.get(f"/audit/documents/{report}/signings")[0]["could"][1]["why_not"] is None


def test_a_departments_supervisor_watches_for_the_unit_it_belongs_to(api: Api) -> None:
    """The Sở receives; its supervisor follows the whole province down to a ward's report, its clerk does not."""
    api.at("2026-10-05")
    with db.transaction(db.engine(api.urls.program)) as session:
        plan = api.world.on(session).issue_plan(bodies=True)
    report = report_of(api, plan, WARDS[0])
    supervisor, clerk = (api.as_("Sở Lao động Mẫu Giang", seat) for seat in ("supervisor", "clerk"))
    assert supervisor.get(f"/documents/{report}")["unit"] == WARDS[0]
    assert supervisor.get(f"/plans/{plan}/board")["counts"]["expected"] == 7
    assert clerk.say("GET", f"/documents/{report}").status_code == 404
