"""How careful the officer is: findings against what a careful reader wrote down (precision, recall)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.checks.finding import Finding

Gold = Sequence[tuple[str, str]]
"""Code and place of each defect that a careful reader sees; a place "" stands for anywhere."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One paper or all of them: what was found rightly, what was missed, what was accused wrongly."""

    right: int
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]

    @property
    def recall(self) -> float:
        """Found of what is there, 0..1."""
        every = self.right + len(self.missed)
        return self.right / every if every else 1.0

    @property
    def precision(self) -> float:
        """Right of what was found, 0..1."""
        every = self.right + len(self.wrong)
        return self.right / every if every else 1.0

    def __add__(self, other: Measured) -> Measured:
        """Both together."""
        return Measured(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)


def measure(found: Iterable[Finding], gold: Gold) -> Measured:
    """Each defect is found once: a second finding of one place needs a second entry."""
    left = Counter((one.code, one.place) for one in found)
    right, missed = 0, []
    for code, place in sorted(gold, key=lambda one: not one[1]):
        hit = next((key for key in left if left[key] and key[0] == code and place in ("", key[1])), None)
        if hit is None:
            missed.append((code, place))
        else:
            left[hit] -= 1
            right += 1
    wrong = [key for key, many in left.items() for _ in range(many)]
    return Measured(right, tuple(missed), tuple(wrong))
