"""Figures as the rules of arithmetic see them, wherever they stand: in a form's cells or in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from states.figures import Cell, Figure


@dataclass(frozen=True, slots=True)
class Where:
    """What a figure is called and where it stands."""

    place: str
    label: str
    label_en: str
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure alone; `missing` is a required one that is not there."""

    at: Where
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A count told in a text: what it is called and the word that is counted."""

    at: Where
    name: str
    unit: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole and the percentage stated for it."""

    at: Where
    """Where the percentage stands."""
    part: Figure | None
    whole: Figure | None
    stated: Figure | None
    at_part: Where | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Men and women (and unknown) beside their total; `unsplit`: the total's column takes only who is not split."""

    at: Where
    parts: tuple[Figure | None, ...]
    whole: Figure | None
    unsplit: bool = False
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Events and the people who came; `given` is what must not stand without a split by sex."""

    at: Where
    events: Figure | None = None
    people: Figure | None = None
    low: int = 0
    high: int = 0
    severity: str = "explain"
    given: Figure | None = None
    parts: tuple[Figure | None, ...] = ()
    unit: str = ""
    group: str = ""
    """The club or group whose event it is."""
    told_in_text: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change against the period before: percentages now and then, where both are known."""

    at: Where
    stated: Figure
    now: Decimal | None = None
    then: Decimal | None = None
