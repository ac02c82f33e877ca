"""Vietnamese names: how two spellings of one unit are compared, searched and shortened.

The same unit is written Hoà or Hòa, Thuỷ or Thủy, in capitals, with another dash or another Unicode form.
Two names are the same name when their `normal_form` is equal. Nothing here knows a unit or a database.
"""

import re
import unicodedata
from itertools import chain

TYPE_WORDS = (
    "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu",
)  # fmt: skip

# Grave, acute, tilde, hook above, dot below: the five tones. The other marks belong to the letter (ă, ê, ơ).
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_GAPS = re.compile(r"[\s\u00ad\u200b\-\u2010-\u2015\u2212_]+")
_APOSTROPHES = re.compile(r"\s*['\u2018\u2019\u02bc\u02b9\u0060\u00b4\u2032]\s*")


def normal_form(name: str) -> str:
    """The form in which two spellings of a name are compared (dạng chuẩn); not meant to be read.

    Each word's tone is taken off its vowel and put at the end of the word, so "Hoà" and "Hòa" are equal and
    "Hoa", "Hóa" are not. Case, Unicode form, spaces and dashes do not count. i and y are kept apart (Mỹ, Mĩ).
    """
    return " ".join(_tone_last(word) for word in _words(name))


def search_form(name: str) -> str:
    """The name without diacritics, in small letters, for searching (không dấu): "Đắk Lắk" gives "dak lak"."""
    marks = unicodedata.normalize("NFD", " ".join(_words(name)))
    bare = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return bare.replace("đ", "d").replace("'", "")


def short_name(name: str) -> str:
    """The name without its type word: "Phường Nguyễn Nghiêm" gives "Nguyễn Nghiêm", "Quận 1" gives "1"."""
    return split_type(name)[1]


def split_type(name: str) -> tuple[str, str]:
    """The type word (loại đơn vị) as in `TYPE_WORDS` and the rest; "" and the whole name where there is none.

    One type word is taken off, once, and not the whole name. The rest keeps its spelling, in NFC.
    """
    words = unicodedata.normalize("NFC", name).split()
    for type_word in TYPE_WORDS:
        length = len(type_word.split())
        if len(words) > length and normal_form(" ".join(words[:length])) == normal_form(type_word):
            return type_word, " ".join(words[length:])
    return "", " ".join(words)


def kind_of(type_word: str) -> str:
    """The kind of a unit as it is stored: "Thị xã" gives "thi_xa"."""
    return search_form(type_word).replace(" ", "_")


def _words(name: str) -> list[str]:
    """The words in small letters. Ð (eth) is a common misprint of Đ; ’ stands for ' in names like M'Drắk."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("ð", "đ")
    return _GAPS.sub(" ", _APOSTROPHES.sub("'", folded)).split()


def _tone_last(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    letters = (mark for mark in marks if mark not in _TONES)
    tones = (mark for mark in marks if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(chain(letters, tones)))
