"""`dondoc print`: the signed reports of a plan as PDF files, many at once."""

import shutil
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli.common import LEVEL_HELP, PLAN_HELP, AsJson, Part, database, now
from api.cli.plans import path_of
from api.cli.tables import say, show
from documents.writing.batch import WORKERS, Printed, jobs, pack, print_all, unpack
from states.database import program_engine
from states.errors import NotFound


class NothingSigned(NotFound):
    """Chưa có báo cáo nào đã ký trong phạm vi này (no signed report here): see `dondoc plan reports`."""


def register(app: typer.Typer) -> None:
    """Add `print` to the program's own commands."""
    app.command("print")(print_papers)


def print_papers(
    plan: Annotated[int, typer.Option(help=PLAN_HELP)],
    to: Annotated[Path, typer.Option(help="A folder, or a file that ends with .zip.")],
    unit: Part = None,
    level: Annotated[str | None, typer.Option(help="Only this level: " + LEVEL_HELP)] = None,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Processes that print at the same time.")] = WORKERS,
    as_json: AsJson = False,
) -> None:
    """Print every signed or sent report of a plan as its PDF of record.

    What is there already and whole is kept, so a batch that was broken off goes on. Each document that could not be
    printed is named; exit code 1 then.
    """
    with database() as session:
        wanted = jobs(session, plan, path_of(session, plan, unit), level)
        url = program_engine().url.render_as_string(hide_password=False)
    if not wanted:
        raise NothingSigned()
    packed = to.suffix.lower() == ".zip"
    folder = to.with_name(f"{to.name}.dang-in") if packed else to
    if packed and to.exists():
        unpack(to, wanted, folder)
    began = time.monotonic()
    printed = _with_bar(print_all(url, wanted, folder, now(), workers), len(wanted))
    seconds = time.monotonic() - began
    if packed:
        pack(folder, wanted, to)
        if not any(one.error for one in printed):
            shutil.rmtree(folder)
    _tell(printed, to, seconds, as_json)
    raise typer.Exit(1 if any(one.error for one in printed) else 0)


def _with_bar(done: Any, total: int) -> list[Printed]:
    columns = (TextColumn("Đang in"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())  # fmt: skip
    found: list[Printed] = []
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total, rate="")
        began, fresh = time.monotonic(), 0
        for one in done:
            found.append(one)
            fresh += not one.kept
            rate = fresh / max(time.monotonic() - began, 0.001)
            bar.update(task, advance=1, rate=f"{rate:.1f} văn bản/giây" if fresh else "")
    return found


def _tell(printed: list[Printed], to: Path, seconds: float, as_json: bool) -> None:
    failed = [one for one in printed if one.error]
    fresh = [one for one in printed if not one.kept and not one.error]
    kept = sum(one.kept for one in printed)
    peak = max((one.peak for one in printed), default=0)
    errors = [{"document": one.job.document_id, "unit": one.job.unit, "why": one.error} for one in failed]
    summary = {
        "to": str(to), "printed": len(fresh), "kept": kept, "seconds": round(seconds, 1),
        "per_second": round(len(fresh) / seconds, 1) if fresh else 0.0, "bytes": sum(one.size for one in printed),
        "peak_bytes": peak,
        "errors": errors,
    }  # fmt: skip
    rate = f", {summary['per_second']} a second" if fresh else ""
    memory = f"; a process used at most {peak / 2**20:.0f} MB" if peak else ""
    words = f"{len(fresh)} printed, {kept} kept, {len(failed)} failed, in {seconds:.1f} s{rate}{memory}: {to}"
    say(summary, words, as_json=as_json)
    if failed and not as_json:
        columns = {"document": "Văn bản", "unit": "Đơn vị", "why": "Vì sao chưa in được"}
        show(errors, columns, as_json=False)
