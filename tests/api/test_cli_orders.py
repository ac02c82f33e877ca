"""What stands in a file that `dondoc` takes: a plan's order and a paper, read, and each wrong place named."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from api.cli.orders import BadOrder, order_of, paper_of
from states.lifecycle import Kind
from states.periods import LOCAL
from tests.api.cli_office import ORDER
from tests.world import PROVINCE, World
from workflows.planning import LevelOrder


@pytest.fixture
def world(session: Session) -> World:
    """The tests' province."""
    return World(session)


def _order(**more: Any) -> dict[str, Any]:
    """The order for the tests' world, with one thing in its requirement other than it should be."""
    (asked,) = ORDER["requirements"]
    levels = {"commune": {"due": "2026-12-18"}, "province": {"due": "2026-12-22 11:00"}}
    requirement = {**asked, "levels": levels, **more}
    return {**ORDER, "unit": PROVINCE, "addressees": [PROVINCE], "requirements": [requirement]}


def test_an_order_is_read_with_its_days_and_hours(world: World) -> None:
    order = order_of(world.session, _order(kind="report", periodic=True))
    (asked,) = order.requirements
    assert (asked.kind, asked.series, asked.periodic) == (Kind.REPORT, "BC", True)
    ends = datetime(2026, 12, 19, tzinfo=LOCAL), datetime(2026, 12, 22, 11, tzinfo=LOCAL)
    assert asked.levels == [LevelOrder("commune", ends[0]), LevelOrder("province", ends[1])]
    assert order.addressees == [(order.unit_id, True)]


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ({"kind": "action_month", "year": 2026}, "2026-11-15", "2026-12-15"),
        ({"first": date(2026, 3, 1), "last": "2026-03-31", "label": "Tháng Ba"}, "2026-03-01", "2026-03-31"),
        ({"kind": "custom", "first": "2026-03-01", "last": "2026-03-31"}, "2026-03-01", "2026-03-31"),
        ({"kind": "campaign", "first": "12-20", "last": "01-10", "year": 2027}, "2026-12-20", "2027-01-10"),
        ({"kind": "quarter", "year": 2026, "index": 3}, "2026-06-15", "2026-09-14"),
        ({"kind": "year", "year": 2026}, "2025-12-15", "2026-12-14"),
    ],
)
def test_every_window_that_the_api_takes_is_read_from_a_file(
    world: World, window: dict[str, Any], first: str, last: str
) -> None:
    (asked,) = order_of(world.session, _order(window=window)).requirements
    assert (asked.window.first.isoformat(), asked.window.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"window": {"kind": "action_month"}}, "requirements.0.window"),
        ({"window": {"kind": "year", "yaer": 2026}}, "requirements.0.window"),
        ({"window": {"first": "2026-03-01", "last": "hôm nay"}}, "requirements.0.window"),
        ({"window": 2026}, "requirements.0.window"),
        ({"form": "no-such-form"}, "requirements.0.form"),
        ({"perodic": True}, "requirements.0"),
        ({"urgency": "gấp"}, "requirements.0.urgency"),
        ({"levels": {"commune": {"due": "thứ Sáu"}}}, "requirements.0.levels.commune"),
        ({"levels": {"commune": {}}}, "requirements.0.levels.commune.due"),
        ({"levels": {"commune": {"due": "2026-12-18", "role": "x"}}}, "requirements.0.levels.commune"),
        ({"levels": ["commune"]}, "requirements.0"),
    ],
)
def test_a_wrong_place_in_an_order_is_named(world: World, more: dict[str, Any], place: str) -> None:
    with pytest.raises(BadOrder) as refused:
        order_of(world.session, _order(**more))
    assert refused.value.fields["place"] == place
    assert "Error" not in refused.value.message and "object" not in refused.value.message


def test_a_paper_that_lacks_something_is_told(world: World) -> None:
    with pytest.raises(BadOrder, match="bản giấy.signer"):
        paper_of(world.session, {"number": 7, "symbol": "BC-UBND", "date": "2026-12-01"}, world.now)
