"""How complete a total is (độ phủ): who owes, who has sent, who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from states.figures.bounds import BadFigure


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a total is (độ phủ). Units waived before their deadline stand apart from `expected`."""

    expected: int
    received: int
    waived: int = 0
    missing: tuple[str, ...] = ()
    """Names of units that owe and have not sent, sorted; their number never exceeds the gap."""

    def __post_init__(self) -> None:
        """Refuse more received than expected, or more missing names than the gap."""
        gap = self.expected - self.received
        if min(self.expected, self.received, self.waived, gap) < 0 or len(self.missing) > gap:
            raise BadFigure(text=str(self), why="số đã nhận và số còn thiếu vượt quá số phải gửi")
        object.__setattr__(self, "missing", tuple(sorted(self.missing)))

    def __add__(self, other: Coverage) -> Coverage:
        """Coverage of both parts together."""
        return Coverage(
            self.expected + other.expected,
            self.received + other.received,
            self.waived + other.waived,
            self.missing + other.missing,
        )

    def __str__(self) -> str:
        """Received over expected: 92/96."""
        return f"{self.received}/{self.expected}"

    def vi(self, most: int = 10) -> str:
        """The sentence on a total's face: "92/96, còn thiếu: …; miễn báo cáo: 2"."""
        more = len(self.missing) - most
        names = ", ".join(self.missing[:most]) + (f" và {more} đơn vị khác" if more > 0 else "")
        waived = f"; miễn báo cáo: {self.waived}" if self.waived else ""
        return str(self) + (f", còn thiếu: {names}" if names else "") + waived
