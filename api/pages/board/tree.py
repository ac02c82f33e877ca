"""Cây kế hoạch: how a plan fans out, one level at a time; each node has the colour of what is worst below it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.board import rows as board_rows
from api.pages.board.asked import AskedOf
from api.pages.board.words import WORDS
from api.pages.shell import Visit, Visiting
from api.scope import path_of
from api.seeing import SeenPlan, Sight
from states.days import calendar
from states.reading import tree
from states.reading.tree import Branch

router = APIRouter(prefix="/ke-hoach")


@router.get("/{plan_id:int}/cay", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The tree at a unit; to htmx only the level below it, to stand in its node."""
    if seen.plan_id is not None:
        return RedirectResponse(f"/ke-hoach/{seen.plan_id}/cay?don-vi={asked.unit or seen.parties.unit_id}", 303)
    widest = path_of(session, None, visit.by, seen)
    widest = max(widest, seen.parties.path, key=len) if seen.parties.path.startswith(widest) else widest
    path = path_of(session, asked.unit, visit.by, seen) if asked.unit else widest
    branch = opened(session, seen, visit, path)
    if visit.partial:
        return HTMLResponse(visit.part("board/branch.html", branch=branch, **WORDS))
    way = board_rows.way_to(session, path, widest if path.startswith(widest) else path)
    return visit.page("board/tree.html", branch=branch, way=way, asked=asked, **WORDS)


def opened(session: Session, seen: Sight, visit: Visit, path: str) -> Branch:
    """One level of the tree."""
    return tree.branch(session, seen.id, visit.now, calendar(session), path)
