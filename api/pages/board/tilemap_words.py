"""What is written on a tile: a unit's name in two short lines, and what its link says."""

from dataclasses import dataclass
from functools import lru_cache

WIDTH = 4.65
"""How much goes on one line of a tile, in ems: 49 of a tile's 52 units at the size that tilemap.css gives names."""
ALONE = 3.9
"""How much of several words stands on one line by itself; a longer name is better on two."""

_WIDTHS = {**dict.fromkeys(" .'lIiíìỉĩịÍÌỈĨỊ", 0.27), **dict.fromkeys("rtsfjJ1", 0.45),
           **dict.fromkeys("nuhvykx", 0.58), **dict.fromkeys("LES", 0.64), **dict.fromkeys("mMW", 0.9),
           **dict.fromkeys("OÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢQĐGC", 0.82)}  # fmt: skip
"""Widths of letters in ems, measured on the pages' face and rounded up; the rest: capitals 0.72, others 0.62."""


@dataclass(frozen=True)
class Tag:
    """A tile's content: where its link goes ("" for none), its colour and what is read out.

    `tone` is the colour's name as `api.pages.vocabulary.tone` gives it; `days` is how many days late, None where it
    is not; `label` is what a screen reader says ("Xã Sơn Hà: quá hạn 7 ngày"), `title` what the pointer shows.
    """

    id: int
    href: str
    name: str
    tone: str
    label: str
    title: str = ""
    days: int | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The short name in at most two lines that fit."""
        return two_lines(self.name)


@lru_cache(maxsize=8192)
def two_lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines: whole if it fits, else words before the last by their first letter, else cut.

    "Sơn Hà" stays, "Nguyễn Nghiêm" takes two lines, "Trương Quang Trọng" gives "Trương", "Q. Trọng".
    """
    words = [word for word in name.replace("-", " ").split() if word] or [name]
    if _wide(" ".join(words)) <= (ALONE if len(words) > 1 else WIDTH):
        return (" ".join(words),)
    if len(words) == 1:
        return (_fit(words),)
    return max(((_fit(words[:cut]), _fit(words[cut:])) for cut in range(1, len(words))), key=_told)


def _told(lines: tuple[str, str]) -> tuple[int, int, float]:
    """How much of a name two lines tell: most words, then most letters, then the evener."""
    return len(" ".join(lines).split()), sum(map(len, lines)), -max(map(_wide, lines))


def _fit(words: list[str]) -> str:
    """The words of one line, shortened from the left until they fit; then the last word alone, at last cut."""
    for short in range(len(words)):
        line = " ".join([f"{word[0]}." for word in words[:short]] + words[short:])
        if _wide(line) <= WIDTH:
            return line
    last = words[-1]
    if _wide(last) <= WIDTH:
        return last
    return next(last[:end] for end in range(len(last), 0, -1) if _wide(last[:end]) <= WIDTH - 1) + "…"


def _wide(line: str) -> float:
    """How wide a line is, in ems."""
    return sum(_WIDTHS.get(letter, 0.72 if letter.isupper() else 0.62) for letter in line)
