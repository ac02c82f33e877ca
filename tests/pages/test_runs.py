"""Tác vụ tự động: what ran, how far it is, Prefect's word or its silence, and running again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from states import database as db
from tests.http_world import Api, Voice, issue_plan
from tests.pages.visitor import machine, words
from tests.world import PROVINCE, WARDS

PAGE = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
RUN = "0190aaaa-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _machine(api: Api) -> None:
    api.at("2026-10-05")
    machine(api)


class Ear(BaseHTTPRequestHandler):
    """What Prefect's server answers about runs."""

    heard: list[tuple[str, Any]] = []

    def do_GET(self) -> None:
        known = {"id": RUN, "deployment_id": "d-1", "parameters": {"plan_id": 7, "now": "2026-01-01"}}
        self._answer(known if RUN in self.path else {"detail": "not found"}, 200 if RUN in self.path else 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.heard.append((self.path, body))
        runs = [{"id": RUN, "flow_id": "f", "name": "run 1", "state_type": "FAILED", "state_name": "Failed",
                 "state": {"message": "ConnectionError"}, "start_time": "2026-10-05T01:00:00+00:00", "end_time": None,
                 "total_run_time": 2.5, "parameters": {}, "deployment_id": "d-1"}]  # fmt: skip
        known = {"/api/flow_runs/filter": runs, "/api/flows/filter": [{"id": "f", "name": "fan-out-plan"}]}
        self._answer(known.get(self.path, {"id": "new"}))

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def _answer(self, body: Any, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


@pytest.fixture
def prefect(api: Api) -> Iterator[type[Ear]]:
    """A server that answers as Prefect does."""
    Ear.heard = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        machine(api, prefect_api_url=f"http://127.0.0.1:{server.server_port}/api")
        yield Ear
        server.shutdown()
        thread.join()


def page(voice: Voice, path: str) -> str:
    answer = voice.say("GET", path, headers=PAGE)
    assert answer.status_code == 200, words(answer)
    return words(answer)


def test_runs_are_shown_with_how_far_they_are_and_how_they_ended(api: Api) -> None:
    plan, auditor = issue_plan(api), api.as_(PROVINCE, "auditor")
    with db.transaction(db.engine(api.urls.program)) as session:
        for words_, done, ended, outcome, error in (
            ("Đang mở cấp xã", 2, None, None, None), ("Đã mở 7 báo cáo", 4, 1, "done", None),
            ("Gửi thư", 0, 1, "failed", "máy chủ thư từ chối"),
        ):  # fmt: skip
            session.connection().exec_driver_sql(
                "INSERT INTO running (flow, plan_id, words, done, total, began_at, beat_at, ended_at, outcome, error) "
                "VALUES ('fan-out-plan', %s, %s, %s, 4, %s, %s, %s, %s, %s)",
                (plan, words_, done, api.world.now - timedelta(minutes=1), api.world.now,
                 api.world.now if ended else None, outcome, error),
            )  # fmt: skip
    told = page(auditor, "/tac-vu")
    assert all(one in told for one in ("Triển khai kế hoạch", "Đang mở cấp xã · 2 trên 4", "Xong", "Hỏng",
                                       "máy chủ thư từ chối", "Đang chạy"))  # fmt: skip
    assert "Chạy:" not in told  # an auditor looks
    noted = page(auditor, "/tac-vu/ghi-nhan")
    assert "Triển khai kế hoạch" in noted and "báo cáo được mở" in noted


def test_prefects_silence_is_said_in_words(api: Api) -> None:
    machine(api, prefect_api_url="http://127.0.0.1:1/api", prefect_seconds=0.2)
    admin = api.as_(PROVINCE, "admin")
    assert "Prefect không trả lời" in page(admin, "/tac-vu/prefect")
    assert admin.say("POST", f"/tac-vu/prefect/{RUN}/chay-lai", headers=PAGE).status_code == 503


def test_an_administrator_runs_a_failed_one_again(api: Api, prefect: type[Ear]) -> None:
    admin = api.as_(PROVINCE, "admin")
    told = page(admin, "/tac-vu/prefect")
    assert "Hỏng" in told and "ConnectionError" in told and "Chạy lại" in told
    answer = admin.say("POST", f"/tac-vu/prefect/{RUN}/chay-lai", headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tac-vu/prefect")
    path, body = prefect.heard[-1]
    assert path == "/api/deployments/d-1/create_flow_run" and body["parameters"] == {"plan_id": 7}
    assert admin.say("POST", "/tac-vu/prefect/0000/chay-lai", headers=PAGE).status_code == 409
    assert admin.say("POST", "/tac-vu/deliver/chay", headers=PAGE, follow_redirects=False).status_code == 303
    assert admin.say("POST", "/tac-vu/fan-out-plan/chay", headers=PAGE).status_code == 404


def test_nobody_else_sees_or_runs_them(api: Api, prefect: type[Ear]) -> None:
    for unit, seat in ((WARDS[0], "leader"), (PROVINCE, "supervisor"), (PROVINCE, "drafter")):
        assert api.as_(unit, seat).say("GET", "/tac-vu", headers=PAGE).status_code == 403
    for path in (f"/tac-vu/prefect/{RUN}/chay-lai", "/tac-vu/deliver/chay"):
        assert api.as_(PROVINCE, "auditor").say("POST", path, headers=PAGE).status_code == 403
    assert prefect.heard == []
