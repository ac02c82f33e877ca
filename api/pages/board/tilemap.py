"""The tile map (bản đồ ô): each unit a hexagon, laid out from real coordinates; pure, no database.

No freely usable outline of the communes of 2025 exists, but their coordinates do (`states.registry`): every unit gets
a tile of one size, neighbours stay neighbours, and the province can be known by its shape. Far islands and the two
archipelagos stand in boxes of their own (`api.pages.board.tilemap_insets`). A place without coordinates is not lost: it
stands in a row at the foot. Drawn by the macro `tilemap` in templates/macros/tilemap.html, whose units of length are
these: x to the east, y to the south, the centres of two tiles that touch `STEP` apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sqrt
from typing import NamedTuple

from api.pages.board.tilemap_grid import Cell, arrange, centre
from api.pages.board.tilemap_insets import SEAS, Box, Sea, far_groups, sea_at, set_down
from states.names import normal_form, short_name

STEP = 52.0
"""From a tile's centre to the centre of the one beside it, in the drawing's units."""

HALF = STEP / sqrt(3)
"""From a tile's centre to its upper corner."""

NATION_SPAN = 5.0
"""Degrees of latitude: what reaches further is a picture of the nation. No province reaches over more than 2.5."""


class Point(NamedTuple):
    """A unit on the ground: WGS 84 degrees, None where unknown; the name finds the province of an archipelago."""

    id: int
    latitude: float | None
    longitude: float | None
    name: str = ""


class Tile(NamedTuple):
    """A unit's place in the drawing: its centre; column and row of the grid (None in a box or in the foot)."""

    id: int
    x: float
    y: float
    column: int | None = None
    row: int | None = None

    @property
    def spot(self) -> str:
        """The centre as SVG writes it."""
        return f"{self.x} {self.y}"


@dataclass(frozen=True)
class Inset:
    """A box beside the mainland: its upper left corner and size, the tiles in it, and what is written under them.

    A box with `lines` and no tile is an archipelago on a map of provinces: it takes the colour of the province that
    it belongs to (`belongs`, None where that province is not on the map).
    """

    x: float
    y: float
    width: float
    height: float
    tiles: tuple[Tile, ...]
    lines: tuple[str, ...] = ()
    belongs: int | None = None

    @property
    def name(self) -> str:
        """The archipelago's name with its province; "" for another island."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Layout:
    """Where everything stands, from the upper left corner (0, 0); each place once, in tiles, an inset or the foot."""

    width: float
    height: float
    tiles: tuple[Tile, ...]
    insets: tuple[Inset, ...] = ()
    foot: tuple[Tile, ...] = ()
    """Places without coordinates (chưa có toạ độ)."""

    @property
    def foot_y(self) -> float:
        """Where the words over the foot stand."""
        return round(self.foot[0].y - HALF - 10, 1) if self.foot else 0.0


def lay_out(places: Sequence[Point], *, nation: bool = False) -> Layout:
    """Lay out 1 to 400 places; the same places give the same picture, whatever order they come in.

    A picture of the nation (`nation`, or by how far it reaches) always has Hoàng Sa and Trường Sa. The last pictures
    are remembered. Raises `ValueError` for a place given twice.
    """
    if len({place.id for place in places}) < len(places):
        raise ValueError("a place is given twice")
    return _laid_out(tuple(sorted(places, key=lambda place: place.id)), nation)


@lru_cache(maxsize=128)
def _laid_out(places: tuple[Point, ...], nation: bool) -> Layout:
    known = _on_plane(places)
    at_sea = {place.id: sea for place in places if place.id in known and (sea := _sea(place))}
    land = {key: where for key, where in known.items() if key not in at_sea}
    groups = far_groups(land)
    far = {key for group in groups for key in group}
    main = {key: where for key, where in land.items() if key not in far}
    cells = dict(zip(main, arrange(list(main.values())), strict=True)) if main else {}
    whole = nation or _reach(main) > NATION_SPAN
    middle = sum(main.values()) / len(main) if main else 0j
    boxes = [_sea_box(sea, at_sea, places, middle) for sea in SEAS if whole or sea in at_sea.values()]
    boxes += [Box(tuple(group), sum(land[key] for key in group) / len(group) - middle) for group in groups]
    return _drawn(cells, boxes, places, [place.id for place in places if place.id not in known])


# ── on the ground ───────────────────────────────────────────────────────────────────────────────────────────


def _on_plane(places: Sequence[Point]) -> dict[int, complex]:
    """Places with coordinates on a plane of equal areas around them: real to the east, imaginary to the south."""
    degrees = [(p.id, p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None]
    narrow = _narrow([latitude for _, latitude, _ in degrees])
    return {key: complex(longitude * narrow, -latitude) for key, latitude, longitude in degrees}


def _narrow(latitudes: Sequence[float]) -> float:
    """How long a degree to the east is there, in degrees to the north."""
    return cos(radians(sum(latitudes) / len(latitudes))) if latitudes else 1.0


def _sea(place: Point) -> Sea | None:
    if place.latitude is None or place.longitude is None:
        return None
    return sea_at(place.latitude, place.longitude)


def _reach(main: Mapping[int, complex]) -> float:
    """Degrees of latitude between the northernmost and the southernmost place of the mainland."""
    souths = [where.imag for where in main.values()]
    return max(souths) - min(souths) if souths else 0.0


def _sea_box(sea: Sea, at_sea: Mapping[int, Sea], places: Sequence[Point], middle: complex) -> Box:
    latitudes = [place.latitude for place in places if place.latitude is not None]
    where = complex(sea.longitude * _narrow(latitudes), -sea.latitude)
    return Box(tuple(key for key, its in at_sea.items() if its == sea), where - middle, sea)


# ── on the paper ────────────────────────────────────────────────────────────────────────────────────────────


def _drawn(cells: Mapping[int, Cell], boxes: Sequence[Box], places: Sequence[Point], lost: Sequence[int]) -> Layout:
    """Everything in the drawing's units, moved so that nothing lies left of or above the corner."""
    centres = [centre(cell) for cell in cells.values()]
    spots = set_down(boxes, centres)
    taken = [(at, complex(0.5, HALF / STEP)) for at in centres]
    taken += [(at, box.half) for at, box in zip(spots, boxes, strict=True)]
    left, right = _ends([(at.real, half.real) for at, half in taken])
    top, bottom = _ends([(at.imag, half.imag) for at, half in taken])
    corner = complex(left, top)
    tiles = sorted((_tile(key, centre(cell) - corner, cell) for key, cell in cells.items()), key=lambda t: (t.y, t.x))
    insets = [_inset(box, at - corner, places) for box, at in zip(boxes, spots, strict=True)]
    width, height = max((right - left) * STEP, min(len(lost), 8) * STEP), (bottom - top) * STEP
    foot = _foot(lost, width, height)
    height = foot[-1].y + HALF if foot else height
    return Layout(round(width, 1), round(height, 1), tuple(tiles), tuple(insets), tuple(foot))


def _ends(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return min((at - half for at, half in spans), default=0.0), max((at + half for at, half in spans), default=0.0)


def _tile(key: int, at: complex, cell: Cell | None = None) -> Tile:
    column, row = cell if cell else (None, None)
    return Tile(key, round(at.real * STEP, 1), round(at.imag * STEP, 1), column, row)


def _inset(box: Box, at: complex, places: Sequence[Point]) -> Inset:
    corner, size = (at - box.half) * STEP, box.half * 2 * STEP
    tiles = [_tile(key, at + seat) for key, seat in zip(box.ids, box.seats(), strict=True)]
    x, y, width, height = (round(one, 1) for one in (corner.real, corner.imag, size.real, size.imag))
    if box.sea is None:
        return Inset(x, y, width, height, tuple(tiles))
    lines = (box.sea.name, f"({box.sea.province})")
    return Inset(x, y, width, height, tuple(tiles), lines, None if tiles else _province(box.sea, places))


def _province(sea: Sea, places: Sequence[Point]) -> int | None:
    """The place on the map that the archipelago belongs to."""
    name = normal_form(sea.province)
    return next((place.id for place in places if normal_form(short_name(place.name)) == name), None)


def _foot(lost: Sequence[int], width: float, height: float) -> list[Tile]:
    """Tidy rows under the map, with room for a line of words over them."""
    across = max(int(width // STEP), 1)
    top = height + (34 if height else 28) + HALF
    return [Tile(key, round((i % across + 0.5) * STEP, 1), round(top + i // across * 2.04 * HALF, 1))
            for i, key in enumerate(lost)]  # fmt: skip
