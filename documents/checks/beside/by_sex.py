"""Events and the people who came, by sex (số cuộc, số người nam, nữ): a sentence against the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from documents.checks.papers.paper import Grid
from documents.checks.said.phrases import Quantity, words
from documents.checks.tables.meaning import at_column
from documents.checks.tables.nesting import is_total, label_of
from documents.reading.folding import fold
from documents.reading.tables.into_form import number_in
from states.figures import Figure

_PEOPLE = re.compile(r"^(?:luot )?(?:nguoi|dai bieu|hoc sinh|hoi vien|can bo|chi em|phu nu|khach|thanh vien)\b")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says of it, and where."""

    figure: Figure
    place: str
    table: int


@lru_cache(maxsize=2048)
def row_words(row: tuple[str, ...]) -> tuple[str, ...]:
    """The words that name a row."""
    return words(re.sub(r"\([^()]*\)", " ", label_of(row, 200)))


def people_in_all(grid: Grid, found: tuple[Quantity, ...], at: int) -> Iterator[Cell]:
    """Events and people of the whole paper ("09 hoạt động với 780 người (nam 295, nữ 485)") against the sums of a table
    by sex: two of the sentence's other numbers are the table's."""
    sexes = {key: n for n, name in enumerate(grid.columns)
             if (key := fold(name.split("|")[-1]).strip()) in ("nam", "nu")}  # fmt: skip
    counts = [n for n, name in enumerate(grid.columns) if re.match(r"so (?:cuoc|luong|buoi|hoat dong)", fold(name))]
    if len(sexes) != 2 or len(counts) != 1:
        return
    made = {name: _sum(grid, n) for name, n in {**sexes, "": counts[0]}.items()}
    people = None if made["nam"] is None or made["nu"] is None else Figure.total([made["nam"], made["nu"]])
    roles = [_role(one) for one in found]
    right = {"nam": made["nam"], "nu": made["nu"], "events": made[""], "people": people}
    held = [n for n, role in enumerate(roles) if role and n != at and right[role] == found[n].figure]
    figure = right.get(roles[at])
    if figure is not None and len(held) > 1 and len(set(roles)) >= len([role for role in roles if role]):
        yield Cell(figure, grid.place, grid.number)


def _role(one: Quantity) -> str:
    """What a number of such a sentence tells: one sex, the people, or the events."""
    if re.search(r"\b(?:nam|nu)(?: co| la|:)?$", one.before):
        return "nam" if re.search(r"\bnam\b[^,]*$", one.before) else "nu"
    if _PEOPLE.match(one.after):
        return "people"
    return "events" if re.match(r"(?:hoat dong|cuoc|buoi|hoi nghi)\b", one.after) else ""


def _sum(grid: Grid, column: int) -> Figure | None:
    """What the rows make; a row «Tổng» is none of them, a dash is nothing."""
    cells = [row[column].strip() for row in grid.rows if not is_total(row)]
    figures = [number_in(cell) for cell in cells if cell not in ("-", "–", "", "Không")]
    return Figure.total(figures) if figures and None not in figures else None


def people_of_event(grid: Grid, folded: str, found: tuple[Quantity, ...], at: int) -> Iterator[Cell]:
    """The people of an event whose number stands before, in a row of that name and number."""
    if not at or not _PEOPLE.match(found[at].after):
        return
    events = found[at - 1]
    sexes = [n for n, name in enumerate(grid.columns) if fold(name.split("|")[-1]).strip() in ("nam", "nu")]
    for row, place in zip(grid.rows, grid.places, strict=True) if len(sexes) == 2 else ():
        name = row_words(row)
        behind = words(folded[events.end : found[at].start])
        same = any(number_in(cell) == events.figure for cell in row[1 : sexes[0]])
        if same and len(name) > 1 and behind[: len(name)] == name and len(behind) - len(name) < 2:
            people = [number_in(row[n]) for n in sexes]
            total = Figure.total(people)
            if None not in people and total is not None:
                yield Cell(total, at_column(place, sexes[0]), grid.number)
