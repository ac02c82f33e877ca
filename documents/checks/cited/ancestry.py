"""Who comes first (trình tự ban hành): no paper is older than the one that it carries out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from documents.checks.finding import Hit
from documents.checks.papers.paper import Cited, Paper
from documents.checks.registry import rule
from documents.reading.folding import fold, key

_ALIKE = 80
"""Likeness (0..100) of two titles from which they are of one work."""


@rule("child-before-parent", "explain", "Ban hành trước văn bản cấp trên mà nó thực hiện",
      "Dated before the paper above that it carries out",
      example="kế hoạch huyện ngày 12/10/2023, kế hoạch tỉnh ngày 30/10/2023")  # fmt: skip
def child_before_parent(paper: Paper) -> Iterator[Hit]:
    """The paper itself before one of its bases; its issuer's own plan before the plan above for the same work."""
    yield from _before_its_bases(paper)
    for own in paper.cited or ():
        above = _parent(own, paper) if own.role == "own_plan" and own.date.full else None
        if above and above.date.full and own.date.full and own.date.full < above.date.full:
            yield _older(_named(own), own.date.full, own.place, _named(above), above.date.full, above.place)
    asked = paper.asked
    if asked.closing and asked.plan_date and asked.closing < asked.plan_date:
        yield _older("Văn bản này", asked.closing, "legal_basis", asked.plan, asked.plan_date, "")
    for unit, day, plan_day in paper.below.before if paper.below else ():
        yield Hit("sources", f"Báo cáo của {unit} ngày {day} trước kế hoạch yêu cầu ngày {plan_day}",
                  f"The report of {unit} of {day} is older than the plan that asks for it, {plan_day}",
                  (day, plan_day))  # fmt: skip


def _parent(own: Cited, paper: Paper) -> Cited | None:
    """What the paper answers, or the one plan above that it names for the same work."""
    above = paper.answers
    if above and above.date.full and above.role in ("parent_plan", "superior_guidance") and _same_work(own, above):
        return above
    plans = [one for one in paper.cited or () if one.role == "parent_plan" and one.date.full and _alike(own, one)]
    return plans[0] if len(plans) == 1 else None


def _alike(own: Cited, above: Cited) -> bool:
    return _same_work(own, above) and fuzz.token_set_ratio(key(own.title), key(above.title)) >= _ALIKE


def _before_its_bases(paper: Paper) -> Iterator[Hit]:
    dated = paper.head.date if paper.head else None
    for one in paper.cited or ():
        if dated and dated.value.full and one.date.full and dated.value.full < one.date.full and one.basis:
            yield _older("Văn bản này", dated.value.full, dated.place, _named(one), one.date.full, one.place)


def _older(child: str, day: date, place: str, parent: str, parent_day: date, parent_place: str) -> Hit:
    one, two = f"{day:%d/%m/%Y}", f"{parent_day:%d/%m/%Y}"
    apart = (parent_day - day).days
    return Hit(
        place, f"{child} (ngày {one}) có trước {apart} ngày so với {parent} (ngày {two}) mà nó thực hiện",
        f"{child} of {one} is {apart} days older than {parent} of {two}, which it carries out", (one, two),
        parent_place,
    )  # fmt: skip


def _named(one: Cited) -> str:
    return f"{one.type_word} {one.code}" + (f" của {one.issuer}" if one.issuer else "")


def _same_work(own: Cited, above: Cited) -> bool:
    """Plans of one year; a plan of the Action Month is no child of the year's plan, nor the other way round."""
    if not own.title or not above.title or re.search(r"\bbao cao\b", fold(above.title)):
        return False  # who asks for a report did not ask for the plan
    month = [re.search(r"than[gh] hanh dong", fold(one.title)) is not None for one in (own, above)]
    year = [one.date.year for one in (own, above)]
    return month[0] == month[1] and year[0] == year[1]
