"""Sổ văn bản: a unit's outgoing and incoming register as the decree's book shows it; as PDF and Excel besides.

Whoever sits in the unit, or looks down on it, or is an auditor: the same as see its documents.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import typed
from api.pages.addresses import changed, query
from api.pages.office.registers import place_of
from api.pages.shell import Visit, Visiting
from documents.writing import house
from documents.writing.register_paper import Register, register_paper, register_xlsx
from documents.writing.sheets import file_name
from documents.writing.typesetting import to_pdf
from states import units
from states.names import short_name
from states.reading import registers
from states.reading.alphabet import order_key
from states.reading.registers import MOST, Asked, Book, InPage, OutPage
from states.units import Place

router = APIRouter(prefix="/so-van-ban")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 50
PRINTED = 2_000
"""Numbers in one PDF, some 200 pages; who needs more asks for fewer days. An Excel file takes all."""


@dataclass(frozen=True)
class Search:
    """The address taken apart. `way`: "" outgoing, "den" incoming; `year` 0: all years."""

    unit: int | None = None
    way: str = ""
    year: int | None = None
    series: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1

    def href(self, ending: str = "", **changes: object) -> str:
        """The same with something else asked, from its first page on unless one is named."""
        return f"/so-van-ban{ending}" + query(changed(self, {"page": 1}, changes), _NAMES)


_NAMES = {"unit": "don-vi", "way": "huong", "year": "nam", "series": "loai", "first": "tu", "last": "den",
          "page": "trang"}  # fmt: skip
assert set(_NAMES) == {one.name for one in fields(Search)}
_Text = Annotated[str, Query(max_length=20)]


def search(
    huong: _Text = "", nam: _Text = "", loai: _Text = "", tu: _Text = "", den: _Text = "", trang: _Text = "",
    unit: Annotated[str, Query(alias="don-vi", max_length=12)] = "",
) -> Search:  # fmt: skip
    """The address of a register; what is not understood is left out."""
    year = 0 if nam == "0" else typed.number(nam, 9999)
    return Search(typed.number(unit), "den" if huong == "den" else "", year, loai.strip(), typed.day(tu),
                  typed.day(den), typed.number(trang, 100_000) or 1)  # fmt: skip


SearchOf = Annotated[Search, Depends(search)]


@router.get("", dependencies=[allowed(Access.OFFICE)])
def show(asked: SearchOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The register of one's own unit, or of one below; the newest number first."""
    place = place_of(visit, session, asked.unit)
    books = registers.books(session, place.id)
    chosen = _chosen(asked, books, visit.by.day.year)
    found = _read(session, place, chosen, limit=_PER_PAGE, offset=(asked.page - 1) * _PER_PAGE, newest_first=True)
    return visit.page(
        "registers/book.html", place=place, asked=chosen, books=books, page=found,
        years=sorted({one.year for one in books}, reverse=True), series=_series(books, chosen),
        openings=[one for one in books if one.opened_at > 1 and one.direction == _direction(chosen)
                  and chosen.year in (0, one.year) and chosen.series in ("", one.series)],
        units=_units(session, visit), pages=max(1, -(-found.total // _PER_PAGE)),
    )  # fmt: skip


@router.get("/so.pdf", dependencies=[allowed(Access.OFFICE)])
def pdf(asked: SearchOf, visit: Visiting, session: InTransaction) -> Response:
    """What is asked for as a PDF of record, from the first number on."""
    return _file(asked, visit, session, lambda one: to_pdf(register_paper(one)), "application/pdf", "pdf", PRINTED)


@router.get("/so.xlsx", dependencies=[allowed(Access.OFFICE)])
def xlsx(asked: SearchOf, visit: Visiting, session: InTransaction) -> Response:
    """The same as an Excel file."""
    return _file(asked, visit, session, register_xlsx, _XLSX, "xlsx", MOST)


def _file(
    asked: Search, visit: Visit, session: Session, made: Callable[[Register], bytes], media: str, ending: str, most: int
) -> Response:
    place = place_of(visit, session, asked.unit)
    books = registers.books(session, place.id)
    chosen = _chosen(asked, books, visit.by.day.year)
    body, _symbol = house.issuer(session, place.id)
    register = Register(body, house.house(session, place.id, visit.now), _wanted(place, chosen),
                        _read(session, place, chosen, limit=most), books, visit.now)  # fmt: skip
    kind = "so-van-ban-den" if chosen.way else "so-van-ban-di"
    name = file_name(kind, place.name, str(chosen.year or ""), chosen.series, ending=ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(made(register), media_type=media, headers=headers)


def _chosen(asked: Search, books: list[Book], this_year: int) -> Search:
    """The newest year that has a book, where none is named."""
    there = [one.year for one in books if one.direction == _direction(asked)]
    year = asked.year if asked.year is not None else max(there, default=this_year)
    return replace(asked, year=year, series="" if asked.way else asked.series)


def _direction(asked: Search) -> str:
    return "in" if asked.way else "out"


def _wanted(place: Place, asked: Search) -> Asked:
    return Asked(place.id, asked.year or None, asked.series, asked.first, asked.last)


def _read(
    session: Session, place: Place, asked: Search, *, limit: int, offset: int = 0, newest_first: bool = False
) -> OutPage | InPage:
    read = registers.incoming if asked.way else registers.outgoing
    return read(session, _wanted(place, asked), limit=limit, offset=offset, newest_first=newest_first)


def _series(books: list[Book], asked: Search) -> list[str]:
    return sorted({one.series for one in books if one.direction == "out" and asked.year in (0, one.year)})


def _units(session: Session, visit: Visit) -> list[Place]:
    """One's own unit and those just below it, in Vietnamese order."""
    if visit.seat not in ("supervisor", "leader", "auditor", "clerk"):
        return []
    children = units.children(session, visit.me.unit_id, visit.by.day)
    below = sorted(children, key=lambda one: order_key(short_name(one.name)))
    return [units.get(session, visit.me.unit_id), *below] if below else []
