"""Flows, how their runs stand and what they wrote down, in the office's words."""

from collections.abc import Callable, Mapping
from typing import Any

from api.pages.vocabulary import Sign
from states.reading.runs import Outcome


def _(sentence: str) -> str:
    """Mark a sentence for translation; the template says it."""
    return sentence


FLOWS: Mapping[str, str] = {
    "fan-out-plan": _("Triển khai kế hoạch"), "fan_out": _("Triển khai kế hoạch"),
    "consolidate": _("Tổng hợp số liệu"), "watch-deadlines": _("Theo dõi thời hạn"), "deliver": _("Gửi thông báo"),
    "seal": _("Niêm phong nhật ký"),
}  # fmt: skip
ASKABLE = ("watch-deadlines", "consolidate", "deliver")
"""Flows that may be asked for at any time: what is done already they leave alone."""
OUTCOMES: Mapping[str, Sign] = {
    Outcome.RUNNING: Sign(_("Đang chạy"), "player-play", "submitted"),
    Outcome.BROKEN: Sign(_("Đứt"), "alert-triangle", "warn"),
    Outcome.DONE: Sign(_("Xong"), "check", "consolidated"),
    Outcome.FAILED: Sign(_("Hỏng"), "circle-x", "bad"),
}
PREFECT_STATES: Mapping[str, Sign] = {
    "RUNNING": Sign(_("Đang chạy"), "player-play", "submitted"),
    "PENDING": Sign(_("Sắp chạy"), "hourglass", "draft"),
    "COMPLETED": Sign(_("Xong"), "check", "consolidated"),
    "FAILED": Sign(_("Hỏng"), "circle-x", "bad"),
    "CRASHED": Sign(_("Đứt"), "alert-triangle", "bad"),
    "CANCELLING": Sign(_("Đang hủy"), "ban", "waived"),
    "CANCELLED": Sign(_("Đã hủy, lần trước còn chạy"), "ban", "waived"),
    "PAUSED": Sign(_("Tạm dừng"), "clock", "waived"),
}


def note_words(done: Mapping[str, Any], say: Callable[[str], str]) -> list[str]:
    """What a run wrote down, each figure with its word; what is nought is not said."""
    figures = {
        _("%(n)s bảng tổng hợp"): done.get("totals"), _("%(n)s báo cáo được tổng hợp"): done.get("reports"),
        _("%(n)s bản bổ sung"): done.get("supplements"), _("%(n)s kế hoạch cấp dưới"): done.get("plans"),
        _("%(n)s báo cáo được mở"): sum((done.get("opened") or {}).values()),
        _("%(n)s kế hoạch đã có được gắn"): len(done.get("attached") or ()),
        _("còn thiếu %(n)s đơn vị"): sum(len(missing) for missing in (done.get("gaps") or {}).values()),
    }  # fmt: skip
    return [say(words) % {"n": n} for words, n in figures.items() if n]
