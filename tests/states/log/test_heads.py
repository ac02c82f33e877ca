"""Where each document stands: the second tree grows with the documents, and is told again from the log alone."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from states import database as db
from states.embedded import Urls
from states.log import heads, merkle, sealing
from states.log.heads import EMPTY, Heads
from states.log.kinds import leaf_hash
from states.log.notes import Signer
from states.verifying.standing import Ending, Moved, Standing

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SIGNER = Signer("dondoc/test", Ed25519PrivateKey.generate())
LIVES = st.lists(st.dictionaries(st.integers(1, 600) | st.integers(65_000, 70_000), st.integers(1, 9), max_size=9),
                 min_size=1, max_size=4)  # fmt: skip


@pytest.fixture
def owner(fresh_database: Urls) -> Iterator[Session]:
    """The owner's login, who may write traces of documents that are not there."""
    with db.transaction(db.engine(fresh_database.owner)) as session:
        yield session


def test_the_tree_grows_with_its_documents(owner: Session) -> None:
    """From one block to two levels above it at once; a document before all others comes last."""
    run = owner.connection().exec_driver_sql
    steps: dict[int, int] = {}
    for documents, width in (([7], 256), ([8, 300], 65_536), ([70_000, 7], 1 << 24), ([1], 1 << 24)):
        for document in documents:
            steps[document] = steps.get(document, 0) + 1
            run(_WAITS, (f"{document}:{steps[document]}",))
        sealed = sealing.seal(owner, SIGNER, NOW)
        key, digest = run("SELECT key, digest FROM leaf WHERE position = %s", (sealed.size - 1,)).one()
        stand = {document: leaf_hash("step", f"{document}:{seq}", "01") for document, seq in steps.items()}
        assert (key, bytes(digest)) == (str(width), heads.digest(str(width), _root(stand, width)))
        assert _led(owner, stand, width)


_WAITS = "INSERT INTO trace (kind, key, digest) VALUES ('step', %s, '\\x01')"


def _led(session: Session, stand: dict[int, bytes], width: int) -> bool:
    """Whether what stands beside the first and the last document leads them to the root."""
    node, places = Heads(session), sorted(stand)
    path = merkle.beside(places, width, node)
    return len(path) < 24 * len(places) and merkle.root(width, node) == _root(stand, width)


def _root(stand: dict[int, bytes], width: int) -> bytes:
    """By definition: every place is hashed with its neighbour, the empty ones too."""
    level = stand
    for height in range(width.bit_length() - 1):
        level = {place >> 1: merkle.node_hash(level.get(place & ~1, EMPTY[height]), level.get(place | 1, EMPTY[height]))
                 for place in level}  # fmt: skip
    return level.get(0, EMPTY[width.bit_length() - 1])


@settings(max_examples=60, deadline=None)
@given(LIVES)
def test_the_auditor_tells_the_same_tree_from_the_log(lives: list[dict[int, int]]) -> None:
    standing, width = Standing(), 256
    stand: dict[int, bytes] = {}
    for at, moved in enumerate(lives):
        newest = {document: leaf_hash("step", f"{document}:{seq}", "01") for document, seq in moved.items()}
        stand |= newest
        while max(stand, default=0) >= width:
            width <<= 8
        half = dict(list(newest.items())[::2])
        standing.take([], _moved({document: leaf for document, leaf in newest.items() if document not in half}))
        digest = heads.digest(str(width), _root(stand, width)).hex()
        standing.take([Ending(at, str(width), digest, _moved(half))], _moved({}))
    assert standing.faults == []
    standing.take([Ending(9, str(width), "00" * 32, _moved({}))], _moved({}))
    assert [each.key for each in standing.faults] == ["9"]


def _moved(newest: dict[int, bytes]) -> Moved:
    return Moved.of({str(document): leaf for document, leaf in newest.items()})


def test_the_programs_login_may_end_a_sealing_but_not_say_with_what(database: Urls) -> None:
    for statement in ("INSERT INTO leaf VALUES (0, 'heads', '256', '\\x00')", "DELETE FROM head", "TRUNCATE head",
                      "INSERT INTO head VALUES (0, 7, '\\x00')", "UPDATE head SET hash = '\\x00'"):  # fmt: skip
        with psycopg.connect(database.program) as program, pytest.raises(psycopg.errors.InsufficientPrivilege):
            program.execute(statement.encode())
