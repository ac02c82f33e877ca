"""Where a unit's name may begin and end in a text: its type word, and capitalised words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents.reading.folding import fold
from states.names import TYPE_WORDS

TYPES = {fold(word): word for word in TYPE_WORDS} | {
    "tp": "Thành phố", "tx": "Thị xã", "tt": "Thị trấn", "p": "Phường", "q": "Quận", "h": "Huyện", "t": "Tỉnh",
}  # fmt: skip
"""Type words by their folded form, short ones too."""
_NEVER = frozenset("va cua tai ve la co cac den tu do theo trong cho voi nam ngay o thi de duoc se da".split())
"""Small words that stand in no unit's name."""


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, folded."""
    start = None
    for at, letter in enumerate(text + " "):
        if letter.isalnum() or letter in "'’-" and start is not None:
            start = at if start is None else start
        elif start is not None:
            yield start, at, fold(text[start:at])
            start = None


def type_at(words: Sequence[tuple[int, int, str]], at: int) -> tuple[int, str]:
    """How many words the type word has here (0: none)."""
    for length in (2, 1):
        said = " ".join(word for _, _, word in words[at : at + length])
        if len(words) > at + length and said in TYPES and (len(said) > 2 or words[at][1] - words[at][0] > 1):
            return length, TYPES[said]
    return 0, ""


def may_be_name(text: str, words: Sequence[tuple[int, int, str]], at: int, first: int) -> bool:
    """Whether this word can belong to the name that begins at `first`: a capital, and no mark before it."""
    start, end, folded = words[at]
    if at > first and any(mark in text[words[at - 1][1] : start] for mark in '.,;:()\n"“”/'):
        return False
    if at == first and any(mark in text[words[at - 1][1] : start] for mark in ',;:()\n"“”/'):
        return False
    # A scan may lose a capital inside a name ("Hai bà Trưng"), never its first one.
    return (
        text[start].isupper()
        or text[start].isdigit()
        or (at > first and len(folded) <= 5 and _next_upper(text, words, at))
    )


def _next_upper(text: str, words: Sequence[tuple[int, int, str]], at: int) -> bool:
    return at + 1 < len(words) and text[words[at + 1][0]].isupper() and words[at][2] not in _NEVER
