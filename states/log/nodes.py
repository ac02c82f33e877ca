"""Hashes of a tree's parts, read from the database in blocks of 256 and kept for one piece of work."""

from sqlmodel import Session

from states.log import merkle
from states.log.kinds import leaf_data

BLOCK = 8
"""Blocks are 2^8 wide: subtrees are stored at the heights 8, 16, 24 ..."""


class Nodes:
    """`node(height, place)` for `states.log.merkle`, over the leaves that are in the log now."""

    def __init__(self, session: Session, *, from_below: bool = False) -> None:
        """Reads lazily through this session. `from_below`: makes what is to be stored from the level below it."""
        self._run = session.connection().exec_driver_sql
        self._from_below = from_below
        self._blocks: dict[tuple[int, int], list[list[bytes]]] = {}

    def __call__(self, height: int, place: int) -> bytes:
        """The hash over leaves place·2^height up to the next place; the subtree must be whole."""
        level, above = divmod(height, BLOCK)
        if self._from_below and above == 0 and level:
            level, above = level - 1, BLOCK  # the top of the block below is the same node
        block, within = place >> BLOCK - above, place & (1 << BLOCK - above) - 1
        if (level, block) not in self._blocks:
            self._blocks[level, block] = merkle.levels(self._read(level, block))
        return self._blocks[level, block][above][within]

    def _read(self, level: int, block: int) -> list[bytes]:
        keys = {"first": block << BLOCK, "next": block + 1 << BLOCK, "height": level * BLOCK}
        if level:
            return [bytes(row[0]) for row in self._run(_SUBTREES, keys)]
        return [merkle.leaf_hash(leaf_data(kind, key, bytes(digest)))
                for kind, key, digest in self._run(_LEAVES, keys)]  # fmt: skip


_LEAVES = "SELECT kind, key, digest FROM leaf WHERE position >= %(first)s AND position < %(next)s ORDER BY position"
_SUBTREES = """
SELECT hash FROM subtree WHERE height = %(height)s AND place >= %(first)s AND place < %(next)s ORDER BY place
"""
