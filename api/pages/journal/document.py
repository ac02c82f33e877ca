"""One document for whoever controls: its chain of steps, who could sign it and who did, whether it is whole."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api import bundles, lists
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.journal.page import WATCHING
from api.pages.journal.words import reasons
from api.pages.shell import Visit, Visiting
from api.seeing import SeenDocument, Sight
from states.reading.audit import who_could_have_signed
from states.reading.integrity import verify_chain
from states.reading.journal import Asked, all_entries

router = APIRouter(prefix="/nhat-ky")
_WATCHING = ("auditor", "supervisor", "leader")


@router.get("/van-ban/{document_id}", dependencies=[allowed(Access.OFFICE)])
def chain(seen: SeenDocument, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """Its steps in order, and for each signature who could have signed that day."""
    return visit.page("journal/document.html", faults=None, **_facts(session, visit, seen))


@router.get("/van-ban/{document_id}/kiem-tra", dependencies=WATCHING)
def checked(seen: SeenDocument, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The same, with digests, figures and sums computed again from the rows."""
    return visit.page("journal/document.html", faults=verify_chain(session, seen.id), **_facts(session, visit, seen))


def _facts(session: Session, visit: Visit, seen: Sight) -> dict[str, Any]:
    entries = list(all_entries(session, Asked(document_id=seen.id)))[::-1]
    return {
        "document": lists.document(session, seen.id), "sendings": lists.sendings(session, seen.id), "entries": entries,
        "revisions": len(lists.revisions(session, seen.id)), "moments": who_could_have_signed(session, seen.id),
        "may_check": visit.seat in _WATCHING, "names_people": visit.seat == "auditor",
        "in_journal": visit.seat in _WATCHING, "REASONS": reasons(visit.say),
        "proof_offered": bundles.looks_on(seen, visit.by),
    }  # fmt: skip
