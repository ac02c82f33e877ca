"""Two heaps of digests are compared without sorting either (so nothing of millions of rows is kept).

Each heap is the product of (secret + digest) over a prime field: equal heaps give equal products in any order, and
whoever does not know the secret, which is drawn for each run, can't make unequal heaps equal (Schwartz–Zippel).
"""

import secrets
from collections.abc import Iterable, Mapping

_BITS = 521
PRIME = 2**_BITS - 1
"""A Mersenne prime: what stands above its bits counts once more below, which is quicker than to divide."""
Heaps = dict[str, int]
"""The product by kind of row; a kind that is not there has an empty heap."""


def secret() -> int:
    """A run's secret."""
    return secrets.randbits(256)


def put(heaps: Heaps, kind: str, leaves: Iterable[bytes], secret: int) -> None:
    """Throw leaves' hashes onto their heap."""
    product, number = heaps.get(kind, 1), int.from_bytes
    for leaf in leaves:
        product *= secret + number(leaf)
        product = (product & PRIME) + (product >> _BITS)
    heaps[kind] = product % PRIME


def join(heaps: Heaps, more: Mapping[str, int]) -> None:
    """Throw whole heaps together."""
    for kind, product in more.items():
        heaps[kind] = heaps.get(kind, 1) * product % PRIME
