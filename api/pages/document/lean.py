"""The picture of a page of paper (SVG) with less text: a typesetter writes more digits than an eye can see.

Names of glyphs are short, defaults go, a glyph is a path by itself, and its points stand on a grid of a fiftieth of a
typographic point: it is drawn in whole steps of that grid, which the run of text makes small. Rounding is never summed
up, for each step leads from one point of the grid to another.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_GLYPHS = re.compile(r'(?<=["#])g[0-9A-F]+(?=")')
_OUTLINE = re.compile(r' d="([^"]*)"')
_STEP = re.compile(r"([MmhvlqcZ])([^a-zA-Z]*)")
_GRID = 50
_DIGITS = re.compile(r"(\.\d{3})\d+")
_RUN = re.compile(r'<g transform="matrix\(([^"]*)\)">((?:<use [^>]*/>)+)</g>')
_AT = re.compile(r' ([xy])="([^"]*)"')
_LESS = (
    (' fill-rule="nonzero"', ""), (' fill="#000000"', ""), ("<symbol id=", "<path id="), ("</symbol>", ""),
    (' overflow="visible"><path d=', " d="), (' x="0" y="0"/>', "/>"), (' y="0"/>', "/>"), ("xlink:href=", "href="),
    (' xmlns:h5="http://www.w3.org/1999/xhtml"', ""),
)  # fmt: skip


def lean(svg: str) -> str:
    """The same picture in fewer letters, as far as any screen shows it."""
    names: dict[str, str] = {}
    short = _GLYPHS.sub(lambda found: names.setdefault(found[0], str(len(names))), svg)
    for said, instead in _LESS:
        short = short.replace(said, instead)
    page, defs, glyphs = short.partition("<defs")
    if sum(run[2].count("<use ") for run in _RUN.finditer(page)) != short.count("<use "):
        return _DIGITS.sub(r"\1", short)  # glyphs that stand by themselves are as large as they are drawn
    return _RUN.sub(_run, page) + defs + _OUTLINE.sub(lambda found: f' d="{outline(found[1])}"', glyphs)


def _run(found: re.Match[str]) -> str:
    turned = [float(number) for number in found[1].split()]
    small = " ".join(f"{number / _GRID:.6g}" for number in turned[:4])
    placed = _AT.sub(lambda at: f' {at[1]}="{round(_GRID * float(at[2]))}"', found[2])
    return f'<g transform="matrix({small} {turned[4]:.6g} {turned[5]:.6g})">{placed}</g>'


@lru_cache(maxsize=8192)
def outline(d: str) -> str:
    """A path of absolute M and relative m, h, v, l, q, c in whole steps of the grid.

    Kept, for the letters of a face come again and again.
    """
    said, pen, begun = [], _Pen(), (0.0, 0.0)
    for letter, rest in _STEP.findall(d):
        steps = [_GRID * float(number) for number in rest.split()]
        if letter == "Z":
            pen.x, pen.y = begun
        moves = pen.moved(letter, steps)
        if letter in "Mm":
            begun = pen.x, pen.y
        said.append(letter + " ".join(map(str, moves)).replace(" -", "-"))
    return "".join(said).replace("M0 0m", "M")


class _Pen:
    """Where a line has come to, in steps of the grid; on the grid that is the nearest whole."""

    x = y = 0.0

    def moved(self, letter: str, steps: Sequence[float]) -> list[int]:
        """How far each step goes on the grid; the pen stands at its end."""
        at_x, at_y = round(self.x), round(self.y)
        if letter == "h":
            self.x += steps[0]
            return [round(self.x) - at_x]
        if letter == "v":
            self.y += steps[0]
            return [round(self.y) - at_y]
        if letter == "M":
            self.x = self.y = at_x = at_y = 0
        from_x, from_y, moves = self.x, self.y, list[int]()
        for along, up in zip(steps[::2], steps[1::2], strict=True):
            self.x, self.y = from_x + along, from_y + up
            moves += (round(self.x) - at_x, round(self.y) - at_y)
        return moves
