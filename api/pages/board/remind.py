"""Reminding from the board (nhắc): one line where it stands, or all overdue ones after a page that names them."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import allowed
from api.deps import InTransaction
from api.idempotency import Once
from api.pages.board.asked import AskedOf
from api.pages.board.facts import Facts, read
from api.pages.board.line import CHASING, line_of, outcome
from api.pages.shell import Visit, Visiting
from api.pages.typed import Sent, many, number, words
from api.routes.consolidation import consolidate as run_consolidation
from api.schemas.plans import ConsolidateIn
from api.seeing import SeenPlan
from states.days import calendar
from states.reading.standings import Line
from workflows import deadlines
from workflows.deadlines import Told
from workflows.progress import progress

router = APIRouter(prefix="/ke-hoach")


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


@router.post("/{plan_id:int}/nhac/{document_id:int}", dependencies=[allowed(CHASING)])
def remind_one(seen: SeenPlan, document_id: int, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """Nhắc one unit; in place it becomes «Đã nhắc 09:42»."""
    line_of(session, visit, seen, document_id, asked)
    done = deadlines.remind(session, [document_id], visit.me.holder, visit.now, "", calendar(session))
    said = outcome(done, document_id, visit)
    if visit.partial:
        return HTMLResponse(visit.part("board/reminded.html", document_id=document_id, said=said,
                                       done=document_id in done.told))  # fmt: skip
    return visit.back_to(asked.at(document_id), said, tone="good" if done.told else "bad")


@router.get("/{plan_id:int}/nhac", dependencies=[allowed(CHASING)])
def confirm(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """Nhắc N đơn vị quá hạn: how many, who gets a message, and who is left out and why, before anything is sent."""
    facts = read(session, seen, asked, visit.by)
    told = _rehearsed(session, [line.document_id for line in facts.late_mine], visit)
    return visit.page("board/remind.html", facts=facts, asked=asked, told=told,
                      reached=_lines(facts, told.told), left=_lines(facts, told.skipped),
                      people=sum(map(len, told.told.values())))  # fmt: skip


@router.post("/{plan_id:int}/nhac", dependencies=[allowed(CHASING)])
def remind_all(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Remind of those that the page before named; what changed meanwhile is left out and said."""
    facts = read(session, seen, asked, visit.by, each=True)
    named = {number(one, 2**63 - 1) for one in many(form, "van-ban")}
    wanted = [line.document_id for line in facts.board.lines if line.document_id in named]
    done = deadlines.remind(session, wanted, visit.me.holder, visit.now, words(form, "loi")[:2000], calendar(session))
    said = visit.say(_("Đã nhắc %(units)d đơn vị, %(people)d người nhận thông báo.")) % {
        "units": len(done.told), "people": sum(map(len, done.told.values()))}  # fmt: skip
    if done.skipped:
        said += " " + visit.say(_("Không nhắc %d đơn vị đã được nhắc hoặc đã gửi.")) % len(done.skipped)
    return visit.back_to(asked.href(), said, tone="good" if done.told else "bad")


@router.post("/{plan_id:int}/chay-tong-hop", dependencies=[allowed(CHASING)])
def consolidate(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """Tổng hợp: what was sent goes into the total of the unit shown; whoever watches sees it run."""
    facts = read(session, seen, asked, visit.by)
    level, unit = facts.place.level, facts.place.id
    doing = f"Tổng hợp {facts.place.name}"  # kept with the run, in the program's own language
    with progress(session.connection().engine, "consolidate", seen.id, 1, doing, visit.now) as tell:
        once = Once(session, visit.me.person_id, None)
        done = run_consolidation(seen, ConsolidateIn(level=level, unit=unit), session, visit.by, once)
        tell(1, f"{doing}: {done.reports} báo cáo")
    said = visit.say(_("Đã tổng hợp %d báo cáo mới vào bảng tổng hợp.")) % done.reports
    return visit.back_to(asked.href(), said if done.reports else visit.say(_("Không có báo cáo mới để tổng hợp.")))


def _rehearsed(session: Session, documents: list[int], visit: Visit) -> Told:
    """What the reminder would do: it is done, told and taken back, so that the page says exactly what will happen."""
    if not documents:
        return Told({}, {})
    rehearsal = session.begin_nested()
    try:
        return deadlines.remind(session, documents, visit.me.holder, visit.now, "", calendar(session))
    finally:
        rehearsal.rollback()


def _lines(facts: Facts, told: Mapping[int, object]) -> list[Line]:
    return [line for line in facts.listed if line.document_id in told]
