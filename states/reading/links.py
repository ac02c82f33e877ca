"""What a document hangs together with (parent, basis, …), inside the system and outside."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

# Số, ký hiệu: with a leading zero below 10 (Nghị định 30/2020, Phụ lục I).
NUMBER = "to_char({0}.number, 'FM99900') || '/' || {0}.symbol"


@dataclass(frozen=True)
class Link:
    """A document beside this one.

    `role`: answers, parent, plan, basis, replaces, supplements, as the document says that has the link; `outward` is
    false where the other one points here. A document of a body outside the system has no `document_id`.
    """

    role: str
    outward: bool
    document_id: int | None
    title: str | None
    issuer: str
    number: str | None
    dated: date | None
    state: str | None
    note: str | None


def links(session: Session, document_id: int) -> list[Link]:
    """Everything that a document answers, rests on, replaces or supplements, and what does so to it."""
    return [Link(*row) for row in session.connection().exec_driver_sql(_LINKS, {"id": document_id})]


_LINKS = f"""
WITH pair AS (
    SELECT l.role, true AS outward, l.target_id AS other, l.external_id, l.note FROM link l WHERE l.document_id = %(id)s
    UNION ALL SELECT l.role, false, l.document_id, NULL, l.note FROM link l WHERE l.target_id = %(id)s
    UNION ALL SELECT 'parent', true, d.parent_id, NULL, NULL FROM document d
      WHERE d.id = %(id)s AND d.parent_id IS NOT NULL
    UNION ALL SELECT 'parent', false, d.id, NULL, NULL FROM document d WHERE d.parent_id = %(id)s
    UNION ALL SELECT 'plan', true, d.plan_id, NULL, NULL FROM document d WHERE d.id = %(id)s AND d.plan_id IS NOT NULL)
SELECT p.role, p.outward, d.id, coalesce(d.title, e.title), coalesce(u.name, e.issuer), coalesce(s.number, e.number),
       coalesce(s.date, e.date), d.state, p.note
  FROM pair p LEFT JOIN external_document e ON e.id = p.external_id LEFT JOIN document d ON d.id = p.other
  LEFT JOIN unit u ON u.id = d.issuer_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number, s.date FROM sending s WHERE s.document_id = d.id
                      ORDER BY s.no DESC LIMIT 1) s ON true
 ORDER BY p.outward DESC, p.role, u.path, d.id, e.id
"""
