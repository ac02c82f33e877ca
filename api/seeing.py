"""Which documents an office may see: the policy asked for the document in the path, and the same in SQL for lists.

What may not be seen is not found (404): its number tells nothing. An issued plan is seen by all whom it addresses.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends
from sqlmodel import Session

from api.auth import Acting, Caller
from api.deps import BigId, InTransaction
from states.errors import NotFound
from states.facts import NoSuchDocument
from states.lifecycle import Kind, State
from states.policy import Parties, may_see


class NoSuchPlan(NotFound):
    """Không có kế hoạch số {plan} (no such plan): list the plans first."""


@dataclass(frozen=True)
class Sight:
    """A document that the caller may see, as it stands now."""

    id: int
    kind: Kind
    state: State
    seq: int
    parties: Parties
    level: str
    plan_id: int | None
    requirement_id: int | None
    due_at: datetime | None

    def is_ours(self, by: Caller) -> bool:
        """Whether the caller sits in a unit that writes or issues it."""
        return by.held.unit_id in (self.parties.unit_id, self.parties.issuer_id, self.parties.drafter_id)


def look(session: Session, document_id: int, by: Caller) -> Sight | None:
    """The document, if it is there and the caller may see it."""
    keys = {"id": document_id, "unit": by.held.unit_id, "path": by.held.path}
    row = session.connection().exec_driver_sql(_LOOK, keys).one_or_none()
    if row is None:
        return None
    number, kind, state, seq, unit, issuer, drafter, receiver, followers, path, addressed, *rest = row
    watching = (*followers, by.held.unit_id) if addressed else tuple(followers)
    parties = Parties(unit, issuer, drafter, receiver, watching, path)
    if not may_see(by.held.holder, by.outlook, parties, by.day):
        return None
    return Sight(number, Kind(kind), State(state), seq, parties, *rest)


def seen_document(document_id: BigId, session: InTransaction, by: Acting) -> Sight:
    """The document in the path. Raises `NoSuchDocument` as well where it may not be seen."""
    found = look(session, document_id, by)
    if found is None:
        raise NoSuchDocument(document=document_id)
    return found


def seen_plan(plan_id: BigId, session: InTransaction, by: Acting) -> Sight:
    """The plan in the path. Raises `NoSuchPlan` as well where it may not be seen, or is no plan."""
    found = look(session, plan_id, by)
    if found is None or found.kind is not Kind.PLAN:
        raise NoSuchPlan(plan=plan_id)
    return found


SeenDocument = Annotated[Sight, Depends(seen_document)]
SeenPlan = Annotated[Sight, Depends(seen_plan)]


def visible(by: Caller) -> dict[str, Any]:
    """What `VISIBLE` needs to be told."""
    held = by.held
    return {"unit": held.unit_id, "path": held.path, "outlook": by.outlook, "auditor": held.seat == "auditor"}


# An issued plan is seen by those whom it addresses, a report by the body that is asked to contribute to it.
_ADDRESSED = """
    (EXISTS (SELECT FROM contribution c WHERE c.document_id = d.id AND c.unit_id = %(unit)s)
     OR d.kind = 'plan' AND d.state IN ('submitted','consolidated') AND (%(path)s::varchar LIKE d.path || '%%'
        OR EXISTS (SELECT FROM addressee a JOIN unit t ON t.id = a.unit_id WHERE a.plan_id = d.id
                      AND (a.unit_id = %(unit)s OR a.subtree AND %(path)s::varchar LIKE t.path || '%%'))))
"""
# The same as `policy.may_see`, for lists; tested equal.
VISIBLE = f"""
    (%(auditor)s OR d.path LIKE %(outlook)s || '%%' OR %(unit)s = ANY (d.followers)
        OR %(unit)s IN (d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id) OR {_ADDRESSED})
"""
_LOOK = f"""
SELECT d.id, d.kind, d.state, d.seq, d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id, d.followers, d.path,
       {_ADDRESSED} AS addressed, d.level, d.plan_id, d.requirement_id, d.due_at
  FROM document d WHERE d.id = %(id)s
"""
