"""`dondoc serve` as a person meets it: real processes, one sentence for each failure, a clean end.

What is refused before anything has been started is asked for in this process, some of it in one of its own as well.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from pydantic import TypeAdapter
from sqlalchemy import make_url

from api.serve import main
from states import database as db
from states import demo_clock, embedded, locks
from states.embedded import Urls
from states.settings import Settings, current
from tests import prefect_tables
from tests.ports import free_port

MOMENT = datetime(2026, 12, 29, 2, 20, tzinfo=UTC)
_SHOW = """
from rich.console import Console
from api.demo.showing import show
from states.settings import current
show(current(), Console(), name="{name}")
"""
SLACK = timedelta(seconds=1)
"""The kernel tells when a process began by the tick."""
NOWHERE = "postgresql://someone@127.0.0.1:1/nothing"


@pytest.fixture
def home() -> Iterator[Path]:
    yield from _folder()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that two programs work in, one after the other, each on a database of the demo's."""
    for home in _folder():
        _databases(home)
        prefect_tables.lend(home / "prefect", tmp_path_factory)
        yield home


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-serve-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.mark.parametrize("variable", ["DONDOC_API_PORT", "DONDOC_PREFECT_PORT"])
def test_a_taken_port_names_its_variable(home: Path, variable: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = _refused if variable == "DONDOC_API_PORT" else _refused_here
        said = refused(home, **{variable: str(port)})
    assert said.startswith(f"Port {port} of 127.0.0.1 is taken: set {variable}")


def test_an_address_of_another_machine_is_refused_here(home: Path) -> None:
    assert "DONDOC_API_HOST" in _refused_here(home, DONDOC_API_HOST="192.0.2.1")


def test_a_data_folder_that_cannot_be_written(home: Path) -> None:
    (home.parent / "file").write_text("")
    said = _refused_here(home.parent / "file" / "data")
    assert "cannot be written (Not a directory): set DONDOC_HOME" in said


def test_a_database_that_cannot_be_reached(home: Path) -> None:
    said = _refused(home, DATABASE_URL=NOWHERE)
    assert said.startswith("database unreachable: ") and said.endswith("unset DATABASE_URL.")


def test_an_address_that_is_none(home: Path) -> None:
    assert "DATABASE_URL is no address" in _refused_here(home, DATABASE_URL="mysql://x")


def test_a_database_that_was_not_migrated(home: Path, empty_database: Urls) -> None:
    said = _refused_here(home, DATABASE_URL=empty_database.program)
    assert "run `dondoc migrate`" in said


def test_the_owner_of_the_tables_may_not_serve(home: Path, database: Urls) -> None:
    assert "DATABASE_OWNER_URL" in _refused_here(home, DATABASE_URL=database.owner)


def test_nobody_turns_an_offices_clock(home: Path, database: Urls) -> None:
    said = _refused_here(home, DATABASE_URL=database.program, DONDOC_DEMO_AHEAD="P3D")
    assert "an office's clock can't be turned. Unset it" in said


def test_a_setting_that_is_no_number(home: Path) -> None:
    assert "DONDOC_API_PORT: " in _refused_here(home, DONDOC_API_PORT="eight thousand")


def test_a_prefect_that_does_not_answer(home: Path, database: Urls) -> None:
    said = _refused(home, DATABASE_URL=database.program, DONDOC_START_SECONDS="0.2")
    assert said.startswith("Prefect does not answer at http://127.0.0.1:")
    assert str(home / "log" / "prefect.log") in said


def test_a_second_serve_with_the_same_folder(home: Path) -> None:
    home.mkdir()
    first = locks.take(home / "serve.lock")
    assert first is not None
    assert "already runs" in _refused_here(home)
    locks.release(first)


def test_serve_that_is_killed_leaves_nothing_running_and_turned_nobodys_clock(
    office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After kill -9 the kernel tells the parts; not even on the demo's database does it pass a turned clock on."""
    with _serve(office, DONDOC_DEMO_AHEAD="P3D") as serve:
        prefect_tables.keep(office / "prefect", tmp_path_factory)
        assert {part.environ().get("DONDOC_DEMO_AHEAD") for part in _ours(serve)} == {""}
        _ends_with_its_parts(serve, signal.SIGKILL)
    assert serve.returncode == -signal.SIGKILL
    assert not locks.is_held(office / "server.lock")


def test_show_stands_at_the_storys_moment_on_a_prefect_of_its_own_and_ends_in_order(
    office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It finds the story beside the office's database and plays nothing again; Ctrl-C stops the parts in order."""
    prefect_tables.lend(office / "show" / "prefect", tmp_path_factory)
    elsewhere = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "DONDOC_DEMO_AHEAD": "P3D"}
    with _serve(office, ["-c", _SHOW.format(name="story")], **elsewhere) as show:
        for part in _ours(show):
            told = part.environ()
            ahead = TypeAdapter(timedelta).validate_python(told["DONDOC_DEMO_AHEAD"])
            assert _began(show.pid) - MOMENT - SLACK < -ahead < _began(part.pid) - MOMENT + SLACK
            assert make_url(told["DATABASE_URL"]).database == "story"
            assert told["PREFECT_API_URL"] != elsewhere["PREFECT_API_URL"]
            assert told["PREFECT_HOME"] == str(office.resolve() / "show" / "prefect")
        said = _ends_with_its_parts(show, signal.SIGINT)
    assert "Everything is stopped." in said and show.returncode == 0
    assert not locks.is_held(office / "server.lock")


def test_another_program_keeps_the_server_when_serve_ends_early(home: Path) -> None:
    settings = Settings(home=home)
    embedded.ensure_running(settings, durable=False)
    _refused(home, DONDOC_START_SECONDS="0.2")
    assert locks.is_held(home / "server.lock")
    embedded.stop(settings)
    assert not locks.is_held(home / "server.lock")


def _databases(home: Path) -> None:
    """On this folder's server the office's database and one beside it, both the demo's; nobody holds them after."""
    settings = Settings(home=home)
    urls = embedded.ensure_running(settings, durable=False)
    beside = embedded.ensure_running(settings.model_copy(update={"database": "postgres"}))
    try:
        db.migrate(urls.owner, urls.program)
        db.engine(urls.owner).dispose()
        with db.engine(beside.owner).connect().execution_options(isolation_level="AUTOCOMMIT") as server:
            server.exec_driver_sql(f"CREATE DATABASE story TEMPLATE {settings.database}")
        story = embedded.ensure_running(settings.model_copy(update={"database": "story"}))
        for made, told in ((urls, "whole"), (story, "midway")):
            with db.transaction(db.engine(made.program)) as session:
                demo_clock.mark(session, MOMENT, told)
            db.engine(made.program).dispose()
    finally:
        db.engine(beside.owner).dispose()
        embedded.stop(settings)


def _ends_with_its_parts(program: subprocess.Popen[str], end: signal.Signals) -> str:
    """What it still says."""
    parts = _parts(program)
    names = {" ".join(_command(part)[:6]) for part in parts}
    for part in ("embedded_keeper", "bin/postgres", "prefect server", "workflows.flows", "api.app:app"):
        assert any(part in name for name in names), part
    program.send_signal(end)
    said, _ = program.communicate(timeout=180)
    _, alive = psutil.wait_procs(parts, timeout=180)
    assert alive == []
    return said


def _refused(home: Path, **environment: str) -> str:
    """Start `serve`, which must refuse in one sentence and leave nothing running; return the sentence."""
    serve = _start(home, **environment)
    _, said = serve.communicate(timeout=180)
    assert serve.returncode == 2, said
    assert "Traceback" not in said
    assert not any(str(home) in " ".join(p.info["cmdline"] or []) for p in _running(serve.pid))
    return " ".join(said.split())


def _refused_here(home: Path, **environment: str) -> str:
    """What the same program says in this process; for refusals before it has started anything."""
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(io.StringIO()) as said:
        for name, value in (_ours_to_set(home) | environment).items():
            patch.setenv(name, value)
        current.cache_clear()
        try:
            assert main([]) == 2
        finally:
            current.cache_clear()
    assert not any(str(home) in " ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"]))
    return " ".join(said.getvalue().split())


def _ours_to_set(home: Path) -> dict[str, str]:
    return {
        "DONDOC_HOME": str(home),
        "DONDOC_API_PORT": str(free_port()),
        "DONDOC_PREFECT_PORT": str(free_port()),
        "DONDOC_START_SECONDS": "600",
        "COLUMNS": "400",
    }


def _start(home: Path, command: Sequence[str] = ("-m", "api.serve"), **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command],
        env=os.environ | _ours_to_set(home) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _serve(home: Path, command: Sequence[str] = ("-m", "api.serve"), **environment: str) -> subprocess.Popen[str]:
    serve = _start(home, command, **environment)
    assert serve.stdout is not None
    for line in serve.stdout:
        if "is running" in line:
            return serve
    pytest.fail(f"it did not start: {serve.communicate()[1]}")


def _parts(serve: subprocess.Popen[str]) -> list[psutil.Process]:
    return list(psutil.Process(serve.pid).children(recursive=True))


def _ours(serve: subprocess.Popen[str]) -> list[psutil.Process]:
    """The API and the process of the flows."""
    found = [part for part in _parts(serve) if {"api.app:app", "workflows.flows"} & set(_command(part))]
    assert len(found) >= 2
    return found


def _command(part: psutil.Process) -> list[str]:
    """Its command line; none where it has ended meanwhile, as PostgreSQL's workers come and go."""
    try:
        return list(part.cmdline())
    except psutil.NoSuchProcess:
        return []


def _began(pid: int) -> datetime:
    return datetime.fromtimestamp(psutil.Process(pid).create_time(), UTC)


def _running(but: int) -> list[psutil.Process]:
    mine = {p.pid for p in psutil.Process().children(recursive=True)}
    found = psutil.process_iter(["cmdline"])
    return [p for p in found if p.pid != but and p.pid not in mine and p.pid != os.getpid()]
