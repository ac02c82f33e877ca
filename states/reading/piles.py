"""A board of many lines, counted where they lie: how many stand alike in each part, none read one by one."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from states import driver
from states.calendar import Calendar
from states.reading.owed import CHILD, HELD, OWED, UNOPENED, scope, standing_of
from states.reading.standings import Standing


@dataclass(frozen=True)
class Pile:
    """So many owed documents that stand alike, in the part of a unit just below; they tell what a `Line` tells.

    `path`: that unit's, or the one's that was asked about; `near`: owed by that very unit, not beneath it.
    `days_late`: working days of the one that is overdue longest; 0 where none is.
    """

    path: str
    near: bool
    level: str
    state: str
    standing: Standing
    stage: Standing
    expected: bool
    received: bool
    on_time: bool
    unopened: bool
    size: int
    days_late: int


def piles(session: Session, keys: dict[str, Any], calendar: Calendar) -> list[Pile]:
    """All that is owed, in piles; `keys` as `states.reading.owed.keys_of` gives them."""
    rows = driver.rows(session, _PILES.format(scope(keys)), keys)
    return [_pile(row, keys, calendar) for row in rows]


def more_than(session: Session, keys: dict[str, Any], most: int) -> bool:
    """Whether more is owed beneath the unit itself; looks no further than it must."""
    row = driver.one_or_none(session, _MORE.format(scope(keys)), {**keys, "most": most + 1})
    return row is not None and int(row[0]) > most


def _pile(row: tuple[Any, ...], keys: dict[str, Any], calendar: Calendar) -> Pile:
    part, near, level, state, said, stage, *rest, size, must_by = row
    standing, path = standing_of(said), keys["path"]
    late = calendar.days_late(must_by, keys["now"]) if standing is Standing.OVERDUE else 0
    place = path if part == keys["here"] else f"{path}{part}/"
    return Pile(*[place, near, level, state, standing, standing_of(stage), *rest, size, late])


_PILES = f"""
SELECT {CHILD}, split_part(substr(o.path, %(rest)s), '/', 2) = '', o.level, o.state, o.standing, o.stage, o.expected,
       o.received, o.on_time, {UNOPENED}, count(*), min(coalesce(o.correction_due, o.deadline))
  FROM ({OWED}) o GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""
_MORE = f"SELECT count(*) FROM (SELECT FROM document d WHERE {HELD} {{0}} AND d.path <> %(path)s LIMIT %(most)s) few"
