"""Văn bản: one document, as it will look, what changed, what may be done now; and the same in a row to be signed."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from api import bundles
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import one_time
from api.pages.document import news as document_news
from api.pages.document import page as document_page
from api.pages.document.paper import Ban
from api.pages.document.queue_facts import Batch, batch
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting
from api.seeing import SeenDocument, Sight
from documents.signing import kept
from states.digests import grouped
from states.reading import incoming

router = APIRouter()


@router.get("/van-ban/{document_id}", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenDocument, visit: Visiting, session: InTransaction, ban: Ban = None) -> Response:
    """The document; `ban` shows an earlier revision of it."""
    return _page(session, seen, visit, ban, None)


@router.get("/cho-ky/{document_id}", dependencies=[allowed(Access.OFFICE)])
def in_turn(seen: SeenDocument, visit: Visiting, session: InTransaction, ban: Ban = None) -> Response:
    """The same in the row of what waits for my signature: «3/40», the one before, the next one."""
    place = batch(session, visit.me.holder, seen.id, visit.now)
    if place is None:
        return visit.back_to(f"/van-ban/{seen.id}", visit.said["words"] if visit.said else "")
    return _page(session, seen, visit, ban, place)


def _page(session: Session, seen: Sight, visit: Visit, no: int | None, place: Batch | None) -> HTMLResponse:
    look = document_news.last_look(session, seen, visit.by, visit.request)
    found = document_page.document(session, seen, visit, no, look)
    answer = visit.page("document/page.html", document=found, batch=place, key=one_time.new_key(),
                        originals=incoming.originals(session, seen.id),
                        signatures=kept.signatures(session, seen.id), grouped=grouped,
                        proof_offered=bundles.looks_on(seen, visit.by), **TOOLS)  # fmt: skip
    document_news.note_seen(session, seen, visit.by, look, answer, visit.request.url.path)
    return answer
