"""Sealing (niêm phong): waiting digests get their places, whole subtrees their hashes, and the root is signed.

May be run again at any time and by two at once: places are given under one lock, and a size has one checkpoint.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states.log import merkle
from states.log.nodes import BLOCK, Nodes
from states.log.notes import Signer

BATCH = 65_536


@dataclass(frozen=True)
class Sealed:
    """What a run did: leaves that got their place, and the checkpoint that stands now (None: nothing was ever sealed).

    `new`: whether this run signed it.
    """

    leaves: int
    size: int = 0
    note: str | None = None
    new: bool = False


def sequence(session: Session, most: int = BATCH) -> int:
    """Give waiting digests their places; returns how many got one (0: nothing waits)."""
    run = session.connection().exec_driver_sql
    row = run("SELECT count(*), max(at_position) FROM take_traces(%(most)s)", {"most": most}).one()
    if row[0]:
        store(session, row[1] + 1)
    return int(row[0])


def sign(session: Session, signer: Signer, now: datetime) -> Sealed:
    """End the log with where each document stands and sign its root, unless nothing came since the last one."""
    run = session.connection().exec_driver_sql
    run("SELECT pg_advisory_xact_lock(hashtext('dondoc log'))")
    size = int(run("SELECT coalesce(max(position) + 1, 0) FROM leaf").scalar_one())
    if size == 0:
        return Sealed(0)
    if (note := run("SELECT note FROM checkpoint WHERE size = %s", (size,)).scalar()) is not None:
        return Sealed(0, size, str(note))
    size = _end(session)
    root = merkle.root(size, Nodes(session))
    note = signer.sign(size, root, now)
    keys = {"size": size, "root": root, "note": note, "at": now}
    run("INSERT INTO checkpoint (size, root, note, at) VALUES (%(size)s, %(root)s, %(note)s, %(at)s)", keys)
    return Sealed(0, size, note, new=True)


def _end(session: Session) -> int:
    """The second tree's root takes the next place; returns the size that is signed then."""
    run = session.connection().exec_driver_sql
    run("SET LOCAL statement_timeout = 0")  # after a long time without sealing it takes a while
    size = int(run("SELECT add_heads()").scalar_one()) + 1
    store(session, size)
    return size


def seal(session: Session, signer: Signer, now: datetime) -> Sealed:
    """Both, in the caller's transaction (the flow takes one transaction per batch)."""
    leaves = 0
    while done := sequence(session):
        leaves += done
    signed = sign(session, signer, now)
    return Sealed(leaves, signed.size, signed.note, signed.new)


def store(session: Session, size: int) -> None:
    """Store each whole subtree of 256, 65,536, ... leaves that is not stored yet."""
    run, nodes, height = session.connection().exec_driver_sql, Nodes(session, from_below=True), BLOCK
    while whole := size >> height:
        places = list(range(int(run(_STORED, {"height": height}).scalar_one()), whole))
        if places:
            hashes = [nodes(height, place) for place in places]
            run(_SUBTREES, {"height": height, "places": places, "hashes": hashes})
        height += BLOCK


_STORED = "SELECT coalesce(max(place) + 1, 0) FROM subtree WHERE height = %(height)s"
_SUBTREES = """
INSERT INTO subtree (height, place, hash)
SELECT %(height)s, * FROM unnest(%(places)s::bigint[], %(hashes)s::bytea[])
"""
