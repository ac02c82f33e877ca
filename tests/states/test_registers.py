"""Registers: numbers without gaps, opened where an office stands, dates in their order, papers beside the count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlmodel import Session

from states import database as db
from states.embedded import Urls
from states.lifecycle import Kind
from states.opening import NewDocument, open_document
from states.registers import DateBeforeLast, NumberTaken, RegisterAlreadyOpen, open_register
from states.steps import Stale
from tests.world import World

CLERKS, EACH = 8, 10


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.issue_plan()
    world.at("2026-12-16")
    return world


def sent(world: World, unit: str = "W1", series: str = "BC") -> int:
    """One more report of this unit, signed and sent; nobody owes it."""
    report = signed(world, unit, series)
    world.submit(report)
    return report


def signed(world: World, unit: str = "W1", series: str = "BC") -> int:
    new = NewDocument(Kind.REPORT, world.unit(unit), "Báo cáo đột xuất (mẫu)", series, receiver_id=world.unit("AM"),
                      form="action-month", form_version=2)  # fmt: skip
    report = open_document(world.session, new, world.act(unit, "drafter"), world.now)
    world.write(report)
    world.present(report)
    world.sign(report)
    return report


def numbers(world: World, unit: str = "W1") -> list[int]:
    """The numbers that a unit's sendings bear, in the order they were given."""
    rows = world.rows("SELECT number FROM sending WHERE issuer_id = %s ORDER BY id", world.unit(unit))
    return [row["number"] for row in rows]


def entries(world: World, unit: str = "W1") -> list[tuple[int, int]]:
    """What stands in a unit's outgoing register: number and document."""
    rows = world.rows("SELECT e.number, e.document_id FROM register_entry e JOIN register r ON r.id = e.register_id"
                      " WHERE r.unit_id = %s AND r.direction = 'out' ORDER BY 1", world.unit(unit))  # fmt: skip
    return [(row["number"], row["document_id"]) for row in rows]


def test_numbers_follow_each_other_by_unit_year_and_series(world: World) -> None:
    for _ in range(3):
        sent(world)
    sent(world, "W2")
    sent(world, series="TB")
    assert numbers(world) == [1, 2, 3, 1]
    assert numbers(world, "W2") == [1]
    world.at("2027-01-04")
    sent(world)
    assert numbers(world)[-1] == 1


def test_an_office_that_starts_in_march_is_at_36(world: World) -> None:
    clerk = world.act("W1", "clerk").office_id
    open_register(world.session, world.unit("W1"), 2026, "BC", at_number=36, office_id=clerk,
                  reason="Chuyển từ sổ giấy, đã cấp đến số 35")  # fmt: skip
    first, second = sent(world), sent(world)
    assert entries(world) == [(36, first), (37, second)]
    kept = world.rows("SELECT opened_at_number, opened_by, reason, last FROM register WHERE unit_id = %s",
                      world.unit("W1"))  # fmt: skip
    assert kept == [
        {"opened_at_number": 36, "opened_by": clerk, "reason": "Chuyển từ sổ giấy, đã cấp đến số 35", "last": 37}
    ]


def test_a_register_in_use_is_not_opened_again(world: World) -> None:
    sent(world)
    with pytest.raises(RegisterAlreadyOpen, match="number 2"):
        open_register(world.session, world.unit("W1"), 2026, "BC", at_number=36,
                      office_id=world.act("W1", "clerk").office_id, reason="nhầm")  # fmt: skip
    assert entries(world)[-1][0] == 1


def test_dates_follow_the_order_of_the_numbers(world: World) -> None:
    sent(world)
    late = signed(world)
    world.at("2026-12-15")
    with pytest.raises(DateBeforeLast, match="2026-12-15"):
        world.submit(late)
    world.at("2026-12-16", 7)  # the same day will do
    world.submit(late)
    assert numbers(world) == [1, 2]


def test_the_year_and_day_of_a_number_are_vietnams(world: World) -> None:
    world.at("2027-01-01", 0, 30)  # still 2026 in Greenwich
    report = sent(world)
    (sending,) = world.sendings(report)
    assert (sending["year"], sending["date"]) == (2027, date(2027, 1, 1))


def test_a_failed_act_gives_its_number_back(world: World) -> None:
    report = signed(world)
    with pytest.raises(ZeroDivisionError), world.session.begin_nested():
        assert world.submit(report).number == "01/BC-UBND"
        raise ZeroDivisionError
    assert entries(world) == []
    assert world.submit(report).number == "01/BC-UBND"
    assert entries(world) == [(1, report)]


def test_a_number_on_paper_is_used_once(world: World) -> None:
    world.register(world.report_of("Phường Một"), 7)
    world.issue_plan()
    again = world.report_of("Phường Một")
    with pytest.raises(NumberTaken, match="7/BC-UBND năm 2026"):
        world.register(again, 7)
    world.register(again, 7, day="2025-12-30")  # another year's seven
    assert numbers(world) == [7, 7]


def test_the_count_passes_over_numbers_that_came_on_paper(world: World) -> None:
    paper = world.report_of("Phường Một")
    world.register(paper, 2)
    first, third = sent(world), sent(world)
    assert numbers(world) == [2, 1, 3]
    assert entries(world) == [(1, first), (2, paper), (3, third)]


def test_a_paper_may_not_take_a_number_that_the_count_gave(world: World) -> None:
    sent(world)
    with pytest.raises(NumberTaken):
        world.register(world.report_of("Phường Một"), 1)


def test_incoming_numbers_count_for_the_receiver_over_all_senders(world: World) -> None:
    for unit in ("W1", "W2", "W1"):
        world.receive(sent(world, unit))
    given = world.rows("SELECT number, unit_id FROM receipt ORDER BY number")
    assert [(row["number"], row["unit_id"]) for row in given] == [(n, world.unit("AM")) for n in (1, 2, 3)]


def test_clerks_at_once_leave_no_gap_and_no_double(database: Urls) -> None:
    """Eight clerks, ten papers each, real commits; every fifth fails after its number was given."""
    engine, gate = db.engine(database.program), Barrier(CLERKS)
    with db.transaction(engine) as session:
        world = World(session)
        piles = [[signed(world) for _ in range(EACH)] for _ in range(CLERKS)]

    def send_all(pile: list[int]) -> list[str]:
        gate.wait()
        given = []
        for place, report in enumerate(pile):
            if place % 5 == 4:
                with pytest.raises(ZeroDivisionError), db.transaction(engine) as session:
                    world.on(session).submit(report)
                    raise ZeroDivisionError
            with db.transaction(engine) as session:
                given.append(world.on(session).submit(report).number or "")
        return given

    with ThreadPoolExecutor(CLERKS) as pool:
        given = [number for numbers in pool.map(send_all, piles) for number in numbers]

    assert sorted(given) == sorted(f"{n:02d}/BC-UBND" for n in range(1, CLERKS * EACH + 1))
    with db.transaction(engine) as session:
        assert [number for number, _ in entries(world.on(session))] == list(range(1, CLERKS * EACH + 1))


def test_one_paper_sent_by_two_clerks_takes_one_number(fresh_database: Urls) -> None:
    engine, gate = db.engine(fresh_database.program), Barrier(2)
    with db.transaction(engine) as session:
        world = World(session)
        report = signed(world, "W2")
        seq = world.document(report)["seq"]

    def send(_: int) -> str:
        gate.wait()
        try:
            with db.transaction(engine) as session:
                return world.on(session).submit(report, seq=seq).number or ""
        except Stale:
            return "Stale"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == ["01/BC-UBND", "Stale"]
    with db.transaction(engine) as session:
        assert entries(world.on(session), "W2") == [(1, report)]
