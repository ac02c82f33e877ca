"""Points onto a grid of hexagons, so that neighbours stay neighbours (lưới ô lục giác); pure, no database.

Plane positions are complex numbers: real to the east, imaginary to the SOUTH (as on a screen), in steps between the
centres of two cells that touch. Rows lie `ROW` apart and every odd row is moved half a step to the east.

Three stages. `spread` (tilemap_spread) gives every place about one cell of room. `settle` gives each its own cell so
that the sum of squared displacements is the least there is among the cells near it (the assignment problem, by
shortest augmenting paths). `fill` closes the holes that are left inside.
"""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, inf, sqrt

from api.pages.board.tilemap_spread import spread

ROW = sqrt(3) / 2
"""How far two rows lie apart, in steps."""

Cell = tuple[int, int]
"""Column and row; the centre is at `centre(cell)`."""

_TIGHT = 0.91
"""The spread picture is drawn a little tighter than the grid: then the inside fills up and few holes are left."""


def centre(cell: Cell) -> complex:
    """Where the cell's centre lies in the plane, in steps."""
    column, row = cell
    return complex(column + (row % 2) / 2, row * ROW)


def around(cell: Cell) -> list[Cell]:
    """The six cells that touch this one."""
    column, row = cell
    left = column - 1 + row % 2
    sides = [(column - 1, row), (column + 1, row)]
    return sides + [(left + right, row + down) for down in (-1, 1) for right in (0, 1)]


def arrange(places: Sequence[complex]) -> list[Cell]:
    """A cell of its own for each place (any scale, north up = negative imaginary), in the order given."""
    return fill(settle(spread(places), _TIGHT))


def settle(at: Sequence[complex], tight: float = 1.0) -> list[Cell]:
    """Each place onto its own cell with the least sum of squared displacements, the picture drawn `tight` times."""
    middle = sum(at) / len(at)
    aims = [(here - middle) * tight for here in at]
    reach = 2.2
    while True:
        found = _assign([_cells_near(aim, reach) for aim in aims])
        if found:
            return found
        reach *= 1.6


def fill(cells: Sequence[Cell]) -> list[Cell]:
    """No free cell left with five or six taken ones around it: a row of tiles moves up by one from the nearest edge."""
    out = list(cells)
    for _ in cells:
        owner = {cell: place for place, cell in enumerate(out)}
        hole = next((cell for cell in sorted(_edge(owner)) if _taken_around(cell, owner) >= 5), None)
        way = _way_out(hole, owner) if hole else None
        if way is None:
            break
        for free, mover in pairwise(way):
            out[owner[mover]] = free
    return out


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────


def _edge(owner: Mapping[Cell, int]) -> set[Cell]:
    """The free cells that touch a taken one."""
    return {cell for one in owner for cell in around(one)} - owner.keys()


def _taken_around(cell: Cell, owner: Mapping[Cell, int]) -> int:
    return sum(one in owner for one in around(cell))


def _way_out(hole: Cell, owner: Mapping[Cell, int]) -> list[Cell] | None:
    """The shortest way over taken cells from a hole to a tile on the edge, which has three neighbours or fewer."""
    back: dict[Cell, Cell] = {hole: hole}
    for cell in (queue := [hole]):
        if cell != hole and _taken_around(cell, owner) <= 3:
            way = [cell]
            while way[-1] != hole:
                way.append(back[way[-1]])
            return way[::-1]
        for near in around(cell):
            if near in owner and near not in back:
                back[near] = cell
                queue.append(near)
    return None


def _cells_near(aim: complex, reach: float) -> list[tuple[Cell, float]]:
    """The cells within reach, each with its cost: the squared displacement."""
    out = []
    for row in range(ceil((aim.imag - reach) / ROW), int((aim.imag + reach) // ROW) + 1):
        down = (row * ROW - aim.imag) ** 2
        across, start = sqrt(max(reach**2 - down, 0)), aim.real - (row % 2) / 2
        for column in range(ceil(start - across), int((start + across) // 1) + 1):
            out.append(((column, row), down + (column - start) ** 2))
    return out


def _assign(offers: Sequence[Sequence[tuple[Cell, float]]]) -> list[Cell] | None:
    """The cheapest way to give every place a cell of its own; None where the cells offered do not go round."""
    state = _Matching(offers)
    if not all(state.seat(place) for place in range(len(offers))):
        return None
    return [state.held[place] for place in range(len(offers))]


class _Matching:
    """Places and cells matched so far, and each cell's price (the dual of the assignment problem)."""

    def __init__(self, offers: Sequence[Sequence[tuple[Cell, float]]]) -> None:
        self.offers = offers
        self.owner: dict[Cell, int] = {}
        self.held: dict[int, Cell] = {}
        self.paid: dict[int, float] = {}
        self.price: dict[Cell, float] = {}

    def seat(self, place: int) -> bool:
        """Give this place a cell by the cheapest chain of moves; False where there is none."""
        found = self._chain(place)
        if found is None:
            return False
        cell: Cell | None
        cell, back = found
        while cell is not None:
            mover = back[cell]
            self.owner[cell], left = mover, self.held.get(mover)
            self.held[mover] = cell
            self.paid[mover] = next(cost for offered, cost in self.offers[mover] if offered == cell)
            cell = left
        return True

    def _chain(self, place: int) -> tuple[Cell, dict[Cell, int]] | None:
        """Dijkstra over reduced costs to the nearest free cell, and who would move into each cell; moves prices."""
        best: dict[Cell, float] = {}
        back: dict[Cell, int] = {}
        done: dict[Cell, float] = {}
        heap: list[tuple[float, Cell]] = []
        price, mover, base = self.price, place, 0.0
        while True:
            for cell, cost in self.offers[mover]:
                way = base + cost - price.get(cell, 0.0)
                if way < best.get(cell, inf) and cell not in done:
                    best[cell], back[cell] = way, mover
                    heappush(heap, (way, cell))
            while heap and heap[0][1] in done:
                heappop(heap)
            if not heap:
                return None
            length, cell = heappop(heap)
            done[cell] = length
            if cell not in self.owner:
                break
            mover = self.owner[cell]
            base = length - self.paid[mover] + price.get(cell, 0.0)
        for cell_done, way in done.items():
            price[cell_done] = price.get(cell_done, 0.0) + way - length
        return cell, back
