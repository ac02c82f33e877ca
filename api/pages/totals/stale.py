"""Chênh lệch: an old total against what its sources say now, and the way to accept it that is open to this person."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.shell import Visit, Visiting, tried
from api.pages.totals import place as totals_place
from api.pages.totals import run as totals_run
from api.pages.totals import stale_facts, stale_groups, stale_ways
from api.pages.totals import words as totals_words
from api.pages.totals.asked import Asked
from api.pages.totals.place import NoTotalThere, Total
from api.pages.totals.stale_ways import RECALL, REVISE, RUN, Way
from api.pages.totals.words import Numbers
from api.seeing import SeenDocument, Sight
from states.errors import DonDocError
from states.lifecycle import Action
from states.reading.staleness import NoTotalYet
from states.steps import Request, take

router = APIRouter(prefix="/van-ban")
_ACTIONS = {REVISE: Action.REVISE, RECALL: Action.RECALL}


@router.get("/{document_id:int}/chenh-lech", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenDocument, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """What differs now. Raises `NoTotalThere` for what is no total."""
    return _page(session, _total(session, seen, visit), visit)


@router.post("/{document_id:int}/chenh-lech", dependencies=[allowed(Access.WORKING | Access.ADMIN)])
def accept(
    seen: SeenDocument, visit: Visiting, session: InTransaction, seq: Annotated[int, Form(alias="seq", ge=1)],
    reason: Annotated[str, Form(alias="ly-do", max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Bring the total back to draft where it must be, and take up anew; the door decides each step again."""
    total = _total(session, seen, visit)
    chosen = _way(session, total, visit)
    if not chosen.kind:
        return _page(session, total, visit, status=403)
    said, error = tried(session, lambda: _done(session, total, chosen, visit, seq, reason))
    if error is not None:
        return _page(session, total, visit, error=error, reason=reason, status=error.status)
    return _to_table(visit, total, said)


def _done(session: Session, total: Total, chosen: Way, visit: Visit, seq: int, reason: str) -> str:
    """Raises what the door says: `Stale` where somebody was quicker, `NotReady` without a reason."""
    if chosen.kind in _ACTIONS:
        asked = Request(total.id, _ACTIONS[chosen.kind], seq, reason=reason.strip() or None)
        take(session, asked, visit.me.actor, visit.now)
    if chosen.kind == RUN or totals_place.may_run(total, visit.by):
        return totals_run.take_up(session, totals_run.plan_of(session, total, visit), total, visit)
    return visit.say(_("Bản tổng hợp đã thành dự thảo; bước tiếp theo là tổng hợp lại."))


def _page(session: Session, total: Total, visit: Visit, *, error: DonDocError | None = None, reason: str = "",
          status: int = 200) -> HTMLResponse:  # fmt: skip
    facts: dict[str, Any] = {"found": None}
    try:
        found = stale_facts.read(session, total.id)
        groups = stale_groups.grouped(total.form, found.cells, visit.say(_("Dòng chưa xếp nhóm")))
        facts = {"found": found, "groups": groups, "rows": sum(len(one.lines) for one in groups)}
    except NoTotalYet:
        pass
    return visit.page(
        "totals/stale.html", status, total=total, form=total.form, way=_way(session, total, visit), error=error,
        reason=reason, number=Numbers(visit.say, visit.language), table=Asked(total.plan_id, unit=total.unit_id).href(),
        CAUSES={key: visit.say(words) for key, words in totals_words.CAUSES.items()}, **facts,
    )  # fmt: skip


def _way(session: Session, total: Total, visit: Visit) -> Way:
    above = session.connection().exec_driver_sql(_ABOVE, {"id": total.id}).scalar()
    return stale_ways.way(session, total, visit.by, above, visit.say)


def _total(session: Session, seen: Sight, visit: Visit) -> Total:
    found = totals_place.of_plan(session, seen.plan_id, visit.by) if seen.plan_id else []
    chosen = next((one for one in found if one.id == seen.id), None)
    if chosen is None:
        raise NoTotalThere()
    return chosen


def _to_table(visit: Visit, total: Total, said: str) -> RedirectResponse:
    return visit.back_to(Asked(total.plan_id, unit=total.unit_id).href(), said)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_ABOVE = """
SELECT u.name FROM document d JOIN document p ON p.id = d.parent_id JOIN unit u ON u.id = p.unit_id WHERE d.id = %(id)s
"""
