"""A figure (số liệu), exact or bounded, and its arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import NamedTuple

from states.figures import typed, written
from states.figures.bounds import BadFigure, Bound

# A sum that would lose a digit must fail, never round: 50 digits hold any sum of the amounts we accept.
_SUM = Context(prec=50, traps=[Inexact, InvalidOperation])


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported amount with its bound: "trên 540" is (540, MORE_THAN), and plus 25 is "trên 565"."""

    amount: Decimal
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        """Refuse NaN, infinity and floats; bring a raw bit mask to its normal form."""
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise BadFigure(text=repr(self.amount), why="số liệu phải là số thập phân hữu hạn")
        object.__setattr__(self, "bound", Bound.normal(self.bound))

    @classmethod
    def exact(cls, amount: int | Decimal) -> Figure:
        """An exact figure."""
        return cls(Decimal(amount))

    @classmethod
    def of(cls, amount: Decimal, bits: int) -> Figure:
        """What SQL's ``SUM(amount), BIT_OR(bound)`` says."""
        return cls(amount, Bound.normal(bits))

    @classmethod
    def from_canonical(cls, text: str) -> Figure:
        """Read the one form used in stored JSON ("565", ">565", "~12.5"); `BadFigure` for anything else."""
        return cls(*written.from_canonical(text))

    @classmethod
    def parse(cls, text: str) -> Reading:
        """Read a number as people type it in Vietnamese ("trên 540 lượt người", "25 ngàn", "Không").

        The reading carries the words to show back; `doubt` says that they may be wrong ("0.98", "1,118").
        Raises `BadFigure` naming the remedy; an empty text is refused, since missing is not zero.
        """
        found = typed.read(text)
        return Reading(cls(found.amount, found.bound), found.unit, found.echo, found.doubt)

    @staticmethod
    def total(figures: Iterable[Figure | None]) -> Figure | None:
        """Sum of the figures that are there; None when there is none."""
        result: Figure | None = None
        for figure in figures:
            if figure is not None:
                result = figure if result is None else result + figure
        return result

    def __add__(self, other: Figure) -> Figure:
        """Amounts add, bounds join."""
        return Figure(_SUM.add(self.amount, other.amount), Bound.normal(self.bound | other.bound))

    @property
    def is_exact(self) -> bool:
        """Whether the figure is a plain number."""
        return self.bound is Bound.EXACT

    @property
    def is_whole(self) -> bool:
        """Whether the amount can count people, events or đồng."""
        return self.amount == self.amount.to_integral_value()

    @property
    def canonical(self) -> str:
        """The form for canonical JSON: sign, digits, no grouping, a dot for decimals, no trailing zeros."""
        return written.canonical(self.amount, self.bound)

    @property
    def vi(self) -> str:
        """The words for people: "1.234,5", "trên 565", "từ 25 trở lên"."""
        return written.in_words(self.amount, self.bound)

    def __str__(self) -> str:
        """Shown to people."""
        return self.vi

    def can_be_at_most(self, other: Figure) -> bool:
        """Whether the true value may be ≤ the other's: trên 540 can't be at most 540."""
        if self.bound in _NO_FLOOR or other.bound in _NO_CEILING:
            return True
        if self.bound is Bound.MORE_THAN or other.bound is Bound.LESS_THAN:
            return self.amount < other.amount
        return self.amount <= other.amount

    def can_equal(self, other: Figure) -> bool:
        """Whether both may tell of the same quantity."""
        return self.can_be_at_most(other) and other.can_be_at_most(self)


_NO_FLOOR = {Bound.ABOUT, Bound.AT_MOST, Bound.LESS_THAN}
_NO_CEILING = {Bound.ABOUT, Bound.AT_LEAST, Bound.MORE_THAN}


class Reading(NamedTuple):
    """A typed number as it was understood."""

    figure: Figure
    unit: str
    """The unit word that stood behind it ("buổi", "đồng", "%"), or ""."""
    echo: str
    """What to show the person: "đọc «1.118» là 1118"."""
    doubt: bool
    """True where another reading is likely; ask before taking it."""
