"""Following what is owed: boards, inboxes, deadlines moved; the life of a document; what auditors ask."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.schemas.base import Answer, BigNumber, Given, Moment, MomentIn, Number, PageOf, Short


class CountsOut(Answer):
    """How many are owed, stand with the receiver, and came on time; rates from 0 to 1, null where nothing is owed."""

    expected: int
    received: int
    on_time: int
    rate: float | None
    on_time_rate: float | None
    standings: dict[str, int]


class LineOut(Answer):
    """One owed document: its standing, on whose desk, since when, in office hours; working days late or left."""

    document_id: int
    plan_id: int
    title: str
    unit_id: int
    unit: str
    level: str
    state: str
    seq: int
    standing: str
    stage: str
    expected: bool
    received: bool
    on_time: bool
    due_at: Moment
    deadline: Moment
    extended_to: Moment | None
    correction_due: Moment | None
    must_by: Moment
    first_sent_at: Moment | None
    sent_at: Moment | None
    number: str | None
    paper: bool
    waived: bool
    reason_code: str | None
    unopened: bool
    desk: str
    person: str | None
    since: Moment
    hours: float
    days_late: int
    days_left: int | None
    reminded_at: Moment | None


class BoardOut(PageOf[LineOut]):
    """A board at one moment: the counts of the whole, a page of its lines, and the same part a period before."""

    at: Moment
    counts: CountsOut
    before: CountsOut | None
    change: tuple[float, float] | None


class SummaryOut(Answer):
    """The counts of a unit with all beneath it, or of a plan."""

    id: int
    name: str
    level: str
    counts: CountsOut


class ItemOut(Answer):
    """A document that waits on a desk."""

    document_id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    state: str
    seq: int
    desk: str
    since: Moment
    due_at: Moment | None
    urgency: str
    number: str | None
    sent_at: Moment | None


class AskIn(Given):
    """More time (gia hạn) or to be let off (miễn báo cáo), asked for from below."""

    kind: Literal["extension", "waiver"]
    reason: Short
    until: MomentIn | None = None

    @model_validator(mode="after")
    def _only_an_extension_has_a_day(self) -> Self:
        if (self.kind == "extension") != (self.until is not None):
            raise ValueError("an extension names its new deadline in `until`, nothing else does")
        return self


class GrantIn(Given):
    """The receiver's answer, or an extension or waiver that nobody had asked for."""

    kind: Literal["extension", "waiver", "refusal"]
    reason: Short
    until: MomentIn | None = None
    request_id: BigNumber | None = None

    @model_validator(mode="after")
    def _only_an_extension_has_a_day(self) -> Self:
        if (self.kind == "extension") != (self.until is not None):
            raise ValueError("an extension names its new deadline in `until`, nothing else does")
        return self


class ExtensionOut(Answer):
    """What was asked and what was answered; `in_time`: whether it counts."""

    request_id: int | None
    kind: str
    asked_until: Moment | None
    asked_because: str | None
    asked_at: Moment | None
    answer: str | None
    until: Moment | None
    reason: str | None
    answered_at: Moment | None
    in_time: bool | None


class RegisterIn(Given):
    """An outgoing register to be opened at a stated number, with the reason: who starts in March is at 36."""

    year: Annotated[int, Field(ge=2000, le=2200)]
    series: Short
    at_number: Number
    reason: Short


class RegisterOut(Answer):
    """A register that was opened."""

    id: int
    unit_id: int
    year: int
    series: str
    next_number: int


class FlowNoteOut(Answer):
    """What a run of a flow (tác vụ tự động) did, in figures."""

    id: int
    flow: str
    subject: str
    at: Moment
    done: dict[str, object]


class AskedOut(Answer):
    """Whether Prefect took the request; otherwise the sweep does the work."""

    asked: bool
