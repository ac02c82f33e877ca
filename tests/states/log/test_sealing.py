"""Sealing: every trace gets one place, two at once agree, the program's login can do nothing else to the log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretStr
from sqlmodel import Session

from documents.proof.verifying import notes as verifying
from states import database as db
from states.embedded import Urls
from states.log import keys, merkle, notes, sealing
from states.log.keys import LogKeyNotOurs
from states.log.nodes import Nodes
from states.log.notes import BadKey, BadNote, Signer, Verifier
from states.settings import Settings

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SIGNER = Signer("dondoc/test", Ed25519PrivateKey.generate())
LAST = "SELECT count(*), max(position) + 1, count(DISTINCT (kind, key)) FROM leaf"


def test_two_sealings_at_once_give_every_trace_one_place(database: Urls) -> None:
    engine = db.engine(database.program)

    def work(_: int) -> int:
        with db.transaction(engine) as session:
            return sealing.sequence(session, most=2_000)

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, range(16)))
    with db.transaction(engine) as session:
        run = session.connection().exec_driver_sql
        assert run(LAST).one() == (done, done, done) and done > 20_000
        assert run("SELECT count(*) FROM trace").scalar() == 0
        sealed = sealing.seal(session, SIGNER, NOW)
        again = sealing.seal(session, SIGNER, NOW + timedelta(hours=1))
        assert sealed.new and not again.new and again.note == sealed.note, "nothing new is signed twice"
        assert merkle.root(done, Nodes(session)) == merkle.root(done, Nodes(session, from_below=True))


def test_what_was_written_since_is_sealed_next(session: Session) -> None:
    first = sealing.seal(session, SIGNER, NOW)
    session.connection().exec_driver_sql("INSERT INTO external_document (number, issuer) VALUES ('1', 'Bộ Mẫu')")
    second = sealing.seal(session, SIGNER, NOW + timedelta(hours=1))
    assert (second.size, second.leaves, second.new) == (first.size + 2, 1, True), "the row, and the end of the sealing"
    proof = merkle.consistency(first.size, second.size, Nodes(session))
    assert proof and notes.read(second.note or "").root == merkle.root(second.size, Nodes(session))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO trace (kind, key, digest) VALUES ('step', '1:1', '\\x00')", "DELETE FROM trace",
        "UPDATE trace SET digest = '\\x00'", "INSERT INTO leaf VALUES (0, 'step', '1:1', '\\x00')",
        "DELETE FROM leaf", "UPDATE leaf SET key = 'x'", "TRUNCATE leaf", "DELETE FROM checkpoint",
        "UPDATE checkpoint SET note = 'x'", "DELETE FROM subtree", "DROP TRIGGER step_moves_document ON step",
    ],
)  # fmt: skip
def test_the_programs_login_can_do_nothing_else_to_the_log(database: Urls, statement: str) -> None:
    with psycopg.connect(database.program) as program, pytest.raises(psycopg.errors.InsufficientPrivilege):
        program.execute(statement.encode())


def test_a_note_is_read_back_and_another_key_did_not_sign_it() -> None:
    words = SIGNER.sign(7, bytes(32), NOW)
    note, verifier = notes.read(words), Verifier.read(SIGNER.verifier.line)
    assert (note.origin, note.size, note.root, note.at) == ("dondoc/test", 7, bytes(32), "2026-11-22T09:00:00Z")
    assert verifier.signed(note) and verifying.checked(words, verifier.line) is not None
    other = Signer("dondoc/test", Ed25519PrivateKey.generate()).verifier
    assert not other.signed(note) and verifying.checked(words, other.line) is None
    for place in range(len(words)):
        changed = words[:place] + chr(ord(words[place]) ^ 1) + words[place + 1 :]
        assert verifying.checked(changed, verifier.line) is None, place


@pytest.mark.parametrize("words", ["", "x", "a\nb\nc\n\n— d e\n", "a\n1\nQQ==\n\n— d e\n", "a\n1\n\n\n"])
def test_what_is_no_note_is_told(words: str) -> None:
    with pytest.raises(BadNote):
        notes.read(words)
    with pytest.raises(BadKey):
        Verifier.read(words)


def test_the_key_is_made_once_for_us_alone(tmp_path: Path) -> None:
    made = keys.of(Settings(home=tmp_path))
    path = tmp_path / keys.FILE
    assert path.stat().st_mode & 0o777 == 0o600
    given = keys.of(Settings(log_key=SecretStr(path.read_text("ascii").strip())))
    assert given.verifier == made.verifier
    path.chmod(0o644)
    with pytest.raises(LogKeyNotOurs, match="read by others"):
        keys.of(Settings(home=tmp_path, office="khác"))
    with pytest.raises(LogKeyNotOurs, match="is no key"):
        keys.of(Settings(log_key=SecretStr("PRIVATE+KEY+x+00+AA==")))
