"""Coded reasons of a return (mã lý do trả lại), so that a supervisor can count what goes wrong."""

from enum import StrEnum


class ReturnReason(StrEnum):
    FIGURES_WRONG = "figures-wrong"
    FIGURES_MISSING = "figures-missing"
    TEXT_INCOMPLETE = "text-incomplete"
    WRONG_PERIOD = "wrong-period"
    WRONG_FORM = "wrong-form"
    BASIS_WRONG = "basis-wrong"
    SIGNATURE_WRONG = "signature-wrong"
    OTHER = "other"


WORDS: dict[ReturnReason, str] = {
    ReturnReason.FIGURES_WRONG: "Số liệu sai hoặc mâu thuẫn",
    ReturnReason.FIGURES_MISSING: "Thiếu số liệu",
    ReturnReason.TEXT_INCOMPLETE: "Nội dung chưa đầy đủ",
    ReturnReason.WRONG_PERIOD: "Sai kỳ số liệu",
    ReturnReason.WRONG_FORM: "Sai biểu mẫu",
    ReturnReason.BASIS_WRONG: "Căn cứ sai hoặc thiếu",
    ReturnReason.SIGNATURE_WRONG: "Sai thẩm quyền hoặc thể thức ký",
    ReturnReason.OTHER: "Lý do khác",
}
