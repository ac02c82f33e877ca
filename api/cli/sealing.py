"""`dondoc audit seal`, `checkpoint`, `key`, `verify`: the log, sealed by hand, kept outside, and verified whole."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.common import AsJson, database, now
from api.cli.tables import console, say, show
from documents.proof.verifying import given
from states import database as db
from states.errors import Invalid, NotFound
from states.log import keys, notes
from states.log.notes import Note, Verifier
from states.log.sealing import Sealed
from states.settings import current
from states.verifying import everything
from workflows import sealing

Outside = Annotated[
    list[Path] | None, typer.Option("--checkpoint", help="A checkpoint that somebody else kept; may be given again.")
]
KeyLine = Annotated[
    str | None, typer.Option("--key", help="The log's verifier key (one line, or a file); this machine's without it.")
]


class NoCheckpointYet(NotFound):
    """Chưa có mốc niêm phong nào (nothing was sealed yet): run `dondoc audit seal` first."""


class CantRead(Invalid):
    """Không đọc được tệp {path} ({why}) (the file can't be read): correct its name."""


def register(app: typer.Typer) -> None:
    """Add the commands to `dondoc audit`."""
    for command in (seal, checkpoint, key, verify):
        app.command()(command)


def seal(as_json: AsJson = False) -> None:
    """Seal what was written since the last time, and sign a checkpoint (niêm phong).

    Written to the folder of DONDOC_CHECKPOINTS where one is set. The program does this hourly by itself.
    """
    db.check_ready()
    done = sealing.seal(now())
    say(done, f"Đã niêm phong {done.leaves} dấu vết; mốc {done.size}.", as_json=as_json)


def checkpoint(
    to: Annotated[Path | None, typer.Option(help="A folder to write it to, with the key.", file_okay=False)] = None,
) -> None:
    """Print the newest checkpoint (mốc niêm phong), to be kept where no administrator can change it."""
    with database() as session:
        row = session.connection().exec_driver_sql(_NEWEST).one_or_none()
    if row is None:
        raise NoCheckpointYet()
    if to is not None:
        path = sealing.keep(Sealed(0, row[0], row[1]), keys.of(current()), to)
        say({"file": str(path)}, str(path), as_json=False)
    else:
        typer.echo(row[1], nl=False)


def key() -> None:
    """Print the log's verifier key (khóa kiểm), one line, to be published."""
    typer.echo(keys.of(current()).verifier.line)


def verify(outside: Outside = None, key: KeyLine = None, as_json: AsJson = False) -> None:
    """Verify everything: chains, contents, figures and sums, registers, the log and its checkpoints.

    Recomputed here from the rows; exit code 4 where something is wrong. Only a checkpoint that somebody else kept shows
    that whoever has all rights and the log's key rewrote everything.
    """
    db.check_ready()
    verifier = verifier_of(key)
    started = datetime.now(UTC)
    with _progress(quiet=as_json) as bar:
        task = bar.add_task("Kiểm toán", total=None) if bar else None

        def tell(done: int, of: int) -> None:
            if bar and task is not None:
                bar.update(task, completed=done, total=of)

        found = everything.verify(db.urls(current()).program, verifier, notes_in(outside), tell=tell)
    rows = [{"place": each.place, "words": each.words, "english": each.english} for each in found.faults]
    seconds = (datetime.now(UTC) - started).total_seconds()
    title = (f"{found.rows.get('step', 0)} bước, {found.rows.get('revision', 0)} bản nội dung, {found.size} dấu vết"
             f" ({found.waiting} chờ niêm phong), {found.checkpoints} mốc, {seconds:.0f} s:"
             f" {len(rows) or 'không có'} sai lệch")  # fmt: skip
    if rows or as_json:
        show(rows, {"place": "Chỗ", "words": "Sai lệch", "english": "In English"}, as_json=as_json, title=title)
    else:
        console.print(f"✓ {title}", style="green", highlight=False)
    raise typer.Exit(4 if rows else 0)


def verifier_of(line: str | None) -> Verifier:
    """The key that is named, in a line or a file; this machine's where none is. Raises `BadKey`, `CantRead`."""
    if line is None:
        return keys.of(current()).verifier
    try:
        return Verifier.read(given.key_line(line))
    except OSError as error:
        raise CantRead(path=line, why=error.strerror) from None


def notes_in(paths: list[Path] | None) -> list[Note]:
    """The checkpoints in these files. Raises `BadNote`, `CantRead`."""
    return [notes.read(_text(path)) for path in paths or ()]


def _text(path: Path) -> str:
    try:
        return given.text(path)
    except OSError as error:
        raise CantRead(path=path, why=error.strerror) from None


def _progress(*, quiet: bool) -> AbstractContextManager[Progress | None]:
    if quiet:
        return nullcontext()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)


_NEWEST = "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1"
