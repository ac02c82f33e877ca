"""A plan some days after the wards' deadline: one ward has sent, the others are late; spoken to as browsers speak."""

from __future__ import annotations

from typing import Any

import httpx

from tests.http_world import Api, issue_plan, report_of, send_report
from tests.world import DISTRICTS, WARDS

PAGE = {"Accept": "text/html", "Accept-Language": "vi", "Sec-Fetch-Site": "same-origin"}
SENT = WARDS[0]
LATE = WARDS[1]


def begin(api: Api) -> int:
    """The plan, at nine on the Monday after the wards' deadline (18/12); Phường Một has sent in time."""
    api.at("2026-10-05")
    plan = issue_plan(api)
    api.at("2026-12-16")
    send_report(api, report_of(api, plan, SENT), SENT)
    api.at("2026-12-21")
    return plan


def ask(api: Api, unit: str, seat: str, path: str, *, part: bool = False) -> httpx.Response:
    """A page, as somebody sees it; `part`: what htmx asks for."""
    return _said(api, unit, seat, "GET", path, part)


def post(
    api: Api, unit: str, seat: str, path: str, fields: dict[str, Any] | None = None, *, part: bool = False
) -> httpx.Response:
    """A form of a page, sent by somebody."""
    return _said(api, unit, seat, "POST", path, part, data=fields or {})


def supervisor(
    api: Api, path: str, *, part: bool = False, cookies: httpx.Cookies | None = None
) -> httpx.Response:  # fmt: skip
    """The page as the first district's supervisor sees it; `cookies`: of the act that led to it."""
    for name, value in (cookies or {}).items():
        api.client.cookies.set(name, value)
    return ask(api, DISTRICTS[0], "supervisor", path, part=part)


def _said(api: Api, unit: str, seat: str, method: str, path: str, part: bool, **more: Any) -> httpx.Response:
    headers = {**PAGE, "HX-Request": "true"} if part else dict(PAGE)
    answer = api.as_(unit, seat).say(method, path, headers=headers, follow_redirects=False, **more)
    api.client.cookies.clear()  # all speak through one client, and what was said to one is not the next one's
    return answer
