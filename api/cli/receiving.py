"""`dondoc receive`: the mailbox folder of a unit; every file is kept, read, and waits on the page «Nhận văn bản»."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text as Words

from api.cli.common import AsJson, Office, acting, database, now
from api.cli.tables import as_text, console
from documents.reading import limits
from documents.reading.files import bytes_of
from documents.reading.refusals import TooMuch
from documents.receiving import TakenIn, read_one, take_in
from states.errors import DonDocError, NotFound, Refused
from states.offices import Held

AT_ONCE = 2


class NoSuchFolder(NotFound):
    """Không có thư mục «{folder}» (no such folder): nêu thư mục chứa tệp nhận được."""


class NotForThisOffice(Refused):
    """Nhận văn bản dành cho văn thư và công chức tham mưu (for a clerk or a drafter): nêu đúng vị trí với --office."""


@dataclass(frozen=True)
class Did:
    """What was done with one file: kept (new), known, or refused with one sentence; `number` on the page."""

    file: str
    did: str
    number: int | None = None
    words: str = ""


def register(app: typer.Typer) -> None:
    """Add `receive` to the program's own commands."""
    app.command()(receive)


def receive(
    folder: Annotated[Path, typer.Argument(help="A folder of files and mails; nothing in it is moved or changed.")],
    office: Office,
    as_json: AsJson = False,
) -> None:
    """Take in the files of a folder for the unit of an office: kept as they are, read, shown on «Nhận văn bản».

    A file that is there already (by its SHA-256) is passed over, so that the same folder may be taken in again.
    Exit code 4 where a file could not be read or kept: there is something to look at.
    """
    if not folder.is_dir():
        raise NoSuchFolder(folder=folder.name)
    with database() as session:
        held = acting(session, office)
    if held.seat not in ("clerk", "drafter"):
        raise NotForThisOffice()
    with ThreadPoolExecutor(AT_ONCE) as readers:
        found = list(readers.map(lambda path: _one(folder, path, held), _files(folder)))
    if as_json:
        typer.echo(as_text([vars(one) for one in found]))
    else:
        console.print(_table(found))
    raise typer.Exit(4 if any(one.did in ("refused", "unread") for one in found) else 0)


def _files(folder: Path) -> Iterator[Path]:
    paths = sorted(one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir())
    if len(paths) > limits.IN_A_BOX:
        raise TooMuch(name=folder.name, what="tệp", most=limits.IN_A_BOX)
    return (path for path in paths if not path.name.startswith((".", "~$")))


def _one(folder: Path, path: Path, held: Held) -> Did:
    shown = str(path.relative_to(folder))
    try:
        taken = _kept(path, held)
    except DonDocError as error:
        return Did(shown, "refused", None, error.message)
    if not taken.new:
        return Did(shown, "known", taken.id)
    wrong = read_one(database, taken.id, now())
    return Did(shown, "unread" if wrong else "kept", taken.id, " ".join(wrong))


def _kept(path: Path, held: Held) -> TakenIn:
    data = bytes_of(path)
    with database() as session:
        return take_in(session, held.unit_id, path.name, data, "folder", held.actor, now())


def _table(found: list[Did]) -> Table:
    table = Table("Tệp", "Đã làm gì", "Số", "Vì sao")
    for one in found:
        style: dict[str, Any] = {"style": "red"} if one.did in ("refused", "unread") else {}
        table.add_row(Words(one.file), Words(_WORDS[one.did], **style), str(one.number or ""), Words(one.words))
    return table


_WORDS = {"kept": "đã giữ và đọc", "known": "đã có từ trước", "unread": "đã giữ, chưa đọc được",
          "refused": "không nhận"}  # fmt: skip
