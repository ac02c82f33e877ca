"""Who may do what: seats by relation and day, tried in every combination, without a database."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.lifecycle import BY_ACTION, Action, Seat
from states.policy import CLOCK, Holder, Parties, may, may_see, seats, signs

ISSUER, DRAFTER, RECEIVER, UNIT, FOLLOWER, STRANGER = 1, 2, 3, 4, 5, 6
PARTIES = Parties(UNIT, ISSUER, DRAFTER, RECEIVER, (FOLLOWER,), "/9/4/")
DAY = date(2026, 12, 1)
HELD = ("drafter", "leader", "clerk", "supervisor", "auditor", "admin")
GIVES = {
    ("drafter", DRAFTER): {Seat.DRAFTER},
    ("leader", ISSUER): {Seat.LEADER},
    ("clerk", ISSUER): {Seat.CLERK},
    ("supervisor", RECEIVER): {Seat.RECEIVER},
    ("leader", RECEIVER): {Seat.RECEIVER},
    ("clerk", RECEIVER): {Seat.RECEIVER_CLERK},
}
EVERYWHERE = (ISSUER, DRAFTER, RECEIVER, UNIT, FOLLOWER, STRANGER)


def holder(seat: str, unit: int, **more: object) -> Holder:
    base = Holder(7, 8, unit, seat, "Phó Chủ tịch", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("seat", "unit"), list(itertools.product(HELD, EVERYWHERE)))
def test_an_office_gives_its_seat_in_the_named_unit_only(seat: str, unit: int) -> None:
    assert seats(holder(seat, unit), PARTIES, DAY) == GIVES.get((seat, unit), set())


@pytest.mark.parametrize(("seat", "unit"), list(itertools.product(HELD, EVERYWHERE)))
def test_an_act_is_open_to_the_seats_of_the_table(seat: str, unit: int) -> None:
    for action in Action:
        allowed = bool(GIVES.get((seat, unit), set()) & set(BY_ACTION[action].seats))
        assert may(action, holder(seat, unit), PARTIES, DAY) == allowed, action


def test_where_one_unit_is_everything_its_people_sit_in_all_their_seats() -> None:
    own = Parties(UNIT, UNIT, UNIT, UNIT)
    assert seats(holder("leader", UNIT), own, DAY) == {Seat.LEADER, Seat.RECEIVER}
    assert seats(holder("clerk", UNIT), own, DAY) == {Seat.CLERK, Seat.RECEIVER_CLERK}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_an_office_counts_from_its_first_to_its_last_day(day: date, held: bool) -> None:
    assert bool(seats(holder("leader", ISSUER), PARTIES, day)) == held
    assert may_see(holder("leader", ISSUER), "/x/", PARTIES, day) == held


@given(
    seat=st.sampled_from((*HELD, "clock")),
    unit=st.sampled_from(EVERYWHERE),
    parties=st.builds(Parties, *[st.sampled_from(EVERYWHERE)] * 3, st.none() | st.sampled_from(EVERYWHERE)),
    day=st.dates(),
)
def test_a_machine_never_signs_nor_stands_in_for_anybody(seat: str, unit: int, parties: Parties, day: date) -> None:
    machine = holder(seat, unit, machine=True, valid_from=date.min, valid_to=None)
    assert seats(machine, parties, day) <= {Seat.CLOCK}
    assert not any(may(action, machine, parties, day) for action in Action if Seat.CLOCK not in _seats(action))


def test_a_person_in_the_clocks_chair_is_no_clock() -> None:
    assert seats(holder("clock", 1), PARTIES, DAY) == set()
    assert (CLOCK.person_id, CLOCK.office_id) == (1, 1)


@pytest.mark.parametrize("unit", EVERYWHERE)
def test_parties_and_followers_see_it_and_seeing_gives_no_seat(unit: int) -> None:
    someone = holder("supervisor", unit)
    assert may_see(someone, "/8/", PARTIES, DAY) == (unit != STRANGER)
    assert may_see(someone, "/9/", PARTIES, DAY)  # from above in the tree
    assert (seats(someone, PARTIES, DAY) == set()) == (unit != RECEIVER)


def test_an_auditor_sees_everything_and_does_nothing() -> None:
    auditor = holder("auditor", STRANGER)
    assert may_see(auditor, "/8/", PARTIES, DAY)
    assert not any(may(action, auditor, PARTIES, DAY) for action in Action)


@pytest.mark.parametrize(
    ("kinds", "fields", "kind", "field", "why"),
    [
        ((), (), "plan", "bình đẳng giới", None),
        (("report",), (), "report", "", None),
        (("report",), (), "plan", "", "loại văn bản"),
        ((), ("bình đẳng giới",), "plan", "bình đẳng giới", None),
        ((), ("y tế",), "plan", "bình đẳng giới", "lĩnh vực «bình đẳng giới»"),
    ],
)
def test_a_mandate_covers_its_kinds_and_fields(
    kinds: tuple[str, ...], fields: tuple[str, ...], kind: str, field: str, why: str | None
) -> None:
    said = signs(holder("leader", ISSUER, kinds=kinds, fields=fields), kind, field)
    assert said is None if why is None else said is not None and why in said


def _seats(action: Action) -> tuple[Seat, ...]:
    return BY_ACTION[action].seats
