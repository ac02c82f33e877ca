"""The paper of a document as it will look: its pages as pictures (SVG), the PDF, and Word.

Setting takes a moment and gives the same again for the same content, so the last papers are kept.
"""

import gzip
from binascii import crc32
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api import lists
from api.auth import Access, Acting, Caller, allowed
from api.deps import InTransaction
from api.pages.document.sheets import Sheets, kept
from api.pages.document.shown import Shown, shown
from api.pages.shell import Visiting
from api.seeing import SeenDocument, Sight
from documents.signing.kept import pdf_of
from documents.writing.house import house_of
from documents.writing.pages import pages_svg, pdf
from documents.writing.word import MEDIA_TYPE as WORD
from documents.writing.word import word
from states.errors import NotFound
from states.lifecycle import State

router = APIRouter()
Ban = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


class NoSuchSheet(NotFound):
    """Văn bản này không có trang {number} (no such page): xem từ trang 1."""


class NothingToRead(NotFound):
    """Văn bản này chưa có bản nào được trình (nothing was put up yet): chờ đơn vị soạn trình ký."""


@router.get("/van-ban/{document_id}/trang/{number}.svg", dependencies=[allowed(Access.OFFICE)])
def sheet(
    seen: SeenDocument, session: InTransaction, by: Acting, request: Request,
    number: Annotated[int, Path(ge=1, le=9999)], ban: Ban = None,
) -> Response:  # fmt: skip
    """One page; its ETag is the content's digest, so that a page that is known is not sent again."""
    found = _found(session, seen, by, ban)
    tag = f'"{key_of(session, seen, found, by)}-{number}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    pages = sheets(session, seen, found, by)
    if number > len(pages):
        raise NoSuchSheet(number=number)
    body = pages.page(number)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, media_type="image/svg+xml", headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(body), media_type="image/svg+xml", headers=headers)


@router.get("/van-ban/{document_id}/giay", dependencies=[allowed(Access.OFFICE)])
def paper(seen: SeenDocument, visit: Visiting, session: InTransaction, ban: Ban = None) -> HTMLResponse:
    """All pages, one under the other; as a part (htmx) for the document's page."""
    found = _found(session, seen, visit.by, ban)
    facts = {"id": seen.id, "shown": found, "sheets": len(sheets(session, seen, found, visit.by))}
    if visit.partial:
        return HTMLResponse(visit.part("document/sheets.html", **facts))
    return visit.page("document/paper.html", **facts, row=lists.document(session, seen.id))


@router.get("/van-ban/{document_id}/ban.pdf", dependencies=[allowed(Access.OFFICE)])
def portable(seen: SeenDocument, session: InTransaction, by: Acting, ban: Ban = None) -> Response:
    """The paper as PDF: the very file that was signed, where there is one, else set anew."""
    found = _found(session, seen, by, ban)
    body = pdf_of(session, seen.id, found.id) if found.id else None
    body = body or pdf(session, seen.id, found.id, by.at, office_id=signer(seen, by))
    return _file(body, "application/pdf", f'inline; filename="{_name(seen, found)}.pdf"')


@router.get("/van-ban/{document_id}/ban.docx", dependencies=[allowed(Access.OFFICE)])
def editable(seen: SeenDocument, session: InTransaction, by: Acting, ban: Ban = None) -> Response:
    """The same paper as Word, for those who go on editing it (bản Word để sửa)."""
    found = _found(session, seen, by, ban)
    body = word(session, seen.id, found.id, by.at, office_id=signer(seen, by))
    return _file(body, WORD, f'attachment; filename="{_name(seen, found)}.docx"')


def sheets(session: Session, seen: Sight, found: Shown, by: Caller) -> Sheets:
    """The pages, from the kept ones where they were set before."""
    key = key_of(session, seen, found, by)
    return kept(key, lambda: pages_svg(session, seen.id, found.id, by.at, office_id=signer(seen, by)))


def key_of(session: Session, seen: Sight, found: Shown, by: Caller) -> str:
    """What names this very paper: document, content, step, whose name stands under it before it is signed, and the head
    that its unit has settled."""
    head = house_of(session, seen.id, by.at)
    settled = crc32(repr((head.above, sorted(head.places.items()))).encode())
    return f"{seen.id}-{found.key}-{signer(seen, by) or 0}-{settled:x}"


def _found(session: Session, seen: Sight, by: Caller, no: int | None) -> Shown:
    found = shown(session, seen, lists.document(session, seen.id), by, no)
    if found is None:
        raise NothingToRead()
    return found


def _name(seen: Sight, found: Shown) -> str:
    return f"van-ban-{seen.id}" + (f"-ban-{found.no}" if found.no else "")


def _file(body: bytes, kind: str, how: str) -> Response:
    return Response(body, media_type=kind, headers={"Cache-Control": "private, no-cache", "Content-Disposition": how})


def signer(seen: Sight, by: Caller) -> int | None:
    """The office that may be about to sign."""
    leads = by.held.seat == "leader" and by.held.unit_id == seen.parties.issuer_id
    return by.held.office_id if leads and seen.state in (State.DRAFT, State.RETURNED) else None
