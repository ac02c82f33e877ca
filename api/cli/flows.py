"""`dondoc flow run`: any of the automatic jobs by hand, seen by Prefect where it is up, plainly where it is not."""

import json
import os
import subprocess
import sys
from typing import Annotated, Any

import httpx
import typer

from api.cli.common import AsJson, console, now, plain, say
from states.database import check_ready
from states.settings import current
from workflows import jobs, mail

app = typer.Typer(help="Automatic jobs (tác vụ tự động).", no_args_is_help=True)
_JOBS = ("fan-out-plan", "watch-deadlines", "consolidate", "deliver")


@app.callback()
def _flows() -> None:
    """Automatic jobs (tác vụ tự động)."""


@app.command()
def run(
    name: Annotated[str, typer.Argument(help=" | ".join(_JOBS))],
    plan: Annotated[int | None, typer.Option(help="The plan, for fan-out-plan and consolidate.")] = None,
    level: Annotated[str | None, typer.Option(help="The level, for consolidate.")] = None,
    plainly: Annotated[bool, typer.Option("--plain", help="Without Prefect, even where it is up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run one job now."""
    if name not in _JOBS or (name == "fan-out-plan" and plan is None):
        raise typer.BadParameter(f"one of {', '.join(_JOBS)}; fan-out-plan needs --plan")
    check_ready()
    if not plainly and _prefect_is_up():
        raise typer.Exit(_through_prefect(name, plan, level))
    if not plainly:
        console.print("Prefect does not answer; running plainly.", style="yellow")
    done = _run(name, plan, level)
    say(done, str(plain(done)), as_json=as_json)


def _run(name: str, plan: int | None, level: str | None) -> Any:
    if name == "fan-out-plan":
        return jobs.fan_out(plan or 0, now())
    if name == "watch-deadlines":
        return jobs.sweep(now())
    if name == "deliver":
        return mail.post(now())
    named = [(plan, level)] if plan and level else jobs.ready(now())
    return [jobs.consolidate(one, at, now()) for one, at in named]


def _through_prefect(name: str, plan: int | None, level: str | None) -> int:
    parameters = {key: value for key, value in (("plan_id", plan), ("level", level)) if value is not None}
    environment = {**os.environ, "PREFECT_API_URL": current().prefect_url, "DO_NOT_TRACK": "1"}
    command = [sys.executable, "-m", "workflows.flows", "run", name, json.dumps(parameters)]
    return subprocess.run(command, env=environment, check=False).returncode


def _prefect_is_up() -> bool:
    try:
        return httpx.get(f"{current().prefect_url}/health", timeout=current().prefect_seconds).is_success
    except httpx.HTTPError:
        return False
