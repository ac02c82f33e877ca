"""What a file says, whatever kind of file it was: lines and tables, each with its place; and what was read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from states.sentences import Sentence

ASK_BELOW = 0.8
"""A field less sure than this is asked about, never taken silently."""

V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page and line count from 1; `cell` is "row,column" in `table` (also from 1)."""

    page: int = 1
    line: int = 0
    table: int = 0
    cell: str = ""

    @property
    def words(self) -> str:
        """For people: "trang 2, dòng 14", "bảng 1, ô 3,2"."""
        if self.table:
            return f"bảng {self.table}" + (f", ô {self.cell}" if self.cell else "")
        return f"trang {self.page}, dòng {self.line}" if self.line else "không có trong văn bản"


NOWHERE = Place(0, 0)
"""The place of what was concluded and stands nowhere."""


@dataclass(frozen=True, slots=True)
class Read(Generic[V]):
    """A value that was read, as it was written, where, how sure (0..1), and why it is not quite sure."""

    value: V
    raw: str
    place: Place
    sure: float = 1.0
    said: str = ""

    @property
    def asks(self) -> bool:
        """Whether a person must confirm it before it is used."""
        return self.sure < ASK_BELOW


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text without its edges' blanks; `column` 1 stands to the right of another of the same number."""

    text: str
    page: int
    number: int
    column: int = 0
    gap: bool = False
    """Whether a blank stands before it."""
    bold: bool = False
    tail: bool = True
    """Whether it ends where the writer ended it (a Word paragraph); False where the page's width may have cut it."""
    box: tuple[float, float, float, float] | None = None
    """Where it stands on a page that has a picture: left, top, right, bottom as shares of the page."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.page, self.number)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the file: rows of cells, merged cells blank after their first; `line` of its first."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    line: int
    sheet: str = ""
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """How many columns a merged cell covers, by (row, column) from 0; only those above 1."""
    doubt: str = ""
    """Why its cells may stand under wrong columns."""
    half: int = 0
    """1 where it fills only the left half of its page, 2 the right."""


@dataclass(frozen=True, slots=True)
class Text:
    """All that one file says, with the digest of its bytes (SHA-256, hex)."""

    name: str
    kind: str
    sha256: str
    pages: int
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    notes: tuple[Sentence, ...] = ()
    """What the opening has to tell: the encoding, what was left out."""

    def as_data(self) -> dict[str, Any]:
        """JSON's own kinds, for the way out of the process that read the file."""
        return {
            "name": self.name, "kind": self.kind, "sha256": self.sha256, "pages": self.pages,
            "lines": [[x.text, x.page, x.number, x.column, x.gap, x.bold, x.tail, x.box] for x in self.lines],
            "grids": [[g.rows, g.page, g.line, g.sheet, [[*at, n] for at, n in g.spans.items()], g.doubt, g.half]
                      for g in self.grids],
            "notes": [[one.pattern, one.fields] for one in self.notes],
        }  # fmt: skip

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Text:
        """The text that `as_data` wrote down."""
        return cls(
            data["name"], data["kind"], data["sha256"], data["pages"], tuple(map(_line, data["lines"])),
            tuple(_grid(*one) for one in data["grids"]),
            tuple(Sentence(pattern, **fields) for pattern, fields in data["notes"]),
        )  # fmt: skip

    def column(self, number: int) -> Iterator[Line]:
        """The lines of one column."""
        return (line for line in self.lines if line.column == number)


def _line(told: list[Any]) -> Line:
    text, page, number, column, gap, bold, tail, box = told
    edges = (box[0], box[1], box[2], box[3]) if box else None
    return Line(text, page, number, column, gap, bold, tail, edges)


def _grid(
    rows: list[list[str]], page: int, line: int, sheet: str, spans: list[list[int]], doubt: str, half: int
) -> Grid:
    merged = {(row, column): n for row, column, n in spans}
    return Grid(tuple(map(tuple, rows)), page, line, sheet, merged, doubt, half)
