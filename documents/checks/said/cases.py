"""Counts whose parts a sentence tells ("04 vụ, gồm 02 vụ thân thể, 02 vụ tinh thần"): what is parted, and into what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.said.labelled import OVERLAPS
from documents.checks.said.moved import MOVED
from documents.checks.said.phrases import Quantity, quantities
from documents.checks.said.wholes import OTHER, Told
from documents.reading.folding import fold

ALL = re.compile(r"\b(?:bao )?gom\b(?! co\b)")
_FORMS = re.compile(r"\b(?:than the|tinh than|kinh te|tinh duc)\b")
_OF_ANY = re.compile(r"(?:van ban|san pham|an pham|hoat dong|phan qua)\b")
"""What is counted together of whatever kind: "05 văn bản, gồm 02 kế hoạch, 03 công văn"."""
_ENDS = re.compile(r"[;)]")


def of_cases(text: str) -> Iterator[Told]:
    """Counts whose parts are counted by the same word behind «gồm» or in brackets, or are the forms of violence."""
    counts = [one for one in quantities(text) if not one.money and not one.percent]
    found = [one for one in counts if not MOVED.search(text[: one.start])]
    for at, whole in enumerate(found[:-2]):
        between = text[whole.end : found[at + 1].start]
        led = ALL.search(fold(between))
        every, between = led is not None, between[led.start() :] if led else between
        if not (every or re.search(r"\([^()\d]{0,25}$", between)) or _breaks(between):
            continue
        unit = "" if led and _OF_ANY.match(whole.after) else whole.unit
        parts = _of_list(text, found[at + 1 :], unit) if unit or led else ()
        within = not every and any(OVERLAPS.search(f"{one.before} {one.after}") for one in parts)
        if len(parts) > 1 and whole.figure.is_exact and whole.of is None and not within:
            yield Told(whole, parts, every)


def _of_list(text: str, found: list[Quantity], unit: str) -> tuple[Quantity, ...]:
    parts: list[Quantity] = []
    for one in found:
        between = text[parts[-1].end : one.start] if parts else ""
        if _breaks(between):
            return ()
        if _ENDS.search(between):
            break
        if (
            not one.figure.is_exact
            or one.of
            or unit
            and not (one.unit == unit or _FORMS.search(f"{one.before} {one.after}"))
        ):
            return ()
        parts.append(one)
    return tuple(parts)


def _breaks(between: str) -> bool:
    return OTHER.search(between) is not None or "trong do" in fold(between)
