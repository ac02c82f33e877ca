"""A step's line built fast from its text fields; the same line as `states.digests.step_digest`, tested equal."""

import hashlib
from json.encoder import encode_basestring as _said

from states.verifying.reading import Row

COLUMNS = """s.document_id, s.seq, s.kind, s.from_state, s.action, s.to_state, s.person_id, s.office_id, s.authority,
 s.at, s.reason_code, s.reason, encode(s.revision_digest, 'hex'), encode(s.file_digest, 'hex'), s.desk,
 s.desk_office_id, s.due_at, s.details, encode(s.previous, 'hex'), encode(s.digest, 'hex'), s.revision_id, s.before"""
"""The fields of a step's line in its order, then its digest and what is not in the line."""


def step_digest(step: Row) -> str:
    """SHA-256 in hex over the line of a step read as `COLUMNS`."""
    return hashlib.sha256(step_line(step).encode()).hexdigest()


def step_line(step: Row) -> str:
    """The line of a step read as `COLUMNS`."""
    (document, seq, kind, source, action, target, person, office, authority, at, code, reason, revision, file, desk,
     desk_office, due, details, previous, *_) = step  # fmt: skip
    if kind is None or source is None or action is None or target is None or authority is None or desk is None:
        return ""  # the columns are NOT NULL: whoever took that down is found by an empty line's digest
    return (
        f'["dondoc-step/1", {document}, {seq}, {_said(kind)}, {_said(source)}, {_said(action)}, {_said(target)}, '
        f'{person}, {office}, {_said(authority)}, "{moment(at or "")}", {_said(code) if code is not None else "null"}, '
        f"{_said(reason) if reason is not None else 'null'}, {_said(revision) if revision is not None else 'null'}, "
        f"{_said(file) if file is not None else 'null'}, {_said(desk)}, {desk_office or 'null'}, "
        f"{_said(moment(due)) if due else 'null'}, {_said(details) if details is not None else 'null'}, "
        f'"{previous}"]'
    )


def moment(text: str) -> str:
    """A moment as PostgreSQL writes it in UTC, in the form of a line: 2026-10-05T01:00:00.000000Z."""
    return f"{text[:10]}T{text[11:19]}.{text[20:-3]:0<6}Z"
