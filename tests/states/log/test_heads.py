"""Where each document stands: the second tree grows with the documents, and is told again from the log alone."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from states import database as db
from states.embedded import Urls
from states.log import heads, merkle, sealing
from states.log.heads import EMPTY, Heads
from states.log.kinds import leaf_hash
from states.log.notes import Signer
from states.verifying.standing import Ending, Moved, Moving, Standing
from tests.world import World

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
        stand = {document: _leaf(document, seq) for document, seq in steps.items()}
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
    steps: dict[int, int] = {}
    for at, moved in enumerate(lives):
        before, later = (_moving({one: moved[one] for one in list(moved)[half::2]}, steps) for half in (0, 1))
        stand = {document: _leaf(document, seq) for document, seq in steps.items()}
        while max(stand, default=0) >= width:
            width <<= 8
        digest = heads.digest(str(width), _root(stand, width)).hex()
        standing.take([], before)
        standing.take([Ending(at, str(width), digest, later)], Moving().done())
    assert standing.faults == []
    standing.take([Ending(9, str(width), "00" * 32, Moving().done())], Moving().done())
    assert [each.key for each in standing.faults] == ["9"]


@pytest.mark.parametrize(("steps", "wrong"), [
    ("12|34", []), ("1|32|4", ["7:2"]), ("2|1", ["7:2", "7:1"]), ("1|3", ["7:3"]), ("12|2", ["7:2"]),
])  # fmt: skip
def test_steps_get_their_places_in_their_order(steps: str, wrong: list[str]) -> None:
    """Else an older one, whose waiting trace somebody put behind a newer one's, would stand at the chain's end."""
    standing, found = Standing(), []
    for piece in steps.split("|"):
        moving = Moving()
        found += [f"7:{seq}" for seq in piece if not moving.step(f"7:{seq}", _leaf(7, int(seq)))]
        standing.take([], moving.done())
    assert {*found, *(each.key for each in standing.faults)} >= set(wrong)
    assert bool(wrong) == bool([*found, *standing.faults])


def _moving(moved: dict[int, int], steps: dict[int, int]) -> Moved:
    """So many further steps of each document."""
    moving = Moving()
    for document, count in moved.items():
        for seq in range(steps.get(document, 0) + 1, steps.get(document, 0) + count + 1):
            assert moving.step(f"{document}:{seq}", _leaf(document, seq))
        steps[document] = steps.get(document, 0) + count
    return moving.done()


def _leaf(document: int, seq: int) -> bytes:
    return leaf_hash("step", f"{document}:{seq}", "01")


def test_the_programs_login_may_end_a_sealing_but_not_say_with_what(database: Urls) -> None:
    for statement in ("INSERT INTO leaf VALUES (0, 'heads', '256', '\\x00')", "DELETE FROM head", "TRUNCATE head",
                      "INSERT INTO head VALUES (0, 7, '\\x00')", "UPDATE head SET hash = '\\x00'"):  # fmt: skip
        with psycopg.connect(database.program) as program, pytest.raises(psycopg.errors.InsufficientPrivilege):
            program.execute(statement.encode())


@pytest.mark.parametrize("number", [-5, 0, 2**40 + 1])
def test_a_document_has_a_number_that_is_a_place(session: Session, number: int) -> None:
    """The program's login may name numbers itself: none may keep the log from being sealed."""
    World(session).draft_plan()
    with pytest.raises(IntegrityError, match="document_id_check"):
        session.connection().exec_driver_sql(_ANOTHER, {"number": number})


_ANOTHER = """
INSERT INTO document SELECT (jsonb_populate_record(d, jsonb_build_object('id', %(number)s::bigint))).* FROM document d
"""
