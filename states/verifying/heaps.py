"""Two heaps of digests are compared without sorting either (so nothing of millions of rows is kept).

Each heap is the product of (secret + digest) over a prime field: equal heaps give equal products in any order, and
whoever does not know the secret, which is drawn for each run, can't make unequal heaps equal (Schwartz–Zippel).
"""

import secrets
from collections.abc import Mapping

PRIME = 2**255 - 19
Heaps = dict[str, int]
"""The product by kind of row; a kind that is not there has an empty heap."""


def secret() -> int:
    """A run's secret."""
    return secrets.randbelow(PRIME)


def put(heaps: Heaps, kind: str, leaf: bytes, secret: int) -> None:
    """Throw one leaf's hash onto its heap."""
    heaps[kind] = heaps.get(kind, 1) * (secret + int.from_bytes(leaf)) % PRIME


def join(heaps: Heaps, more: Mapping[str, int]) -> None:
    """Throw whole heaps together."""
    for kind, product in more.items():
        heaps[kind] = heaps.get(kind, 1) * product % PRIME
