"""A district that takes its wards' reports up, and its consolidated report as paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlmodel import Session

import tests.world
from documents.writing.fonts import KEEP
from documents.writing.paper import Paper, Paragraph
from states import periods
from tests.world import DISTRICTS, World

AN = DISTRICTS[0]


def total(session: Session, *wards: str, monkeypatch: pytest.MonkeyPatch | None = None) -> World:
    """A district whose wards have reported this year; with `monkeypatch` all of them last year as well."""
    there = World(session)
    if monkeypatch:
        monkeypatch.setattr(tests.world, "WINDOW", periods.action_month(2025))
        there.at("2025-10-05")
        there.issue_plan()
        there.at("2025-12-17")
        report_all(there, ("Phường Một", "Phường Hai"), 10)
        there.write(there.report_of(AN), 0, 0, 0)
        there.send(there.report_of(AN))
        monkeypatch.setattr(tests.world, "WINDOW", periods.action_month(2026))
    there.at("2026-10-05")
    there.issue_plan()
    there.at("2026-12-17")
    report_all(there, wards, 12)
    return there


def report_all(there: World, wards: Sequence[str], events: int) -> None:
    """These wards report, the district takes them up."""
    for ward in wards:
        there.report(ward, events, 30, 40)
    there.later(days=1)
    there.consolidate(AN)


def plain(paper: Paper) -> list[str]:
    """Its paragraphs."""
    return [block.text.replace(KEEP, " ") for block in paper.blocks if isinstance(block, Paragraph)]
