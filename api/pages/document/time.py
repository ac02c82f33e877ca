"""Gia hạn, miễn báo cáo: asked for from below, answered from above, with the reason; each a form of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from api import lists
from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages import one_time, typed
from api.pages.document.form import days_ahead
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.seeing import SeenDocument, Sight
from states import days, duties
from states.errors import DonDocError, Reason

router = APIRouter()


@router.get("/van-ban/{document_id}/gia-han", dependencies=[allowed(Access.WORKING)])
def form(seen: SeenDocument, visit: Visiting, session: InTransaction, xin: str = "") -> Response:
    """The form: to ask, or for who receives the report to answer request number `xin` or to give unasked."""
    return _form(session, seen, visit, {"request_id": xin}, None)


@router.post("/van-ban/{document_id}/gia-han", dependencies=[allowed(Access.WORKING)])
def send(seen: SeenDocument, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Ask or answer, as one's office allows; sent twice it is done once."""
    answers = _answers(seen, visit)
    done, error = tried(session, lambda: _send(session, seen, visit, Reader(form, visit.say), answers))
    if error is not None:
        return _form(session, seen, visit, {k: v for k, v in form.items() if isinstance(v, str)}, error)
    return visit.back_to(f"/van-ban/{seen.id}#han", visit.say(_DONE[done]))


def _send(session: Session, seen: Sight, visit: Visit, read: Reader, answers: bool) -> str:
    kind = typed.words(read.form, "kind")
    if kind not in (_GIVEN if answers else _ASKED):
        read.wrong.append(Reason("kind", visit.say(_("Chọn một trong các việc trên biểu."))))
    reason = read.words("reason", visit.say(_("Viết lý do.")), 2000)
    until = _until(session, read, visit) if kind == "extension" else None
    read.done()
    first, _kept = one_time.claim(session, visit.me.person_id, typed.words(read.form, "key"), visit.now)
    if first and answers:
        request = typed.number(typed.words(read.form, "request_id"), 2**63 - 1)
        duties.grant(session, seen.id, kind, until, reason, visit.me.holder, visit.now, request_id=request)
    elif first:
        duties.ask(session, seen.id, kind, until, reason, visit.me.holder, visit.now)
    return f"{'given' if answers else 'asked'}-{kind}"


def _until(session: Session, read: Reader, visit: Visit) -> datetime | None:
    day = read.day("until", visit.say(_("Chọn hạn mới.")))
    return days.calendar(session).due_at(day) if day else None


def _form(
    session: Session, seen: Sight, visit: Visit, said: Mapping[str, str], error: DonDocError | None
) -> HTMLResponse:
    row, calendar = lists.document(session, seen.id), days.calendar(session)
    start = max(calendar.due_day(row["deadline"]), visit.by.day) if row["deadline"] else visit.by.day
    wanted = typed.number(said.get("request_id", ""), 2**63 - 1)
    request = next((one for one in lists.requests(session, seen.id) if wanted and one["request_id"] == wanted), None)
    facts: dict[str, Any] = {
        "row": row, "request": request, "answers": _answers(seen, visit), "typed": said, "error": error,
        "days": days_ahead(calendar, start), "key": one_time.new_key(), "calendar": calendar, **TOOLS,
    }  # fmt: skip
    if visit.partial:
        return HTMLResponse(visit.part("document/time_part.html", **facts))
    return visit.page("document/time.html", error.status if error else 200, **facts)


def _answers(seen: Sight, visit: Visit) -> bool:
    return visit.me.unit_id == seen.parties.receiver_id and visit.seat in ("supervisor", "leader")


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_ASKED = ("extension", "waiver")
_GIVEN = ("extension", "waiver", "refusal")
_DONE = {
    "asked-extension": _("Đã xin gia hạn."), "asked-waiver": _("Đã xin miễn báo cáo."),
    "given-extension": _("Đã gia hạn."), "given-waiver": _("Đã cho miễn báo cáo."),
    "given-refusal": _("Đã trả lời: giữ nguyên hạn."),
}  # fmt: skip
