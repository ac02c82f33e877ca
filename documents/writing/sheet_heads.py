"""Headings over columns of a sheet (đầu biểu), merged as the form's columns are: group, subgroup, column."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from xlsxwriter.worksheet import Worksheet

from documents.writing.sheet_sizes import height
from documents.writing.sheets import Book, Column

T = TypeVar("T")
Heading = tuple[str, ...]
"""The headings over one column, from the top; "" leaves the room to the one below it."""


def write_heads(
    book: Book, sheet: Worksheet, row: int, heads: Sequence[Heading], columns: Sequence[Column]
) -> int:  # fmt: skip
    """Write the headings of all columns, each of the same depth; returns the next row. `columns`: for their widths.

    Neighbours under the same headings share them; what is the same over one column only reaches down to it.
    """
    depth = len(heads[0])
    high = [0.0] * depth
    for top, left, bottom, right, text in _areas(heads):
        if (top, left) != (bottom, right):
            sheet.merge_range(top + row, left, bottom + row, right, "", book.look("head"))
        sheet.write_string(top + row, left, text, book.look("head"))
        needs = height(text, sum(one.width for one in columns[left : right + 1]), bold=True) + 3
        high[bottom] = max(high[bottom], needs - 18 * (bottom - top))
    for number, needs in enumerate(high):
        sheet.set_row(row + number, max(18.0, needs))
    return row + depth


def runs(values: Sequence[T]) -> Iterator[tuple[int, int, T]]:
    """Neighbours that are the same: the first place, the last, the value."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield first, place - 1, values[first]
            first = place


def _areas(heads: Sequence[Heading]) -> Iterator[tuple[int, int, int, int, str]]:
    """Each heading with the rectangle that it stands in: top, left, bottom, right, counted from the first."""
    depth = len(heads[0])
    for level in range(depth - 1):
        for left, right, path in runs([head[: level + 1] for head in heads]):
            if path[-1]:
                yield _top(path, level), left, level, right, path[-1]
    for place, head in enumerate(heads):
        yield _top(head, depth - 1), place, depth - 1, place, head[-1]


def _top(path: Heading, level: int) -> int:
    """The row where a heading begins: just below the last one above it."""
    return max((above + 1 for above in range(level) if path[above]), default=0)
