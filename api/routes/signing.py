"""Signing with a token (USB token) in three calls, and the signatures of a document."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Path, Response, UploadFile

from api import giving_back
from api.auth import Access, Acting, SignedIn, allowed
from api.deps import InTransaction
from api.idempotency import OnceOnly
from api.proof import prove_for_signing
from api.schemas.documents import StepOut
from api.schemas.signing import CertifiedOut, PreparedOut, PrepareIn
from api.seeing import SeenDocument
from documents.signing import kept, token
from documents.signing.errors import IntentGone
from documents.signing.intents import Intent
from states.lifecycle import Action
from states.steps import Request

router = APIRouter(tags=["signing"])
Nonce = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[\w-]+$", description="from the preparation")]
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file that is to be signed", "content": {"application/pdf": {}}}
}


@router.get("/documents/{document_id}/signatures", summary="The signatures of a document",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def list_signatures(seen: SeenDocument, session: InTransaction) -> list[CertifiedOut]:
    """Officers' and offices', in their order; also those that a later step took back."""
    return CertifiedOut.all(kept.signatures(session, seen.id))


@router.post("/documents/{document_id}/signing", summary="Prepare a file for a token", status_code=201,
             dependencies=[allowed(Access.LEADER)])  # fmt: skip
def prepare_signing(
    seen: SeenDocument, asked: PrepareIn, session: InTransaction, by: Acting, once: OnceOnly
) -> PreparedOut:  # fmt: skip
    """For an officer whose key lies in a token; everything that stands in the way of his signature is said now."""
    request = Request(seen.id, Action.SIGN, asked.seq, revision_id=asked.revision_id)
    made = token.prepare_for_token(session, request, by.held.actor, by.at)
    where = {"download": f"/signing/{made.nonce}/file", "upload": f"/signing/{made.nonce}"}
    told = PreparedOut.of({**vars(made), **where})
    hidden = told.model_copy(update={"nonce": "", "download": "", "upload": ""})
    return once.keep(told, stored=hidden)


@router.get("/signing/{nonce}/file", summary="Take the file to be signed, once", response_class=Response,
            responses=_PDF, dependencies=[allowed(Access.LEADER)])  # fmt: skip
def take_signing_file(nonce: Nonce, session: InTransaction, by: Acting) -> Response:
    """A second time it is refused (410 `download-spent`): prepare anew."""
    _mine(session, nonce, by)
    return Response(token.download(session, nonce, by.at), media_type="application/pdf")


@router.post("/signing/{nonce}", summary="Give the signed file back", status_code=201,
             dependencies=[allowed(Access.LEADER)])  # fmt: skip
def return_signed_file(
    nonce: Nonce, session: InTransaction, by: Acting, me: SignedIn, file: Annotated[UploadFile, File()]
) -> StepOut:  # fmt: skip
    """Takes the step if the file is what went out with the officer's signature and nothing else; else 422
    `not-returned-right` with the reason, and it may be tried again until it expires.
    """
    prove_for_signing(session, me, by.held, by.at)
    _mine(session, nonce, by)
    taken = giving_back.accept(session, nonce, file.file.read(), by.held.actor, by.at)
    return StepOut.of({**vars(taken), "digest": taken.digest.hex()})


def _mine(session: InTransaction, nonce: str, by: Acting) -> Intent:
    """The signing, if the caller began it: somebody else's is not found."""
    intent = token.open_intent(session, nonce, by.at)
    if intent.actor != by.held.actor:
        raise IntentGone()
    return intent
