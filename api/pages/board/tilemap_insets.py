"""What stands in a box beside the tile map: far islands by a general rule, and the two archipelagos always by name.

Positions are complex numbers as in `tilemap_grid`. Hoàng Sa (đặc khu of Đà Nẵng) and Trường Sa (đặc khu of Khánh Hòa)
are known by where they lie; their boxes stand east of everything, Hoàng Sa above Trường Sa.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import median

from api.pages.board.tilemap_grid import ROW


@dataclass(frozen=True)
class Sea:
    """An archipelago (quần đảo): its name, the province it belongs to, and where it lies (degrees)."""

    name: str
    province: str
    latitude: float
    longitude: float


HOANG_SA = Sea("Hoàng Sa", "Đà Nẵng", 16.5, 112.0)
TRUONG_SA = Sea("Trường Sa", "Khánh Hòa", 9.5, 113.5)
SEAS = (HOANG_SA, TRUONG_SA)


def sea_at(latitude: float, longitude: float) -> Sea | None:
    """The archipelago that lies here; the mainland and its islands end before the 110th meridian."""
    if not (110.3 < longitude < 118.0 and 6.0 < latitude < 18.0):
        return None
    return HOANG_SA if latitude > 13.5 else TRUONG_SA


@dataclass(frozen=True)
class Box:
    """A box to set down: the units in it, where they really lie from the mainland's middle, and its archipelago."""

    ids: tuple[int, ...]
    bearing: complex
    sea: Sea | None = None

    @property
    def across(self) -> int:
        """Tiles in a row; the second row is moved half a step, as everywhere."""
        return min(len(self.ids), 3)

    @property
    def rows(self) -> int:
        """Rows of tiles; a box without tiles has room for one."""
        return max(ceil(len(self.ids) / 3), 1)

    @property
    def half(self) -> complex:
        """Half its width and half its height, in steps."""
        width = self.across + (0.5 if self.rows > 1 else 0) + 0.34
        height = (2 / sqrt(3) if self.ids or not self.sea else 0.85) + (self.rows - 1) * ROW + 0.34
        return complex(max(width, 1.8), height + 0.7) / 2 if self.sea else complex(width, height) / 2

    def seats(self) -> list[complex]:
        """The centres of its tiles from its own centre, in steps; words, if there are any, stand under them."""
        left = -(self.across - 1 + (0.5 if self.rows > 1 else 0)) / 2
        top = -(self.rows - 1) * ROW / 2 - (0.35 if self.sea else 0)
        return [complex(left + i % 3 + (i // 3 % 2) / 2, top + i // 3 * ROW) for i in range(len(self.ids))]


def far_groups(places: Mapping[int, complex]) -> list[list[int]]:
    """Places so far from the rest that they would stretch the map: the small groups behind a wide gap.

    Wide is a gap over 1.9 times what nine in ten places have to their nearest, and over three times the median. In
    the tree of 2025 every mainland gap is under 1.7 of the first measure; Cồn Cỏ, the nearest such island, 2.0.
    """
    if len(places) < 8:
        return []
    nearest = sorted(min(abs(here - there) for there in places.values() if there is not here)
                     for here in places.values())  # fmt: skip
    gap = max(1.9 * nearest[len(nearest) * 9 // 10], 3 * median(nearest))
    groups = sorted(_linked(places, gap), key=len, reverse=True)
    return sorted(sorted(group) for group in groups[1:] if len(group) <= len(places) // 8)


def set_down(boxes: Sequence[Box], tiles: Sequence[complex]) -> list[complex]:
    """The centre of each box: out from the tiles' middle on its bearing to the first free place; seas east of all."""
    middle = sum(tiles) / len(tiles) if tiles else 0j
    down: list[tuple[complex, complex]] = []
    for box in boxes:
        at, way = middle, box.bearing / (abs(box.bearing) or 1) or 1 + 0j
        while not _clear(at, box.half, tiles, down):
            at += way / 8
        if box.sea:
            at = _east(at, box.half, tiles, down)
        down.append((at, box.half))
    return [at for at, _ in down]


def _linked(places: Mapping[int, complex], gap: float) -> list[list[int]]:
    """The groups that hang together when every gap up to `gap` is crossed."""
    left, groups = dict(places), []
    while left:
        group = [next(iter(left))]
        here = [left.pop(group[0])]
        while here:
            at = here.pop()
            near = [key for key, there in left.items() if abs(there - at) <= gap]
            here += [left.pop(key) for key in near]
            group += near
        groups.append(group)
    return groups


def _clear(at: complex, half: complex, tiles: Sequence[complex], down: Sequence[tuple[complex, complex]]) -> bool:
    tile = complex(0.62, 0.68)
    return not any(_meet(at - other, half + tile) for other in tiles) and not any(
        _meet(at - other, half + size + 0.2 + 0.2j) for other, size in down
    )


def _meet(way: complex, room: complex) -> bool:
    return abs(way.real) < room.real and abs(way.imag) < room.imag


def _east(at: complex, half: complex, tiles: Sequence[complex], down: Sequence[tuple[complex, complex]]) -> complex:
    """Moved until no tile stands east of it in its rows, and it stands under the archipelago before it."""
    if down:
        above, size = down[0]
        at = complex(at.real, max(at.imag, above.imag + size.imag + half.imag + 0.3))
    beside = [tile.real + half.real + 0.7 for tile in tiles if abs(tile.imag - at.imag) < half.imag + 0.68]
    at = complex(max([at.real, *beside]), at.imag)
    while not _clear(at, half, tiles, down):
        at += 0.125
    return at
