"""Ký bằng thiết bị (USB token): prepare the file, take it away once, sign it with the plug-in, give it back.

The signing is named by a secret in the address and belongs to the officer who began it: nobody else opens its page,
takes its file or gives one back. What comes back is judged by `documents.signing`; nothing of it is believed here.
"""

import math
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from api import giving_back, lists
from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction
from api.pages import typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.signing.files import sent_file
from api.pages.typed import Sent
from api.proof import asks_now, prove_for_signing
from api.seeing import SeenDocument
from documents.signing import certificates, token
from documents.signing.errors import IntentGone
from documents.signing.intents import Intent
from states.errors import DonDocError, Invalid, Reason
from states.lifecycle import Action
from states.steps import Request

router = APIRouter()
Nonce = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[\w-]+$")]


class NoFileChosen(Invalid):
    """Chưa chọn tệp đã ký (no signed file was chosen): chọn tệp mà tiện ích của thiết bị ký đã lưu."""


@router.post("/van-ban/{document_id}/ky-thiet-bi", dependencies=[allowed(Access.LEADER)])
def prepare(seen: SeenDocument, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """The file to be signed, made once; on to its page. Raises whatever the door refuses."""
    seq = typed.number(typed.words(form, "seq")) or 0
    revision = typed.number(typed.words(form, "revision_id"), 2**63 - 1) or -1
    request = Request(seen.id, Action.SIGN, seq, revision_id=revision)
    prepared = token.prepare_for_token(session, request, visit.me.actor, visit.now)
    return visit.back_to(f"/ky/{prepared.nonce}?vi-tri={visit.me.office_id}")  # begun in this office of his


@router.get("/ky/{nonce}", dependencies=[allowed(Access.LEADER)])
def page(nonce: Nonce, visit: Visiting, session: InTransaction, me: SignedIn) -> HTMLResponse:
    """How far this signing is, and until when it holds."""
    return _page(visit, session, me, nonce, _mine(session, nonce, visit))


@router.get("/ky/{nonce}/tep.pdf", dependencies=[allowed(Access.LEADER)])
def take_away(nonce: Nonce, visit: Visiting, session: InTransaction) -> Response:
    """The file, once. Raises `DownloadSpent` the second time."""
    intent = _mine(session, nonce, visit)
    data = token.download(session, nonce, visit.now)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(intent.document_id)}"',
               "Cache-Control": "private, no-store"}  # fmt: skip
    return Response(data, media_type="application/pdf", headers=headers)


@router.post("/ky/{nonce}", dependencies=[allowed(Access.LEADER)])
def give_back(nonce: Nonce, visit: Visiting, session: InTransaction, me: SignedIn, form: Sent) -> Response:
    """The signed file: judged, and the document signed with it. Refused, the page says what was wrong with it."""
    data = sent_file(form)
    prove_for_signing(session, me, visit.me, visit.now)
    intent = _mine(session, nonce, visit)
    _, error = tried(session, lambda: _accept(session, nonce, data, visit))
    if error is not None:
        return _page(visit, session, me, nonce, intent, error)
    return visit.back_to(f"/van-ban/{intent.document_id}", visit.say("Đã ký bằng thiết bị; tệp đã ký được giữ."))


def file_name(document_id: int) -> str:
    """What the file that goes out is called."""
    return f"van-ban-{document_id}-de-ky.pdf"


def minutes_left(until: datetime, at: datetime) -> int:
    """Whole minutes that are still left, the last one counted; 0 when it is over."""
    return max(0, math.ceil((until - at) / timedelta(minutes=1)))


def _accept(session: Session, nonce: str, data: bytes, visit: Visit) -> object:
    if not data:
        raise NoFileChosen(reasons=[Reason("tệp", "chưa chọn tệp đã ký", "chọn tệp mà thiết bị ký đã lưu")])
    return giving_back.accept(session, nonce, data, visit.me.actor, visit.now)


def _mine(session: Session, nonce: str, visit: Visit) -> Intent:
    """The signing, if he began it: somebody else's is not found."""
    intent = token.open_intent(session, nonce, visit.now)
    if intent.actor != visit.me.actor:
        raise IntentGone()
    return intent


def _page(
    visit: Visit, session: Session, me: SignedIn, nonce: str, intent: Intent, error: DonDocError | None = None
) -> HTMLResponse:  # fmt: skip
    return visit.page(
        "signing/token.html", error.status if error else 200, signing=nonce, intent=intent, error=error,
        row=lists.document(session, intent.document_id), certificate=certificates.get(session, intent.certificate_id),
        left=minutes_left(intent.expires_at, visit.now), asks_code=asks_now(session, me, visit.me, visit.now),
    )  # fmt: skip
