"""The log itself: places without gaps, branches as stored, and every checkpoint's root from the leaves themselves."""

from collections import defaultdict
from dataclasses import dataclass, field

from states.log import heads, merkle
from states.log.kinds import CHANGED, CHANGING, leaf_hash
from states.log.nodes import BLOCK
from states.verifying import heaps
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.reading import Connection, rows
from states.verifying.standing import Ending, Moved, Moving, out_of_order
from states.verifying.traces import Changes

CHUNK = 16
"""Leaves are read 2^16 at a time."""
_Thrown = dict[str, list[tuple[str | None, bytes]]]
"""By kind the keys and hashes of leaves."""


@dataclass
class Part:
    """What one chunk of the log gives: faults, heaps, and its peaks (largest whole subtrees, from the left) at each
    size that was asked for; the leaves that ended a sealing, and the documents that moved after the last of them."""

    first: int
    count: int = 0
    top: bytes | None = None
    """The hash over the whole chunk, where it is full."""
    faults: list[Fault] = field(default_factory=list)
    heaps: Heaps = field(default_factory=dict)
    peaks: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    moved: Moved = field(default_factory=lambda: Moving().done())


def leaves(connection: Connection, first: int, sizes: list[int], changes: Changes, secret: int) -> Part:
    """The chunk of leaves from `first` on; `sizes` are those that end in it."""
    part = Part(first)
    hashes: list[bytes] = []
    following = first + (1 << CHUNK)
    query = _LEAVES.format(first=first, following=following)
    thrown: _Thrown = defaultdict(list)
    moving = Moving()
    for wanted, (place, kind, key, digest) in enumerate(rows(connection, query), first):
        if int(place or -1) != wanted:
            part.faults.append(fault("leaf", wanted, "không có, nhật ký bị đứt quãng",
                                     "it is missing, the log has a gap"))  # fmt: skip
            break
        leaf = leaf_hash(kind or "", key or "", digest or "")
        hashes.append(leaf)
        if kind == "step":
            if not moving.step(key or "", leaf):
                part.faults.append(out_of_order(key or ""))
        elif kind == heads.KIND:
            part.endings.append(Ending(wanted, key or "", digest or "", moving.done()))
            moving = Moving()
            continue  # it stands for no row
        thrown[kind or ""].append((key, leaf))
    part.moved = moving.done()
    part.heaps = _heaps(thrown, changes, secret)
    part.count = len(hashes)
    levels = merkle.levels(hashes)
    part.peaks = {size: _peaks(levels, size - first) for size in sizes if size - first <= len(hashes)}
    part.top = levels[CHUNK][0] if len(hashes) == 1 << CHUNK else None
    part.faults += _branches(connection, first, levels)
    return part


def waiting(connection: Connection, changes: Changes, secret: int) -> tuple[Heaps, int]:
    """Traces that have no place yet count as the log's."""
    thrown: _Thrown = defaultdict(list)
    count = 0
    for kind, key, digest in rows(connection, "SELECT kind, key, encode(digest, 'hex') FROM trace"):
        thrown[kind or ""].append((key, leaf_hash(kind or "", key or "", digest or "")))
        count += 1
    return _heaps(thrown, changes, secret), count


def of_kinds(connection: Connection, kinds: set[str], changes: Changes, secret: int) -> Heaps:
    """The heaps of a few kinds alone."""
    thrown: _Thrown = defaultdict(list)
    for kind in kinds:
        for key, digest in rows(connection, _OF_KIND.format(kind=kind)):
            thrown[kind].append((key, leaf_hash(kind, key or "", digest or "")))
    return _heaps(thrown, changes, secret)


def changed(changes: Changes, secret: int) -> Heaps:
    """The last digest of each row that was lawfully changed: such a row must still be there, once."""
    found: Heaps = {}
    for kind, last in changes.items():
        name = kind + CHANGED
        heaps.put(found, name, (leaf_hash(name, key, digest) for key, digest in last.items()), secret)
    return found


def root(peaks: list[bytes]) -> bytes:
    """The root over peaks from the left."""
    found = peaks[-1]
    for left in reversed(peaks[:-1]):
        found = merkle.node_hash(left, found)
    return found


class Frontier:
    """Grows by whole chunks and says the root at any size that ends in the next one."""

    def __init__(self) -> None:
        """An empty tree."""
        self._peaks: list[tuple[int, bytes]] = []

    def root(self, more: list[tuple[int, bytes]]) -> bytes:
        """The root over what has been and these further peaks."""
        return root([hash for _, hash in [*self._peaks, *more]])

    def grow(self, top: bytes) -> list[tuple[int, bytes]]:
        """Add a whole chunk; returns the taller subtrees that it made whole, by height."""
        height, made = CHUNK, []
        while self._peaks and self._peaks[-1][0] == height:
            top, height = merkle.node_hash(self._peaks.pop()[1], top), height + 1
            made.append((height, top))
        self._peaks.append((height, top))
        return made


def _heaps(thrown: _Thrown, changes: Changes, secret: int) -> Heaps:
    """Without the rows that were lawfully changed: those are compared with their last digest."""
    found: Heaps = {}
    for kind, leaves in thrown.items():
        if kind.removesuffix(CHANGED) not in CHANGING or not kind.endswith(CHANGED):
            gone = changes.get(kind, {})
            heaps.put(found, kind, (leaf for key, leaf in leaves if key not in gone), secret)
    return found


def _peaks(levels: list[list[bytes]], count: int) -> list[tuple[int, bytes]]:
    found, place = [], 0
    for height in reversed(range(len(levels))):
        if count >> height & 1:
            found.append((height, levels[height][place >> height]))
            place += 1 << height
    return found


def _branches(connection: Connection, first: int, levels: list[list[bytes]]) -> list[Fault]:
    """The stored branches of this chunk are those of its leaves."""
    found = []
    for height in range(BLOCK, CHUNK + 1, BLOCK):
        wanted = dict(enumerate(levels[height], first >> height)) if height < len(levels) else {}
        low, high = first >> height, first + (1 << CHUNK) >> height
        query = _BRANCHES.format(height=height, low=low, high=high)
        listed = [(int(place or 0), bytes.fromhex(hash or "")) for place, hash in rows(connection, query)]
        kept = dict(sorted(listed))
        if len(kept) < len(listed):
            found.append(fault("subtree", height, "có hai lần", "a branch stands there twice"))
        found += [fault("subtree", f"{height}/{place}", "không phải của các dấu vết dưới nó",
                        "it is not that of the leaves below it")
                  for place in sorted(wanted.keys() | kept.keys()) if wanted.get(place) != kept.get(place)]  # fmt: skip
    return found


_LEAVES = """
SELECT position, kind, key, encode(digest, 'hex') FROM leaf WHERE position >= {first} AND position < {following}
 ORDER BY position
"""
_OF_KIND = "SELECT key, encode(digest, 'hex') FROM leaf WHERE kind = '{kind}'"
_BRANCHES = """
SELECT place, encode(hash, 'hex') FROM subtree WHERE height = {height} AND place >= {low} AND place < {high}
"""
