"""What was signed is kept as it was: the frozen file of a document, and the signatures on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from documents.signing.names import NO_LEGAL_VALUE
from states import files
from states.driver import one_or_none, rows


@dataclass(frozen=True)
class Shown:
    """A signature of a document as pages show it. `in_force`: it was not taken back by a later step.

    `at`: when it was made; `stamped_at`: what its time stamp says. Digests in hex.
    """

    seq: int
    purpose: str
    revision_id: int
    name: str
    title: str
    unit: str
    subject: str
    issuer: str
    at: datetime
    timestamp_at: datetime | None
    level: str
    sample: bool
    file_digest: str
    content_digest: str
    certificate_id: int
    in_force: bool


@dataclass(frozen=True)
class SignedFile:
    """The officer's signature that stands under a revision now, and its file."""

    seq: int
    file_digest: bytes
    content_digest: bytes
    signed_at: datetime


def pdf_of(session: Session, document_id: int, revision_id: int | None) -> bytes | None:
    """The file of a revision (without one: of what is signed) as it was signed or sent; None where there is none.

    A signature that was taken back before it went out has none either: the paper is then set anew and says so.
    """
    row = one_or_none(session, _FILE, {"id": document_id, "revision": revision_id})
    return files.read(session, bytes(row[0])) if row else None


def signed_file(session: Session, document_id: int) -> SignedFile | None:
    """What the clerk numbers and seals: the file of the last signature; None where that had no certificate."""
    row = one_or_none(session, _SIGNED, {"id": document_id})
    return SignedFile(row[0], bytes(row[1]), bytes(row[2]), row[3]) if row and row[1] is not None else None


def signatures(session: Session, document_id: int) -> list[Shown]:
    """All of a document, in their order."""
    return [_shown(list(row)) for row in rows(session, _SHOWN, {"id": document_id})]


def _shown(row: list[Any]) -> Shown:
    return Shown(*[*row[:11], NO_LEGAL_VALUE in row[6], *row[11:]])


# The last of its signature and its sendings; a signature alone only while it stands.
_FILE = """
SELECT made.file_digest FROM document d, LATERAL (
    SELECT s.seq, s.action, s.file_digest FROM step s
      LEFT JOIN sending x ON x.document_id = s.document_id AND x.seq = s.seq
     WHERE s.document_id = d.id AND s.action IN ('sign','submit')
       AND coalesce(s.revision_id, x.revision_id) = coalesce(%(revision)s, d.revision_id)
     ORDER BY s.seq DESC LIMIT 1) made
 WHERE d.id = %(id)s AND made.file_digest IS NOT NULL
   AND (made.action = 'submit' OR d.revision_id = coalesce(%(revision)s, d.revision_id)
                                  AND d.state IN ('signed','submitted','consolidated'))
"""
_SIGNED = """
SELECT s.seq, g.file_digest, g.content_digest, g.signed_at FROM step s
  LEFT JOIN signature g ON g.document_id = s.document_id AND g.seq = s.seq AND g.purpose = 'officer'
 WHERE s.document_id = %(id)s AND s.action = 'sign' ORDER BY s.seq DESC LIMIT 1
"""
_SHOWN = """
SELECT g.seq, g.purpose, i.revision_id, CASE g.purpose WHEN 'officer' THEN p.full_name ELSE u.name END,
       coalesce(o.title, ''), u.name, c.subject, c.issuer, g.signed_at, g.timestamp_at, g.level,
       encode(g.file_digest, 'hex'), encode(g.content_digest, 'hex'), g.certificate_id,
       NOT EXISTS (SELECT FROM step s WHERE s.document_id = g.document_id AND s.seq > g.seq
                      AND s.action IN ('revise','recall','return','reopen','withdraw','sign'))
  FROM signature g JOIN signing_intent i ON i.id = g.intent_id JOIN certificate c ON c.id = g.certificate_id
  JOIN unit u ON u.id = c.unit_id LEFT JOIN office o ON o.id = c.office_id LEFT JOIN person p ON p.id = o.person_id
 WHERE g.document_id = %(id)s ORDER BY g.seq, g.purpose
"""
