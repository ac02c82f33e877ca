"""Where each document stands (bước cuối của từng văn bản): a second tree, whose root ends each sealing.

At place `document` stands the leaf of its newest sealed step, elsewhere `EMPTY`; the tree is 256, 65,536, ... places
wide. What leads one document to that root shows that nothing came after its last step up to the checkpoint.
"""

from itertools import groupby

from sqlmodel import Session

from states.log import merkle
from states.log.kinds import row_digest
from states.log.nodes import BLOCK, Nodes

KIND = "heads"
_AT_ONCE = 256
"""How many blocks are read at once."""


def _empty() -> list[bytes]:
    """By height the hash over places where nothing stands."""
    found = [merkle.leaf_hash(b"")]
    for _ in range(64):
        found.append(merkle.node_hash(found[-1], found[-1]))
    return found


EMPTY = _empty()


def renew(session: Session, since: int) -> tuple[int, bytes]:
    """Take in the steps that have their places from `since` on; returns the tree's width and its root."""
    run = session.connection().exec_driver_sql
    moved = {int(place) for place in run(_MOVED, {"since": since}).scalars()}
    last = int(run("SELECT coalesce(max(place), 0) FROM head WHERE height = 0").scalar_one())
    height, blocks = BLOCK, {0} | {place >> BLOCK for place in moved}
    _store(session, height, blocks)
    while last >> height:
        height, blocks = height + BLOCK, {block >> BLOCK for block in blocks}
        _store(session, height, blocks)
    return 1 << height, Heads(session)(height, 0)


def digest(width: str, root: bytes) -> bytes:
    """What the leaf that ends a sealing bears."""
    return row_digest(KIND, (width, rf"\x{root.hex()}"))


class Heads(Nodes):
    """`node(height, place)` over the second tree."""

    def _read(self, level: int, block: int) -> list[bytes]:
        keys = {"blocks": [block], "height": level * BLOCK}
        return _filled({place & 255: bytes(hash) for place, hash in self._run(_BELOW, keys)}, level * BLOCK)


def _store(session: Session, height: int, blocks: set[int]) -> None:
    """The hashes over these blocks, from what stands below them."""
    run, waiting = session.connection().exec_driver_sql, sorted(blocks)
    for first in range(0, len(waiting), _AT_ONCE):
        some = waiting[first : first + _AT_ONCE]
        below = run(_BELOW, {"blocks": some, "height": height - BLOCK})
        hashes = dict.fromkeys(some, EMPTY[height])
        for block, held in groupby(below, lambda row: int(row[0]) >> BLOCK):
            filled = _filled({place & 255: bytes(hash) for place, hash in held}, height - BLOCK)
            hashes[block] = merkle.levels(filled)[BLOCK][0]
        run(_STORE, {"height": height, "places": list(hashes), "hashes": list(hashes.values())})


def _filled(held: dict[int, bytes], height: int) -> list[bytes]:
    return [held.get(place, EMPTY[height]) for place in range(1 << BLOCK)]


# A step's leaf, as `states.log.kinds.leaf_hash` makes it; of each document the newest.
_MOVED = r"""
MERGE INTO head USING (
    SELECT DISTINCT ON (document) document, sha256('\x00'::bytea || convert_to(
               E'dondoc-leaf/1\nstep\n' || key || E'\n' || encode(digest, 'hex'), 'UTF8')) AS hash
      FROM (SELECT split_part(key, ':', 1)::bigint AS document, key, digest, position FROM leaf
             WHERE position >= %(since)s AND kind = 'step') step
     ORDER BY document, position DESC) moved
   ON head.height = 0 AND head.place = moved.document
 WHEN MATCHED THEN UPDATE SET hash = moved.hash
 WHEN NOT MATCHED THEN INSERT (height, place, hash) VALUES (0, moved.document, moved.hash)
RETURNING head.place
"""
_BELOW = """
SELECT h.place, h.hash FROM unnest(%(blocks)s::bigint[]) b (place)
  JOIN head h ON h.height = %(height)s AND h.place >= b.place << 8 AND h.place < (b.place + 1) << 8 ORDER BY h.place
"""
_STORE = """
MERGE INTO head USING unnest(%(places)s::bigint[], %(hashes)s::bytea[]) made (place, hash)
   ON head.height = %(height)s AND head.place = made.place
 WHEN MATCHED THEN UPDATE SET hash = made.hash
 WHEN NOT MATCHED THEN INSERT (height, place, hash) VALUES (%(height)s, made.place, made.hash)
"""
