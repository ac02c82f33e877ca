"""`dondoc flow run`: any of the automatic jobs by hand, seen by Prefect where it is up, plainly where it is not."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import httpx
import typer

from api.cli.common import LEVEL_HELP, AsJson, now
from api.cli.tables import say
from states.database import check_ready
from states.embedded_install import prepare_home
from states.log.sealing import Sealed
from states.settings import current
from workflows import jobs, mail, sealing
from workflows.consolidation import Consolidated
from workflows.fanout import FannedOut
from workflows.prefect_server import environment as prefect_environment

app = typer.Typer(help="Automatic jobs (tác vụ tự động), by hand.", no_args_is_help=True)


class Job(StrEnum):
    """The jobs that Prefect runs on its timetable."""

    FAN_OUT_PLAN = "fan-out-plan"
    WATCH_DEADLINES = "watch-deadlines"
    CONSOLIDATE = "consolidate"
    DELIVER = "deliver"
    SEAL = "seal"


@app.callback()
def _flows() -> None:
    """Automatic jobs (tác vụ tự động), by hand."""


@app.command()
def run(
    name: Annotated[Job, typer.Argument(help="Which one.")],
    plan: Annotated[int | None, typer.Option(help="The plan, for fan-out-plan and consolidate.")] = None,
    level: Annotated[str | None, typer.Option(help="For consolidate: " + LEVEL_HELP)] = None,
    plainly: Annotated[bool, typer.Option("--plain", help="Without Prefect, even where it is up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run one job now: through Prefect where it answers, plainly where it does not.

    consolidate without --plan and --level takes every level that is ready.
    """
    if name is Job.FAN_OUT_PLAN and plan is None:
        raise typer.BadParameter("fan-out-plan needs --plan")
    if name is Job.CONSOLIDATE and (plan is None) != (level is None):
        raise typer.BadParameter("consolidate needs --plan and --level together, or neither")
    check_ready()
    if not plainly and _prefect_is_up():
        _through_prefect(name, plan, level, as_json=as_json)
        return
    if not plainly:
        typer.secho("Prefect does not answer; running plainly.", err=True, fg="yellow")
    done = _run(name, plan, level)
    say(done, _words(done), as_json=as_json)


def _run(name: Job, plan: int | None, level: str | None) -> Any:
    if name is Job.FAN_OUT_PLAN:
        return jobs.fan_out(plan or 0, now())
    if name is Job.WATCH_DEADLINES:
        return jobs.sweep(now())
    if name is Job.DELIVER:
        return mail.post(now())
    if name is Job.SEAL:
        return sealing.seal(now())
    named = [(plan, level)] if plan and level else jobs.ready(now())
    return [jobs.consolidate(one, at, now()) for one, at in named]


def _words(done: Any) -> str:
    if isinstance(done, FannedOut):
        return f"Plan {done.plan_id}: {done.reports} reports and {done.plans} plans were opened."
    if isinstance(done, Sealed):
        return f"{done.leaves} rows sealed; the checkpoint stands at {done.size}."
    if isinstance(done, jobs.Swept):
        notices = done.watched.notices if done.watched else 0
        return "\n".join([*map(_words, done.fanned_out), f"Deadlines watched: {notices} notices written."])
    return _of_totals(done) if isinstance(done, list) else str(done)


def _of_totals(done: Sequence[Consolidated]) -> str:
    lines = [f"Plan {one.plan_id}, {one.level}: {one.reports} reports into {one.totals} totals; {one.missing} units"
             " are missing." for one in done]  # fmt: skip
    return "\n".join(lines) or "No level is ready to be consolidated."


def _through_prefect(name: Job, plan: int | None, level: str | None, *, as_json: bool) -> None:
    """The run's own words go to stderr beside its log; exit code 3 where it failed."""
    parameters = {key: value for key, value in (("plan_id", plan), ("level", level)) if value is not None}
    environment = os.environ | prefect_environment(current(), prepare_home(current().home))
    command = [sys.executable, "-m", "workflows.flows", "run", name.value, json.dumps(parameters)]
    failed = subprocess.run(command, env=environment, stdout=2, check=False).returncode != 0
    told = {"flow": name.value, "through": "prefect", "done": not failed}
    say(told, f"{name.value} {'failed' if failed else 'is done'}; its run is on Prefect's pages.", as_json=as_json)
    raise typer.Exit(3 if failed else 0)


def _prefect_is_up() -> bool:
    try:
        return httpx.get(f"{current().prefect_url}/health", timeout=current().prefect_seconds).is_success
    except httpx.HTTPError:
        return False
