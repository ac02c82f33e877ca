"""Whose turn it is with a document, and why a visitor is not offered what he might look for: one sentence each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.seeing import Sight
from states.lifecycle import Action, Desk, Kind, Seat, State

Say = Callable[[str], str]


@dataclass(frozen=True)
class Coming:
    """A step that is still to come: what, at whose desk; `now`: it is this one's turn."""

    action: Action
    who: str
    now: bool


def turn(
    row: Mapping[str, Any], holder: str | None, office_id: int, say: Say, when: Callable[[datetime], str]
) -> str:  # fmt: skip
    """Where the document lies and since when. `holder`: the person who was named for it; `when` writes a moment.

    `office_id`: the office of who looks: he is told when it is himself.
    """
    state, desk = State(row["state"]), Desk(row["desk"])
    told = {"who": holder or "", "unit": _unit_at(row), "since": when(row["desk_since"])}
    if state in _FINISHED:
        return say(_FINISHED[state] if row["kind"] == Kind.REPORT or state is State.WITHDRAWN else _PLAN_DONE) % {
            **told, "unit": row["receiver"] or row["issuer"],
        }  # fmt: skip
    if state is State.SUBMITTED and not row["receiver"]:
        return say(_("Đã ban hành từ %(since)s; không còn bước nào phải làm.")) % told
    if row["desk_office_id"] == office_id and desk in _MINE:
        return say(_MINE[desk]) % told
    return say((_NAMED if holder else _AT)[desk]) % told


def not_offered(seen: Sight, seats: Iterable[Seat], say: Say) -> str:
    """Why there is nothing to press for who works on it in these seats."""
    held = set(seats)
    if not held & set(_SEATS):
        return say(_("Bạn xem để theo dõi; các bước do đơn vị soạn, đơn vị ban hành và đơn vị nhận thực hiện."))
    for seat in (one for one in _SEATS if one in held):
        if words := _WHY.get((seen.state, seat)):
            return say(words)
    return ""


def coming(row: Mapping[str, Any], holder: str | None, receives: bool) -> list[Coming]:
    """The steps from here to the end, the next one first."""
    state, desk = State(row["state"]), Desk(row["desk"])
    at = {Action.PRESENT: row["drafter"], Action.SIGN: row["issuer"], Action.SUBMIT: row["issuer"],
          Action.RECEIVE: row["receiver"], Action.CONSOLIDATE: row["receiver"]}  # fmt: skip
    path = [Action.PRESENT, Action.SIGN, Action.SUBMIT]
    path += [Action.RECEIVE, Action.CONSOLIDATE] if row["receiver"] else []
    if state in (State.CONSOLIDATED, State.WITHDRAWN):
        return []
    start = {State.SIGNED: Action.SUBMIT, State.SUBMITTED: Action.RECEIVE if receives else Action.CONSOLIDATE}.get(
        state, Action.SIGN if desk is Desk.LEADER else Action.PRESENT
    )
    left = path[path.index(start) :] if start in path else []
    return [Coming(one, holder or at[one] if one is start else at[one], one is start) for one in left]


def _unit_at(row: Mapping[str, Any]) -> str:
    named = {Desk.DRAFTER: "drafter", Desk.LEADER: "issuer", Desk.CLERK: "issuer", Desk.RECEIVER: "receiver"}
    return str(row[named.get(Desk(row["desk"]), "issuer")] or row["issuer"])


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_AT = {
    Desk.DRAFTER: _("Đang ở người soạn của %(unit)s từ %(since)s."),
    Desk.LEADER: _("Đang chờ lãnh đạo %(unit)s ký từ %(since)s."),
    Desk.CLERK: _("Đã ký, đang chờ văn thư %(unit)s lấy số và gửi từ %(since)s."),
    Desk.RECEIVER: _("Đã gửi, đang ở %(unit)s từ %(since)s."),
    Desk.ARCHIVE: _("Đã lưu từ %(since)s."),
}
_NAMED = {
    Desk.DRAFTER: _("Đang ở %(who)s (người soạn, %(unit)s) từ %(since)s."),
    Desk.LEADER: _("Đang chờ %(who)s (%(unit)s) ký từ %(since)s."),
    Desk.CLERK: _("Đã ký, đang chờ %(who)s (văn thư, %(unit)s) lấy số và gửi từ %(since)s."),
    Desk.RECEIVER: _("Đã gửi, đang ở %(who)s (%(unit)s) từ %(since)s."),
    Desk.ARCHIVE: _("Đã lưu từ %(since)s."),
}
_MINE = {
    Desk.DRAFTER: _("Đang ở bạn để soạn từ %(since)s."),
    Desk.LEADER: _("Đang chờ bạn ký từ %(since)s."),
    Desk.CLERK: _("Đã ký, đang chờ bạn lấy số và gửi từ %(since)s."),
}
_FINISHED = {
    State.CONSOLIDATED: _("Số liệu đã vào bảng tổng hợp của %(unit)s từ %(since)s; muốn sửa thì đơn vị nhận mở lại."),
    State.WITHDRAWN: _("Đã thu hồi từ %(since)s; số đã cấp được giữ, không cấp lại."),
}
_PLAN_DONE = _("Kế hoạch đã hoàn thành từ %(since)s: chỉ để xem.")
_SEATS = (Seat.LEADER, Seat.CLERK, Seat.DRAFTER, Seat.RECEIVER, Seat.RECEIVER_CLERK)
_NOT_SENT = _("Đơn vị soạn chưa gửi; khi văn bản đến, bạn tổng hợp hoặc trả lại được.")
_NOT_SIGNED = _("Văn bản chưa ký; bạn lấy số và gửi được sau khi lãnh đạo ký.")
_SENT = _("Đã gửi. Muốn sửa thì lãnh đạo xin rút về, hoặc đơn vị nhận trả lại.")
_TAKEN = _("Đã được tổng hợp. Muốn sửa thì đơn vị nhận mở lại.")
_WHY: dict[tuple[State, Seat], str] = {
    (State.DRAFT, Seat.CLERK): _NOT_SIGNED, (State.RETURNED, Seat.CLERK): _NOT_SIGNED,
    (State.DRAFT, Seat.RECEIVER): _NOT_SENT, (State.RETURNED, Seat.RECEIVER): _NOT_SENT,
    (State.SIGNED, Seat.RECEIVER): _NOT_SENT, (State.SIGNED, Seat.RECEIVER_CLERK): _NOT_SENT,
    (State.SUBMITTED, Seat.DRAFTER): _SENT, (State.SUBMITTED, Seat.CLERK): _SENT,
    (State.CONSOLIDATED, Seat.DRAFTER): _TAKEN, (State.CONSOLIDATED, Seat.CLERK): _TAKEN,
    (State.CONSOLIDATED, Seat.LEADER): _TAKEN,
}  # fmt: skip
