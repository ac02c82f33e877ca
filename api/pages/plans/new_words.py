"""The words of a new plan's form: periods to choose from, levels in few letters, where an error stands."""

from collections.abc import Callable


def _(sentence: str) -> str:
    """Mark a sentence for translation; the page says it."""
    return sentence


LEVELS = {
    "nation": _("Trung ương"), "province": _("Cấp tỉnh"), "district": _("Cấp huyện"), "commune": _("Cấp xã"),
    "village": _("Thôn, tổ"), "body": _("Cơ quan"),
}  # fmt: skip
_MONTHS = [_("Tháng 1"), _("Tháng 2"), _("Tháng 3"), _("Tháng 4"), _("Tháng 5"), _("Tháng 6"), _("Tháng 7"),
           _("Tháng 8"), _("Tháng 9"), _("Tháng 10"), _("Tháng 11"), _("Tháng 12")]  # fmt: skip
_PARTS = [("half:1", _("6 tháng đầu năm")), ("half:2", _("6 tháng cuối năm")), ("nine_months", _("9 tháng")),
          ("year", _("Năm")), ("quarter:1", _("Quý I")), ("quarter:2", _("Quý II")), ("quarter:3", _("Quý III")),
          ("quarter:4", _("Quý IV"))]  # fmt: skip
PERIODS = [
    (_("Theo đợt"), [("action_month", _("Tháng hành động vì bình đẳng giới (15/11 – 15/12)")),
                     ("custom", _("Tùy chọn: từ ngày đến ngày"))]),
    (_("Định kỳ, chốt số liệu ngày 14 (Nghị định 09/2019/NĐ-CP)"),
     [*_PARTS, *((f"month:{n}", word) for n, word in enumerate(_MONTHS, 1))]),
    (_("Định kỳ theo năm, tháng dương lịch"), [(f"calendar_{key}", word) for key, word in _PARTS]),
]  # fmt: skip
"""Groups of periods: the value says the kind of `states.periods` and which one of the year."""
_FIELDS = {
    "title": _("Tên"), "form": _("Biểu mẫu"), "period": _("Kỳ số liệu"), "year": _("Năm"), "first": _("Từ ngày"),
    "last": _("Đến hết ngày"), "legal_basis": _("Căn cứ"), "series": _("Loại trong số ký hiệu"),
    "levels": _("Thời hạn"), "due": _("Thời hạn"), "hour": _("Giờ"), "nhan": _("Đơn vị nhận"),
    "subject": _("Chuyên đề"), "field": _("Lĩnh vực"), "issuer": _("Ban hành"), "drafter": _("Soạn thảo"),
}  # fmt: skip
_REQUIREMENT = _("Yêu cầu %s")


def where(place: str, say: Callable[[str], str]) -> str:
    """The id of a field in words: «Yêu cầu 2, Cấp xã, Thời hạn»; empty for what is no field."""
    first, *rest = place.split("-")
    if not rest:
        return say(_FIELDS[place]) if place in _FIELDS else ""
    if not (first.startswith("yc") and first[2:].isdecimal()):
        return ""
    parts = [say(_REQUIREMENT) % first[2:], *(say(LEVELS[one]) for one in rest if one in LEVELS)]
    return ", ".join(parts + [say(_FIELDS[one]) for one in rest if one in _FIELDS])
