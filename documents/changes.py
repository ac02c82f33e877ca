"""One difference between two contents (một thay đổi), and those of one table or section together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from documents.word_diff import Piece

Kind = Literal["text", "cell", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """One difference. `place`: path into the new content, of a removed row into the old one. `label`: the row's or the
    text's name, `column` the cell's.

    Of a text `pieces`; of a cell `old` and `new` as they are printed, "" where none stood, and `difference` of two
    exact figures; of a row that came or went `values`: (column, what stands there).
    """

    kind: Kind
    place: str
    label: str
    column: str = ""
    old: str = ""
    new: str = ""
    difference: Decimal | None = None
    pieces: tuple[Piece, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """The changes of one table (`table` is its number) or section of text."""

    title: str
    changes: tuple[Change, ...]
    table: int | None = None
