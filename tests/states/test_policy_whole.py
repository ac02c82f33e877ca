"""Every combination of who, when, where and what, against a second statement of the rules (DESIGN §2), as data.

The policy is asked for each distinct input once; numpy multiplies the answers out, so that the whole is compared, not a
sample. What the second statement says is written here from the design's table and reads nothing of states.lifecycle.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from states.lifecycle import Action, Kind, Seat, State, next_state
from states.policy import Holder, Parties, may, may_see, seats, signs

# action: from → to; kinds (p, r); who, relative to the document. The design's table, word for word in letters:
# d s b r c w n are draft, signed, submitted, returned, consolidated, withdrawn, none.
TABLE = """
open         nd                 pr  clock drafter@drafter
assign       dd rr ss           pr  leader@issuer
present      dd rr ss           pr  drafter@drafter
send_back    dd rr ss           pr  leader@issuer clerk@issuer
sign         ds rs              pr  leader@issuer
revise       sd                 pr  drafter@drafter leader@issuer
submit       sb                 pr  clerk@issuer
register     db rb              pr  clerk@receiver
receive      bb                 pr  clerk@receiver
return       br                 r   supervisor@receiver leader@receiver
recall       bd                 r   leader@issuer
consolidate  bc                 pr  clock supervisor@receiver leader@receiver
reopen       cr                 r   supervisor@receiver leader@receiver
withdraw     dw rw sw bw        pr  leader@issuer
"""
LETTERS = {"n": "none", "d": "draft", "s": "signed", "b": "submitted", "r": "returned", "c": "consolidated",
           "w": "withdrawn"}  # fmt: skip
HELD = ("drafter", "leader", "clerk", "supervisor", "auditor", "admin", "clock")
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
ONE = timedelta(days=1)
# A stand-in is an office with dates; so is one that ended, and one not yet begun.
MOMENTS = {
    "not yet begun": (FIRST, LAST, FIRST - ONE, False), "first day": (FIRST, LAST, FIRST, True),
    "between": (FIRST, LAST, FIRST + 9 * ONE, True), "last day": (FIRST, LAST, LAST, True),
    "ended": (FIRST, LAST, LAST + ONE, False), "without end": (FIRST, None, date(2040, 1, 1), True),
}  # fmt: skip
NAMED = ("unit", "issuer", "drafter", "receiver", "follower")
TREE = {"own": "/1/5/7/", "parent": "/1/5/", "child": "/1/5/7/8/", "sibling": "/1/5/9/", "stranger": "/1/6/"}
KINDS_OF_MANDATE = ((), ("plan",), ("report",), ("plan", "report"))
FIELDS = ((), ("bình đẳng giới",), ("y tế",))
SUBJECTS = ("bình đẳng giới", "")
ME, OTHER = 7, 99


@dataclass(frozen=True)
class Who:
    """A person in an office on a day, toward a document whose named units are his own or another."""

    seat: str
    machine: bool
    moment: str
    named: tuple[bool, ...]
    tree: str

    @property
    def holder(self) -> Holder:
        first, last, _, _ = MOMENTS[self.moment]
        return Holder(3, 4, ME, self.seat, "Phó Chủ tịch", valid_from=first, valid_to=last, machine=self.machine)

    @property
    def day(self) -> date:
        return MOMENTS[self.moment][2]

    @property
    def parties(self) -> Parties:
        unit, issuer, drafter, receiver, follows = (ME if own else OTHER for own in self.named)
        return Parties(unit, issuer, drafter, receiver, (follows,), "/1/5/7/")


def everybody() -> list[Who]:
    named = list(itertools.product((False, True), repeat=len(NAMED)))
    return [Who(*one) for one in itertools.product(HELD, (False, True), MOMENTS, named, TREE)]


def expected_seats(who: Who) -> set[str]:
    """The second statement: a seat is held in the very unit that the document names, by a person, on a day of his."""
    if not MOMENTS[who.moment][3]:
        return set()
    if who.machine:
        return {"clock"} if who.seat == "clock" else set()
    mine = {name for name, own in zip(NAMED, who.named, strict=True) if own}
    works = who.seat in ("drafter", "leader", "clerk", "supervisor")
    return {f"{who.seat}@{name}" for name in mine} if works else set()


def table() -> dict[str, tuple[dict[str, str], set[str], set[str]]]:
    """Per action: from → to, kinds, who."""
    rules = {}
    for line in TABLE.strip().splitlines():
        action, ways, kinds, who = (part.split() for part in re.split(r"\s{2,}", line))
        places = {LETTERS[way[0]]: LETTERS[way[1]] for way in ways}
        rules[action[0]] = places, {"plan", "report"} if kinds == ["pr"] else {"report"}, set(who)
    return rules


def test_every_combination_is_as_the_second_statement_says() -> None:
    people, actions, rules = everybody(), list(Action), table()
    assert {action.value for action in actions} == set(rules)
    said = np.array([_said(who, actions) for who in people])
    held = [expected_seats(who) for who in people]
    wanted = np.array([[not rules[a.value][2].isdisjoint(mine) for a in actions] for mine in held])
    ways, wanted_ways = _ways(actions, rules)
    mandates, wanted_mandates = _mandates(actions)
    allowed = _all_of(said, ways, mandates)
    assert np.array_equal(allowed, _all_of(wanted, wanted_ways, wanted_mandates))
    assert allowed.size == 7 * 2 * 6 * 32 * 5 * 14 * 2 * 7 * 4 * 3 * 2 == 63_221_760
    assert int(allowed.sum()) == 495_360


def _said(who: Who, actions: list[Action]) -> list[bool]:
    holder, parties, day = who.holder, who.parties, who.day
    return [may(action, holder, parties, day) for action in actions]


def _all_of(who: Any, ways: Any, mandates: Any) -> Any:
    """people × actions, actions × kinds × states, actions × kinds × mandates: each answer with each other one."""
    return who[:, :, None, None, None] & ways[None, :, :, :, None] & mandates[None, :, :, None, :]


def _ways(actions: list[Action], rules: dict[str, Any]) -> tuple[Any, Any]:
    found = [[[next_state(k, s, a) for s in State] for k in Kind] for a in actions]
    wanted = [[[rules[a.value][0].get(s.value) if k.value in rules[a.value][1] else None for s in State]
               for k in Kind] for a in actions]  # fmt: skip
    assert [[[to and to.value for to in row] for row in rows] for rows in found] == wanted
    return np.array(found) != None, np.array(wanted) != None  # noqa: E711  (elementwise)


def _mandates(actions: list[Action]) -> tuple[Any, Any]:
    """Signing asks whether the mandate covers kind and field; nothing else does."""
    given = list(itertools.product(KINDS_OF_MANDATE, FIELDS, SUBJECTS))
    found, wanted = [], []
    for action in actions:
        asked = action is Action.SIGN
        found.append([[not asked or _signs(kinds, fields, kind, about) is None for kinds, fields, about in given]
                      for kind in Kind])  # fmt: skip
        wanted.append([[not asked or (not kinds or kind.value in kinds) and (not fields or about in fields)
                        for kinds, fields, about in given] for kind in Kind])  # fmt: skip
    return np.array(found), np.array(wanted)


def _signs(kinds: tuple[str, ...], fields: tuple[str, ...], kind: str, about: str) -> str | None:
    return signs(Holder(3, 4, ME, "leader", "Phó Chủ tịch", kinds=kinds, fields=fields), kind, about)


def test_seeing_is_for_parties_followers_those_above_and_auditors() -> None:
    people = everybody()
    for who in people:
        held, above = MOMENTS[who.moment][3], who.tree in ("own", "parent")
        wanted = held and (any(who.named) or above or who.seat == "auditor")
        assert may_see(who.holder, TREE[who.tree], who.parties, who.day) == wanted, who
    assert len(people) == 13_440


def test_no_relation_gives_an_auditor_an_administrator_or_a_machine_a_seat() -> None:
    for who in everybody():
        found = seats(who.holder, who.parties, who.day)
        if who.seat in ("auditor", "admin"):
            assert not found, who
        if who.machine:
            assert found <= {Seat.CLOCK} and not may(Action.SIGN, who.holder, who.parties, who.day), who


def test_whoever_writes_for_one_unit_signs_for_none_by_the_same_office() -> None:
    """Drafter and signer are two offices: no one office may both present and sign."""
    for who in everybody():
        both = [may(action, who.holder, who.parties, who.day) for action in (Action.PRESENT, Action.SIGN)]
        assert not all(both), who
