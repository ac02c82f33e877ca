"""Who may do what: one pure function over an office, a document and a moment.

Acting *for* a unit never comes from seeing a subtree: a seat is held in the very unit that the document names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from states.lifecycle import BY_ACTION, Action, Seat
from states.sentences import Sentence


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which of his offices: nobody acts without naming one."""

    person_id: int
    office_id: int


CLOCK = Actor(1, 1)
"""The program itself (tác vụ tự động). It can never sign."""


@dataclass(frozen=True)
class Holder:
    """A person in an office, as read for one act."""

    person_id: int
    office_id: int
    unit_id: int
    seat: str
    title: str = ""
    authority: str = ""
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    mandate: str | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    machine: bool = False
    name: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the office is held on that day (local date, both ends inclusive)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Parties:
    """The units that a document names for its seats, and those who may watch."""

    unit_id: int
    issuer_id: int
    drafter_id: int
    receiver_id: int | None = None
    followers: tuple[int, ...] = ()
    path: str = ""


def seats(holder: Holder, parties: Parties, day: date) -> frozenset[Seat]:
    """The seats that this office gives toward this document on that day (Asia/Ho_Chi_Minh)."""
    if not holder.holds_on(day):
        return frozenset()
    if holder.machine:
        return frozenset({Seat.CLOCK}) if holder.seat == "clock" else frozenset()
    return frozenset(seat for seat, holds in _RELATIONS.items() if holds(holder, parties))


def may(action: Action, holder: Holder, parties: Parties, day: date) -> bool:
    """Whether the table lets this office take `action` on this document; what the step needs comes after."""
    return bool(seats(holder, parties, day) & set(BY_ACTION[action].seats))


def may_see(holder: Holder, holder_path: str, parties: Parties, day: date) -> bool:
    """A document is seen by its parties and followers, from above in the tree, by auditors and admins."""
    if not holder.holds_on(day):
        return False
    named = {parties.unit_id, parties.issuer_id, parties.drafter_id, parties.receiver_id, *parties.followers}
    return holder.unit_id in named or parties.path.startswith(holder_path) or holder.seat == "auditor"


def signs(holder: Holder, kind: str, subject_field: str) -> str | None:
    """None where the holder's mandate covers this kind and field (lĩnh vực), else why not, in words."""
    if holder.kinds and kind not in holder.kinds:
        return Sentence("{title} không được giao ký loại văn bản này", title=holder.title)
    if holder.fields and subject_field not in holder.fields:
        return Sentence("{title} không phụ trách lĩnh vực «{field}»", title=holder.title, field=subject_field)
    return None


_RELATIONS: dict[Seat, Callable[[Holder, Parties], bool]] = {
    Seat.DRAFTER: lambda h, p: h.seat == "drafter" and h.unit_id == p.drafter_id,
    Seat.LEADER: lambda h, p: h.seat == "leader" and h.unit_id == p.issuer_id,
    Seat.CLERK: lambda h, p: h.seat == "clerk" and h.unit_id == p.issuer_id,
    Seat.RECEIVER: lambda h, p: h.seat in ("supervisor", "leader") and h.unit_id == p.receiver_id,
    Seat.RECEIVER_CLERK: lambda h, p: h.seat == "clerk" and h.unit_id == p.receiver_id,
}
