"""Units (đơn vị): found as of a day, with what is below them and what became of them; other trees imported."""

import csv
import tempfile
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from api import administering
from api.auth import Access, Acting, allowed
from api.deps import Id, InTransaction
from api.idempotency import OnceOnly
from api.schemas.base import Day
from api.schemas.people import Imported, SuccessionOut, SuccessionsOut, UnitOut
from states import units
from states.errors import Reason

router = APIRouter(prefix="/units", tags=["units"])
AsOf = Annotated[Day | None, Query(description="as of this day; today where it is left out")]
Level = Literal["nation", "province", "district", "commune", "village", "body"]


@router.get("", summary="Find units by name, as of a day", dependencies=[allowed(Access.OFFICE)])
def find_units(
    session: InTransaction, by: Acting, name: Annotated[str, Query(min_length=1, max_length=200)],
    day: AsOf = None, level: Level | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> list[UnitOut]:  # fmt: skip
    """With or without diacritics; exact names first."""
    return UnitOut.all(units.find(session, name, day or by.day, level=level, limit=limit))


@router.get("/{unit_id}", summary="A unit", dependencies=[allowed(Access.OFFICE)])
def read_unit(unit_id: Id, session: InTransaction) -> UnitOut:
    """With the days between which it is valid."""
    return UnitOut.of(units.get(session, unit_id))


@router.get("/{unit_id}/children", summary="The units just below", dependencies=[allowed(Access.OFFICE)])
def read_children(unit_id: Id, session: InTransaction, by: Acting, day: AsOf = None) -> list[UnitOut]:
    """Valid on the day, in the order of their codes."""
    return UnitOut.all(units.children(session, unit_id, day or by.day))


@router.get("/{unit_id}/successions", summary="What became of a unit", dependencies=[allowed(Access.OFFICE)])
def read_successions(unit_id: Id, session: InTransaction) -> SuccessionsOut:
    """The units that have land of it, and those that it has land of; what was divided is said, not guessed."""
    after, before = units.successors(session, unit_id), units.predecessors(session, unit_id)
    told = [[SuccessionOut(unit=UnitOut.of(u), kind=k, doubt=d) for u, k, d in part] for part in (after, before)]
    return SuccessionsOut(successors=told[0], predecessors=told[1])


async def csv_of(request: Request) -> bytes:
    """The file as it was sent (Content-Type: text/csv, at most 5 MB)."""
    return await request.body()


_CSV = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.post("/import", summary="Import units from CSV", status_code=201, openapi_extra=_CSV,
             dependencies=[allowed(Access.ADMIN)])  # fmt: skip
def import_units(
    session: InTransaction, by: Acting, once: OnceOnly, file: Annotated[bytes, Depends(csv_of)]
) -> Imported:
    """All of it or nothing; bad rows are told by line. Only below the administrator's own unit."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "units.csv")
        kept.write_bytes(file)
        try:
            added = units.import_csv(session, kept)
        except csv.Error as error:
            raise units.BadUnitsFile(file=kept.name, count=1, reasons=[Reason("CSV", str(error))]) from None
    administering.check_new_units(session, by)
    return once.keep(Imported(units=added))
