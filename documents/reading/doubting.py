"""What is asked about because its letters are broken in the file (chữ vỡ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from documents.reading.formats.spoilt import is_broken
from documents.reading.incoming import Incoming
from documents.reading.model import ASK_BELOW, Read

V = TypeVar("V")


def doubted(paper: Incoming) -> Incoming:
    """Every name and title that was read from broken letters is asked about."""
    return replace(
        paper, issuer=_asked(paper.issuer), parent_line=_asked(paper.parent_line), place=_asked(paper.place),
        title=_asked(paper.title), signer=_asked(paper.signer), recipients=tuple(map(_asked, paper.recipients)),
        addressees=tuple(map(_asked, paper.addressees)),
    )  # fmt: skip


def _asked(read: Read[V]) -> Read[V]:
    if not is_broken(read.raw):
        return read
    said = "; ".join(one for one in (read.said, "chữ trong tệp bị vỡ") if one)
    return replace(read, sure=min(read.sure, ASK_BELOW - 0.1), said=said)
