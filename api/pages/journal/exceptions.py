"""Ngoại lệ: what was out of the ordinary, by kind, range and part of the tree; each in a sentence, and as a file."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Caller
from api.deps import InTransaction
from api.pages import typed
from api.pages.addresses import changed, query
from api.pages.journal import exception_words
from api.pages.journal import names as journal_names
from api.pages.journal.found import ChooseOne
from api.pages.journal.page import WATCHING, XLSX, attached
from api.pages.shell import Visit, Visiting
from api.scope import path_of
from documents.writing.exceptions_sheet import exceptions_csv, exceptions_xlsx
from documents.writing.sheets import Head, file_name
from states.periods import local
from states.reading.audit import EXCEPTIONS, Exceptional, by_kind, exceptions

router = APIRouter(prefix="/ngoai-le")
PAGE = 50
DAYS = 30
MOST_DAYS = 3 * 366


@dataclass(frozen=True)
class Asked:
    """The address taken apart."""

    kind: str = ""
    unit: int | None = None
    where: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1

    def href(self, ending: str = "", **changes: object) -> str:
        """The same with something else asked, from its first page on."""
        return f"/ngoai-le{ending}" + query(changed(self, {"page": 1}, changes), _NAMES)

    def days(self, today: date) -> tuple[date, date]:
        """From which local day to which; the last `DAYS` unless named, and never more than three years."""
        last = self.last or today
        first = self.first or last - timedelta(days=DAYS - 1)
        first, last = min(first, last), max(first, last)
        return max(first, last - timedelta(days=MOST_DAYS)), last


_NAMES = {"kind": "loai", "unit": "don-vi", "where": "noi", "first": "tu", "last": "den", "page": "trang"}
_Text = Annotated[str, Query(max_length=200)]


def asked(
    loai: _Text = "", noi: _Text = "", tu: _Text = "", den: _Text = "", trang: _Text = "1",
    unit: Annotated[str, Query(alias="don-vi", max_length=20)] = "",
) -> Asked:  # fmt: skip
    """What is not understood is left out."""
    return Asked(loai if loai in EXCEPTIONS else "", None if noi.strip() else typed.number(unit), noi.strip(),
                 typed.day(tu), typed.day(den), typed.number(trang) or 1)  # fmt: skip


AskedOf = Annotated[Asked, Depends(asked)]


@router.get("", dependencies=WATCHING)
def page(asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The newest first; the kinds stand above with how many there are of each."""
    asked, choices = _placed(session, asked, visit.by)
    found = _found(session, asked, visit.by)
    shown = [one for one in reversed(found) if asked.kind in ("", one.kind)]
    pages = max(1, -(-len(shown) // PAGE))
    at = min(asked.page, pages)
    return visit.page(
        "exceptions/page.html", asked=asked, days=asked.days(visit.by.day), choices=choices,
        pick=lambda unit: asked.href(unit=unit, where=""), counts=by_kind(found),
        signs=exception_words.signs(visit.say), about=exception_words.about(asked.kind, visit.say), total=len(shown),
        shown=[exception_words.told(one, visit.say, visit.language) for one in shown[(at - 1) * PAGE : at * PAGE]],
        at=at, pages=pages, size=PAGE, place=journal_names.of(session, None, asked.unit, None, "/").get("unit"),
        clipped=asked.first is not None and asked.first < asked.days(visit.by.day)[0],
    )  # fmt: skip


@router.get("/ngoai-le.xlsx", dependencies=WATCHING)
def as_xlsx(asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """What is shown, all pages of it, as an Excel file."""
    first, last = asked.days(visit.by.day)
    head = Head([visit.me.unit.upper()], "NGOẠI LỆ", visit.now, [f"(từ {first:%d/%m/%Y} đến {last:%d/%m/%Y})"])
    return Response(exceptions_xlsx(_of_kind(session, asked, visit), head), media_type=XLSX,
                    headers=attached(_name(visit, "xlsx")))  # fmt: skip


@router.get("/ngoai-le.csv", dependencies=WATCHING)
def as_csv(asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The same as CSV."""
    content = exceptions_csv(_of_kind(session, asked, visit))
    return Response(content, media_type="text/csv; charset=utf-8", headers=attached(_name(visit, "csv")))


def _placed(session: Session, asked: Asked, by: Caller) -> tuple[Asked, list[journal_names.Name]]:
    """A unit's name that means one unit stands for it; else those to choose from."""
    if not asked.where:
        return asked, []
    names = list(journal_names.units_below(session, asked.where, path_of(session, None, by), by.day))
    return (replace(asked, unit=names[0].id, where=""), []) if len(names) == 1 else (asked, names)


def _found(session: Session, asked: Asked, by: Caller) -> list[Exceptional]:
    return exceptions(session, *asked.days(by.day), path_of(session, asked.unit, by))


def _of_kind(session: Session, asked: Asked, visit: Visit) -> list[Exceptional]:
    wanted = asked.where
    asked, _ = _placed(session, asked, visit.by)
    if asked.where:
        raise ChooseOne(words=wanted)
    return [one for one in _found(session, asked, visit.by) if asked.kind in ("", one.kind)]


def _name(visit: Visit, ending: str) -> str:
    return file_name("ngoai-le", visit.me.unit, f"{local(visit.now):%Y-%m-%d}", ending=ending)
