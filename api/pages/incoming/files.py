"""The file as it came: to be saved, and page by page as a picture; never opened by the browser as a page of ours."""

from collections import OrderedDict
from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from api.auth import Access, allowed
from api.deps import BigId, InTransaction
from api.pages.incoming.page import HERE
from api.pages.shell import Visiting
from api.seeing import SeenDocument
from documents.reading import files as reading
from states import files
from states.files import NoSuchFile
from states.reading import incoming

router = APIRouter()
SECONDS = 15
_MOST_BYTES = 40_000_000
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Number = Annotated[int, Path(ge=1, le=200)]


@router.get("/nhan/{incoming_id}/tep", dependencies=[allowed(HERE)])
def original(incoming_id: BigId, visit: Visiting, session: InTransaction) -> Response:
    """The bytes as they came, to be saved."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    return _saved(session, one.digest, one.name)


@router.get("/nhan/{incoming_id}/trang/{number}.png", dependencies=[allowed(HERE)])
def page(incoming_id: BigId, number: Number, visit: Visiting, session: InTransaction, request: Request) -> Response:
    """One page of a PDF as a picture."""
    one = incoming.one(session, incoming_id, visit.me.unit_id)
    return _drawn(session, one.digest, one.name, number, request)


@router.get("/van-ban/{document_id}/tep/{digest}", dependencies=[allowed(Access.OFFICE)])
def of_document(seen: SeenDocument, digest: Digest, session: InTransaction) -> Response:
    """The file that a document was registered from, for who may see the document."""
    return _saved(session, digest, _name(session, seen.id, digest))


@router.get("/van-ban/{document_id}/tep/{digest}/trang/{number}.png", dependencies=[allowed(Access.OFFICE)])
def page_of_document(
    seen: SeenDocument, digest: Digest, number: Number, session: InTransaction, request: Request
) -> Response:
    """One page of it as a picture."""
    return _drawn(session, digest, _name(session, seen.id, digest), number, request)


def _name(session: Session, document_id: int, digest: str) -> str:
    """The file's name, where it belongs to this document. Raises `NoSuchFile`."""
    for one in incoming.originals(session, document_id):
        if one.digest == digest:
            return one.name or f"ban-quet-{digest[:12]}"
    raise NoSuchFile()


def _saved(session: Session, digest: str, name: str) -> Response:
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "._- ") else "_" for one in name)
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
               "X-Content-Type-Options": "nosniff", "Content-Security-Policy": _SANDBOX, "ETag": f'"{digest}"',
               "Cache-Control": "private, no-cache"}  # fmt: skip
    body = files.read(session, bytes.fromhex(digest))
    return Response(body, media_type="application/octet-stream", headers=headers)


def _drawn(session: Session, digest: str, name: str, number: int, request: Request) -> Response:
    tag = f'"{digest}-{number}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    data = files.read(session, bytes.fromhex(digest))
    body = _kept(tag, lambda: reading.picture(name, data, number, SECONDS))
    return Response(body, media_type="image/png", headers=headers)


# ── pages that were drawn lately ────────────────────────────────────────────────────────────────────────────

_PICTURES: OrderedDict[str, bytes] = OrderedDict()
_LOCK = Lock()
_AT_ONCE = BoundedSemaphore(2)


def _kept(tag: str, draw: Callable[[], bytes]) -> bytes:
    """The picture, drawn where it is not there; two at a time, the oldest go when there are too many."""
    with _LOCK:
        if tag in _PICTURES:
            _PICTURES.move_to_end(tag)
            return _PICTURES[tag]
    with _AT_ONCE:
        made = draw()
    with _LOCK:
        _PICTURES[tag] = made
        while sum(map(len, _PICTURES.values())) > _MOST_BYTES:
            _PICTURES.popitem(last=False)
    return made
