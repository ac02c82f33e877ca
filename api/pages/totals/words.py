"""Words of totals (từ dùng trên bảng tổng hợp): why a figure is missing, what made a total old, figures in words."""

from collections.abc import Callable

from states.figures import Bound, Figure
from states.reading.standings import Line, Standing

Say = Callable[[str], str]


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


GAPS: dict[str, str] = {
    "not-sent": _("chưa gửi"), "signed": _("đã ký, chưa gửi"), "recalled": _("đã rút về, đang sửa"),
    "returned": _("bị trả lại, đang sửa"), "reopened": _("mở lại, đang sửa"), "waiting": _("đã gửi, chờ tổng hợp"),
    "below": _("đã tổng hợp ở cấp dưới, chưa lên đến đây"), "waived": _("được miễn báo cáo"),
    "cancelled": _("không còn phải gửi"), "absent": _("không có trong bản này"), "silent": _("chưa có số liệu"),
}  # fmt: skip
CAUSES: dict[str, str] = {
    "reopened": _("đã mở lại, đang sửa"), "returned": _("bị trả lại, đang sửa"), "recalled": _("đã rút về, đang sửa"),
    "withdrawn": _("đã thu hồi"), "corrected": _("đã gửi lại số liệu mới"), "revised": _("đã thay bản khác"),
}  # fmt: skip
CAUSE_ICONS = {"corrected": "send", "withdrawn": "ban"}
OWN: dict[str, str] = {
    "own": _("%(unit)s (số liệu của chính đơn vị)"), "contribution": _("%(unit)s (đóng góp)"),
}  # fmt: skip
_BOUNDS: dict[Bound, str] = {
    Bound.AT_LEAST: _("từ %(n)s trở lên"), Bound.MORE_THAN: _("trên %(n)s"), Bound.AT_MOST: _("tối đa %(n)s"),
    Bound.LESS_THAN: _("dưới %(n)s"), Bound.ABOUT: _("khoảng %(n)s"),
}  # fmt: skip
_STANDING_GAPS: dict[Standing, str] = {
    Standing.WAIVED: "waived", Standing.CANCELLED: "cancelled", Standing.RETURNED: "returned",
    Standing.REOPENED: "reopened", Standing.SIGNED_NOT_SENT: "signed", Standing.SENT_LATE: "waiting",
    Standing.SENT_ON_TIME: "waiting",
}  # fmt: skip


def gap_of(line: Line | None) -> str:
    """Why a unit's figures are not there, told from where its report stands: a key of `GAPS`."""
    if line is None:
        return "not-sent"
    if line.standing is Standing.OVERDUE:
        return _STANDING_GAPS.get(line.stage, "not-sent")
    return _STANDING_GAPS.get(line.standing, "not-sent")


class Numbers:
    """Figures in the person's language: «trên 1.234,5», "over 1,234.5". Quick: a table has thousands."""

    def __init__(self, say: Say, language: str) -> None:
        self._english = language == "en"
        self._bounds = {bound: say(words) for bound, words in _BOUNDS.items()}

    def __call__(self, figure: Figure) -> str:
        """A figure in words."""
        plain = self._digits(figure)
        return plain if figure.is_exact else self._bounds[figure.bound] % {"n": plain}

    def _digits(self, figure: Figure) -> str:
        if not self._english:
            return figure.vi if figure.is_exact else Figure(figure.amount).vi
        text = f"{figure.amount:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
