"""Proof over HTTP (chứng minh): a document's bundle as of the newest checkpoint, and the checkpoints."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from sqlalchemy import Engine

from api import bundles, deps
from api.auth import Access, Acting, allowed
from api.deps import InTransaction, OfMachine, Page
from api.schemas.base import PageOf
from api.schemas.proof import CheckpointOut, ProofOut
from api.seeing import SeenDocument
from documents.proof.bundling.standing import checkpoints

router = APIRouter(tags=["audit"])
OfDatabase = Annotated[Engine, Depends(deps.engine)]
KEEPING = [allowed(Access.AUDITOR | Access.ADMIN | Access.SUPERVISOR | Access.LEADER)]
"""Whoever may keep a checkpoint: it shows nothing of any document."""
_HEADERS = {
    "Dondoc-Proven-Step": {"schema": {"type": "string"}, "description": "how far it proves: 3/4 is step 3 of 4"},
    "Dondoc-Checkpoint": {"schema": {"type": "string"}, "description": "the checkpoint's size"},
    "Dondoc-Next-Checkpoint": {"schema": {"type": "string"}, "description": "when the next one comes"},
}
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {bundles.MEDIA_TYPE: {}}, "description": "The bundle", "headers": _HEADERS},
    304: {"description": "The one that you have is the newest"},
}


@router.get("/documents/{document_id}/proof", summary="How far a bundle would prove it now",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_proof(seen: SeenDocument, session: InTransaction, by: Acting, machine: OfMachine) -> ProofOut:
    """Up to which step, under which checkpoint, when the next one comes; or why there is no bundle yet."""
    return ProofOut.said(bundles.offer(session, seen, by, machine))


@router.get("/documents/{document_id}/bundle", summary="The proof of a document in one file", response_class=Response,
            responses=_ZIP, dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def take_bundle(
    seen: SeenDocument, session: InTransaction, bind: OfDatabase, by: Acting, machine: OfMachine,
    if_none_match: Annotated[str | None, Header(max_length=100)] = None,
) -> Response:  # fmt: skip
    """For auditors, the document's own unit and those above it; as of the newest checkpoint, whose later steps stay
    out. 409 `nothing-signed`, `not-sealed-yet`, `changed-since` where there is none yet. `dondoc verify` checks it.
    """
    return bundles.answer(session, bind, seen, by, machine, if_none_match)


@router.get("/checkpoints", summary="The log's checkpoints", dependencies=KEEPING)
def list_checkpoints(session: InTransaction, page: Page) -> PageOf[CheckpointOut]:
    """The newest first, each as it was signed, to be kept where no administrator can change it."""
    found = checkpoints(session, page.limit + 1, page.after or None)
    items = [CheckpointOut.said(one) for one in found[: page.limit]]
    return PageOf(items=items, next=items[-1].size if len(found) > page.limit else None)
