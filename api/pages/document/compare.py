"""So sánh: two revisions of a document, word by word and cell by cell, with the reasons that were given."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlmodel import Session
from starlette.responses import Response

from api import lists
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.document.compare_facts import comparison
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting
from api.seeing import SeenDocument, Sight

router = APIRouter()
_No = Annotated[str, Path(max_length=12, pattern=r"^[0-9a-z]+$")]


@router.get("/van-ban/{document_id}/so-sanh", dependencies=[allowed(Access.OFFICE)])
def last_two(
    seen: SeenDocument, visit: Visiting, session: InTransaction,
    tu: Annotated[str | None, Query(max_length=12)] = None, den: Annotated[str | None, Query(max_length=12)] = None,
) -> Response:  # fmt: skip
    """The last two, or the two that were chosen in the form."""
    if tu and den:
        return visit.back_to(f"/van-ban/{seen.id}/so-sanh/{tu}..{den}")
    return _page(session, seen, visit, None, None)


@router.get("/van-ban/{document_id}/so-sanh/{old}..{new}", dependencies=[allowed(Access.OFFICE)])
def two(seen: SeenDocument, old: _No, new: _No, visit: Visiting, session: InTransaction) -> Response:
    """These two."""
    return _page(session, seen, visit, old, new)


def _page(session: Session, seen: Sight, visit: Visit, old: str | None, new: str | None) -> Response:
    found = comparison(session, seen, visit.by, old, new)
    return visit.page("compare/page.html", row=lists.document(session, seen.id), found=found, **TOOLS)
