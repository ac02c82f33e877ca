"""Bảng kế hoạch × đơn vị: how each part of the tree stands under each plan; for one unit alone, what it owes."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.board import rows as board_rows
from api.pages.board.asked import missing
from api.pages.board.rows import Spot
from api.pages.board.words import WORDS
from api.pages.shell import Visit, Visiting
from api.scope import path_of
from states.days import calendar
from states.lifecycle import Kind
from states.names import short_name
from states.periods import Window, custom
from states.reading import board
from states.reading.matrix import Matrix, matrix
from states.reading.standings import Counts, worst_first

router = APIRouter()
PAGE = 25
"""Plans on one page."""
_ALL = "tat-ca"


@router.get("/bang", dependencies=[allowed(Access.OFFICE)])
def show(
    visit: Visiting, session: InTransaction,
    unit: Annotated[str, Query(alias="don-vi", max_length=12)] = "",
    year: Annotated[str, Query(alias="nam", max_length=8)] = "",
    kind: Annotated[str, Query(alias="loai", max_length=20)] = "",
    page: Annotated[str, Query(alias="trang", max_length=4)] = "1",
) -> HTMLResponse:  # fmt: skip
    """All plans of a year for the part of the tree that one looks down on, or a unit in it."""
    widest = path_of(session, None, visit.by)
    path = path_of(session, int(unit), visit.by) if unit.isascii() and unit.isdecimal() else widest
    owed, chosen = Kind.PLAN if kind == "ke-hoach" else Kind.REPORT, _year(year, visit)
    period = _window(chosen) if chosen else None
    found = matrix(session, path, visit.now, period=period, kind=owed, closed=True)
    told: dict[str, Any] = {
        **WORDS,
        "found": found, "way": board_rows.way_to(session, path, widest), "year": chosen, "kind": kind,
        "years": range(visit.by.day.year + 1, visit.by.day.year - 4, -1), "link": _link(unit, year, kind),
        "page": int(page) if page.isascii() and page.isdecimal() and page != "0" else 1, "size": PAGE,
    }  # fmt: skip
    if _alone(found, told["way"][-1]):
        lines = board.board(session, None, path, visit.now, calendar(session), period=period, kind=owed).lines
        waiting = sorted((line for line in lines if missing(line)), key=worst_first)
        done = sorted((line for line in lines if not missing(line)), key=lambda it: it.deadline, reverse=True)
        return visit.page("board/duties.html", waiting=waiting, done=done, **told)
    return visit.page("board/matrix.html", whole=_whole(found), short_name=short_name, **told)


def _alone(found: Matrix, place: Spot) -> bool:
    """Whether only the unit itself owes something here, or could."""
    if not found.units:
        return place.level in ("commune", "village", "body")
    return all(unit.path == found.path for unit in found.units)


def _year(text: str, visit: Visit) -> int | None:
    """The year asked for, this year where nothing is asked; None for all."""
    if text == _ALL:
        return None
    return int(text) if text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100 else visit.by.day.year


def _window(year: int) -> Window:
    """A year of reports begins in the December before it (15/12), and a plan's own year with January."""
    return custom(date(year - 1, 12, 1), date(year, 12, 31))


def _whole(found: Matrix) -> Counts:
    return sum(found.cells.values(), Counts())


def _link(unit: str, year: str, kind: str) -> "Link":
    return Link({"don-vi": unit, "nam": year, "loai": kind})


class Link:
    """The same page with something else asked."""

    def __init__(self, asked: dict[str, str]) -> None:
        self.asked = asked

    def __call__(self, **changes: object) -> str:
        """`unit`, `year`, `kind`, `page`."""
        names = {"unit": "don-vi", "year": "nam", "kind": "loai", "page": "trang"}
        told = {**self.asked, **{names[name]: str(value) for name, value in changes.items()}}
        kept = {name: value for name, value in told.items() if value}
        return f"/bang?{urlencode(kept)}" if kept else "/bang"
