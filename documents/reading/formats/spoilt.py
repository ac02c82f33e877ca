"""Letters that a file has lost or broken (chữ vỡ): told; what was read from them is asked about (doubting.py).

Some printers put a vowel's mark into a place of its own, some fonts have no letters of Unicode behind their shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading.model import Text
from states.sentences import Sentence

_LOOSE = re.compile(r"(?:^|(?<=\s))[\u0300-\u036f]")
_NAMELESS = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_FEW = 3


def noted(text: Text) -> Text:
    """The text, its notes telling of broken letters where there are more than a few."""
    return replace(text, notes=(*text.notes, *_notes(text)))


def _notes(text: Text) -> Iterator[Sentence]:
    said = "\n".join(line.text for line in text.lines)
    if (loose := len(_LOOSE.findall(said))) > _FEW:
        yield Sentence("chữ của tệp bị vỡ dấu ({n} dấu đứng rời chữ): đối chiếu từng mục với bản gốc", n=loose)
    if (nameless := len(_NAMELESS.findall(said))) > _FEW:
        yield Sentence(
            "phông chữ của tệp không có mã Unicode ở {n} chỗ, các chữ đó không đọc được: đối chiếu bản gốc", n=nameless
        )


def is_broken(raw: str) -> bool:
    """Whether letters of these words are broken or nameless."""
    return bool(_LOOSE.search(raw) or _NAMELESS.search(raw))
