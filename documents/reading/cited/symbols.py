"""Numbers and symbols of papers in a text ("150/KH-UBND", "73-NQ/ĐU", "191/2009/TT-BTC", "739/BNV-CTTN&BĐG")."""

from __future__ import annotations

import re

from documents.reading.folding import LOWER, UPPER

_LETTERS = rf"{UPPER}(?:{UPPER}|{LOWER}|\.(?=\w)){{0,14}}\d{{0,2}}"
_SYMBOL = rf"{_LETTERS}(?:\s?[-–—/&]\s?(?:{_LETTERS})){{0,4}}"
NUMBERED = re.compile(
    rf"(?:(?<![\w/.,])|(?<=s[ốoôồ]))(?P<number>[0-9OolI]{{1,5}}[a-z]?)\s{{0,2}}(?:/\s?(?P<year>(?:19|"
    rf"20)\d\d)\s?)?(?P<mark>[/\-–—])\s{{0,2}}(?P<symbol>{_SYMBOL})"
)
BLANKED = re.compile(rf"(?<=s[ốoôồ])(?P<number>[:.…_\s]*)/\s?(?P<symbol>{_SYMBOL})")
"""A number that is still to be filled in: "số ...../KH-UBND"."""
BARE = re.compile(rf"(?P<number>\d{{1,5}})\s?(?P<symbol>(?:KH|QĐ|BC|TB|CT|NQ|TTr|CTr|HD)\s?[-–/]\s?{_LETTERS})")
_LOST = re.compile(r"(NQ|QĐ|CT|KH|BC|TB|TTr|NĐ|TT|CTr|HD)(UBND|HĐND|CP|TTg|VPCP|B[A-ZĐ]{1,8}|S[A-ZĐ]{2,8})")


def is_number(said: str) -> bool:
    """Letters that look like figures count beside one: "l2" is 12, the "I" of a heading ("I- KẾT QUẢ") is none."""
    return any(one.isdigit() for one in said)


def is_symbol(symbol: str, type_word: str) -> bool:
    """Symbols are capitals: "KH-UBND", "TTg"; a fraction's noun ("12/35 Nữ") is none."""
    parts = [part for part in re.split(r"[-/&.]", symbol) if part]
    if re.fullmatch(r"(?:UBTV)?QH\d{1,2}", symbol):
        return True
    capitals = all(sum(one.islower() for one in part) <= 2 and part[:1].isupper() for part in parts)
    shouted = any(len(part) > 1 and part.upper() == part or part in ("TTr", "CTr", "TTg") for part in parts)
    return capitals and shouted and (len(parts) > 1 or bool(type_word))


def cut(said: str) -> str:
    """The symbol without a word that only follows it ("KH-UBND Về", "BC – Phòng")."""
    pieces = re.split(r"(\s?[-–—/&]\s?)", said)
    while len(pieces) > 2 and (sum(one.islower() for one in pieces[-1]) > 2 or not pieces[-1]):
        pieces = pieces[:-2]
    return "".join(pieces).rstrip(".")


def tidied(said: str) -> str:
    """The symbol without blanks, with plain dashes, and a dash that a printer lost."""
    symbol = re.sub(r"[–—]", "-", re.sub(r"\s", "", cut(said)))
    lost = _LOST.fullmatch(symbol)  # a PDF whose dashes have no letter: "QĐUBND", "NĐCP"
    return f"{lost[1]}-{lost[2]}" if lost else symbol
