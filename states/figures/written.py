"""How a figure is written: the one form for machines, which is also read back, and the words for people."""

from __future__ import annotations

import re
from decimal import Decimal

from states.figures.bounds import BadFigure, Bound

WORDS = {0: "{}", 1: "từ {} trở lên", 3: "trên {}", 4: "tối đa {}", 12: "dưới {}", 16: "khoảng {}"}
"""What people say to a bound."""
_SIGNS = {"": 0, ">=": 1, ">": 3, "<=": 4, "<": 12, "~": 16}
_CANONICAL = re.compile(r"(>=|<=|>|<|~|)(-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,5}[1-9])?)")
_SWAP = str.maketrans(",.", ".,")


def canonical(amount: Decimal, bound: Bound) -> str:
    """Sign, digits, no grouping, a dot for decimals, no trailing zeros: ">540", "12.5"."""
    return next(sign for sign, bits in _SIGNS.items() if bits == bound) + plain(amount)


def from_canonical(text: str) -> tuple[Decimal, Bound]:
    """Read that form; `BadFigure` for any other spelling."""
    found = _CANONICAL.fullmatch(text)
    if found is None or found[2] == "-0":
        raise BadFigure(text=text, why="dạng lưu trữ là chữ số không có dấu nhóm, ví dụ 1234 hoặc >540")
    return Decimal(found[2]), Bound(_SIGNS[found[1]])


def in_words(amount: Decimal, bound: Bound) -> str:
    """The words for people, dots grouping and a comma for decimals: "trên 1.234,5"."""
    return WORDS[bound].format(plain(amount, ",").translate(_SWAP))


def plain(amount: Decimal, grouping: str = "") -> str:
    """The digits, a dot for decimals, no trailing zeros."""
    text = f"{amount:{grouping}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
