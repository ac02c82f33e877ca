"""Percentages kept as their fractions (tỷ lệ)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from states.figures.bounds import Bound
from states.figures.figure import Figure
from states.figures.written import plain


class Match(StrEnum):
    """How a stated percentage (tỷ lệ) stands to its fraction."""

    EXACT = "exact"
    TRUNCATED = "truncated"  # cut instead of rounded: tolerated, but told
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage kept as numerator (tử số) and denominator (mẫu số): ratios add, percentages never do."""

    part: Figure
    whole: Figure

    def __add__(self, other: Ratio) -> Ratio:
        """Sum numerators and denominators."""
        return Ratio(self.part + other.part, self.whole + other.whole)

    def percent(self, digits: int = 2) -> Decimal | None:
        """Hundredths, rounded half-up; None where the denominator is 0."""
        return None if self._value is None else _cut(self._value, digits, ROUND_HALF_UP)

    def matches(self, stated: Figure) -> Match:
        """Compare at the digits that were stated; a stated bound ("trên 44%") must hold.

        "Khoảng", or a fraction that is itself bounded, is given one percentage point either way.
        """
        if self._value is None:
            return Match.WRONG
        if stated.bound is Bound.ABOUT or not (self.part.is_exact and self.whole.is_exact):
            return Match.EXACT if abs(self._value - stated.amount) <= 1 else Match.WRONG
        if not stated.is_exact:
            return Match.EXACT if Figure(self._value).can_equal(stated) else Match.WRONG
        digits = len(plain(stated.amount).partition(".")[2])
        if _cut(self._value, digits, ROUND_HALF_UP) == stated.amount:
            return Match.EXACT
        return Match.TRUNCATED if _cut(self._value, digits, ROUND_DOWN) == stated.amount else Match.WRONG

    @property
    def _value(self) -> Decimal | None:
        return None if self.whole.amount == 0 else 100 * self.part.amount / self.whole.amount


def _cut(value: Decimal, digits: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding)
