"""Writing down what a document rests on, answers or replaces (căn cứ, liên kết), inside the system and outside.

Fan-out, supplements and attached plans write their own links; this is for what people name. Reading them is in
`states.reading.links`.
"""

from datetime import date, datetime

from sqlmodel import Session

from states.errors import Invalid, NotFound

ROLES = ("answers", "parent", "basis", "replaces", "supplements")


class BadLink(Invalid):
    """A link of role «{role}» names one other document, of the system or from outside: correct the role or the target
    (roles: answers, parent, basis, replaces, supplements).
    """


class NothingToLink(NotFound):
    """Không có văn bản để liên kết (no such document): check the number of both documents."""


def external(session: Session, number: str, issuer: str, *, day: date | None = None, title: str | None = None) -> int:
    """A document of a body outside the system (a ministry's công văn), known by number, day and issuer; kept once."""
    keys = {"number": number.strip(), "issuer": issuer.strip(), "day": day, "title": title}
    run = session.connection().exec_driver_sql
    found = run(_KNOWN, keys).scalar()
    return int(found if found is not None else run(_EXTERNAL, keys).scalar_one())


def link(
    session: Session, document_id: int, role: str, at: datetime, *, target_id: int | None = None,
    external_id: int | None = None, note: str | None = None,
) -> None:  # fmt: skip
    """Link a document to another of the system or to one from outside; the same link twice is one.

    Raises `BadLink`, `NothingToLink`.
    """
    if role not in ROLES or (target_id is None) == (external_id is None) or target_id == document_id:
        raise BadLink(role=role)
    keys = {"id": document_id, "role": role, "target": target_id, "external": external_id, "note": note, "at": at}
    run = session.connection().exec_driver_sql
    if not run(_THERE, keys).scalar():
        raise NothingToLink()
    run(_LINK, keys)


_KNOWN = """
SELECT id FROM external_document WHERE number = %(number)s AND issuer = %(issuer)s
   AND date IS NOT DISTINCT FROM %(day)s::date ORDER BY id LIMIT 1
"""
_EXTERNAL = """
INSERT INTO external_document (number, date, issuer, title) VALUES (%(number)s, %(day)s, %(issuer)s, %(title)s)
RETURNING id
"""
_THERE = """
SELECT EXISTS (SELECT FROM document WHERE id = %(id)s)
   AND (%(target)s::bigint IS NULL OR EXISTS (SELECT FROM document WHERE id = %(target)s))
   AND (%(external)s::integer IS NULL OR EXISTS (SELECT FROM external_document WHERE id = %(external)s))
"""
_LINK = """
INSERT INTO link (document_id, role, target_id, external_id, note, at)
VALUES (%(id)s, %(role)s, %(target)s, %(external)s, %(note)s, %(at)s) ON CONFLICT DO NOTHING
"""
