"""The whole life of a document on one screen: who may do what, from which state to which.

A plan (kế hoạch) and a report (báo cáo) live the same life. Everything else reads this table: the state
machine, the key in the database, the buttons, the API's allowed actions, README's diagram and the tests.
What a step *needs* (numbers, mandates, checks) is said in `states.checks`; this file knows no database.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from transitions import Machine


class Kind(StrEnum):
    """What goes down and what comes up."""

    PLAN = "plan"  # kế hoạch
    REPORT = "report"  # báo cáo


class State(StrEnum):
    """Where a document stands. Late, due soon, waiting, stale are computed, never states."""

    NONE = "none"  # not there yet
    DRAFT = "draft"  # dự thảo: content may change
    SIGNED = "signed"  # đã ký: content is frozen, waits for number and date
    SUBMITTED = "submitted"  # đã ban hành (plan), đã gửi (report)
    RETURNED = "returned"  # trả lại: the receiver asks for a correction; content may change
    CONSOLIDATED = "consolidated"  # đã tổng hợp: its figures stand in a total above
    WITHDRAWN = "withdrawn"  # thu hồi: the number stays used; the end


class Seat(StrEnum):
    """A seat relative to one document, so that one table serves every level."""

    DRAFTER = "drafter"  # công chức tham mưu of the drafting unit
    LEADER = "leader"  # lãnh đạo of the issuing unit (Chủ tịch, Phó Chủ tịch)
    CLERK = "clerk"  # văn thư of the issuing unit
    RECEIVER = "receiver"  # đơn vị nhận: supervisor or leader of the unit that receives
    RECEIVER_CLERK = "receiver_clerk"  # văn thư of the unit that receives
    CLOCK = "clock"  # the program itself, in a flow; it can never sign


class Desk(StrEnum):
    """Whose desk the paper lies on (đang ở ai). Moves inside a state as well."""

    DRAFTER = "drafter"
    LEADER = "leader"
    CLERK = "clerk"
    RECEIVER = "receiver"
    ARCHIVE = "archive"  # nobody has to act


class Action(StrEnum):
    OPEN = "open"
    ASSIGN = "assign"  # giao việc
    PRESENT = "present"  # trình ký
    SEND_BACK = "send_back"  # chuyển lại trong đơn vị
    SIGN = "sign"  # ký
    REVISE = "revise"  # lấy lại để sửa: voids the signature, keeps it in the history
    SUBMIT = "submit"  # ban hành, gửi
    REGISTER = "register"  # vào sổ văn bản ký ngoài hệ thống
    RECEIVE = "receive"  # tiếp nhận, vào sổ đến
    RETURN = "return"  # trả lại
    RECALL = "recall"  # xin rút về
    CONSOLIDATE = "consolidate"  # tổng hợp
    REOPEN = "reopen"  # mở lại sau tổng hợp
    WITHDRAW = "withdraw"  # thu hồi


@dataclass(frozen=True)
class Rule:
    """One row of the table: an action, its ways, who may take it, and where the paper then lies."""

    action: Action
    ways: tuple[tuple[State, State], ...]
    kinds: tuple[Kind, ...]
    seats: tuple[Seat, ...]
    desk: Desk | None  # None: whoever the step names


_D, _S, _B, _R, _C, _W = (
    State.DRAFT, State.SIGNED, State.SUBMITTED, State.RETURNED, State.CONSOLIDATED, State.WITHDRAWN,
)  # fmt: skip
_INSIDE = ((_D, _D), (_R, _R), (_S, _S))  # moves the desk, not the state
_BOTH, _PLAN, _REPORT = (Kind.PLAN, Kind.REPORT), (Kind.PLAN,), (Kind.REPORT,)
_A, _T = Action, Seat

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(_A.OPEN,        ((State.NONE, _D),),           _BOTH,   (_T.CLOCK, _T.DRAFTER),              Desk.DRAFTER),
    Rule(_A.ASSIGN,      _INSIDE,                       _BOTH,   (_T.LEADER,),                        None),
    Rule(_A.PRESENT,     _INSIDE,                       _BOTH,   (_T.DRAFTER,),                       Desk.LEADER),
    Rule(_A.SEND_BACK,   _INSIDE,                       _BOTH,   (_T.LEADER, _T.CLERK),               Desk.DRAFTER),
    Rule(_A.SIGN,        ((_D, _S), (_R, _S)),          _BOTH,   (_T.LEADER,),                        Desk.CLERK),
    Rule(_A.REVISE,      ((_S, _D),),                   _BOTH,   (_T.DRAFTER, _T.LEADER),             Desk.DRAFTER),
    Rule(_A.SUBMIT,      ((_S, _B),),                   _BOTH,   (_T.CLERK,),                         Desk.RECEIVER),
    Rule(_A.REGISTER,    ((_D, _B), (_R, _B)),          _BOTH,   (_T.RECEIVER_CLERK,),                Desk.RECEIVER),
    Rule(_A.RECEIVE,     ((_B, _B),),                   _BOTH,   (_T.RECEIVER_CLERK,),                Desk.RECEIVER),
    Rule(_A.RETURN,      ((_B, _R),),                   _REPORT, (_T.RECEIVER,),                      Desk.DRAFTER),
    Rule(_A.RECALL,      ((_B, _D),),                   _REPORT, (_T.LEADER,),                        Desk.DRAFTER),
    Rule(_A.CONSOLIDATE, ((_B, _C),),                   _BOTH,   (_T.CLOCK, _T.RECEIVER),             Desk.ARCHIVE),
    Rule(_A.REOPEN,      ((_C, _R),),                   _REPORT, (_T.RECEIVER,),                      Desk.DRAFTER),
    Rule(_A.WITHDRAW,    tuple((s, _W) for s in (_D, _R, _S, _B)), _BOTH, (_T.LEADER,),               Desk.ARCHIVE),
)
# fmt: on

BY_ACTION: dict[Action, Rule] = {rule.action: rule for rule in RULES}

MACHINE = Machine(
    model=None,
    states=State,
    initial=State.NONE,
    auto_transitions=False,
    transitions=[
        {"trigger": rule.action.value, "source": source, "dest": target}
        for rule in RULES
        for source, target in rule.ways
    ],
)


@dataclass
class _Place:
    """A document as the machine sees it: only its state."""

    state: State


@cache
def next_state(kind: Kind, state: State, action: Action) -> State | None:
    """The state after `action`, or None where the table has no such way. The machine decides."""
    place = _Place(state)
    if kind not in BY_ACTION[action].kinds or action.value not in MACHINE.get_triggers(state):
        return None
    MACHINE.events[action.value].trigger(place)
    return place.state


def actions_from(kind: Kind, state: State) -> list[Action]:
    """The actions that the table has from `state`, in the table's order."""
    return [rule.action for rule in RULES if next_state(kind, state, rule.action) is not None]


def rows() -> list[tuple[str, str, str, str]]:
    """(kind, from, action, to) for each way: what the database's `rule` table must hold, no more, no less."""
    return sorted(
        (kind.value, source.value, rule.action.value, target.value)
        for rule in RULES
        for kind in rule.kinds
        for source, target in rule.ways
    )


def diagram() -> str:
    """README's picture (mermaid), drawn from the table."""
    moves: dict[tuple[State, State], list[str]] = {}
    for rule in RULES:
        for source, target in rule.ways:
            if source is not target:
                moves.setdefault((source, target), []).append(rule.action.value)
    lines = ["stateDiagram-v2"]
    for (source, target), actions in moves.items():
        start = "[*]" if source is State.NONE else source.value
        lines.append(f"    {start} --> {target.value}: {', '.join(actions)}")
    return "\n".join([*lines, f"    {State.WITHDRAWN.value} --> [*]"])
