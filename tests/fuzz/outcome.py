"""What came of the cases of a fuzzer: how many, what they were answered, by whom asked, what must not be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What came of all cases."""

    answers: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    by_seat: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Answers by the seat of who asked, where that is known, and status."""
    let_go: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many were sent."""
        return sum(self.kinds.values())

    def shares(self) -> dict[str, dict[str, float]]:
        """By seat: what part of its answers was 2xx or 3xx, a refusal at the door (401, 403), any other refusal."""
        told: dict[str, dict[str, float]] = {}
        for seat in sorted({seat for seat, _ in self.by_seat}):
            mine = {status: count for (one, status), count in self.by_seat.items() if one == seat}
            asked = sum(mine.values())
            good, door = (sum(count for status, count in mine.items() if of(status))
                          for of in (lambda status: status < 400, lambda status: status in (401, 403)))  # fmt: skip
            other = asked - good - door
            told[seat] = {"asked": asked, "good": good / asked, "door": door / asked, "other": other / asked}
        return told
