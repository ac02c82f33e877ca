"""Two texts word by word (so sánh từng chữ): the pieces that stay, go and come, in reading order.

Leaving out what comes gives the old text, leaving out what goes the new one, letter by letter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 3_000
"""Words of one passage that are compared one by one; a longer one that changed is told as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stays (`same`), goes (`gone`) or comes (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def by_words(old: str, new: str) -> list[Piece]:
    """The pieces from the old text to the new one. Lines that stay are set aside first, so long texts stay quick."""
    was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Piece] = []
    for same, a, b in _runs(was, now):
        gone, come = "".join(a), "".join(b)
        found += [Piece("same", gone)] if same else _passage(gone, come)
    return _joined(found)


def _passage(old: str, new: str) -> Iterator[Piece]:
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    if len(was) > _MOST or len(now) > _MOST:
        yield from (Piece("gone", old), Piece("new", new))
        return
    for same, a, b in _runs(was, now):
        if same:
            yield Piece("same", "".join(a))
        else:
            yield from (Piece("gone", "".join(a)), Piece("new", "".join(b)))


def _runs(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        yield tag == "equal", was[a:b], now[c:d]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Nothing empty, and neighbours of one kind as one."""
    made: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if made and made[-1].kind == piece.kind:
            made[-1] = Piece(piece.kind, made[-1].text + piece.text)
        else:
            made.append(piece)
    return made
