"""Bản chữ: the paper as text and real tables, for screen readers, telephones and whoever asks about a place.

The blocks are the paper's own (`documents.writing`), each with the place in the content that it tells of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.filled import read
from documents.forms import Form
from documents.forms import Table as FormTable
from documents.writing.laying import heads
from documents.writing.paper import Block, Heading, Paper, Paragraph, Row, Table
from states.figures import Cell

_NUMBER = re.compile(r"^([IVXL]+|\d+)\.\s+")
_TABLE = re.compile(r"^Biểu (\d+): ")
_ENTRIES = {"tasks": "tasks", "organisation": "assignees"}


@dataclass(frozen=True)
class TextCell:
    """A cell: its words, the place that may be asked about, and its column's name for narrow screens."""

    text: str
    place: str = ""
    column: str = ""
    numeric: bool = False
    wide: int = 1


@dataclass(frozen=True)
class TextRow:
    """A row; `kind` as on the paper: row, total, gap, heading."""

    kind: str
    cells: tuple[TextCell, ...]
    place: str = ""


@dataclass(frozen=True)
class TextTable:
    """A table; `head`: rows of (words, columns, rows); `keys`: leading columns that name the row."""

    caption: str
    head: tuple[tuple[tuple[str, int, int], ...], ...]
    rows: tuple[TextRow, ...]
    keys: int
    place: str


@dataclass(frozen=True)
class Said:
    """A heading or a paragraph; of a heading `place`: what may be asked about."""

    kind: str
    text: str
    level: int = 1
    style: str = ""
    place: str = ""


def text_of(paper: Paper, form: Form | None, content: Mapping[str, Any]) -> list[Said | TextTable]:
    """The paper's text with its places. The annexes of a total are not in it: they have a page of their own."""
    return list(_blocks(paper.blocks, form, content))


def _blocks(blocks: Sequence[Block], form: Form | None, content: Mapping[str, Any]) -> Iterator[Said | TextTable]:
    sections = form.sections if form else ()
    titles = {one.title.casefold(): _ENTRIES.get(one.code, f"texts.{one.code}") for one in sections}
    for block in blocks:
        if isinstance(block, Heading):
            place = titles.get(_NUMBER.sub("", block.text).casefold(), "")
            yield Said("heading", block.text, block.level, place=place)
        elif isinstance(block, Paragraph):
            yield Said("paragraph", block.text, style=block.style)
        else:
            yield _table(block, form, content)


def _table(table: Table, form: Form | None, content: Mapping[str, Any]) -> TextTable:
    found = _TABLE.match(table.summary)
    of = next((one for one in form.tables if found and one.number == int(found[1])), None) if form else None
    places = _Places(of, form, content, table)
    rows = tuple(_row(row, table, places) for row in table.rows)
    head = tuple(tuple(line) for line in heads(table))
    return TextTable(table.summary, head, rows, table.keys, f"tables.{of.number}" if of else "")


def _row(row: Row, table: Table, places: "_Places") -> TextRow:
    width = len(table.columns)
    if row.kind == "heading":
        return TextRow("heading", (TextCell(row.cells[0] or "", wide=width),))
    place = places.next(row) if row.kind == "row" else ""
    cells = [
        TextCell(text or "", places.cell(place, at) if text else "", _column(table, at), table.columns[at].numeric)
        for at, text in enumerate(row.cells)
    ]
    if row.kind == "gap":
        cells.append(TextCell(row.words, wide=width - len(cells)))
    return TextRow(row.kind, tuple(cells), place)


def _column(table: Table, at: int) -> str:
    column = table.columns[at]
    return f"{column.group}, {column.title}" if column.group else column.title


class _Places:
    """The places of a table's rows and cells: the writer's own rows by number, a total's by category."""

    def __init__(self, of: FormTable | None, form: Form | None, content: Mapping[str, Any], table: Table) -> None:
        self.of, self.keys = of, table.keys
        found = read(content, form) if form else None
        lines = [one for one in found.lines if of and one.table == of.number] if found else []
        own = sum(row.kind == "row" for row in table.rows) == len(lines) and of is not None and of.layout == "rows"
        self._left = [f"rows.{line.number}" for line in lines] if own else []
        self._categories = {} if own or of is None else {one.label: one.number for one in of.categories}

    def next(self, row: Row) -> str:
        """The place of the next row."""
        if self._left:
            return self._left.pop(0)
        number = self._categories.get(row.cells[1] or "") if self._categories and len(row.cells) > 1 else None
        return f"category.{number}" if number else ""

    def cell(self, place: str, at: int) -> str:
        """The place of one of its cells; "" where nothing may be asked about."""
        index = at - self.keys
        if self.of is None or not place or not 0 <= index < len(self.of.columns):
            return ""
        column = self.of.columns[index].number
        kind, _dot, number = place.partition(".")
        if kind == "rows":
            return f"{place}.values.{column}"
        return f"figures.{int(Cell.of(self.of.number, int(number), column))}"
