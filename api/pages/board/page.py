"""Bảng theo dõi: how a plan stands in a part of the tree; its files; the part that is fetched anew while it is open."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.board import line as board_line
from api.pages.board import tiles as board_tiles
from api.pages.board.asked import SHOWS, SORTS, TOLD_BESIDE, VIEWS, Asked, AskedOf
from api.pages.board.facts import Facts, path_shown, read
from api.pages.board.tally import how_many
from api.pages.board.tree import opened
from api.pages.board.words import WORDS
from api.pages.shell import Visit, Visiting
from api.seeing import SeenPlan, Sight
from documents.writing.board_sheet import board_csv, board_xlsx
from documents.writing.house import head_lines
from documents.writing.sheets import Head, file_name
from states.periods import local
from states.reading.owed import count
from states.reading.pulse import pulse
from states.reading.runs import running_now
from states.reading.standings import Board

router = APIRouter(prefix="/ke-hoach")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/{plan_id:int}", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The board; a plan that was asked for from above stands in the board of the plan that asked."""
    if seen.plan_id is not None:
        unit = asked.unit or seen.parties.unit_id
        return RedirectResponse(replace(asked, plan_id=seen.plan_id).href(unit=unit), 303)
    path = path_shown(session, seen, asked, visit.by)
    token = pulse(session, seen.id, path)  # before anything is read
    facts = read(session, seen, asked, visit.by, path)
    told = _told(session, visit, seen, facts)
    told["runs"] = running_now(session, seen.id, visit.now)
    if visit.partial:
        return HTMLResponse(visit.part("board/view.html", **told))
    return visit.page("board/page.html", token=token, **told)


@router.get("/{plan_id:int}/bang.xlsx", dependencies=[allowed(Access.OFFICE)])
def xlsx(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The lines that are shown, as an Excel file."""
    facts = read(session, seen, asked, visit.by, each=True)
    return _file(board_xlsx(_shown(facts), _head(session, facts, visit)), _XLSX, facts, "xlsx")


@router.get("/{plan_id:int}/bang.csv", dependencies=[allowed(Access.OFFICE)])
def csv(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The same lines as CSV."""
    facts = read(session, seen, asked, visit.by, each=True)
    return _file(board_csv(_shown(facts)), "text/csv; charset=utf-8", facts, "csv")


def _told(session: InTransaction, visit: Visit, seen: Sight, facts: Facts) -> dict[str, Any]:
    """What the board's templates know. The map and the tree are made only where they are shown."""
    told: dict[str, Any] = {
        **WORDS,
        "facts": facts, "asked": facts.asked, "tally": facts.tally, "shares": board_tiles.shares(facts.tally),
        "views": VIEWS, "sorts": {name: word for name, (word, _) in SORTS.items()}, "map": None, "branch": None,
        "shows": _shows(facts), "part_tone": board_tiles.part_tone,
        "wish_of": {wish.document_id: wish for wish in facts.wishes},
        "may_sum": visit.seat in ("supervisor", "leader") and bool(facts.own)
        and facts.place.path.startswith(visit.by.outlook),
    }  # fmt: skip
    if facts.single:
        told["sheets"] = [board_line.sheet(session, visit, seen, facts, line) for line in facts.board.lines]
    elif facts.view == "cay":
        told["branch"] = opened(session, seen, visit, facts.place.path)
    elif facts.view == "o" and facts.owed:
        told["map"] = board_tiles.of_board(facts, visit)
    return told


def _shows(facts: Facts) -> list[tuple[str, str, int]]:
    """The filters with how many each would show."""
    found = [(name, word, how_many(filter(test, facts.owed))) for name, (word, test) in SHOWS.items()]
    wished = {it.document_id for it in facts.wishes if facts.asked.covers(it.owed_kind, it.level, it.requirement)}
    return [*found, ("xin-gia-han", TOLD_BESIDE["xin-gia-han"], len(wished))]


def _shown(facts: Facts) -> Board:
    lines = tuple(facts.lines)
    counts = count((it.standing, it.expected, it.received, it.on_time, 1) for it in lines)
    return replace(facts.board, lines=lines, counts=counts)


def _head(session: Session, facts: Facts, visit: Visit) -> Head:
    plan = facts.plan
    number = f"Kế hoạch số {plan.number} ngày {plan.dated:%d/%m/%Y}" if plan.number and plan.dated else "Kế hoạch"
    under = [f"({number} của {plan.issuer})", f"Phạm vi: {facts.place.name}"]
    if facts.asked.filtered:
        under.append(f"Chỉ gồm: {_in_words(facts.asked)}")
    issuer = head_lines(session, visit.me.unit_id, visit.now)
    return Head(issuer, f"BẢNG THEO DÕI: {plan.title}", facts.board.at, under)


def _in_words(asked: Asked) -> str:
    word = {**{name: word for name, (word, _) in SHOWS.items()}, **TOLD_BESIDE}.get(asked.show, "")
    return ", ".join(filter(None, (word.lower(), f"tìm «{asked.words}»" if asked.words else "")))


def _file(content: bytes, kind: str, facts: Facts, ending: str) -> Response:
    day = f"{local(facts.board.at):%Y-%m-%d}"
    name = file_name("bang-theo-doi", facts.plan.number or str(facts.plan.id), facts.place.name, day, ending=ending)
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
