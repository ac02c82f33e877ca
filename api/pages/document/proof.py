"""Hồ sơ chứng minh: how far a document's bundle proves now, how to verify it elsewhere, and the file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Engine

from api import bundles, deps, lists
from api.auth import Access, allowed
from api.deps import InTransaction, OfMachine
from api.pages.shell import Visiting
from api.seeing import SeenDocument
from states.errors import Conflict
from states.log.published import NoVerifierHere

router = APIRouter(prefix="/van-ban")
READING = [allowed(Access.OFFICE)]
OfDatabase = Annotated[Engine, Depends(deps.engine)]


@router.get("/{document_id}/chung-minh", dependencies=READING)
def show(seen: SeenDocument, visit: Visiting, session: InTransaction, machine: OfMachine) -> HTMLResponse:
    """Up to which step, under which checkpoint; where there is no bundle yet, why and when."""
    offer = bundles.offer(session, seen, visit.by, machine)
    status = 403 if isinstance(offer.refusal, bundles.NotAllInSight) else 200
    return visit.page("document/proof.html", status, row=lists.document(session, seen.id), offer=offer,
                      sendings=lists.sendings(session, seen.id),
                      keeps=visit.seat in ("auditor", "admin", "supervisor", "leader"))  # fmt: skip


@router.get("/{document_id}/chung-minh.zip", dependencies=READING)
def take(
    seen: SeenDocument, visit: Visiting, session: InTransaction, bind: OfDatabase, machine: OfMachine,
    if_none_match: Annotated[str | None, Header(max_length=100)] = None,
) -> Response:  # fmt: skip
    """The file, as of the newest checkpoint; where there is none, the page that says why."""
    try:
        return bundles.answer(session, bind, seen, visit.by, machine, if_none_match)
    except Conflict as error:
        told = isinstance(error, _ON_THE_PAGE)
        return visit.back_to(f"/van-ban/{seen.id}/chung-minh", "" if told else error.said(visit.say), tone="bad")


_ON_THE_PAGE = (bundles.NothingSigned, bundles.NotSealedYet, NoVerifierHere)
"""What the page says by itself."""
