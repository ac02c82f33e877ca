"""How far a ward has come by the moment, as data: named in data/midway.yaml, or drawn by chance."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from api.demo.scene import DATA
from states.reasons import ReturnReason


class Reach(StrEnum):
    """The last thing that has happened to a report."""

    UNOPENED = "unopened"  # nobody of the ward has looked at it
    OPENED = "opened"
    DRAFTING = "drafting"  # half filled
    SENT_BACK = "sent_back"  # presented with figures that ask for words, and sent back to the drafter
    PRESENTED = "presented"
    SIGNED = "signed"  # and not sent
    SENT = "sent"
    CORRECTED = "corrected"  # returned, and sent again
    PAPER = "paper"  # signed outside the system
    RETURNED = "returned"  # being corrected
    REOPENED = "reopened"  # after it was consolidated; being corrected
    REOPENED_SENT = "reopened_sent"  # and sent again: the total above is stale
    WAIVED = "waived"


@dataclass(frozen=True)
class Course:
    """`day` (of the last act), `until` (an extension), `answer` (to a return): working days after the deadline of all.

    `code`: the reason of a return.
    """

    reaches: Reach
    day: int = 0
    until: int = 0
    answer: int = 0
    code: str = ReturnReason.FIGURES_WRONG.value


def named() -> dict[tuple[str, str], Course]:
    """The wards that the data name, by province (code) and name."""
    told: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load((DATA / "midway.yaml").read_text(encoding="utf-8"))
    return {(province, ward): Course(**{**course, "reaches": Reach(course["reaches"])})
            for province, wards in told.items() for ward, course in wards.items()}  # fmt: skip


def by_chance(chance: random.Random, share: float, paper: float) -> Course:
    """A ward of a province of which this share has come, and of that so much on paper."""
    if chance.random() < share:
        return _received(chance, paper)
    reaches = chance.choices(list(_OPEN), list(_OPEN.values()))[0]
    until = chance.choices((0, 1, 2, 3, 4, 5, 8), (6, 1, 1, 1, 1, 1, 3))[0]
    on = chance.randint(0, 6)
    if reaches is Reach.RETURNED:
        return chance.choice((Course(reaches, 2, answer=4), Course(reaches, 6, answer=8), Course(reaches, 6, 8, 8)))
    return Course(reaches, day=on, until=until)


def _received(chance: random.Random, paper: float) -> Course:
    on = chance.choices((-2, -1, 0), (2, 3, 4))[0]
    if chance.random() < paper:
        return Course(Reach.PAPER, on)
    lot = chance.random()
    if lot < 0.84:
        return Course(Reach.SENT, on)
    if lot < 0.95:
        return Course(Reach.SENT, chance.choices((1, 2, 3, 4, 5, 6, 7), (6, 5, 4, 3, 2, 2, 1))[0])
    return Course(Reach.CORRECTED, on) if lot < 0.98 else Course(Reach.SENT, chance.randint(3, 6), until=8)


_OPEN = {
    Reach.UNOPENED: 3, Reach.OPENED: 2, Reach.DRAFTING: 4, Reach.SENT_BACK: 1, Reach.PRESENTED: 5, Reach.SIGNED: 4,
    Reach.RETURNED: 2,
}  # fmt: skip
