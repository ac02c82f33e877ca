"""Hôm nay: what waits for me, what my unit owes, what changed."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.shell import Visiting
from states.reading import inbox

router = APIRouter()


@router.get("/", dependencies=[allowed(Access.OFFICE)])
def today(visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The first page after signing in."""
    queues = inbox.inbox(session, visit.me.holder, visit.by.day, limit=8)
    return visit.page("today.html", queues=queues)
