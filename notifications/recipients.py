"""Who is told of which step (ai được báo tin): one table, read by the one statement that addresses the outbox.

A seat is held in the very unit that the document names. Whoever took the step is not told of it, and a person in
two seats is told once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from states.lifecycle import Action, Kind


class Party(StrEnum):
    """The units, as the document names them, where the people sit who are told."""

    DRAFTER = "drafter"  # đơn vị soạn thảo
    ISSUER = "issuer"  # đơn vị ban hành
    RECEIVER = "receiver"  # đơn vị nhận
    DUTIES = "duties"  # drafting units of the open duties under a plan: the only wide one


@dataclass(frozen=True)
class Told:
    """One row: of this action, the holders of these seats in that party.

    `named_first`: where the step names an office (giao cho, trình ai), its holder alone. `urgent` goes out at once
    within office hours; the rest waits for the next slot and may become part of a digest.
    """

    action: Action
    party: Party
    seats: tuple[str, ...]
    kinds: tuple[Kind, ...] = (Kind.PLAN, Kind.REPORT)
    urgent: bool = False
    named_first: bool = False


_REPORT, _PLAN = (Kind.REPORT,), (Kind.PLAN,)
_RECEIVING = ("clerk", "supervisor")

# A plan that is sent tells nobody: the reports and plans that its fan-out opens do. A consolidation tells nobody.
# fmt: off
WHO: tuple[Told, ...] = (
    Told(Action.OPEN,      Party.DRAFTER,  ("drafter",)),
    Told(Action.ASSIGN,    Party.DRAFTER,  ("drafter",), named_first=True),
    Told(Action.PRESENT,   Party.ISSUER,   ("leader",), named_first=True),
    Told(Action.SEND_BACK, Party.DRAFTER,  ("drafter",), named_first=True),
    Told(Action.SIGN,      Party.ISSUER,   ("clerk",)),
    Told(Action.SUBMIT,    Party.RECEIVER, _RECEIVING, _REPORT),
    Told(Action.RECALL,    Party.RECEIVER, _RECEIVING, _REPORT),
    Told(Action.REGISTER,  Party.DRAFTER,  ("drafter",)),
    Told(Action.RETURN,    Party.DRAFTER,  ("drafter",), _REPORT, urgent=True),
    Told(Action.RETURN,    Party.ISSUER,   ("leader",), _REPORT, urgent=True),
    Told(Action.REOPEN,    Party.DRAFTER,  ("drafter",), _REPORT, urgent=True),
    Told(Action.REOPEN,    Party.ISSUER,   ("leader",), _REPORT, urgent=True),
    Told(Action.WITHDRAW,  Party.DUTIES,   ("drafter", "leader"), _PLAN),
)
# fmt: on


def columns() -> dict[str, list[object]]:
    """The table as arrays of one length for SQL's unnest: kind, action, party, seat, named, urgent."""
    names = ("kind", "action", "party", "seat", "named", "urgent")
    return {name: list(column) for name, column in zip(names, zip(*_flat(), strict=True), strict=True)}


def _flat() -> Iterator[tuple[object, ...]]:
    for row in WHO:
        for kind in row.kinds:
            for seat in row.seats:
                yield kind.value, row.action.value, row.party.value, seat, row.named_first, row.urgent
