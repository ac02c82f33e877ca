"""A total and its cells: what stands there, how complete, where each figure comes from, and what has moved since."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import totals_read
from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.idempotency import OnceOnly
from api.lists import NoSuchRevision, revisions
from api.schemas.base import BigNumber
from api.schemas.plans import Level
from api.schemas.totals import (
    CauseOut,
    DifferenceOut,
    FreeRowOut,
    InTotalOut,
    PlaceIn,
    SaidOut,
    StalenessOut,
    TotalOut,
    TracedOut,
)
from api.seeing import SeenDocument
from documents import drafting, gathering, mapping
from states.reading import provenance, staleness

router = APIRouter(prefix="/documents", tags=["totals"])


@router.get("/{document_id}/total", summary="What stands in a report now", dependencies=[allowed(Access.OFFICE)])
def read_total(seen: SeenDocument, session: InTransaction) -> TotalOut:
    """Its signed content, in a draft the newest sum; with coverage and gaps on its face."""
    return totals_read.total(session, seen.id)


@router.get("/{document_id}/gathered", summary="The wards' words, by section", dependencies=[allowed(Access.OFFICE)])
def read_gathered(seen: SeenDocument, session: InTransaction) -> dict[str, list[SaidOut]]:
    """Difficulties, proposals and the like of all units below, each under its own name, as the draft gathers them."""
    found = gathering.gathered_by(session, seen.id, drafting.form_of(session, seen.id))
    return {section: [SaidOut(**said) for said in words] for section, words in found.items()}


@router.get("/{document_id}/cells/{cell}", summary="Where a figure comes from", dependencies=[allowed(Access.OFFICE)])
def trace_cell(
    seen: SeenDocument, cell: Annotated[int, Path(ge=1, le=2**31 - 1)], session: InTransaction,
    level: Annotated[Level | None, Query(description="at once by the units of this level")] = None,
    down: Annotated[bool, Query(description="through all levels, to the wards' own rows")] = False,
) -> TracedOut:  # fmt: skip
    """One level down, or further; the sum of what is shown always equals the cell."""
    if down:
        return TracedOut.of(provenance.trace_down(session, cell, document_id=seen.id))
    return TracedOut.of(provenance.trace(session, cell, document_id=seen.id, at_level=level))


@router.get("/{document_id}/stale", summary="Whether a total is stale", dependencies=[allowed(Access.OFFICE)])
def read_staleness(seen: SeenDocument, session: InTransaction) -> StalenessOut:
    """Which reports have moved on, and what would change, cell by cell, if it were made anew."""
    causes = [cause for one in staleness.stale_totals(session, document_id=seen.id) for cause in one.causes]
    pending = totals_read.difference(session, seen.id, staleness.pending_difference(session, seen.id))
    return StalenessOut(stale=bool(causes), causes=CauseOut.all(causes), pending=pending)


@router.get("/{document_id}/difference", summary="Two contents cell by cell", dependencies=[allowed(Access.OFFICE)])
def read_difference(
    seen: SeenDocument, session: InTransaction, old: Annotated[BigNumber, Query()], new: Annotated[BigNumber, Query()]
) -> DifferenceOut:
    """Of one document: `old` and `new` are identities of its revisions; who accepted the new one by signing it."""
    own = {row["id"] for row in revisions(session, seen.id)}
    for revision in {old, new} - own:
        raise NoSuchRevision(no=revision)
    return totals_read.difference(session, seen.id, staleness.difference(session, old, new))


@router.get("/{document_id}/sources", summary="Every document whose figures stand in a total",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_sources(seen: SeenDocument, session: InTransaction) -> list[InTotalOut]:
    """Down to the wards: which content, signed by whom and when."""
    revision = totals_read.total(session, seen.id).revision_id
    return InTotalOut.all(provenance.documents_in_total(session, revision))


@router.get("/{document_id}/free-rows", summary="Rows that wait for a category", dependencies=[allowed(Access.OFFICE)])
def read_free_rows(seen: SeenDocument, session: InTransaction, by: Acting) -> list[FreeRowOut]:
    """In the words of the units below, as the total takes them up now."""
    return FreeRowOut.all(mapping.unmapped(session, seen.id, by.at))


@router.post(
    "/{document_id}/free-rows/place", summary="Say where a row belongs", dependencies=[allowed(Access.WORKING)]
)
def place_free_row(
    seen: SeenDocument, new: PlaceIn, session: InTransaction, by: Acting, once: OnceOnly
) -> list[FreeRowOut]:
    """By those who write the total; holds for the same words in every later report. Returns what still waits."""
    mapping.place(session, seen.id, new.table, new.label, new.row, by.held.holder, by.at)
    return once.keep(FreeRowOut.all(mapping.unmapped(session, seen.id, by.at)), 200)
