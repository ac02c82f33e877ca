"""The tables of a document as an Excel file, beside its PDF and Word: the same content, under the same eyes."""

from fastapi import APIRouter
from fastapi.responses import Response

from api import lists
from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.pages.document.paper import Ban, NothingToRead
from api.pages.document.shown import shown
from api.seeing import SeenDocument
from documents.writing.document_sheet import document_xlsx
from documents.writing.sheets import MEDIA_TYPE

router = APIRouter()


@router.get("/van-ban/{document_id}/ban.xlsx", dependencies=[allowed(Access.OFFICE)])
def tables(seen: SeenDocument, session: InTransaction, by: Acting, ban: Ban = None) -> Response:
    """A sheet for each table of the form."""
    found = shown(session, seen, lists.document(session, seen.id), by, ban)
    if found is None:
        raise NothingToRead()
    body = document_xlsx(session, seen.id, found.id, by.at)
    name = f"van-ban-{seen.id}" + (f"-ban-{found.no}" if found.no else "")
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
