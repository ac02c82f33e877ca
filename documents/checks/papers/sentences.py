"""A paper sentence by sentence (từng câu), and a sentence as a finding quotes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.checks.papers.paper import Paper, Sentence

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])|\n+")


def sentences(paper: Paper) -> Iterator[Sentence]:
    """Every sentence of the text by itself; a draft has a whole section as one."""
    for one in paper.text:
        for said in _ENDS.split(one.text):
            if said.strip():
                yield replace(one, text=said.strip())


def shortened(said: str, most: int = 90) -> str:
    """A sentence as a finding quotes it."""
    return said if len(said) <= most else said[: most - 1] + "…"
