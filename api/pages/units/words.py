"""The words of units' pages: kinds of units, how a unit came of another, how one signs."""

from collections.abc import Callable


def _(sentence: str) -> str:
    """Mark a sentence for translation; `said` says it."""
    return sentence


KINDS = {
    "nation": _("Quốc gia"), "tinh": _("Tỉnh"), "thanh_pho": _("Thành phố"), "quan": _("Quận"), "huyen": _("Huyện"),
    "thi_xa": _("Thị xã"), "xa": _("Xã"), "phuong": _("Phường"), "thi_tran": _("Thị trấn"),
    "dac_khu": _("Đặc khu"), "body": _("Cơ quan"), "unit": _("Đơn vị"),
}  # fmt: skip
SUCCESSIONS = {
    "same": _("giữ nguyên địa giới"), "merged": _("nhập toàn bộ"), "divided": _("chia, chỉ nhập một phần"),
}  # fmt: skip
AUTHORITIES = {
    "": _("ký trực tiếp, không ghi quyền hạn"), "TM.": _("TM. – thay mặt tập thể"),
    "KT.": _("KT. – ký thay cấp trưởng"),
    "TL.": _("TL. – thừa lệnh"), "TUQ.": _("TUQ. – thừa ủy quyền"), "Q.": _("Q. – quyền cấp trưởng"),
}  # fmt: skip


def said(table: dict[str, str], say: Callable[[str], str]) -> dict[str, str]:
    """A table of words in the person's language."""
    return {key: say(word) for key, word in table.items()}
