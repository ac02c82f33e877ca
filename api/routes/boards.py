"""Following (theo dõi, đôn đốc): inboxes, boards at a moment, who is late, reminders by hand."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Access, Acting, allowed
from api.deps import InTransaction, Page
from api.idempotency import OnceOnly
from api.schemas.base import MomentIn, PageOf, sliced
from api.schemas.following import BoardOut, CountsOut, ItemOut, LineOut, SummaryOut
from api.schemas.plans import Level, RemindedOut, RemindIn
from api.scope import UnitAsked, path_of
from api.seeing import SeenPlan
from states.days import calendar
from states.lifecycle import Kind
from states.reading import board, inbox
from workflows import deadlines

router = APIRouter(tags=["boards"])
AtMoment = Annotated[MomentIn | None, Query(description="as it stood at this moment; now where left out")]


@router.get("/inbox", summary="What lies on my desk", dependencies=[allowed(Access.WORKING)])
def read_inbox(session: InTransaction, by: Acting) -> dict[str, list[ItemOut]]:
    """The queues of the office that I act in, the most urgent first."""
    return {name: ItemOut.all(items) for name, items in inbox.inbox(session, by.held.holder, by.day).items()}


@router.get("/boards", summary="All plans that ask something of my part of the tree",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_boards(session: InTransaction, by: Acting, page: Page, unit: UnitAsked = None) -> PageOf[SummaryOut]:
    """A row for each, the newest first."""
    found = board.all_plans(session, path_of(session, unit, by), by.at)
    return PageOf(**sliced(found, SummaryOut, page))


@router.get("/plans/{plan_id}/board", summary="A plan's board", dependencies=[allowed(Access.OFFICE)])
def read_board(
    seen: SeenPlan, session: InTransaction, by: Acting, page: Page, unit: UnitAsked = None,
    level: Level | None = None, kind: Kind = Kind.REPORT, at: AtMoment = None,
) -> BoardOut:  # fmt: skip
    """Expected, received, on time; each unit's standing, on whose desk, since when. `kind=plan`: plans owed below."""
    found = board.board(session, seen.id, path_of(session, unit, by, seen), at or by.at, calendar(session),
                        level=level, kind=kind)  # fmt: skip
    told = {"at": found.at, "counts": CountsOut.of(found.counts), "change": found.change,
            "before": found.before and CountsOut.of(found.before)}  # fmt: skip
    return BoardOut(**sliced(found.lines, LineOut, page), **told)


@router.get("/plans/{plan_id}/summary", summary="A plan's counts, unit by unit", dependencies=[allowed(Access.OFFICE)])
def read_summary(
    seen: SeenPlan, session: InTransaction, by: Acting, unit: UnitAsked = None, level: Level | None = None,
    kind: Kind = Kind.REPORT,
) -> list[SummaryOut]:  # fmt: skip
    """The unit itself, then each just below it with all beneath."""
    path = path_of(session, unit, by, seen)
    return SummaryOut.all(board.summary_by(session, seen.id, path, by.at, level=level, kind=kind))


@router.get("/plans/{plan_id}/late", summary="Who is overdue", dependencies=[allowed(Access.OFFICE)])
def read_late(
    seen: SeenPlan, session: InTransaction, by: Acting, page: Page, unit: UnitAsked = None,
    level: Level | None = None, kind: Kind = Kind.REPORT,
) -> PageOf[LineOut]:  # fmt: skip
    """The worst first (quá hạn, chưa gửi)."""
    path = path_of(session, unit, by, seen)
    found = board.late(session, seen.id, path, by.at, calendar(session), level=level, kind=kind)
    return PageOf(**sliced(found, LineOut, page))


@router.post("/plans/{plan_id}/remind", summary="Remind by hand (đôn đốc)",
             dependencies=[allowed(Access.SUPERVISOR | Access.LEADER)])  # fmt: skip
def remind(seen: SeenPlan, new: RemindIn, session: InTransaction, by: Acting, once: OnceOnly) -> RemindedOut:
    """Of the documents named, or of all that are overdue; who was reminded just now is left out."""
    known, wanted = calendar(session), new.documents
    if wanted is None:
        late = board.late(session, seen.id, path_of(session, None, by, seen), by.at, known)
        wanted = [line.document_id for line in late]
    done = deadlines.remind(session, wanted, by.held.holder, by.at, new.words, known, again=new.again)
    return once.keep(RemindedOut.of(done), 200)
