"""The careful officer on documents of the program: what stands in a revision's findings, in a total's above all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import Session

from documents.drafting import put_up
from tests.world import DISTRICTS, WARDS, World
from workflows.consolidation import consolidate

TEXTS = {"direction": "Đã ban hành kế hoạch.", "results": "Đạt yêu cầu."}


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    return world


def test_a_total_says_whom_it_does_not_cover_and_who_closed_early(world: World) -> None:
    world.at("2026-12-10", 9)
    world.report(WARDS[0])
    world.at("2026-12-16", 9)
    consolidate(world.session, world.plan, "district", world.now)
    found = _found(world, world.report_of(DISTRICTS[0]), {"texts": TEXTS})
    assert found["coverage-gap"]["disagree"] == ["1", "2"] and WARDS[1] in found["coverage-gap"]["message"]
    early = found["source-closed-early"]
    assert "10/12/2026" in early["message"] and "15/12/2026" in early["message_en"]
    assert {one["severity"] for one in (early, found["coverage-gap"])} == {"note"}


def test_a_total_of_all_its_wards_in_time_says_neither(world: World) -> None:
    world.at("2026-12-16", 9)
    for ward in WARDS:
        world.report(ward)
    consolidate(world.session, world.plan, "district", world.now)
    assert _found(world, world.report_of(DISTRICTS[0]), {"texts": TEXTS}).keys() == set()


def test_a_row_that_waits_is_refused_in_both_languages_and_not_told_as_a_bad_cell(world: World) -> None:
    world.at("2026-12-16", 9)
    report = world.report_of(WARDS[0])
    row = {"table": 1, "row": 0, "label": "Đi bộ cổ động (mẫu)", "values": {"1": "1", "2": "40", "3": "50"}}
    world._save(report, {"rows": [row], "nil": [2, 3], "texts": TEXTS}, None)
    world.send(report)
    consolidate(world.session, world.plan, "district", world.now)
    waiting = _found(world, world.report_of(DISTRICTS[0]), {"texts": TEXTS})["row-unmapped"]
    assert waiting["severity"] == "refuse" and waiting["message_en"].startswith(f"{WARDS[0]}: the row")
    assert waiting["place"].startswith("rows.")


def test_a_report_of_an_abolished_unit_is_to_be_explained(world: World) -> None:
    world.at("2026-12-16", 9)
    report = world.report_of(WARDS[0])
    world.session.connection().exec_driver_sql(
        "UPDATE unit SET valid_to = '2026-11-30' WHERE id = %s", (world.unit(WARDS[0]),)
    )
    found = _found(world, report, {"texts": TEXTS, "nil": [1, 2, 3]})
    assert found["unit-unknown"]["severity"] == "explain" and "16/12/2026" in found["unit-unknown"]["message"]


def _found(world: World, report: int, content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is kept with the revision that is put up now, by code."""
    world._save(report, content, None)
    revision = put_up(world.session, report, world.act(world.document(report)["unit_id"], "drafter"), world.now)
    return {one["code"]: one for one in world.rows("SELECT * FROM finding WHERE revision_id = %s", revision)}
