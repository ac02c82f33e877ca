"""Two at once: a recall and a consolidation, two consolidations. Nothing is lost, no gap is hidden."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from states import database as db
from states.embedded import Urls
from states.errors import DonDocError
from tests.world import World
from workflows.consolidation import consolidate, gaps

ROUNDS = 8


@pytest.fixture
def world(fresh_database: Urls) -> World:
    with db.transaction(db.engine(fresh_database.program)) as session:
        return World(session)


def test_a_recall_that_races_with_a_consolidation_loses_nothing_and_hides_no_gap(
    fresh_database: Urls, world: World
) -> None:
    engine = db.engine(fresh_database.program)
    won = set()
    for _ in range(ROUNDS):
        with db.transaction(engine) as session:
            here = world.on(session)
            here.at("2026-10-05")
            world.plan = here.issue_plan()
            here.at("2026-12-16")
            ward = here.report("Phường Một", 2, 3, 4)
            here.report("Phường Hai", 5, 6, 7)
        outcomes = _at_once(
            engine,
            partial(_recall, world, ward),
            lambda session: consolidate(session, world.plan, "district", world.at("2026-12-16", 10)),
        )
        with db.transaction(engine) as session:
            here = world.on(session)
            district = here.report_of("Huyện An Mẫu")
            (total,) = here.rows("SELECT id, covered FROM revision WHERE document_id = %s AND part = 'total'", district)
            sources = here.rows("SELECT r.document_id FROM derivation v JOIN revision r ON r.id = v.source_id"
                                " WHERE v.revision_id = %s", total["id"])  # fmt: skip
            stands = ward in {row["document_id"] for row in sources}
            missing = gaps(session, world.plan, "district")["Huyện An Mẫu"] if not stands else []
            assert total["covered"] == len(sources)
            assert here.state(ward) == ("consolidated" if stands else "draft")
            assert isinstance(outcomes[0], DonDocError) == stands, "the one who came second was told"
            assert stands or missing == ["Phường Một (chưa gửi)"]
            won.add(stands)
    assert won <= {True, False}


def test_two_consolidations_at_once_take_each_report_up_once(fresh_database: Urls, world: World) -> None:
    engine = db.engine(fresh_database.program)
    with db.transaction(engine) as session:
        here = world.on(session)
        world.plan = here.issue_plan()
        here.at("2026-12-16")
        reports = [here.report(ward) for ward in ("Phường Một", "Phường Hai", "Phường Ba", "Phường Bốn")]
    moment = world.at("2026-12-17")
    done = _at_once(engine, *[lambda session: consolidate(session, world.plan, "district", moment)] * 2)
    assert sorted(outcome.reports for outcome in done) == [0, 4]
    with db.transaction(engine) as session:
        here = world.on(session)
        assert [here.trace(report).count("consolidate") for report in reports] == [1, 1, 1, 1]
        assert here.value("SELECT count(*) FROM revision WHERE part = 'total'") == 2


def _recall(world: World, ward: int, session: Any) -> Any:
    return world.on(session).recall(ward)


def _at_once(engine: Any, *acts: Callable[[Any], Any]) -> list[Any]:
    """Each act in a transaction and thread of its own; what it returned, or the error of ours that it met."""

    def one(act: Callable[[Any], Any]) -> Any:
        try:
            with db.transaction(engine) as session:
                return act(session)
        except DonDocError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
