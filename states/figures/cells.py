"""Cells (ô số liệu) of a form by their numbers."""

from __future__ import annotations

from states.errors import Invalid


class BadCell(Invalid):
    """Ô số liệu «{text}» không có: {why}."""


class Cell(int):
    """A cell (ô số liệu) of a form as one integer: table × 10,000 + row × 100 + column.

    Row 0 is a free-text row not yet mapped to a category of the form.
    """

    __slots__ = ()

    @classmethod
    def of(cls, table: int, row: int, column: int) -> Cell:
        """Build a cell; `BadCell` outside table 1..999, row 0..99, column 1..99."""
        if not (1 <= table <= 999 and 0 <= row <= 99 and 1 <= column <= 99):
            raise BadCell(text=f"{table}/{row}/{column}", why="biểu từ 1 đến 999, dòng 0–99, cột 1–99")
        return cls(table * 10_000 + row * 100 + column)

    @property
    def table(self) -> int:
        """Number of the table in the form."""
        return self // 10_000

    @property
    def row(self) -> int:
        """Number of the category (or indicator); 0 is free text."""
        return self // 100 % 100

    @property
    def column(self) -> int:
        """Number of the column."""
        return self % 100
