"""The lines of a total's table: who brought what, and who nothing and why; never a zero for what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from api.pages.totals.place import Total
from api.pages.totals.words import gap_of
from states.calendar import Calendar
from states.figures import Cell, Figure
from states.reading import board
from states.reading.by_unit import ByUnit, UnitPart
from states.reading.staleness import Cause
from states.reading.standings import Line


@dataclass(frozen=True)
class Row:
    """One line. `part`: whole, own, contribution, rest. `pick`: what names it within the total ("don-vi=811").

    `figures` is None where nothing of it stands there, and `gap` (a key of `totals_words.GAPS`) says why. `stale`: why
    its figures are not what it says any more. `total`: it is itself made from others. `links`: where its cells lead,
    before and behind the cell's number; without `link_cell` all lead to one place.
    """

    unit: str
    unit_id: int
    part: str
    document_id: int
    figures: Mapping[Cell, Figure] | None
    gap: str = ""
    let_off: bool = False
    line: Line | None = None
    stale: str = ""
    total: bool = False
    signed: bool = True
    links: tuple[str, str] = ("", "")
    link_cell: bool = True


@dataclass(frozen=True)
class Lines:
    """All lines of a total, and what it adds up to (empty where nothing was taken up yet)."""

    rows: tuple[Row, ...]
    total: Mapping[Cell, Figure] = field(default_factory=dict)
    links: tuple[str, str] | None = None

    @property
    def told(self) -> frozenset[Cell]:
        """The cells that hold a figure anywhere."""
        return frozenset(self.total) | {cell for row in self.rows for cell in row.figures or ()}

    @property
    def missing(self) -> int:
        """How many have brought nothing although it is expected."""
        return sum(row.figures is None and not row.let_off for row in self.rows)


def standings(session: Session, total: Total, now: datetime, calendar: Calendar) -> dict[int, Line]:
    """How each report just below stands, by document."""
    shown = board.board(session, total.plan_id, total.path, now, calendar, level=total.below,
                        requirement=total.requirement_id, compare=False)  # fmt: skip
    return {line.document_id: line for line in shown.lines}


def of_total(made: ByUnit, total: Total, lines: Mapping[int, Line], causes: Iterable[Cause], version: int | None,
             *, deeper: bool) -> Lines:  # fmt: skip
    """The lines of what stands in the total, now or in a chosen revision; `deeper`: those below are totals too."""
    why = {gap.document_id: gap.why for gap in (*made.coverage.gaps, *made.coverage.waived)}
    moved = {cause.document_id: cause.why for cause in causes}
    behind = f"&ban={version}" if version else ""
    rows = tuple(_part(part, total, lines, why, moved, behind, version is not None, deeper) for part in made.parts)
    return Lines(rows, made.total, (f"/van-ban/{total.id}/o/", f"?ban={version}" if version else ""))


def _part(part: UnitPart, total: Total, lines: Mapping[int, Line], why: Mapping[int, str], moved: Mapping[int, str],
          behind: str, frozen: bool, deeper: bool) -> Row:  # fmt: skip
    line = lines.get(part.document_id)
    main = part.part == "whole" and line is not None
    pick = f"?don-vi={part.unit_id}" if main else f"?phan={part.revision_id}"
    gap = "absent" if frozen else why.get(part.document_id, "not-sent")
    return Row(
        part.unit, part.unit_id, part.part, part.document_id, part.figures, gap if part.figures is None else "",
        part.let_off, line, "" if frozen else moved.get(part.document_id, ""), deeper and main,
        links=(f"/van-ban/{total.id}/o/", pick + behind),
    )  # fmt: skip


def without_total(lines: Mapping[int, Line], *, deeper: bool) -> Lines:
    """Nothing was taken up yet: every unit with where it stands."""
    rows = [
        Row(line.unit, line.unit_id, "whole", line.document_id, None, gap_of(line), not line.expected, line,
            total=deeper)
        for line in sorted(lines.values(), key=lambda line: [int(part) for part in line.path.strip("/").split("/")])
    ]  # fmt: skip
    return Lines(tuple(rows))
