"""What leads from a bundle's rows to its checkpoint, from their documents to where each of them stood then, and from
older checkpoints to this one.
"""

from collections.abc import Iterable

from sqlmodel import Session

from states.digests import canonical
from states.log import merkle
from states.log.heads import Heads
from states.log.nodes import Nodes

MOST = 1_000
"""How many older checkpoints a bundle can be held against: the last of each day, the newest days."""


def proofs(session: Session, places: list[int], size: int, outside: Iterable[int]) -> bytes:
    """The member `proofs.json`. `outside`: sizes of checkpoints that somebody named."""
    nodes = Nodes(session)
    days = session.connection().exec_driver_sql(_DAYS, {"size": size, "most": MOST}).scalars()
    olds = {int(old) for old in days} | {old for old in outside if 0 < old < size}
    older = {str(old): [hash.hex() for hash in merkle.consistency(old, size, nodes)] for old in sorted(olds)}
    return canonical({
        "beside": [hash.hex() for hash in merkle.beside(places, size, nodes)], "consistency": older,
        "standing": [hash.hex() for hash in _standing(session)],
    })  # fmt: skip


def _standing(session: Session) -> list[bytes]:
    """Beside the chosen documents in the second tree."""
    run = session.connection().exec_driver_sql
    height = int(run("SELECT max(height) FROM head").scalar_one())
    return merkle.beside([int(place) for place in run(_STAND).scalars()], 1 << height, Heads(session))


_STAND = """
SELECT h.place FROM proof_document d JOIN head h ON h.height = 0 AND h.place = d.id ORDER BY h.place
"""
_DAYS = """
SELECT max(size) FROM checkpoint WHERE size < %(size)s GROUP BY (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
 ORDER BY 1 DESC LIMIT %(most)s
"""
