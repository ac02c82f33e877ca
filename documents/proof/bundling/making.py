"""One document's bundle, made as of the newest checkpoint."""

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import cast

from sqlmodel import Session

from documents.proof.bundling.choosing import NothingSealed, choose
from documents.proof.bundling.evidence import evidence
from documents.proof.bundling.packing import pack
from documents.proof.bundling.proofs import proofs
from documents.proof.verifying.packed import FORMAT, README
from states.digests import canonical
from states.log.notes import Note, Verifier
from states.verifying.reading import Connection, rows


def bundle(session: Session, document: int, verifier: Verifier, outside: Sequence[Note] = ()) -> bytes:
    """The bundle of a document. `outside`: checkpoints that it must be held against later.

    Nothing is sealed here: it proves what the checkpoint holds, and later steps stay out. Raises `NoSuchDocument`,
    `NothingSealed`, `ChangedSince`, `NotAsLogged`.
    """
    run = session.connection().exec_driver_sql
    run("SELECT pg_advisory_xact_lock_shared(hashtext('dondoc log'))")  # no sealing ends between two of our readings
    sealed = run("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1").one_or_none()
    if sealed is None:
        raise NothingSealed(document=document)
    size, note = int(sealed[0]), str(sealed[1])
    connection = cast(Connection, session.connection().connection.driver_connection)
    chosen = choose(connection, document, size)
    if not run(_SEALED, {"key": str(document), "size": size}).scalar():
        raise NothingSealed(document=document)
    lines, places = evidence(connection, chosen, size)
    return pack({
        "README.txt": README.encode(),
        "manifest.json": canonical({"format": FORMAT, "document": document, "key": verifier.line}),
        "checkpoint.txt": note.encode(),
        "proofs.json": proofs(session, places, size, (each.size for each in outside)),
        "evidence.jsonl": lines,
        "contents.jsonl": _lines(connection, _CONTENTS),
        "forms.jsonl": _lines(connection, _FORMS),
        **_files(session, document, size),
    })  # fmt: skip


def _lines(connection: Connection, query: str) -> bytes:
    return b"".join(_canonical(row[0] or "null") + b"\n" for row in rows(connection, query))


def _canonical(text: str) -> bytes:
    """Contents as they were hashed; the quick way is right for all but odd letters, which the digest then shows."""
    content = json.loads(text)
    quick = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    plain = _ODD.search(quick) is None and unicodedata.is_normalized("NFC", quick)
    return quick.encode() if plain else canonical(content)


def _files(session: Session, document: int, size: int) -> dict[str, bytes]:
    found = session.connection().exec_driver_sql(_FILES, {"id": document, "size": size})
    return {f"files/{bytes(digest).hex()}": bytes(data) for digest, data in found}


_ODD = re.compile("[\ud800-\U0010ffff]")
"""Letters that RFC 8785 and Python sort in different ways."""
_SEALED = "SELECT true FROM leaf WHERE kind = 'document' AND key = %(key)s AND position < %(size)s"
_CONTENTS = "SELECT content::text FROM revision WHERE id IN (SELECT id FROM proof_revision) ORDER BY id"
_FORMS = """
SELECT content::text FROM form WHERE (code, version) IN (SELECT form, form_version FROM document
 WHERE id IN (SELECT document_id FROM revision WHERE id IN (SELECT id FROM proof_revision)))
 ORDER BY code COLLATE "C", version
"""
_FILES = """
SELECT DISTINCT f.digest, f.bytes FROM step s JOIN file f ON f.digest = s.file_digest WHERE s.document_id = %(id)s
   AND EXISTS (SELECT FROM leaf l WHERE l.kind = 'step' AND l.key = s.document_id || ':' || s.seq
                  AND l.position < %(size)s)
 ORDER BY 1
"""
