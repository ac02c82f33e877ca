"""Units and people as CSV files, out and in: what comes out can be changed in a spreadsheet and brought in again."""

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api import administering
from api.auth import Access, Caller, allowed
from api.deps import Id, InTransaction
from api.pages import csv_safe, typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.units import people_csv
from states import units
from states.errors import DonDocError, Invalid, Reason
from states.units import Place

router = APIRouter()
UNIT_COLUMNS = ("registry", "code", "name", "level", "kind", "role", "symbol", "parent_registry", "parent_code",
                "valid_from", "valid_to", "latitude", "longitude", "phone", "small")  # fmt: skip


class NoFile(Invalid):
    """Chưa chọn tệp nào (no file was chosen): choose a CSV file, then send again."""


@router.get("/don-vi/{unit_id}/don-vi.csv", dependencies=[allowed(Access.OFFICE)])
def units_out(unit_id: Id, visit: Visiting, session: InTransaction, ngay: str = "") -> Response:
    """The unit and all below it, valid on the day."""
    place, day = units.get(session, unit_id), typed.day(ngay) or visit.by.day
    rows = session.connection().exec_driver_sql(_UNITS, {"path": place.path, "day": day})
    return csv_safe.answer(f"don-vi-{place.code}-{day}.csv", UNIT_COLUMNS, [tuple(row) for row in rows])


@router.get("/don-vi/{unit_id}/nhan-su.csv", dependencies=[allowed(Access.ADMIN | Access.AUDITOR)])
def people_out(unit_id: Id, visit: Visiting, session: InTransaction, ngay: str = "") -> Response:
    """Everybody who holds an office in the unit or below it on the day."""
    place, day = units.get(session, unit_id), typed.day(ngay) or visit.by.day
    if visit.seat == "admin":
        administering.check_unit(session, unit_id, visit.by)
    rows = people_csv.read(session, place.path, day)
    return csv_safe.answer(f"nhan-su-{place.code}-{day}.csv", people_csv.COLUMNS, rows)


@router.get("/don-vi/{unit_id}/nhap", dependencies=[allowed(Access.ADMIN)])
def bring(unit_id: Id, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """Where a file is chosen, and what must stand in it."""
    administering.check_unit(session, unit_id, visit.by)
    return _page(visit, units.get(session, unit_id))


@router.post("/don-vi/{unit_id}/nhap", dependencies=[allowed(Access.ADMIN)])
def take(
    unit_id: Id, visit: Visiting, session: InTransaction, gi: Annotated[str, Form()] = "don-vi",
    tep: UploadFile | None = None,
) -> Response:  # fmt: skip
    """All of the file or nothing; what is there already is not doubled."""
    administering.check_unit(session, unit_id, visit.by)
    what = _PEOPLE if gi == "nhan-su" else _TREE
    done, error = tried(session, lambda: what(session, _sent(tep), visit))
    if error is not None:
        return _page(visit, units.get(session, unit_id), error, gi)
    return visit.back_to(f"/don-vi/{unit_id}", done)


def _page(visit: Visit, place: Place, error: DonDocError | None = None, what: str = "don-vi") -> HTMLResponse:
    return visit.page(
        "units/import.html", error.status if error else 200, place=place, error=error, what=what,
        unit_columns=UNIT_COLUMNS, people_columns=people_csv.COLUMNS,
    )  # fmt: skip


def _sent(file: UploadFile | None) -> bytes:
    raw = file.file.read() if file is not None else b""
    if not raw:
        raise NoFile()
    return csv_safe.plain(raw)


def _units_in(session: Session, raw: bytes, visit: Visit) -> str:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "tep.csv")
        kept.write_bytes(raw)
        try:
            added = units.import_csv(session, kept)
        except csv.Error as error:
            raise units.BadUnitsFile(file=kept.name, count=1, reasons=[Reason("CSV", str(error))]) from None
    administering.check_new_units(session, visit.by)
    return visit.say("Đã nhập %d đơn vị mới; những đơn vị đã có giữ nguyên.") % added


def _people_in(session: Session, raw: bytes, visit: Visit) -> str:
    by: Caller = visit.by
    done = people_csv.bring(session, raw, lambda unit: administering.check_unit(session, unit, by),
                            lambda person: administering.check_person(session, person, by))  # fmt: skip
    words = visit.say("Đã thêm %(people)d người và giao %(offices)d vị trí; %(there)d vị trí đã có sẵn.")
    return words % vars(done)


_Taking = Callable[[Session, bytes, Visit], str]
_TREE: _Taking = _units_in
_PEOPLE: _Taking = _people_in
_UNITS = """
SELECT u.registry, u.code, u.name, u.level, u.kind, u.role, u.symbol, p.registry, p.code, u.valid_from, u.valid_to,
       u.latitude, u.longitude, u.phone, u.small
  FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
 WHERE u.path LIKE %(path)s || '%%' AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
 ORDER BY u.depth, u.path
"""
