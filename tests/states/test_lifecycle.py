"""The table of the whole life, read again from the office's own words and compared way by way."""

import itertools
import re

import pytest
from sqlmodel import Session

from states import lifecycle
from states.lifecycle import (
    BY_ACTION,
    MACHINE,
    Action,
    Desk,
    Kind,
    Seat,
    State,
    actions_from,
    diagram,
    next_state,
)

# action       ways                                                    kinds       seats              desk
TABLE = """
open           none>draft                                              plan,report clock,drafter      drafter
assign         draft>draft signed>signed returned>returned             plan,report leader             -
present        draft>draft signed>signed returned>returned             plan,report drafter            leader
send_back      draft>draft signed>signed returned>returned             plan,report leader,clerk       drafter
sign           draft>signed returned>signed                            plan,report leader             clerk
revise         signed>draft                                            plan,report drafter,leader     drafter
submit         signed>submitted                                        plan,report clerk              receiver
register       draft>submitted returned>submitted                      plan,report receiver_clerk     receiver
receive        submitted>submitted                                     plan,report receiver_clerk     receiver
return         submitted>returned                                      report      receiver           drafter
recall         submitted>draft                                         report      leader             drafter
consolidate    submitted>consolidated                                  plan,report clock,receiver     archive
reopen         consolidated>returned                                   report      receiver           drafter
withdraw    draft>withdrawn returned>withdrawn signed>withdrawn submitted>withdrawn plan,report leader archive
"""
LINES = {words[0]: words for words in (line.split() for line in TABLE.strip().splitlines())}
WAYS = {
    (kind, *way.split(">")[:1], action): way.split(">")[1]
    for action, words in LINES.items()
    for way in words[1:-3]
    for kind in words[-3].split(",")
}


@pytest.mark.parametrize(("kind", "state"), list(itertools.product(Kind, State)))
def test_each_act_leads_where_the_table_says_or_nowhere(kind: Kind, state: State) -> None:
    for action in Action:
        target = next_state(kind, state, action)
        assert (target.value if target else None) == WAYS.get((kind.value, state.value, action.value)), action
        assert (action in actions_from(kind, state)) == (target is not None)


@pytest.mark.parametrize("action", list(Action))
def test_each_act_is_for_the_seats_of_the_table_and_lays_the_paper_where_it_says(action: Action) -> None:
    assert {seat.value for seat in BY_ACTION[action].seats} == set(LINES[action.value][-2].split(","))
    named = LINES[action.value][-1]
    assert BY_ACTION[action].desk == (None if named == "-" else Desk(named))


def test_the_machine_has_the_tables_moves_and_none_of_its_own() -> None:
    moves = {
        (event, State[source].value, State[str(transition.dest)].value)
        for event in MACHINE.events
        for source, transitions in MACHINE.events[event].transitions.items()
        for transition in transitions
    }
    assert moves == {(action, source, target) for (_, source, action), target in WAYS.items()}
    assert not [name for name in MACHINE.events if name.startswith("to_")]


def test_the_database_holds_the_table_no_more_no_less(session: Session) -> None:
    kept = session.connection().exec_driver_sql("SELECT kind, from_state, action, to_state FROM rule")
    rows = [tuple(row) for row in kept]
    assert len(rows) == len(set(rows))
    assert set(rows) == {(kind, source, action, target) for (kind, source, action), target in WAYS.items()}
    assert sorted(rows) == lifecycle.rows()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_is_reached_and_can_come_to_an_end(kind: Kind) -> None:
    ends = {State.CONSOLIDATED, State.WITHDRAWN}
    reached = _reachable(kind, State.NONE)
    unused = {State.RETURNED} if kind is Kind.PLAN else set()  # nobody returns a plan
    assert reached == set(State) - unused
    for state in reached:
        assert _reachable(kind, state) & ends


def test_only_withdrawing_is_final_for_a_report_and_nothing_leaves_it() -> None:
    assert [s for s in State if not actions_from(Kind.REPORT, s)] == [State.WITHDRAWN]
    assert [s for s in State if not actions_from(Kind.PLAN, s)] == [State.CONSOLIDATED, State.WITHDRAWN]


def test_nobody_signs_but_a_leader_and_no_machine_acts_for_people() -> None:
    assert BY_ACTION[Action.SIGN].seats == (Seat.LEADER,)
    assert [rule.action for rule in lifecycle.RULES if Seat.CLOCK in rule.seats] == [
        Action.OPEN,
        Action.CONSOLIDATE,
    ]


def test_the_picture_shows_every_move_and_only_those() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    drawn = {
        ("none" if source == "[*]" else source, action, target)
        for source, target, actions in re.findall(r"(\S+) --> (\w+): (.+)", diagram())
        for action in actions.split(", ")
    }
    assert drawn == {(source, action, target) for (_, source, action), target in WAYS.items() if source != target}


def _reachable(kind: Kind, start: State) -> set[State]:
    found, todo = {start}, [start]
    while todo:
        state = todo.pop()
        targets = {next_state(kind, state, action) for action in Action} - {None}
        new = {target for target in targets if target is not None} - found
        found |= new
        todo += new
    return found
