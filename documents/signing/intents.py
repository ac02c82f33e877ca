"""What somebody is about to sign, written before it is signed; and the signature that became of it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.signing.errors import DownloadSpent, IntentExpired, IntentGone, IntentUsed
from states.driver import one_or_none
from states.periods import LOCAL
from states.policy import Actor
from states.steps import Taken


@dataclass(frozen=True)
class Intent:
    """A signing as it was begun. `nonce`: the secret that names it outside; only its digest is kept."""

    id: int
    document_id: int
    revision_id: int
    seq: int
    purpose: str
    office_id: int
    person_id: int
    certificate_id: int
    prepared_digest: bytes
    content_digest: bytes
    at: datetime
    expires_at: datetime
    used: bool = False
    downloaded: bool = False

    @property
    def actor(self) -> Actor:
        """Who began it."""
        return Actor(self.person_id, self.office_id)


@dataclass(frozen=True)
class Begun:
    """What is about to be signed: of which document, content and step, with whose certificate, which served file."""

    document_id: int
    revision_id: int
    seq: int
    purpose: str
    office_id: int
    certificate_id: int
    prepared_digest: bytes
    content_digest: bytes


def write(session: Session, begun: Begun, at: datetime, expires_at: datetime) -> tuple[int, str]:
    """Write it down; returns its number and its secret name."""
    nonce = secrets.token_urlsafe(32)
    keys = {**vars(begun), "nonce": _digest(nonce), "at": at, "expires_at": expires_at}
    return int(session.connection().exec_driver_sql(_WRITE, keys).scalar_one()), nonce


def find(session: Session, nonce: str, at: datetime, *, lock: bool = False) -> Intent:
    """The open one of this name. Raises `IntentGone`, `IntentUsed`, `IntentExpired`."""
    row = one_or_none(session, _FIND + (" FOR NO KEY UPDATE OF d" if lock else ""), {"nonce": _digest(nonce)})
    if row is None:
        raise IntentGone()
    found = Intent(*[*row[:8], bytes(row[8]), bytes(row[9]), *row[10:]])
    if found.used:
        raise IntentUsed()
    if at > found.expires_at:
        raise IntentExpired(at=f"{found.expires_at.astimezone(LOCAL):%H:%M %d/%m/%Y}")
    return found


def hand_out(session: Session, intent: Intent, at: datetime) -> None:
    """Its file goes out, once. Raises `DownloadSpent`."""
    if one_or_none(session, _HAND_OUT, {"id": intent.id, "at": at}) is None:
        raise DownloadSpent()


def sign(session: Session, intent_id: int, taken: Taken, file: bytes, at: datetime, stamped: datetime | None,
         level: str) -> None:  # fmt: skip
    """Write the signature that became of it, beside the step that was taken. Raises `IntentUsed`."""
    keys = {"intent": intent_id, "document": taken.document_id, "seq": taken.seq, "file": file, "at": at,
            "stamped": stamped, "level": level}  # fmt: skip
    if one_or_none(session, _SIGN, keys) is None:
        raise IntentUsed()


def _digest(nonce: str) -> bytes:
    return hashlib.sha256(nonce.encode("utf-8", "replace")).digest()


_WRITE = """
INSERT INTO signing_intent (document_id, revision_id, seq, purpose, office_id, certificate_id, prepared_digest,
                            content_digest, nonce, at, expires_at)
VALUES (%(document_id)s, %(revision_id)s, %(seq)s, %(purpose)s, %(office_id)s, %(certificate_id)s, %(prepared_digest)s,
        %(content_digest)s, %(nonce)s, %(at)s, %(expires_at)s) RETURNING id
"""
_FIND = """
SELECT i.id, i.document_id, i.revision_id, i.seq, i.purpose, i.office_id, o.person_id, i.certificate_id,
       i.prepared_digest, i.content_digest, i.at, i.expires_at,
       EXISTS (SELECT FROM signature s WHERE s.intent_id = i.id),
       EXISTS (SELECT FROM signing_download w WHERE w.intent_id = i.id)
  FROM signing_intent i JOIN office o ON o.id = i.office_id JOIN document d ON d.id = i.document_id
 WHERE i.nonce = %(nonce)s
"""
_HAND_OUT = "INSERT INTO signing_download (intent_id, at) VALUES (%(id)s, %(at)s) ON CONFLICT DO NOTHING RETURNING 1"
_SIGN = """
INSERT INTO signature (document_id, seq, purpose, intent_id, certificate_id, file_digest, content_digest, signed_at,
                       timestamp_at, level)
SELECT i.document_id, %(seq)s, i.purpose, i.id, i.certificate_id, %(file)s, i.content_digest, %(at)s, %(stamped)s,
       %(level)s
  FROM signing_intent i WHERE i.id = %(intent)s AND i.document_id = %(document)s
ON CONFLICT DO NOTHING RETURNING 1
"""
