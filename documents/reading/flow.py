"""The body as running text: broken lines made whole again, every letter knowing its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import zip_longest

from documents.reading.folding import fold
from documents.reading.model import Line, Place

MARKER = re.compile(
    r"^\s*(?:[-+*•–—●▪]+\s*|(?:[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/]\s*(?=[^\W\d_])|(?:[IVX]{1,5}|"
    r"[A-H])\.\s)"
)
"""How an item or a heading begins."""
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s+(?=[^\W\d_])|$)")
_ENDS = (".", ";", ":", "!", "?", "./.")
_FIELD = re.compile(r"(?:(?:Về|Trong) l|L)ĩnh vực\s|LĨNH VỰC\s")
_OPEN = re.compile(r"(?:(?<!\w)(?:và|của|các|về|với|cho|theo|tại|do|cùng|hoặc|là)|[-,(&/])$")
"""How a line ends whose sentence goes on."""
_BROKEN_NAME = re.compile(r"[-–] (?:Thương binh|TBXH|Xã hội\b|Thể thao)")
"""A line that begins with the second half of a department's name: "Lao động" / "- Thương binh và Xã hội"."""
_SHORT, _CLAUSE = 60, 5
"""A heading's longest line, in letters, and the fewest words of a clause that has no figure."""


class Flow:
    """Paragraphs parted by newlines; `folded` is as long as `text`."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._starts: list[int] = []
        self._lines: list[Line] = []
        pieces: list[str] = []
        length, before, headed = 0, None, False
        kept = [line for line in lines if line.text.strip()]
        width = max((len(line.text.strip()) for line in kept), default=0)
        for line, behind in zip_longest(kept, kept[1:]):
            piece = line.text.strip()
            heads = behind is not None and _heads(piece, behind.text.strip(), width)
            apart = headed or heads and _FIELD.match(piece)
            mark = "" if before is None else (" " if not apart and _goes_on(before, line) else "\n")
            self._starts.append(length + len(mark))
            self._lines.append(line)
            pieces += [mark, piece]
            length += len(mark) + len(piece)
            before, headed = line, heads
        self.text = "".join(pieces)

    @cached_property
    def folded(self) -> str:
        """The text folded, letter for letter."""
        return "\n".join(fold(paragraph) for paragraph in self.text.split("\n"))

    def line(self, at: int) -> Line:
        """The line that the letter at this offset stands on."""
        return self._lines[max(bisect_right(self._starts, at) - 1, 0)]

    def place(self, at: int) -> Place:
        """Where the letter at this offset stands."""
        return self.line(at).place if self._lines else Place()

    def paragraph(self, at: int) -> tuple[int, int]:
        """Start and end of the paragraph around an offset."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence around an offset; a dot inside a number or before a small letter ends none."""
        start, end = self.paragraph(at)
        for found in _SENTENCE_ENDS.finditer(self.text, start, end):
            cut = found.end()
            if cut < end and self.text[cut].islower():
                continue
            if cut > at:
                return start, cut
            start = cut
        return start, end


def _heads(said: str, behind: str, width: int) -> bool:
    """Whether a short line is a heading of its own: the line behind it begins a clause, and had room beside it."""
    if len(said) > _SHORT or said.endswith(_ENDS) or _OPEN.search(said.lower()):
        return False
    if not (_FIELD.match(MARKER.sub("", said)) or MARKER.match(said) and said[0].isalnum()):
        return False
    words = behind.split()
    whole = len(words) >= _CLAUSE or len(words) >= _CLAUSE - 2 and any(one.isdigit() for one in behind)
    return whole and behind[:1].isupper() and len(said) + 1 + len(words[0]) <= width - 4


def _goes_on(before: Line, line: Line) -> bool:
    if _BROKEN_NAME.match(line.text) and not before.text.rstrip().endswith(_ENDS):
        return True
    if before.tail or MARKER.match(line.text):
        return False
    if before.text.rstrip().endswith(_ENDS):
        return False
    first = line.text.lstrip()[:1]
    if line.gap:
        return first.islower() or first.isdigit() or first in "(,;"
    return not (before.text.isupper() and not line.text.isupper())
