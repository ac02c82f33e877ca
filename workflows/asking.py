"""Asking Prefect for a run over HTTP, after a commit: the person's step never waits for Prefect, nor fails with it.

Whoever does not answer is asked again by the sweep, so a lost request only delays the work.
"""

import logging

import httpx

from states.settings import Settings

log = logging.getLogger("dondoc.asking")


def ask_for_fan_out(plan_id: int, seq: int, settings: Settings) -> bool:
    """Ask for the fan-out of a plan that was just issued; True where Prefect took it. One key per issue: one run."""
    return ask("fan-out-plan", {"plan_id": plan_id}, f"fan-out-{plan_id}-{seq}", settings)


def ask(flow: str, parameters: dict[str, object], key: str, settings: Settings) -> bool:
    """Ask for a run of a deployment, the same key giving the same run."""
    base, limit = settings.prefect_url, settings.prefect_seconds
    try:
        with httpx.Client(base_url=base, timeout=limit) as client:
            found = client.get(f"/deployments/name/{flow}/{flow}").raise_for_status().json()
            body = {"parameters": parameters, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
            client.post(f"/deployments/{found['id']}/create_flow_run", json=body).raise_for_status()
    except httpx.HTTPError as error:
        log.warning("Prefect did not take %s (%s); the sweep will start it", key, error)
        return False
    return True
