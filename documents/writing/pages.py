"""The pages of a document (trang văn bản): the PDF of record, and the same as SVG for the screen, by one engine."""

from datetime import datetime

from sqlmodel import Session

from documents.writing.composing import compose
from documents.writing.letterhead import House
from documents.writing.typesetting import to_pdf, to_svg


def pages_svg(
    session: Session, document_id: int, revision_id: int | None, at: datetime, *, office_id: int | None = None,
    house: House | None = None,
) -> list[str]:  # fmt: skip
    """One SVG a page; for the parameters see `compose`. Raises `NoSuchDocument`, `NoSuchRevision`, `FontsMissing`."""
    return to_svg(compose(session, document_id, revision_id, at, office_id=office_id, house=house))


def pdf(
    session: Session, document_id: int, revision_id: int | None, at: datetime, *, office_id: int | None = None,
    house: House | None = None,
) -> bytes:  # fmt: skip
    """The PDF of record (PDF/A-2a, PDF/UA-1). Raises `NoSuchDocument`, `NoSuchRevision`, `FontsMissing`."""
    return to_pdf(compose(session, document_id, revision_id, at, office_id=office_id, house=house))
