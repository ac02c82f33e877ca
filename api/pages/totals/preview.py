"""Xem trước: what a total would hold at this moment, through all levels below; it marks what is unsigned and changes
nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api.pages.totals.place import Total
from api.pages.totals.rows import Lines, Row
from api.pages.totals.words import gap_of
from states.figures import Cell, Figure
from states.reading import coverage
from states.reading.by_unit import ByUnit, UnitPart
from states.reading.standings import Line
from workflows.preview import Preview, preview


@dataclass(frozen=True)
class Foreseen:
    """The lines as they would be now; of the leaf units below: expected, signed and sent, put up but unsigned."""

    lines: Lines
    expected: int
    sent: int
    unsigned: int

    @property
    def missing(self) -> int:
        """Leaf units that have said nothing that could be counted."""
        return self.expected - self.sent - self.unsigned


def foresee(session: Session, total: Total, lines: Mapping[int, Line], now: datetime, drafts: bool, *,
            deeper: bool, here: str) -> Foreseen:  # fmt: skip
    """Put together from two readings: the units just below, and the unit itself. `here`: this page without a unit."""
    below = preview(session, total.plan_id, now, level=total.below, unit_path=total.path, drafts=drafts)
    rows = [_row(one, lines[one.document_id], deeper, here) for one in below if one.document_id in lines]
    summed = _sum(row.figures for row in rows)
    above = preview(session, total.plan_id, now, level=total.level, unit_path=total.path, drafts=drafts)
    own = next((one for one in above if one.document_id == total.id), None)
    # What is sent speaks for itself and holds what stood below it then: a preview of it is what stands below now.
    figures = summed if own is None or own.signed else own.figures
    rest = _rest(figures, summed)
    if rest:
        rows.append(Row(total.unit, total.unit_id, "rest", total.id, rest, signed=False))
    told = own or Preview(total.id, total.unit, total.level, False)
    return Foreseen(Lines(tuple(rows), figures), told.expected, told.sent, told.unsigned)


def _row(one: Preview, line: Line, deeper: bool, here: str) -> Row:
    leads = (f"/van-ban/{one.document_id}/o/", "")
    if not one.signed:
        leads = (f"{here}&don-vi={line.unit_id}" if deeper else f"/van-ban/{one.document_id}", "")
    figures = one.figures if one.figures or one.signed else None
    return Row(
        line.unit, line.unit_id, "whole", one.document_id, figures, "" if figures is not None else _gap(line, deeper),
        not line.expected, line, total=deeper, signed=one.signed, links=leads, link_cell=one.signed,
    )  # fmt: skip


def _gap(line: Line, deeper: bool) -> str:
    found = gap_of(line)
    return "silent" if deeper and found == "not-sent" else found


def _sum(parts: Iterable[Mapping[Cell, Figure] | None]) -> dict[Cell, Figure]:
    found: dict[Cell, Figure] = {}
    for figures in parts:
        for cell, figure in (figures or {}).items():
            found[cell] = found[cell] + figure if cell in found else figure
    return found


def _rest(total: Mapping[Cell, Figure], below: Mapping[Cell, Figure]) -> dict[Cell, Figure]:
    """What the unit's own part, its contributions and rows that found a category add beside those below."""
    found = {}
    for cell, figure in total.items():
        amount = figure.amount - (below[cell].amount if cell in below else 0)
        if cell.row and amount > 0:
            found[cell] = Figure(amount)
    return found


def as_total(seen: Foreseen, total: Total, covered: coverage.TotalCoverage, say_gap: Mapping[str, str]) -> ByUnit:
    """The same as the files want it: unsigned, with no digest, for there is no such revision."""
    parts = tuple(
        UnitPart(row.unit_id, row.unit, "own" if row.part == "rest" else row.part, row.document_id,
                 row.line.number if row.line else None, row.figures,
                 say_gap.get(row.gap) if row.figures is None else None, row.let_off)
        for row in seen.lines.rows
    )  # fmt: skip
    digest = "không có (bản xem trước, chưa ai ký)"
    return ByUnit(total.id, 0, digest, False, total.form_code, total.form_version, parts, seen.lines.total, covered)
