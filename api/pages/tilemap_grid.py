"""Points onto a grid of hexagons, so that neighbours stay neighbours (lưới ô lục giác); pure, no database.

Plane positions are complex numbers: real to the east, imaginary to the SOUTH (as on a screen), in steps between the
centres of two cells that touch. Rows lie `ROW` apart and every odd row is moved half a step to the east.

Two stages. `spread` loosens crowds and gathers what is scattered: springs of one length between natural neighbours,
until every place has about one cell to itself. `settle` then gives each place its own cell so that the sum of
squared displacements is the least there is among the cells near it (the assignment problem, by shortest augmenting
paths).
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import ceil, exp, inf, log, sqrt

ROW = sqrt(3) / 2
"""How far two rows lie apart, in steps."""

Cell = tuple[int, int]
"""Column and row; the centre is at `centre(cell)`."""

_ROUNDS = 70
_TIGHT = (0.92, 0.86, 0.8)
"""The spread picture is drawn tighter than the grid, and tighter again while that leaves holes inside."""


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
    loose = spread(places)
    for tight in _TIGHT:
        cells = settle(loose, tight)
        if not _holes(cells):
            break
    return cells


def neighbours(places: Sequence[complex]) -> list[tuple[int, int]]:
    """Pairs of natural neighbours (Gabriel): no third place lies in the circle that has the pair as diameter."""
    pairs = set()
    for i, near in enumerate(_nearest(places, 12)):
        for j in near:
            middle, radius = (places[i] + places[j]) / 2, abs(places[i] - places[j]) / 2 * 0.999999
            if all(abs(places[k] - middle) >= radius for k in near):
                pairs.add((min(i, j), max(i, j)))
    return sorted(pairs)


def spread(places: Sequence[complex]) -> list[complex]:
    """The places with about one step between neighbours: crowds loosened, empty land gathered in."""
    at = _apart(places)
    pairs = neighbours(at)
    if not pairs:
        return at
    size = exp(sum(log(abs(at[i] - at[j])) for i, j in pairs) / len(pairs))
    at = [place / size for place in at]
    speed = [0j] * len(at)
    close: list[tuple[int, int]] = []
    for turn in range(_ROUNDS):
        if turn % 10 == 0:
            close = _close(at, set(pairs))
        push = _springs(at, pairs, close)
        speed = [0.8 * old + 0.15 * new for old, new in zip(speed, push, strict=True)]
        at = [here + step for here, step in zip(at, speed, strict=True)]
    return at


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


# ── spreading ───────────────────────────────────────────────────────────────────────────────────────────────


def _apart(places: Sequence[complex]) -> list[complex]:
    """Places that lie on one spot are turned aside a very little, each its own way, so that none hides another."""
    seen: dict[complex, int] = {}
    out = []
    width = max(max(abs(place - places[0]) for place in places), 1e-9)
    for place in places:
        times = seen[place] = seen.get(place, -1) + 1
        turn = (-0.7373688780783 + 0.6754902942615j) ** times  # the golden angle
        out.append(place + (width * 1e-3 * sqrt(times) * turn if times else 0))
    return out


def _nearest(places: Sequence[complex], count: int) -> list[list[int]]:
    out = []
    for i, here in enumerate(places):
        order = sorted((abs(here - there), j) for j, there in enumerate(places) if j != i)
        out.append([j for _, j in order[:count]])
    return out


def _close(at: Sequence[complex], pairs: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs that are no neighbours on the map but have come near each other here."""
    order = sorted(range(len(at)), key=lambda i: at[i].real)
    out = []
    for rank, i in enumerate(order):
        for j in order[rank + 1 :]:
            if at[j].real - at[i].real > 1.2:
                break
            if abs(at[j].imag - at[i].imag) < 1.2 and (min(i, j), max(i, j)) not in pairs:
                out.append((i, j))
    return out


def _springs(
    at: Sequence[complex], pairs: Sequence[tuple[int, int]], close: Sequence[tuple[int, int]]
) -> list[complex]:
    push = [0j] * len(at)
    for i, j in pairs:
        way = at[j] - at[i]
        force = way * (1 - 1 / (abs(way) or 1e-9))
        push[i] += force
        push[j] -= force
    for i, j in close:
        way = at[j] - at[i]
        length = abs(way) or 1e-9
        if length < 1:
            force = way * (1 - 1 / length)
            push[i] += force
            push[j] -= force
    return push


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────


def _holes(cells: Sequence[Cell]) -> int:
    """How many free cells have five or six taken ones around them."""
    taken = set(cells)
    edge = {cell for one in taken for cell in around(one)} - taken
    return sum(sum(cell in taken for cell in around(one)) >= 5 for one in edge)


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
