"""Asking Prefect over HTTP for a run, after a commit, and what its runs came to.

The person's step never waits for Prefect, nor fails with it: whoever does not answer is asked again by the sweep, so a
lost request only delays the work.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import make_url

from states.errors import Conflict, StartupError
from states.settings import Settings

log = logging.getLogger("dondoc.asking")

_PAUSES = (0.5, 1.5, 0.0)
"""Seconds after each try: a small Prefect server is busy for a moment now and then, and one key is one run."""


class PrefectSilent(StartupError):
    """Prefect không trả lời ở {url} (no answer: {why}): lịch chạy và lần quét sau vẫn làm việc này; thử lại sau."""


class NotRunAgain(Conflict):
    """Lần chạy này không chạy lại được từ đây ({why}): ask for a new run of its flow."""


@dataclass(frozen=True)
class PrefectRun:
    """A run as Prefect tells it. `flow` is a name of the timetable; moments are aware, in UTC; `message`: Prefect's own
    words, of a failure mostly. `again`: whether it can be run again from here."""

    id: str
    flow: str
    name: str
    state: str
    state_name: str
    message: str
    began_at: datetime | None
    ended_at: datetime | None
    seconds: float
    parameters: dict[str, Any]
    again: bool

    @property
    def state_words(self) -> str:
        """How it stands, in words."""
        return _STATES.get(self.state, self.state_name)


@dataclass(frozen=True)
class PrefectRuns:
    """The newest runs; `silent`: why there are none to show, in words, where Prefect does not answer."""

    runs: tuple[PrefectRun, ...]
    silent: str | None = None


def recent_runs(settings: Settings, limit: int = 50) -> PrefectRuns:
    """What Prefect's newest runs came to, those that wait for their time left out; never raises for its silence."""
    begun = {"state": {"type": {"any_": [*_STATES]}}}
    wanted = {"sort": "EXPECTED_START_TIME_DESC", "limit": limit, "flow_runs": begun}
    try:
        with _client(settings) as client:
            runs = client.post("/flow_runs/filter", json=wanted).raise_for_status().json()
            flows = client.post("/flows/filter", json={"limit": 200}).raise_for_status().json()
        names = {flow["id"]: flow["name"] for flow in flows}
        return PrefectRuns(tuple(_read(run, names.get(run["flow_id"], "")) for run in runs))
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:  # silent, or somebody else answers there
        return PrefectRuns((), PrefectSilent(url=settings.prefect_url, why=type(error).__name__).message)


def run_again(run_id: str, settings: Settings, at: datetime) -> str:
    """Ask for the same run once more, of the present moment; returns the new run's number, the same within a minute.

    Raises `PrefectSilent`, `NotRunAgain`.
    """
    why = ""
    for pause in _PAUSES:
        try:
            return _run_again_once(run_id, settings, at)
        except (httpx.HTTPError, ValueError) as error:  # busy for a moment, or silent
            why = type(error).__name__
            time.sleep(pause)
    raise PrefectSilent(url=settings.prefect_url, why=why)


def _run_again_once(run_id: str, settings: Settings, at: datetime) -> str:
    with _client(settings) as client:
        found = client.get(f"/flow_runs/{run_id}")
        if found.is_client_error:
            raise NotRunAgain(why="Prefect không còn giữ nó")
        run = found.raise_for_status().json()
        if not run.get("deployment_id"):
            raise NotRunAgain(why="được chạy bằng tay")
        parameters = {name: value for name, value in run["parameters"].items() if name != "now"}
        key = f"again-{run_id}-{at:%Y-%m-%dT%H:%M}"
        return str(_create(client, run["deployment_id"], parameters, key)["id"])


def ask_for_fan_out(plan_id: int, seq: int, settings: Settings) -> bool:
    """Ask for the fan-out of a plan that was just issued; True where Prefect took it. One key per issue: one run."""
    # One Prefect may serve several databases, whose plans bear the same numbers.
    where = make_url(settings.database_url).database if settings.database_url else settings.database
    return ask("fan-out-plan", {"plan_id": plan_id}, f"fan-out-{where}-{plan_id}-{seq}", settings)


def ask(flow: str, parameters: dict[str, object], key: str, settings: Settings) -> bool:
    """Ask for a run of a deployment, the same key giving the same run."""
    why = ""
    for pause in _PAUSES:
        try:
            _ask_once(flow, parameters, key, settings)
        except httpx.HTTPError as error:
            why = type(error).__name__
            time.sleep(pause)
        else:
            return True
    log.warning("Prefect did not take %s (%s); the sweep will start it", key, why)
    return False


def is_deployed(flow: str, settings: Settings) -> bool:
    """Whether Prefect knows the deployment yet."""
    try:
        path = f"{settings.prefect_url}/deployments/name/{flow}/{flow}"
        return httpx.get(path, timeout=settings.prefect_seconds, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _ask_once(flow: str, parameters: dict[str, object], key: str, settings: Settings) -> None:
    with _client(settings) as client:
        found = client.get(f"/deployments/name/{flow}/{flow}").raise_for_status().json()
        _create(client, found["id"], parameters, key)


def _create(client: httpx.Client, deployment: str, parameters: dict[str, Any], key: str) -> dict[str, Any]:
    body = {"parameters": parameters, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
    answer = client.post(f"/deployments/{deployment}/create_flow_run", json=body).raise_for_status()
    made: dict[str, Any] = answer.json()
    return made


def _client(settings: Settings) -> httpx.Client:
    return httpx.Client(base_url=settings.prefect_url, timeout=settings.prefect_seconds, trust_env=False)


def _read(run: dict[str, Any], flow: str) -> PrefectRun:
    state = run.get("state") or {}
    return PrefectRun(
        run["id"], flow, run["name"], run["state_type"] or "", run["state_name"] or "", state.get("message") or "",
        _moment(run["start_time"]), _moment(run["end_time"]), float(run["total_run_time"] or 0.0),
        run["parameters"] or {}, bool(run.get("deployment_id")),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_STATES = {
    "RUNNING": "đang chạy", "PENDING": "sắp chạy", "COMPLETED": "xong", "FAILED": "hỏng", "CRASHED": "đứt",
    "CANCELLING": "đang hủy", "CANCELLED": "đã hủy, lần trước còn chạy", "PAUSED": "tạm dừng",
}  # fmt: skip
