"""The office's words for what the engine names: states, standings, actions, seats, desks, levels, reasons.

Each state and standing has one colour, one icon and one word, wherever it is shown. Words stand here in Vietnamese
and marked for translation; templates and pages ask `words(gettext)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from states.lifecycle import Action, Desk, State
from states.reading.standings import Line, Standing


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is said by `words`."""
    return sentence


@dataclass(frozen=True)
class Sign:
    """How a status looks: its word, icon of the sprite, and class (colour)."""

    word: str
    icon: str
    tone: str


STATES: dict[str, Sign] = {
    State.DRAFT: Sign(_("Dự thảo"), "pencil", "draft"),
    State.SIGNED: Sign(_("Đã ký"), "signature", "signed"),
    State.SUBMITTED: Sign(_("Đã gửi"), "send", "submitted"),
    State.RETURNED: Sign(_("Bị trả lại"), "arrow-back-up", "returned"),
    State.CONSOLIDATED: Sign(_("Đã tổng hợp"), "checks", "consolidated"),
    State.WITHDRAWN: Sign(_("Đã thu hồi"), "ban", "waived"),
}
PLAN_STATES: dict[str, Sign] = {
    **STATES,
    State.SUBMITTED: Sign(_("Đã ban hành"), "send", "submitted"),
    State.CONSOLIDATED: Sign(_("Đã hoàn thành"), "checks", "consolidated"),
}
STANDINGS: dict[str, Sign] = {
    Standing.NOT_STARTED: Sign(_("Chưa soạn"), "file-text", "draft"),
    Standing.DRAFTING: Sign(_("Đang soạn"), "pencil", "draft"),
    Standing.PRESENTED: Sign(_("Chờ ký"), "hourglass", "signed"),
    Standing.SIGNED_NOT_SENT: Sign(_("Đã ký, chưa gửi"), "signature", "signed"),
    Standing.RETURNED: Sign(_("Bị trả lại"), "arrow-back-up", "returned"),
    Standing.REOPENED: Sign(_("Đang sửa"), "refresh", "returned"),
    Standing.OVERDUE: Sign(_("Quá hạn"), "clock-exclamation", "late"),
    Standing.SENT_ON_TIME: Sign(_("Đã gửi"), "send", "submitted"),
    Standing.SENT_LATE: Sign(_("Gửi chậm"), "send", "submitted"),
    Standing.CONSOLIDATED: Sign(_("Đã tổng hợp"), "checks", "consolidated"),
    Standing.WAIVED: Sign(_("Được miễn"), "ban", "waived"),
    Standing.CANCELLED: Sign(_("Không còn phải gửi"), "ban", "waived"),
}
ACTIONS: dict[str, str] = {
    Action.OPEN: _("Mở dự thảo"), Action.ASSIGN: _("Giao việc"), Action.PRESENT: _("Trình ký"),
    Action.SEND_BACK: _("Chuyển lại"), Action.SIGN: _("Ký"), Action.REVISE: _("Lấy lại để sửa"),
    Action.SUBMIT: _("Lấy số và gửi"), Action.REGISTER: _("Vào sổ bản ký ngoài"), Action.RECEIVE: _("Tiếp nhận"),
    Action.RETURN: _("Trả lại"), Action.RECALL: _("Rút về"), Action.CONSOLIDATE: _("Tổng hợp"),
    Action.REOPEN: _("Mở lại"), Action.WITHDRAW: _("Thu hồi"),
}  # fmt: skip
DONE: dict[str, str] = {
    Action.OPEN: _("mở dự thảo"), Action.ASSIGN: _("giao việc"), Action.PRESENT: _("trình ký"),
    Action.SEND_BACK: _("chuyển lại"), Action.SIGN: _("ký"), Action.REVISE: _("lấy lại để sửa"),
    Action.SUBMIT: _("lấy số và gửi"), Action.REGISTER: _("vào sổ bản ký ngoài hệ thống"),
    Action.RECEIVE: _("tiếp nhận"), Action.RETURN: _("trả lại"), Action.RECALL: _("rút về"),
    Action.CONSOLIDATE: _("tổng hợp"), Action.REOPEN: _("mở lại"), Action.WITHDRAW: _("thu hồi"),
}  # fmt: skip
ACTION_ICONS: dict[str, str] = {
    Action.OPEN: "file-text", Action.ASSIGN: "user", Action.PRESENT: "hourglass", Action.SEND_BACK: "arrow-left",
    Action.SIGN: "signature", Action.REVISE: "pencil", Action.SUBMIT: "send", Action.REGISTER: "stamp",
    Action.RECEIVE: "inbox", Action.RETURN: "arrow-back-up", Action.RECALL: "arrow-back-up",
    Action.CONSOLIDATE: "checks", Action.REOPEN: "refresh", Action.WITHDRAW: "ban",
}  # fmt: skip
SEATS: dict[str, str] = {
    "drafter": _("Soạn thảo"), "leader": _("Lãnh đạo"), "clerk": _("Văn thư"), "supervisor": _("Theo dõi"),
    "auditor": _("Kiểm tra"), "admin": _("Quản trị"), "receiver": _("Đơn vị nhận"),
    "receiver_clerk": _("Văn thư đơn vị nhận"), "clock": _("Tác vụ tự động"),
}  # fmt: skip
DESKS: dict[str, str] = {
    Desk.DRAFTER: _("Người soạn"), Desk.LEADER: _("Lãnh đạo"), Desk.CLERK: _("Văn thư"),
    Desk.RECEIVER: _("Đơn vị nhận"), Desk.ARCHIVE: _("Lưu"),
}  # fmt: skip
QUEUES: dict[str, str] = {
    "to_draft": _("Cần soạn"), "returned": _("Bị trả lại"), "presented": _("Chờ ký"), "to_send": _("Cần gửi"),
    "to_receive": _("Văn bản đến"), "to_register": _("Chờ bản giấy"), "to_accept": _("Cần tổng hợp"),
}  # fmt: skip
KINDS: dict[str, str] = {"plan": _("Kế hoạch"), "report": _("Báo cáo")}
LEVELS: dict[str, str] = {
    "nation": _("Trung ương"), "province": _("Cấp tỉnh"), "district": _("Cấp huyện"), "commune": _("Cấp xã"),
    "village": _("Thôn, tổ"), "body": _("Cơ quan chuyên môn"),
}  # fmt: skip


def tone(line: Line) -> str:
    """The colour of a line on the board: only lateness is loud, and the louder the longer."""
    if line.standing is Standing.OVERDUE:
        return "late1" if line.days_late <= 2 else "late2" if line.days_late <= 4 else "late3"
    if line.days_left is not None and line.days_left <= SOON_DAYS and STANDINGS[line.standing].tone == "draft":
        return "soon"
    return STANDINGS[line.standing].tone


SOON_DAYS = 2
"""Due soon (sắp đến hạn): so many working days or fewer before the deadline."""


def words(gettext: Callable[[str], str]) -> dict[str, Any]:
    """The vocabulary in one language, for templates."""

    def signs(table: dict[str, Sign]) -> dict[str, Sign]:
        return {str(key): Sign(gettext(one.word), one.icon, one.tone) for key, one in table.items()}

    def plain(table: dict[str, str]) -> dict[str, str]:
        return {str(key): gettext(word) for key, word in table.items()}

    return {
        "STATES": signs(STATES), "PLAN_STATES": signs(PLAN_STATES), "STANDINGS": signs(STANDINGS),
        "ACTIONS": plain(ACTIONS), "DONE": plain(DONE), "ACTION_ICONS": {str(k): v for k, v in ACTION_ICONS.items()},
        "SEATS": plain(SEATS), "DESKS": plain(DESKS), "QUEUES": plain(QUEUES), "KINDS": plain(KINDS),
        "LEVELS": plain(LEVELS), "tone": tone,
    }  # fmt: skip
