"""A document of the program as the rules see it: its content with what the program knows around it.

The requirement's window and receiver, the plan that asks, the unit as of the day; of a total what it was made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from documents.checks.careful import of_paper
from documents.checks.finding import Finding
from documents.checks.papers.of_form import of_form
from documents.checks.papers.paper import Asked, Below, Paper, Said, Unit
from documents.forms import Content, Form
from documents.mapping import FreeRow
from states.driver import one_or_none
from states.periods import LOCAL


@dataclass(frozen=True, slots=True)
class Taken:
    """What a total takes up: revisions, coverage, units missing, rows without a category; empty for a ward's own."""

    sources: Sequence[int] = ()
    covered: int = 1
    expected: int = 1
    missing: tuple[str, ...] = ()
    waiting: Sequence[FreeRow] = ()


def check_draft(
    session: Session, document_id: int, form: Form, content: Content, at: datetime, taken: Taken | None = None
) -> list[Finding]:
    """Everything that a careful officer would say of a draft if it were closed at `at`, the worst first."""
    taken = taken or Taken()
    paper = of_form(form, content, consolidated=bool(taken.sources))
    known = _of_document(session, document_id, paper, at.astimezone(LOCAL).date())
    if taken.sources:
        known = replace(known, below=_below(session, document_id, taken, known.asked))
    return _without_loose(of_paper(known), form, taken)


def _of_document(session: Session, document_id: int, paper: Paper, day: date) -> Paper:
    """The content's paper with what is known of its document on that day."""
    row = one_or_none(session, _KNOWN, {"id": document_id})
    if row is None:
        return paper
    title, first, last, receiver, unit, level, valid_to, plan, plan_date = row
    gone = bool(valid_to and valid_to < day)
    return replace(
        paper, title=Said(title, "title"),
        unit=Unit(unit, level, valid_to, day, unit if gone else ""),
        asked=Asked(plan or "", plan_date, first=first, last=last, receiver=receiver or "", closing=day),
    )  # fmt: skip


def _below(session: Session, document_id: int, taken: Taken, asked: Asked) -> Below:
    keys = {"id": document_id, "sources": list(taken.sources)}
    rows: list[Any] = list(session.connection().exec_driver_sql(_SOURCES, keys))
    return Below(
        taken.covered, taken.expected, taken.missing,
        waiting=tuple((r.unit, r.label, r.table, f"rows.{r.revision_id}.{r.line}") for r in taken.waiting),
        early=tuple((unit, _day(day), _day(asked.last)) for unit, day, _ in rows
                    if day and asked.last and day < asked.last),
        before=tuple((unit, _day(day), _day(asked.plan_date)) for unit, day, _ in rows
                     if day and asked.plan_date and day < asked.plan_date),
        twice=_twice(rows),
    )  # fmt: skip


def _twice(rows: Sequence[Any]) -> tuple[tuple[str, str, str], ...]:
    """Sources of one issuer that bear one number in one year."""
    seen: dict[str, str] = {}
    found = []
    for unit, day, number in rows:
        if number is not None and day is not None:
            other = seen.setdefault(f"{number} {day.year}", unit)
            if other != unit:
                found.append((other, unit, number.split(":", 1)[1]))
    return tuple(found)


def _without_loose(found: list[Finding], form: Form, taken: Taken) -> list[Finding]:
    """Rows of units below that wait for a category are told by their own names, not as bad cells of the total."""
    loose = {f"figures.{int(cell)}" for cell in form.specs if cell.row == 0} if taken.waiting else set()
    return [one for one in found if one.place not in loose]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# The plan that asks: of a plan the one above it, of a report its root plan.
_KNOWN = """
SELECT d.title, d.period_first, d.period_last, receiver.name, u.name, u.level, u.valid_to,
       s.number || '/' || s.symbol, s.date
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN unit receiver ON receiver.id = d.receiver_id
  LEFT JOIN LATERAL (SELECT number, symbol, date FROM sending
                      WHERE document_id = CASE d.kind WHEN 'plan' THEN d.parent_id ELSE d.plan_id END
                      ORDER BY no LIMIT 1) s ON true
 WHERE d.id = %(id)s
"""
_SOURCES = """
SELECT u.name, s.date, s.issuer_id || ':' || s.number || '/' || s.symbol
  FROM revision r JOIN document c ON c.id = r.document_id JOIN unit u ON u.id = c.unit_id
  LEFT JOIN LATERAL (SELECT * FROM sending WHERE document_id = c.id ORDER BY no LIMIT 1) s ON true
 WHERE r.id = ANY (%(sources)s::bigint[]) AND r.part = 'whole' AND c.id <> %(id)s ORDER BY u.path
"""
