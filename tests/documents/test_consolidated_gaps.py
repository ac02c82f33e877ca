"""Who is in the consolidated report and who is missing: named, counted as the board counts them, made good later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from documents.writing import covering
from documents.writing.below import Below, Child, read_below
from documents.writing.composing import compose
from documents.writing.material import read
from documents.writing.paper import Paragraph, Table
from states import periods
from states.days import calendar
from states.opening import open_supplement
from states.reading.board import board
from states.taking_up import take_up
from tests.documents.consolidating import AN, plain, total
from tests.world import PROVINCE, World


def test_many_gaps_are_counted_in_the_text_and_named_in_an_annex() -> None:
    gone = tuple(Child(f"Xã {n}", why="signed" if n % 3 else "not-sent") for n in range(70))
    below = Below(gone, {}, {}, (), {}, 0, 70, "commune")
    day = periods.action_month(2026).last
    told = [block.text for block in covering.said(below, day, day) if isinstance(block, Paragraph)]
    assert told[2:4] == ["- Đã ký, chưa gửi (46 đơn vị);", "- Chưa gửi báo cáo (24 đơn vị)."]
    (annex,) = covering.annex(below)
    (table,) = annex.blocks
    assert isinstance(table, Table) and len(table.rows) == 70
    assert table.rows[1].cells == ("2", "Xã 1", "đã ký, chưa gửi")


@pytest.mark.parametrize("first_day", ["2026-12-18", "2026-12-22"])
def test_the_counts_are_those_of_the_board_at_every_moment(session: Session, first_day: str) -> None:
    there, ward = total(session, "Phường Một"), "Phường Hai"
    there.at(first_day)
    assert_as_on_the_board(there)
    report = there.report(ward)
    assert_as_on_the_board(there)
    there.later(hours=1)
    there.return_(report, due=there.now + timedelta(hours=2))
    assert_as_on_the_board(there)
    there.later(hours=5)
    there.write(report, 3)
    there.send(report)
    assert_as_on_the_board(there)


def test_a_ward_that_came_by_a_supplement_is_missing_no_more(session: Session) -> None:
    there = total(session, "Phường Một")
    district, province = there.report_of(AN), there.report_of(PROVINCE)
    there.write(district)
    there.send(district)
    there.later(hours=1)
    there.report("Phường Hai")
    supplement = open_supplement(session, district, there.now)
    take_up(session, [supplement], there.now)
    there.later(hours=1)
    there.write(supplement, 0, 0, 0)
    there.send(supplement)
    there.consolidate(PROVINCE)
    told = "\n".join(plain(compose(session, province, None, there.now)))
    assert "bao gồm 2/4 xã, phường, đặc khu" in told
    assert "Phường Hai" not in told and "cấp dưới còn thiếu" not in told


def assert_as_on_the_board(there: World) -> None:
    """What the draft says of who sent, and in time, is what the board of its wards counts at the same moment."""
    found = board(there.session, there.plan, there.unit(AN), there.now, calendar(there.session), level="commune").counts
    below = read_below(there.session, read(there.session, there.report_of(AN), None, there.now))
    assert below
    counted = (len(below.owing), sum(c.sent for c in below.owing), sum(c.on_time for c in below.owing))
    assert counted == (found.expected, found.received, found.on_time)
