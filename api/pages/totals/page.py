"""Bảng tổng hợp: a table of the form with a line for each unit just below, its coverage on its face."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.shell import Visit, Visiting
from api.pages.totals import facts as totals_facts
from api.pages.totals import place as totals_place
from api.pages.totals import stale_facts
from api.pages.totals import words as totals_words
from api.pages.totals.asked import WAITING, WORDS, AskedOf
from api.pages.totals.facts import Facts
from api.pages.totals.files import csv_of, xlsx_of
from api.pages.totals.heads import Layout
from api.pages.totals.rows import Row
from api.pages.totals.words import Numbers, Say
from api.seeing import SeenPlan

router = APIRouter(prefix="/ke-hoach")
READING = [allowed(Access.OFFICE)]
Cells = list[tuple[str, str]]


@router.get("/{plan_id:int}/tong-hop", dependencies=READING)
def show(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """One unit's total; where one sees none of the plan's, what there is instead."""
    totals = totals_place.of_plan(session, seen.id, visit.by)
    if not totals:
        title, number = totals_place.plan_words(seen, session)
        return visit.page("totals/none.html", plan_id=seen.id, title=title, number=number)
    facts = totals_facts.read(session, asked, visit.by, totals)
    return visit.page(
        "totals/page.html",
        **told(facts, visit),
        texts=_texts(facts, session),
        moments=stale_facts.moments(session, facts.causes),
    )


@router.get("/{plan_id:int}/tong-hop.xlsx", dependencies=READING)
def xlsx(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """What is shown as an Excel file, every table of the form on a sheet."""
    return xlsx_of(session, _facts(session, asked, visit, seen.id), visit)


@router.get("/{plan_id:int}/tong-hop.csv", dependencies=READING)
def csv(seen: SeenPlan, asked: AskedOf, visit: Visiting, session: InTransaction) -> Response:
    """The same as CSV, a row for each unit and cell."""
    return csv_of(_facts(session, asked, visit, seen.id), visit)


def told(facts: Facts, visit: Visit) -> dict[str, Any]:
    """What the template is told."""
    number = Numbers(visit.say, visit.language)
    layout = facts.layout(visit.say(_("Dòng chưa xếp nhóm")))
    rows = facts.rows
    return {
        "facts": facts, "total": facts.total, "asked": facts.asked, "layout": layout, "rows": rows,
        "cells": [_cells(facts, row.figures, layout, number, row.links, row.link_cell) for row in rows],
        "sums": _cells(facts, facts.lines.total, layout, number, facts.lines.links) if facts.lines.total else [],
        "may_run": totals_place.may_run(facts.total, visit.by) and not facts.total.closed,
        "may_place": may_place(facts, visit), "tabs": _tabs(facts, visit.say), "name": _name(facts, visit.say),
        "GAPS": _said(totals_words.GAPS, visit.say), "CAUSES": _said(totals_words.CAUSES, visit.say),
        "names": [_unit(row, visit.say) for row in rows], "WORDS": WORDS, "WAITING": WAITING,
    }  # fmt: skip


def may_place(facts: Facts, visit: Visit) -> bool:
    """Whether he writes this total, and so may say where a row belongs; the door decides again."""
    held, total = visit.me, facts.total
    writes = held.seat == "drafter" and held.unit_id == total.drafter_id
    return total.open and (writes or held.seat == "leader" and held.unit_id == total.issuer_id)


def _facts(session: InTransaction, asked: AskedOf, visit: Visit, plan_id: int) -> Facts:
    totals = totals_place.of_plan(session, plan_id, visit.by)
    return totals_facts.read(session, asked, visit.by, totals, whole=True)


def _texts(facts: Facts, session: InTransaction) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sections that are gathered, in the form's order, each with what the units wrote."""
    if facts.asked.tab != WORDS:
        return []
    found = totals_facts.words_of(session, facts)
    return [(one.title, found.get(one.code, [])) for one in facts.form.sections if one.gather]


def _cells(
    facts: Facts, figures: Any, layout: Layout | None, number: Numbers, links: tuple[str, str] | None,
    each: bool = True,
) -> Cells:  # fmt: skip
    """The cells of a line in order: where they lead ("" nowhere; not `each`: all to one place), their words ("" where
    nobody reported).
    """
    if figures is None or layout is None:
        return []
    percents = facts.percents(figures) if len(layout.sums) < len(layout.cells) else {}
    before, behind = links or ("", "")
    found = []
    for spec in layout.cells:
        figure = figures.get(spec.cell)
        href = f"{before}{spec.cell}{behind}" if before and each else before
        found.append((href, number(figure) if figure is not None else percents.get(spec.cell, "")))
    return found


def _unit(row: Row, say: Say) -> str:
    if row.part == "rest":
        return say(_("Phần của chính đơn vị, đóng góp, dòng tự ghi đã xếp nhóm"))
    return say(totals_words.OWN[row.part]) % {"unit": row.unit} if row.part in totals_words.OWN else row.unit


def _tabs(facts: Facts, say: Say) -> list[tuple[str, str, int]]:
    """Name in the address, words, how many wait there."""
    tabs = [(str(one.number), say(_("Biểu %(n)s")) % {"n": one.number}, 0) for one in facts.form.tables]
    if any(one.gather for one in facts.form.sections):
        tabs.append((WORDS, say(_("Ý kiến các đơn vị")), 0))
    if facts.waiting or facts.asked.tab == WAITING:
        tabs.append((WAITING, say(_("Dòng chờ xếp nhóm")), len(facts.waiting)))
    return tabs


def _name(facts: Facts, say: Say) -> str:
    if facts.asked.tab == WAITING:
        return say(_("Dòng chờ xếp nhóm"))
    if facts.table is None:
        return say(_("Ý kiến các đơn vị"))
    return say(_("Biểu %(n)s. %(title)s")) % {"n": facts.table.number, "title": facts.table.title}


def _said(words: dict[str, str], say: Say) -> dict[str, str]:
    return {key: say(one) for key, one in words.items()}


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
