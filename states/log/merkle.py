"""Merkle trees of RFC 6962 (cây Merkle): roots and proofs over leaves that others keep. Pure.

A `Node` gives the hash over the leaves place·2^height up to (place+1)·2^height; height 0 is a leaf's hash.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]
EMPTY = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; its first byte keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, node: Node) -> bytes:
    """The tree's head over the first `size` leaves."""
    return over(0, size, node) if size else EMPTY


def inclusion(position: int, size: int, node: Node) -> list[bytes]:
    """The audit path of one leaf, from the leaf up (RFC 6962 §2.1.1)."""
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + split(high - low)
        if position < middle:
            path.append(over(middle, high, node))
            high = middle
        else:
            path.append(over(low, middle, node))
            low = middle
    return path[::-1]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the first `old` leaves of the tree of `new` are the old tree (RFC 6962 §2.1.2)."""
    proof: list[bytes] = []
    low, high, whole = 0, new, True
    while old < high:
        middle = low + split(high - low)
        if old <= middle:
            proof.append(over(middle, high, node))
            high = middle
        else:
            proof.append(over(low, middle, node))
            low, whole = middle, False
    return ([] if whole else [over(low, high, node)]) + proof[::-1]


def beside(positions: Sequence[int], size: int, node: Node) -> list[bytes]:
    """The hashes that lead many leaves at once to the root: each largest subtree without any of them, from the left.

    `positions`: ascending, without repetition.
    """
    found: list[bytes] = []

    def walk(low: int, high: int, first: int, last: int) -> None:
        if first == last:
            found.append(over(low, high, node))
        elif high - low > 1:
            middle = low + split(high - low)
            cut = bisect_left(positions, middle, first, last)
            walk(low, middle, first, cut)
            walk(middle, high, cut, last)

    walk(0, size, 0, len(positions))
    return found


def over(low: int, high: int, node: Node) -> bytes:
    """The hash over leaves `low` up to `high`, where `low` is a multiple of the largest subtree in it."""
    count = high - low
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return node(height, low >> height)
    middle = low + split(count)
    return node_hash(over(low, middle, node), over(middle, high, node))


def split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All whole subtrees over these leaf hashes, by height: what stands under a tree of 256."""
    found, sha256 = [list(leaves)], hashlib.sha256
    while len(found[-1]) > 1:
        below = iter(found[-1])
        found.append([sha256(b"\x01" + left + right).digest() for left, right in zip(below, below, strict=False)])
    return found
