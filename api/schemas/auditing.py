"""The life of a document, and what auditors ask."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import PlainSerializer

from api.schemas.base import Answer, Moment
from api.schemas.people import HeldOut

Hours = Annotated[timedelta, PlainSerializer(lambda lay: round(lay.total_seconds() / 3600, 2), return_type=float)]


class CouldSign(Answer):
    """A leader of the issuing unit: null, or why he could not sign."""

    office: HeldOut
    why_not: str | None


class SigningMomentOut(Answer):
    """A signature on a document, and who could have given it on that very day."""

    seq: int
    at: Moment
    person_id: int
    office_id: int
    could: list[CouldSign]


class SignedOut(Answer):
    """A content that a person signed, in which office and by what authority then."""

    document_id: int
    seq: int
    at: Moment
    kind: str
    title: str
    issuer: str
    office_id: int
    office: str
    office_unit: str
    authority: str
    mandate: str | None
    field: str
    revision_id: int
    revision_digest: str
    number: str | None
    dated: date | None
    voided: bool


class ExceptionalOut(Answer):
    """One thing out of the ordinary."""

    kind: str
    document_id: int
    title: str
    unit_id: int
    unit: str
    at: Moment
    person: str
    words: str
    seq: int | None


class IntegrityOut(Answer):
    """Whether a document still is what was written: every fault in words."""

    whole: bool
    faults: list[str]


class EventOut(Answer):
    """One thing that happened to a document; `lay`: hours on the desk until the next step."""

    topic: str
    what: str
    at: Moment
    person: str
    title: str
    authority: str
    unit: str
    words: str | None
    seq: int | None
    state: str | None
    reason_code: str | None
    reason_words: str | None
    desk: str | None
    desk_holder: str | None
    lay: Hours | None
    revision_digest: str | None
    number: str | None
    dated: date | None
    until: Moment | None
    place: str | None
    counts: bool | None
    paper: bool
