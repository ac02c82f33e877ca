"""What a command answers: a table in words for people, or JSON with everything in it for scripts."""

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from states.errors import Reason
from states.periods import LOCAL

# A file or a pipe has no width of its own: wide enough there for a board's columns.
console = Console(width=None if sys.stdout.isatty() else 120)


def show(
    rows: Sequence[Any], columns: Mapping[str, str], *, as_json: bool, title: str = "",
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> None:  # fmt: skip
    """Rows as a table with these columns (attribute: heading), or as JSON with everything in them.

    `words`: what the codes in a column mean to people; JSON keeps the codes.
    """
    if as_json:
        typer.echo(as_text([plain(row) for row in rows]))
        return
    if title:
        console.print(Text(title, style="bold"))
    if not rows:
        console.print("Không có dòng nào (nothing to show).", style="dim")
        return
    table = Table(*columns.values())
    for row in rows:
        cells = [(name, cell(_value(row, name))) for name in columns]
        table.add_row(*[Text((words or {}).get(name, {}).get(said, said)) for name, said in cells])
    console.print(table)


def say(done: Any, words: str, *, as_json: bool) -> None:
    """What a command did: in words, or as JSON."""
    if as_json:
        typer.echo(as_text(plain(done)))
    else:
        console.print(words, highlight=False, markup=False)


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


def cell(value: Any) -> str:
    """Any of our values as people read it in a table, never as Python writes it."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{cell(key)}: {cell(item)}" for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(cell, value))
    if dataclasses.is_dataclass(value):
        told = getattr(value, "words", None) or getattr(value, "vi", None)
        return cell(told or {field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    return _one(value)


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return _moment(value.astimezone(LOCAL))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, timedelta):
        return f"{value.days} ngày {value.seconds // 3600} giờ" if value.days else f"{value.seconds // 3600} giờ"
    return str(_simple(value))


def _moment(at: datetime) -> str:
    """A deadline of a day is the midnight that ends it: people say 24:00 of that day, not 00:00 of the next."""
    if at.time() == time():
        return f"{at - timedelta(days=1):%d/%m/%Y} 24:00"
    return f"{at:%d/%m/%Y %H:%M}"


def reasons_table(reasons: Sequence[Reason]) -> Table:
    """The places that are wrong, each with its remedy."""
    table = Table("Ở đâu", "Điều gì", "Làm gì")
    for reason in reasons:
        table.add_row(Text(reason.place), Text(reason.message), Text(reason.remedy))
    return table
