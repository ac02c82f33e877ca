"""The nation's year at small scale: two provinces with all their communes, every act through the real door."""

import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from rich.console import Console
from sqlmodel import Session

from api.demo import nation, simulation
from api.demo.nation import told as came_to
from api.demo.simulation import Fate
from api.demo.stage import Stage
from states import database as db
from states.embedded import Urls
from states.figures import Cell, Figure
from states.periods import LOCAL
from states.reading.board import board
from states.reading.standings import Line
from workflows.ladder import LADDER

PROVINCES = ("vn2:12", "vn2:46")  # tỉnh Lai Châu, thành phố Huế


@dataclass(frozen=True)
class Played:
    """A year that was played, and the stage it was played on."""

    stage: Stage
    told: dict[str, Any]

    def rows(self, sql: str) -> list[Any]:
        return self.stage.rows(sql, plan=self.told["plan"], report=self.told["report"])

    def wards(self) -> list[Line]:
        with self.stage.transaction() as session:
            found = board(session, self.told["plan"], 1, self.stage.now, self.stage.calendar(), level="commune")
        return list(found.lines)


def play(urls: Urls) -> Played:
    stage = Stage(Console(file=io.StringIO()), datetime(2026, 1, 5, 8, tzinfo=LOCAL), db.engine(urls.program))
    return Played(stage, nation.play(stage, provinces=PROVINCES))


@pytest.fixture(scope="module")
def year(database: Urls) -> Iterator[Played]:
    yield play(database)


def test_every_unit_owes_one_report_and_a_plan_of_its_own(year: Played) -> None:
    assert year.told["opened"] == {"nation": 1, "province": 2, "commune": 78}
    assert sum(year.told["plans"].values()) == 80
    assert year.told["people"] == 81 * 5, "five sample people for each"
    assert not year.rows("SELECT 1 FROM person WHERE NOT sample AND NOT machine")


def test_the_national_total_is_the_sum_of_what_was_signed_below(year: Played) -> None:
    """Added up here from the figures' rows; the story has added up the signed JSON."""
    summed = year.rows("""
        SELECT f.cell, sum(f.amount) AS amount, bit_or(f.bound) AS bound FROM figure f WHERE f.revision_id IN (
            SELECT d.revision_id FROM document d
             WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND d.kind = 'report' AND d.state = 'consolidated'
            UNION SELECT r.id FROM revision r JOIN document d ON d.id = r.document_id
             WHERE d.plan_id = %(plan)s AND d.level = 'province' AND r.part = 'own')
         GROUP BY f.cell ORDER BY f.cell""")
    told = [(total["cell"], total["value"]) for total in year.told["totals"]]
    assert told == [(row["cell"], str(Figure.of(row["amount"], row["bound"]))) for row in summed]
    assert any(value.startswith("trên ") for _, value in told), "a bound stays a bound"


def test_a_total_that_is_not_the_sum_stops_the_story(year: Played) -> None:
    cell = Cell.of(1, 1, 1)
    with year.stage.transaction() as session:
        totals = came_to.totals_of(session, year.told["report"])
        came_to.check(session, year.told["plan"], totals)
        with pytest.raises(came_to.TotalsDiffer, match="10101"):
            came_to.check(session, year.told["plan"], {**totals, cell: totals[cell] + Figure.exact(1)})
        with pytest.raises(came_to.TotalsDiffer, match="10101"):
            came_to.check(session, year.told["plan"], {c: f for c, f in totals.items() if c != cell})


def test_what_the_board_says_is_what_was_simulated(year: Played) -> None:
    lines, simulated = year.wards(), year.told["simulated"]
    assert sum(simulated.values()) == len(lines) == 78
    assert sum(not line.received for line in lines) == simulated["never"] > 0
    assert sum(line.received and not line.on_time for line in lines) == year.told["simulated_late"]
    assert year.told["simulated_late"] >= simulated["late"] > 0
    assert sum(line.paper for line in lines) == simulated["paper"]
    twice = year.rows("SELECT s.document_id FROM sending s JOIN document d ON d.id = s.document_id"
                      " WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND s.no = 2")  # fmt: skip
    assert len(twice) == simulated["returned"] > 0
    last = year.told["boards"][-1]
    assert (last["expected"], last["received"]) == (78, 78 - simulated["never"])


def test_who_never_sent_is_a_named_gap_and_was_chased_to_the_top_rung(year: Played) -> None:
    missing = {line.unit for line in year.wards() if not line.received}
    assert {gap.split(":")[0] for gap in year.told["coverage"]["gaps"]} == missing
    assert year.told["coverage"]["wards"] == [78 - len(missing), 78]
    climbed = Counter(
        row["rung"]
        for row in year.rows("""
        SELECT m.rung FROM reminder m JOIN document d ON d.id = m.document_id
         WHERE d.plan_id = %(plan)s AND d.level = 'commune' AND d.kind = 'report' AND d.state IN ('draft','signed')""")
    )
    assert climbed == {rung.name: len(missing) for rung in LADDER}


def test_a_national_figure_is_followed_to_a_wards_row(year: Played) -> None:
    path = year.told["trace"]
    assert [step["level"] for step in path] == ["nation", "province", "commune", "commune"]
    assert all(step["adds_up"] for step in path)
    assert path[-1]["part"] == "row" and path[-1]["words"]
    total = next(total for total in year.told["totals"] if total["cell"] == came_to.TRACED)
    assert path[0]["figure"] == total["value"]
    assert all(step["signed_by"] for step in path)


def test_the_same_seed_gives_the_same_year(year: Played, fresh_database: Urls) -> None:
    again = play(fresh_database)
    try:
        assert _comparable(again.told) == _comparable(year.told)
    finally:
        db.engine(fresh_database.program).dispose()


def test_fates_come_in_the_usual_shares() -> None:
    chance = random.Random(1)
    drawn = Counter(simulation.fate_of(chance, 1.0) for _ in range(20_000))
    for fate, share in simulation.USUAL.items():
        assert abs(drawn[fate] / 20_000 - share) < 0.01
    slow = Counter(simulation.fate_of(chance, 2.0) for _ in range(20_000))
    assert slow[Fate.LATE] > 1.7 * drawn[Fate.LATE]


def test_one_register_is_one_workers(session: Session) -> None:
    """Acts in two provinces by two workers: each province's acts come in order, all are done once."""
    done: list[tuple[int, int]] = []
    at = datetime(2026, 12, 1, 8, tzinfo=LOCAL)

    def note(above: int, document: int) -> Any:
        return lambda _session, _at: done.append((above, document))

    acts = [simulation.Act(at.replace(minute=n), n, above, note(above, n)) for n in range(30) for above in (7, 8, 9)]
    told: list[int] = []
    count = simulation.perform(reversed(acts), lambda: nullcontext(session), told.append, workers=2, batch=4)
    assert count == sum(told) == len(done) == 90
    for above in (7, 8, 9):
        assert [document for unit, document in done if unit == above] == list(range(30))


def _comparable(told: dict[str, Any]) -> dict[str, Any]:
    """Without the numbers that rows get in the order in which two workers write them."""
    trace = [{key: value for key, value in step.items() if key != "revision"} for step in told["trace"]]
    return {**told, "trace": trace}
