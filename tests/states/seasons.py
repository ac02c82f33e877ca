"""Whatever everybody may write in one season, and the totals of it as a careful officer makes them by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from documents.forms import form
from states.figures import Cell, Figure
from tests.states.totals import WARDS

FORM = form("action-month", 2)
LABELS = ("Đêm hội trăng rằm", "Ngày chủ nhật xanh", "Chợ phiên")
_FIGURES = st.builds(lambda sign, n: f"{sign}{n}", st.sampled_from(["", "", "", ">=", ">", "<=", "<", "~"]),
                     st.integers(0, 60))  # fmt: skip
_VALUES = st.builds(lambda events, people: {"1": events, **people}, _FIGURES,
                    st.dictionaries(st.sampled_from("23"), _FIGURES))  # fmt: skip
_ROWS = st.lists(
    st.one_of(
        st.builds(lambda row, values: {"table": 1, "row": row, "label": "Theo mẫu", "values": values},
                  st.integers(1, 3), _VALUES),
        st.builds(lambda label, values: {"table": 1, "label": label, "values": values},
                  st.sampled_from(LABELS), _VALUES),
    ), max_size=3)  # fmt: skip
_CONTENT = st.builds(
    lambda rows, stated: {"rows": rows, "figures": stated, "nil": [2, 3] if rows or stated else [1, 2, 3]},
    _ROWS, st.dictionaries(st.sampled_from(["10101", "10201"]), _FIGURES, max_size=1),
)  # fmt: skip
_TOTAL = _CONTENT.map(lambda said: {**said, "nil": []})  # a total of others can't say «Không» for all of them
# A ward's stated figures must be the sum of its rows, or it can't be signed.
_WARD = _CONTENT.map(lambda said: {**said, "figures": {}, "nil": [2, 3] if said["rows"] else [1, 2, 3]})


@dataclass
class Season:
    """What everybody writes in one season: by unit its own part and contributions, by district how it maps labels."""

    own: dict[str, dict[str, Any]]
    given: dict[str, list[dict[str, Any]]]
    maps: dict[str, dict[str, int]]
    correction: dict[str, Any]


@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """Whatever the wards and districts may write, and how each district maps what it reads."""
    given = {unit: draw(st.lists(_CONTENT, max_size=2)) for unit in ("W1", "AM")}
    own = {unit: draw(_WARD if unit in WARDS and not given.get(unit) else _TOTAL) for unit in (*WARDS, "AM", "BM")}
    maps = {unit: {label: draw(st.integers(1, 3)) for label in LABELS} for unit in ("W1", "AM", "BM")}
    return Season(own, given, maps, draw(_WARD))


def expected(season: Season, unit: str) -> dict[Cell, Figure]:
    """The sum as a careful officer would make it by hand, with a pencil and no database."""
    sources = [season.own[unit], *season.given.get(unit, ())] if unit in season.own else []
    cells: dict[Cell, Figure] = {}
    total = unit not in WARDS or bool(season.given.get(unit))
    for content in sources:
        for cell, figure in _by_hand(content, season.maps.get(unit, {}) if total else {}):
            cells[cell] = cells[cell] + figure if cell in cells else figure
    below = [ward for ward, district in WARDS.items() if district == unit] or (["AM", "BM"] if unit == "MG" else [])
    for child in below:
        for cell, figure in _expected_from(season, child, unit):
            cells[cell] = cells[cell] + figure if cell in cells else figure
    return cells


def _expected_from(season: Season, child: str, above: str) -> Iterator[tuple[Cell, Figure]]:
    """What a child brings: a ward without contributions still has free rows, mapped by the district."""
    if child in WARDS and not season.given.get(child):
        yield from _by_hand(season.own[child], season.maps[above])
    else:
        yield from expected(season, child).items()


def _by_hand(content: dict[str, Any], maps: dict[str, int]) -> Iterator[tuple[Cell, Figure]]:
    rows: dict[Cell, Figure] = {}
    free: list[tuple[Cell, Figure]] = []
    for row in content["rows"]:
        for column, text in row["values"].items():
            figure, number = Figure.from_canonical(text), row.get("row") or maps.get(row["label"], 0)
            cell = Cell.of(1, number, int(column))
            if row.get("row"):
                rows[cell] = rows[cell] + figure if cell in rows else figure
            else:
                free.append((cell, figure))
    nil = {spec.cell: Figure.exact(0) for spec in FORM.cells() if spec.cell.table in content["nil"]}
    stated = {Cell(key): Figure.from_canonical(text) for key, text in content["figures"].items()}
    yield from {**nil, **rows, **stated}.items()
    yield from free
