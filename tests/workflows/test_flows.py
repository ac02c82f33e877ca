"""Prefect for real: its server, the process that serves the deployments, and a flow killed half-way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest
from sqlalchemy import make_url

from states import database as db
from states.embedded import Urls
from states.lifecycle import Kind
from states.periods import LOCAL
from states.settings import Settings
from tests import prefect_tables
from tests.eventually import eventually
from tests.ports import free_port
from tests.world import WINDOW, World
from workflows import jobs
from workflows.asking import ask_for_fan_out, recent_runs, run_again
from workflows.child import Child
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan
from workflows.prefect_server import environment, prefect_server

PATIENCE = 60
"""Seconds for one answer of Prefect's: a busy machine is not a silent server."""


@pytest.fixture(scope="module")
def prefect(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A Prefect server and the process that serves our deployments, on this module's database."""
    home = tmp_path_factory.mktemp("prefect")
    (home / "log").mkdir()
    settings = Settings(home=home, prefect_port=free_port(), prefect_seconds=PATIENCE, DATABASE_URL=database.program)
    shared = environment(settings, home) | {"DATABASE_URL": database.program, "DONDOC_HOME": str(home)}
    parts = [prefect_server(settings, home),
             Child("flows", [sys.executable, "-m", "workflows.flows", "serve"], environment=shared,
                   log=home / "log" / "flows.log")]  # fmt: skip
    try:
        for part in parts:
            part.start()
            part.wait_until_ready(300)
            if part is parts[0]:
                prefect_tables.keep(home / "prefect", tmp_path_factory)
        eventually(lambda: len(_deployments(settings)) >= 5, "the deployments")
        _stop_the_timetable(settings)
        yield settings
    finally:
        for part in reversed(parts):
            part.stop(60)


@pytest.fixture(scope="module")
def world(database: Urls) -> World:
    """The small province, and an office for the nation's own plan."""
    with db.transaction(db.engine(database.program)) as session:
        world = World(session)
        world.staff(1, "Việt Nam")
    return world


def test_an_issued_plan_is_fanned_out_by_prefect_and_says_what_it_did(
    prefect: Settings, database: Urls, world: World
) -> None:
    with db.transaction(db.engine(database.program)) as session:
        plan = _issued(world.on(session), world.unit("MG"), ["province", "district", "commune"])
    assert ask_for_fan_out(plan, 4, prefect)
    assert ask_for_fan_out(plan, 4, prefect), "asked twice with one key: one run"
    eventually(lambda: _count(database, plan) == 7, "the reports")
    eventually(lambda: _runs(prefect, f"fan out plan {plan}") == ["COMPLETED"], "the run")
    told = next(run for run in recent_runs(prefect).runs if run.name == f"fan out plan {plan}")
    assert (told.flow, told.state_words, told.again) == ("fan-out-plan", "xong", True)
    assert run_again(told.id, prefect, world.now) == run_again(told.id, prefect, world.now) != told.id
    assert _rows(database, "SELECT done, total, outcome FROM running WHERE plan_id = %s", plan)[0] == (3, 3, "done")
    (said, *_) = _asked(prefect, "artifacts/filter", {"artifacts": {"key": {"any_": [f"plan-{plan}"]}}})
    assert "4 of level commune" in said["data"]


def test_a_plan_is_issued_all_the_same_where_prefect_does_not_answer(database: Urls, world: World) -> None:
    nowhere = Settings(prefect_port=free_port(), prefect_seconds=0.5)
    with db.transaction(db.engine(database.program)) as session:
        plan = _issued(world.on(session), world.unit("MG"), ["province", "district", "commune"])
    assert not ask_for_fan_out(plan, 4, nowhere)
    assert _count(database, plan) == 0
    _run(database, None, "watch-deadlines")
    assert _count(database, plan) == 7, "the sweep does it, without Prefect as well"


def test_a_flow_killed_in_the_middle_of_3321_units_is_finished_by_the_sweep(
    prefect: Settings, database: Urls, world: World
) -> None:
    with db.transaction(db.engine(database.program)) as session:
        plan = _issued(world.on(session), 1, ["nation", "province", "commune"])
    # The key check of the very last commune waits for this row: the whole level is written and not committed.
    with psycopg.connect(_plain(database.owner)) as holder:
        holder.execute(
            "SELECT FROM unit WHERE registry = 'vn2' AND level = 'commune' ORDER BY id DESC LIMIT 1 FOR UPDATE"
        )
        assert ask_for_fan_out(plan, 4, prefect)
        behind = holder.info.backend_pid
        eventually(lambda: _waits_behind(database, behind), "the level of communes")
        assert _count(database, plan) == 1 + 34 + 1, "nation and provinces are there, with the sample province"
        killed = _kill_flow()
        holder.rollback()
    assert killed
    eventually(lambda: not _waits_behind(database, behind), "the end of the killed statement")
    assert _count(database, plan) == 36, "nothing of the level of communes is half there"
    _run(database, prefect, "watch-deadlines")
    per_level = dict(_rows(database, "SELECT d.level, count(*) FROM document d JOIN unit u ON u.id = d.unit_id"
                           " WHERE d.plan_id = %s AND u.registry = 'vn2' GROUP BY 1", plan))  # fmt: skip
    assert per_level == {"province": 34, "commune": 3321}
    twice = "SELECT count(*) - count(DISTINCT unit_id) FROM document WHERE plan_id = %s"
    assert _rows(database, twice, plan) == [(0,)]
    assert _rows(database, "SELECT count(*) FROM document d WHERE d.plan_id = %s AND NOT EXISTS"
                 " (SELECT FROM step s WHERE s.document_id = d.id AND s.action = 'open')", plan) == [(0,)]  # fmt: skip
    _sweep_here(database, world.now)
    assert _count(database, plan) == 1 + 34 + 1 + 3321 + 4


def _issued(world: World, unit: int, levels: list[str]) -> int:
    days = {"nation": 30, "province": 28, "district": 23, "commune": 18}
    orders = [LevelOrder(level, datetime(2026, 12, days[level], tzinfo=LOCAL)) for level in levels]
    report = RequirementOrder(Kind.REPORT, "Báo cáo (mẫu)", "action-month", 2, WINDOW, orders, "Kế hoạch mẫu")
    order = PlanOrder(unit, "Kế hoạch (mẫu)", [(unit, True)], [report])
    plan = draft_plan(world.session, order, world.act(unit, "drafter"), world.now)
    world.write_plan(plan)
    world.send(plan)
    return plan


def _run(database: Urls, settings: Settings | None, name: str) -> None:
    """`dondoc flow run`: through Prefect where it is up, else plainly."""
    port = settings.prefect_port if settings else free_port()
    home = str(settings.home) if settings else "/nonexistent"
    variables = {"DATABASE_URL": database.program, "DONDOC_PREFECT_PORT": str(port), "DONDOC_HOME": home,
                 "PREFECT_HOME": home, "DONDOC_PREFECT_SECONDS": str(PATIENCE)}  # fmt: skip
    command = [str(Path(sys.executable).with_name("dondoc")), "flow", "run", name]
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def _sweep_here(database: Urls, now: datetime) -> None:
    """The same sweep in this process, without Prefect."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "transaction", lambda: db.transaction(db.engine(database.program)))
        jobs.sweep(now)


def _kill_flow() -> bool:
    """kill -9 the process of the flow run that works now: the child of the one that serves the deployments."""
    serving = [p for p in psutil.Process().children(recursive=True) if "workflows.flows" in _command(p)]
    flows = [child for parent in serving for child in parent.children(recursive=True) if child not in serving]
    for process in flows:
        with suppress(psutil.NoSuchProcess):  # a run of the timetable may have ended meanwhile
            process.send_signal(signal.SIGKILL)
    return bool(flows)


def _command(process: psutil.Process) -> str:
    """Its command line; none where it has ended and nobody has asked for its exit code yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # ZombieProcess is one
        return ""


def _waits_behind(database: Urls, holder: int) -> bool:
    """Whether somebody waits for the very row that `holder` keeps, and not for any other lock."""
    found = _rows(database, "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", holder)
    return bool(found[0][0])


def _count(database: Urls, plan: int) -> int:
    return int(_rows(database, "SELECT count(*) FROM document WHERE plan_id = %s AND kind = 'report'", plan)[0][0])


def _rows(database: Urls, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(_plain(database.owner)) as connection:
        return connection.execute(sql.encode(), values or None).fetchall()


def _stop_the_timetable(settings: Settings) -> None:
    """Only what a test asks for is run: a sweep at the full quarter would finish what a test leaves undone."""
    for one in _deployments(settings):
        if one["schedules"]:
            _ask(settings, f"deployments/{one['id']}/pause_deployment", {})


def _deployments(settings: Settings) -> list[Any]:
    return _asked(settings, "deployments/filter", {})


def _runs(settings: Settings, name: str) -> list[str]:
    found = _asked(settings, "flow_runs/filter", {"flow_runs": {"name": {"any_": [name]}}})
    return [run["state_type"] for run in found]


def _asked(settings: Settings, path: str, question: dict[str, Any]) -> list[Any]:
    return list(_ask(settings, path, question).json())


def _ask(settings: Settings, path: str, question: dict[str, Any]) -> httpx.Response:
    return httpx.post(f"{settings.prefect_url}/{path}", json=question, timeout=PATIENCE).raise_for_status()


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
