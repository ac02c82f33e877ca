"""Where each document stands (bước cuối của từng văn bản): a second tree, whose root ends each sealing.

At place `document` stands the leaf of its newest sealed step, elsewhere that of nothing; the tree is 256, 65,536, ...
places wide. What leads a chain's last step to that root shows that nothing came after it up to the checkpoint. The
database builds it (`add_heads` of migration 0005), so that the program can't say other than what the log has.
"""

from states.log import merkle
from states.log.kinds import row_digest
from states.log.nodes import BLOCK, Nodes

KIND = "heads"


def _empty() -> list[bytes]:
    """By height the hash over places where nothing stands."""
    found = [merkle.leaf_hash(b"")]
    for _ in range(64):
        found.append(merkle.node_hash(found[-1], found[-1]))
    return found


EMPTY = _empty()


def digest(width: str, root: bytes) -> bytes:
    """What the leaf that ends a sealing bears."""
    return row_digest(KIND, (width, rf"\x{root.hex()}"))


class Heads(Nodes):
    """`node(height, place)` over the second tree."""

    def _read(self, level: int, block: int) -> list[bytes]:
        keys = {"first": block << BLOCK, "next": block + 1 << BLOCK, "height": level * BLOCK}
        held = {place & 255: bytes(hash) for place, hash in self._run(_BELOW, keys)}
        return [held.get(place, EMPTY[level * BLOCK]) for place in range(1 << BLOCK)]


_BELOW = "SELECT place, hash FROM head WHERE height = %(height)s AND place >= %(first)s AND place < %(next)s"
