"""Crowds loosened and empty land gathered in, before places settle on the grid of the tile map; pure.

Springs of one length between natural neighbours, and a push between others that come too near: after some rounds
every place has about one cell of room, and the outline is still the land's. Positions as in `tilemap_grid`.
"""

from collections.abc import Sequence
from math import exp, log, sqrt

_ROUNDS = 55
"""Where neighbours kept no longer grows (0.860 over 34 provinces at 50 as at 90)."""


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


def neighbours(places: Sequence[complex]) -> list[tuple[int, int]]:
    """Pairs of natural neighbours (Gabriel): no third place lies in the circle that has the pair as diameter."""
    pairs = set()
    for i, near in enumerate(_nearest(places, 12)):
        for j in near:
            middle, radius = (places[i] + places[j]) / 2, abs(places[i] - places[j]) / 2 * 0.999999
            if all(abs(places[k] - middle) >= radius for k in near):
                pairs.add((min(i, j), max(i, j)))
    return sorted(pairs)


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
        away = [abs(here - there) for there in places]
        within = sorted(away)[: count + 1][-1]
        near = [j for j, distance in enumerate(away) if distance <= within and j != i]
        out.append(sorted(near, key=away.__getitem__)[:count])
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
