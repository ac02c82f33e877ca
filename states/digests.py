"""Digests: SHA-256 of content (RFC 8785) and of a step's line, the same as the database computes."""

import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import rfc8785

FIRST = b"\x00"  # what the first step of a document has before it


def canonical(content: Any) -> bytes:
    """Canonical JSON (RFC 8785) with all text in NFC, so that one name has one form. Numbers: integers only."""
    return rfc8785.dumps(_nfc(content))


def content_digest(content: Any) -> bytes:
    """SHA-256 over the canonical JSON: what a signature is about."""
    return hashlib.sha256(canonical(content)).digest()


def step_digest(step: Any) -> bytes:
    """SHA-256 over a step's line; equal to the database's `step_digest()` for the same row."""
    line = [
        "dondoc-step/1", step.document_id, step.seq, step.kind, step.from_state, step.action, step.to_state,
        step.person_id, step.office_id, step.authority, _moment(step.at), step.reason_code, step.reason,
        _hex(step.revision_digest), _hex(step.file_digest), step.desk, step.desk_office_id, _moment(step.due_at),
        step.details, _hex(step.previous),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(line, ensure_ascii=False).encode()).digest()


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else None


def _hex(value: bytes | None) -> str | None:
    return bytes(value).hex() if value is not None else None


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_nfc(item) for item in value]
    if isinstance(value, dict):
        return {_nfc(key): _nfc(item) for key, item in value.items()}
    return value


def grouped(digest: str) -> str:
    """A digest in hex in four groups, to be read by people; the blanks are no part of it."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))
