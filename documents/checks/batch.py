"""Several files at once (kiểm tra cả thư mục): a number that one issuer used twice in a year shows only there."""

from __future__ import annotations

from collections.abc import Sequence

from documents.checks.careful import of_file
from documents.checks.finding import Finding
from documents.reading.incoming import Incoming
from documents.reading.model import Text


def of_files(papers: Sequence[tuple[Incoming, Text]]) -> list[list[Finding]]:
    """What is found in each; the same file twice is no number used twice."""
    read = [one for one, _ in papers]
    return [of_file(one, text, numbers=_others(one, read)) for one, text in papers]


def _others(one: Incoming, read: Sequence[Incoming]) -> dict[str, str]:
    """Numbers of the other papers of the same issuer and year, with their files' names."""
    return {
        _code(other): other.file
        for other in read
        if other.sha256 != one.sha256 and _series(other) and _series(other) == _series(one)
    }


def _series(one: Incoming) -> tuple[str, str, int] | None:
    unit, dated = one.unit.value, one.date.value
    known = unit and dated and dated.year and one.number.value and one.symbol.value
    return (unit.registry, unit.code, dated.year) if known and unit and dated and dated.year else None


def _code(one: Incoming) -> str:
    return f"{(one.number.value or '').lstrip('0')}/{one.symbol.value}"
