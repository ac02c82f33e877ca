"""Figures and their sums, reckoned anew: amounts exact, bounds joined, missing never zero."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any

Figure = tuple[Decimal, int]
"""Amount and bound; 1 and 3 say at least and more than, 4 and 12 at most and less than, 16 about."""
Figures = dict[tuple[int, int], Figure]
"""By cell (table·10,000 + row·100 + column) and line; line 0 belongs to the form, others are free rows."""

_EXACT = Context(prec=50, traps=[Inexact, InvalidOperation])
_SIGNS = {"": 0, ">=": 1, ">": 3, "<=": 4, "<": 12, "~": 16}
_FIGURE = re.compile(r"(>=|<=|>|<|~|)(-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,5}[1-9])?)")


class Shape:
    """What a form says about its cells: which add up, which stay with their unit, which stand for «Không»."""

    def __init__(self, data: Mapping[str, Any], kept: str) -> None:
        """`data`: the form; `kept`: the cells that don't go up, as PostgreSQL writes an array."""
        self.kept = frozenset(int(cell) for cell in kept.strip("{}").split(",") if cell)
        self._columns = {(table["number"], column["number"]): column.get("add") or column.get("type")
                         for table in data.get("tables", ()) for column in table["columns"]}  # fmt: skip
        self._tables = {table["number"]: table for table in data.get("tables", ())}
        self._adds: dict[int, bool] = {}

    def adds(self, cell: int) -> bool:
        """Whether figures of this cell are summed."""
        if cell not in self._adds:
            how = self._columns.get((cell // 10_000, cell % 100), "none")
            self._adds[cell] = how not in ("none", "text", "percent", "duration")
        return self._adds[cell]

    def nil(self, table: int) -> Iterator[int]:
        """The cells that «Không» in a table reports as 0."""
        found = self._tables.get(table, {"categories": (), "columns": ()})
        for category in found["categories"]:
            for column in found["columns"]:
                cell = table * 10_000 + category["number"] * 100 + column["number"]
                if category.get("columns") is None or column["number"] in category["columns"]:
                    if self.adds(cell):
                        yield cell


def read(content: Mapping[str, Any], shape: Shape, *, total: bool) -> Figures:
    """The figures that add up in a content; a `total` says them itself, another one also by its rows."""
    found: Figures = {}
    for number, row in enumerate(() if total else content.get("rows") or (), 1):
        base, line = row["table"] * 10_000 + row.get("row", 0) * 100, 0 if row.get("row") else number
        for column, value in (row.get("values") or {}).items():
            _put(found, (base + int(column), line), value, shape)
    stated: Figures = {}
    for cell, value in (content.get("figures") or {}).items():
        _put(stated, (int(cell), 0), value, shape)
    found |= stated
    for table in content.get("nil") or ():
        for cell in shape.nil(table):
            found.setdefault((cell, 0), (Decimal(0), 0))
    return found


def add(one: Figure | None, other: Figure) -> Figure:
    """Amounts add, bounds join."""
    if one is None:
        return other
    if not one[1] and not other[1]:
        return _EXACT.add(one[0], other[0]), 0
    return _EXACT.add(one[0], other[0]), normal(one[1] | other[1])


def normal(bits: int) -> int:
    """More and less together only leave "about"."""
    if bits & 16 or (bits & 3 and bits & 12):
        return 16
    return bits | 1 if bits & 2 else bits | 4 if bits & 8 else bits


def summed(parts: Iterable[Iterable[tuple[int, Figure]]]) -> dict[int, Figure]:
    """The sum by cell."""
    result: dict[int, Figure] = {}
    for part in parts:
        for cell, figure in part:
            result[cell] = add(result.get(cell), figure)
    return result


def words(figure: Figure | None) -> str:
    """A figure for people."""
    if figure is None:
        return "–"
    sign = next((sign for sign, bits in _SIGNS.items() if bits == figure[1]), "?")
    return f"{sign}{figure[0]:f}"


def _put(into: Figures, place: tuple[int, int], value: str, shape: Shape) -> None:
    match = _FIGURE.fullmatch(value) if shape.adds(place[0]) else None
    if match is not None:
        into[place] = add(into.get(place), (Decimal(match[2]), _SIGNS[match[1]]))
