"""What auditors ask (kiểm tra): one query each, all as of the moment of the step."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Access, Acting, NotForYou, allowed
from api.deps import Id, InTransaction, Page
from api.routes import totals
from api.schemas.auditing import CouldSign, EventOut, ExceptionalOut, IntegrityOut, SignedOut, SigningMomentOut
from api.schemas.base import Day, PageOf, sliced
from api.schemas.people import HeldOut
from api.schemas.totals import InTotalOut
from api.scope import UnitAsked, path_of
from api.seeing import SeenDocument
from states.reading import audit, timeline
from states.reading.integrity import verify_chain

router = APIRouter(prefix="/audit", tags=["audit"])
First = Annotated[Day, Query(description="the first local day")]
Last = Annotated[Day, Query(description="the last local day, inclusive")]
_WATCHING = Access.AUDITOR | Access.SUPERVISOR | Access.LEADER


@router.get("/signed-by/{person_id}", summary="Everything that a person signed",
            dependencies=[allowed(Access.AUDITOR | Access.LEADER)])  # fmt: skip
def read_signed_by(
    person_id: Id, session: InTransaction, by: Acting, page: Page, first: First, last: Last
) -> PageOf[SignedOut]:
    """Between two days, and with what authority; a leader asks about himself."""
    if by.held.seat != "auditor" and by.held.person_id != person_id:
        raise NotForYou(seat=by.held.seat, wanted="auditor")
    return PageOf(**sliced(audit.signed_by(session, person_id, first, last), SignedOut, page))


@router.get("/exceptions", summary="What was out of the ordinary", dependencies=[allowed(_WATCHING)])
def read_exceptions(
    session: InTransaction, by: Acting, page: Page, first: First, last: Last, unit: UnitAsked = None
) -> PageOf[ExceptionalOut]:
    """Signed outside field or mandate, signed elsewhere, explained, granted late, reopened, drafter = signer, …"""
    found = audit.exceptions(session, first, last, path_of(session, unit, by))
    return PageOf(**sliced(found, ExceptionalOut, page))


@router.get("/documents/{document_id}/timeline", summary="All that happened to a document",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def audit_timeline(seen: SeenDocument, session: InTransaction) -> list[EventOut]:
    """The same as at /documents."""
    return EventOut.all(timeline.timeline(session, seen.id))


@router.get("/documents/{document_id}/signings", summary="Who could have signed", dependencies=[allowed(Access.OFFICE)])
def read_signings(seen: SeenDocument, session: InTransaction) -> list[SigningMomentOut]:
    """For each signature, the leaders of the issuing unit on that very day and what each could sign."""
    return [
        SigningMomentOut(seq=one.seq, at=one.at, person_id=one.person_id, office_id=one.office_id,
                         could=[CouldSign(office=HeldOut.of(held), why_not=why) for held, why in one.could])
        for one in audit.who_could_have_signed(session, seen.id)
    ]  # fmt: skip


@router.get("/documents/{document_id}/in-total", summary="Every document whose figures stand in a total",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def audit_sources(seen: SeenDocument, session: InTransaction) -> list[InTotalOut]:
    """The same as `sources` at /documents."""
    return totals.read_sources(seen, session)


@router.get("/documents/{document_id}/integrity", summary="Whether a document is what was written",
            dependencies=[allowed(_WATCHING)])  # fmt: skip
def read_integrity(seen: SeenDocument, session: InTransaction) -> IntegrityOut:
    """Digests, figures and sums computed again from the rows."""
    faults = verify_chain(session, seen.id)
    return IntegrityOut(whole=not faults, faults=faults)
