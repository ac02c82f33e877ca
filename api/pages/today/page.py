"""Hôm nay: what waits for me, what my unit owes this week, what it is owed, what changed, what I am asked."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import BigId, InTransaction
from api.pages.journal import exception_words
from api.pages.office.runs_words import FLOWS, OUTCOMES
from api.pages.shell import Visit, Visiting, tried
from api.pages.today import control as today_control
from api.pages.today import facts as today_facts
from states import notes
from states.errors import Conflict, DonDocError
from states.reading import talk

router = APIRouter()


class NoLongerAsked(Conflict):
    """Câu hỏi này không còn chờ bạn trả lời (it no longer waits for you): open its document to see what was said."""


@router.get("/", dependencies=[allowed(Access.OFFICE)])
def today(visit: Visiting, session: InTransaction) -> HTMLResponse:
    """The first page after signing in; auditors and administrators have their own."""
    if visit.seat == "auditor":
        return visit.page(
            "today/auditor.html", facts=today_control.of_auditor(session, visit), signs=exception_words.signs(visit.say)
        )
    if visit.seat == "admin":
        return visit.page(
            "today/admin.html", facts=today_control.of_admin(session, visit), flows=FLOWS, outcomes=OUTCOMES
        )
    return _page(visit, session)


@router.post("/hom-nay/cau-hoi/{question_id}", dependencies=[allowed(Access.WORKING)])
def answer(
    question_id: BigId, visit: Visiting, session: InTransaction,
    words: Annotated[str, Form(alias="loi", max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """Answer a question that I am asked; what was typed stays where it is refused."""
    _, error = tried(session, lambda: _answer(session, question_id, words, visit))
    if error is not None:
        return _page(visit, session, error, answering=question_id, typed=words)
    return visit.back_to("/", visit.say("Đã gửi câu trả lời."))


def _answer(session: Session, question_id: int, words: str, visit: Visit) -> int:
    """Sent twice, it is answered once."""
    asked = talk.asked_of(session, visit.me.holder, visit.by.day)
    if question_id not in {one.id for one in asked}:
        raise NoLongerAsked()
    return notes.answer(session, question_id, words, visit.me.holder, visit.now)


def _page(visit: Visit, session: Session, error: DonDocError | None = None, **typed: Any) -> HTMLResponse:
    facts = today_facts.read(session, visit)
    return visit.page("today/page.html", error.status if error else 200, facts=facts, error=error,
                      **{"answering": None, "typed": "", **typed})  # fmt: skip
