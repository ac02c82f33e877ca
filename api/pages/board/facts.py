"""A board put together: read once, the same for the page, for what is sent while it is open, and for the files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from sqlmodel import Session

from api.auth import Caller
from api.pages.board import rows as board_rows
from api.pages.board.asked import LEVELS, PAGE, Asked, missing
from api.pages.board.rows import Due, Plan, Spot, Wish
from api.pages.board.tally import Clock, Part, Tally, child, clocks_of, how_many, parts_of
from api.scope import path_of
from api.seeing import Sight
from states.calendar import Calendar
from states.days import calendar
from states.periods import local_day
from states.reading import board, piles
from states.reading.owed import keys_of
from states.reading.piles import Pile
from states.reading.standings import Board, Line, Standing
from workflows.deadlines import REMIND_AGAIN
from workflows.ladder import BY_HAND

MANY = 400
"""So many lines are shown unit by unit just below; fewer are shown themselves."""

One = TypeVar("One", bound=Line | Pile)
Owed = Sequence[Line | Pile]


@dataclass(frozen=True)
class Facts:
    """All that a board shows. `way`: the units down to this one; `mine`: what I may remind of, True where I receive.

    `owed`: all of it, line by line, or in piles where there is very much; the board's lines are then only the unit's
    own and the overdue ones.
    """

    asked: Asked
    plan: Plan
    dues: list[Due]
    way: list[Spot]
    board: Board
    owed: Owed
    tally: Tally
    lines: list[Line]
    mine: dict[int, bool]
    wishes: list[Wish]
    spots: dict[int, Spot] = field(repr=False)
    parts: list[Part] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)

    @property
    def place(self) -> Spot:
        """The part of the tree that is shown."""
        return self.way[-1]

    @cached_property
    def below(self) -> list[Line]:
        """The lines beneath the unit itself."""
        return beneath(self.board.lines, self.board.path)

    @cached_property
    def own(self) -> list[Line]:
        """What the unit owes itself, where others stand below it."""
        return [line for line in self.board.lines if line.path == self.board.path] if self.below else []

    @cached_property
    def count(self) -> int:
        """How much is owed in this part of the tree."""
        return how_many(self.owed)

    @property
    def single(self) -> bool:
        """One unit alone: no map, no list."""
        return bool(self.owed) and not beneath(self.owed, self.board.path)

    @cached_property
    def view(self) -> str:
        """The view asked for, else the map where there is something to lay out."""
        return self.asked.view or ("o" if self.parts or len({line.unit_id for line in self.below}) > 1 else "bang")

    @cached_property
    def late(self) -> list[Line]:
        """Overdue, the worst first."""
        return self.board.late

    @property
    def listed(self) -> list[Line]:
        """The lines beside the map: those asked for, else the overdue ones."""
        return self.lines if self.asked.filtered else self.late

    @property
    def page(self) -> list[Line]:
        """One page of the table."""
        return self.lines[(self.asked.page - 1) * PAGE : self.asked.page * PAGE]

    @property
    def pages(self) -> int:
        """How many pages the table has."""
        return max(1, -(-len(self.lines) // PAGE))

    @property
    def levels(self) -> list[str]:
        """The levels that owe something, where there are several."""
        there = {due.level for due in self.dues if due.kind == self.asked.owed.value}
        found = [level for level in LEVELS if level in there]
        if self.place.level in found:
            found = found[found.index(self.place.level) :]
        return found if len(found) > 1 else []

    @property
    def requirements(self) -> list[tuple[int, str]]:
        """What the plan asks for, where it asks for several things."""
        found = {due.requirement: due.title for due in self.dues if due.kind == self.asked.owed.value}
        return list(found.items()) if len(found) > 1 else []

    @cached_property
    def late_mine(self) -> list[Line]:
        """The overdue ones that I may remind of."""
        return [line for line in self.listed if line.document_id in self.mine and line.standing is Standing.OVERDUE]

    @cached_property
    def to_remind(self) -> list[Line]:
        """Those of them that a reminder would be sent about now."""
        return [line for line in self.late_mine if not self.just_reminded(line)]

    def above(self, line: Line) -> str:
        """The part of a whole nation that a line stands in; "" where all stand in one."""
        return self.spots[child(self.board.path, line)].name if self.parts and line.path != self.board.path else ""

    @cached_property
    def waiting(self) -> int:
        """Reports just below that were sent and stand in no total yet."""
        below, depth = beneath(self.owed, self.board.path), self.board.path.count("/") + 1
        return how_many(
            it for it in below if it.state == "submitted"
            and (it.near if isinstance(it, Pile) else it.path.count("/") == depth)
        )  # fmt: skip

    def just_reminded(self, line: Line) -> bool:
        """Reminded of by hand so lately that another reminder would not be sent."""
        return just_reminded(line, self.board)


def path_shown(session: Session, seen: Sight, asked: Asked, by: Caller) -> str:
    """The part of the tree that the address asks for. Raises `NotBelowYou`."""
    return path_of(session, asked.unit, by, seen) if asked.unit else _widest(by, seen, session)


def read(session: Session, seen: Sight, asked: Asked, by: Caller, path: str = "", *, each: bool = False) -> Facts:
    """The board as the address asks for it. `path`: that part where it is known already; `each`: every line is read,
    however many. Raises `NotBelowYou` for a part that is not the visitor's to look at.
    """
    path, widest = path or path_shown(session, seen, asked, by), _widest(by, seen, session)
    known, dues = calendar(session), board_rows.dues(session, seen.id)
    found, owed = _owed(session, seen, asked, path, by, known, each or asked.filtered)
    wishes = board_rows.wishes(session, seen.id, path)
    below = beneath(owed, path)
    many = how_many(below) > MANY
    above = board_rows.way_ids(path, widest if path.startswith(widest) else path)
    here = {child(path, it) for it in below} if many else {line.unit_id for line in found.lines if line.path != path}
    known_spots = board_rows.spots(session, {*above, *here})
    spots = {one: known_spots[one] for one in here}
    return Facts(
        asked, board_rows.plan(session, seen.id), dues, [known_spots[one] for one in above if one in known_spots],
        found, owed, Tally.of(owed), asked.chosen(found.lines, _beside(found, wishes)),
        board_rows.to_remind(session, seen.id, path, by.held.unit_id, by.held.seat), wishes, spots,
        parts_of(path, below, spots) if many else [], clocks_of(dues, asked, {it.level for it in owed}, found, known),
    )  # fmt: skip


def _owed(
    session: Session, seen: Sight, asked: Asked, path: str, by: Caller, known: Calendar, each: bool
) -> tuple[Board, Owed]:
    """The board, and all that is owed there: in piles where nobody looks at each line."""
    wanted: dict[str, Any] = {"level": asked.level or None, "requirement": asked.requirement, "kind": asked.owed}
    keys = keys_of(session, path, by.at, plan=seen.id, **wanted)
    if not each and piles.more_than(session, keys, MANY):
        return board.counted(session, keys, known)
    found = board.board(session, seen.id, path, by.at, known, **wanted)
    return found, found.lines


def beneath(owed: Sequence[One], path: str) -> list[One]:
    """What is owed beneath the unit itself."""
    return [it for it in owed if it.path != path]


def just_reminded(line: Line, found: Board) -> bool:
    """Reminded of by hand less than `REMIND_AGAIN` ago."""
    by_hand = (line.reminded_rung or "").startswith(f"{BY_HAND.name}/")
    return by_hand and line.reminded_at is not None and found.at - line.reminded_at < REMIND_AGAIN


def _widest(by: Caller, seen: Sight, session: Session) -> str:
    """No wider than the plan itself reaches."""
    path, whole = path_of(session, None, by, seen), seen.parties.path
    return whole if whole.startswith(path) else path


def _beside(found: Board, wishes: Iterable[Wish]) -> dict[str, frozenset[int]]:
    day = local_day(found.at)
    broken = (line.document_id for line in found.lines if missing(line) and line.call and line.call.broken(day))
    return {"xin-gia-han": frozenset(wish.document_id for wish in wishes), "that-hen": frozenset(broken)}
