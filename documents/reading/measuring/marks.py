"""One field measured: what the facts say, what was read, whether they agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.reading.figures.numbers import one as first_number
from states.figures import Figure
from states.names import normal_form


@dataclass(frozen=True, slots=True)
class Mark:
    """A field: `present` where the facts have a value; not present and not right is an invented value."""

    kind: str
    field: str
    expected: Any
    found: Any
    present: bool
    right: bool


def mark(kind: str, field: str, expected: Any, found: Any, same: Callable[[Any, Any], bool] | None = None) -> Mark:
    """Compare one value; None in the facts must be None here."""
    if expected is None:
        return Mark(kind, field, None, found, False, found is None)
    return Mark(kind, field, expected, found, True, found is not None and (same or equal)(expected, found))


def plain(value: Any) -> str:
    """Words and numbers with their tone marks; case, punctuation and spelling of tones do not count."""
    return normal_form(re.sub(r"[^\w]+", " ", str(value)))


def equal(expected: Any, found: Any) -> bool:
    """Equal in the plain form."""
    return plain(expected) == plain(found)


def as_figure(said: Any) -> str | None:
    """A figure of the facts ("trên 44%", 504, "khoảng 420") in its canonical form, bound and all."""
    if said is None:
        return None
    if isinstance(said, int | float):
        return Figure.parse(str(said).replace(".", ",")).figure.canonical
    number = first_number(str(said))
    return number.figure.canonical if number else None


def canonical(figure: Figure | None) -> str | None:
    """Of what was read."""
    return figure.canonical if figure else None
