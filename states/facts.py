"""What the door must know before a step: one reading of the document and of the office that acts."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from states.acting import TELL
from states.driver import one_or_none
from states.errors import NotFound
from states.lifecycle import Action, Kind, State
from states.policy import Holder, Parties


class NoSuchDocument(NotFound):
    """Không có văn bản số {document} (no such document): check the number in the address or list."""


class NoSuchOffice(NotFound):
    """Office {office} is not held by this person: choose one of your own offices to act in."""


@dataclass
class Facts:
    """The document and the acting office as they are now."""

    document_id: int
    kind: Kind
    state: State
    seq: int
    head: bytes
    desk: str
    field: str
    series: str
    requirement_id: int | None
    supplement: int
    plan_id: int | None
    parent_id: int | None
    revision_id: int | None
    parties: Parties
    holder: Holder
    small: bool
    issuer_symbol: str
    issuer_series_unit: int
    cut_id: int | None = None
    content_digest: bytes | None = None
    cut_part: str | None = None
    authors: tuple[int, ...] = ()
    told: dict[str, Any] = dataclasses.field(default_factory=dict)

    def present(self) -> dict[str, Any]:
        """The state as it is now, for a caller whose view was old."""
        return {"document": self.document_id, "state": self.state.value, "seq": self.seq, "desk": self.desk}


_READ = """
SELECT d.kind, d.state, d.seq, d.head, d.desk, d.field, d.series, d.requirement_id, d.supplement, d.plan_id,
       d.parent_id, d.revision_id, d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id, d.followers, d.path,
       u.small, u.symbol, o.person_id, o.unit_id, o.seat, o.title, o.authority, o.fields, o.kinds, o.mandate,
       o.valid_from, o.valid_to, p.machine, p.full_name, {told}{cut}
  FROM document d JOIN unit u ON u.id = d.issuer_id
  LEFT JOIN office o ON o.id = %(office)s AND o.person_id = %(person)s
  LEFT JOIN person p ON p.id = o.person_id{about}
 WHERE d.id = %(id)s
"""
_READ_ONLY = _READ.format(told=TELL, cut="", about="")
# The content that the step is about: the named revision, else the newest that was cut.
_READ_WITH_CUT = _READ.format(told=TELL, cut=", cut.id, cut.digest, cut.part, cut.authors", about="""
  LEFT JOIN LATERAL (
      SELECT r.id, r.digest, r.part, r.authors FROM revision r
       WHERE r.document_id = d.id AND r.part = 'whole' AND (%(revision)s::bigint IS NULL OR r.id = %(revision)s)
       ORDER BY r.no DESC LIMIT 1) cut ON true""")  # fmt: skip


# Whoever is going to take a step holds the document from its first reading on: what was checked is what is written.
_LOCKED = " FOR NO KEY UPDATE OF d"


def read(session: Session, request: Any, actor: Any, *, lock: bool = False) -> Facts:
    """Read what a step needs; `lock`: and keep others from moving the document until the transaction ends.

    Raises `NoSuchDocument`, `NoSuchOffice`.
    """
    about_content = request.action in _ABOUT_CONTENT or request.revision_id is not None
    keys = {"id": request.document_id, "office": actor.office_id, "person": actor.person_id,
            "revision": request.revision_id}  # fmt: skip
    sql = _READ_WITH_CUT if about_content else _READ_ONLY
    row = one_or_none(session, sql + _LOCKED if lock else sql, keys)
    if row is None:
        raise NoSuchDocument(document=request.document_id)
    if row[20] is None:
        raise NoSuchOffice(office=actor.office_id)
    facts = _facts(request.document_id, actor.office_id, row[:32])
    if about_content and row[33] is not None:
        facts.cut_id, facts.content_digest, facts.cut_part = row[33], bytes(row[34]), row[35]
        facts.authors = tuple(row[36])
    return facts


def _facts(document_id: int, office_id: int, row: tuple[Any, ...]) -> Facts:
    (kind, state, seq, head, desk, subject, series, requirement, supplement, plan, parent, revision, unit, issuer,
     drafter, receiver, followers, path, small, symbol, person, o_unit, seat, title, authority, fields, kinds, mandate,
     valid_from, valid_to, machine, name) = row  # fmt: skip
    holder = Holder(
        person, office_id, o_unit, seat, title, authority, tuple(fields), tuple(kinds), mandate, valid_from, valid_to,
        machine, name,
    )  # fmt: skip
    parties = Parties(unit, issuer, drafter, receiver, tuple(followers), path)
    return Facts(
        document_id, Kind(kind), State(state), seq, bytes(head), desk, subject, series, requirement, supplement,
        plan, parent, revision, parties, holder, small, symbol, issuer,
    )  # fmt: skip


_ABOUT_CONTENT = (Action.SIGN, Action.REGISTER)
