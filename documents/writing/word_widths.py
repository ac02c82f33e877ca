"""Columns of a table in Word, with room for a stranger's font (độ rộng cột trong bản Word). Pure.

The PDF carries its own fonts; a Word file is set in what the reader's machine has. Where that is a Times without
Vietnamese letters (older Liberation Serif), these come from a wider font, and a column as narrow as its longest word
would break it. So columns give of what they have beyond their own need to those that would be too narrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from documents.writing.fonts import face
from documents.writing.laying import PADDING, words

_WIDER = 0.2  # em: as much wider than Times's are DejaVu Serif's ế, ợ, ư at most
_LACKING = "\u01a0"  # from here on old fonts have no letters: ơ, ư, and all that bear two marks


def with_room(widths: Sequence[float], rows: Sequence[Sequence[Mapping[str, Any]]], size: float) -> list[float]:
    """Widths of the same sum, in mm. `rows` are the head's and the body's, as `typesetting.as_data` makes them, each
    covering all columns; `size` is the type's in points.
    """
    needs = list(_needs(len(widths), rows, size))
    spare = [max(0.0, wide - need) for need, wide in zip(needs, widths, strict=True)]
    lacking = [max(0.0, need - wide) for need, wide in zip(needs, widths, strict=True)]
    if not sum(spare) or not sum(lacking):
        return list(widths)
    given = min(sum(spare), sum(lacking))
    less, more = given / sum(spare), given / sum(lacking)
    return [wide - left * less + need * more for wide, left, need in zip(widths, spare, lacking, strict=True)]


def _needs(columns: int, rows: Sequence[Sequence[Mapping[str, Any]]], size: float) -> Iterator[float]:
    """What the longest word of each column takes."""
    alone = [cell for row in rows for cell in _alone(row)]
    for column in range(columns):
        parts = (part for at, text in alone if at == column for part in words(text))
        yield max((_width(part, size) for part in set(parts)), default=0.0) + PADDING


def _alone(row: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Texts that stand in one column, with its place; what covers several has room enough."""
    at = 0
    for cell in row:
        if cell["columns"] == 1:
            yield at, cell["text"]
        at += cell["columns"]


def _width(part: str, size: float) -> float:
    strange = sum(letter >= _LACKING for letter in part)
    return face(True).width(part, size) + strange * _WIDER * size * 25.4 / 72
