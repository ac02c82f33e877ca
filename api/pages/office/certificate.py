"""Phiếu xác nhận quá trình xử lý văn bản: one document's life as a PDF, for whoever may see the document."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.seeing import SeenDocument
from documents.writing.certificate import certificate
from documents.writing.typesetting import to_pdf

router = APIRouter()


@router.get("/van-ban/{document_id}/phieu.pdf", dependencies=[allowed(Access.OFFICE)])
def life(seen: SeenDocument, session: InTransaction, by: Acting) -> Response:
    """As of this moment: every step, content, sending and total, with the digest at the head of the chain."""
    headers = {"Content-Disposition": f'inline; filename="phieu-qua-trinh-{seen.id}.pdf"',
               "Cache-Control": "private, no-store"}  # fmt: skip
    return Response(to_pdf(certificate(session, seen.id, by.at)), media_type="application/pdf", headers=headers)
