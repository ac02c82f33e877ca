"""Registers (sổ đăng ký văn bản): a unit's books and their numbers, the newest first."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session

from api.auth import Access, Acting, Caller, allowed
from api.deps import InTransaction, Page
from api.schemas.base import Day, PageOf, Word
from api.schemas.registers import BookOut, IncomingOut, OutgoingOut
from api.scope import UnitAsked, path_of
from states import units
from states.reading import registers
from states.reading.registers import Asked

router = APIRouter(prefix="/registers", tags=["registers"])
_Year = Annotated[int | None, Query(ge=1900, le=2200)]
_First = Annotated[Day | None, Query(description="the first local day")]
_Last = Annotated[Day | None, Query(description="the last local day, inclusive")]


@router.get("", summary="A unit's registers", dependencies=[allowed(Access.OFFICE)])
def list_registers(session: InTransaction, by: Acting, unit: UnitAsked = None) -> list[BookOut]:
    """Of one's own unit, or of one that one looks down on."""
    return BookOut.all(registers.books(session, _unit(session, by, unit)))


@router.get("/outgoing", summary="Numbers that a unit gave", dependencies=[allowed(Access.OFFICE)])
def read_outgoing(
    session: InTransaction, by: Acting, page: Page, unit: UnitAsked = None, year: _Year = None,
    series: Annotated[Word, Query()] = "", first: _First = None, last: _Last = None,
) -> PageOf[OutgoingOut]:  # fmt: skip
    """With signer, recipients, receipt, and what became of each number."""
    asked = Asked(_unit(session, by, unit), year, series, first, last)
    found = registers.outgoing(session, asked, limit=page.limit, offset=page.after, newest_first=True)
    return PageOf(items=OutgoingOut.all(found.rows), next=_next(page.after + len(found.rows), found.total))


@router.get("/incoming", summary="Papers that a unit received", dependencies=[allowed(Access.OFFICE)])
def read_incoming(
    session: InTransaction, by: Acting, page: Page, unit: UnitAsked = None, year: _Year = None, first: _First = None,
    last: _Last = None,
) -> PageOf[IncomingOut]:  # fmt: skip
    """With the number that each got here."""
    asked = Asked(_unit(session, by, unit), year, "", first, last)
    found = registers.incoming(session, asked, limit=page.limit, offset=page.after, newest_first=True)
    return PageOf(items=IncomingOut.all(found.rows), next=_next(page.after + len(found.rows), found.total))


def _unit(session: Session, by: Caller, unit: int | None) -> int:
    """One's own, or one that one looks down on. Raises `NotBelowYou`."""
    if unit is None or unit == by.held.unit_id:
        return by.held.unit_id
    path_of(session, unit, by)
    return units.get(session, unit).id


def _next(upto: int, total: int) -> int | None:
    return upto if 0 < upto < total else None
