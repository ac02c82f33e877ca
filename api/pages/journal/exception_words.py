"""What was out of the ordinary, each in one sentence; the kinds with their short names and icons."""

from collections.abc import Callable
from dataclasses import dataclass

from api.pages.journal.words import reasons
from api.pages.vocabulary import Sign
from states.reading.audit import EXCEPTIONS, Exceptional

Say = Callable[[str], str]


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is said here."""
    return sentence


KINDS: dict[str, Sign] = {
    "outside-mandate": Sign(_("Ngoài thẩm quyền"), "shield-exclamation", "bad"),
    "signed-elsewhere": Sign(_("Ký ngoài hệ thống"), "stamp", "waived"),
    "explained": Sign(_("Ký kèm giải trình"), "message-circle", "warn"),
    "granted-late": Sign(_("Gia hạn, miễn sau hạn"), "calendar-due", "warn"),
    "reopened": Sign(_("Mở lại sau tổng hợp"), "lock-open", "returned"),
    "drafter-signs": Sign(_("Người soạn tự ký"), "pencil", "warn"),
    "child-before-parent": Sign(_("Trước kế hoạch cấp trên"), "binary-tree", "warn"),
    "number-out-of-order": Sign(_("Số, ngày lộn thứ tự"), "sort-ascending", "warn"),
}
assert KINDS.keys() == EXCEPTIONS.keys()
_SENTENCES = {
    "outside-mandate": _("%(person)s ký văn bản của %(unit)s khi không đủ thẩm quyền: %(words)s"),
    "signed-elsewhere": _("%(person)s vào sổ bản giấy của %(unit)s, ký ngoài hệ thống: %(words)s"),
    "explained": _("%(person)s ký văn bản của %(unit)s khi còn điểm kiểm tra, đã có giải trình: %(words)s"),
    "granted-late": _("%(person)s cho %(unit)s gia hạn hoặc miễn khi đã hết hạn: %(words)s"),
    "reopened": _("%(person)s mở lại văn bản của %(unit)s sau khi đã tổng hợp: %(words)s"),
    "drafter-signs": _("%(person)s vừa soạn vừa ký văn bản của %(unit)s (%(words)s)"),
    "child-before-parent": _("%(unit)s ban hành trước kế hoạch của cấp trên: %(words)s"),
    "number-out-of-order": _("Bản giấy của %(unit)s có số và ngày không theo thứ tự: %(words)s"),
}
_ABOUT = {
    "outside-mandate": _("Không phải lãnh đạo đơn vị ban hành, không còn giữ chức vụ, hoặc không được giao lĩnh vực."),
    "signed-elsewhere": _("Bản giấy do người khác ký, văn thư đơn vị nhận vào sổ."),
    "explained": _("Kiểm tra có điểm phải giải trình; người soạn đã giải trình, người ký chấp nhận."),
    "granted-late": _("Gia hạn hoặc miễn sau hạn không đổi việc đã chậm."),
    "reopened": _("Báo cáo đã vào tổng hợp được mở ra để sửa; tổng hợp phải làm lại."),
    "drafter-signs": _("Cho phép ở đơn vị nhỏ, nhưng được ghi lại."),
    "child-before-parent": _("Kế hoạch cấp dưới ban hành trước khi có kế hoạch cấp trên làm căn cứ."),
    "number-out-of-order": _("Số nhỏ hơn mà ngày muộn hơn, hoặc ngược lại, trong cùng một sổ."),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One of them with its sentence in the person's language."""

    it: Exceptional
    sign: Sign
    words: str


def signs(say: Say) -> dict[str, Sign]:
    """The kinds' names in the person's language."""
    return {kind: Sign(say(one.word), one.icon, one.tone) for kind, one in KINDS.items()}


def about(kind: str, say: Say) -> str:
    """What a kind means; "" where none is named."""
    return say(_ABOUT[kind]) if kind in _ABOUT else ""


def told(one: Exceptional, say: Say, language: str = "vi") -> Told:
    """It in one sentence; what the engine noted down stands in it as it was noted."""
    sign = KINDS[one.kind]
    words = one.words_en or one.words if language == "en" else one.words
    values = {"person": one.person, "unit": one.unit, "words": _plain(words, say)}
    return Told(one, Sign(say(sign.word), sign.icon, sign.tone), say(_SENTENCES[one.kind]) % values)


def _plain(words: str, say: Say) -> str:
    """A coded reason in front («figures-wrong: …») as it is said."""
    code, colon, rest = words.partition(": ")
    known = reasons(say).get(code) if colon else None
    return f"{known}: {rest}" if known else words
