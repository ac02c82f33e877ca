"""Ô số liệu: where a figure comes from, down to the ward's own rows; a part beside the table, or a page of its own."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from api.auth import Access, allowed
from api.deps import IdQuery, InTransaction
from api.pages import one_time
from api.pages.shell import Visiting, inside
from api.pages.totals import cell_facts
from api.pages.totals.words import Numbers
from api.seeing import SeenDocument
from states import notes

router = APIRouter(prefix="/van-ban")
CellNumber = Annotated[int, Path(ge=10_001, le=9_999_999)]
Big = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
Place = Annotated[str, Form(alias="cho", pattern=r"^(rows\.\d{1,4}\.values\.\d{1,2}|figures\.\d{5,7})$")]


@router.get("/{document_id:int}/o/{cell:int}", dependencies=[allowed(Access.OFFICE)])
def cell(
    seen: SeenDocument, cell: CellNumber, visit: Visiting, session: InTransaction,
    unit: Annotated[IdQuery, Query(alias="don-vi")] = None, source: Annotated[Big, Query(alias="phan")] = None,
    version: Annotated[Big, Query(alias="ban")] = None,
) -> HTMLResponse:  # fmt: skip
    """One level down; each part leads further. Raises `NothingToTrace`."""
    facts = cell_facts.read(session, seen, cell, visit.by, version=version, unit_id=unit, source=source)
    here = visit.request.url.path + (f"?{visit.request.url.query}" if visit.request.url.query else "")
    told = {"facts": facts, "number": Numbers(visit.say, visit.language), "here": here, "key": one_time.new_key()}
    if visit.partial:
        return HTMLResponse(visit.part("totals/cell_part.html", **told), headers={"Cache-Control": "private, no-store"})
    return visit.page("totals/cell.html", **told)


@router.post("/{document_id:int}/o/{cell:int}/hoi", dependencies=[allowed(Access.WORKING)])
def ask(
    seen: SeenDocument, cell: CellNumber, visit: Visiting, session: InTransaction, place: Place,
    words: Annotated[str, Form(alias="loi", max_length=4000)] = "",
    revision: Annotated[int | None, Form(alias="ban", ge=1, le=2**63 - 1)] = None,
    key: Annotated[str, Form(alias="khoa", max_length=100)] = "",
    back: Annotated[str, Form(alias="ve", max_length=500)] = "",
) -> RedirectResponse:  # fmt: skip
    """Ask the unit about the figure, tied to its place and to the content that was looked at; twice is once."""
    first, _made = one_time.claim(session, visit.me.person_id, key, visit.now)
    if first:
        notes.ask(session, seen.id, words, visit.me.holder, visit.now, place=place, revision_id=revision)
    return visit.back_to(inside(back, f"/van-ban/{seen.id}/o/{cell}"), visit.say(_("Đã gửi câu hỏi đến đơn vị.")))


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
