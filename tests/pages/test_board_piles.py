"""A board of very many is counted in piles, and says the same as the board that reads each line."""

from __future__ import annotations

import pytest

from api import auth
from api.pages.board import facts as board_facts
from api.pages.board.asked import SHOWS, Asked
from api.pages.board.facts import Facts, read
from api.pages.board.tally import how_many
from api.seeing import look
from states import database as db
from states.reading.piles import Pile
from states.reading.standings import Line
from tests.http_world import Api, report_of
from tests.pages.board_story import LATE, SENT, ask, begin
from tests.pages.visitor import words
from tests.world import DISTRICTS, PROVINCE, WARDS


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    """One ward has sent, one has begun to write, the others are late without a look."""
    plan = begin(api)
    api.as_(LATE, "drafter").get(f"/documents/{report_of(api, plan, LATE)}")
    return plan


@pytest.mark.parametrize("level", ["", "commune"])
@pytest.mark.parametrize("unit", [PROVINCE, DISTRICTS[0]])
def test_piles_and_lines_count_the_same(
    api: Api, plan: int, unit: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_facts, "MANY", 1)
    piled, lined = board(api, plan, unit, level, each=False), board(api, plan, unit, level, each=True)
    assert all(isinstance(it, Pile) for it in piled.owed) and all(isinstance(it, Line) for it in lined.owed)
    assert (piled.tally, piled.parts, piled.clocks) == (lined.tally, lined.parts, lined.clocks)
    assert (piled.board.counts, piled.count, piled.waiting) == (lined.board.counts, lined.count, lined.waiting)
    assert (piled.late, piled.own, piled.to_remind) == (lined.late, lined.own, lined.to_remind)
    assert (piled.view, piled.single, piled.way) == (lined.view, lined.single, lined.way)
    for name, (_, test) in SHOWS.items():
        assert how_many(filter(test, piled.owed)) == how_many(filter(test, lined.owed)), name


def test_the_page_in_piles_counts_and_filters_as_it_does_in_lines(
    api: Api, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_facts, "MANY", 1)
    path = f"/ke-hoach/{plan}?xem=bang"
    page = words(ask(api, PROVINCE, "supervisor", path))
    assert "Tất cả (7)" in page and "Đã gửi (1)" in page and "1/7" in page and SENT not in page
    filtered = words(ask(api, PROVINCE, "supervisor", f"{path}&tinh-trang=da-gui"))
    assert SENT in filtered and "Tất cả (7)" in filtered
    sheet = ask(api, PROVINCE, "supervisor", f"/ke-hoach/{plan}/bang.csv").text
    assert all(ward in sheet for ward in WARDS)


def board(api: Api, plan: int, unit: str, level: str, *, each: bool) -> Facts:
    """The board as the unit's supervisor has it."""
    actor = api.world.act(unit, "supervisor")
    with db.transaction(db.engine(api.urls.program)) as session:
        by = auth.caller(session, api.world.now, auth.Person(actor.person_id), actor.office_id)
        seen = look(session, plan, by)
        assert seen is not None
        return read(session, seen, Asked(plan, level=level), by, each=each)
