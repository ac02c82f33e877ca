"""Whatever is reported and corrected, every cell of every total traces to parts that make it, as counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import Session

from documents import contributing
from states.figures import Cell, Figure
from states.reading.integrity import verify_chain
from states.reading.provenance import trace, trace_down
from states.reading.staleness import difference, pending_difference
from tests.states.seasons import Season, expected, seasons
from tests.states.totals import WARDS, map_label, mau_giang, send, standing
from tests.world import World


@pytest.fixture
def world(session: Session) -> World:
    return mau_giang(session)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(season=seasons())
def test_whatever_is_reported_every_cell_traces_to_parts_that_make_it(world: World, season: Season) -> None:
    with _undone(world):
        _run(world, season)
        for unit in ("W1", "AM", "BM", "MG"):
            assert _figures(world, standing(world, world.report_of(unit))) == expected(season, unit)
        _assert_each_cell_traces(world, world.report_of("MG"))
        assert [verify_chain(world.session, world.report_of(unit)) for unit in (*WARDS, "AM", "BM", "MG")] == [[]] * 7


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(season=seasons())
def test_whatever_is_corrected_the_difference_is_exact(world: World, season: Season) -> None:
    with _undone(world):
        _run(world, season)
        old = standing(world, world.report_of("MG"))
        was = _figures(world, old)
        _correct(world, season)
        foretold = pending_difference(world.session, world.report_of("MG"))
        _again(world)
        new = standing(world, world.report_of("MG"))
        found, now = difference(world.session, old, new), _figures(world, new)

        assert now == expected(season, "MG")
        assert foretold.cells == found.cells
        assert {c.cell: (c.old, c.new) for c in found.cells} == {
            cell: (was.get(cell), now.get(cell)) for cell in sorted(was.keys() | now.keys())
            if was.get(cell) != now.get(cell)
        }  # fmt: skip


def _assert_each_cell_traces(world: World, total: int) -> None:
    for cell, figure in _figures(world, standing(world, total)).items():
        found = trace_down(world.session, cell, document_id=total)
        assert found.figure == figure and found.adds_up
        assert Figure.total(leaf.figure for leaf in found.leaves()) == figure
        assert {leaf.part for leaf in found.leaves()} <= {"row", "stated", "nil"}
        for level in (None, "commune") if cell.table == 1 else ():
            shown = trace(world.session, cell, document_id=total, at_level=level)
            assert Figure.total(part.figure for part in shown.parts) == figure


def _run(world: World, season: Season) -> None:
    for unit, how in season.maps.items():
        for label, row in how.items():
            map_label(world, unit, label, row)
    world.later(hours=1)
    for ward in WARDS:
        _report(world, season, ward)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        _report(world, season, district)
    world.later(hours=1)
    world.consolidate("MG")


def _report(world: World, season: Season, unit: str) -> None:
    report = world.report_of(unit)
    world._save(report, season.own[unit], None)
    for number, content in enumerate(season.given.get(unit, ())):
        asked = contributing.ask(world.session, report, f"Tổ {number}", world.holder(unit, "drafter"), world.now)
        contributing.give(world.session, asked, content, "Chị Mẫu", "phone", world.holder(unit, "drafter"), world.now)
    world.later(minutes=1)
    send(world, report)


def _correct(world: World, season: Season) -> None:
    season.own["W2"] = season.correction
    report = world.report_of("W2")
    world.later(hours=1)
    world.reopen(report)
    world._save(report, season.correction, None)
    world.later(minutes=1)
    send(world, report)


def _again(world: World) -> None:
    world.later(hours=1)
    world.reopen(world.report_of("AM"))
    world.consolidate("AM")
    send(world, world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("MG")


def _figures(world: World, revision: int) -> dict[Cell, Figure]:
    rows = world.rows("SELECT cell, sum(amount) AS amount, bit_or(bound) AS bound FROM figure"
                      " WHERE revision_id = %s GROUP BY cell", revision)  # fmt: skip
    return {Cell(row["cell"]): Figure.of(row["amount"], row["bound"]) for row in rows}


class _undone:
    """One example in a savepoint of its own, so that the next one finds the world as it was."""

    def __init__(self, world: World) -> None:
        self.world, self.now = world, world.now

    def __enter__(self) -> None:
        self.point = self.world.session.begin_nested()

    def __exit__(self, *_: object) -> None:
        self.point.rollback()
        self.world.now = self.now
