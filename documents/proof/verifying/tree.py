"""Proofs over a Merkle tree (RFC 6962), checked: one leaf, many leaves, an old tree inside a new one."""

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def _pair(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether this leaf stands at this position (RFC 9162 §2.1.3.2)."""
    if not 0 <= position < size:
        return False
    at, last, found = position, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = _pair(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = _pair(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the new tree begins with the old one (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = list(proof)
    if old & (old - 1) == 0:
        path = [old_root, *path]
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first, second = path[0], path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = _pair(other, first), _pair(other, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = _pair(second, other)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def root_of(leaves: Mapping[int, bytes], size: int, others: Sequence[bytes]) -> bytes | None:
    """The root that these leaves, by position, and the hashes beside them lead to; None where they don't fit."""
    positions, given = sorted(leaves), iter(others)
    if not positions or positions[0] < 0 or positions[-1] >= size:
        return None

    def over(low: int, high: int, first: int, last: int) -> bytes:
        if first == last:
            return next(given)
        if high - low == 1:
            return leaves[low]
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        cut = bisect_left(positions, middle, first, last)
        return _pair(over(low, middle, first, cut), over(middle, high, cut, last))

    try:
        found = over(0, size, 0, len(positions))
    except StopIteration:
        return None
    return found if next(given, None) is None else None
