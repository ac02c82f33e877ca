"""The engine against hand-written SQL: the same work on the same tables, keys and digests, in the same run.

Only ratios are worth keeping: both ways take turns on the same machine, so that its speed cancels out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Timed = Callable[[], float]
"""Does the work once and returns the seconds that it took; what it prepares or cleans up is not counted."""


@dataclass(frozen=True)
class Measured:
    """One comparison: seconds of each round, engine and hand-written side by side.

    `aim`: the highest ratio that is hoped for; None where the figure is told for information only.
    """

    name: str
    aim: float | None
    engine: tuple[float, ...]
    floor: tuple[float, ...]
    note: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        """Engine over hand-written, round by round: below 1 the engine is faster."""
        return tuple(ours / theirs for ours, theirs in zip(self.engine, self.floor, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return None if self.aim is None else self.ratio <= self.aim


def compare(name: str, aim: float | None, rounds: int, engine: Timed, floor: Timed, note: str = "") -> Measured:
    """Let both take turns, the one that begins changing from round to round; the first turn of each is not counted."""
    engine()
    floor()
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        turns = [(engine, ours), (floor, theirs)]
        for work, seconds in turns if number % 2 == 0 else reversed(turns):
            seconds.append(work())
    return Measured(name, aim, tuple(ours), tuple(theirs), note)
