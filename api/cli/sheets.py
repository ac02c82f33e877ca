"""`dondoc blank` and `dondoc tables`: the blank Excel form of a report to be filled in, and a document's tables."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common import DOCUMENT_HELP, database, now
from documents.writing.blank_form import blank_xlsx, read_blank
from documents.writing.document_sheet import document_xlsx
from states.errors import Conflict

File = Annotated[Path, typer.Argument(help="Where to write the .xlsx file.", dir_okay=False)]


class FileIsThere(Conflict):
    """Đã có tệp «{file}» (the file is there already): choose another name, or remove it first."""


def register(app: typer.Typer) -> None:
    """Add `blank` and `tables` to the program's own commands."""
    app.command()(blank)
    app.command()(tables)


def blank(document: Annotated[int, typer.Argument(help=DOCUMENT_HELP)], file: File) -> None:
    """Write the blank form of a report that is being drafted: one sheet a table, with what the draft holds already."""
    with database() as session:
        _write(file, blank_xlsx(read_blank(session, document, now())))


def tables(document: Annotated[int, typer.Argument(help=DOCUMENT_HELP)], file: File) -> None:
    """Write a document's tables as an Excel file: what is signed, else the draft."""
    with database() as session:
        _write(file, document_xlsx(session, document, None, now()))


def _write(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileExistsError as error:
        raise FileIsThere(file=file.name) from error
    typer.echo(f"{file}: {len(data)} byte")
