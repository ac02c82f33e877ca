"""TCVN 5712 (TCVN3, "ABC"): one byte a letter, shown by fonts named .Vn…; still found in old reports.

Capitals with a tone have no byte: a font whose name ends in H shows the small letters as capitals.
"""

_BYTES = (
    "A1 Ă A2 Â A3 Ê A4 Ô A5 Ơ A6 Ư A7 Đ A8 ă A9 â AA ê AB ô AC ơ AD ư AE đ B5 à B6 ả B7 ã B8 á B9 ạ BB ằ BC ẳ BD ẵ "
    "BE ắ C6 ặ C7 ầ C8 ẩ C9 ẫ CA ấ CB ậ CC è CE ẻ CF ẽ D0 é D1 ẹ D2 ề D3 ể D4 ễ D5 ế D6 ệ D7 ì D8 ỉ DC ĩ DD í DE ị "
    "DF ò E1 ỏ E2 õ E3 ó E4 ọ E5 ồ E6 ổ E7 ỗ E8 ố E9 ộ EA ờ EB ở EC ỡ ED ớ EE ợ EF ù F1 ủ F2 ũ F3 ú F4 ụ F5 ừ F6 ử "
    "F7 ữ F8 ứ F9 ự FA ỳ FB ỷ FC ỹ FD ý FE ỵ"
).split()
_LETTERS = {int(code, 16): letter for code, letter in zip(_BYTES[::2], _BYTES[1::2], strict=True)}


def is_old(font: str) -> bool:
    """Whether a font's letters are TCVN3 bytes."""
    return font.lower().startswith(".vn")


def to_unicode(text: str, font: str = "") -> str:
    """The text that such a font shows for these characters (U+00A1 … U+00FE stand for the bytes)."""
    if any(letter > "\u00ff" and letter.isalpha() for letter in text):
        return text  # typed in Unicode under the name of an old font
    said = text.translate(_LETTERS)
    return said.upper() if font.lower().startswith(".vn") and font.upper().endswith("H") else said


def decode(data: bytes) -> str:
    """Bytes of a plain text in TCVN3."""
    return to_unicode(data.decode("latin-1"))
