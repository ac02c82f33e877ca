"""The common words of all schemas: moments, short texts, pages, problems."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from api.deps import Paging
from states.periods import LOCAL

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_SHAPE = {"type": "string", "format": "date-time"}


def _of_our_time(when: date) -> date:
    if not _FIRST_YEAR <= when.year <= _LAST_YEAR:
        raise ValueError(f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return when


def _in_local_time(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat()


Moment = Annotated[
    datetime, PlainSerializer(_in_local_time, return_type=str, when_used="json"),
    WithJsonSchema(_SHAPE, mode="serialization"),
]  # fmt: skip
"""A moment in an answer: always with +07:00."""
MomentIn = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""A moment that is sent to us: with its time zone."""
Day = Annotated[date, AfterValidator(_of_our_time)]
"""A local day."""
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
BigNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Given(BaseModel):
    """What is sent to us: nothing that we don't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What we answer with, read from the engine's own objects."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, thing: Any) -> Self:
        """From an object of the engine, or a row."""
        return cls.model_validate(thing)

    @classmethod
    def all(cls, things: Sequence[Any]) -> list[Self]:
        """From many."""
        return [cls.of(thing) for thing in things]


Item = TypeVar("Item")


class PageOf(Answer, Generic[Item]):
    """A page of a list. `next`: the cursor of the page after it, null at the end."""

    items: list[Item]
    next: int | None = None


def sliced(things: Sequence[Any], kind: type[Any], page: Paging) -> dict[str, Any]:
    """A page of a list that was read whole (boards): the cursor counts."""
    part = things[page.after : page.after + page.limit]
    more = page.after + page.limit < len(things)
    return {"items": [kind.of(one) for one in part], "next": page.after + page.limit if more else None}


class ReasonOut(Answer):
    """One reason of a refusal: the place it concerns, what is wrong there, and the remedy."""

    place: str
    message: str
    remedy: str = ""


class Problem(Answer):
    """A refusal or failure (RFC 9457); `present` is the state as it is now, where yours was old."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    reasons: list[ReasonOut] = []
    present: dict[str, Any] | None = None
