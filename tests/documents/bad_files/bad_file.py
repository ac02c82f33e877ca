"""One bad file, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BadFile:
    """A file, and the names of the refusals that it may end in (none: any refusal, or a reading)."""

    name: str
    data: bytes
    refusals: tuple[str, ...] = ()
