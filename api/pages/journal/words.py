"""The coded reasons of a return in the person's language; the words are those of `states.reasons`."""

from collections.abc import Callable

from states.reasons import WORDS, ReturnReason


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


REASONS: dict[ReturnReason, str] = {
    ReturnReason.FIGURES_WRONG: _("Số liệu sai hoặc mâu thuẫn"), ReturnReason.FIGURES_MISSING: _("Thiếu số liệu"),
    ReturnReason.TEXT_INCOMPLETE: _("Nội dung chưa đầy đủ"), ReturnReason.WRONG_PERIOD: _("Sai kỳ số liệu"),
    ReturnReason.WRONG_FORM: _("Sai biểu mẫu"), ReturnReason.BASIS_WRONG: _("Căn cứ sai hoặc thiếu"),
    ReturnReason.SIGNATURE_WRONG: _("Sai thẩm quyền hoặc thể thức ký"), ReturnReason.OTHER: _("Lý do khác"),
}  # fmt: skip
assert REASONS == WORDS


def reasons(say: Callable[[str], str]) -> dict[str, str]:
    """By their code."""
    return {str(code): say(words) for code, words in REASONS.items()}
