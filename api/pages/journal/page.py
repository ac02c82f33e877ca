"""Nhật ký: every step of every document, searched; what is found as a file."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from sqlalchemy import Engine

from api import deps
from api.auth import Access, allowed, let_in
from api.deps import InTransaction
from api.pages.journal import found as journal_found
from api.pages.journal.asked import SearchOf
from api.pages.journal.found import Found
from api.pages.journal.words import reasons
from api.pages.shell import Visit, Visiting
from documents.writing.journal_sheet import journal_csv, journal_xlsx
from documents.writing.sheets import Head, file_name
from states.lifecycle import Action
from states.offices import AUTHORITIES
from states.periods import local
from states.reading.journal import all_entries

router = APIRouter(prefix="/nhat-ky")
WATCHING = [allowed(Access.AUDITOR | Access.SUPERVISOR | Access.LEADER)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OfDatabase = Annotated[Engine, Depends(deps.engine)]


@router.get("", dependencies=WATCHING)
def journal_page(search: SearchOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The steps that were asked for, the newest first."""
    found = journal_found.understand(session, search, visit.by)
    return visit.page(
        "journal/page.html", found=found, search=found.search, leaf=journal_found.leaf(session, found),
        chart=None if found.open else journal_found.drawn(session, found, visit.by.day),
        actions=[str(one) for one in Action], authorities=[one for one in AUTHORITIES if one],
        names_people=visit.seat == "auditor", REASONS=reasons(visit.say),
    )  # fmt: skip


@router.get("/nhat-ky.xlsx", dependencies=WATCHING)
def as_xlsx(search: SearchOf, visit: Visiting, session: InTransaction) -> Response:
    """Everything that was found, as an Excel file; it says where it was cut off."""
    found = journal_found.clear(session, search, visit.by)
    content = journal_xlsx(all_entries(session, found.asked), _head(visit, found))
    return Response(content, media_type=XLSX, headers=attached(_name(visit, "xlsx")))


@router.get("/nhat-ky.csv", dependencies=WATCHING)
def as_csv(search: SearchOf, visit: Visiting, session: InTransaction, bind: OfDatabase) -> Response:
    """The same as CSV, which has no end: it is read while it is sent, in a transaction of its own."""
    found = journal_found.clear(session, search, visit.by)

    def lines() -> Iterator[str]:
        with let_in(bind, visit.me.office_id) as reading:
            yield from journal_csv(all_entries(reading, found.asked))

    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=attached(_name(visit, "csv")))


def attached(name: str) -> dict[str, str]:
    """A file to be kept, under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _name(visit: Visit, ending: str) -> str:
    return file_name("nhat-ky", visit.me.unit, f"{local(visit.now):%Y-%m-%d}", ending=ending)


def _head(visit: Visit, found: Found) -> Head:
    under = [f"(từ {found.first:%d/%m/%Y} đến {found.last:%d/%m/%Y})"]
    if found.chosen:
        under.append("; ".join(f"{one.name} ({one.more})" if one.more else one.name for one in found.chosen.values()))
    return Head([visit.me.unit.upper()], "NHẬT KÝ VĂN BẢN", visit.now, under)
