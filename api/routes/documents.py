"""Documents (văn bản): found, read with what may be done now, their life, contents and links."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response

from api import lists
from api.auth import Access, Acting, allowed
from api.deps import InTransaction, Page
from api.schemas.auditing import CouldSign, EventOut
from api.schemas.base import BigNumber, Day, MomentIn, Number, PageOf
from api.schemas.documents import AllowedOut, DocumentOut, FindingOut, FoundOut, LinkOut, RevisionOut, RevisionWhole
from api.schemas.people import HeldOut
from api.seeing import SeenDocument
from states import offices, steps
from states.lifecycle import Kind, State
from states.reading import documents, links, timeline
from states.reading.documents import Seer, Wanted

router = APIRouter(prefix="/documents", tags=["documents"])
Words = Annotated[str, Query(max_length=200)]


@router.get("", summary="Find documents", dependencies=[allowed(Access.OFFICE)])
def find_documents(
    session: InTransaction, by: Acting, page: Page, number: Words = "", words: Words = "",
    unit: Annotated[Number | None, Query()] = None, kind: Kind | None = None,
    state: Annotated[list[State] | None, Query(max_length=10)] = None,
    subject: Annotated[str | None, Query(max_length=200)] = None,
    on: Annotated[Day | None, Query(description="a day within the period of the data")] = None,
    plan: Annotated[BigNumber | None, Query()] = None,
) -> PageOf[FoundOut]:  # fmt: skip
    """By number, words of the title, unit, state, subject, period, plan: those that the office may see."""
    wanted = Wanted(number, words, unit, None, kind, state or (), subject, on, plan)
    seer = None if by.held.seat == "auditor" else Seer(by.held.unit_id, by.held.path, by.outlook)
    found = documents.find(session, wanted, seer=seer, after=page.after or None, limit=page.limit)
    return PageOf(items=FoundOut.all(found.documents), next=found.after)


@router.get("/{document_id}", summary="A document, and what may be done with it now", response_model=DocumentOut,
            responses={304: {"description": "as the caller has it"}},
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_document(
    seen: SeenDocument, session: InTransaction, by: Acting, response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> DocumentOut | Response:  # fmt: skip
    """Its ETag moves with each step, each saved draft and each deadline that was moved."""
    row = lists.document(session, seen.id)
    tag = f'"{row["seq"]}.{row["draft_version"]}.{row["dispensations"]}.{by.held.office_id}"'
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    offered = steps.allowed(session, seen.id, by.held.actor, by.at)
    may = [AllowedOut(action=action.value, reasons=reasons) for action, reasons in offered]
    return DocumentOut.of({**row, "sendings": lists.sendings(session, seen.id), "allowed": may})


@router.get("/{document_id}/timeline", summary="All that happened to a document", dependencies=[allowed(Access.OFFICE)])
def read_timeline(seen: SeenDocument, session: InTransaction) -> list[EventOut]:
    """Every step and all that was said, given and moved between them, in order."""
    return EventOut.all(timeline.timeline(session, seen.id))


@router.get("/{document_id}/links", summary="What it hangs together with", dependencies=[allowed(Access.OFFICE)])
def read_links(seen: SeenDocument, session: InTransaction) -> list[LinkOut]:
    """Parent, plan, basis, what it replaces or supplements; inside the system and outside."""
    return LinkOut.all(links.links(session, seen.id))


@router.get("/{document_id}/revisions", summary="Contents that were cut", dependencies=[allowed(Access.OFFICE)])
def read_revisions(seen: SeenDocument, session: InTransaction) -> list[RevisionOut]:
    """The oldest first; none of them ever changes."""
    return RevisionOut.all(lists.revisions(session, seen.id))


@router.get("/{document_id}/revisions/{no}", summary="One content whole", dependencies=[allowed(Access.OFFICE)])
def read_revision(
    seen: SeenDocument, no: Annotated[int, Path(ge=1, le=2**31 - 1)], session: InTransaction
) -> RevisionWhole:
    """With what the checks found in it and the drafter's explanations."""
    row, findings = lists.revision(session, seen.id, no)
    return RevisionWhole.of({**row, "findings": FindingOut.all(findings)})


@router.get("/{document_id}/who-could-sign", summary="Who could sign then", dependencies=[allowed(Access.OFFICE)])
def who_could_sign(
    seen: SeenDocument, session: InTransaction, by: Acting, at: Annotated[MomentIn | None, Query()] = None
) -> list[CouldSign]:
    """The leaders of the issuing unit then: each with nothing against him, or why he could not."""
    found = offices.who_could_sign(session, seen.id, at or by.at)
    return [CouldSign(office=HeldOut.of(held), why_not=why) for held, why in found]


@router.post("/{document_id}/seen", summary="Note that I have looked at it", status_code=204,
             dependencies=[allowed(Access.WORKING)])  # fmt: skip
def note_seen(seen: SeenDocument, session: InTransaction, by: Acting) -> None:
    """The board tells by it whether a unit has opened what it owes."""
    keys = {"id": seen.id, "person": by.held.person_id, "seq": seen.seq, "at": by.at}
    session.connection().exec_driver_sql(_SEEN, keys)


_SEEN = """
INSERT INTO seen (document_id, person_id, seq, at) VALUES (%(id)s, %(person)s, %(seq)s, %(at)s)
ON CONFLICT (document_id, person_id) DO UPDATE SET seq = greatest(seen.seq, excluded.seq), at = excluded.at
"""
