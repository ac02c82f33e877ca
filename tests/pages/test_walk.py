"""Every page of the app: closed to strangers, looks before it shows, and nobody writes who only reads."""

from __future__ import annotations

import re

from fastapi.routing import APIRoute

from api import pages, seeing
from api.auth import Access, declared
from tests.http_world import Api
from tests.pages.visitor import Visitor

ROUTES = [route for router in pages.ROUTERS for route in router.routes if isinstance(route, APIRoute)]
OPEN = [route for router in pages.PUBLIC for route in router.routes if isinstance(route, APIRoute)]
# What an auditor or whoever has no office may change: his own session, account, settings, tokens and language.
OF_ONESELF = ("/tai-khoan", "/thiet-lap", "/mat-khau", "/ma-xac-nhan", "/dang-xuat", "/vi-tri")


def filled(path: str) -> str:
    """The path with something in each of its places."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda m: {"code": "plan", "queue": "to_draft"}.get(m[1], "1"), path)


def test_every_page_says_once_who_may_open_it() -> None:
    assert len(ROUTES) > 80
    assert [route.path for route in ROUTES if len(declared(route)) != 1] == []


def test_only_signing_in_and_the_description_are_open() -> None:
    allowed = ("/dang-nhap", "/docs", "/ngon-ngu", "/dang-xuat", "/da-dang-xuat")
    assert [route.path for route in OPEN if not route.path.startswith(allowed)] == []


def test_a_stranger_is_sent_to_sign_in_and_his_acts_do_nothing(api: Api) -> None:
    stranger = Visitor(api)
    for route in ROUTES:
        path = filled(route.path)
        for method in route.methods or ():
            answer = stranger.get(path) if method == "GET" else stranger.post(path)
            assert answer.status_code == 303, (method, path, answer.status_code)
            assert answer.headers["location"].startswith("/dang-nhap"), path


def test_an_act_from_another_site_is_refused_before_it_is_read(api: Api) -> None:
    elsewhere = Visitor(api).with_cookie("whatever")
    for route in (*ROUTES, *OPEN):
        if "POST" in (route.methods or ()):
            answer = elsewhere.post(filled(route.path), None, **{"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, route.path
            assert answer.headers["content-type"].startswith("text/html"), route.path


def test_every_document_in_a_path_is_looked_at_before_anything_is_shown_or_done() -> None:
    guards = {"{document_id}": seeing.seen_document, "{plan_id}": seeing.seen_plan}
    for route in ROUTES:
        for place, guard in guards.items():
            if place in route.path:
                assert guard in _asked_of(route), route.path


def test_auditors_and_administrators_never_act_on_papers() -> None:
    for route in ROUTES:
        if "POST" not in (route.methods or ()) or route.path.startswith(OF_ONESELF):
            continue
        access = declared(route)[0]
        assert Access.AUDITOR not in access and Access.SIGNED_IN not in access, route.path
        if "{document_id}" in route.path:
            assert Access.ADMIN not in access, route.path


def _asked_of(route: APIRoute) -> set[object]:
    """What a route depends on, through all its dependencies."""
    found: set[object] = set()
    waiting = [route.dependant]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.dependencies)
        found.add(one.call)
    return found
