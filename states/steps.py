"""The door: lock, check, change, record, in one transaction. The only code that changes one document's state.

(`states.opening` and `states.taking_up` do the same for many documents at once, under the same keys.)
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from states import checks, contents, duties, registers
from states.digests import canonical
from states.driver import one_or_none
from states.errors import Conflict, Reason, Refused
from states.facts import Facts, read
from states.lifecycle import BY_ACTION, Action, Desk, State, next_state
from states.periods import LOCAL
from states.policy import Actor, may


@dataclass(frozen=True)
class Paper:
    """A document signed outside the system, as its receiver registers it."""

    number: int
    symbol: str
    date: datetime  # of the document; only its day counts
    signer: str
    arrived_at: datetime
    file_digest: bytes | None = None


@dataclass(frozen=True)
class Request:
    """What somebody asks to be done with a document.

    `seq`: the step the asker was looking at; another one since then refuses the act. `due_at`: until when a
    return is to be answered. `revision_id`: the content that a signature or registration is about. `file_digest`:
    a file that is kept already and goes with the step (a signed PDF).
    """

    document_id: int
    action: Action
    seq: int | None = None
    reason: str | None = None
    reason_code: str | None = None
    to_office: int | None = None
    due_at: datetime | None = None
    revision_id: int | None = None
    recipients: tuple[str, ...] = ()
    paper: Paper | None = None
    file_digest: bytes | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A step that was recorded."""

    document_id: int
    seq: int
    action: Action
    state: State
    digest: bytes
    number: str | None = None


class Stale(Conflict):
    """Văn bản đã thay đổi sau khi bạn mở (the document has moved since you read it): read it again, then decide."""


class NoSuchWay(Conflict):
    """A {kind} that is {state} can't be «{action}»: look at what its page offers now."""


class NotYours(Refused):
    """You may not «{action}» this document as {title}: this is for its {seats}."""


class NotReady(Refused):
    """The step can't be taken yet: {why}"""

    status = 422


Making = Callable[[Facts, registers.Numbered | None], bytes]
"""Makes and keeps the file that goes with a step: after all was checked and the number given, before it is written."""


def take(session: Session, request: Request, actor: Actor, at: datetime, make: Making | None = None) -> Taken:
    """Take one step. Raises what is wrong in words: not found, stale, no such way, not yours, not ready.

    `at`: the moment of the act, aware. `make`: gives the digest of the file that the step records. Everything happens
    in the caller's transaction, or nothing does.
    """
    facts = read(session, request, actor, lock=True)
    _refuse_if_wrong(session, facts, request, at)
    if make is None and request.file_digest is None and request.action in _BY_CERTIFICATE:
        _refuse_where_certificates_are_asked(session, facts)
    numbered = registers.give_number(session, facts, request, at) if request.action in _NUMBERED else None
    target = next_state(facts.kind, facts.state, request.action)
    assert target is not None  # said by _refuse_if_wrong
    if make is not None:
        request = replace(request, file_digest=make(facts, numbered))
    seq, digest = _record(session, facts, request, at, target, numbered)
    taken = Taken(facts.document_id, seq, request.action, target, digest, numbered.text if numbered else None)
    for effect in _EFFECTS.get(request.action, ()):
        effect(session, facts, request, at, taken, numbered)
    return taken


def ready(session: Session, request: Request, actor: Actor, at: datetime) -> Facts:
    """What the door knows of a document that this step may be taken with now; nothing is taken, the document is held.

    Raises what `take` raises.
    """
    facts = read(session, request, actor, lock=True)
    _refuse_if_wrong(session, facts, request, at)
    return facts


def refuse_strangers(session: Session, document_id: int, action: Action, actor: Actor, at: datetime) -> None:
    """Refuse whom the table does not let take this step, before anything is prepared for it. Raises `NotYours`."""
    facts = read(session, Request(document_id, action), actor)
    if not may(action, facts.holder, facts.parties, at.astimezone(LOCAL).date()):
        raise _not_yours(action, facts)


def allowed(session: Session, document_id: int, actor: Actor, at: datetime) -> list[tuple[Action, list[Reason]]]:
    """The actions that the table offers this office now, each with what still stands in its way (or nothing).

    What the actor himself says with the act (words, a code, a day) does not stand in its way.
    """
    facts = read(session, Request(document_id, Action.SIGN), actor)
    day = at.astimezone(LOCAL).date()
    return [
        (action, checks.standing_in_the_way(session, facts, Request(document_id, action, revision_id=facts.cut_id), at))
        for action in BY_ACTION
        if next_state(facts.kind, facts.state, action) and may(action, facts.holder, facts.parties, day)
    ]


def _refuse_if_wrong(session: Session, facts: Facts, request: Request, at: datetime) -> None:
    if request.seq is not None and request.seq != facts.seq:
        raise Stale(present=facts.present())
    if next_state(facts.kind, facts.state, request.action) is None:
        raise NoSuchWay(
            kind=facts.kind.value, state=facts.state.value, action=request.action.value, present=facts.present()
        )
    if not may(request.action, facts.holder, facts.parties, at.astimezone(LOCAL).date()):
        raise _not_yours(request.action, facts)
    if reasons := checks.reasons(session, facts, request, at):
        raise NotReady(reasons=reasons, why="; ".join(reason.message for reason in reasons))


def _not_yours(action: Action, facts: Facts) -> NotYours:
    wanted = ", ".join(seat.value for seat in BY_ACTION[action].seats)
    return NotYours(action=action.value, title=facts.holder.title, seats=wanted)


def _refuse_where_certificates_are_asked(session: Session, facts: Facts) -> None:
    """Whatever way somebody comes here, an office that asks for certificates takes no step that was signed without."""
    sql = "SELECT signature_required FROM unit WHERE id = %(unit)s"
    if session.connection().exec_driver_sql(sql, {"unit": facts.parties.issuer_id}).scalar():
        reason = Reason("chữ ký số", "cơ quan yêu cầu ký số", "ký bằng chứng thư số, gửi với con dấu số")
        raise NotReady(reasons=[reason], why=reason.message)


_WRITE = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at,
                  reason_code, reason, revision_id, revision_digest, file_digest, desk, desk_office_id, due_at,
                  details, previous)
VALUES (%(id)s, %(seq)s, %(kind)s, %(from)s, %(action)s, %(to)s, %(person)s, %(office)s, %(authority)s, %(at)s,
        %(code)s, %(reason)s, %(revision)s, %(content)s, %(file)s, %(desk)s, %(desk_office)s, %(due)s,
        %(details)s, %(previous)s)
RETURNING seq, digest
"""


def _record(
    session: Session, facts: Facts, request: Request, at: datetime, target: State, numbered: Any
) -> tuple[int, bytes]:
    """Write the step after the one that was read; the document is ours since then."""
    details = {**request.details, **facts.told, **(numbered.details() if numbered else {})}
    desk = BY_ACTION[request.action].desk or (Desk.DRAFTER if request.to_office else Desk(facts.desk))
    row = one_or_none(
        session,
        _WRITE,
        {
            "id": facts.document_id, "seq": facts.seq + 1, "kind": facts.kind.value, "from": facts.state.value,
            "action": request.action.value, "to": target.value, "previous": facts.head,
            "person": facts.holder.person_id, "office": facts.holder.office_id,
            "authority": facts.holder.authority, "at": at, "code": request.reason_code, "reason": request.reason,
            "revision": request.revision_id, "content": facts.content_digest if request.revision_id else None,
            "file": request.file_digest or (request.paper.file_digest if request.paper else None), "desk": desk.value,
            "desk_office": request.to_office, "due": request.due_at,
            "details": canonical(details).decode() if details else None,
        },
    )  # fmt: skip
    assert row is not None
    return row[0], bytes(row[1])


_BY_CERTIFICATE = (Action.SIGN, Action.SUBMIT)
_NUMBERED = (Action.SUBMIT, Action.REGISTER)
_EFFECTS: dict[Action, tuple[Callable[..., None], ...]] = {
    Action.SUBMIT: (registers.write_sending,),
    Action.REGISTER: (registers.write_sending, registers.write_receipt),
    Action.RECEIVE: (registers.write_receipt,),
    Action.SIGN: (contents.forget_authors,),
    Action.WITHDRAW: (duties.cancel_what_it_asked,),
}
