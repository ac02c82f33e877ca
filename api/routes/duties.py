"""Deadlines moved (gia hạn, miễn báo cáo): asked for from below, answered by the receiver; registers opened."""

from fastapi import APIRouter

from api import lists
from api.auth import Access, Acting, allowed
from api.deps import InTransaction
from api.idempotency import OnceOnly
from api.schemas.following import AskIn, ExtensionOut, GrantIn, RegisterIn, RegisterOut
from api.seeing import SeenDocument
from states import duties, registers

router = APIRouter(tags=["duties"])


@router.get("/documents/{document_id}/extensions", summary="Extensions and waivers",
            dependencies=[allowed(Access.OFFICE)])  # fmt: skip
def read_extensions(seen: SeenDocument, session: InTransaction) -> list[ExtensionOut]:
    """What was asked for, each with its answer, and what was granted unasked."""
    return ExtensionOut.all(lists.requests(session, seen.id))


@router.post("/documents/{document_id}/extensions", summary="Ask for more time, or to be let off", status_code=201,
             dependencies=[allowed(Access.DRAFTER | Access.LEADER | Access.CLERK)])  # fmt: skip
def ask_extension(
    seen: SeenDocument, new: AskIn, session: InTransaction, by: Acting, once: OnceOnly
) -> list[ExtensionOut]:
    """By the unit that owes the report."""
    duties.ask(session, seen.id, new.kind, new.until, new.reason, by.held.holder, by.at)
    return once.keep(ExtensionOut.all(lists.requests(session, seen.id)))


@router.post("/documents/{document_id}/extensions/grant", summary="Extend, waive or refuse", status_code=201,
             dependencies=[allowed(Access.SUPERVISOR | Access.LEADER)])  # fmt: skip
def grant_extension(
    seen: SeenDocument, new: GrantIn, session: InTransaction, by: Acting, once: OnceOnly
) -> list[ExtensionOut]:
    """By the receiver; it counts only if granted before the deadline in force."""
    duties.grant(session, seen.id, new.kind, new.until, new.reason, by.held.holder, by.at, request_id=new.request_id)
    return once.keep(ExtensionOut.all(lists.requests(session, seen.id)))


@router.post("/registers", summary="Open an outgoing register at a stated number", status_code=201,
             dependencies=[allowed(Access.CLERK)])  # fmt: skip
def open_register(new: RegisterIn, session: InTransaction, by: Acting, once: OnceOnly) -> RegisterOut:
    """Of the clerk's own unit, with the reason; from then on it counts without gaps."""
    number = registers.open_register(session, by.held.unit_id, new.year, new.series, at_number=new.at_number,
                                     office_id=by.held.office_id, reason=new.reason)  # fmt: skip
    return once.keep(RegisterOut(id=number, unit_id=by.held.unit_id, year=new.year, series=new.series,
                                 next_number=new.at_number))  # fmt: skip
