"""Registers as they are read: every number with what became of it."""

from datetime import date

from api.schemas.base import Answer, Moment


class BookOut(Answer):
    """One register of a unit: outgoing (`out`) or incoming (`in`); opened above 1 by whom and why."""

    id: int
    year: int
    series: str
    direction: str
    opened_at: int
    opened_by: str | None
    reason: str | None
    last: int
    entries: int


class OutgoingOut(Answer):
    """A number that was given, or read from paper. `undone`: recall, withdraw, return or reopen, with the reason."""

    document_id: int
    kind: str
    number: str
    day: date
    series: str
    title: str
    signer: str
    paper: bool
    recipients: list[str]
    keeper: str
    passed_at: Moment
    received_number: int | None
    received_at: Moment | None
    received_by: str | None
    clerk: str | None
    replaces: str | None
    replaced_by: str | None
    undone: str | None
    undone_at: Moment | None
    undone_why: str | None


class IncomingOut(Answer):
    """A paper that was received: the number that it got here, its author's own number and day."""

    document_id: int
    kind: str
    number: int
    arrived_at: Moment
    author: str
    their_number: str
    day: date
    title: str
    paper: bool
    clerk: str
    replaces: str | None
    undone: str | None
    undone_at: Moment | None
    undone_why: str | None
