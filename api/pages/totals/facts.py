"""A total's page put together: read once, the same for the page and for its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from api.auth import Caller
from api.lists import NoSuchRevision
from api.pages.totals import place as totals_place
from api.pages.totals import preview as totals_preview
from api.pages.totals import rows as totals_rows
from api.pages.totals.asked import WAITING, WORDS, Asked
from api.pages.totals.heads import Layout, layout
from api.pages.totals.place import Total, Version
from api.pages.totals.preview import Foreseen
from api.pages.totals.rows import Lines, Row
from documents import gathering, mapping
from documents.filled import ratios_of
from documents.forms import Form, Table
from documents.gathering import Gathered
from documents.mapping import FreeRow
from documents.writing.grids import percent_words
from states.days import calendar
from states.figures import Cell, Figure
from states.reading import coverage, staleness
from states.reading.by_unit import ByUnit, by_unit
from states.reading.coverage import TotalCoverage
from states.reading.staleness import Cause, NoTotalYet


@dataclass(frozen=True)
class Facts:
    """All that the page shows. `made` is None where nothing was taken up yet; `version` only where one was chosen."""

    asked: Asked
    total: Total
    totals: tuple[Total, ...]
    lines: Lines
    covered: TotalCoverage
    made: ByUnit | None
    foreseen: Foreseen | None
    version: Version | None
    versions: tuple[Version, ...]
    causes: tuple[Cause, ...]
    waiting: tuple[FreeRow, ...]
    last_run: datetime | None

    @property
    def form(self) -> Form:
        """The total's form."""
        return self.total.form

    @cached_property
    def table(self) -> Table | None:
        """The table shown; None for the other tabs."""
        return _table(self.form, self.asked)

    @property
    def rows(self) -> list[Row]:
        """The lines that were asked for."""
        wanted = {"thieu": True, "co": False}.get(self.asked.only)
        return [row for row in self.lines.rows if wanted in (None, row.figures is None)]

    @property
    def way(self) -> list[Total]:
        """The totals above this one that one may see, the highest first."""
        here = self.total
        same = [one for one in self.totals if one.requirement_id == here.requirement_id and one.id != here.id]
        return [one for one in same if here.path.startswith(one.path)]

    @property
    def shown(self) -> Version | None:
        """The content on the page; None for a preview."""
        if self.made is None or self.foreseen is not None:
            return None
        return next((one for one in self.versions if one.id == self.made.revision_id), None)

    def layout(self, free: str) -> Layout | None:
        """The head of the table that is shown."""
        known = {one.number for one in self.table.categories} if self.table else set()
        category = self.asked.category if self.asked.category in known else None
        return layout(self.form, self.table, self.lines.told, category, free) if self.table else None

    def percents(self, figures: Mapping[Cell, Figure]) -> dict[Cell, str]:
        """Percentages made again from numerators and denominators."""
        return {cell: percent_words(ratio) for cell, ratio in ratios_of(figures, self.form).items()}


def read(session: Session, asked: Asked, by: Caller, totals: Sequence[Total], *, whole: bool = False) -> Facts:
    """Everything, in some ten statements; figures of the table shown, or (`whole`) of all. Raises `NoTotalThere`,
    `NoSuchRevision`.
    """
    total = totals_place.choose(list(totals), by, asked.unit, asked.requirement)
    found = totals_place.versions(session, total.id)
    version = _version(found, asked.version) if not asked.preview else None
    made, covered = _made(session, total, version, None if whole else _number(_table(total.form, asked)))
    lines = totals_rows.standings(session, total, by.at, calendar(session))
    stale = [] if version else staleness.stale_totals(session, document_id=total.id)
    causes = tuple(cause for one in stale for cause in one.causes)
    deeper = any(one.path.startswith(total.path) and one.id != total.id for one in totals)
    foreseen = None
    if asked.preview:
        here = asked.href(unit=None, tab=asked.tab or "1")
        foreseen = totals_preview.foresee(session, total, lines, by.at, asked.drafts, deeper=deeper, here=here)
        shown = foreseen.lines
    elif made is None:
        shown = totals_rows.without_total(lines, deeper=deeper)
    else:
        shown = totals_rows.of_total(made, total, lines, causes, version.id if version else None, deeper=deeper)
    waiting = tuple(mapping.unmapped(session, total.id, by.at)) if total.open else ()
    return Facts(asked, total, tuple(totals), shown, covered, made, foreseen, version, tuple(found), causes, waiting,
                 _last_run(session, total.plan_id))  # fmt: skip


def words_of(session: Session, facts: Facts) -> Gathered:
    """What the units wrote, by section, as the content on the page was made from it."""
    if facts.made is None:
        return {}
    sources = session.connection().exec_driver_sql(_SOURCES, {"id": facts.made.revision_id}).scalars()
    return gathering.gather(session, sources, facts.form)


def _table(form: Form, asked: Asked) -> Table | None:
    if asked.tab in (WORDS, WAITING):
        return None
    named = [one for one in form.tables if str(one.number) == asked.tab]
    return next(iter([*named, *form.tables]), None)


def _number(table: Table | None) -> int:
    """Its number; 0 where no table is shown, so no figures."""
    return table.number if table else 0


def _made(
    session: Session, total: Total, version: Version | None, number: int | None
) -> tuple[ByUnit | None, TotalCoverage]:
    try:
        made = by_unit(session, total.id, version.id if version else None, table=number)
    except NoTotalYet:
        return None, coverage.of_total(session, total.id)
    return made, made.coverage


def _version(found: Sequence[Version], asked: int | None) -> Version | None:
    chosen = next((one for one in found if one.id == asked), None)
    if asked is not None and chosen is None:
        raise NoSuchRevision(no=asked)
    return chosen


def _last_run(session: Session, plan_id: int) -> datetime | None:
    found: datetime | None = session.connection().exec_driver_sql(_LAST_RUN, {"plan": str(plan_id)}).scalar()
    return found


_SOURCES = "SELECT source_id FROM derivation WHERE revision_id = %(id)s ORDER BY source_id"
_LAST_RUN = "SELECT max(at) FROM flow_note WHERE flow = 'consolidate' AND subject = %(plan)s"
