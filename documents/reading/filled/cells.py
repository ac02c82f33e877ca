"""Single cells of a form that was filled in: as text, as people write it; and where its hidden names stand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from documents.reading.filled.key import CodesRemoved
from documents.writing.blank_key import CODES


def codes(name: str, rows: Sequence[Sequence[Any]]) -> tuple[int, int]:
    """The column that names the lines, and the line that names the columns."""
    for number, row in enumerate(rows):
        if CODES in row:
            return list(row).index(CODES), number
    raise CodesRemoved(sheet=name)


def as_text(cell: Any) -> str:
    """A cell as it was typed; a number as people write it, without grouping."""
    if isinstance(cell, list):
        return _number(cell[1]) if cell[0] == "n" else str(cell[1])
    return str(cell).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _number(said: str) -> str:
    """A float of the file: at most six decimals, as many as a figure may have; Excel counts to fifteen digits."""
    amount = Decimal(said)
    if amount == amount.to_integral_value():
        return f"{amount:f}".partition(".")[0]
    short = f"{amount:.6f}".rstrip("0").rstrip(".")
    return (short if Decimal(short) else f"{amount:f}").replace(".", ",")
