"""The ladder of reminders (thang đôn đốc) as data: how many working days before or after, and who is told."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who is told of a rung; where a seat is empty, the next best of the same unit, and then its leaders."""

    DESK = "desk"  # the drafters, and whoever has the paper on the desk
    UNIT = "unit"  # these and the leaders of the issuing unit
    CHAIR = "chair"  # người đứng đầu: the leader who signs TM., else Q., else any
    ABOVE = "above"  # đơn vị theo dõi of the receiver, else its leaders


@dataclass(frozen=True)
class Rung:
    """One rung: due from `working_days` on (negative before the deadline's day, 0 on it, positive after).

    `name` stands in the database as a part of keys: never change it. `urgent` goes out at once by day.
    """

    name: str
    working_days: int
    to: Audience
    urgent: bool = False


LADDER: tuple[Rung, ...] = (
    Rung("before-5", -5, Audience.DESK),
    Rung("before-2", -2, Audience.DESK),
    Rung("before-1", -1, Audience.UNIT),
    Rung("on-the-day", 0, Audience.UNIT, urgent=True),
    Rung("after-1", 1, Audience.UNIT, urgent=True),
    Rung("after-3", 3, Audience.CHAIR),
    Rung("after-5", 5, Audience.ABOVE),
)
"""The default ladder: five working days before to five after the deadline in force."""

BY_HAND = Rung("by-hand", 0, Audience.UNIT, urgent=True)
"""A supervisor's own reminder; its name in the database goes on with the moment."""

# Units and seats to look for, by audience: the first rank that somebody holds is told, all of that rank.
# Columns: audience, unit of the document, seat («desk»: whose desk it is; «head»: leaders by authority), rank.
PLACES: tuple[tuple[Audience, str, str, int], ...] = (
    (Audience.DESK, "drafter", "drafter", 0),
    (Audience.DESK, "issuer", "desk", 0),
    (Audience.DESK, "issuer", "leader", 5),
    (Audience.DESK, "unit", "leader", 6),
    (Audience.UNIT, "drafter", "drafter", 0),
    (Audience.UNIT, "issuer", "desk", 0),
    (Audience.UNIT, "issuer", "leader", 0),
    (Audience.UNIT, "unit", "leader", 6),
    (Audience.CHAIR, "issuer", "head", 0),
    (Audience.CHAIR, "unit", "head", 6),
    (Audience.ABOVE, "receiver", "supervisor", 0),
    (Audience.ABOVE, "receiver", "leader", 5),
    (Audience.ABOVE, "issuer", "head", 6),
)
