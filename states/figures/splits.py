"""Totals split by sex (tách nam, nữ)."""

from __future__ import annotations

from dataclasses import dataclass

from states.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class Split:
    """A total split by sex (tách nam, nữ); any part may be missing."""

    male: Figure | None = None
    female: Figure | None = None
    unknown: Figure | None = None
    total: Figure | None = None

    @property
    def sum(self) -> Figure | None:
        """male + female + unknown, or None until both sexes are told."""
        if self.male is None or self.female is None:
            return None
        return Figure.total([self.male, self.female, self.unknown])

    @property
    def agrees(self) -> bool | None:
        """Whether the parts can make the total; None where something is missing."""
        return None if self.sum is None or self.total is None else self.sum.can_equal(self.total)

    @property
    def exceeds(self) -> bool:
        """Whether the parts that are told are surely more than the total, which no missing part can mend."""
        told = Figure.total([self.male, self.female, self.unknown])
        return told is not None and self.total is not None and not told.can_be_at_most(self.total)
