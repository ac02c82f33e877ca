"""What was read of one paper (văn bản đến): every field with its place and how sure it is; what to ask about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from documents.reading.cited.reference import Reference
from documents.reading.days.dates import PartialDate
from documents.reading.days.deadlines import Deadline
from documents.reading.days.period import Period
from documents.reading.events.told import Event
from documents.reading.figures.money import Money
from documents.reading.indicators.indicator import Indicator
from documents.reading.model import Place, Read
from documents.reading.names.gazetteer import Unit
from documents.reading.parts.outline import Section
from documents.reading.parts.signing import Signer
from documents.reading.tables.into_form import Filled
from documents.reading.tables.squaring import ReadTable
from states.figures import Figure
from states.sentences import Sentence


@dataclass(frozen=True)
class Incoming:
    """One paper, read. A field that is None or empty was not found; `Read.said` then tells what is missing."""

    file: str
    kind: str
    sha256: str
    pages: int
    issuer: Read[str | None]
    unit: Read[Unit | None]
    parent_unit: Read[str | None]
    """The unit above the issuer's, of that day."""
    province: Read[str | None]
    parent_line: Read[str | None]
    """The body above the issuer in the letterhead (cơ quan chủ quản)."""
    number: Read[str | None]
    symbol: Read[str | None]
    place: Read[str | None]
    date: Read[PartialDate | None]
    type_word: Read[str | None]
    type_abbreviation: str
    title: Read[str | None]
    motto: bool
    period: Read[Period] | None
    answers: Read[Reference] | None
    """The plan or instruction that it carries out or reports on."""
    references: tuple[Read[Reference], ...]
    addressees: tuple[Read[str], ...]
    recipients: tuple[Read[str], ...]
    signer: Read[Signer]
    form: Read[str] | None
    tables: tuple[Read[ReadTable], ...]
    filled: Filled | None
    indicators: tuple[Read[Indicator], ...]
    money: tuple[Read[Money], ...]
    events: tuple[Read[Event], ...]
    deadlines: tuple[Read[Deadline], ...]
    sections: tuple[Section, ...]
    task_groups: tuple[Read[str], ...]
    assignees: tuple[Read[str], ...]
    notes: tuple[Sentence, ...] = ()
    """What the opening of the file has to tell (encoding, what was left out)."""

    def reads(self) -> Iterator[tuple[str, Read[Any]]]:
        """Every field that was looked for, under its name."""
        for one in fields(self):
            value = getattr(self, one.name)
            for read in value if isinstance(value, tuple) else (value,):
                if isinstance(read, Read):
                    yield one.name, read

    def asks(self) -> list[tuple[str, Read[Any]]]:
        """What a person must confirm before it is used."""
        return [(name, read) for name, read in self.reads() if read.asks]


def as_data(value: Any) -> Any:
    """A reading as JSON's own kinds: figures as ">540", dates as "2023-12", places with their words."""
    if isinstance(value, Read):
        return {"value": as_data(value.value), "raw": value.raw, "place": as_data(value.place), "sure": value.sure,
                "asks": value.asks, "said": value.said}  # fmt: skip
    if isinstance(value, Figure):
        return value.canonical
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Place):
        return {"page": value.page, "line": value.line, "table": value.table, "cell": value.cell}
    if isinstance(value, Reference):
        return {"code": value.code, **_fields(value)}
    return _fields(value) if is_dataclass(value) else _plain(value)


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: as_data(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): as_data(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return (
        value
        if value is None or isinstance(value, bool | int | float | str)
        else str(Decimal(value) if isinstance(value, Decimal) else value)
    )
