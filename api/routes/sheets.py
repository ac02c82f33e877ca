"""Excel files of documents: the blank form of a draft to fill in, and a filled one read back into the draft."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, UploadFile
from fastapi.responses import Response

from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.routes.drafts import NotYourDraft
from api.schemas.drafts import DraftOut
from api.seeing import SeenDocument
from documents import drafting
from documents.reading import files, limits
from documents.reading.filled.form import read_filled
from documents.reading.filled.key import Expected
from documents.writing.blank_form import blank_xlsx, read_blank
from documents.writing.sheets import MEDIA_TYPE
from states import contents

router = APIRouter(prefix="/documents", tags=["drafts"])
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}, "description": "The Excel file"}}


@router.get("/{document_id}/draft/form.xlsx", summary="The blank form to fill in", response_class=Response,
            responses=_FILE, dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_draft_form(seen: SeenDocument, session: InTransaction, by: Acting) -> Response:
    """A workbook with a sheet for each table of the form, with what the draft holds already."""
    if not seen.is_ours(by) and by.held.seat != "auditor":
        raise NotYourDraft()
    headers = {"Content-Disposition": f'attachment; filename="bieu-{seen.id}.xlsx"'}
    return Response(blank_xlsx(read_blank(session, seen.id, by.at)), media_type=MEDIA_TYPE, headers=headers)


@router.put("/{document_id}/draft/form.xlsx", summary="Save a filled form as the draft",
            dependencies=[allowed(Access.WORKING)])  # fmt: skip
def save_draft_form(
    seen: SeenDocument, session: InTransaction, by: Acting, file: UploadFile, response: Response,
    if_match: Annotated[str | None, Header(pattern=r'^"v[0-9]{1,9}"$')] = None,
) -> DraftOut:  # fmt: skip
    """Over the version in If-Match, else over the one that the form was made from: 409 where it has moved since.

    A cell that can't be read refuses the whole file, with every such cell by its name.
    """
    contents.lock_draft(session, seen.id, by.held.holder)
    expected = Expected(seen.id, seen.parties.unit_id, drafting.form_of(session, seen.id))
    data = file.file.read(limits.FILE + 1)
    filled = read_filled(files.own_name(file.filename or ""), data, expected)
    version = int(if_match[2:-1]) if if_match is not None else filled.key.version
    saved, read_as = drafting.save(session, seen.id, filled.typed, version, by.held.holder, by.at)
    response.headers["ETag"] = f'"v{saved}"'
    kept = contents.draft(session, seen.id)
    return DraftOut(content=kept.content, version=kept.version, authors=list(kept.authors), read_as=read_as)
