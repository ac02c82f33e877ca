"""Vietnamese order (thứ tự chữ cái), the same whatever collation the database has.

Letters first (a, ă, â, b, c, d, đ, …), a space before any letter (Cô Tô before Côn Đảo), then the tones (ngang, huyền,
hỏi, ngã, sắc, nặng).
"""

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_UNHEARD = dict.fromkeys("-.'’", "")
_TONED = [(unicodedata.normalize("NFC", vowel + tone), vowel, str(n)) for vowel in _VOWELS
          for n, tone in enumerate(_TONES)]  # fmt: skip
_CODE = {letter: chr(ord("A") + n) for n, letter in enumerate(_LETTERS)}
_TO_LETTERS = str.maketrans({**_CODE, **{marked: _CODE[vowel] for marked, vowel, _ in _TONED}, **_UNHEARD})
_TO_TONES = str.maketrans({**_CODE, **{marked: tone for marked, _, tone in _TONED}, **_UNHEARD})


def order_key(name: str) -> str:
    """What names are sorted by: ``sorted(names, key=order_key)``."""
    small = unicodedata.normalize("NFC", name).lower()
    return f"{small.translate(_TO_LETTERS)} !{small.translate(_TO_TONES)}"
