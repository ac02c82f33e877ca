"""The acts on a document by forms: read what was typed, go through the one door, say what was done.

Each form is a page of its own, opened in a dialog where scripts run. An act carries the step that its page showed: if
another one was taken since, the answer is what happened meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, BackgroundTasks
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from api import lists
from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction, OfMachine
from api.pages import typed
from api.pages.document.form import FIELDS, PASSPHRASE, ActForm, act_form
from api.pages.document.queue_facts import batch
from api.pages.document.shown import form_of, shown
from api.pages.document.step import step
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Reader, Sent
from api.proof import prove_for_signing
from api.seeing import SeenDocument, Sight
from states import steps
from states.errors import Conflict, DonDocError
from states.facts import NoSuchDocument
from states.lifecycle import Action, Kind
from states.reading import timeline
from states.steps import Taken
from workflows.asking import ask_for_fan_out

router = APIRouter()


class NotOffered(Conflict):
    """Việc này không còn làm được lúc này (not offered now): xem trang văn bản để biết đang đến lượt ai."""


@router.get("/van-ban/{document_id}/viec/{action}", dependencies=[allowed(Access.WORKING)])
def ask(seen: SeenDocument, action: Action, visit: Visiting, session: InTransaction, tiep: str = "") -> Response:
    """The form of an act; what is not offered is told as such."""
    row, form = lists.document(session, seen.id), _form(session, seen, action, visit)
    if form is None:
        raise NotOffered(reasons=[])
    facts = {"row": row, "seen": seen, "form": form, "error": None, "next": tiep, "wrong": {}, "FIELDS": FIELDS,
             **TOOLS}  # fmt: skip
    if visit.partial:
        return HTMLResponse(visit.part("document/act_part.html", **facts))
    return visit.page("document/act.html", **facts)


@router.post("/van-ban/{document_id}/viec/{action}", dependencies=[allowed(Access.WORKING)])
def act(
    seen: SeenDocument, action: Action, visit: Visiting, session: InTransaction, me: SignedIn, machine: OfMachine,
    form: Sent, afterwards: BackgroundTasks,
) -> Response:  # fmt: skip
    """Take the step; refused, the form comes back with every reason, and what was typed."""
    if action is Action.SIGN:
        prove_for_signing(session, me, visit.me, visit.now)
    following = batch(session, visit.me.holder, seen.id, visit.now) if typed.words(form, "tiep") == "cho-ky" else None
    taken, error = tried(session, lambda: step(session, seen, action, visit, Reader(form, visit.say)))
    if error is not None:
        return _refused(session, seen, action, visit, form, error)
    if seen.kind is Kind.PLAN and action is Action.SUBMIT:
        # After the commit, and never in its way: whoever does not answer is asked again by the sweep.
        afterwards.add_task(ask_for_fan_out, seen.id, taken.seq, machine)
    where = f"/van-ban/{seen.id}"
    if typed.words(form, "tiep") == "cho-ky":
        ahead = (following.after or following.before) if following else None
        where = f"/cho-ky/{ahead}" if ahead else "/viec/presented"
    return visit.back_to(where, done(action, taken, visit.say))


def done(action: Action, taken: Taken, say: Callable[[str], str]) -> str:
    """What was done, in a sentence."""
    return say(_DONE[action]) % {"number": taken.number or ""}


def _form(session: Session, seen: Sight, action: Action, visit: Visit) -> ActForm | None:
    """The form where the table offers the act now, else None."""
    offers = dict(steps.allowed(session, seen.id, visit.me.actor, visit.now))
    if action not in offers or action is Action.OPEN:
        return None
    row = lists.document(session, seen.id)
    found = shown(session, seen, row, visit.by, None)
    return act_form(session, seen, row, action, offers[action], found, form_of(row), visit)


def _refused(
    session: Session, seen: Sight, action: Action, visit: Visit, form: Mapping[str, Any], error: DonDocError
) -> Response:
    """What happened meanwhile where the page was old; else the form again with the reasons."""
    seq = typed.number(str(form.get("seq") or ""))
    row = lists.document(session, seen.id)
    if isinstance(error, Conflict) and seq is not None and seq < row["seq"]:
        events = [one for one in timeline.timeline(session, seen.id) if one.seq is not None and one.seq > seq]
        return visit.page("document/stale.html", 409, row=row, events=events, action=action, **TOOLS)
    if isinstance(error, NoSuchDocument):
        raise error
    again = _form(session, seen, action, visit)
    if again is None:
        raise error
    kept = {name: value for name, value in form.items() if isinstance(value, str) and name != PASSPHRASE}
    again = replace(again, typed=kept)
    wrong = {FIELDS.get(reason.place, reason.place): reason.said(visit.say).message for reason in error.reasons}
    return visit.page("document/act.html", error.status, row=row, seen=seen, form=again, error=error, wrong=wrong,
                      next=kept.get("tiep", ""), FIELDS=FIELDS, **TOOLS)  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_DONE = {
    Action.ASSIGN: _("Đã giao việc."), Action.PRESENT: _("Đã trình ký."),
    Action.SEND_BACK: _("Đã chuyển lại người soạn."), Action.SIGN: _("Đã ký."),
    Action.REVISE: _("Đã lấy lại để sửa. Chữ ký cũ không còn giá trị, vẫn lưu trong quá trình."),
    Action.SUBMIT: _("Đã lấy số %(number)s và gửi."), Action.REGISTER: _("Đã vào sổ văn bản số %(number)s."),
    Action.RECEIVE: _("Đã tiếp nhận và vào sổ đến."), Action.RETURN: _("Đã trả lại đơn vị gửi."),
    Action.RECALL: _("Đã rút về để sửa."), Action.CONSOLIDATE: _("Đã ghi nhận hoàn thành."),
    Action.REOPEN: _("Đã mở lại để đơn vị sửa."), Action.WITHDRAW: _("Đã thu hồi."),
}  # fmt: skip
