"""The formulas of our workbooks reckoned again from the cells beside them, to be compared with the stored values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

Cells = Mapping[str, str]
_SUM = re.compile(r'(?:IF\(COUNT\((\w+:\w+)\)=0,"",SUM\(\1\)\)|SUM\((\w+:\w+)\))')
_PERCENT = re.compile(r'IF\(N\((\w+)\)=0,"…",ROUND\(100\*(\w+)/\1,2\)\)')


def reckoned(formula: str, cells: Cells) -> Decimal | str:
    """What a formula of ours gives; raises ValueError for one that we never write."""
    if found := _SUM.fullmatch(formula):
        numbers = [one for place in _area(found[1] or found[2]) if (one := _number(cells.get(place, ""))) is not None]
        return sum(numbers, Decimal(0)) if numbers or not found[1] else ""
    if found := _PERCENT.fullmatch(formula):
        whole, part = _number(cells.get(found[1], "")), _number(cells.get(found[2], ""))
        if not whole:
            return "…"
        assert part is not None
        return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if re.fullmatch(r"[A-Z]+[0-9]+", formula):
        return _number(cells.get(formula, "")) or Decimal(0)
    raise ValueError(formula)


def wrong(formulas: Mapping[str, str], cells: Cells) -> Iterator[str]:
    """Each formula whose stored value is not what it gives."""
    for place, formula in formulas.items():
        stored, found = cells.get(place, ""), reckoned(formula, cells)
        if stored != found and _number(stored) != found:
            yield f"{place}: {formula} gives {found}, stored is {stored!r}"


def _area(text: str) -> Iterator[str]:
    (top, left), (bottom, right) = (xl_cell_to_rowcol(one) for one in text.split(":"))
    yield from (xl_rowcol_to_cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
