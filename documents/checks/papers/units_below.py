"""Units named in rows of a table (tên xã, phường trong bảng): against the units below the issuer on that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from documents.checks.papers.paper import Grid
from documents.reading.folding import fold, key
from documents.reading.incoming import Incoming
from documents.reading.names.gazetteer import Unit, shipped
from states.names import normal_form, split_type

_COLUMN = re.compile(r"(?:ten )?(?:cac )?(?:xa|phuong|thi tran|don vi|dia phuong|huyen|quan|thanh pho)\b")
_MOST, _NEAR = 0.7, 85
"""Share of rows that must bear names of units below, before another is taken for a slip of one; likeness (0..100)."""


def misspelt_rows(incoming: Incoming, grids: tuple[Grid, ...]) -> Iterator[tuple[str, str, str]]:
    """Written, meant, where: a name that differs in its marks or a letter from the one unit that it can mean."""
    unit, day = incoming.unit.value, incoming.date.value.full if incoming.date.value else None
    columns = [(grid, n) for grid in grids for n, name in enumerate(grid.columns[:3]) if _COLUMN.match(fold(name))]
    if unit is None or day is None or unit.level == "commune" or not columns:
        return
    below = _below(unit, day)
    for grid, column in columns:
        cells = [(split_type(row[column])[1] or row[column], place) for row, place in
                 zip(grid.rows, grid.places, strict=True) if row[column]]  # fmt: skip
        known = sum(normal_form(name) in below for name, _ in cells)
        for name, place in cells if known > 2 and known >= _MOST * len(cells) else ():
            if normal_form(name) not in below and (right := _meant(name, below, {n for n, _ in cells})):
                yield name, right, place


def communes(unit: Unit | None, day: date | None) -> tuple[int, tuple[str, ...]]:
    """How many communes a province has had since 2025, and of which kinds; older trees know only their last day."""
    if unit is None or day is None or unit.level != "province" or unit.registry != "vn2":
        return 0, ()
    mine = (unit.registry, unit.code)
    below = [one for one in shipped().units.values() if one.parent == mine and one.on(day)]
    return len(below), tuple(sorted({fold(split_type(one.name)[0]) for one in below}))


def names_below(unit: Unit, day: date | None) -> tuple[str, ...]:
    """The units right below it on that day."""
    mine = (unit.registry, unit.code)
    return tuple(one.name for one in shipped().units.values() if day and one.parent == mine and one.on(day))


def _below(unit: Unit, day: date) -> dict[str, str]:
    """Names of the units below, without their types, by their normal form."""
    mine = (unit.registry, unit.code)
    names = (split_type(one.name)[1] for one in shipped().units.values() if one.parent == mine and one.on(day))
    return {normal_form(name): name for name in names}


def _meant(name: str, below: dict[str, str], taken: set[str]) -> str:
    """The one unit that is not in the table by its right name and is nearest."""
    present = {normal_form(one) for one in taken}
    free = [right for form, right in below.items() if form not in present]
    same = [right for right in free if key(right) == key(name)]
    near = same or [right for right in free if fuzz.ratio(key(right), key(name)) >= _NEAR and len(key(name)) > 4]
    return near[0] if len(near) == 1 else ""
