"""Everything that a paper is made from, read from the database as of a moment (nguồn của văn bản).

A draft is read as it stands now. A revision is read as it was: its content never changes, and what lies beside it
(links, numbers of other documents) is taken as of its signature, else of its cutting, so that the same revision
always gives the same paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from documents.forms import Form, form
from documents.writing.letterhead import Body
from states.driver import one_or_none
from states.errors import NotFound
from states.facts import NoSuchDocument
from states.reading.signing import SIGNED, Signature, signature, signed_sql

_STANDS = ("signed", "submitted", "consolidated")


class NoSuchRevision(NotFound):
    """Văn bản {document} không có bản số {revision} (no such revision): choose one from its timeline."""


@dataclass(frozen=True)
class Facts:
    """The document's row with the names that a paper needs."""

    id: int
    kind: str
    state: str
    title: str
    series: str
    form: Form | None
    legal_basis: str
    period_first: date | None
    period_last: date | None
    level: str
    unit: str
    issuer: Body
    symbol: str
    receiver: Body | None
    revision_id: int | None


@dataclass(frozen=True)
class Sent:
    """The sending (lần gửi) that a revision went out by; on `paper` with the number and signer that it bears."""

    number: int
    symbol: str
    day: date
    paper: bool
    signer: str | None
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """What a paper is composed of. `moment`: as of when it is read. `draft_no`: which draft it is, 0 if signed.

    `cut_at`: when its figures were summed. `sources`: the revisions whose figures stand in
    it. `void`: its signature was taken back before it went out.
    """

    facts: Facts
    content: Mapping[str, Any]
    moment: datetime
    cut_at: datetime
    revision_id: int | None
    signed: Signature | None
    sent: Sent | None
    draft_no: int
    void: bool
    sources: tuple[int, ...]
    covered: int
    expected: int

    @property
    def is_draft(self) -> bool:
        """Whether nobody's signature stands under it."""
        return self.signed is None or self.void

    def headed_at(self, at: datetime) -> datetime:
        """As of when the unit's own settings for its head count: of what nobody signed yet, as it would be signed."""
        return at if self.signed is None and self.sent is None else self.moment


def read(session: Session, document_id: int, revision_id: int | None, at: datetime) -> Material:
    """Read a document: the named revision, else what is signed, else the working copy.

    Raises `NoSuchDocument`, `NoSuchRevision`.
    """
    facts = _facts(session, document_id)
    chosen = revision_id or (facts.revision_id if facts.state in (*_STANDS, "withdrawn") else None)
    if chosen is None:
        return _draft(session, facts, at)
    return _revision(session, facts, chosen)


def _facts(session: Session, document_id: int) -> Facts:
    row = one_or_none(session, _FACTS, {"id": document_id})
    if row is None:
        raise NoSuchDocument(document=document_id)
    shape = form(row[5], row[6]) if row[5] else None
    receiver = Body(row[17], row[18]) if row[17] else None
    values = (*row[:5], shape, *row[7:12], Body(*row[12:16]), row[16], receiver, row[19])
    return Facts(*values)


def _draft(session: Session, facts: Facts, at: datetime) -> Material:
    row = one_or_none(session, _DRAFT, {"id": facts.id})
    assert row is not None  # the document is there
    content, number, sources, covered, expected = row
    return Material(facts, content or {}, at, at, None, None, None, max(1, number), False, tuple(sources), covered,
                    expected)  # fmt: skip


def _revision(session: Session, facts: Facts, revision_id: int) -> Material:
    row = one_or_none(session, _REVISION, {"id": facts.id, "revision": revision_id})
    if row is None:
        raise NoSuchRevision(document=facts.id, revision=revision_id)
    content, cut_at, number, covered, expected, sources, *rest = row
    by_whom, went = signature(iter(rest[:7])), (*rest[7:12], tuple(rest[12] or ()))
    sent = Sent(*went) if rest[7] is not None else None
    in_force = facts.state in _STANDS and facts.revision_id == revision_id
    return Material(
        facts, content, by_whom.at if by_whom else cut_at, cut_at, revision_id, by_whom, sent, 0 if by_whom else number,
        bool(by_whom) and sent is None and not in_force, tuple(sources), covered, expected,
    )  # fmt: skip


_FACTS = """
SELECT d.id, d.kind, d.state, d.title, d.series, d.form, d.form_version, d.legal_basis, d.period_first, d.period_last,
       d.level, u.name, i.name, i.level, above.name, above.level, i.symbol, receiver.name, receiver.level, d.revision_id
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit i ON i.id = d.issuer_id
  LEFT JOIN unit above ON above.id = i.parent_id LEFT JOIN unit receiver ON receiver.id = d.receiver_id
 WHERE d.id = %(id)s
"""
# A working copy that was saved after the last content was put up is the next draft.
_DRAFT = """
SELECT w.content, count(r.id) + coalesce(max(r.cut_at) < w.updated_at OR max(r.cut_at) IS NULL, false)::integer,
       ARRAY(SELECT i.source_id FROM intake i WHERE i.document_id = d.id ORDER BY i.source_id),
       coalesce(t.covered, 0), coalesce(t.expected, 0)
  FROM document d LEFT JOIN working_copy w ON w.document_id = d.id
  LEFT JOIN revision r ON r.document_id = d.id AND r.part = 'whole'
  LEFT JOIN LATERAL (SELECT t.covered, t.expected FROM revision t WHERE t.document_id = d.id AND t.part = 'total'
                      ORDER BY t.no DESC LIMIT 1) t ON true
 WHERE d.id = %(id)s GROUP BY d.id, w.content, w.updated_at, t.covered, t.expected
"""
_REVISION = f"""
SELECT r.content, r.cut_at,
       (SELECT count(*) FROM revision o WHERE o.document_id = r.document_id AND o.part = 'whole' AND o.no <= r.no),
       r.covered, r.expected, ARRAY(SELECT v.source_id FROM derivation v WHERE v.revision_id = r.id ORDER BY 1),
       {SIGNED}, sent.number, sent.symbol, sent.date, sent.paper, sent.signer, sent.recipients
  FROM revision r {signed_sql("r.document_id", "r.id")}
  LEFT JOIN LATERAL (SELECT s.* FROM sending s WHERE s.document_id = r.document_id AND s.revision_id = r.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE r.id = %(revision)s AND r.document_id = %(id)s
"""
