"""How sure a figure is (giới hạn): exact, at least, more than, at most, less than, about."""

from __future__ import annotations

from enum import IntEnum

from states.errors import Invalid


class BadFigure(Invalid):
    """«{text}» không đọc được thành số liệu: {why}."""


class Bound(IntEnum):
    """How sure a figure is; adds up by OR: bits 1 and 2 say "more", 4 and 8 "less", 16 "about"."""

    EXACT = 0
    AT_LEAST = 1  # từ … trở lên, ít nhất
    MORE_THAN = 3  # trên, hơn
    AT_MOST = 4  # tối đa, không quá
    LESS_THAN = 12  # dưới, chưa đến
    ABOUT = 16  # khoảng, gần

    @classmethod
    def normal(cls, bits: int) -> Bound:
        """The bound that a BIT_OR of bounds means: more and less together only leave "about"."""
        if not 0 <= bits <= 31:
            raise BadFigure(text=str(bits), why="giới hạn phải là một bộ bit từ 0 đến 31")
        if bits & 16 or (bits & 3 and bits & 12):
            return cls.ABOUT
        return cls(bits | 1 if bits & 2 else bits | 4 if bits & 8 else bits)
