"""Numbers written in words ("ba mươi triệu đồng"), as contracts and decisions repeat an amount."""

from __future__ import annotations

import re

from documents.reading.folding import fold, tidy

_DIGITS = {"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
           "bay": 7, "tam": 8, "chin": 9}  # fmt: skip
_GROUPS = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
WORDS = rf"(?:(?:{'|'.join([*_DIGITS, *_GROUPS, 'muoi', 'tram', 'linh', 'le', 'chuc'])})\b[ ,]*)+"
"""A run of number words, folded."""


def value(text: str) -> int | None:
    """The whole number that the words say, or None where they say none."""
    words = re.findall(r"[a-z]+", fold(tidy(text)))
    if not words or not all(word in _DIGITS or word in _GROUPS or word in _SMALL for word in words):
        return None
    total = group = 0
    pending: int | None = None
    for word in words:
        if word in _DIGITS:
            if pending is not None:
                return None
            pending = _DIGITS[word]
        elif word in _SMALL:
            times = _SMALL[word]
            if times:
                group += times if pending is None else pending * times
                pending = None
        else:
            group += pending or 0
            total = total + group * _GROUPS[word] if _GROUPS[word] < 10**9 else (total + group) * _GROUPS[word]
            group, pending = 0, None
    return total + group + (pending or 0)


def written(number: int) -> str:
    """A whole number from 0 to 999 tỷ in words, the common way ("hai mươi mốt", "một trăm linh năm")."""
    if number == 0:
        return "không"
    said: list[str] = []
    rest = number
    for name, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("", 1)):
        group, rest = divmod(rest, size)
        if group:
            said.append(f"{_group(group, bool(said))} {name}".strip())
    return " ".join(said)


def _group(group: int, follows: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    said = [f"{_NAMES[hundreds]} trăm"] if hundreds or follows else []
    if tens > 1:
        said.append(f"{_NAMES[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else _NAMES[ones])
    return " ".join(said)


_SMALL = {"muoi": 10, "chuc": 10, "tram": 100, "linh": 0, "le": 0}
_NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
