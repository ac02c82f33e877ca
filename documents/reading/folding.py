"""Text made comparable without moving a letter: what was found in the folded text stands at the same place in the own.

Scans lose marks ("Toa đàm tu vấn"), offices write capitals and several dashes: patterns are written once, in small
letters without diacritics, and run over the folded text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
LOWER = f"[{_LETTERS}]"
"""A small letter of a Vietnamese text, for patterns (ranges of Unicode mix small letters and capitals)."""
UPPER = f"[{_LETTERS.upper()}]"
"""A capital."""
_SAME = {ord("đ"): "d", ord("Đ"): "d", ord("ð"): "d", ord("Ð"): "d", ord("ø"): "o"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = {ord(one): '"' for one in "“”„«»″"} | {ord(one): "'" for one in "‘’ʼʹ`´′"}
_BLANKS = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_TIDY = _BLANKS | _NOTHING


def tidy(text: str) -> str:
    """The text in NFC with plain blanks; marks that nobody sees (zero width, direction) are gone."""
    hyphens = re.sub(rf"(?<={UPPER})\u00ad(?={UPPER})", "-", text)  # some printers write a symbol's dash so
    return unicodedata.normalize("NFC", hyphens).translate(_TIDY).replace("\u00ad", "")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """As long as `text` (which is tidy): small letters without marks, one kind of dash and of quotation mark."""
    return "".join(_letter(one) for one in text.translate(_DASHES).translate(_QUOTES))


@lru_cache(maxsize=4096)
def _letter(one: str) -> str:
    small = one.lower().translate(_SAME)
    base = unicodedata.normalize("NFD", small)[:1]
    return base if len(base) == 1 else one


def squeeze(text: str) -> str:
    """One blank between words, none at the edges."""
    return " ".join(text.split())


def key(text: str) -> str:
    """Words and numbers alone, folded: two wordings are compared by this."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(tidy(text))))


def marks_of(text: str) -> set[str]:
    """The diacritics of a word in small letters, đ's bar among them: a scan may lose some, none gains any."""
    return {one for one in unicodedata.normalize("NFD", text) if unicodedata.combining(one) or one == "đ"}


def unmarked(text: str) -> str:
    """Without the marks of a web text's bold and headings (**, *, #)."""
    return re.sub(r"^\s*#+\s*|\*{1,3}|_{2,}", "", text)
