"""What a board counts: the cards on top, the parts of the tree just below, the deadlines of each level."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from api.pages.board.asked import Asked, by_name, missing
from api.pages.board.rows import Due, Spot
from states.calendar import Calendar
from states.periods import local_day
from states.reading.owed import count
from states.reading.piles import Pile
from states.reading.standings import Board, Counts, Line, Standing


@dataclass(frozen=True)
class Tally:
    """What the cards on top count; `longest`: working days of the latest one."""

    counts: Counts
    missing: int
    late: int
    longest: int
    signed: int
    returned: int
    unopened: int

    @classmethod
    def of(cls, owed: Sequence[Line | Pile]) -> "Tally":
        """Counted from lines, or from piles of them."""
        away = [it for it in owed if missing(it)]
        late = [it for it in away if it.standing is Standing.OVERDUE]
        return cls(
            count((it.standing, it.expected, it.received, it.on_time, size(it)) for it in owed),
            how_many(away), how_many(late), max((it.days_late for it in late), default=0),
            how_many(it for it in away if it.stage is Standing.SIGNED_NOT_SENT),
            how_many(it for it in away if it.stage in (Standing.RETURNED, Standing.REOPENED)),
            how_many(it for it in away if it.unopened),
        )  # fmt: skip

    @property
    def sent_late(self) -> int:
        """Sent, but not on time (gửi chậm)."""
        return self.counts.received - self.counts.on_time

    @property
    def late_share(self) -> float:
        """Overdue of expected, 0 to 1."""
        return self.late / self.counts.expected if self.counts.expected else 0.0


@dataclass(frozen=True)
class Part:
    """A unit just below with everything in its part of the tree."""

    spot: Spot
    tally: Tally


@dataclass(frozen=True)
class Clock:
    """A deadline of a level with the working days since it passed, or until it does."""

    due: Due
    late: int
    left: int


def size(it: Line | Pile) -> int:
    """How many it stands for."""
    return it.size if isinstance(it, Pile) else 1


def how_many(owed: Iterable[Line | Pile]) -> int:
    """How many there are, each pile with all that lie in it."""
    return sum(map(size, owed))


def clocks_of(dues: Iterable[Due], asked: Asked, there: Collection[str], found: Board, known: Calendar) -> list[Clock]:
    """The deadlines of what is shown, of the levels that stand in this part of the tree, the first one first."""
    today = local_day(found.at)
    named = {(due.level, due.at): due for due in dues if due.kind == asked.owed.value and due.level in there
             and asked.requirement in (None, due.requirement)}  # fmt: skip
    clocks = [Clock(due, known.days_late(due.at, found.at) if due.at <= found.at else 0,
                    known.working_days_between(today, known.due_day(due.at))) for due in named.values()]  # fmt: skip
    return sorted(clocks, key=lambda clock: clock.due.at)


def child(path: str, line: Line | Pile) -> int:
    """The unit just below a path in whose part of the tree a line stands."""
    return int(line.path[len(path) :].split("/", 1)[0])


def parts_of(path: str, owed: Sequence[Line | Pile], spots: dict[int, Spot]) -> list[Part]:
    """By the unit just below, where most is overdue first."""
    grouped: dict[int, list[Line | Pile]] = {}
    for it in owed:
        grouped.setdefault(child(path, it), []).append(it)
    parts = [Part(spots[one], Tally.of(its)) for one, its in grouped.items()]
    return sorted(parts, key=lambda it: (-it.tally.late, -it.tally.missing, by_name(it.spot.name)))
