"""Asking Prefect for a run over HTTP, after a commit: the person's step never waits for Prefect, nor fails with it.

Whoever does not answer is asked again by the sweep, so a lost request only delays the work.
"""

import logging
import time

import httpx
from sqlalchemy import make_url

from states.settings import Settings

log = logging.getLogger("dondoc.asking")

_PAUSES = (0.5, 1.5, 0.0)
"""Seconds after each try: a small Prefect server is busy for a moment now and then, and one key is one run."""


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
    with httpx.Client(base_url=settings.prefect_url, timeout=settings.prefect_seconds, trust_env=False) as client:
        found = client.get(f"/deployments/name/{flow}/{flow}").raise_for_status().json()
        body = {"parameters": parameters, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
        client.post(f"/deployments/{found['id']}/create_flow_run", json=body).raise_for_status()
