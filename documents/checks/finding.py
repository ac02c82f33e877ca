"""One finding (điều cần xem lại): what it is, where, which two values disagree, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from states.figures import Cell

TOP, BOTTOM, WHOLE = "đầu văn bản", "cuối văn bản", "toàn văn bản"
"""Places of what stands nowhere: it is missing at the head, at the foot, or anywhere."""


class Severity(StrEnum):
    """How bad a finding is."""

    REFUSE = "refuse"  # can't be signed
    EXPLAIN = "explain"  # can be signed once somebody explained it
    NOTE = "note"  # shown only


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `code` and `place` together name it, so that it can be explained."""

    code: str
    severity: Severity
    place: str
    """In a draft a path into the content ("figures.10102", "rows.2"); in a file words ("trang 1, dòng 5")."""
    message: str
    """In Vietnamese, naming the place and the values that disagree."""
    message_en: str
    values: tuple[str, ...] = ()
    """The values that disagree, the one at `place` first."""
    cell: Cell | None = None
    other_place: str = ""
    """Where the second value stands, if it stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule sees: a finding without its code and severity, which are the rule's unless said here."""

    place: str
    vi: str
    en: str
    values: tuple[object, ...] = ()
    other_place: str = ""
    severity: Severity | None = None
    code: str = ""
    cell: Cell | None = None


def worst_first(findings: list[Finding]) -> list[Finding]:
    """In the order of their severity, else as they were found."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))
