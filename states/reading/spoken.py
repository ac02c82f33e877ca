"""The words of exports for what the engine names (từ dùng của cơ quan); pages have theirs, in two languages."""

from states.lifecycle import Action, Desk, Kind, State
from states.reading.standings import Standing

ACTIONS: dict[str, str] = {
    Action.OPEN: "mở dự thảo", Action.ASSIGN: "giao việc", Action.PRESENT: "trình ký",
    Action.SEND_BACK: "chuyển lại", Action.SIGN: "ký", Action.REVISE: "lấy lại để sửa",
    Action.SUBMIT: "lấy số và gửi", Action.REGISTER: "vào sổ bản ký ngoài hệ thống", Action.RECEIVE: "tiếp nhận",
    Action.RETURN: "trả lại", Action.RECALL: "rút về", Action.CONSOLIDATE: "tổng hợp", Action.REOPEN: "mở lại",
    Action.WITHDRAW: "thu hồi",
}  # fmt: skip
STATES: dict[str, str] = {
    State.NONE: "chưa có", State.DRAFT: "dự thảo", State.SIGNED: "đã ký", State.SUBMITTED: "đã gửi",
    State.RETURNED: "bị trả lại", State.CONSOLIDATED: "đã tổng hợp", State.WITHDRAWN: "đã thu hồi",
}  # fmt: skip
STANDINGS: dict[str, str] = {
    Standing.NOT_STARTED: "Chưa gửi (chưa soạn)", Standing.DRAFTING: "Chưa gửi (đang soạn)",
    Standing.PRESENTED: "Chưa gửi (chờ ký)", Standing.SIGNED_NOT_SENT: "Đã ký, chưa gửi",
    Standing.RETURNED: "Bị trả lại, đang sửa", Standing.REOPENED: "Mở lại, đang sửa",
    Standing.OVERDUE: "Quá hạn, chưa gửi", Standing.SENT_ON_TIME: "Đã gửi đúng hạn", Standing.SENT_LATE: "Gửi chậm",
    Standing.CONSOLIDATED: "Đã tổng hợp", Standing.WAIVED: "Được miễn", Standing.CANCELLED: "Không còn phải gửi",
}  # fmt: skip
DESKS: dict[str, str] = {
    Desk.DRAFTER: "Người soạn", Desk.LEADER: "Lãnh đạo", Desk.CLERK: "Văn thư", Desk.RECEIVER: "Đơn vị nhận",
    Desk.ARCHIVE: "Lưu",
}  # fmt: skip
KINDS: dict[str, str] = {Kind.PLAN: "kế hoạch", Kind.REPORT: "báo cáo"}
LEVELS: dict[str, str] = {
    "nation": "trung ương", "province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã",
    "village": "thôn, tổ dân phố", "body": "cơ quan chuyên môn",
}  # fmt: skip


def action_words(action: str, kind: str) -> str:
    """An action as it is said of a document: a plan is issued (ban hành), a report is sent (gửi)."""
    return "lấy số và ban hành" if (action, kind) == (Action.SUBMIT, Kind.PLAN) else ACTIONS[action]


def state_words(state: str, kind: str) -> str:
    """A state as it is said of a document."""
    return "đã ban hành" if (state, kind) == (State.SUBMITTED, Kind.PLAN) else STATES[state]
