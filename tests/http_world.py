"""The named province behind the API: everybody has a token, the clock is the world's, the database is real."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from fastapi import FastAPI

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the test client speaks of its own future
    from starlette.testclient import TestClient as TestClient
from states import database as db
from states import offices, tokens
from states.embedded import Urls
from states.offices import NewOffice
from states.policy import Actor
from tests.eventually import eventually
from tests.world import PROVINCE, World


class Voice:
    """One person speaking to the API."""

    def __init__(self, client: TestClient, secret: str) -> None:
        self.client, self.secret = client, secret

    def say(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.secret}", **more.pop("headers", {})}
        answer: httpx.Response = self.client.request(method, path, headers=headers, **more)
        return answer

    def get(self, path: str, **more: Any) -> Any:
        return self._told(self.say("GET", path, **more))

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self._told(self.say("POST", path, json=body, **more))

    def put(self, path: str, body: Any, **more: Any) -> Any:
        return self._told(self.say("PUT", path, json=body, **more))

    def step(self, document: int, action: str, **more: Any) -> Any:
        """A step on what this person sees now; a leader signs the content that was put up last."""
        seen = self.get(f"/documents/{document}")
        if action == "sign":
            more = {"revision_id": seen["newest_revision_id"], **more}
        return self.post(f"/documents/{document}/steps", {"action": action, "seq": seen["seq"], **more})

    def _told(self, answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


class Prefect:
    """What stands where Prefect's server would: answers what the API asks of it, and remembers it."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str, dict[str, Any], Any]] = []
        self.looks_at: Callable[[], Any] = list

    def asked_for(self, more_than: int = 0) -> list[dict[str, Any]]:
        """The runs that were asked for, once there are more than so many: over real HTTP an act is answered first."""
        return eventually(lambda: asked if len(asked := self._asked()) > more_than else [], "what Prefect is asked for")

    def _asked(self) -> list[dict[str, Any]]:
        return [body for path, body, _ in self.heard if path.endswith("/create_flow_run")]

    @contextmanager
    def listening(self) -> Iterator[None]:
        prefect = self

        class Ear(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer({"id": "5f0c"})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                prefect.heard.append((self.path, body, prefect.looks_at()))
                self._answer({"id": "run"})

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

            def _answer(self, body: dict[str, str]) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

        with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            self.url = f"http://127.0.0.1:{server.server_port}/api"
            try:
                yield
            finally:
                server.shutdown()
                thread.join()


class Api:
    """The app on the world's database, and whom one may speak as."""

    def __init__(self, app: FastAPI, client: TestClient, world: World, urls: Urls, prefect: Prefect) -> None:
        self.app, self.client, self.world, self.urls, self.prefect = app, client, world, urls, prefect
        self._secrets: dict[int, str] = {}

    def browser(self, **more: Any) -> TestClient:
        """A client with cookies of its own, in the event loop of the first: a loop for each request costs threads."""
        made = TestClient(self.app, raise_server_exceptions=False, **more)
        made.portal = self.client.portal
        return made

    def at(self, day: str, hour: int = 9) -> datetime:
        moment: datetime = self.world.at(day, hour)
        return moment

    def as_(self, unit: str, seat: str) -> Voice:
        """Somebody by where he sits: «Phường Một», drafter."""
        return self.voice(self.world.act(unit, seat))

    def voice(self, actor: Actor) -> Voice:
        if actor.person_id not in self._secrets:
            with db.transaction(db.engine(self.urls.program)) as session:
                secret = tokens.issue(session, actor.person_id, "thử", self.world.now, may_sign=True)
                self._secrets[actor.person_id] = secret
        return Voice(self.client, self._secrets[actor.person_id])

    def seat(self, unit: int, seat: str, name: str) -> Actor:
        """Somebody new in an office."""
        with db.transaction(db.engine(self.urls.program)) as session:
            person = offices.add_person(session, f"{name} (mẫu)", sample=True)
            return Actor(person, offices.give(session, NewOffice(person, unit, seat, seat, self.world.today)))

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with db.transaction(db.engine(self.urls.program)) as session:
            return [dict(row) for row in session.connection().exec_driver_sql(sql, values).mappings()]


def plan_order(api: Api, **more: Any) -> dict[str, Any]:
    """The province's plan as its drafter sends it: a report on the Action Month from every level."""
    levels = {"commune": "2026-12-18", "district": "2026-12-22", "province": "2026-12-28"}
    return {
        "title": "Kế hoạch Tháng hành động năm 2026 (mẫu)", "subject": "action-month",
        "addressees": [{"unit_id": api.world.unit(PROVINCE)}],
        "requirements": [{
            "title": "Báo cáo Tháng hành động (mẫu)", "form": "action-month", "form_version": 2,
            "window": {"kind": "action_month", "year": 2026}, "legal_basis": "Kế hoạch mẫu",
            "levels": [{"level": level, "due_on": day} for level, day in levels.items()],
        }],
        **more,
    }  # fmt: skip


PLAN_TEXT = {
    "texts": {"purpose": "Nâng cao nhận thức.", "budget": "Từ dự toán."},
    "tasks": [{"number": 1, "title": "Tổ chức tọa đàm", "due": "2026-12-15"}],
    "assignees": [{"name": "Trạm Y tế (mẫu)", "asked": False}],
}


def report_text(events: int = 2, men: int = 3, women: int = 4) -> dict[str, Any]:
    values = {"1": str(events), "2": str(men), "3": women}
    return {"rows": [{"table": 1, "row": 2, "label": "Tọa đàm", "values": values}], "nil": [2, 3],
            "texts": {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}}  # fmt: skip


def issue_plan(api: Api, order: dict[str, Any] | None = None) -> int:
    """A plan through HTTP alone, from the order to the fan-out; returns its number."""
    drafter, leader, clerk = (api.as_(PROVINCE, seat) for seat in ("drafter", "leader", "clerk"))
    plan: int = drafter.post("/plans", order or plan_order(api))["document_id"]
    drafter.put(f"/documents/{plan}/draft", {"content": PLAN_TEXT, "version": 0})
    drafter.step(plan, "present")
    leader.step(plan, "sign")
    clerk.step(plan, "submit", recipients=["UBND các huyện"])
    leader.post(f"/plans/{plan}/fan-out")
    return plan


def report_of(api: Api, plan: int, unit: str) -> int:
    """The report that a unit owes."""
    return int(api.rows("SELECT id FROM document WHERE plan_id = %s AND unit_id = %s AND kind = 'report'"
                        " ORDER BY supplement DESC LIMIT 1", plan, api.world.unit(unit))[0]["id"])  # fmt: skip


def send_report(api: Api, report: int, unit: str, content: dict[str, Any] | None = None, **more: Any) -> Any:
    """A unit writes, signs and sends its report through HTTP."""
    drafter, leader, clerk = (api.as_(unit, seat) for seat in ("drafter", "leader", "clerk"))
    version = drafter.get(f"/documents/{report}/draft")["version"]
    drafter.put(f"/documents/{report}/draft", {"content": content or report_text(), "version": version})
    drafter.step(report, "present")
    leader.step(report, "sign")
    return clerk.step(report, "submit", **more)


@contextmanager
def another_machine(app: FastAPI, **changes: Any) -> Iterator[None]:
    """The app on a machine that differs: `now`, `settings` or `engine`, each a function."""
    before = app.state.machine
    app.state.machine = replace(before, **changes)
    try:
        yield
    finally:
        app.state.machine = before
