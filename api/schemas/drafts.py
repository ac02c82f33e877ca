"""What a document says, as it is typed: drafts, and the contributions that go into a report."""

from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, StrictStr, StringConstraints

from api.schemas.base import Answer, BigNumber, Given, Moment, MomentIn, Number, Short, Word, Words

Key = Annotated[str, StringConstraints(max_length=100)]
Typed = Annotated[StrictStr, Field(max_length=500)] | Annotated[StrictInt, Field(ge=-(2**53), le=2**53)] | None
"""A figure as people type it: "18", "trên 540 lượt người", "Không"; null is a blank, and missing is not zero."""


class Line(Given):
    """A row of a table; `row` is its category of the form, 0 or left out for one in the unit's own words."""

    table: Number
    row: Annotated[int, Field(ge=0, le=99)] = 0
    label: Annotated[str, Field(max_length=2000)] = ""
    level: Annotated[str, Field(max_length=200)] = ""
    values: dict[Key, Typed] = Field(default={}, max_length=100)


class Task(Given):
    """A task of a plan."""

    number: Annotated[int, Field(ge=1, le=10_000)] | None = None
    group: Annotated[int, Field(ge=1, le=99)] | None = None
    title: Words
    due: Word | None = None
    assignees: list[Short] = Field(default=[], max_length=200)
    target: Words | None = None
    amount: Word | None = None


class Assignee(Given):
    """Who carries a plan's tasks out; `asked`: can only be asked (đề nghị)."""

    name: Short
    asked: bool = False
    due: Word | None = None
    task: Words | None = None
    tasks: list[Words] = Field(default=[], max_length=100)


class Content(Given):
    """What a document says, as it is typed; `nil`: tables reported as «Không»."""

    form: Word | None = Field(default=None, description="code/version; always the document's own")
    figures: dict[Key, Typed] = Field(default={}, max_length=5000)
    rows: list[Line] = Field(default=[], max_length=2000)
    nil: list[Number] = Field(default=[], max_length=100)
    texts: dict[Key, Words] = Field(default={}, max_length=200)
    tasks: list[Task] = Field(default=[], max_length=500)
    assignees: list[Assignee] = Field(default=[], max_length=500)

    def typed(self) -> dict[str, Any]:
        """As the engine takes it: what was left out stays out."""
        return self.model_dump(mode="json", exclude_unset=True, exclude={"form"})


class DraftIn(Given):
    """A draft to be saved over the version that its writer was looking at (or named in If-Match)."""

    content: Content
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class DraftOut(Answer):
    """The working copy; version 0: nobody has written yet. `read_as`: how each typed number was understood."""

    content: dict[str, Any]
    version: int
    authors: list[int]
    read_as: list[str] = []


class ExplanationIn(Given):
    """The drafter's words on an «explain» finding; the signer sees them."""

    code: Short
    place: Short
    words: Annotated[Words, Field(min_length=1)]


class ContributionIn(Given):
    """Somebody inside the unit to be asked for figures; `asked_only`: can only be asked (đề nghị), never late."""

    assignee: Short
    task: Words = ""
    due_at: MomentIn | None = None
    asked_only: bool = False
    unit_id: Number | None = None


class ContributionsFromPlan(Given):
    """Everybody whom the unit's own plan names, to be asked; `due_at` for those without a day of their own."""

    plan_id: BigNumber
    due_at: MomentIn | None = None


class GivenIn(Given):
    """What a contributor gave, by whom and by which way."""

    content: Content
    given_by: Short
    channel: Literal["program", "phone", "paper", "message"]


class GivenOut(Answer):
    """The revision that was cut from it."""

    revision_id: int


class ContributionOut(Answer):
    """What one assignee owes to a report, and what he gave last."""

    id: int
    assignee: str
    task: str
    unit_id: int | None
    asked_only: bool
    due_at: Moment | None
    asked_at: Moment
    asked_by: str
    revision_id: int | None
    given_by: str | None
    channel: str | None
    taken_by: str | None
    given_at: Moment | None
    times: int
    in_draft: bool
    signed: bool
    late: bool
