"""What whoever has all rights may try, and what finds it: every column of every table, then the log itself.

As the database's superuser, with all triggers, keys and checks out of the way; each attempt is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from documents.shelf import keep_forms
from states.log import notes, sealing
from states.log.kinds import PLAIN_COLUMNS, ROWS
from states.log.notes import Note, Signer
from states.verifying.everything import verify_on
from states.verifying.faults import NAMES
from tests.tampering.story import story
from tests.tampering.tables import LAST, changed, columns_of, take_down

SIGNER = Signer("dondoc/thu", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer("dondoc/thu", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
NOTHING = "KHÔNG gì phát hiện"


@dataclass(frozen=True)
class Tried:
    """One attempt: on what, how, and the first sentence of what found it."""

    table: str
    what: str
    found: str


class Tampering:
    """A sealed story, open to every attempt."""

    def __init__(self, session: Session) -> None:
        """`session`: of the owner, who is a superuser, on a migrated database without units."""
        self.session = session
        self.run = session.connection().exec_driver_sql
        keep_forms(session)
        self.world = story(session)
        sealed = sealing.seal(session, SIGNER, self.world.now)
        assert sealed.note is not None
        self.yesterday: Note = notes.read(sealed.note)
        self.run("INSERT INTO external_document (number, issuer) VALUES ('2/CV', 'Bộ Mẫu')")  # waits to be sealed
        self.run("SET CONSTRAINTS ALL IMMEDIATE")
        self.run("SET LOCAL session_replication_role = replica")
        self.columns = columns_of(session)
        take_down(session, self.columns)

    def audit(self, *outside: Note, only: str | None = None) -> list[str]:
        """The kinds and sentences of all faults; `only`: where what was changed stands in a table of its own."""
        connection: Any = self.session.connection().connection.driver_connection
        pieces = _PIECES.get(only or "", {only} if only else set())
        found = verify_on(connection, SIGNER.verifier, outside, only=pieces - {None}).faults
        return [f"{NAMES.get(each.kind, ('',))[0]}: {each.vietnamese}" for each in found]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done inside is rolled back."""
        point = self.session.connection().begin_nested()
        yield
        point.rollback()

    def every_column(self) -> Iterator[Tried]:
        """Each column of each table that bears proof, in its last row; then a row taken out, and one doubled."""
        for table in sorted(self.columns):
            for column, kind in self.columns[table].items():
                if column not in PLAIN_COLUMNS.get(table, ()):
                    with self.undone():
                        self.run(changed(table, column, kind))
                        yield Tried(table, column, _first(self.audit(only=table)))
            with self.undone():
                self.run(f"DELETE FROM {table} WHERE ctid = ({LAST.format(table=table)})")
                yield Tried(table, "(xóa một hàng)", _first(self.audit(only=table)))
            with self.undone():
                self.run(f"INSERT INTO {table} SELECT * FROM {table} WHERE ctid = ({LAST.format(table=table)})")
                yield Tried(table, "(thêm một hàng nữa)", _first(self.audit(only=table)))

    def log(self) -> Iterator[Tried]:
        """Attempts on the log itself, each further than the one before."""
        for what, act in (
            ("sửa một hàng và dấu vết của nó", self._row_and_leaf),
            ("sửa một hàng, dấu vết, các nhánh; xóa mọi mốc, ký lại bằng khóa khác", lambda: self._rebuilt(OTHER)),
            ("như trên, ký lại bằng chính khóa niêm phong lấy trộm được", lambda: self._rebuilt(SIGNER)),
            ("bỏ hẳn một hàng khỏi dữ liệu và nhật ký, ký lại bằng khóa lấy trộm được", self._cut),
            ("cho một văn bản đứng lại ở bước đầu rồi niêm phong, để gói bỏ được bước sau", self._held_back),
            ("niêm phong một bảng bước cuối tự đặt ra", self._invented),
            ("xóa bước cuối, đặt văn bản về trước, niêm phong dấu vết «bước đã đổi»", self._last_step_gone),
            ("xóa một hàng, niêm phong dấu vết như của một hàng đã đổi hợp lệ", self._gone_as_changed),
            ("sửa một hàng qua trigger, như một thay đổi hợp lệ", self._lawful),
            ("sửa một hàng chưa niêm phong cùng dấu vết đang chờ", self._waiting),
        ):
            with self.undone():
                act()
                alone = _first(self.audit())
                yield Tried("nhật ký", what, alone if alone != NOTHING else _outside(self.audit(self.yesterday)))

    def _row_and_leaf(self) -> None:
        self.run("UPDATE office SET title = 'Chủ tịch giả' WHERE id = (SELECT max(id) FROM office)")
        self.run(f"UPDATE leaf SET digest = {_OFFICE} WHERE kind = 'office'"
                 " AND key = (SELECT max(id) FROM office)::text")  # fmt: skip

    def _rebuilt(self, signer: Signer) -> None:
        self._row_and_leaf()
        self.run("DELETE FROM subtree")
        self.run("DELETE FROM checkpoint")
        sealing.store(self.session, self.yesterday.size)
        sealing.sign(self.session, signer, self.world.now)

    def _cut(self) -> None:
        """A row as if it had never been: the log without its leaf, every later leaf a place further up."""
        self.run("DELETE FROM explanation")
        self.run("CREATE TEMP TABLE again ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY position) - 1 AS place,"
                 " kind, key, digest FROM leaf WHERE kind <> 'explanation'")  # fmt: skip
        self.run("DELETE FROM leaf")
        self.run("INSERT INTO leaf SELECT * FROM again")
        self.run("DELETE FROM subtree")
        self.run("DELETE FROM checkpoint")
        sealing.store(self.session, self.yesterday.size - 1)
        sealing.sign(self.session, SIGNER, self.world.now)

    def _held_back(self) -> None:
        """In the second tree the document stands at its first step."""
        self.run("UPDATE head SET hash = (SELECT sha256('\\x00'::bytea || convert_to(E'dondoc-leaf/1\\nstep\\n' || key"
                 " || E'\\n' || encode(digest, 'hex'), 'UTF8')) FROM leaf WHERE key = place || ':1' AND kind = 'step')"
                 " WHERE height = 0 AND place = (SELECT max(document_id) FROM step WHERE seq > 1)")  # fmt: skip
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))

    def _invented(self) -> None:
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))
        self.run("UPDATE leaf SET digest = sha256('khác') WHERE position = (SELECT max(position) FROM leaf)")
        self.run("DELETE FROM checkpoint")
        sealing.sign(self.session, SIGNER, self.world.now)

    def _last_step_gone(self) -> None:
        key, document, before = self.run(_LAST_STEP).one()
        self.run("DELETE FROM step WHERE document_id || ':' || seq = %s", (key,))
        self.run(_BACK, {"document": document, "seq": before})
        self.run("INSERT INTO trace (kind, key, digest) VALUES ('step+', %s, '\\x00')", (key,))
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))

    def _gone_as_changed(self) -> None:
        self.run("INSERT INTO trace (kind, key, digest) SELECT 'explanation+', id::text, '\\x00' FROM explanation")
        self.run("DELETE FROM explanation")
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))

    def _lawful(self) -> None:
        self.run("SET LOCAL session_replication_role = origin")
        self.run("UPDATE person SET full_name = 'Người khác (mẫu)' WHERE id = (SELECT max(id) FROM person)")
        self.run("SET LOCAL session_replication_role = replica")
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))

    def _waiting(self) -> None:
        self.run("SET LOCAL session_replication_role = origin")
        self.run("INSERT INTO external_document (number, issuer) VALUES ('9/KH', 'Bộ Mẫu')")
        self.run("SET LOCAL session_replication_role = replica")
        self.run("UPDATE external_document SET number = '8/KH' WHERE number = '9/KH'")
        self.run(f"UPDATE trace SET digest = {_EXTERNAL} WHERE kind = 'external_document'"
                 " AND key = (SELECT max(id) FROM external_document)::text")  # fmt: skip
        sealing.seal(self.session, SIGNER, self.world.later(minutes=1))


def _first(found: list[str]) -> str:
    return found[0] if found else NOTHING


def _outside(found: list[str]) -> str:
    return f"**chỉ mốc do bên ngoài giữ** ({_first(found)})" if found else f"**{NOTHING}**"


_PIECES: dict[str, set[str | None]] = {
    "document": {"step"}, "sending": {"step"}, "figure": {"revision"}, "derivation": {"revision"},
    "trace": set(), "leaf": set(), "subtree": set(), "checkpoint": set(), "head": set(),
}  # fmt: skip
"""Which pieces of the audit look at a table; nothing: all of them."""
_LAST_STEP = """
SELECT s.document_id || ':' || s.seq, s.document_id, s.seq - 1 FROM step s JOIN document d ON d.id = s.document_id
 WHERE s.seq = d.seq AND s.seq > 1 ORDER BY s.action = 'return' DESC LIMIT 1
"""
_BACK = """
UPDATE document d SET state = s.to_state, seq = s.seq, head = s.digest, desk = s.desk,
       desk_office_id = s.desk_office_id, desk_since = s.at, correction_due = NULL
  FROM step s WHERE d.id = %(document)s AND s.document_id = d.id AND s.seq = %(seq)s
"""
_BY_NAME = {kind.name: kind for kind in ROWS}


def _digest_sql(name: str, where: str) -> str:
    kind = _BY_NAME[name]
    return (f"(SELECT sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', '{name}', {kind.select}])::text, 'UTF8'))"
            f' FROM "{name}" s WHERE {where})')  # fmt: skip


_OFFICE = _digest_sql("office", "s.id = (SELECT max(id) FROM office)")
_EXTERNAL = _digest_sql("external_document", "s.number = '8/KH'")
