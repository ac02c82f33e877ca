"""A plan as it is ordered: whom it addresses and what it requires of them, until when at each level."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Answer, BigNumber, Day, Given, Moment, MomentIn, Number, Short, Word

Level = Literal["nation", "province", "district", "commune", "village", "body"]
Role = Word | None


class WindowIn(Given):
    """The days whose data are reported: `first` and `last`, or a `kind` of period with its year and index."""

    first: Day | None = None
    last: Day | None = None
    label: Word = ""
    kind: Word | None = Field(default=None, description="month, quarter, half, nine_months, year, calendar_…")
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    index: Annotated[int, Field(ge=1, le=12)] | None = None


class LevelIn(Given):
    """One level: due by a day (until 24:00) or at a moment; bodies by their role in each unit."""

    level: Level
    due_on: Day | None = None
    due_at: MomentIn | None = None
    issuer_role: Role = None
    drafter_role: Role = None
    receiver_role: Role = None
    follower_roles: list[Word] = Field(default=[], max_length=20)
    followers: list[Number] = Field(default=[], max_length=50)
    copies: list[Short] = Field(default=[], max_length=50)


class RequirementIn(Given):
    """What is asked: a report on a form, or a plan of one's own. `straddle`: what to do with a window over a reform."""

    kind: Literal["report", "plan"] = "report"
    title: Short
    form: Short
    form_version: Annotated[int, Field(ge=1, le=10_000)]
    window: WindowIn
    levels: list[LevelIn] = Field(min_length=1, max_length=6)
    legal_basis: Short
    series: Word = "BC"
    urgency: Literal["", "khẩn", "thượng khẩn", "hỏa tốc"] = ""
    straddle: Literal["refuse", "split"] = "refuse"
    periodic: bool = False


class AddresseeIn(Given):
    """A unit that is addressed, with all below it or alone."""

    unit_id: Number
    subtree: bool = True


class PlanIn(Given):
    """A plan to be drafted. Without `unit_id` the caller's own unit, or the one that his department belongs to."""

    title: Short
    addressees: list[AddresseeIn] = Field(max_length=1000)
    requirements: list[RequirementIn] = Field(max_length=50)
    unit_id: Number | None = None
    issuer_id: Number | None = None
    drafter_id: Number | None = None
    subject: Word = ""
    field: Word = ""
    form: Short = "plan"
    form_version: Annotated[int, Field(ge=1, le=10_000)] = 1
    legal_basis: Annotated[str, Field(max_length=2000)] = ""
    window: WindowIn | None = None


class PlanLine(Answer):
    """A plan in a list; `reports`: how many its fan-out has opened."""

    id: int
    title: str
    subject: str
    state: str
    unit_id: int
    unit: str
    level: str
    period_first: date | None
    period_last: date | None
    due_at: Moment | None
    plan_id: int | None
    parent_id: int | None
    number: str | None
    date: date | None
    reports: int


class RequirementOut(Answer):
    """What a plan asks for, with the day of each level."""

    id: int
    kind: str
    title: str
    form: str | None
    form_version: int | None
    field: str
    series: str
    legal_basis: str
    urgency: str
    period_first: date
    period_last: date
    due: dict[str, Moment]


class FannedOutOut(Answer):
    """What a fan-out did: reports opened by level, child plans opened, earlier plans attached."""

    plan_id: int
    opened: dict[str, int]
    plans: int
    attached: list[str]


class AmendIn(Given):
    """A plan's deadline for the reports of one level, moved for every one that is still open."""

    level: Level
    until: MomentIn
    reason: Short


class Amended(Answer):
    """How many open reports were moved."""

    reports: int


class RemindIn(Given):
    """A reminder (đôn đốc) of one's own; without `documents` all that are overdue below the caller."""

    documents: list[BigNumber] | None = Field(default=None, max_length=5000)
    words: Annotated[str, Field(max_length=2000)] = ""
    again: bool = False


class RemindedOut(Answer):
    """Who was told of which document, and which were left out and why."""

    told: dict[int, list[str]]
    skipped: dict[int, str]


class ConsolidateIn(Given):
    """The level whose totals are to be made, below a unit; without one, below the caller's own."""

    level: Level
    unit: Number | None = None


class ConsolidatedOut(Answer):
    """What a run did: totals cut, reports taken up, supplements opened, gaps by the total's unit."""

    plan_id: int
    level: str
    totals: int
    reports: int
    supplements: int
    plans: int
    gaps: dict[str, list[str]]
    missing: int
