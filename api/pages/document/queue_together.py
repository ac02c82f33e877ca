"""Ký nhiều văn bản, gửi nhiều văn bản: chosen in the queue, listed once more with what one decides by, confirmed once.

Each is a step of its own in a savepoint of its own: what can't be taken is told with why and keeps nobody else back.
With a certificate the passphrase is typed once, each signature is a transaction of its own, and a page that runs
scripts is told of each as it is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.responses import Response

from api import deps, lists
from api.auth import Access, Person, SignedIn, allowed
from api.deps import InTransaction, OfMachine
from api.pages.document import queue_run
from api.pages.document.form import PASSPHRASE, recipients
from api.pages.document.queue_facts import MOST, Waiting, waiting
from api.pages.document.queue_run import TOGETHER, Mark, mark
from api.pages.document.queue_sums import Sums, sums
from api.pages.document.shown import form_of
from api.pages.document.step import secret
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting
from api.pages.signing import words as signing_words
from api.pages.typed import Sent
from api.proof import asks_now, prove_for_signing
from api.seeing import look
from documents.comparing import compare, count
from documents.signing import acts as signing
from documents.signing.acts import Way
from states import steps
from states.errors import DonDocError, Reason
from states.lifecycle import Action, Kind
from states.reading import inbox
from states.steps import Request, Taken
from workflows.asking import ask_for_fan_out

router = APIRouter()
Chosen = Annotated[list[int], Query(alias="chon", max_length=TOGETHER, default_factory=list)]


@dataclass(frozen=True)
class Line:
    """One of the chosen ones: what one decides by, and what stands in its way. `changes`: against the revision before,
    None where there is none; `sums`: its totals in words; `seq`, `revision_id`: what is confirmed; `way`: how it is
    signed or sealed."""

    waiting: Waiting
    reasons: Sequence[Reason]
    way: Way
    changes: int | None = None
    before: int | None = None
    sums: Sums = field(default_factory=list)
    recipients: Sequence[str] = ()

    @property
    def mark(self) -> str:
        """What the form sends back: document, step and content as they were read."""
        item = self.waiting.item
        return f"{item.document_id}.{item.seq}.{self.waiting.revision_id or 0}"


@router.get("/cho-ky", dependencies=[allowed(Access.LEADER)])
def confirm_signing(visit: Visiting, session: InTransaction, me: SignedIn, chosen: Chosen) -> Response:
    """The chosen ones once more, before one confirmation for all."""
    return _confirm_signing(visit, session, me, chosen)


@router.post("/cho-ky", dependencies=[allowed(Access.LEADER)])
def sign(
    visit: Visiting, session: InTransaction, me: SignedIn, bind: Annotated[Engine, Depends(deps.engine)], form: Sent
) -> Response:  # fmt: skip
    """Sign each; passphrase and second factor are asked once for all."""
    prove_for_signing(session, me, visit.me, visit.now)
    marks = [mark(one) for one in form.getlist("van-ban")]
    try:
        if PASSPHRASE in form:
            return queue_run.signed_with_key(visit, session, bind, marks, secret(form))
        outcomes = queue_run.each(session, visit, marks, lambda one: _sign(session, visit, one))
    except queue_run.KEY_REFUSED as error:
        return _confirm_signing(visit, session, me, [one.document_id for one in marks], error)
    return queue_run.done(visit, outcomes, Action.SIGN)


@router.get("/can-gui", dependencies=[allowed(Access.CLERK)])
def confirm_sending(visit: Visiting, session: InTransaction, chosen: Chosen) -> Response:
    """The chosen ones once more, with their recipients, before they are numbered one after the other."""
    return _confirm_sending(visit, session, chosen)


@router.post("/can-gui", dependencies=[allowed(Access.CLERK)])
def send(
    visit: Visiting, session: InTransaction, machine: OfMachine, form: Sent, afterwards: BackgroundTasks
) -> Response:  # fmt: skip
    """Number, seal and send each, in the order of the list."""
    marks, key = [mark(one) for one in form.getlist("van-ban")], secret(form)
    try:
        outcomes = queue_run.each(session, visit, marks, lambda one: _send(session, visit, one, key))
    except queue_run.KEY_REFUSED as error:
        return _confirm_sending(visit, session, [one.document_id for one in marks], error)
    for one in outcomes:
        seen = look(session, one.document_id, visit.by) if one.taken else None
        if one.taken and seen and seen.kind is Kind.PLAN:
            afterwards.add_task(ask_for_fan_out, one.document_id, one.taken.seq, machine)
    return queue_run.done(visit, outcomes, Action.SUBMIT)


def _sign(session: Session, visit: Visit, one: Mark) -> Taken:
    return signing.sign_document(session, one.to_sign, visit.me.actor, visit.now)


def _send(session: Session, visit: Visit, one: Mark, key: str | None) -> Taken:
    to = tuple(recipients(session, one.document_id, visit))
    request = Request(one.document_id, Action.SUBMIT, one.seq, recipients=to)
    return signing.submit_document(session, request, visit.me.actor, visit.now, passphrase=key)


def _confirm_signing(
    visit: Visit, session: Session, me: Person, chosen: Sequence[int], error: DonDocError | None = None
) -> Response:  # fmt: skip
    lines = [_to_sign(session, one, visit) for one in _chosen(session, "presented", chosen, visit)]
    return _confirm(visit, lines, Action.SIGN, error, asks_code=asks_now(session, me, visit.me, visit.now))


def _confirm_sending(
    visit: Visit, session: Session, chosen: Sequence[int], error: DonDocError | None = None
) -> Response:  # fmt: skip
    lines = [_to_send(session, one, visit) for one in _chosen(session, "to_send", chosen, visit)]
    return _confirm(visit, lines, Action.SUBMIT, error)


def _chosen(session: Session, queue: str, chosen: Sequence[int], visit: Visit) -> list[Waiting]:
    """Those of the chosen that still wait, in the queue's order."""
    items = [one for one in inbox.queue(session, queue, visit.me.holder, limit=MOST) if one.document_id in set(chosen)]
    return waiting(session, items)


def _to_sign(session: Session, one: Waiting, visit: Visit) -> Line:
    number = one.item.document_id
    way = signing.way_to_sign(session, number, visit.me.actor, visit.now)
    reasons = [*_offered(session, number, Action.SIGN, visit), *_in_the_way(way, visit)]
    row, cut = lists.document(session, number), [r for r in lists.revisions(session, number) if r["part"] == "whole"]
    if not cut:
        return Line(one, reasons, way)
    form, content = form_of(row), lists.revision(session, number, cut[-1]["no"])[0]["content"]
    before = cut[-2]["no"] if len(cut) > 1 else None
    changes = count(compare(lists.revision(session, number, before)[0]["content"], content, form)) if before else None
    return Line(one, reasons, way, changes, before, sums(content, form) if form else [])


def _to_send(session: Session, one: Waiting, visit: Visit) -> Line:
    number = one.item.document_id
    to = recipients(session, number, visit)
    way = signing.way_to_submit(session, number, visit.now)
    reasons = [*_offered(session, number, Action.SUBMIT, visit), *_in_the_way(way, visit)]
    return Line(one, reasons, way, recipients=to)


def _offered(session: Session, number: int, action: Action, visit: Visit) -> Sequence[Reason]:
    return dict(steps.allowed(session, number, visit.me.actor, visit.now)).get(action, ())


def _in_the_way(way: Way, visit: Visit) -> list[Reason]:
    """Why it can't be signed here together with others: no certificate that may, or one whose key is elsewhere."""
    if way.why is not None:
        return list(way.why.reasons) or [Reason("chứng thư số", way.why.said(visit.say))]
    if way.kind == "token":
        return [Reason("chứng thư số", visit.say(_("khóa nằm trong thiết bị ký: mở riêng văn bản này để ký")))]
    return []


def _confirm(
    visit: Visit, lines: Sequence[Line], action: Action, error: DonDocError | None = None, *, asks_code: bool = False
) -> Response:  # fmt: skip
    ready = [line for line in lines if not line.reasons]
    with_key = next((line.way.certificate for line in ready if line.way.kind == "local"), None)
    return visit.page("queues/together.html", error.status if error else 200, lines=lines, ready=ready, action=action,
                      certificate=with_key, hint=signing_words.hint(visit, with_key), error=error, asks_code=asks_code,
                      **TOOLS)  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
