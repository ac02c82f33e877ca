"""People, their offices and tokens; units; the working calendar."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.base import Answer, Day, Given, Moment, MomentIn, Number, Short, Word

Seat = Literal["drafter", "leader", "clerk", "supervisor", "auditor", "admin"]
Authority = Literal["", "TM.", "KT.", "TL.", "TUQ.", "Q."]


class UnitOut(Answer):
    """A unit (đơn vị), valid from one day to another; known by (registry, code), for codes are used again."""

    id: int
    registry: str
    code: str
    name: str
    level: str
    path: str
    parent_id: int | None
    parent_name: str | None
    valid_from: date
    valid_to: date | None


class SuccessionOut(Answer):
    """A unit that has land of another one, after or before a reform; `kind`: same, merged, divided."""

    unit: UnitOut
    kind: str
    doubt: str | None


class SuccessionsOut(Answer):
    """What became of a unit, and what it came from."""

    successors: list[SuccessionOut]
    predecessors: list[SuccessionOut]


class Imported(Answer):
    """How many units were new."""

    units: int


class PersonIn(Given):
    """A person to be added; he can do nothing until he holds an office."""

    full_name: Short
    email: str | None = Field(default=None, max_length=200, pattern=r"^[^@\s]+@[^@\s]+$")
    phone: Word | None = None


class PersonOut(Answer):
    """A person."""

    id: int
    full_name: str
    email: str | None = None
    phone: str | None = None


class HeldOut(Answer):
    """An office (chức vụ, vị trí): person, unit, seat, title and how its holder signs, between two days."""

    office_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    seat: str
    title: str
    authority: str
    fields: list[str]
    kinds: list[str]
    mandate: str | None
    valid_from: date
    valid_to: date | None


class MeOut(Answer):
    """Who is signed in, and the offices that he may name in `Dondoc-Office`."""

    person: PersonOut
    offices: list[HeldOut]


class OfficeIn(Given):
    """An office to be given. Empty `fields` and `kinds`: all. TUQ. needs its written mandate."""

    person_id: Number
    unit_id: Number
    seat: Seat
    title: Short
    valid_from: Day
    valid_to: Day | None = None
    authority: Authority = ""
    fields: list[Word] = Field(default=[], max_length=50)
    kinds: list[Literal["plan", "report"]] = Field(default=[], max_length=2)
    mandate: Short | None = None
    stands_for: Number | None = None


class OfficeEnd(Given):
    """The last day on which an office is held, inclusive."""

    last_day: Day


class TokenIn(Given):
    """A token to be issued: for oneself, or by an administrator for somebody else. It signs nothing."""

    name: Short
    expires_at: MomentIn | None = None
    person_id: Number | None = None


class TokenOut(Answer):
    """A token as lists show it."""

    id: int
    person_id: int
    name: str
    created_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None
    may_sign: bool


class TokenIssued(TokenOut):
    """A token just issued; the secret is shown this once, and not again for the same Idempotency-Key."""

    secret: str | None


class CalendarDayIn(Given):
    """A day decided otherwise than by rule, with the document that says so."""

    off: bool
    source: Short
    announced: bool = True


class CalendarDayOut(Answer):
    """A day of the working calendar; `rest`: why nobody works, empty on a working day."""

    day: date
    working: bool
    rest: str
    status: str
