"""A table that a plain text sets with blanks alone, no rules, no ordinals: names over columns of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.folding import fold

_PIECE = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-–]|\.{2,3}|…|[-+]?[\d.,]+\s?%?|khong|x")
_NO_TABLE = re.compile(r"cong hoa xa hoi|doc lap ?- ?tu do|noi nhan|\b(?:kt|tm|tl|tuq)\s?\.")
_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Aligned:
    """Head and rows, all of one width; `doubt` where a row has fewer cells than the head."""

    rows: list[list[str]]
    until: int
    """The line behind the last row."""
    doubt: str = ""


def aligned(rows: Sequence[str], at: int) -> Aligned | None:
    """The table whose head is this line, or None: two rows at least, each with figures under two of its names."""
    head = _pieces(rows[at])
    if not 3 <= len(head) <= 20 or not all(_names(said) for _, _, said in head) or _NO_TABLE.search(fold(rows[at])):
        return None
    doubt, until = "", at + 1
    while until < len(rows) and (more := _more_names(rows[until], head)):
        head, until = more, until + 1
    made = [[said for _, _, said in head]]
    while until < len(rows) and (row := _row(rows[until], head)):
        short = len(_pieces(rows[until])) < len(head)
        doubt = "cột tách theo khoảng trắng, có dòng thiếu ô" if short else doubt
        made, until = [*made, row], until + 1
    return Aligned(made, until, doubt) if len(made) > 2 else None


def _pieces(row: str) -> list[tuple[int, int, str]]:
    """Runs of words that single blanks hold together: start, end, words."""
    return [(one.start(), one.end(), one[0]) for one in _PIECE.finditer(row.expandtabs())]


def _names(said: str) -> bool:
    """What may be a column's name: short words, no sentence, no figure."""
    return len(said) <= _LONGEST and bool(re.search(r"[^\W\d_]|%", said)) and not said.endswith((";", ".", ":"))


def _more_names(line: str, head: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The head with the words that a second line has right below its names; [] where the line is none of it."""
    pieces = _pieces(line)
    if not pieces or len(pieces) >= len(head) or pieces[0][0] < head[0][1] or not all(_names(one[2]) for one in pieces):
        return []
    made = list(head)
    for start, end, said in pieces:
        n = min(range(len(head)), key=lambda one: _apart(head[one], start, end))
        if _apart(head[n], start, end)[0] or re.search(r"\d", said):
            return []
        made[n] = (min(made[n][0], start), max(made[n][1], end), f"{made[n][2]} {said}")
    return made


def _row(line: str, head: list[tuple[int, int, str]]) -> list[str]:
    """The line's cells under the names; [] where it is no row of this table."""
    pieces = _pieces(line)
    figures = sum(bool(_FIGURE.fullmatch(fold(said))) for _, _, said in pieces)
    if figures < 2 or len(pieces) > len(head):
        return []
    if len(pieces) == len(head):
        return [said for _, _, said in pieces]
    cells = [""] * len(head)
    for start, end, said in pieces:
        n = min(range(len(head)), key=lambda one: _apart(head[one], start, end))
        cells[n] = f"{cells[n]} {said}".strip()
    return cells


def _apart(name: tuple[int, int, str], start: int, end: int) -> tuple[int, float]:
    """How far a cell stands from a name: first the gap between them, then from middle to middle."""
    gap = max(name[0] - end, start - name[1], 0)
    return gap, abs((name[0] + name[1]) / 2 - (start + end) / 2)
