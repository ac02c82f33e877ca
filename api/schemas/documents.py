"""A document, its draft and contents, and the steps that are taken with it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr

from api.schemas.base import Answer, BigNumber, Day, Given, Moment, MomentIn, Number, ReasonOut, Short, Word, Words
from api.schemas.drafts import Content

Passphrase = Annotated[SecretStr, Field(max_length=500)] | None
"""What opens a key; it shows itself nowhere."""


class PaperIn(Given):
    """A document signed outside the system (ký ngoài hệ thống), as its receiver's clerk reads it from the paper."""

    number: Number
    symbol: Short
    date: Day
    signer: Short
    arrived_at: MomentIn
    file_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    content: Content


class StepIn(Given):
    """A step to be taken. `seq`: the step that the caller was looking at; another one since then refuses it (409)."""

    action: Literal["assign", "present", "send_back", "sign", "revise", "submit", "register", "receive", "return",
                    "recall", "reopen", "withdraw"]  # fmt: skip
    seq: Number
    reason: Words | None = None
    reason_code: Word | None = None
    to_office: Number | None = None
    due_at: MomentIn | None = Field(default=None, description="until when a return is to be answered")
    revision_id: BigNumber | None = Field(default=None, description="the content that is signed: the one that was read")
    recipients: list[Short] = Field(default=[], max_length=200)
    paper: PaperIn | None = None
    passphrase: Passphrase = Field(
        default=None,
        description="of the certificate (sign) or the office's seal (submit), "
        "where there is one whose key is kept here; never kept, never logged",
    )


class StepOut(Answer):
    """A step as it was recorded, with the digest that the next one will carry on."""

    document_id: int
    seq: int
    action: str
    state: str
    digest: str
    number: str | None


class AllowedOut(Answer):
    """An action that the table offers this office now; `reasons`: what still stands in its way, none if nothing."""

    action: str
    reasons: list[ReasonOut]


class SendingOut(Answer):
    """A submission: its number, date and receipt, and the one that it replaces."""

    no: int
    seq: int
    revision_id: int
    number: str
    date: date
    sent_at: Moment
    paper: bool
    signer: str | None
    recipients: list[str]
    received_number: int | None
    received_at: Moment | None
    replaces: int | None


class LinkOut(Answer):
    """A document beside this one, inside the system or outside."""

    role: str
    outward: bool
    document_id: int | None
    title: str | None
    issuer: str
    number: str | None
    dated: date | None
    state: str | None
    note: str | None


class DocumentOut(Answer):
    """A document as it stands, and what the calling office may do with it now."""

    id: int
    kind: str
    state: str
    seq: int
    title: str
    subject: str
    field: str
    series: str
    level: str
    unit_id: int
    unit: str
    issuer_id: int
    issuer: str
    drafter_id: int
    drafter: str
    receiver_id: int | None
    receiver: str | None
    requirement_id: int | None
    plan_id: int | None
    parent_id: int | None
    supplement: int
    form: str | None
    form_version: int | None
    period_first: date | None
    period_last: date | None
    due_at: Moment | None
    deadline: Moment | None
    correction_due: Moment | None
    waived: bool
    cancelled: bool
    legal_basis: str
    urgency: str
    opened_at: Moment
    desk: str
    desk_office_id: int | None
    desk_since: Moment
    signed_revision_id: int | None
    newest_revision_id: int | None
    draft_version: int
    sendings: list[SendingOut]
    allowed: list[AllowedOut]


class FoundOut(Answer):
    """A document in a list; `due_at`: the deadline in force."""

    id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    issuer: str
    level: str
    state: str
    desk: str
    subject: str
    period_first: date | None
    period_last: date | None
    due_at: Moment | None
    plan_id: int | None
    supplement: int
    number: str | None
    dated: date | None
    paper: bool


class FindingOut(Answer):
    """What a check found: refuse, explain, note; with the drafter's words where he explained it."""

    code: str
    severity: str
    place: str
    message: str
    message_en: str = ""
    disagree: list[str] = []
    other_place: str = ""
    explained: str | None = None
    explained_at: Moment | None = None


class RevisionOut(Answer):
    """Content that was cut and never changes, with the SHA-256 of its canonical JSON (RFC 8785)."""

    id: int
    no: int
    part: str
    digest: str
    authors: list[int]
    cut_at: Moment
    cut_by: str
    covered: int
    expected: int


class RevisionWhole(RevisionOut):
    """The same with its content and what was found in it."""

    content: dict[str, Any]
    findings: list[FindingOut]


class FormOut(Answer):
    """A version of a form."""

    code: str
    version: int
    kind: str
    title: str
    title_en: str
    source: str
