"""The timetable, and Prefect's shells over `workflows.jobs`: a few lines each, no business state in any of them.

The only file that imports Prefect (a second and 80 MB: the API must not). Flows are async, for a sync flow waits
for its heartbeat thread a second at its end. One task per level, none per ward. A killed run is not resumed: the
sweep does what is left.

    python -m workflows.flows serve          serve all deployments with their schedules (embedded)
    python -m workflows.flows serve NAME     serve only this one, and only when it is asked for
    python -m workflows.flows deploy POOL    register them with a work pool (production)
    python -m workflows.flows run NAME ...   one run by hand, in this process
"""

import argparse
import asyncio
import json
import os
import sys
from datetime import datetime
from typing import Any

from prefect import flow, get_run_logger, serve, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from states import clock
from states.periods import local
from workflows import jobs, mail, sealing
from workflows.fanout import FannedOut, Task

ZONE = "Asia/Ho_Chi_Minh"
AT_ONCE = 4
"""Runs that are worked on together, each a process of some 130 MB; else all that waited would start at once."""
TIMETABLE: dict[str, Schedule | None] = {
    "fan-out-plan": None,  # asked for when a plan is issued; the sweep is its backstop
    "watch-deadlines": Cron("*/15 * * * *", timezone=ZONE),
    "consolidate": Cron("5-59/15 * * * *", timezone=ZONE),
    "deliver": Cron("* * * * *", timezone=ZONE),
    "seal": Cron(f"{sealing.MINUTE} * * * *", timezone=ZONE),
}


@task(task_run_name="open {task.kind.value}s of level {task.level}")
async def open_level(task: Task, now: datetime, done: FannedOut) -> None:
    """One level, one transaction."""
    await asyncio.to_thread(jobs.open_one, task, now, done)


@flow(name="fan-out-plan", flow_run_name="fan out plan {plan_id}")
async def fan_out_plan(plan_id: int, now: datetime | None = None) -> None:
    """Open what an issued plan requires, level by level (triển khai kế hoạch)."""
    moment = now or clock.now()
    done = FannedOut(plan_id)
    levels = await asyncio.to_thread(jobs.tasks_of, plan_id)
    with jobs.telling_fan_out(plan_id, levels, moment) as tell:
        for number, level in enumerate(levels):
            await asyncio.to_thread(tell, number, jobs.opening(level))
            await open_level(level, moment, done)
        await asyncio.to_thread(jobs.finish, done, moment)
        if levels:
            await asyncio.to_thread(tell, len(levels), done.words)
    words = ", ".join(f"{count} of level {level}" for level, count in done.opened.items()) or "none"
    await _say(f"plan-{plan_id}", f"Plan {plan_id}: reports opened: {words}; child plans opened: {done.plans}; "
               f"attached: {', '.join(done.attached) or 'none'}")  # fmt: skip


@flow(name="watch-deadlines", flow_run_name="watch deadlines")
async def watch_deadlines(now: datetime | None = None) -> None:
    """Finish fan-outs left undone, then climb the ladder of reminders (theo dõi thời hạn)."""
    moment = now or clock.now()
    for plan_id in await asyncio.to_thread(jobs.undone):
        await fan_out_plan(plan_id, moment)
    watched = await asyncio.to_thread(jobs.watch, moment)
    await _say("deadlines", f"{local(moment):%d/%m/%Y %H:%M}: {watched.words}")


@task(task_run_name="plan {plan_id}, level {level}")
async def consolidate_level(plan_id: int, level: str, now: datetime) -> None:
    """One level of one plan, one transaction."""
    done = await asyncio.to_thread(jobs.consolidate, plan_id, level, now)
    gaps = "\n".join(f"- {total}: {', '.join(names)}" for total, names in done.gaps.items()) or "- none"
    await _say(f"consolidation-{plan_id}-{level}", f"Plan {plan_id}, level {level}: {done.reports} reports into "
               f"{done.totals} totals, {done.supplements} supplements opened.\n\nGaps:\n{gaps}")  # fmt: skip


@flow(name="consolidate", flow_run_name="consolidate")
async def consolidate(plan_id: int | None = None, level: str | None = None, now: datetime | None = None) -> None:
    """Take figures up: the named level, else every level that is complete or past its deadline (tổng hợp số liệu)."""
    moment = now or clock.now()
    named = [(plan_id, level)] if plan_id and level else await asyncio.to_thread(jobs.ready, moment)
    for one_plan, one_level in named:
        await consolidate_level(one_plan, one_level, moment)


@flow(name="deliver", flow_run_name="deliver")
async def deliver(now: datetime | None = None) -> None:
    """Tell people what happened: outbox to notices, notices to channels (gửi thông báo)."""
    get_run_logger().info("%s", await asyncio.to_thread(mail.post, now or clock.now()))


@flow(name="seal", flow_run_name="seal")
async def seal(now: datetime | None = None) -> None:
    """Seal the log and keep its checkpoint outside (niêm phong nhật ký)."""
    sealed = await asyncio.to_thread(sealing.seal, now or clock.now())
    get_run_logger().info("%s leaves sealed; checkpoint %s", sealed.leaves, sealed.size)


FLOWS: dict[str, Any] = {"fan-out-plan": fan_out_plan, "watch-deadlines": watch_deadlines, "consolidate": consolidate,
         "deliver": deliver, "seal": seal}  # fmt: skip


def deployments(only: str | None = None) -> list[RunnerDeployment]:
    """One deployment per flow. A tick that comes while the last run still works is cancelled, not queued up.

    `only`: just this flow, without its schedule.
    """
    limit = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return [
        FLOWS[name].to_deployment(
            name, schedule=schedule, concurrency_limit=limit if schedule else None,
            description=FLOWS[name].__doc__, entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for name, schedule in ([(only, None)] if only else TIMETABLE.items())
    ]  # fmt: skip


def deploy(pool: str) -> None:
    """Register all deployments with a work pool whose workers have this program installed."""
    for deployment in deployments():
        deployment.apply(work_pool_name=pool)


def run(words: list[str]) -> None:
    """One run by hand in this process, seen by Prefect like any other."""
    parser = argparse.ArgumentParser(prog="python -m workflows.flows run")
    parser.add_argument("name", choices=sorted(FLOWS))
    parser.add_argument("parameters", nargs="?", type=json.loads, default={}, help='JSON, e.g. {"plan_id": 5}')
    chosen = parser.parse_args(words)
    asyncio.run(FLOWS[chosen.name](**chosen.parameters))


def main(words: list[str]) -> None:
    """The command line of this module."""
    if words[:1] == ["serve"]:
        os.environ.setdefault("PREFECT_RUNNER_POLL_FREQUENCY", "2")
        serve(*deployments(*words[1:2]), limit=AT_ONCE, pause_on_shutdown=False, print_starting_message=False)
    elif words[:1] == ["deploy"] and len(words) == 2:
        deploy(words[1])
    elif words[:1] == ["run"]:
        run(words[1:])
    else:
        sys.exit(__doc__)


async def _say(key: str, words: str) -> None:
    """In the run's log and as an artifact, so that Prefect's own pages say what was done."""
    get_run_logger().info(words)
    await acreate_markdown_artifact(markdown=words, key=key)


if __name__ == "__main__":
    from workflows import flows  # under its own name, by which a run's process finds it again

    flows.main(sys.argv[1:])
