"""What was typed into an address or a form and can't be read, said to a person: pydantic's own words are English.

One short sentence for each kind of mistake; what stood there is not said again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from states.errors import Reason

_FAR = 2**31 - 1


def reasons(errors: Sequence[Mapping[str, Any]], say: Callable[[str], str]) -> list[Reason]:
    """The place and what is wrong there, for each error of a `RequestValidationError`."""
    return [Reason(_place(error["loc"], say), _message(error, say)) for error in errors]


def _place(place: Sequence[str | int], say: Callable[[str], str]) -> str:
    name = ".".join(map(str, place[1:]))
    if place[0] == "body":
        return name or say("nội dung")
    return say("{name} (trong địa chỉ)").format(name=name) if place[0] == "query" else name


def _message(error: Mapping[str, Any], say: Callable[[str], str]) -> str:
    kind, told = str(error["type"]), error.get("ctx", {})
    words = _WORDS.get(kind) or next((words for start, words in _BEGIN if kind.startswith(start)), _("không dùng được"))
    limit = next((told[name] for name in ("ge", "gt", "le", "lt", "max_length", "min_length") if name in told), 0)
    if kind.startswith("less_than") and limit >= _FAR:
        words = _("số quá lớn")
    return say(words).format(n=limit, ways=str(told.get("expected", "")).replace(" or ", ", "))


def _(sentence: str) -> str:
    """Mark a sentence for translation; `_message` says it."""
    return sentence


_WORDS = {
    "missing": _("còn thiếu"), "string_type": _("cần là chữ"), "string_pattern_mismatch": _("không đúng dạng"),
    "greater_than_equal": _("phải từ {n} trở lên"), "greater_than": _("phải lớn hơn {n}"),
    "less_than_equal": _("chỉ đến {n}"), "less_than": _("phải nhỏ hơn {n}"),
    "string_too_long": _("dài quá, nhiều nhất {n} ký tự"), "string_too_short": _("ngắn quá, ít nhất {n} ký tự"),
    "too_long": _("nhiều quá, nhiều nhất {n} mục"), "too_short": _("ít quá, ít nhất {n} mục"),
    "enum": _("cần là một trong: {ways}"), "literal_error": _("cần là một trong: {ways}"),
    "extra_forbidden": _("không có chỗ cho điều này"),
}  # fmt: skip
_BEGIN = (
    ("int_", _("cần là số nguyên")), ("float_", _("cần là số")), ("decimal_", _("cần là số")),
    ("datetime_", _("cần là thời điểm, như 2026-12-31T17:00+07:00")),
    ("date_", _("cần là ngày có thật, như 2026-12-31")), ("time_", _("cần là giờ, như 17:00")),
    ("bool_", _("cần là có hoặc không")), ("json_", _("không đọc được")),
)  # fmt: skip
