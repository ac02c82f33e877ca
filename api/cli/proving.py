"""`dondoc audit bundle` and `dondoc verify`: a document's proof in one file, and that file verified offline."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import DOCUMENT_HELP, AsJson, database, kind_of, now
from api.cli.sealing import CantRead, KeyLine, Outside, notes_in
from api.cli.tables import as_text, console, say
from documents.proof.bundling.making import bundle as make
from documents.proof.verifying.__main__ import verified
from documents.proof.verifying.words import MARKS
from states.log import keys
from states.settings import current
from workflows import sealing

_STYLES = {"good": "green", "bad": "bold red", "note": ""}


def register(app: typer.Typer) -> None:
    """Add the command to `dondoc audit`."""
    app.command()(bundle)


def bundle(
    document: Annotated[int, typer.Argument(help=DOCUMENT_HELP)],
    to: Annotated[Path | None, typer.Option("-o", "--to", help="The file to write.", dir_okay=False)] = None,
    outside: Outside = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """A document's proof in one file (gói chứng minh), as of now: what waits is sealed first.

    `dondoc verify` checks it on any machine, offline.
    """
    path = to or Path(f"van-ban-{document}.zip")
    with database() as session:
        kind_of(session, document)
    sealing.seal(now())
    with database() as session:
        data = make(session, document, keys.of(current()).verifier, notes_in(outside))
    path.write_bytes(data)
    say({"document": document, "file": str(path), "bytes": len(data)}, f"{path}: {len(data)} bytes.", as_json=as_json)


def verify_bundle(
    file: Annotated[Path, typer.Argument(help="The bundle (`dondoc audit bundle`).", dir_okay=False)],
    checkpoint: Annotated[Path | None, typer.Option(help="A checkpoint that somebody else kept.")] = None,
    key: KeyLine = None,
    roots: Annotated[Path | None, typer.Option(help="A folder of trusted certificates.", file_okay=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Verify a proof offline: needs no database and no server. Exit code 4 where it fails."""
    try:
        report = verified(file, checkpoint, key, roots)
    except OSError as error:
        raise CantRead(path=error.filename, why=error.strerror) from None
    lines = [*report.lines, report.verdict]
    if as_json:
        typer.echo(as_text([{"mark": line.mark, "vi": line.vi, "en": line.en} for line in lines]))
    else:
        for line in lines:
            console.print(f"{MARKS[line.mark]} {line.vi}", style=_STYLES[line.mark], highlight=False, markup=False)
    raise typer.Exit(0 if report.whole else 4)
