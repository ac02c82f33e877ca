"""Totals (số liệu tổng hợp): whom they cover, and what stands in their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import REPORTING, rule
from documents.reading.folding import fold

_NOT_IN = re.compile(
    r"\b(?:so lieu |bao cao )?(?:cua |con )\d{1,3} "
    r"(?:truong|xa|phuong|don vi|huyen|thon|co so|dia phuong|khom|ap|ban)\b[^.;]{0,60}?"
    r"\bchua (?:duoc |kip |co )?(?:tong hop|bao cao|gui|so lieu|gui bao cao)\b"
)


@rule("coverage-gap", "note", "Tổng hợp chưa đủ đơn vị", "A total that does not cover all units",
      basis=f"{REPORTING}", example="92/96 đơn vị, còn thiếu: …")  # fmt: skip
def coverage_gap(paper: Paper) -> Iterator[Hit]:
    """Missing is never zero: the units are named on the total's face; a file tells in its own words who is not in."""
    yield from _told_missing(paper)
    below = paper.below
    if below and below.covered < below.expected:
        names = ", ".join(below.missing[:10]) + (
            f" và {len(below.missing) - 10} đơn vị khác" * (len(below.missing) > 10)
        )
        told = f", còn thiếu: {names}" if names else ""
        yield Hit("coverage", f"Tổng hợp {below.covered}/{below.expected} đơn vị{told}",
                  f"The total covers {below.covered} of {below.expected} units"
                  + (f", missing: {names}" if names else ""),
                  (below.covered, below.expected))  # fmt: skip


def _told_missing(paper: Paper) -> Iterator[Hit]:
    for one in paper.text if paper.kind or paper.type_word == "Công văn" else ():
        if found := _NOT_IN.search(fold(one.text)):
            said = one.text[found.start() : found.end()]
            yield Hit(one.place, f"Số liệu chưa đủ đơn vị: «{said}»", f"Figures do not cover all units: «{said}»",
                      (said,))  # fmt: skip


@rule("source-closed-early", "note", "Đơn vị chốt báo cáo trước khi hết kỳ", "A unit closed before the window ended",
      basis=f"{REPORTING}, Điều 12", example="Phường A ký ngày 10/12, kỳ số liệu đến 15/12")  # fmt: skip
def source_closed_early(paper: Paper) -> Iterator[Hit]:
    """What happened after is in no report."""
    early = paper.below.early if paper.below else ()
    if early:
        names = ", ".join(f"{unit} ({day})" for unit, day, _ in early[:5]) + ("…" if len(early) > 5 else "")
        yield Hit("sources", f"{len(early)} đơn vị ký báo cáo trước khi hết kỳ số liệu ngày {early[0][2]}: {names}",
                  f"{len(early)} units signed before the window ended on {early[0][2]}: {names}",
                  (early[0][1], early[0][2]))  # fmt: skip
