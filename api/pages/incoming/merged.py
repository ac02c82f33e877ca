"""The head of a table with its merged cells (ô gộp) as the paper shows them, found again from the blanks they leave."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A cell: its words, over how many columns and rows it reaches, whether it names columns."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False


def merged(rows: Sequence[Sequence[str]], heads: int) -> list[list[Cell]]:
    """Rows of cells; in the first `heads` rows a blank belongs to the group at its left or to the name above it."""
    head, taken = rows[:heads], set[tuple[int, int]]()
    shown: list[list[Cell]] = []
    for at, row in enumerate(rows):
        if at >= heads:
            shown.append([Cell(text) for text in row])
            continue
        cells = []
        for column, text in enumerate(row):
            if (at, column) not in taken:
                cells.append(_cell(head, at, column, taken) if text else Cell(""))
        shown.append(cells)
    return shown


def _cell(head: Sequence[Sequence[str]], at: int, column: int, taken: set[tuple[int, int]]) -> Cell:
    """A name: over the blanks at its right that have names of their own below, down over blanks."""
    below = head[at + 1 :]
    across = 1
    while column + across < len(head[at]) and not head[at][column + across] and _named(below, column + across):
        across += 1
    across = across if _named(below, column) else 1  # a group stands over its own first column too
    down = 1
    while at + down < len(head) and not any(_text(head[at + down], column + n) for n in range(across)):
        down += 1
    taken |= {(at + i, column + n) for i in range(down) for n in range(across)}
    return Cell(head[at][column], across, down, head=True)


def _named(below: Sequence[Sequence[str]], column: int) -> bool:
    return any(_text(row, column) for row in below)


def _text(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
