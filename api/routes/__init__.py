"""The routes, one router per subject. Thin: load, call one well-named function, answer."""

from fastapi import APIRouter

from api.routes import (
    audit,
    boards,
    calendar,
    consolidation,
    documents,
    drafts,
    duties,
    flows,
    forms,
    people,
    plans,
    registers,
    sheets,
    signing,
    steps,
    tokens,
    totals,
    units,
)

ROUTERS: tuple[APIRouter, ...] = tuple(
    module.router
    for module in (
        plans, documents, steps, signing, drafts, duties, boards, consolidation, totals, audit, units, people, tokens,
        forms, calendar, flows, registers, sheets,
    )
)  # fmt: skip
