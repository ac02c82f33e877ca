"""Rows as the routes show them: one document whole, plans by page, people, requests, revisions."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from api.auth import Caller
from api.deps import Paging
from api.seeing import VISIBLE, visible
from states.duties import IN_FORCE
from states.errors import NotFound
from states.explaining import ANSWERS
from states.names import search_form
from states.reading.links import NUMBER

Row = Mapping[str, Any]


class NoSuchPerson(NotFound):
    """Không có người số {person} (no such person): look the name up first."""


class NoSuchRevision(NotFound):
    """Văn bản này không có bản nội dung số {no} (no such revision): list its revisions first."""


def document(session: Session, document_id: int) -> Row:
    """One document with the names of its parties, its deadline in force and its newest contents."""
    return _rows(session, _DOCUMENT, id=document_id)[0]


def sendings(session: Session, document_id: int) -> list[Row]:
    """Every submission with its number, and the incoming number where it was received."""
    return _rows(session, _SENDINGS, id=document_id)


def revisions(session: Session, document_id: int) -> list[Row]:
    """Every content that was cut, the oldest first, without the content itself."""
    return _rows(session, _REVISIONS, id=document_id)


def revision(session: Session, document_id: int, no: int) -> tuple[Row, list[Row]]:
    """One content with what the checks found in it. Raises `NoSuchRevision`."""
    found = _rows(session, _REVISION, id=document_id, no=no)
    if not found:
        raise NoSuchRevision(no=no)
    return found[0], _rows(session, _FINDINGS, id=document_id, revision=found[0]["id"])


def requests(session: Session, document_id: int) -> list[Row]:
    """What was asked for (gia hạn, miễn), each with its answer, and what was granted unasked."""
    return _rows(session, _REQUESTS, id=document_id)


def plans(session: Session, by: Caller, page: Paging) -> list[Row]:
    """Plans that the caller may see, the newest first; one more than the page, to know whether there is a next."""
    return _rows(session, _PLANS, **visible(by), after=page.after, limit=page.limit + 1)


def requirements(session: Session, plan_id: int) -> list[Row]:
    """What a plan asks for, with the levels."""
    return _rows(session, _REQUIREMENTS, id=plan_id)


def people(session: Session, words: str, after: int, limit: int) -> list[Row]:
    """People by a part of their name, as it is written or without its marks."""
    found = _rows(session, _PEOPLE, after=after)
    wanted = search_form(words)
    return [row for row in found if wanted in search_form(row["full_name"])][:limit]


def person(session: Session, person_id: int) -> Row:
    """A person. Raises `NoSuchPerson`."""
    found = _rows(session, _PERSON, id=person_id)
    if not found:
        raise NoSuchPerson(person=person_id)
    return found[0]


def office(session: Session, office_id: int) -> Row:
    """An office as it was given, whenever it is held."""
    return _rows(session, _OFFICE, id=office_id)[0]


def _rows(session: Session, sql: str, **keys: Any) -> list[Row]:
    return [dict(row) for row in session.connection().exec_driver_sql(sql, keys).mappings()]


_NEWEST = """(SELECT max(r.id) FROM revision r WHERE r.document_id = d.id AND r.part = 'whole')"""
_DOCUMENT = f"""
SELECT d.id, d.kind, d.state, d.seq, encode(d.head, 'hex') AS head, d.title, d.subject, d.field, d.series,
       d.level, d.unit_id, u.name AS unit,
       d.issuer_id, issuer.name AS issuer, d.drafter_id, drafter.name AS drafter, d.receiver_id,
       receiver.name AS receiver, d.requirement_id, d.plan_id, d.parent_id, d.supplement, d.form, d.form_version,
       d.period_first, d.period_last, d.due_at, d.legal_basis, d.urgency, d.opened_at, d.desk, d.desk_office_id,
       d.desk_since, d.revision_id AS signed_revision_id, {_NEWEST} AS newest_revision_id, d.correction_due,
       CASE WHEN d.due_at IS NOT NULL THEN {IN_FORCE} END AS deadline,
       EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind = 'waiver') AS waived,
       EXISTS (SELECT FROM dispensation x WHERE x.document_id = d.id AND x.kind = 'cancellation') AS cancelled,
       (SELECT count(*) FROM dispensation x WHERE x.document_id = d.id) AS dispensations,
       coalesce((SELECT version FROM working_copy w WHERE w.document_id = d.id), 0) AS draft_version
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit issuer ON issuer.id = d.issuer_id
  JOIN unit drafter ON drafter.id = d.drafter_id LEFT JOIN unit receiver ON receiver.id = d.receiver_id
 WHERE d.id = %(id)s
"""
_SENDINGS = f"""
SELECT s.no, s.seq, s.revision_id, {NUMBER.format("s")} AS number, s.date, s.sent_at, s.paper, s.signer, s.recipients,
       r.number AS received_number, r.received_at,
       (SELECT o.no FROM sending o WHERE o.id = s.replaces) AS replaces
  FROM sending s LEFT JOIN receipt r ON r.sending_id = s.id WHERE s.document_id = %(id)s ORDER BY s.no
"""
_REVISION_COLUMNS = """r.id, r.no, r.part, encode(r.digest, 'hex') AS digest, r.authors, r.cut_at,
       p.full_name AS cut_by, r.covered, r.expected"""
_REVISIONS = f"""
SELECT {_REVISION_COLUMNS} FROM revision r JOIN person p ON p.id = r.cut_by WHERE r.document_id = %(id)s ORDER BY r.no
"""
_REVISION = f"""
SELECT {_REVISION_COLUMNS}, r.content FROM revision r JOIN person p ON p.id = r.cut_by
 WHERE r.document_id = %(id)s AND r.no = %(no)s
"""
_FINDINGS = f"""
SELECT f.code, f.severity, f.place, f.message, f.message_en, f.disagree, f.other_place,
       e.words AS explained, e.at AS explained_at
  FROM finding f LEFT JOIN LATERAL (
      SELECT e.words, e.at FROM explanation e WHERE {ANSWERS} ORDER BY e.at DESC, e.id DESC LIMIT 1) e ON true
 WHERE f.document_id = %(id)s AND (f.revision_id IS NULL OR f.revision_id = %(revision)s) ORDER BY f.id
"""
_REQUESTS = """
SELECT q.id AS request_id, coalesce(q.kind, x.kind) AS kind, q.until AS asked_until, q.reason AS asked_because,
       q.at AS asked_at, x.kind AS answer, x.until, x.reason, x.at AS answered_at, x.in_time
  FROM (SELECT * FROM dispensation_request WHERE document_id = %(id)s) q
  FULL JOIN (SELECT * FROM dispensation WHERE document_id = %(id)s) x ON x.request_id = q.id
 ORDER BY coalesce(q.at, x.at), q.id
"""
_PLANS = f"""
SELECT d.id, d.title, d.subject, d.state, d.unit_id, u.name AS unit, d.level, d.period_first, d.period_last, d.due_at,
       d.plan_id, d.parent_id, sent.number, sent.date,
       (SELECT count(*) FROM document o WHERE o.plan_id = d.id AND o.kind = 'report' AND o.supplement = 0) AS reports
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = d.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.kind = 'plan' AND (%(after)s = 0 OR d.id < %(after)s) AND {VISIBLE} ORDER BY d.id DESC LIMIT %(limit)s
"""
_REQUIREMENTS = """
SELECT r.id, r.kind, r.title, r.form, r.form_version, r.field, r.series, r.legal_basis, r.urgency, r.period_first,
       r.period_last, (SELECT jsonb_object_agg(l.level, l.due_at) FROM requirement_level l
                        WHERE l.requirement_id = r.id) AS due
  FROM requirement r WHERE r.plan_id = %(id)s ORDER BY r.id
"""
_PEOPLE = "SELECT id, full_name, email, phone FROM person WHERE NOT machine AND id > %(after)s ORDER BY id"
_PERSON = "SELECT id, full_name, email, phone FROM person WHERE id = %(id)s"
_OFFICE = """
SELECT o.id AS office_id, o.person_id, p.full_name AS person, o.unit_id, u.name AS unit, o.seat, o.title, o.authority,
       o.fields, o.kinds, o.mandate, o.valid_from, o.valid_to
  FROM office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id WHERE o.id = %(id)s
"""
