"""The body as running text: broken lines made whole again, every letter knowing its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from documents.reading.folding import fold
from documents.reading.model import Line, Place

MARKER = re.compile(
    r"^\s*(?:[-+*•–—●▪]+\s*|(?:[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/]\s*(?=[^\W\d_])|(?:[IVX]{1,5}|"
    r"[A-H])\.\s)"
)
"""How an item or a heading begins."""
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s+(?=[^\W\d_])|$)")
_ENDS = (".", ";", ":", "!", "?", "./.")


class Flow:
    """Paragraphs parted by newlines; `folded` is as long as `text`."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._starts: list[int] = []
        self._lines: list[Line] = []
        pieces: list[str] = []
        length, before = 0, None
        for line in lines:
            piece = line.text.strip()
            if not piece:
                continue
            mark = "" if before is None else (" " if _goes_on(before, line) else "\n")
            self._starts.append(length + len(mark))
            self._lines.append(line)
            pieces += [mark, piece]
            length += len(mark) + len(piece)
            before = line
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


def _goes_on(before: Line, line: Line) -> bool:
    if before.tail or MARKER.match(line.text):
        return False
    if before.text.rstrip().endswith(_ENDS):
        return False
    first = line.text.lstrip()[:1]
    if line.gap:
        return first.islower() or first.isdigit() or first in "(,;"
    return not (before.text.isupper() and not line.text.isupper())
