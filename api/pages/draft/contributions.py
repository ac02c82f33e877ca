"""Contributions to a report (số liệu đóng góp): who is asked, and what came by phone, paper or message is entered."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.responses import Response

from api.auth import Access, allowed
from api.deps import BigId, InTransaction
from api.pages import typed
from api.pages.draft import grid as draft_grid
from api.pages.draft import words as draft_words
from api.pages.draft.acts import change
from api.pages.draft.facts import Facts, facts, own_plans
from api.pages.draft.form import Beside, texts
from api.pages.draft.post import Heard, hear, of_posted
from api.pages.draft.routes import Posted
from api.pages.draft.sheet import Sheet, of_content
from api.pages.shell import Visit, Visiting, tried
from api.seeing import NoSuchPlan, SeenDocument
from documents import contributing, mapping
from documents.contributing import Contribution, NoSuchContribution
from documents.filled import BadContent
from states.errors import DonDocError, Reason
from states.lifecycle import State
from states.periods import midnight

router = APIRouter()
Words = Annotated[str, Form(max_length=4000)]
Day = Annotated[str, Form(max_length=10)]


@router.post("/soan/{document_id}/dong-gop", dependencies=[allowed(Access.WORKING)])
def ask(
    seen: SeenDocument, visit: Visiting, session: InTransaction, assignee: Words = "", task: Words = "", due: Day = "",
    asked_only: Annotated[bool, Form()] = False,
) -> RedirectResponse:  # fmt: skip
    """Ask one department, school or body for figures."""

    def act() -> None:
        contributing.ask(session, seen.id, assignee, visit.me.holder, visit.now, task, _end_of(due),
                         asked_only=asked_only)  # fmt: skip

    _done, error = tried(session, act)
    done = error.said(visit.say) if error else visit.say(_("Đã đề nghị %(who)s.")) % {"who": assignee.strip()}
    return visit.back_to(f"/soan/{seen.id}#contributions", done, tone="bad" if error else "good")


@router.post("/soan/{document_id}/dong-gop/theo-ke-hoach", dependencies=[allowed(Access.WORKING)])
def ask_all(
    seen: SeenDocument, visit: Visiting, session: InTransaction, plan: Annotated[int, Form(ge=1)], due: Day = ""
) -> RedirectResponse:
    """Ask everybody whom the unit's own plan names; who was asked already is passed over."""
    found = facts(session, seen, visit.by)
    if plan not in [number for number, _title in own_plans(session, found)]:
        raise NoSuchPlan(plan=plan)
    asked = contributing.ask_all_from_plan(session, plan, seen.id, visit.me.holder, visit.now, _end_of(due))
    words = visit.say(_("Đã đề nghị %(n)s nơi theo kế hoạch.")) % {"n": len(asked)}
    nobody = visit.say(_("Kế hoạch không nêu thêm ai chưa được đề nghị."))
    return visit.back_to(f"/soan/{seen.id}#contributions", words if asked else nobody)


@router.get("/soan/{document_id}/dong-gop/{contribution_id}", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenDocument, contribution_id: BigId, visit: Visiting, session: InTransaction) -> Response:
    """What one contributor gave, in the report's form; open for entering while the report is a draft."""
    found = facts(session, seen, visit.by)
    one = _one(session, seen.id, contribution_id)
    row = session.connection().exec_driver_sql(_CONTENT, {"id": one.revision_id}).scalar() if one.revision_id else None
    assert found.form is not None  # asking needs one
    sheet = of_content(row or {}, found.form)
    return _page(found, one, sheet, hear(sheet, found.form), visit)


@router.post("/soan/{document_id}/dong-gop/{contribution_id}", dependencies=[allowed(Access.WORKING)])
def give(
    seen: SeenDocument, contribution_id: BigId, visit: Visiting, session: InTransaction, fields: Posted
) -> Response:
    """Take what was given, with who gave it and by which way; in place of what the same one gave before."""
    found = facts(session, seen, visit.by)
    one = _one(session, seen.id, contribution_id)
    assert found.form is not None
    said, sheet = dict(fields), of_posted(fields, found.form)
    do = said.get("do", "give")
    change(session, found, sheet, do)
    heard = hear(sheet, found.form)
    if do != "give":
        return _page(found, one, sheet, heard, visit, said=said)
    if heard.unread:
        unread = BadContent(count=len(heard.unread), first=next(iter(heard.unread.values())),
                            reasons=[Reason(name, why) for name, why in heard.unread.items()])  # fmt: skip
        return _page(found, one, sheet, heard, visit, error=unread, said=said)
    giver, channel = said.get("given_by", ""), said.get("channel", "")
    _revision, error = tried(session, lambda: contributing.give(
        session, contribution_id, heard.typed, giver[:200], channel, visit.me.holder, visit.now))  # fmt: skip
    if error is not None:
        return _page(found, one, sheet, heard, visit, error=error, said=said)
    words = visit.say(_("Đã nhận số liệu của %(who)s.")) % {"who": one.assignee}
    return visit.back_to(f"/soan/{seen.id}#contributions", words)


@router.post("/soan/{document_id}/xep-nhom", dependencies=[allowed(Access.WORKING)])
def place(seen: SeenDocument, visit: Visiting, session: InTransaction, fields: Posted) -> RedirectResponse:
    """Say in which categories rows from below are counted; holds for the same words in every later report."""
    said, placed = dict(fields), 0
    for row in mapping.unmapped(session, seen.id, visit.now):
        chosen = typed.number(said.get(f"row.{row.revision_id}.{row.line}"), 99)
        if chosen:
            mapping.place(session, seen.id, row.table, row.label, chosen, visit.me.holder, visit.now)
            placed += 1
    return visit.back_to(f"/soan/{seen.id}", visit.say(_("Đã xếp nhóm %(n)s dòng.")) % {"n": placed})


def _page(
    found: Facts, one: Contribution, sheet: Sheet, heard: Heard, visit: Visit, *, error: DonDocError | None = None,
    said: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    form = found.form
    assert form is not None
    words = draft_words.said(sheet, heard, (), {}, visit.say) if said is not None else {}
    beside = Beside(said=words)
    edits = found.state in (State.DRAFT, State.RETURNED) and visit.seat in ("drafter", "leader")
    return visit.page(
        "draft/given.html", error.status if error else 200, facts=found, one=one, error=error, edits=edits,
        grids=draft_grid.grids(form, sheet, heard, beside), texts=texts(form, sheet, beside), said=said or {},
    )  # fmt: skip


def _one(session: Session, document_id: int, contribution_id: int) -> Contribution:
    for one in contributing.state_of(session, document_id):
        if one.id == contribution_id:
            return one
    raise NoSuchContribution(contribution=contribution_id)


def _end_of(day: str) -> datetime | None:
    """The end of that day (Asia/Ho_Chi_Minh); none where no day was given."""
    found = typed.day(day)
    return midnight(found + timedelta(days=1)) if found else None


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_CONTENT = "SELECT content FROM revision WHERE id = %(id)s"
