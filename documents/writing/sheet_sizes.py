"""How much room a text needs on a sheet (cỡ ô): merged cells and print don't grow by themselves."""

from collections.abc import Iterable

LINE = 15.75
"""Points that a line of 12-point type takes."""


def height(text: str, width: float, *, size: int = 12, bold: bool = False) -> float:
    """How high a row must be (points) for a text to stand in a cell of that width; merged cells don't grow by
    themselves."""
    a_line = max(1.0, width * 12 / size * (1.0 if bold else 1.08) - 1)
    lines = sum(_lines(part, a_line) for part in text.split("\n"))
    return min(400.0, lines * LINE * size / 12 + 1)


def width_of(texts: Iterable[str], least: float, most: float) -> float:
    """The width of a column in which each of these stands in one line, within bounds."""
    return min(most, max([least, *(len(text) + 2 for text in texts)]))


def _lines(text: str, a_line: float) -> int:
    """Lines of a text that is broken between its words."""
    count, used = 1, 0.0
    for word in text.split():
        if used and used + 1 + len(word) > a_line:
            count, used = count + 1, 0.0
        used += len(word) + bool(used)
        count += int(used / a_line) if used > a_line else 0
    return count
