"""Where each document stands (`states.log.heads`), told again from the log alone: the root that ended each sealing, and
the table as the newest one left it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from states.log import merkle
from states.log.heads import EMPTY, digest
from states.log.nodes import BLOCK
from states.verifying.faults import MOST, Fault, fault
from states.verifying.reading import Connection, rows
from states.verifying.sealed import Kept

_DIGITS = 18
"""Numbers in a leaf's key are no longer."""


@dataclass(frozen=True)
class Moved:
    """The documents of which steps came, and the leaf of the newest of each; packed, for it goes between processes."""

    documents: array[int]
    first: array[int]
    last: array[int]
    """Of each document the first and the last of these steps."""
    leaves: bytes


class Moving:
    """The documents of which steps come, as they are read."""

    def __init__(self) -> None:
        """None yet."""
        self._newest: dict[str, tuple[int, int, bytes]] = {}

    def step(self, key: str, leaf: bytes) -> bool:
        """A step's leaf; returns whether it follows the one before it, as far as that was read here."""
        document, _, said = key.partition(":")
        seq, known = int(said) if said.isdecimal() and len(said) <= _DIGITS else -1, self._newest.get(document)
        self._newest[document] = (known[0] if known else seq), seq, leaf
        return known is None or seq == known[1] + 1

    def done(self) -> Moved:
        """All of them; what is no document's number is a fault that the rows' side tells."""
        known = [one for one in self._newest if one.isdecimal() and len(one) <= _DIGITS]
        first, last, leaves = zip(*map(self._newest.__getitem__, known), strict=True) if known else ((), (), ())
        return Moved(array("q", map(int, known)), array("q", first), array("q", last), b"".join(leaves))


@dataclass(frozen=True)
class Ending:
    """A leaf that ended a sealing: its place, the width and digest (hex) that it bears, what had come before it."""

    place: int
    width: str
    digest: str
    moved: Moved


@dataclass
class Standing:
    """The tree, grown sealing by sealing; what came after the newest one is not in its table yet."""

    heights: list[dict[int, bytes]] = field(default_factory=lambda: [{} for _ in EMPTY])
    endings: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    _waiting: list[Moved] = field(default_factory=list)
    _last: dict[int, int] = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)
    _top: int = BLOCK

    def take(self, endings: Iterable[Ending], moved: Moved) -> None:
        """The next piece of the log: sealings that end in it, and what came after the last of them."""
        for ending in endings:
            self._follows(ending.moved)
            self._end(ending)
        self._follows(moved)
        self._waiting.append(moved)

    def held(self, kept: Sequence[Kept], connection: Connection) -> list[Fault]:
        """What was wrong; every checkpoint ends with such a leaf, and the table is as the newest one left it. Asked
        once: it empties the tree."""
        return [*self.faults, *self._ends(kept), *self._table(connection)]

    def _follows(self, moved: Moved) -> None:
        """Steps get their places in their order: else an older one would stand at the end of its chain."""
        before = self._last
        for document, first, last in zip(moved.documents, moved.first, moved.last, strict=True):
            if first != before.get(document, 0) + 1:
                self.faults.append(out_of_order(f"{document}:{first}"))
            before[document] = last

    def _end(self, ending: Ending) -> None:
        for moved in (*self._waiting, ending.moved):
            self._move(moved)
        self._waiting = []
        root, width = self._root(), 1 << self._top
        self.endings.add(ending.place)
        if ending.width != str(width) or ending.digest != digest(str(width), root).hex():
            self.faults.append(fault("heads", ending.place, "không phải như các bước đứng trước nó trong nhật ký",
                                     "it is not that of the steps before it in the log"))  # fmt: skip

    def _move(self, moved: Moved) -> None:
        leaves, ground = moved.leaves, self.heights[0]
        for at, document in enumerate(moved.documents):
            ground[document] = leaves[at * 32 : at * 32 + 32]
        self._touched.update(moved.documents)
        while (max(moved.documents, default=0)) >> self._top:
            self._top += BLOCK

    def _root(self) -> bytes:
        touched, node = self._touched, merkle.node_hash
        for height in range(1, self._top + 1):
            below, here, empty = self.heights[height - 1].get, self.heights[height], EMPTY[height - 1]
            touched = {place >> 1 for place in touched} | {0}  # the left edge grows up with the tree
            for place in touched:
                here[place] = node(below(2 * place, empty), below(2 * place + 1, empty))
        self._touched = set()
        return self.heights[self._top][0]

    def _ends(self, kept: Sequence[Kept]) -> list[Fault]:
        return [fault("checkpoint", each.size, "không kết thúc bằng bảng bước cuối",
                      "the table of last steps is not at its end")
                for each in kept if each.size - 1 not in self.endings]  # fmt: skip

    def _table(self, connection: Connection) -> list[Fault]:
        wrong = []
        for height, place, hash in rows(connection, _TABLE):
            held = self.heights[int(height or 0)] if (height or "") in _HEIGHTS else {}
            if height is None or place is None or (kept := held.pop(int(place), None)) is None or kept.hex() != hash:
                wrong.append(f"{height}/{place}")
        wrong += [f"{height}/{place}" for height in range(self._top + 1) for place in self.heights[height]]
        return [fault("head", place, "không phải như các bước đã niêm phong", "it is not that of the sealed steps")
                for place in wrong[:MOST]]  # fmt: skip


def out_of_order(key: str) -> Fault:
    """The sentence for a step that came into the log before or after its turn."""
    return fault("step", key, "không vào nhật ký theo thứ tự các bước",
                 "it did not come into the log in the order of steps")  # fmt: skip


_HEIGHTS = {str(height) for height in range(len(EMPTY))}
_TABLE = "SELECT height, place, encode(hash, 'hex') FROM head"
