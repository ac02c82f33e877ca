"""What a certificate tells (phiếu xác nhận quá trình xử lý): a document's row, life, contents, sendings and totals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from documents.signing import kept
from documents.signing.kept import Shown
from states.driver import one_or_none
from states.duties import IN_FORCE
from states.facts import NoSuchDocument
from states.reading.integrity import verify_chain
from states.reading.journal import Asked, Entry, all_entries
from states.reading.links import NUMBER
from states.reading.timeline import Event, timeline


@dataclass(frozen=True)
class About:
    """The document itself with the names of its parties; `answers`: the plan that asks for it."""

    id: int
    kind: str
    state: str
    title: str
    unit: str
    issuer_id: int
    issuer: str
    drafter: str
    receiver: str | None
    first: date | None
    last: date | None
    deadline: datetime | None
    answers: str | None


@dataclass(frozen=True)
class Revision:
    """A content that was cut; `signed_in`: the steps that signed it."""

    no: int
    part: str
    at: datetime
    by: str
    digest: str
    signed_in: tuple[int, ...]


@dataclass(frozen=True)
class Sending:
    """A sending with its receipt."""

    no: int
    number: str
    day: date
    sent_at: datetime
    paper: bool
    recipients: tuple[str, ...]
    received_number: int | None
    received_at: datetime | None
    received_by: str | None


@dataclass(frozen=True)
class Total:
    """A total in which the document's figures stand: `depth` 1 took it up itself, 2 took that total up, and so on."""

    depth: int
    document_id: int
    unit: str
    title: str
    number: str | None
    no: int
    part: str
    digest: str


@dataclass(frozen=True)
class Life:
    """All of it. `steps` in order; `faults`: what does not agree when digests and sums are computed again."""

    about: About
    steps: tuple[Entry, ...]
    events: tuple[Event, ...]
    revisions: tuple[Revision, ...]
    signatures: tuple[Shown, ...]
    sendings: tuple[Sending, ...]
    totals: tuple[Total, ...]
    faults: tuple[str, ...]


def read(session: Session, document_id: int, at: datetime) -> Life:
    """Everything that is kept of a document. Raises `NoSuchDocument`."""
    run, keys = session.connection().exec_driver_sql, {"id": document_id, "at": at}
    about = one_or_none(session, _ABOUT, keys)
    if about is None:
        raise NoSuchDocument(document=document_id)
    steps = tuple(all_entries(session, Asked(document_id=document_id)))[::-1]
    return Life(
        About(*about), steps, tuple(timeline(session, document_id)),
        tuple(Revision(*_listed(row)) for row in run(_REVISIONS, keys)),
        tuple(kept.signatures(session, document_id)),
        tuple(Sending(*_listed(row)) for row in run(_SENDINGS, keys)),
        tuple(Total(*row) for row in run(_TOTALS, keys)), tuple(verify_chain(session, document_id)),
    )  # fmt: skip


def _listed(row: Any) -> tuple[Any, ...]:
    """A row whose sixth value is a list."""
    return (*row[:5], tuple(row[5]), *row[6:])


_ABOUT = f"""
SELECT d.id, d.kind, d.state, d.title, u.name, d.issuer_id, issuer.name, drafter.name, receiver.name, d.period_first,
       d.period_last, CASE WHEN d.due_at IS NOT NULL THEN {IN_FORCE} END,
       CASE WHEN plan.id <> d.id THEN concat_ws(', ', sent.number, plan.title) END
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit issuer ON issuer.id = d.issuer_id
  JOIN unit drafter ON drafter.id = d.drafter_id LEFT JOIN unit receiver ON receiver.id = d.receiver_id
  LEFT JOIN document plan ON plan.id = d.plan_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s WHERE s.document_id = plan.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = %(id)s
"""
_REVISIONS = """
SELECT r.no, r.part, r.cut_at, p.full_name, encode(r.digest, 'hex'),
       ARRAY(SELECT s.seq FROM step s WHERE s.document_id = r.document_id AND s.revision_id = r.id
                AND s.action IN ('sign','register') ORDER BY s.seq)
  FROM revision r JOIN person p ON p.id = r.cut_by WHERE r.document_id = %(id)s ORDER BY r.no
"""
_SENDINGS = f"""
SELECT s.no, {NUMBER.format("s")}, s.date, s.sent_at, s.paper, s.recipients, rc.number, rc.received_at, u.name
  FROM sending s LEFT JOIN receipt rc ON rc.sending_id = s.id LEFT JOIN unit u ON u.id = rc.unit_id
 WHERE s.document_id = %(id)s ORDER BY s.no
"""
# Of each document above the content that was put up last, else its newest sum.
_TOTALS = f"""
WITH RECURSIVE up (revision_id, depth) AS (
    SELECT r.id, 0 FROM revision r WHERE r.document_id = %(id)s
    UNION
    SELECT v.revision_id, up.depth + 1 FROM up JOIN derivation v ON v.source_id = up.revision_id WHERE up.depth < 9)
SELECT * FROM (
    SELECT DISTINCT ON (d.id) up.depth, d.id, u.name, d.title, sent.number, r.no, r.part, encode(r.digest, 'hex')
      FROM up JOIN revision r ON r.id = up.revision_id JOIN document d ON d.id = r.document_id
      JOIN unit u ON u.id = d.unit_id
      LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s WHERE s.document_id = d.id
                            AND s.revision_id = r.id ORDER BY s.no DESC LIMIT 1) sent ON true
     WHERE d.id <> %(id)s ORDER BY d.id, r.part = 'whole' DESC, r.no DESC) found
 ORDER BY 1, 3
"""
