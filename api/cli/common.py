"""What all commands share: the database, who acts, a table for people or JSON for scripts."""

import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from states.database import check_ready, transaction
from states.errors import Invalid, Reason
from states.offices import Held, of_person
from states.periods import LOCAL

# A file or a pipe has no width of its own: wide enough there for a board's columns.
console = Console(width=None if sys.stdout.isatty() else 120)
AsJson = Annotated[bool, typer.Option("--json", help="JSON for scripts instead of a table.")]
Office = Annotated[
    int, typer.Option("--office", envvar="DONDOC_OFFICE_ID", help="The office you act in (see `dondoc people list`).")
]


class BadDay(Invalid):
    """«{text}» không phải ngày (not a day): write it as 2026-12-18."""


class NoSuchOffice(Invalid):
    """Không có vị trí số {office} đang giữ hôm nay (nobody holds this office today): see `dondoc people list`."""


@contextmanager
def database() -> Iterator[Session]:
    """One transaction on the office's database; refuses one that is not ready, in words."""
    check_ready()
    with transaction() as session:
        yield session


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """This day in Vietnam."""
    return now().astimezone(LOCAL).date()


def day(text: str | None) -> date:
    """A day as it is typed, today where none is."""
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise BadDay(text=text) from None


def acting(session: Session, office_id: int) -> Held:
    """The office that the command acts in, held today."""
    row = session.connection().exec_driver_sql("SELECT person_id FROM office WHERE id = %s", (office_id,)).scalar()
    for held in of_person(session, row, today()) if row is not None else []:
        if held.office_id == office_id:
            return held
    raise NoSuchOffice(office=office_id)


def show(rows: Sequence[Any], columns: Mapping[str, str], *, as_json: bool, title: str = "") -> None:
    """Rows as a table with these columns (attribute: heading), or as JSON with everything in them."""
    if as_json:
        typer.echo(as_text([plain(row) for row in rows]))
        return
    table = Table(title=title or None, title_justify="left")
    for heading in columns.values():
        table.add_column(heading)
    for row in rows:
        table.add_row(*[_cell(_value(row, name)) for name in columns])
    console.print(table)


def say(done: Any, words: str, *, as_json: bool) -> None:
    """What a command did: in words, or as JSON."""
    if as_json:
        typer.echo(as_text(plain(done)))
    else:
        console.print(words, highlight=False)


def as_text(value: Any) -> str:
    """JSON with moments in Vietnam's time."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Any of our values as JSON's own kinds."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).isoformat()
    return _simple(value) if not isinstance(value, Mapping | list | tuple | set | frozenset) else _many(value)


def _many(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    return [plain(item) for item in value]


def _simple(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    if isinstance(value, Decimal | date):
        return str(value)
    return value.hex() if isinstance(value, bytes) else str(value)


def _value(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def reasons_table(reasons: Sequence[Reason]) -> Table:
    """The places that are wrong, each with its remedy."""
    table = Table("Ở đâu", "Điều gì", "Làm gì")
    for reason in reasons:
        table.add_row(reason.place, reason.message, reason.remedy)
    return table
