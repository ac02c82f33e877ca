"""Ký nhiều văn bản, gửi nhiều văn bản: chosen in the queue, listed once more with what one decides by, confirmed once.

Each is a step of its own in a savepoint of its own: what can't be taken is told with why and keeps nobody else back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from api import lists
from api.auth import Access, SignedIn, allowed
from api.deps import InTransaction, OfMachine
from api.pages import typed
from api.pages.document.form import recipients
from api.pages.document.queue_facts import MOST, Waiting, waiting
from api.pages.document.queue_sums import Sums, sums
from api.pages.document.shown import form_of
from api.pages.document.words import TOOLS
from api.pages.shell import Visit, Visiting, tried
from api.pages.typed import Sent
from api.proof import prove_for_signing
from api.seeing import look
from documents import drafting
from documents.comparing import compare, count
from states import steps
from states.errors import DonDocError, Reason
from states.facts import NoSuchDocument
from states.lifecycle import Action, Kind
from states.reading import inbox
from states.steps import Request, Taken, take
from workflows.asking import ask_for_fan_out

router = APIRouter()
TOGETHER = 50
"""So many at most are confirmed at once: more nobody reads."""
Chosen = Annotated[list[int], Query(alias="chon", max_length=TOGETHER, default_factory=list)]


@dataclass(frozen=True)
class Line:
    """One of the chosen ones: what one decides by, and what stands in its way. `changes`: against the revision before,
    None where there is none; `sums`: its totals in words; `seq`, `revision_id`: what is confirmed."""

    waiting: Waiting
    reasons: Sequence[Reason]
    changes: int | None = None
    before: int | None = None
    sums: Sums = field(default_factory=list)
    recipients: Sequence[str] = ()

    @property
    def mark(self) -> str:
        """What the form sends back: document, step and content as they were read."""
        item = self.waiting.item
        return f"{item.document_id}.{item.seq}.{self.waiting.revision_id or 0}"


@dataclass(frozen=True)
class Outcome:
    """What became of one."""

    document_id: int
    title: str
    unit: str
    taken: Taken | None
    error: DonDocError | None


@router.get("/cho-ky", dependencies=[allowed(Access.LEADER)])
def confirm_signing(visit: Visiting, session: InTransaction, chosen: Chosen) -> Response:
    """The chosen ones once more, before one signature for all."""
    lines = [_to_sign(session, one, visit) for one in _chosen(session, "presented", chosen, visit)]
    return _confirm(visit, lines, Action.SIGN)


@router.post("/cho-ky", dependencies=[allowed(Access.LEADER)])
def sign(visit: Visiting, session: InTransaction, me: SignedIn, form: Sent) -> Response:
    """Sign each; the second factor is asked once for all."""
    prove_for_signing(session, me, visit.me, visit.now)
    actor, at = visit.me.actor, visit.now

    def act(number: int, seq: int, revision: int) -> Taken:
        return drafting.sign(session, number, actor, at, seq=seq, revision_id=revision or -1)

    return _done(visit, _each(session, visit, form.getlist("van-ban"), act), Action.SIGN)


@router.get("/can-gui", dependencies=[allowed(Access.CLERK)])
def confirm_sending(visit: Visiting, session: InTransaction, chosen: Chosen) -> Response:
    """The chosen ones once more, with their recipients, before they are numbered one after the other."""
    lines = [_to_send(session, one, visit) for one in _chosen(session, "to_send", chosen, visit)]
    return _confirm(visit, lines, Action.SUBMIT)


@router.post("/can-gui", dependencies=[allowed(Access.CLERK)])
def send(
    visit: Visiting, session: InTransaction, machine: OfMachine, form: Sent, afterwards: BackgroundTasks
) -> Response:  # fmt: skip
    """Number and send each, in the order of the list."""
    actor, at = visit.me.actor, visit.now

    def act(number: int, seq: int, _revision: int) -> Taken:
        to = tuple(recipients(session, number, visit))
        return take(session, Request(number, Action.SUBMIT, seq, recipients=to), actor, at)

    outcomes = _each(session, visit, form.getlist("van-ban"), act)
    for one in outcomes:
        seen = look(session, one.document_id, visit.by) if one.taken else None
        if one.taken and seen and seen.kind is Kind.PLAN:
            afterwards.add_task(ask_for_fan_out, one.document_id, one.taken.seq, machine)
    return _done(visit, outcomes, Action.SUBMIT)


def _each(
    session: Session, visit: Visit, marks: Sequence[object], act: Callable[[int, int, int], Taken]
) -> list[Outcome]:
    found = []
    for mark in list(dict.fromkeys(map(str, marks)))[:TOGETHER]:
        number, seq, revision = (typed.number(part, 2**63 - 1) or 0 for part in (mark.split(".") + ["", ""])[:3])
        if number and look(session, number, visit.by) is not None:
            row = lists.document(session, number)
            taken, error = tried(session, partial(act, number, seq, revision))
            found.append(Outcome(number, row["title"], row["unit"], taken, error))
        else:
            found.append(Outcome(number, "", "", None, NoSuchDocument(document=mark[:40])))
    return found


def _chosen(session: Session, queue: str, chosen: Sequence[int], visit: Visit) -> list[Waiting]:
    """Those of the chosen that still wait, in the queue's order."""
    items = [one for one in inbox.queue(session, queue, visit.me.holder, limit=MOST) if one.document_id in set(chosen)]
    return waiting(session, items)


def _to_sign(session: Session, one: Waiting, visit: Visit) -> Line:
    number = one.item.document_id
    offers = dict(steps.allowed(session, number, visit.me.actor, visit.now))
    row, cut = lists.document(session, number), [r for r in lists.revisions(session, number) if r["part"] == "whole"]
    if not cut:
        return Line(one, offers.get(Action.SIGN, ()))
    form, content = form_of(row), lists.revision(session, number, cut[-1]["no"])[0]["content"]
    before = cut[-2]["no"] if len(cut) > 1 else None
    changes = count(compare(lists.revision(session, number, before)[0]["content"], content, form)) if before else None
    return Line(one, offers.get(Action.SIGN, ()), changes, before, sums(content, form) if form else [])


def _to_send(session: Session, one: Waiting, visit: Visit) -> Line:
    number = one.item.document_id
    to = recipients(session, number, visit)
    offers = dict(steps.allowed(session, number, visit.me.actor, visit.now))
    return Line(one, offers.get(Action.SUBMIT, ()), recipients=to)


def _confirm(visit: Visit, lines: Sequence[Line], action: Action) -> Response:
    ready = [line for line in lines if not line.reasons]
    return visit.page("queues/together.html", lines=lines, ready=ready, action=action, **TOOLS)


def _done(visit: Visit, outcomes: Sequence[Outcome], action: Action) -> HTMLResponse:
    refused = [one for one in outcomes if one.error]
    status = 422 if refused and len(refused) == len(outcomes) else 200
    return visit.page("queues/done.html", status, outcomes=outcomes, refused=refused, action=action, **TOOLS)
