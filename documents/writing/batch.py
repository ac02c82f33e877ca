"""Many papers at once (in hàng loạt): each signed document of a plan as its PDF of record, by a few processes.

A process keeps its compiler and its connection from one paper to the next and hands back no pages, only that they are
written, so that memory does not grow with the number. A file's name bears the digest of its content: what is there
and whole is kept, so a batch that was broken off goes on where it stood.
"""

import os
import resource
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from sqlmodel import Session

from documents.signing.kept import pdf_of
from documents.writing.pages import pdf
from documents.writing.sheets import file_name
from states.database import engine, transaction
from states.errors import DonDocError, Invalid
from states.reading.links import NUMBER

WORKERS = 2
_AHEAD = 4
"""Papers that wait for each process: enough that none is idle, few enough to be held."""
_STOPPED = "tiến trình in đã dừng giữa chừng (a printing process ended): chạy lại lệnh, phần đã in được giữ"


class NotAPlace(Invalid):
    """Không ghi được vào «{path}» (cannot be written): name a folder, or a file that ends with .zip."""


@dataclass(frozen=True)
class Job:
    """A content that is to be printed, and the name of its file."""

    document_id: int
    revision_id: int
    unit: str
    name: str


@dataclass(frozen=True)
class Printed:
    """What became of a job: bytes of its file, or why there is none. `kept`: it was there already. `peak`: the most
    memory that its process has used, in bytes."""

    job: Job
    size: int = 0
    kept: bool = False
    error: str | None = None
    peak: int = 0


def jobs(session: Session, plan_id: int, path: str, level: str | None = None) -> list[Job]:
    """Every signed or sent report of a plan in a part of the tree, in the tree's order."""
    keys = {"plan": plan_id, "path": path, "end": path[:-1] + "0", "level": level}
    rows = session.connection().exec_driver_sql(_JOBS, keys)
    return [Job(row[0], row[1], row[2], file_name(row[2], row[3] or "chua-co-so", str(row[0]), row[4], ending="pdf"))
            for row in rows]  # fmt: skip


def print_all(url: str, wanted: Sequence[Job], folder: Path, at: datetime, workers: int = WORKERS) -> Iterator[Printed]:
    """Print into a folder, telling of each as it is done, in no order. `url`: the database, as the program's login.

    An error is told with its document and ends nothing. Raises `NotAPlace`.
    """
    _make(folder)
    missing = []
    for job in wanted:
        if is_whole(folder / job.name):
            yield Printed(job, (folder / job.name).stat().st_size, kept=True)
        else:
            missing.append(job)
    if missing:
        yield from _by_processes(url, missing, folder, at, workers)


def pack(folder: Path, wanted: Sequence[Job], target: Path) -> None:
    """One ZIP of what was printed (not pressed once more: a PDF is packed already), put in place when it is whole."""
    part = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as made:
        for job in wanted:
            if is_whole(folder / job.name):
                made.write(folder / job.name, job.name)
    os.replace(part, target)


def unpack(target: Path, wanted: Sequence[Job], folder: Path) -> None:
    """Take out of a ZIP that is there what need not be printed again; one that is damaged gives nothing."""
    _make(folder)
    names = {job.name for job in wanted if not (folder / job.name).exists()}
    try:
        with zipfile.ZipFile(target) as there:
            for name in names & set(there.namelist()):
                with there.open(name) as source, (folder / name).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    except (OSError, zipfile.BadZipFile):
        return


def is_whole(path: Path) -> bool:
    """Whether a PDF is there from its first mark to its last."""
    try:
        with path.open("rb") as file:
            first = file.read(5)
            file.seek(-min(16, path.stat().st_size), os.SEEK_END)
            return first == b"%PDF-" and file.read().rstrip().endswith(b"%%EOF")
    except OSError:
        return False


def _by_processes(url: str, missing: Sequence[Job], folder: Path, at: datetime, workers: int) -> Iterator[Printed]:
    """A few papers ahead of each process, never all at once."""
    waiting, running = iter(missing), dict[Future[Printed], Job]()
    # Spawned, not forked: a forked process would share the parent's connections and threads.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (url, str(folder), at)) as pool:
        broken = False
        while True:
            while not broken and len(running) < workers * _AHEAD and (job := next(waiting, None)):
                try:
                    running[pool.submit(_print, job)] = job
                except BrokenProcessPool:
                    broken = True
                    yield Printed(job, error=_STOPPED)
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                broken = broken or isinstance(future.exception(), BrokenProcessPool)
                yield Printed(job, error=_STOPPED) if future.exception() else future.result()
        for job in waiting:
            yield Printed(job, error=_STOPPED)


_HERE: dict[str, object] = {}


def _begin(url: str, folder: str, at: datetime) -> None:
    _HERE.update(url=url, folder=Path(folder), at=at)


def _print(job: Job) -> Printed:
    """In a process of its own: the paper set and put in place when it is whole."""
    folder, at = _HERE["folder"], _HERE["at"]
    assert isinstance(folder, Path) and isinstance(at, datetime)
    part = folder / f".{job.name}.part"
    try:
        with transaction(engine(str(_HERE["url"]))) as session:
            body = pdf_of(session, job.document_id, job.revision_id)
            body = body or pdf(session, job.document_id, job.revision_id, at)
        part.write_bytes(body)
        os.replace(part, folder / job.name)
    except DonDocError as error:
        return Printed(job, error=error.message, peak=_peak())
    except Exception as error:  # one that can't be printed must not end the others
        part.unlink(missing_ok=True)
        return Printed(job, error=f"{type(error).__name__}: {error}", peak=_peak())
    return Printed(job, len(body), peak=_peak())


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotAPlace(path=folder) from error


_JOBS = f"""
SELECT d.id, r.id, u.name, {NUMBER.format("sent")}, left(encode(r.digest, 'hex'), 8)
  FROM document d JOIN revision r ON r.id = d.revision_id JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT s.number, s.symbol FROM sending s WHERE s.document_id = d.id AND s.revision_id = r.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.state IN ('signed','submitted','consolidated')
   AND d.path >= %(path)s AND d.path < %(end)s AND (%(level)s::varchar IS NULL OR d.level = %(level)s)
 ORDER BY d.path, d.id
"""
