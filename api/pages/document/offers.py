"""What a visitor may do with a document now, as the table says, in the order in which it is offered."""

from collections.abc import Iterable
from dataclasses import dataclass

from states.errors import Reason
from states.lifecycle import Action, Desk, Kind, State


@dataclass(frozen=True)
class Offer:
    """An action that the table allows. `reasons`: what still stands in its way; `rank`: main, beside, more."""

    action: Action
    rank: str
    key: str
    danger: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Offered:
    """All offers, and whether the paper is written on (`writes`) rather than signed."""

    offers: tuple[Offer, ...]

    def of(self, rank: str) -> list[Offer]:
        """Those that may be taken at once, of one rank."""
        return [one for one in self.offers if one.rank == rank and not one.reasons]

    @property
    def blocked(self) -> list[Offer]:
        """What the table allows and something stands in the way of."""
        return [one for one in self.offers if one.reasons and one.rank != "more"]

    @property
    def any(self) -> bool:
        """Whether anything can be done."""
        return any(not one.reasons for one in self.offers)

    def get(self, action: Action) -> Offer | None:
        """One of them."""
        return next((one for one in self.offers if one.action is action), None)


def offered(
    allowed: Iterable[tuple[Action, list[Reason]]], kind: Kind, state: State, desk: Desk, written_here: bool
) -> Offered:
    """Rank what the table allows: one main action, two or three beside it, the rest under «Việc khác».

    `written_here`: the visitor writes the draft, whose main way is to go on writing.
    """
    found = {action: tuple(reasons) for action, reasons in allowed}
    if kind is Kind.REPORT:
        found.pop(Action.CONSOLIDATE, None)  # with its whole level, on the page of the totals
    if (twice := found.get(Action.RECEIVE)) and all(why.place == "số đến" for why in twice):
        del found[Action.RECEIVE]  # it is in the register of arrivals already: nothing to warn of
    main = next((one for one in _MAIN if one in found and _at_its_desk(one, desk, state)), None)
    offers = [
        Offer(action, _rank(action, main, written_here), _KEYS.get(action, ""), action in _DANGER, found[action])
        for action in sorted(found, key=_ORDER.index)
    ]
    return Offered(tuple(offers))


def _rank(action: Action, main: Action | None, written_here: bool) -> str:
    if action is main:
        return "beside" if written_here else "main"
    if action in _BESIDE and not (action is Action.SEND_BACK and main is not Action.SIGN and main is not Action.SUBMIT):
        return "beside"
    return "more"


def _at_its_desk(action: Action, desk: Desk, state: State) -> bool:
    """A main action is the one that the paper lies there for."""
    wanted = {Action.SIGN: Desk.LEADER, Action.PRESENT: Desk.DRAFTER, Action.SUBMIT: Desk.CLERK}.get(action)
    return wanted is None or wanted is desk and not (action is Action.PRESENT and state is State.SIGNED)


_MAIN = (Action.SIGN, Action.SUBMIT, Action.RECEIVE, Action.CONSOLIDATE, Action.PRESENT)
_BESIDE = (Action.SEND_BACK, Action.RETURN, Action.REOPEN, Action.REVISE, Action.REGISTER)
_ORDER = (
    Action.SIGN, Action.SUBMIT, Action.RECEIVE, Action.CONSOLIDATE, Action.PRESENT, Action.REGISTER, Action.SEND_BACK,
    Action.RETURN, Action.REOPEN, Action.REVISE, Action.RECALL, Action.ASSIGN, Action.WITHDRAW, Action.OPEN,
)  # fmt: skip
_DANGER = (Action.SEND_BACK, Action.RETURN, Action.REOPEN, Action.RECALL, Action.WITHDRAW)
_KEYS = {Action.SIGN: "k", Action.SEND_BACK: "r", Action.RETURN: "r", Action.SUBMIT: "s", Action.RECEIVE: "t"}
